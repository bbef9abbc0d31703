"""GraphQL against its own schema: whatever fits it is answered, as the schema says, with as few statements."""

import asyncio
import re
from functools import cache
from typing import Any
from uuid import UUID

import graphql
import httpx
import pytest
import schemathesis
from graphql import GraphQLNamedType, language
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.graphql import nodes

from cases.measuring import ask_freely, wave_new
from support.apis import Rest, schema
from support.house import House, Persona
from support.personas import cast_of
from support.statements import count_statements

MODERN = "application/graphql-response+json"
EXAMPLES = 8
_SPELT: dict[str, st.SearchStrategy[Any]] = {
    "UUID": st.uuids().map(str),
    "DateTime": st.datetimes().map(lambda at: at.isoformat() + "Z"),
    "Date": st.dates().map(str),
    "JSON": st.text("abc"),
    "Long": st.integers(-(2**53), 2**53),
}
ROOTS = [
    f"{kind.name}.{name}"
    for kind in (schema().query_type, schema().mutation_type)
    if kind is not None
    for name in kind.fields
]


@cache
def operations() -> dict[str, Any]:
    """What schemathesis makes of the schema, by root field."""
    for name, spelt in _SPELT.items():
        make = nodes.Int if name == "Long" else nodes.String
        schemathesis.graphql.scalar(name, spelt.map(make))
    loaded = schemathesis.graphql.from_dict({"data": graphql.introspection_from_schema(schema())})
    made: list[Any] = [one.ok() for one in loaded.get_all_operations()]  # type: ignore[union-attr]  # an Err raises
    return {one.label: one for one in made}


@pytest.fixture(scope="module")
async def developer(house: House) -> Persona:
    """A client with every role a client can have but the operator's, of an employer with something in it."""
    cast = await cast_of(await house.employer("Schema BV"))
    await Rest(cast.hr).plan_wave(await wave_new(cast))
    roles = ["administrator", "hr", "works_council", "vendor_integration"]
    created = await Rest(cast.administrator).create_client(cast.employer_id, {"name": "dev", "roles": roles})
    body = created.must()
    return Persona(house.http, await house.sign_in(body["clientId"], body["clientSecret"]))


async def send(persona: Persona, document: str) -> httpx.Response:
    headers = {"authorization": f"Bearer {persona.token}", "accept": MODERN}
    return await persona.http.post("/graphql", json={"query": document}, headers=headers)


def test_every_root_field_is_tested() -> None:
    """Schemathesis knows all of them, and no other."""
    assert set(ROOTS) == set(operations())


@pytest.mark.parametrize("label", ROOTS)
async def test_what_fits_the_schema_is_answered_by_it(developer: Persona, label: str) -> None:
    """No failure of ours, no error with a path, and nothing that the schema does not say."""
    loop, ran = asyncio.get_running_loop(), 0

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operations()[label].as_strategy(), first=st.integers(1, 100))
    def ask(case: Any, first: int) -> None:
        nonlocal ran
        # A page of any length would nearly always be refused: the limit has tests of its own.
        document = with_typenames(re.sub(r"first: -?\d+", f"first: {first}", case.body))
        response = asyncio.run_coroutine_threadsafe(send(developer, document), loop).result(30)
        ran += check(document, response)

    await asyncio.to_thread(ask)

    assert ran > 0


def with_typenames(document: str) -> str:
    """The document, where every selection says what it is of."""

    class AddTypenames(language.Visitor):
        def leave_selection_set(self, node: language.SelectionSetNode, *_: Any) -> language.SelectionSetNode:
            typename = language.FieldNode(name=language.NameNode(value="__typename"), arguments=(), directives=())
            return language.SelectionSetNode(selections=(typename, *node.selections))

    return language.print_ast(language.visit(language.parse(document), AddTypenames()))


def check(document: str, response: httpx.Response) -> bool:
    """Whether it ran; asserts that the answer is one that the schema allows."""
    if response.status_code == 413:
        # A questionnaire can be larger than GraphQL takes; it then goes over REST.
        assert len(response.request.content) > 65_536
        return False
    assert response.status_code in (200, 400), response.text
    body = response.json()
    assert not [error for error in body.get("errors", ()) if "path" in error], body["errors"]
    assert not [error for error in body.get("errors", ()) if error.get("extensions", {}).get("code") == "internal"]
    if response.status_code == 400:
        assert set(body) == {"errors"}
        return False
    assert set(body) == {"data"}
    [operation] = language.parse(document).definitions
    assert isinstance(operation, language.OperationDefinitionNode)
    root = schema().get_root_type(operation.operation)
    assert root is not None
    _check_object(body["data"], root, operation.selection_set)
    return True


def _check_object(value: Any, named: GraphQLNamedType, selection: language.SelectionSetNode) -> None:
    actual = schema().get_type(value["__typename"])
    assert isinstance(actual, graphql.GraphQLObjectType)
    assert actual is named or schema().is_sub_type(named, actual)  # type: ignore[arg-type]  # an abstract type
    expected = set()
    for node in _fields_for(actual, selection):
        name = node.alias.value if node.alias else node.name.value
        expected.add(name)
        if node.name.value != "__typename":
            _check_value(value[name], actual.fields[node.name.value].type, node.selection_set)
    assert expected == set(value)


def _fields_for(actual: graphql.GraphQLObjectType, selection: language.SelectionSetNode) -> list[language.FieldNode]:
    found: list[language.FieldNode] = []
    for node in selection.selections:
        if isinstance(node, language.FieldNode):
            found.append(node)
        else:
            assert isinstance(node, language.InlineFragmentNode)
            condition = schema().get_type(node.type_condition.name.value) if node.type_condition else actual
            if condition is actual or (condition and schema().is_sub_type(condition, actual)):  # type: ignore[arg-type]  # as above
                found += _fields_for(actual, node.selection_set)
    return found


def _check_value(value: Any, type_: Any, selection: language.SelectionSetNode | None) -> None:
    if isinstance(type_, graphql.GraphQLNonNull):
        assert value is not None
        type_ = type_.of_type
    if value is None:
        return
    if isinstance(type_, graphql.GraphQLList):
        assert isinstance(value, list)
        for item in value:
            _check_value(item, type_.of_type, selection)
    elif isinstance(type_, graphql.GraphQLEnumType):
        assert value in type_.values
    elif isinstance(type_, graphql.GraphQLScalarType):
        known: dict[str, Any] = {
            "Int": int,
            "Float": (int, float),
            "Boolean": bool,
            "String": str,
            "ID": str,
            "UUID": str,
        }
        assert isinstance(value, known.get(type_.name, object))
        if type_.name == "UUID":
            UUID(value)
    else:
        assert selection is not None
        _check_object(value, type_, selection)


EDGES = """{ waves(first: 100) { ... on WaveConnection { edges { node {
  name instrument { ... on Instrument { key version } } } } } } }"""


async def test_statements_do_not_grow_with_the_list(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty waves with as many questionnaires as there are take as many statements as two waves."""
    cast = await ask_freely(await cast_of(await house.employer("Tel BV")))
    hr = Rest(cast.hr)
    instruments = [
        one["instrumentId"]
        for one in (await hr.list_instruments()).must()["items"]
        if all(item["kind"] != "comment" for item in one["items"])
    ]
    sizes, counted = [], []
    statements = count_statements(monkeypatch)
    for more in (2, 38):
        for number in range(more):
            wave = await wave_new(cast, kind="survey", instrumentId=instruments[number % len(instruments)])
            (await hr.plan_wave(wave)).must()
        statements.clear()
        edges = (await send(cast.hr, EDGES)).json()["data"]["waves"]["edges"]
        sizes.append(len([edge for edge in edges if edge["node"]["instrument"]["key"]]))
        counted.append(list(statements))

    assert [2, 40] == sizes
    assert "-- select_instruments_by_id" in counted[0]
    assert counted[0] == counted[1]
