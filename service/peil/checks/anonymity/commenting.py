"""Tries to link the comments that are kept after the close to people, to answers and to each other."""

from collections.abc import Iterator, Mapping
from typing import Literal

import msgspec

from peil.checks.anonymity import canary, orders, watching
from peil.checks.anonymity.site import Site
from peil.checks.anonymity.synthetic import Asked
from peil.checks.model import CheckError, Line, measure

Order = Mapping[str, int]
Table = Literal["comment.awaiting", "comment.released"]

_REPORT = "report this: by itself Peil shuffles what it keeps"


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """The comments of a table: by way of ordering (`ctid`, `xmin`, `dump`, `id`) and then by item, each writer's place.

    Writers are named by external id.
    """

    ways: Mapping[str, Mapping[str, Order]]


async def look_at_kept(site: Site, asked: Asked, table: Table) -> Kept:
    """What a table of comments holds of the crowd's. Raises CheckError where that is not all that was written."""
    owner_of = {word: person for person, word in canary.writers(asked.words).items()}
    rows = await site.owner.fetch(_SELECT[table], asked.employer_id)
    written = {
        str(row["comment_id"]): (row["item"], owner_of[row["text"].partition(" ")[0]])
        for row in rows
        if row["text"].partition(" ")[0] in owner_of
    }
    if len(written) != len(owner_of) * len(canary.COMMENTS):
        raise CheckError(f"{len(written)} comments are in {table}, {len(owner_of) * len(canary.COMMENTS)} were written")
    places = {
        by: await orders.places(site.owner, table, "comment_id", by, asked.employer_id) for by in ("ctid", "xmin")
    }
    places["id"] = {comment_id: place for place, comment_id in enumerate(sorted(written))}
    dump = await watching.dump_of(site.settings.database_url_owner, asked.employer_id)
    if dump is not None:
        places["dump"] = orders.dumped(dump, table, "comment_id")
    return Kept(ways={by: _by_item(order, written) for by, order in places.items()})


def _by_item(order: Order, written: Mapping[str, tuple[str, str]]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {key: {} for key in canary.COMMENTS}
    for comment_id, (item, person) in written.items():
        found[item][person] = order[comment_id]
    return found


def judge_kept(kept: list[Kept], others: list[Order]) -> list[Line]:
    """Every order of the comments against each of the `others`, by external id, and one item's against the other's."""
    first, second = canary.COMMENTS
    return [
        measure(
            "comments-in-order",
            "order of the kept comments against arrival, the sealed answers and the lists of people",
            orders.strongest(pair for table in kept for pair in _against(table, others)),
            orders.LIMIT,
            _REPORT,
        ),
        measure(
            "comments-together",
            "places of one person's comments on two questions: whether they stand side by side",
            orders.strongest((items[first], items[second]) for table in kept for items in table.ways.values()),
            orders.LIMIT,
            _REPORT,
        ),
    ]


def _against(kept: Kept, others: list[Order]) -> Iterator[tuple[Order, Order]]:
    for items in kept.ways.values():
        for order in items.values():
            yield from ((order, {person: other[person] for person in order}) for other in others)


_SELECT_AWAITING = """-- select_kept_awaiting
select
  comment_id,
  item,
  text
from comment.awaiting
where employer_id = $1
order by comment_id
"""

_SELECT_RELEASED = """-- select_kept_released
select
  comment_id,
  item,
  text
from comment.released
where employer_id = $1
order by comment_id
"""

_SELECT: Mapping[Table, str] = {"comment.awaiting": _SELECT_AWAITING, "comment.released": _SELECT_RELEASED}
