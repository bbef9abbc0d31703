"""Documents that ask too much are refused before they run, and finding out is as cheap as reading them."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from graphql import Lexer, OperationDefinitionNode, Source, TokenKind, get_introspection_query, parse

from peil.graphql.limits import Limits, Measure, measure
from peil.graphql.schema import Schema, create_schema
from support import graphql_toy

Run = Callable[..., Awaitable[Any]]

WAVE = 'wave(waveId: "00000000-0000-0000-0000-000000000001") { ... on Wave'


def bomb(fragments: int) -> str:
    """Every fragment spreads the next one twice: 2^n fields."""
    chain = "".join(f"fragment F{n} on Wave {{ a{n}: name ...F{n + 1} ...F{n + 1} }} " for n in range(fragments))
    return f"query {{ {WAVE} {{ ...F0 }} }} }} {chain} fragment F{fragments} on Wave {{ name }}"


def wide(size: int) -> str:
    return f"query {{ {WAVE} {{ {'name ' * size} }} }} }}"


def paged(size: int) -> str:
    return "query { " + "waves(kind: POST, first: 3) { __typename } " * size + "}"


def spread(size: int) -> str:
    """One fragment, spread many times, which itself spreads another one many times."""
    return (
        f"query {{ {WAVE} {{ {'...A ' * size} }} }} }}"
        f" fragment A on Wave {{ {'...B ' * size} }} fragment B on Wave {{ {'name ' * size} }}"
    )


def tokens_of(document: str) -> int:
    lexer = Lexer(Source(document))
    count = 0
    while lexer.advance().kind is not TokenKind.EOF:
        count += 1
    return count


def weighed(schema: Schema, document: str, variables: dict[str, Any] | None = None) -> Measure:
    parsed = parse(document)
    [operation] = [node for node in parsed.definitions if isinstance(node, OperationDefinitionNode)]
    return measure(schema._schema, parsed, operation, variables or {}, Limits())


@pytest.mark.parametrize("size", [25, 400])
@pytest.mark.parametrize("make", [bomb, wide, paged, spread])
def test_visits_are_at_most_the_tokens(schema: Schema, make: Callable[[int], str], size: int) -> None:
    """Whatever a document spreads, the limiter looks at no more nodes than twice its tokens."""
    document = make(size)

    assert weighed(schema, document).visits <= 2 * tokens_of(document)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (bomb(50), "aliases-exceeded"),
        (bomb(50).replace("a0: ", "").replace(": name", ""), "cost-exceeded"),
        ("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }", "fragment-cycle"),
        ("{ ...A } fragment A on Query { teams { __typename } ...A }", "fragment-cycle"),
        ("{ __typename } fragment Unused on Wave { ...Unused }", "fragment-cycle"),
        ("{ teams { ... on TeamListing { items {" + "teams {" * 20 + "name" + "}" * 24, "depth-exceeded"),
        ("{ teams { ...on Denied {" + "".join(f"a{n}:code " for n in range(31)) + "}}}", "aliases-exceeded"),
        ("{" + "__typename " * 21 + "}", "root-fields-exceeded"),
        ("{ ...A ...A ...A } fragment A on Query {" + "__typename " * 7 + "}", "root-fields-exceeded"),
    ],
)  # fmt: skip
async def test_a_document_over_a_limit_is_refused(code: Run, document: str, expected: str) -> None:
    """Each limit refuses with its own code, also for what fragments only add up to, and nothing runs."""
    assert (None, expected) == await code(document)


@pytest.mark.parametrize(
    "nested",
    ["[" * 5000 + "]" * 5000, '{a:' * 5000 + "1" + "}" * 5000, "[" * 5000],
    ids=["list", "object", "open"],
)  # fmt: skip
@pytest.mark.parametrize("tokens", [2_000, 100_000])
async def test_deep_literals_are_a_request_error(nested: str, tokens: int) -> None:
    """The limit of tokens or the parser's limit of nesting refuses them, not the interpreter's stack."""
    schema = create_schema(graphql_toy.FIELDS, Limits(tokens=tokens))

    result = await schema.execute(f"{{ node(id: {nested}) {{ id }} }}", context_value=graphql_toy.context())

    assert result.data is None
    assert result.errors
    assert "Syntax Error" in result.errors[0].message


async def test_deep_selections_are_a_request_error() -> None:
    """5,000 selection sets below each other are refused by the parser."""
    schema = create_schema(graphql_toy.FIELDS, Limits(tokens=100_000))

    result = await schema.execute("{ a " * 5000 + "}" * 5000, context_value=graphql_toy.context())

    assert result.errors
    assert "nested too deeply" in result.errors[0].message


@pytest.mark.parametrize("text", ['{ node(id: "' + "x" * 1_000_000 + '") { id } }', "#\n" * 1_000 + "{ __typename }"])
async def test_long_texts_are_a_request_error(run: Run, text: str) -> None:
    """A string of 1 MB and a thousand comments are refused before anything is made of them."""
    result = await run(text)

    assert result.data is None
    assert result.errors
    assert len(result.errors) == 1


@pytest.mark.parametrize(
    ("first", "variables"),
    [
        ("", {}),
        ("(first: null)", {}),
        ("(first: 0)", {}),
        ("(first: -1)", {}),
        ("(first: 101)", {}),
        ("(first: 1.0)", {}),
        ('(first: "5")', {}),
        (f"(first: {'9' * 5000})", {}),
        ("(first: $n)", {}),
        ("(first: $n)", {"n": None}),
        ("(first: $n)", {"n": 101}),
        ("(first: $n)", {"n": True}),
        ("(first: $n)", {"n": "5"}),
        ("(first: $n)", {"n": 1.5}),
        ("(first: $big)", {}),
    ],
)
async def test_pages_need_a_length_in_range(code: Run, first: str, variables: dict[str, Any]) -> None:
    """`first` is required and at most 100, also when a variable, its default or a fragment has it."""
    fragment = f"fragment A on Query {{ waves{first} {{ __typename }} }}"
    document = "query ($n: Int, $big: Int! = 101) { ...A } " + fragment

    assert await code(document, variables) == (None, "first-out-of-range")


@pytest.mark.parametrize(("first", "variables"), [("100", {}), ("$n", {"n": 100}), ("$n", {"n": 100.0}), ("$n", {})])
async def test_a_page_of_a_hundred_is_answered(run: Run, first: str, variables: dict[str, Any]) -> None:
    """The largest page is allowed, written out, in a variable or as its default."""
    document = f"query ($n: Int! = 100) {{ waves(first: {first}) {{ __typename }} }}"
    document = document if "$" in first else document.replace("($n: Int! = 100)", "")

    result = await run(document, variables)

    assert result.data == {"waves": {"__typename": "WaveConnection"}}


def test_cost_multiplies_the_lengths_of_pages(schema: Schema) -> None:
    """The connection, and ten times the edge, the node and both its fields."""
    document = "{ waves(first: 10) { ... on WaveConnection { edges { node { name kind } } } } }"

    assert weighed(schema, document).weight.cost == 1 + 10 * 4


def test_a_fragment_weighs_what_it_says_wherever_it_is_spread(schema: Schema) -> None:
    """Written out or spread, a selection has the same weight."""
    plain = "{ waves(first: 3) { ... on WaveConnection { edges { node { n: name } } } } }"
    parts = (
        "{ ...Q } fragment Q on Query { waves(first: 3) { ...C } }"
        " fragment C on WaveConnection { edges { ...E } } fragment E on WaveEdge { node { ...N } }"
        " fragment N on Wave { n: name }"
    )

    assert weighed(schema, plain).weight == weighed(schema, parts).weight


async def test_a_dear_document_is_refused(code: Run) -> None:
    """Four pages of a hundred with their items cost more than one request may."""
    item = "items { question { text } form { __typename } }"
    page = f"waves(first: 100) {{ ... on WaveConnection {{ edges {{ node {{ {item} {'name ' * 30} }} }} }} }} "

    assert await code("{" + page * 4 + "}") == (None, "cost-exceeded")


async def test_the_introspection_query_of_the_tools_fits(run: Run) -> None:
    """Who may introspect can do it with the usual query."""
    result = await run(get_introspection_query())

    assert None is result.errors


async def test_introspection_needs_a_right(run: Run) -> None:
    """Without it neither `__schema` nor `__type` answers; `__typename` does."""
    for document in ["{ __schema { types { name } } }", '{ __type(name: "Wave") { name } }']:
        result = await run(document, introspection=False)

        assert None is result.data

    assert (await run("{ __typename }", introspection=False)).data == {"__typename": "Query"}


@pytest.mark.parametrize(
    ("document", "variables"),
    [
        ("{ wav }", {}),
        ("{ waves(frist: 1, first: 1) { __typename } }", {}),
        ("{ waves(first: 1, kind: POSTT) { __typename } }", {}),
        ("query ($k: WaveKind) { waves(first: 1, kind: $k) { __typename } }", {"k": "POSTT"}),
        ("query ($i: WaveNewInput!) { __typename } mutation M($i: WaveNewInput!) { __typename }", {}),
        ("mutation ($i: WaveNewInput!) { planWave(input: $i) { __typename } }", {"i": {"nam": "x"}}),
        ("{ node(id: 1) { ... on Wav { id } } }", {}),
    ],
)
async def test_nothing_is_suggested(run: Run, document: str, variables: dict[str, Any]) -> None:
    """Messages do not tell what else there is."""
    result = await run(document, variables)

    assert result.errors
    assert not [error.message for error in result.errors if "did you mean" in error.message.lower()]
    assert not [error.message for error in result.errors if "POST" in error.message.replace("POSTT", "")]


async def test_one_of_many_operations_has_to_be_named(code: Run) -> None:
    """A document with two operations and no name runs neither."""
    assert await code("query A { __typename } query B { __typename }") == (None, "unknown-operation")
