"""What one SCIM request works with: its transaction, its connection, the tree, and what it could not apply."""

from collections import Counter
from collections.abc import Sequence
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

    async def check_leaving(self, row: UserRow) -> None:
        """One more person is to leave today. Raises ConflictException where that is more than a tenth.

        Who came today through SCIM was not there before, and may go.
        """
        if row.came_on == self.today:
            return
        if self._removals is None:
            self._removals = await user_queries.count_removals(self.tx, self.tx.employer_id, self.today)
        gone = self._removals.gone + 1
        is_confirmed = self.connection.confirmed_on == self.today
        try:
            rules.check_disappearing(
                gone, self._removals.standing, self.connection.confirmed_removals if is_confirmed else None
            )
        except Conflict:
            self.note("removals-held", "active", f"people/{row.person_id}")
            raise ConflictException(
                detail="More than a tenth of the people would have left today. Nothing is done until an administrator "
                f"confirms it: POST /v1/scim-connections/{self.connection.connection_id}/confirm-removals."
            ) from None
        self._removals = replace(self._removals, gone=gone)


def id_of(text: str | None) -> UUID:
    """The id in the path of a resource; one that can be nobody's for what is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return NONE
