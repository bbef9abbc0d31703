"""The SCIM resources of this service as RFC 7643 describes them, and what the service can do with them."""

from typing import Annotated, Any, ClassVar

from pydantic import Field, field_validator
from scim2_models import (
    URN,
    AnyExtension,
    AuthenticationScheme,
    Bulk,
    CaseExact,
    ChangePassword,
    ComplexAttribute,
    ETag,
    Extension,
    Filter,
    Mutability,
    Pagination,
    Patch,
    Reference,
    Required,
    Resource,
    ResourceType,
    ScimPolicy,
    ScimProvider,
    ServiceProviderConfig,
    Sort,
    Uniqueness,
)

CORE_USER = "urn:ietf:params:scim:schemas:core:2.0:User"
CORE_GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
OUR_USER = "urn:peil:params:scim:schemas:extension:1.0:User"
OUR_GROUP = "urn:peil:params:scim:schemas:extension:1.0:Group"

MAX_OPERATIONS = 1000
MAX_PAYLOAD = 1_048_576
MAX_RESULTS = 200


class Email(ComplexAttribute):
    value: str | None = None
    """The one address that Peil may write to."""

    type: Annotated[str | None, CaseExact.false] = Field(None, examples=["work"])
    """Only the address of the work is kept."""


_User = Reference["User"]  # type: ignore[type-arg]  # the name of a resource type, not a type
_Group = Reference["Group"]  # type: ignore[type-arg]  # the same


class UnitOfUser(ComplexAttribute):
    value: Annotated[str | None, Mutability.read_only, CaseExact.true] = None
    """The id of the group."""

    ref: Annotated[_Group | None, Mutability.read_only] = Field(
        None, serialization_alias="$ref", validation_alias="$ref"
    )
    """The URI of the group."""

    display: Annotated[str | None, Mutability.read_only] = None
    """The name of the unit."""


class User(Resource[AnyExtension]):
    __schema__ = URN(CORE_USER)

    user_name: Annotated[str | None, Required.true, Uniqueness.server] = None
    """The immutable name at the identity provider, by which a person signs in."""

    display_name: str | None = None
    """How the person is called in lists of the directory."""

    preferred_language: str | None = Field(None, examples=["nl", "en"])
    """The language of messages."""

    active: bool | None = None
    """False: has left; memberships end."""

    emails: list[Email] | None = None
    """Where messages go."""

    groups: Annotated[list[UnitOfUser] | None, Mutability.read_only] = None
    """The groups of this user that are units."""


class ManagerOfUser(ComplexAttribute):
    value: Annotated[str | None, CaseExact.true] = None
    """The id of a user."""

    ref: _User | None = Field(None, serialization_alias="$ref", validation_alias="$ref")
    """The URI of that user."""


def _reference(said: Any) -> Any:
    """A reference as RFC 7643 has it: Entra ID sends the bare id, or a list of one; and an empty text for nobody."""
    if isinstance(said, list):
        said = said[0] if len(said) == 1 else said
    if isinstance(said, str):
        return {"value": said} if said else None
    return said


class EnterpriseUser(Extension):
    __schema__ = URN(ENTERPRISE)

    cost_center: str | None = None
    """Kept, and given back."""

    department: str | None = None
    """Kept and given back; the unit of the main job where the connection takes the tree from it."""

    manager: ManagerOfUser | None = None
    """Who manages this user; kept and given back, and gives no right."""

    Manager: ClassVar[type[ComplexAttribute]] = ManagerOfUser

    @field_validator("manager", mode="before")
    @classmethod
    def _read_manager(cls, said: Any) -> Any:
        return _reference(said)


class PeilUser(Extension):
    __schema__ = URN(OUR_USER)

    employment_type: str | None = Field(None, examples=["permanent", "temporary", "agency", "intern"])
    """The kind of employment, in the employer's own words: lower case, digits and hyphens."""

    absent: bool | None = None
    """True: away for long, and therefore not invited to a wave. Never say why."""


class Member(ComplexAttribute):
    value: Annotated[str | None, Mutability.immutable, CaseExact.true] = None
    """The id of a user."""

    ref: Annotated[_User | None, Mutability.immutable] = Field(
        None, serialization_alias="$ref", validation_alias="$ref"
    )
    """The URI of the user."""

    type: Annotated[str | None, Mutability.immutable] = Field(None, examples=["User"])
    """Always User: a unit hangs under another one by `parent`."""


class Group(Resource[AnyExtension]):
    __schema__ = URN(CORE_GROUP)

    display_name: Annotated[str | None, Required.true] = None
    """The name of the unit."""

    members: list[Member] | None = None
    """The people of the unit. Whoever is in two such groups belongs to the one that was said last."""


class ParentUnit(ComplexAttribute):
    value: Annotated[str | None, CaseExact.true] = None
    """The id of the group above."""

    ref: _Group | None = Field(None, serialization_alias="$ref", validation_alias="$ref")
    """The URI of the group above."""


class PeilGroup(Extension):
    __schema__ = URN(OUR_GROUP)

    parent: ParentUnit | None = None
    """The unit above; none: it hangs under the top."""

    manager: ManagerOfUser | None = None
    """The user who manages the unit; gives reach over it and what is under it."""

    valid_from: str | None = Field(None, examples=["2026-01-01"])
    """The first day of the unit, as in 2026-01-01."""

    valid_to: str | None = Field(None, examples=["2099-01-01"])
    """The first day it exists no longer, as in 2099-01-01."""

    @field_validator("parent", "manager", mode="before")
    @classmethod
    def _read_reference(cls, said: Any) -> Any:
        return _reference(said)


UserResource = User[EnterpriseUser | PeilUser]
GroupResource = Group[PeilGroup]

POLICY = ScimPolicy(
    unknown=ScimPolicy.Unknown.ignore,
    remove_value_as_filter=ScimPolicy.RemoveValue.apply,
    unmatched_path_filter=ScimPolicy.UnmatchedPathFilter.create,
)
"""What identity providers do beside the RFC. What is ignored is reported to the administrator."""

CONFIG = ServiceProviderConfig(
    patch=Patch(supported=True),
    bulk=Bulk(supported=True, max_operations=MAX_OPERATIONS, max_payload_size=MAX_PAYLOAD),
    filter=Filter(supported=True, max_results=MAX_RESULTS),
    change_password=ChangePassword(supported=False),
    sort=Sort(supported=True),
    etag=ETag(supported=True),
    pagination=Pagination(
        cursor=False,
        index=True,
        default_pagination_method=Pagination.DefaultPaginationMethod.index,
        default_page_size=100,
        max_page_size=MAX_RESULTS,
    ),
    authentication_schemes=[
        AuthenticationScheme(
            type=AuthenticationScheme.Type.oauthbearertoken,
            name="Bearer secret",
            description="The secret of a SCIM connection, in the Authorization header (RFC 6750).",
            primary=True,
        )
    ],
)

PROVIDER = ScimProvider(
    models=[User, EnterpriseUser, PeilUser, Group, PeilGroup],
    resource_types=[
        ResourceType.model_validate(
            {
                "id": "User",
                "name": "User",
                "endpoint": "/Users",
                "description": "A person of the directory",
                "schema": CORE_USER,
                "schemaExtensions": [
                    {"schema": ENTERPRISE, "required": False},
                    {"schema": OUR_USER, "required": False},
                ],
            }
        ),
        ResourceType.model_validate(
            {
                "id": "Group",
                "name": "Group",
                "endpoint": "/Groups",
                "description": "A unit of the organisation",
                "schema": CORE_GROUP,
                "schemaExtensions": [{"schema": OUR_GROUP, "required": False}],
            }
        ),
    ],
    config=CONFIG,
    policy=POLICY,
)
