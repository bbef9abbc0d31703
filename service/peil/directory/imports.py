"""Imports of units and people by external id: all lines or none, with a report on each."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Generic, Literal, TypeVar

import msgspec
from msgspec import Meta

from peil import problems
from peil.audit import record
from peil.decoding import decoder_for
from peil.directory import absent, operations, people_queries, people_rules, queries, rules, writing
from peil.directory.model import ImportQuery, PeopleImportQuery, PersonChange, PersonNew, Unit, UnitNew
from peil.directory.people_rules import KnownPeople
from peil.errors import Finding, Invalid
from peil.ids import silent_id
from peil.operation import Transaction, operation
from peil.outbox import publish
from peil.problems import ProblemFinding
from peil.structs import ExternalId, Value

T = TypeVar("T", UnitNew, PersonNew)

MAX_LINES = 100_000
# A report names every refused line, but not everything that is wrong with a hundred thousand of them.
_MAX_FINDINGS = 10_000

Outcome = Literal["created", "updated", "unchanged", "refused"]


class LineReport(Value, frozen=True, kw_only=True):
    """What happened to one line of an import, or would have happened."""

    line: Annotated[int, Meta(description="Counted from 1; blank lines count.")]
    external_id: Annotated[str | None, Meta(description="null: the line does not say it legibly.")]
    outcome: Outcome
    errors: list[ProblemFinding]


class ImportReport(Value, frozen=True, kw_only=True):
    """What an import did. Where any line is refused, nothing is written."""

    dry_run: bool
    written: Annotated[bool, Meta(description="False: a dry run, or some line was refused.")]
    created: int
    updated: int
    unchanged: int
    refused: int
    absent: Annotated[
        list[str],
        Meta(description="With full: external ids of those that are in no line and end today, 10,000 at most."),
    ]
    lines: list[LineReport]


class Line(Generic[T]):
    """One line: what it says if that could be read, what is wrong with it, and what comes of it."""

    __slots__ = ("external_id", "findings", "new", "number", "outcome")

    def __init__(self, number: int, new: T | None, external_id: str | None, findings: Sequence[Finding]) -> None:
        self.number = number
        self.new: T | None = new
        self.external_id = external_id
        self.findings = list(findings)
        self.outcome: Outcome = "refused"


class _Named(msgspec.Struct, rename="camel"):
    external_id: ExternalId


_named = msgspec.json.Decoder(_Named).decode


# What takes long for a large import is done in threads, so that the event loop serves others meanwhile.
@operation("directory:write")
async def import_units(tx: Transaction, query: ImportQuery, body: bytes) -> ImportReport:
    """Creates, renames and moves units by external id, all or none; what no line names stays as it is."""
    lines = await asyncio.to_thread(read_lines, body, UnitNew)
    await queries.lock_directory(tx, tx.employer_id)
    known = await operations.units_by_name(tx)
    changed = await asyncio.to_thread(_judge_units, lines, known, tx.now.date())
    gone = absent.units(known, _named_in(lines)) if query.full else []
    absent.check_units(gone, [new for _, new in _readable(lines)], await absent.members(tx, gone))
    if _is_written(query, lines) and (changed or gone):
        absent.check(gone, sum(unit.valid_to is None for unit in known.values()), query.confirm)
        await writing.write_units(tx, known, changed)
        await absent.close_units(tx, gone)
        await _tell(tx)
    return await asyncio.to_thread(_report, lines, query, tx.call.language, [one.external_id for one in gone])


@operation("directory:write")
async def import_people(tx: Transaction, query: PeopleImportQuery, body: bytes) -> ImportReport:
    """Creates, moves and ends people by external id, all or none; a line says everything of its person."""
    lines = await asyncio.to_thread(read_lines, body, PersonNew)
    await queries.lock_directory(tx, tx.employer_id)
    known = await _known_people(tx, [new for _, new in _readable(lines)])
    changed = await asyncio.to_thread(_judge_people, lines, known, tx.now.date())
    gone, standing = await absent.people(tx, _named_in(lines)) if query.full else ([], 0)
    if _is_written(query, lines) and (changed or gone):
        absent.check(gone, standing, query.confirm)
        await writing.write_people(tx, [*changed, *gone], query.erase_after)
        await _tell(tx)
    return await asyncio.to_thread(_report, lines, query, tx.call.language, [one.after.external_id for one in gone])


def read_lines(body: bytes, shape: type[T]) -> list[Line[T]]:
    """The lines of NDJSON that are not blank. Raises Invalid for more than 100,000 of them."""
    decode = decoder_for(shape).decode
    lines: list[Line[T]] = []
    first: dict[str, int] = {}
    for number, text in enumerate(body.split(b"\n"), 1):
        if not text.strip():
            continue
        if len(lines) == MAX_LINES:
            raise Invalid(Finding("", "too-many-items", {"limit": MAX_LINES}))
        try:
            new: T = decode(text)
        except Invalid as error:
            lines.append(Line(number, None, _legible_id(text), error.findings))
            continue
        before = first.setdefault(new.external_id, number)
        if before == number:
            lines.append(Line(number, new, new.external_id, ()))
        else:
            doubled = Finding("/externalId", "duplicate-line", {"line": before})
            lines.append(Line(number, None, new.external_id, (doubled,)))
    return lines


def _legible_id(text: bytes) -> str | None:
    try:
        return _named(text).external_id
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _readable(lines: Sequence[Line[T]]) -> Iterator[tuple[Line[T], T]]:
    """The lines that could be read, each external id once."""
    return ((line, line.new) for line in lines if line.new is not None)


def _named_in(lines: Sequence[Line[T]]) -> set[str]:
    """The external ids of all lines, also of those that are refused."""
    return {line.external_id for line in lines if line.external_id is not None}


def _is_written(query: ImportQuery, lines: Sequence[Line[T]]) -> bool:
    return not query.dry_run and not any(line.findings for line in lines)


def _judge_units(lines: Sequence[Line[UnitNew]], known: Mapping[str, Unit], today: date) -> list[UnitNew]:
    """Gives every line its findings and outcome, and returns what is to be written if none has findings."""
    findings = rules.tree_findings(known, [new for _, new in _readable(lines)], today)
    # A unit whose own line is refused is not unknown to those under it.
    illegible = {line.external_id for line in lines if line.new is None}
    changed = []
    for (line, new), found in zip(_readable(lines), findings, strict=True):
        if new.parent_external_id in illegible:
            found = [finding for finding in found if finding.code != "unknown-unit"]
        line.findings += found
        if not found:
            line.outcome = rules.unit_outcome(known.get(new.external_id), new)
        if line.outcome in ("created", "updated"):
            changed.append(new)
    return changed


async def _known_people(tx: Transaction, wanted: Sequence[PersonNew]) -> KnownPeople:
    people = await people_queries.select_people(tx, tx.employer_id, tx.now.date(), [new.external_id for new in wanted])
    user_names = {new.user_name for new in wanted if new.user_name is not None}
    units = await operations.units_by_name(tx)
    return KnownPeople(
        people={person.external_id: person for person in people},
        periods=await operations.periods_of(tx, people),
        user_names=await people_queries.select_user_names(tx, tx.employer_id, user_names),
        units={name: unit for name, unit in units.items() if unit.valid_to is None},
    )


def _judge_people(lines: Sequence[Line[PersonNew]], known: KnownPeople, today: date) -> list[PersonChange]:
    """Gives every line its findings and outcome, and returns what is to be written if none has findings."""
    taken = people_rules.user_name_findings([new for _, new in _readable(lines)], known.user_names)
    changed = []
    for (line, new), found in zip(_readable(lines), taken, strict=True):
        person = known.people.get(new.external_id)
        periods = known.periods.get(person.person_id, []) if person else []
        line.findings += found + people_rules.person_findings(new, known.units, today)
        line.findings += people_rules.placement_findings(new, person, today)
        if line.findings:
            continue
        change = people_rules.person_change(person, periods, new, silent_id(), known.units, today)
        if person is None:
            line.outcome = "created"
        else:
            line.outcome = "updated" if change.is_any else "unchanged"
        if change.is_any:
            changed.append(change)
    return changed


async def _tell(tx: Transaction) -> None:
    await record(tx, f"employers/{tx.employer_id}")
    await publish(tx, "directory.imported", f"employers/{tx.employer_id}")


def _report(lines: Sequence[Line[T]], query: ImportQuery, language: str, gone: Sequence[str]) -> ImportReport:
    outcomes = Counter(line.outcome for line in lines)
    return ImportReport(
        dry_run=query.dry_run,
        written=_is_written(query, lines),
        created=outcomes["created"],
        updated=outcomes["updated"],
        unchanged=outcomes["unchanged"],
        refused=outcomes["refused"],
        absent=sorted(gone)[:_MAX_FINDINGS],
        lines=[
            LineReport(
                line=line.number,
                external_id=line.external_id,
                outcome=line.outcome,
                errors=[problems.finding(found, language) for found in findings],
            )
            for line, findings in zip(lines, _shown_findings(lines), strict=True)
        ],
    )


def _shown_findings(lines: Sequence[Line[T]]) -> Iterator[list[Finding]]:
    left = _MAX_FINDINGS
    for line in lines:
        shown = line.findings[:left]
        left -= len(shown)
        if len(shown) < len(line.findings):
            shown.append(Finding("", "more-findings"))
        yield shown
