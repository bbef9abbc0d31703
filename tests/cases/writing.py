"""People with addresses, an employer that writes to them, and waves long enough to be reminded of."""

from datetime import timedelta
from typing import Any

from cases.measuring import bring_to, time_of
from support.apis import Rest
from support.personas import Cast, add_people

PAGE = "https://intranet.example/peiling"
TEAM = [f"field-{place}@example.org" for place in range(10)]


async def employ(cast: Cast, **said: Any) -> None:
    """Ten people in `field` who have an address."""
    await add_people(
        cast.hr,
        [{"externalId": email.partition("@")[0], "unitExternalId": "field", "email": email, **said} for email in TEAM],
    )


async def write_to_people(cast: Cast, **changed: Any) -> None:
    """HR has Peil send."""
    chosen = {"sentBy": "peil", "answerPage": PAGE} | changed
    (await Rest(cast.hr).update_message_settings(chosen, if_match="*")).must()


async def long_wave(cast: Cast, state: str, **changed: Any) -> str:
    """A wave of five days in this state; it opens in an hour."""
    now = await time_of(cast)
    changed["closesAt"] = (now + timedelta(days=5)).isoformat()
    return await bring_to(cast, state, **changed)


async def advance_clock(cast: Cast, **by: float) -> None:
    """Moves the sandbox's clock while nobody works."""
    to = await time_of(cast) + timedelta(**by)
    await cast.hr.must(cast.hr.post(f"/test-clocks/{cast.employer_id}/advance", {"to": to.isoformat()}), 200)
