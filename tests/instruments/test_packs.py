"""The questionnaires that come with Peil are complete, right and free."""

from pathlib import Path

import jsonschema_rs
import msgspec
import pytest
from hypothesis import given

from instruments.build import instrument, instruments, rated, texts
from peil.demo import answers
from peil.instruments import packs, rules, validity
from peil.instruments.model import InstrumentNew, InstrumentPack, RatedItem
from peil.instruments.packs import list_shipped_packs
from peil.openapi.examples import EXAMPLES
from peil.openapi.published import published_schema

PACK_SCHEMA = jsonschema_rs.validator_for(msgspec.json.decode(published_schema("instrument-pack")))
SHIPPED = {pack.key: pack for pack in list_shipped_packs()}
ALL = [*SHIPPED.values(), answers.instrument(2014), answers.instrument(2016)]
each_shipped = pytest.mark.parametrize("pack", SHIPPED.values(), ids=SHIPPED)
each = pytest.mark.parametrize("pack", ALL, ids=[pack.key for pack in ALL])


def test_the_programme_is_complete() -> None:
    """Two pulses, a baseline, a survey, a traffic light and a stress scan."""
    assert {
        "employee-survey": "survey",
        "stress-scan": "scan",
        "traffic-light": "traffic-light",
        "work-stress-baseline": "baseline",
        "workload-energy-recovery-satisfaction": "pulse",
        "workload-recovery-focus": "pulse",
    } == {key: pack.kind for key, pack in SHIPPED.items()}


@each
def test_a_pack_can_be_published_as_it_is(pack: InstrumentNew) -> None:
    """Nothing is wrong with it, and every text is there in Dutch and in English."""
    assert [] == validity.validate(pack)
    assert {"nl", "en"} == set(pack.languages)


@each
def test_no_text_was_left_untranslated(pack: InstrumentNew) -> None:
    """An item reads differently in Dutch and in English."""
    assert [] == [item.key for item in pack.items if item.text["nl"] == item.text["en"]]


@given(instruments())
def test_a_pack_brings_what_was_packed(content: InstrumentNew) -> None:
    """Out and in again, by way of its JSON, it is the same content with the same hash."""
    sent = msgspec.json.encode(packs.pack_of(content))
    received = msgspec.json.decode(sent, type=InstrumentPack)

    assert ([], content) == (packs.pack_findings(received), received.instrument)
    assert rules.content_hash(content) == received.content_hash == rules.content_hash(received.instrument)


def test_a_pack_that_was_changed_is_found_out() -> None:
    """One changed word is enough; what else is wrong with it is said at once."""
    pack = packs.pack_of(instrument(rated("mood")))
    wrong = instrument(rated("mood", labels=[texts("a"), texts("b"), texts("c")]))

    findings = packs.pack_findings(msgspec.structs.replace(pack, instrument=wrong))

    assert [("/contentHash", "pack-changed"), ("/instrument/items/0/labels", "labels-count")] == [
        (finding.pointer, finding.code) for finding in findings
    ]


def test_the_pack_of_the_documentation_can_be_imported() -> None:
    """It is the example of the contract, whose hash is right."""
    page = (Path(__file__).parents[2] / "docs" / "instruments.md").read_text(encoding="utf-8")
    written = msgspec.json.decode(page.split("```json\n")[1].split("```")[0])

    assert EXAMPLES["import_instrument"]["licensed"] == written
    assert [] == packs.pack_findings(msgspec.convert(written, InstrumentPack))


@given(instruments())
def test_the_published_schema_takes_every_pack(content: InstrumentNew) -> None:
    """By a validator that knows nothing of Peil."""
    sent = msgspec.json.decode(msgspec.json.encode(packs.pack_of(content)))

    assert [] == list(PACK_SCHEMA.iter_errors(sent))


@pytest.mark.parametrize("member", ["format", "contentHash", "instrument"])
def test_the_published_schema_refuses_half_a_pack(member: str) -> None:
    """And what it does not know."""
    whole = msgspec.json.decode(msgspec.json.encode(packs.pack_of(SHIPPED["stress-scan"])))
    without = {name: value for name, value in whole.items() if name != member}

    assert [False, False, True] == [PACK_SCHEMA.is_valid(one) for one in (without, whole | {"more": 1}, whole)]


@each_shipped
def test_a_shipped_pack_needs_no_permission(pack: InstrumentNew) -> None:
    """It may be asked as it is, and changed."""
    assert pack.terms is None


@each_shipped
def test_a_shipped_pack_is_free_and_says_that_nobody_validated_it(pack: InstrumentNew) -> None:
    """Own wording under CC0; no claim about its measurement properties."""
    assert ("CC0-1.0", False) == (pack.licence.name, pack.licence.validated)


@each_shipped
def test_a_shipped_pack_is_short(pack: InstrumentNew) -> None:
    """Nobody is kept longer than five minutes; a pulse takes one to three."""
    assert rules.estimate_minutes(pack) <= (3 if pack.kind == "pulse" else 5)


@pytest.mark.parametrize(
    ("key", "blocks"),
    [
        ("workload-recovery-focus", ["workload", "recovery", "focus"]),
        (
            "workload-energy-recovery-satisfaction",
            ["workload", "energy", "recovery", "job-satisfaction"],
        ),
        ("work-stress-baseline", ["workload", "recovery", "autonomy", "social-support", "work-life"]),
        (
            "employee-survey",
            ["workload", "autonomy", "social-support", "job-satisfaction", "engagement", "work-life"],
        ),
    ],
)
def test_a_pack_measures_what_the_programme_names(key: str, blocks: list[str]) -> None:
    """The blocks of the programme, in its order."""
    assert blocks == [block.key for block in SHIPPED[key].blocks]


def test_the_baseline_has_two_items_in_each_block() -> None:
    """As the programme asks."""
    assert {2} == {len(block.items) for block in SHIPPED["work-stress-baseline"].blocks}


def test_the_same_key_is_the_same_question_in_every_pack() -> None:
    """Blocks are compared by key and version, so two packs may not mean different things by one."""
    questions: dict[tuple[str, int], set[str]] = {}
    for pack in ALL:
        for item in pack.items:
            questions.setdefault((item.key, item.version), set()).add(repr(item))

    assert [] == [key for key, wordings in questions.items() if len(wordings) > 1]


@pytest.mark.parametrize("block", ["workload", "autonomy", "social-support", "work-life"])
def test_the_survey_can_be_compared_with_the_baseline(block: str) -> None:
    """The blocks both have consist of the same items."""
    baseline, survey = (
        {scored.key: scored.items for scored in rules.scored_blocks(SHIPPED[key])}
        for key in ("work-stress-baseline", "employee-survey")
    )

    assert baseline[block] == survey[block]


@each_shipped
def test_what_is_bad_when_often_is_reversed(pack: InstrumentNew) -> None:
    """Reversed are exactly the items that name a burden; 100 is better everywhere."""
    burdens = {
        "workload-too-much",
        "work-life-time",
        "source-interruptions",
        "source-contradictions",
        "stress-tension",
        "stress-worry",
        "stress-sleep",
    }
    rated = [item for item in pack.items if isinstance(item, RatedItem)]

    assert {item.key for item in rated} & burdens == {item.key for item in rated if item.reverse}


@each_shipped
def test_signs_of_stress_in_a_person_are_sensitive(pack: InstrumentNew) -> None:
    """How somebody feels or sleeps is published under the strictest rule."""
    personal = {item.key for item in pack.items} & {"stress-tension", "stress-worry", "stress-sleep"}

    assert personal == {item.key for item in pack.items if item.sensitive}
