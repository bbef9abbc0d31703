"""People and units as SCIM resources, and what a resource says of them."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from scim2_models import InvalidValueException, Meta, Reference

from peil.decoding import decoder_for
from peil.directory.scim.model import FindingCode, GroupState, SaidGroup, SaidUser, UserRow, UserState
from peil.directory.scim.refusing import text_of
from peil.directory.scim.resources import (
    ENTERPRISE,
    OUR_GROUP,
    OUR_USER,
    Email,
    EnterpriseUser,
    GroupResource,
    ManagerOfUser,
    Member,
    ParentUnit,
    PeilGroup,
    PeilUser,
    UnitOfUser,
    UserResource,
)
from peil.errors import Finding, Invalid
from peil.http.etag import etag

T = TypeVar("T")
Note = Callable[[FindingCode, str], None]
"""Notes that something of an attribute was not applied."""


# What an attribute of the directory is called in SCIM.
_NAMES = {
    "email": "emails.value",
    "language": "preferredLanguage",
    "employmentType": f"{OUR_USER}:employmentType",
    "department": f"{ENTERPRISE}:department",
    "costCenter": f"{ENTERPRISE}:costCenter",
    "managerId": f"{ENTERPRISE}:manager",
    "unitManagerId": f"{OUR_GROUP}:manager",
    "scimId": "externalId",
    "name": "displayName",
    "parentExternalId": f"{OUR_GROUP}:parent",
    "validFrom": f"{OUR_GROUP}:validFrom",
    "validTo": f"{OUR_GROUP}:validTo",
    "unitExternalId": f"{ENTERPRISE}:department",
}
_read_user = decoder_for(SaidUser).decode
_read_group = decoder_for(SaidGroup).decode


def said_user(user: UserResource, external_id: str, note: Note, *, active: bool) -> SaidUser:
    """What a user says, for the person of the directory with this external id. Raises InvalidValueException.

    `active`: whether that person is where the user does not say.
    """
    if user.user_name is not None and not user.user_name.strip():
        raise refused(Finding("/userName", "required"))
    enterprise, ours = user[EnterpriseUser], user[PeilUser]
    manager = enterprise.manager.value if enterprise and enterprise.manager else None
    said = {
        "externalId": external_id,
        "scimId": user.external_id,
        "userName": user.user_name,
        "displayName": user.display_name,
        "email": _address(user.emails or [], note),
        "language": _language(user.preferred_language),
        "employmentType": ours.employment_type if ours else None,
        "absent": bool(ours and ours.absent),
        "active": active if user.active is None else user.active,
        "saidActive": user.active,
        "saidAbsent": ours.absent if ours else None,
        "department": enterprise.department if enterprise else None,
        "costCenter": enterprise.cost_center if enterprise else None,
        "managerId": _uuid(manager, "managerId"),
    }
    return _read(_read_user, {name: value or None if value == "" else value for name, value in said.items()})


def _address(emails: Sequence[Email], note: Note) -> str | None:
    """The address of the work, or the one whose kind is not said."""
    usable = [one.value for one in emails if one.value and (one.type or "work").lower() == "work"]
    if len(emails) > min(1, len(usable)):
        note("second-address", "emails")
    return usable[0] if usable else None


def _language(preferred: str | None) -> str | None:
    """The first of an Accept-Language value, as BCP 47 writes it."""
    if not preferred:
        return None
    head, *tail = preferred.split(",")[0].split(";")[0].strip().replace("_", "-").split("-")
    return "-".join((head.lower(), *tail))


def said_group(group: GroupResource, external_id: str) -> SaidGroup:
    """What a group says, for the unit of the directory with this external id. Raises InvalidValueException."""
    ours = group[PeilGroup]
    parent = ours.parent.value if ours and ours.parent else None
    manager = ours.manager.value if ours and ours.manager else None
    members = (_uuid(one.value, "members") for one in group.members or [])
    return _read(
        _read_group,
        {
            "externalId": external_id,
            "scimId": group.external_id or None,
            "name": group.display_name,
            "validFrom": ours.valid_from if ours else None,
            "validTo": ours.valid_to if ours else None,
            "parentId": _uuid(parent, "parentExternalId"),
            "unitManagerId": _uuid(manager, "unitManagerId"),
            "members": list(dict.fromkeys(one for one in members if one is not None)),
        },
    )


def _uuid(value: str | None, name: str) -> UUID | None:
    if not value:
        return None
    try:
        return UUID(value)
    except ValueError:
        code = "unknown-unit" if name == "parentExternalId" else "unknown-person"
        raise refused(Finding(f"/{name}", code)) from None


def _read(read: Callable[[bytes], T], said: dict[str, Any]) -> T:
    try:
        return read(msgspec.json.encode(said))
    except Invalid as error:
        raise refused(*error.findings) from None


def refused(*findings: Finding) -> InvalidValueException:
    """The SCIM error of values that break a rule of the directory."""
    texts = (f"{_attribute(one.pointer)}: {text_of(one)}" for one in findings[:10])
    return InvalidValueException(detail=" ".join(texts))


def _attribute(pointer: str) -> str:
    name = pointer.strip("/").split("/")[0]
    return _NAMES.get(name, name)


def user_resource(state: UserState) -> UserResource:
    """A person as a User."""
    row = state.row
    user = UserResource(
        id=str(row.person_id),
        external_id=row.scim_id if row.provisioned else row.external_id,
        user_name=row.user_name,
        display_name=row.display_name,
        preferred_language=row.language,
        active=_told_active(row),
        emails=[Email(value=row.email, type="work")] if row.email else None,
        groups=[
            UnitOfUser(value=str(one.unit_id), ref=Reference(f"Groups/{one.unit_id}"), display=one.name)
            for one in state.groups
            if one.stands
        ]
        or None,
        meta=Meta(
            resource_type="User",
            created=row.created_at,
            last_modified=row.modified_at,
            version=_version(state),
        ),
    )
    if row.department or row.cost_center or row.manager_id:
        user[EnterpriseUser] = EnterpriseUser(
            department=row.department, cost_center=row.cost_center, manager=_manager(row.manager_id)
        )
    absent = _told_absent(row)
    if row.employment_type or absent is not None:
        user[PeilUser] = PeilUser(employment_type=row.employment_type, absent=absent)
    return user


def _manager(person_id: UUID | None) -> ManagerOfUser | None:
    return ManagerOfUser(value=str(person_id), ref=Reference(f"Users/{person_id}")) if person_id else None


def _told_active(row: UserRow) -> bool | None:
    """Whether a user is active; nothing where SCIM does not say, unless another system switched the person off."""
    is_silent = row.provisioned and row.said_active is None
    return None if is_silent and (row.active or row.left_on is not None) else row.active


def _told_absent(row: UserRow) -> bool | None:
    """Whether a user is absent; nothing where SCIM does not say and the person is not."""
    is_silent = row.provisioned and row.said_absent is None
    return None if is_silent and not row.absent else row.absent


def group_resource(state: GroupState, root: UUID | None) -> GroupResource:
    """A unit as a Group; `root` is the top of the tree."""
    row = state.row
    group = GroupResource(
        id=str(row.unit_id),
        external_id=row.scim_id if row.provisioned else row.external_id,
        display_name=row.name,
        members=[Member(value=str(one), ref=Reference(f"Users/{one}"), type="User") for one in state.members] or None,
        meta=Meta(
            resource_type="Group",
            created=row.created_at,
            last_modified=row.said_at,
            version=_version(state),
        ),
    )
    parent = row.parent_id if row.parent_id != root else None
    first = row.valid_from if row.said_from is not None or not row.provisioned else None
    if parent or first or row.said_to or row.manager_id:
        group[PeilGroup] = PeilGroup(
            parent=ParentUnit(value=str(parent), ref=Reference(f"Groups/{parent}")) if parent else None,
            manager=_manager(row.manager_id),
            valid_from=first.isoformat() if first else None,
            valid_to=row.said_to.isoformat() if row.said_to else None,
        )
    return group


def _version(state: msgspec.Struct) -> str:
    # Weak: what is equal to SCIM may be written otherwise.
    return f"W/{etag(state)}"
