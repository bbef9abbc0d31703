"""GraphQL types say what the Structs say, and values come back as they would over REST."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from msgspec import Meta

from peil.graphql.fields import query
from peil.graphql.schema import Schema, create_schema
from peil.operation import Call
from peil.paging import Page
from peil.structs import Value
from support.graphql_toy import get_wave

Run = Callable[..., Awaitable[Any]]

PLAN = """mutation ($input: WaveNewInput!) { planWave(input: $input) {
  __typename
  ... on Wave { name kind opensAt items { question { language text } form {
    __typename ... on Scale { steps } ... on Choice { options { language text } } } } }
  ... on Refused { code findings { pointer code } }
} }"""
NEW = {"name": "Stoplicht", "kind": "TRAFFIC_LIGHT", "opensAt": "2026-11-23T10:00:00+01:00"}


@pytest.mark.parametrize(
    "expected",
    [
        "  waveId: UUID!\n",
        '  """One line of text."""\n  name: String!\n',
        "  kind: WaveKind!\n",
        "  opensAt: DateTime!\n",
        '  """The day it opens."""\n  day: Date!\n',
        "  bytesKept: Long!\n",
        "  score: Float\n",
        "  keptSince: Date\n",
        "  items: [Item!]!\n",
        "  form: ItemForm!\n",
        "  question: [Text!]!\n",
        "  teams: [Team!]!\n",
        "  options: [[Text!]!]!\n",
        "union ItemForm = Scale | Choice\n",
        "input ItemFormInput @oneOf {\n  scale: ScaleInput\n  multipleChoice: ChoiceInput\n}",
        "enum WaveKind {\n  BASELINE\n  POST\n  TRAFFIC_LIGHT\n}",
        '"""One time of asking."""\ntype Wave implements Node {\n',
        '"""A wave to plan."""\ninput WaveNewInput {\n',
        '  items: [ItemInput!]\n\n  """One text per language, by BCP 47 tag."""\n  title: [TextInput!]\n',
        "union WaveResult = Wave | Denied | NotFound | Refused\n",
        "  wave(waveId: UUID!): WaveResult\n",
    ],
)
def test_the_schema_says_what_the_structs_say(schema: Schema, expected: str) -> None:
    """Names, optionality, enums, unions, texts and descriptions are those of the Structs."""
    assert expected in schema.as_str() + "\n"


async def test_output_has_the_values_of_rest(run: Run) -> None:
    """Choices have their names, texts are lists, moments RFC 3339 and tagged Structs members of a union."""
    fields = "kind opensAt day bytesKept score keptSince items { question { language text } form { __typename } }"

    result = await run(f'{{ wave(waveId: "{UUID(int=1)}") {{ ... on Wave {{ {fields} }} }} }}')

    assert result.data["wave"] == {
        "kind": "TRAFFIC_LIGHT",
        "opensAt": "2026-11-23T09:00:00Z",
        "day": "2026-11-23",
        "bytesKept": 2**40,
        "score": None,
        "keptSince": None,
        "items": [
            {
                "question": [
                    {"language": "nl", "text": "Hoe druk?"},
                    {"language": "en", "text": "How busy?"},
                ],
                "form": {"__typename": "Scale"},
            },
            {"question": [{"language": "nl", "text": "Waarom?"}], "form": {"__typename": "Choice"}},
        ],
    }


async def test_input_becomes_the_struct(run: Run) -> None:
    """Names become choices, one-of becomes a tagged Struct, lists of texts become maps."""
    items = [
        {"question": [{"language": "nl", "text": "Druk?"}], "form": {"scale": {"steps": 7}}},
        {
            "question": [{"language": "nl", "text": "Wat?"}],
            "form": {"multipleChoice": {"options": [[{"language": "nl", "text": "Werk"}]]}},
        },
    ]

    result = await run(PLAN, {"input": {**NEW, "items": items}})

    assert {
        "__typename": "Wave",
        "name": "Stoplicht",
        "kind": "TRAFFIC_LIGHT",
        "opensAt": "2026-11-23T10:00:00+01:00",
        "items": [
            {"question": items[0]["question"], "form": {"__typename": "Scale", "steps": 7}},
            {
                "question": items[1]["question"],
                "form": {"__typename": "Choice", "options": [[{"language": "nl", "text": "Werk"}]]},
            },
        ],
    } == result.data["planWave"]


async def test_literals_are_taken_like_variables(run: Run) -> None:
    """A document with the input written in it means the same."""
    document = PLAN.replace("mutation ($input: WaveNewInput!)", "mutation").replace(
        "$input", '{name: "Nu", kind: POST, opensAt: "2026-11-23T09:00:00Z"}'
    )

    result = await run(document)

    assert (result.data["planWave"]["name"], result.data["planWave"]["kind"]) == ("Nu", "POST")


async def test_all_that_is_wrong_in_the_input_is_told(run: Run) -> None:
    """Constraints are checked by the decoder of REST, and pointers start at the argument."""
    item = {"question": [], "form": {"scale": {"steps": 1}}}

    result = await run(PLAN, {"input": {**NEW, "name": "", "items": [item]}})

    assert result.data["planWave"]["__typename"] == "Refused"
    assert {
        ("/input/name", "too-short"),
        ("/input/items/0/question", "too-few-items"),
        ("/input/items/0/form/steps", "too-small"),
    } == {(finding["pointer"], finding["code"]) for finding in result.data["planWave"]["findings"]}


async def test_a_patch_changes_what_it_names(run: Run) -> None:
    """Members may be left out; null takes one away, and what must be there is then a finding."""
    document = """mutation ($input: WaveNewPatchInput!) {
      updateWave(waveId: "00000000-0000-0000-0000-000000000001", input: $input) {
        ... on Wave { name kind } ... on Refused { findings { pointer code } } } }"""

    changed = await run(document, {"input": {"kind": "POST"}})
    emptied = await run(document, {"input": {"name": None, "kind": "POST"}})

    assert changed.data["updateWave"] == {"name": "Nulmeting", "kind": "POST"}
    assert emptied.data["updateWave"] == {"findings": [{"pointer": "/input/name", "code": "required"}]}


async def test_a_language_twice_is_refused(run: Run) -> None:
    """A list of texts can say a thing twice, a map cannot: neither is dropped silently."""
    twice = [{"language": "nl", "text": "a"}, {"language": "nl", "text": "b"}]

    result = await run(PLAN, {"input": {**NEW, "items": [{"question": twice, "form": {"scale": {"steps": 2}}}]}})

    assert result.data["planWave"]["findings"] == [{"pointer": "/input/items/0/question", "code": "duplicate-key"}]


@pytest.mark.parametrize(
    "wrong",
    [
        {"opensAt": "2026-11-23T09:00:00"},
        {"opensAt": 1795424400},
        {"kind": "traffic-light"},
        {"name": 1},
        {"name": None},
        {"unknown": 1},
        {"items": [{"question": [], "form": {}}]},
        {"items": [{"question": [], "form": {"scale": {"steps": 2}, "multipleChoice": {"options": []}}}]},
        {"items": [{"question": [], "form": {"scale": {"steps": "2"}}}]},
    ],
)
async def test_wrong_types_are_request_errors(run: Run, wrong: dict[str, Any]) -> None:
    """What the schema forbids does not get as far as an operation."""
    result = await run(PLAN, {"input": {**NEW, **wrong}})

    assert None is result.data
    assert result.errors
    assert {None} == {error.original_error for error in result.errors}


@pytest.mark.parametrize("id_", ["1", "x" * 36, 7, None, str(UUID(int=1)) + "\n"])
async def test_an_id_that_is_none_is_a_request_error(run: Run, id_: Any) -> None:
    """The scalar refuses it before anything is asked."""
    result = await run("query ($id: UUID!) { wave(waveId: $id) { __typename } }", {"id": id_})

    assert None is result.data


async def test_filters_stand_beside_the_page(run: Run) -> None:
    """The members of a list's query are arguments, with choices by their names."""
    connection = "... on WaveConnection { edges { cursor } }"
    document = f"query ($kind: WaveKind) {{ waves(first: 9, kind: $kind) {{ {connection} }} }}"

    found = [
        len((await run(document, {"kind": kind})).data["waves"]["edges"]) for kind in ["POST", "TRAFFIC_LIGHT", None]
    ]

    assert found == [0, 5, 5]


class Odd(Value, frozen=True, kw_only=True):
    """A Struct with a map of numbers and a numeric choice."""

    scores: dict[str, float]
    days: Literal[30, 60, 90]
    share: int | float
    state: Literal["on", "off"] | None
    same: Literal["on", "off"]
    small: Annotated[int, Meta(ge=0)]


async def get_odd(call: Call) -> Odd:
    """Odd."""
    return Odd(scores={"a": 0.5}, days=30, share=1, state=None, same="on", small=3)


async def test_maps_are_json_and_numbers_stay_numbers() -> None:
    """Only texts have an entry type; a choice of numbers is a number; equal choices are one enum."""
    schema = create_schema([query(get_odd)])

    assert "scores: JSON!\n  days: Int!\n  share: Float!\n  state: OddState\n  same: OddState!\n  small: Int!" in (
        schema.as_str()
    )


class Timed(Value, frozen=True, kw_only=True):
    """A Struct with a type that GraphQL has no form for."""

    length: timedelta


async def get_timed(call: Call) -> Timed:
    """Never called."""
    raise AssertionError


async def get_text(call: Call) -> str:
    """Never called."""
    raise AssertionError


async def list_unpaged(call: Call) -> Page[Odd]:
    """Never called."""
    raise AssertionError


@pytest.mark.parametrize("work", [get_timed, get_text, list_unpaged])
def test_what_has_no_form_is_found_at_start_up(work: Any) -> None:
    """A type, a result or a page that cannot be in a schema is a TypeError when the schema is made."""
    with pytest.raises(TypeError):
        create_schema([query(work)])


def test_two_structs_of_one_name_are_found_at_start_up() -> None:
    """One of them would vanish behind the other."""
    other = type("Wave", (Value,), {"__annotations__": {"x": int}}, frozen=True, kw_only=True)

    async def get_other(call: Call) -> Any:
        raise AssertionError

    get_other.__annotations__["return"] = other

    with pytest.raises(TypeError, match="two things would be called Wave"):
        create_schema([query(get_wave), query(get_other)])
