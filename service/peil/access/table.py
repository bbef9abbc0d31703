"""Who may do what: the one table of roles, scopes and reach. The design's table, row by row; docs come from it."""

from typing import NamedTuple

from peil.actor import Reach
from peil.errors import PeilError

_COLUMNS = (
    "administrator",
    "hr",
    "board",
    "manager",
    "employee",
    "ambassador",
    "works_council",
    "prevention_officer",
    "confidential_adviser",
    "occupational_health",
    "vendor_integration",
    "operator",
)
# Beyond the design's columns: a client of its own for whoever delivers messages, which can do nothing else.
DELIVERY = "message_delivery"
# And what the secret of a SCIM connection may do: no client has this role, and whoever has it can do nothing else.
PROVISIONING = "provisioning"
# A vendor's own client with a token for no employer; with one for an employer it acts as vendor_integration there.
VENDOR = "vendor"
ROLES = (*_COLUMNS, DELIVERY, VENDOR)


class Right(NamedTuple):
    """One cell: how far a role reaches, and whether it may change anything."""

    reach: Reach
    write: bool


class Resource(NamedTuple):
    """One row: what its scopes are called, and a cell per role (absent: not at all)."""

    name: str
    cells: dict[str, Right]
    read: str = "read"
    """What its first scope allows, in one word."""

    @property
    def verbs(self) -> tuple[str, ...]:
        return ("read", "write") if self.read == "read" else (self.read,)


_REACH = {
    "V": Reach.SERVICE,
    "O": Reach.VENDOR,
    "E": Reach.EMPLOYER,
    "S": Reach.SUBTREE,
    "U": Reach.UNITS,
    "P": Reach.PERSON,
}


def _row(name: str, cells: str, vendor: str = "-") -> Resource:
    """Reads twelve cells in the order of the design's columns: a reach and r or w, or - for not at all.

    `vendor` is the cell of a vendor that names no employer.
    """
    columns = [*cells.split(), vendor]
    roles = (*_COLUMNS, VENDOR)
    if len(columns) != len(roles):
        raise ValueError(f"{name}: {len(columns)} cells for {len(roles)} roles")
    return Resource(
        name,
        {
            role: Right(_REACH[cell[0]], cell[1] == "w")
            for role, cell in zip(roles, columns, strict=True)
            if cell != "-"
        },
    )


# V service, O a vendor's own employers, E employer, S unit subtree, U own units and their ancestors, P own person only.
# fmt: off
TABLE: tuple[Resource, ...] = (
    #                         admin hr board manager employee ambass. council prevent. adviser occup. vendor operator
    _row("employers",         "Er   Er Er    -       -        -       Er      -        -       -      Er     Vw", "Ow"),
    _row("vendors",           "-    -  -     -       -        -       -       -        -       -      -      Vw", "Or"),
    _row("vendor-clients",    "-    -  -     -       -        -       -       -        -       -      -      Vw", "Ow"),
    _row("vendor-links",      "Ew   -  -     -       -        -       -       -        -       -      Ew     Vw", "Ow"),
    _row("vendor-findings",   "-    -  -     -       -        -       -       -        -       -      -      -", "Or"),
    _row("vendor-campaigns",  "-    -  -     -       -        -       -       -        -       -      -      -", "Ow"),
    _row("access",            "Ew   -  -     -       -        -       -       -        -       -      Ew     Vw"),
    _row("scim-connections",  "Ew   -  -     -       -        -       -       -        -       -      Ew     -"),
    _row("directory",         "Er   Ew -     Sr      Pr       -       -       -        -       -      Ew     -"),
    _row("policy",            "-    Ew Er    Ur      Ur       Ur      Er      Ew       Er      Er     Er     -"),
    _row("support-routes",    "-    Ew Er    Ur      Ur       Ur      Er      Ew       Er      Er     Er     -"),
    _row("colours",           "Er   Ew Er    Er      Er       Er      Er      Er       Er       Er     Ew     -"),
    _row("toolkit",           "-    Ew Er    Er      Er       Er      Er      Er       Er      -      Ew     -"),
    _row("consents",          "-    Ew Er    -       -        -       Ew      Er       -       -      -      -"),
    _row("consent-requests",  "-    Ew Er    -       -        -       Er      Er       -       -      -      -"),
    _row("consent-decisions", "-    -  -     -       -        -       Ew      -        -       -      -      -"),
    _row("risks",             "-    Ew Er    Sr      Ur       -       Er      Ew       Er      Er     Er     -"),
    _row("instruments",       "-    Ew Er    Er      Ur       Er      Er      Er       Er      Er     Ew     -"),
    _row("campaigns",         "-    Ew Er    Sr      Ur       Er      Er      Er       Er      -      Ew     -"),
    _row("activities",        "-    Ew Er    Sw      Ur       Er      Er      Er       Er      -      Ew     -"),
    _row("communications",    "-    Ew Er    Sr      Ur       Ew      Er      Er       Er      -      Ew     -"),
    _row("waves",             "-    Ew Er    Sr      Ur       Ur      Er      Er       -       -      Ew     -"),
    _row("reportability",     "-    Er Er    -       -        -       Er      Er       -       -      Er     -"),
    _row("answer-tokens",     "-    Pw Pw    Pw      Pw       Pw      Pw      Pw       Pw      Pw     -      -"),
    _row("codes",             "-    Ew -     -       -        -       -       -        -       -      Ew     -"),
    _row("messages",          "-    Ew Er    -       -        -       Er      Er       -       -      Ew     -"),
    _row("opt-outs",          "-    Pw Pw    Pw      Pw       Pw      Pw      Pw       Pw      Pw     -      -"),
    Resource("reminders", {DELIVERY: Right(Reach.EMPLOYER, write=False)}, read="deliver"),
    Resource("scim", {PROVISIONING: Right(Reach.EMPLOYER, write=False)}, read="provision"),
    _row("aggregates",        "-    Er Er    Sr      Ur       Ur      Er      Er       Er      Er     Er     -"),
    _row("widgets",           "-    Er Er    Sr      Ur       Ur      Er      Er       Er       Er     Er     -"),
    _row("comments",          "-    Er Er    Sr      Ur       -       Er      Er       Er       -      -      -"),
    _row("comment-moderation","-    -  -     -       -        -       -       -        Ew       -      -      -"),
    _row("actions",           "-    Ew Ew    Sw      Ur       -       Er      Ew       -       -      Ew     -"),
    _row("readiness",         "-    Er Er    Sr      -        Er      Er      Er       Er      -      Er     -"),
    _row("disclosure",        "-    Er Er    -       -        -       Er      Er       -       -      -      -"),
    _row("audit",             "-    Er Er    -       -        -       Er      Er       -       -      -      Vr", "Or"),
    _row("events",            "Er   -  -     -       -        -       -       -        -       -      Er     -", "Or"),
    _row("webhooks",          "Ew   -  -     -       -        -       -       -        -       -      Ew     -"),
    _row("vendor-webhooks",   "-    -  -     -       -        -       -       -        -       -      -      -", "Ow"),
    _row("vendor-deliveries", "-    -  -     -       -        -       -       -        -       -      -      -", "Or"),
    _row("developer",         "Er   Er -     -       -        -       Er      Er       -       -      Er     Vr", "Or"),
    _row("test-clocks",       "Ew   Ew -     -       -        -       -       -        -       -      Ew     Vw"),
)
# fmt: on

SCOPES: frozenset[str] = frozenset(
    f"{resource.name}:{verb}"
    for resource in TABLE
    for place, verb in enumerate(resource.verbs)
    # What changes something is a scope only where some role may.
    if place == 0 or any(right.write for right in resource.cells.values())
)


class ScopeMissing(PeilError):
    """An operation names a scope that the table does not have: the service does not start."""

    code = "internal"


def reaches(roles: frozenset[str], granted: frozenset[str] | None = None) -> dict[str, Reach]:
    """The scopes these roles give, with the widest reach of any; `granted` narrows them to a token's scopes."""
    result: dict[str, Reach] = {}
    for resource in TABLE:
        for role in roles & resource.cells.keys():
            right = resource.cells[role]
            for verb in resource.verbs if right.write else resource.verbs[:1]:
                scope = f"{resource.name}:{verb}"
                if granted is None or scope in granted:
                    result[scope] = max(right.reach, result.get(scope, right.reach))
    return result


def check_scopes(scopes: dict[str, str]) -> None:
    """Refuses operations (name to scope) whose scope is neither in the table nor `anonymous`."""
    wrong = {name: scope for name, scope in scopes.items() if scope != "anonymous" and scope not in SCOPES}
    if wrong:
        raise ScopeMissing(**wrong)
