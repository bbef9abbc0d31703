"""What one SCIM request works with: its transaction, its connection, the tree, and what it could not apply."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date
from uuid import UUID

from msgspec.structs import replace
from scim2_models import ConflictException

from peil.directory import operations, rules, writing
from peil.directory.model import Unit, UnitNew
from peil.directory.scim import queries, user_queries
from peil.directory.scim.mapping import refused
from peil.directory.scim.model import FindingCode, Removals, ScimConnection, UserRow
from peil.errors import Conflict
from peil.ids import NONE
from peil.operation import Transaction

_TOP = "top"


class Session:
    """One request of a connection. Whoever changes a unit calls `forget_units`."""

    def __init__(self, tx: Transaction, connection: ScimConnection) -> None:
        self.tx = tx
        self.connection = connection
        self._notes: Counter[tuple[FindingCode, str]] = Counter()
        self._subjects: dict[tuple[FindingCode, str], str] = {}
        self._units: dict[str, Unit] | None = None
        self._removals: Removals | None = None
        self._is_whole = False
        self._going: UserRow | None = None

    @property
    def today(self) -> date:
        return self.tx.now.date()

    def note(self, code: FindingCode, attribute: str = "", subject: str | None = None) -> None:
        """Notes that something was not applied; never a value."""
        self._notes[code, attribute] += 1
        if subject is not None:
            self._subjects[code, attribute] = subject

    async def keep_notes(self) -> None:
        """Writes what was noted, for the administrator."""
        found = [(*key, times, self._subjects.get(key)) for key, times in sorted(self._notes.items())]
        if found:
            await queries.count_findings(
                self.tx, self.tx.employer_id, self.connection.connection_id, found, self.tx.now
            )

    async def known_units(self) -> dict[str, Unit]:
        """All units there ever were, by external id."""
        if self._units is None:
            self._units = await operations.units_by_name(self.tx)
        return self._units

    async def units(self) -> dict[str, Unit]:
        """Those that stand."""
        return {name: unit for name, unit in (await self.known_units()).items() if unit.valid_to is None}

    def forget_units(self) -> None:
        """Reads the tree anew the next time."""
        self._units = None

    async def top(self) -> Unit:
        """The top of the tree; the first time there is none it is made, with the name of the connection."""
        found = next((unit for unit in (await self.units()).values() if unit.parent_id is None), None)
        if found is not None:
            return found
        [made] = await self.write_units([UnitNew(external_id=_TOP, name=self.connection.name)])
        return made

    async def write_units(self, wanted: Sequence[UnitNew]) -> list[Unit]:
        """Writes units that fit into the tree. Raises InvalidValueException."""
        known = await self.known_units()
        findings = [one for found in rules.tree_findings(known, wanted, self.today) for one in found]
        if findings:
            raise refused(*findings)
        made = await writing.write_units(self.tx, known, wanted)
        self.forget_units()
        return made

    @asynccontextmanager
    async def as_a_whole(self) -> AsyncIterator[None]:
        """Judges who disappears by what comes of it all: people may go out of one unit and into another.

        Raises ConflictException, and undoes all of it, where that is more than a tenth.
        """
        async with self.tx.savepoint(ConflictException):
            self._is_whole = True
            yield
            self._is_whole = False
            if self._going is not None:
                self._removals = None
                self._check(await self._counted(), self._going, "active")

    def begin_anew(self) -> None:
        """Forgets what was done, and noted of it: it was undone."""
        self._notes.clear()
        self._subjects.clear()
        self._is_whole, self._going = False, None
        self.forget()

    def forget(self) -> None:
        """Reads everything anew the next time."""
        self._units, self._removals = None, None

    async def check_going(self, row: UserRow, attribute: str, *, leaves: bool, unplaced: bool) -> None:
        """One more person is to leave today, or to be in no unit any more, or both.

        Raises ConflictException where that is more than a tenth. Who came today through SCIM was not there before,
        and may go.
        """
        if not (leaves or unplaced) or row.came_on == self.today:
            return
        if self._is_whole:
            self._going = row
            return
        counted = await self._counted()
        is_counted = not unplaced and row.unplaced_on == self.today
        after = replace(counted, gone=counted.gone + (not is_counted), unplaced=counted.unplaced + unplaced)
        self._check(after, row, attribute)
        self._removals = after

    def recount(self) -> None:
        """Counts anew the next time: somebody is in a unit again."""
        self._removals = None

    async def _counted(self) -> Removals:
        if self._removals is None:
            self._removals = await user_queries.count_removals(self.tx, self.tx.employer_id, self.today)
        return self._removals

    def _check(self, after: Removals, row: UserRow, attribute: str) -> None:
        is_confirmed = self.connection.confirmed_on == self.today
        confirmed = self.connection.confirmed_removals if is_confirmed else None
        try:
            rules.check_disappearing(after.gone, after.standing, confirmed)
            rules.check_disappearing(after.unplaced, after.placed, confirmed)
        except Conflict:
            self.note("removals-held", attribute, f"people/{row.person_id}")
            raise ConflictException(
                detail="More than a tenth of the people would have left today, or be in no unit any more. Nothing is "
                "done until they are in another unit, or an administrator confirms it: "
                f"POST /v1/scim-connections/{self.connection.connection_id}/confirm-removals."
            ) from None


def id_of(text: str | None) -> UUID:
    """The id in the path of a resource; one that can be nobody's for what is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return NONE
