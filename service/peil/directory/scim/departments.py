"""Which unit a department is: spelled in another way it is the same one."""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from peil.directory.model import Unit, UnitNew
from peil.directory.scim.model import SaidUser


def unit_of(units: Mapping[str, Unit], department: str) -> str | None:
    """The external id of the unit that a department is, of those that stand; None: it is none yet.

    By the external id as it is written, then by it in another spelling, and by a name that only one unit has.
    """
    if department in units:
        return department
    wanted = _plain(department)
    by_id = [unit for name, unit in units.items() if _plain(name) == wanted]
    by_name = [unit for unit in units.values() if _plain(unit.name) == wanted]
    if by_id:
        # Ids tell when they were made: the first one.
        return min(by_id, key=lambda unit: unit.unit_id).external_id
    return by_name[0].external_id if len(by_name) == 1 else None


def unit_to_make(known: Mapping[str, Unit], department: str, top: Unit) -> UnitNew:
    """The unit of a department that is none yet, as it was spelled first; one that has ended begins anew."""
    ended = unit_of({name: unit for name, unit in known.items() if unit.valid_to is not None}, department)
    name = known[ended].name if ended else _spaced(department)
    return UnitNew(external_id=ended or _spaced(department), name=name, parent_external_id=top.external_id)


def department_of(said: SaidUser) -> str | None:
    """The department that is said; None: none, white space alone is no department either."""
    return said.department if said.department and said.department.strip() else None


def _spaced(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


@lru_cache(maxsize=16_384)
def _plain(text: str) -> str:
    """What spellings have in common: case, white space and the forms of a letter are not told apart."""
    return unicodedata.normalize("NFC", _spaced(text).casefold())
