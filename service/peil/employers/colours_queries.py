"""SQL of the colour in which an employer's charts are drawn."""

from uuid import UUID

from peil.database import Rows

_SELECT_ACCENT = """-- select_accent
select accent
from peil.colours
where employer_id = $1
"""


async def select_accent(rows: Rows, employer_id: UUID) -> str | None:
    """None: the employer has set none."""
    accent: str | None = await rows.value(_SELECT_ACCENT, employer_id)
    return accent


_UPSERT_ACCENT = """-- upsert_accent
insert into peil.colours (employer_id, accent)
values ($1, $2)
on conflict (employer_id)
do update set accent = excluded.accent
"""


async def upsert_accent(rows: Rows, employer_id: UUID, accent: str | None) -> None:
    await rows.execute(_UPSERT_ACCENT, employer_id, accent)
