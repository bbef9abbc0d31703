"""What the audit trail calls the acts of a SCIM request, which is one operation whatever it does."""

from collections.abc import Iterator

from msgspec.structs import replace

from peil.directory.scim.model import GroupState, UserState

EVENTS = (
    "create_scim_user",
    "update_scim_user",
    "deactivate_scim_user",
    "reactivate_scim_user",
    "delete_scim_user",
    "create_scim_group",
    "update_scim_group",
    "update_scim_group_members",
    "delete_scim_group",
    "create_scim_membership",
    "delete_scim_membership",
    "create_scim_manager",
    "delete_scim_manager",
)


def of_user(before: UserState | None, after: UserState) -> str:
    """What was done to a person who is written: created, switched off, on again, or something else."""
    if before is None:
        return "create_scim_user"
    if before.row.active and not after.row.active:
        return "deactivate_scim_user"
    if after.row.active and not before.row.active:
        return "reactivate_scim_user"
    return "update_scim_user"


def of_group(before: GroupState, after: GroupState) -> Iterator[str]:
    """What was done to a unit that is written: who is in it, what it is, or both."""
    has_other_members = set(before.members) != set(after.members)
    if has_other_members:
        yield "update_scim_group_members"
    # When it was said is no part of what was said.
    is_same = replace(before.row, said_at=after.row.said_at) == after.row
    if not is_same or not has_other_members:
        yield "update_scim_group"


def of_membership(*, is_in: bool) -> str:
    """What was done to a person who was put in a unit or taken out."""
    return "create_scim_membership" if is_in else "delete_scim_membership"


def of_manager(*, is_one: bool) -> str:
    """What was done to a person who manages a unit from now on, or no longer."""
    return "create_scim_manager" if is_one else "delete_scim_manager"
