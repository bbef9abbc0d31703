"""The shapes of participation: who is invited, in which reporting group, with which code."""

from uuid import UUID

import msgspec

from peil.structs import Value


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """A reporting group of a wave: the pile of codes, where it reports, and how many it holds."""

    key_id: UUID
    unit_id: UUID
    invited: int


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """An invited person by the HR system's id, and the reporting group."""

    external_id: str
    key_id: UUID


class DrawnCode(Value, frozen=True, kw_only=True):
    """A line of the list that the vendor delivers: whose code it is, and the code."""

    external_id: str
    code: str
