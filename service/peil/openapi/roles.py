"""The page `docs/roles.md`: who may do what, printed from the one table of rights and the operations."""

from collections import defaultdict
from collections.abc import Sequence

from peil.access.table import ROLES, TABLE, Resource
from peil.actor import Reach
from peil.openapi.words import camel
from peil.rest import Endpoint

_LETTERS = {
    Reach.PERSON: "P",
    Reach.UNITS: "U",
    Reach.SUBTREE: "S",
    Reach.EMPLOYER: "E",
    Reach.VENDOR: "O",
    Reach.SERVICE: "V",
}
_HEAD = """\
# Who may do what

Printed by `peil schema roles` from the table that the service goes by, `service/peil/access/table.py`; a test keeps
the two equal. Each operation needs one scope. A role gives scopes, each with a reach; a token can have fewer, never
more. An operation may ask for more than the scope: that it is an administrator, an own sign-in, or one's own
activity. `tests/cases/test_roles.py` tries every cell through REST and GraphQL.

| letter | reach |
|---|---|
| P | the own person |
| U | the own units and those above them |
| S | what one manages and all beneath it, and what U has |
| E | the employer |
| O | a vendor's own employers, for what is not their content; campaigns it makes as `vendor_integration` |
| V | the whole service |

`r` reads, `w` reads and writes, `–` not at all; a scope with a verb of its own has its reach alone. Whoever signs in
as a person is an `employee` too, and a `manager` if the directory says so. A vendor's client is a `vendor` with a
token for no employer, and with one for an employer `vendor_integration` there ([vendors.md](vendors.md)).
`message_delivery` and `provisioning` (the secret of a SCIM connection) stand alone. A widget reads what its token
names, never more than whoever had it made.
"""


def roles_page(endpoints: Sequence[Endpoint]) -> str:
    """The page as Markdown."""
    roles = [*ROLES, *sorted({role for resource in TABLE for role in resource.cells} - set(ROLES))]
    lines = [_row(["scopes", *roles]), _row(["---"] * (len(roles) + 1))]
    lines += [_row([_scopes(resource), *(_cell(resource, role) for role in roles)]) for resource in TABLE]
    return "\n".join([_HEAD, *lines, "", "## Which operation needs which scope", "", *_operations(endpoints), ""])


def _scopes(resource: Resource) -> str:
    written = any(right.write for right in resource.cells.values())
    return f"`{resource.name}:{resource.verbs[0]}`" + (", `:write`" if written else "")


def _cell(resource: Resource, role: str) -> str:
    right = resource.cells.get(role)
    if right is None:
        return "–"
    if resource.read != "read":
        return _LETTERS[right.reach]
    return f"{_LETTERS[right.reach]} {'w' if right.write else 'r'}"


def _operations(endpoints: Sequence[Endpoint]) -> list[str]:
    by_scope: defaultdict[str, list[str]] = defaultdict(list)
    for endpoint in endpoints:
        by_scope[endpoint.scope].append(f"`{camel(endpoint.name)}`")
    rows = [_row([f"`{scope}`", ", ".join(sorted(names))]) for scope, names in sorted(by_scope.items())]
    return [_row(["scope", "operations"]), _row(["---"] * 2), *rows]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
