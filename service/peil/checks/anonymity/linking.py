"""Tries to link answers to people, in every way that is known to work on a careless service."""

import asyncio
from collections.abc import Mapping
from math import sqrt
from typing import Any

import msgspec

from peil.checks import catalogue
from peil.checks.anonymity import commenting, copies, orders, synthetic, watching
from peil.checks.anonymity.planting import AfterClosing
from peil.checks.anonymity.site import Site
from peil.checks.anonymity.synthetic import Asked
from peil.checks.anonymity.watching import Heard, Sources
from peil.checks.model import Line, judge, measure, unseen

Orders = Mapping[str, Mapping[str, Mapping[str, int]]]
"""By table and then by `ctid`, `xmin` or `dump`: the place of each person's row, by external id."""

_PARTITION = "keep `intake.sealed` in its parts by hash, as `peil migrate` made it"
_REPORT = "report this: by itself Peil does not do so"
_LOGGED = "find out who logs bodies or answers, switch it off and destroy those logs"
_BEFORE = ("sealed", "invitation", "person")
"""Tables that somebody could have copied before the close, to lay them beside the comments after it."""


class _Watched(msgspec.Struct, frozen=True, kw_only=True):
    """What was seen while people answered."""

    arrival: dict[str, int]
    history: tuple[int, int]
    """Audit rows and events that were written meanwhile."""
    heard: Heard
    segment: str
    """The WAL file in which it began."""


_MOST_BY_CHANCE = 25


async def link(site: Site, asked: Asked, sources: Sources, after_closing: AfterClosing | None = None) -> list[Line]:
    """Has everybody answer, tries to link while the wave is open, has it closed, and tries again.

    Then has the comments moderated and released, and tries once more. `after_closing` plants a leak.
    """
    watched = await _watch(site, asked, sources)
    dump = await watching.dump_of(site.settings.database_url_owner, asked.employer_id)
    seen = await _orders(site, asked, dump)
    while_open = [
        *_in_order(watched.arrival, seen, has_dump=dump is not None),
        *(await _ledger(site, asked, seen) if asked.mode == "blind" else []),
        await _beside(site, asked, watched),
        await _sizes(site, asked),
        judge(
            "ids",
            "versions of the ids of waves, keys and people: one of version 7 tells when",
            await catalogue.telling_ids(site.owner, asked.employer_id),
            _REPORT,
        ),
        *_written(site, asked, watched.heard, dump),
        await _wal(site, asked, sources, watched.segment),
    ]
    copied = await copies.copies(site.owner, asked, asked.canaries)
    with watching.listening(sources.logs) as heard:
        await synthetic.close(site, asked)
        left = await _left(site, asked)
        if after_closing is not None:
            await after_closing(site.owner, asked, sorted(asked.tokens, key=seen["sealed"]["ctid"].__getitem__))
        kept = [await commenting.look_at_kept(site, asked, "comment.awaiting")]
        await synthetic.moderate(site, asked)
        kept.append(await commenting.look_at_kept(site, asked, "comment.released"))
    copied += [found for found in await copies.copies(site.owner, asked, asked.samples) if found not in copied]
    others = [watched.arrival, *(seen[name][by] for name in _BEFORE for by in seen[name] if by != "xmin")]
    return [*while_open, _copied(copied), *commenting.judge_kept(kept, others), _after(asked, heard), left]


async def _watch(site: Site, asked: Asked, sources: Sources) -> _Watched:
    segment = await watching.wal_segment(site.owner)
    before = await watching.history_of(site.owner, asked.employer_id)
    with watching.listening(sources.logs) as heard:
        arrival = await synthetic.answer(site, asked)
    after = await watching.history_of(site.owner, asked.employer_id)
    return _Watched(
        arrival=arrival,
        history=(after[0] - before[0], after[1] - before[1]),
        heard=heard,
        segment=segment,
    )


async def _orders(site: Site, asked: Asked, dump: str | None) -> Orders:
    by_hash = {f"\\x{token.token_hash.hex()}": person for person, token in asked.tokens.items()}
    people = await synthetic.people_of(site, asked.employer_id)
    by_id = {str(person_id): external_id for external_id, person_id in people.items()}
    found = {}
    codes = [] if asked.mode == "blind" else [("code", "participation.code", "token_hash", by_hash)]
    for name, table, column, names in (
        ("sealed", "intake.sealed", "token_hash", by_hash),
        ("invitation", "participation.invitation", "person_id", by_id),
        ("person", "peil.person", "person_id", by_id),
        *codes,
    ):
        ways = {by: await orders.places(site.owner, table, column, by, asked.employer_id) for by in ("ctid", "xmin")}
        if dump is not None:
            ways["dump"] = orders.dumped(dump, table, column)
        found[name] = {by: {names[key]: place for key, place in order.items()} for by, order in ways.items()}
    return found


def _in_order(arrival: Mapping[str, int], seen: Orders, *, has_dump: bool) -> list[Line]:
    """Every pair of orders that could be laid beside each other."""
    ways = ["ctid", *(["dump"] if has_dump else [])]
    persons = ("invitation", "person")
    ledgers = [name for name in ("invitation", "code") if name in seen]

    def tried(name: str, looked_at: str, pairs: list[tuple[Any, Any]], to_do: str) -> Line:
        return measure(name, looked_at, orders.strongest(pairs), orders.LIMIT, to_do)

    lines = [
        tried(
            "arrival-on-disk",
            "order of arrival against the place of each sealed answer on disk (ctid)",
            [(arrival, seen["sealed"]["ctid"])],
            _PARTITION,
        ),
        tried(
            "ledger-beside-answers",
            "lists of people laid row by row beside the sealed answers, on disk and in a dump",
            [(seen[ledger][by], seen["sealed"][by]) for ledger in persons for by in ways],
            _PARTITION,
        ),
        tried(
            "transactions",
            "numbers of the transactions that wrote the answers (xmin) against every order of invitations and codes",
            [(seen[ledger][by], seen["sealed"]["xmin"]) for ledger in ledgers for by in (*ways, "xmin")],
            _REPORT,
        ),
    ]
    if "code" in seen:
        pairs = [(seen["code"][by], seen[ledger][by]) for ledger in persons for by in ways]
        looked_at = "codes laid row by row beside the lists of people, on disk and in a dump"
        to_do = "draw the codes anew; they are to be written in the order of their hash"
        lines.append(tried("codes-beside-ledger", looked_at, pairs, to_do))
    if not has_dump:
        why, to_do = "pg_dump failed", "install a peil whose pg_dump is not older than the server, and check again"
        return [*lines, unseen("arrival-in-dump", "order of arrival against the order in a plain dump", why, to_do)]
    in_dump = [(arrival, seen["sealed"]["dump"])]
    return [*lines, tried("arrival-in-dump", "order of arrival against the order in a dump", in_dump, _PARTITION)]


async def _ledger(site: Site, asked: Asked, seen: Orders) -> list[Line]:
    """What the lines of those who have a token tell by themselves."""
    locked = await orders.locked_lines(site.owner, asked.employer_id)
    return [
        await _alone(site, asked, seen),
        judge("few-tokens", "lines of the ledger written apart while few had a token (xmin)", asked.apart, _REPORT),
        judge("ledger-locks", "lines of the ledger that whoever asked again has locked (xmax)", locked, _REPORT),
    ]


async def _alone(site: Site, asked: Asked, seen: Orders) -> Line:
    """Few lines stand alone, and a few correlate by chance: four sigma are allowed where that is more.

    Of fewer than `_MOST_BY_CHANCE` nothing can be told, and so many there are by chance.
    """
    people = await synthetic.people_of(site, asked.employer_id)
    lone = await orders.lone_lines(site.owner, asked.employer_id)
    ledger = {person: lone[str(person_id)] for person, person_id in people.items() if str(person_id) in lone}
    answers = {person: seen["sealed"]["xmin"][person] for person in ledger}
    looked_at = "lines of the ledger that were written without their neighbours against the order of the answers (xmin)"
    to_do = "report this: whoever got a token last shows"
    if len(ledger) <= _MOST_BY_CHANCE:
        return judge("lone-lines", looked_at, [], to_do)
    limit = max(orders.LIMIT, 4 / sqrt(len(ledger)))
    return measure("lone-lines", looked_at, orders.correlation(ledger, answers), round(limit, 3), to_do)


async def _beside(site: Site, asked: Asked, watched: _Watched) -> Line:
    audit, events = watched.history
    found = [
        *(f"row of {table}" for table in await orders.writers_beside(site.owner, asked.employer_id)),
        *([f"{audit} audit rows"] if audit else []),
        *([f"{events} events"] if events else []),
    ]
    looked_at = "rows of any other table (audit and events too) of the transactions that wrote answers, or between them"
    return judge("shared-transaction", looked_at, found, _REPORT)


async def _sizes(site: Site, asked: Asked) -> Line:
    sizes = [row["size"] for row in await site.owner.fetch(_SELECT_SIZES, asked.employer_id)]
    found = [f"{len(sizes)} sizes" for _ in sizes[1:2]]
    return judge("sizes", "sizes of the sealed answers: one that differs tells how much was answered", found, _REPORT)


def _written(site: Site, asked: Asked, heard: Heard, dump: str | None) -> list[Line]:
    texts = heard.texts | ({"dump": dump.encode()} if dump is not None else {})
    where = ", ".join(texts)
    about = [asked.wave_id, asked.employer_id]
    named = [f"{name}: {id_}" for id_ in about for name, text in heard.texts.items() if str(id_).encode() in text]
    return [
        judge("texts", f"what was sent, looked for in: {where}", orders.texts_in(texts, asked.canaries), _LOGGED),
        judge(
            "log-lines",
            f"the wave's or the employer's id, looked for in: {', '.join(heard.texts)}",
            named,
            "find out who logs requests to the intake, a proxy perhaps, and switch it off: each line is a time",
        ),
        judge(
            "spans",
            "traces of the intake",
            heard.spans if site.intake_is_ours else [],
            "start the intake without tracing, as Peil does by itself",
        ),
    ]


def _copied(found: list[str]) -> Line:
    return judge(
        "copies",
        "hashes of tokens and what was sent, in tables where they do not belong, also after it",
        found,
        _REPORT,
    )


def _after(asked: Asked, heard: Heard) -> Line:
    texts = heard.texts | {"traces": "\n".join(heard.spans).encode()}
    looked_at = f"what was sent, looked for in what closing and moderating wrote: {', '.join(texts)}"
    return judge("texts-of-closing", looked_at, orders.texts_in(texts, asked.canaries), _LOGGED)


async def _wal(site: Site, asked: Asked, sources: Sources, segment: str) -> Line:
    looked_at = "what was sent, looked for in the write-ahead log"
    files = await watching.wal_since(site.owner, segment, sources.wal)
    if files is None:
        return unseen("wal", looked_at, "the owner's role may not read it", "name its directory: --wal DIRECTORY")
    found = await asyncio.to_thread(orders.texts_in, files, asked.canaries)
    if not files:
        return unseen("wal", looked_at, f"no file {segment} is there", "name the right directory: --wal DIRECTORY")
    return judge("wal", f"{looked_at} ({len(files)} files)", found, _REPORT)


async def _left(site: Site, asked: Asked) -> Line:
    row = await site.owner.fetchrow(_COUNT_AFTER_CLOSE, asked.employer_id)
    found = [f"{number} rows of {name}" for name, number in row.items() if number]
    return judge("after-close", "sealed answers, codes and invitations after the close", found, _REPORT)


_SELECT_SIZES = """-- select_sealed_sizes
select distinct length(envelope) as size
from intake.sealed
where employer_id = $1
order by size
"""

_COUNT_AFTER_CLOSE = """-- count_after_close
select
  (select count(*) from intake.sealed where employer_id = $1) as sealed,
  (select count(*) from participation.code where employer_id = $1) as code,
  (select count(*) from participation.invitation where employer_id = $1) as invitation
"""
