"""The verifier of bundles on random releases: whatever disclosure control publishes, it finds right."""

from collections.abc import Callable
from hashlib import sha256
from random import Random
from time import process_time
from typing import Any
from uuid import UUID

import pytest
from msgspec import json
from msgspec.structs import replace

from disclosure.orgs import FLOORS, answers, block, invited, item, random_shape, snapshot
from peil.disclosure.files import scoring_of
from peil.disclosure.verify_release import Partition, Tree, verify
from peil.releases.manifests import manifest, write_release
from peil.releases.model import BlockScoring, ChoiceScoring, ReleaseContent, UnitSnapshot
from peil.releases.tree import create_tree
from peil.structs import encode
from support.bundles import Files, Forged, found_in
from support.releasing import release

BLOCKS = [
    block(item("a"), item("b", points=4, reverse=True), item("c", points=2)),
    block(item("d", points=7), item("e", points=11), key="energy"),
    block(item("insult", points=3, sensitive=True), key="conduct"),
]
CHOICES = [
    ChoiceScoring(key="place", options=3, sensitive=False),
    ChoiceScoring(key="plan", options=4, sensitive=True),
]
SCORINGS: list[BlockScoring | ChoiceScoring] = [*BLOCKS, *CHOICES]
# What people answer, as if a choice were an item: the hand that gives answers knows no other.
ASKED = [*BLOCKS, *(block(item(choice.key, points=choice.options), key=choice.key) for choice in CHOICES)]


def bundled(
    units: list[UnitSnapshot], numbers: dict[UUID, int], responses: list[tuple[UUID, dict[str, int | None]]]
) -> tuple[Files, ReleaseContent]:
    """The files of a bundle of one release, but for its program and what is to be read."""
    content = release(units, numbers, responses, SCORINGS, FLOORS)
    signed = manifest(write_release(content, b""), UUID(int=1), 1, None)
    places = create_tree((unit.unit_id, unit.parent_id) for unit in units).places
    in_order = sorted(units, key=lambda unit: places[unit.unit_id])
    return {
        "chain.ndjson": encode(signed) + b"\n",
        "content.json": encode(content),
        "tree.json": encode((in_order, sorted(numbers.items()))),
        "scoring.json": encode(scoring_of(SCORINGS)),
    }, content


def played(seed: int) -> tuple[Files, ReleaseContent]:
    """One release: a random tree, some units handed up, some answers missing, some people of one mind."""
    random = Random(seed)
    shape = random_shape(random, random.randint(2, 14))
    handed = {i: shape[i] for i in range(1, len(shape)) if random.random() < 0.2}
    groups = {i: i for i in range(len(shape))} | handed
    standing = sorted(set(groups.values()))
    people = {i: random.choice([7, 9, 12, 20, 45]) for i in standing}
    numbers = {unit: count for unit, count in invited([people.get(i, 0) for i in range(len(shape))]).items() if count}
    coming = [random.randint(people.get(i, 0) // 2, people.get(i, 0)) for i in range(len(shape))]
    given = answers(random, coming, ASKED, skipping=0.05)
    likewise = given[0][1]
    agreed = {unit for unit, _ in given if random.random() < 0.3}
    said = [(unit, likewise if unit in agreed and random.random() < 0.9 else one) for unit, one in given]
    return bundled(snapshot(shape, groups), numbers, said)


def told(teams: int) -> Files:
    """Of two departments of 40 people, each of so many teams or none, of whom nine in ten answer."""
    shape = [-1, 0, 0, *([1, 2] * teams)]
    own = [0, *([0 if teams else 40] * 2), *([40 // teams] * 2 * teams if teams else [])]
    numbers = {unit: people for unit, people in invited(own).items() if people}
    given = answers(Random(1), [people * 9 // 10 for people in own], ASKED)
    units = [unit if unit.unit_id in numbers else replace(unit, reporting_group=None) for unit in snapshot(shape)]
    return bundled(units, numbers, given)[0]


@pytest.mark.parametrize("seed", range(60))
def test_what_is_released_verifies(seed: int) -> None:
    """Partial and protected units, groups handed up, blocks that few answered, groups of one mind."""
    files, _ = played(seed)

    assert [] == list(verify(files))


def signed(manifest: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The same with these changes, and the hash that it has then."""
    blank = {**manifest, **changes, "hash": ""}
    return {**blank, "hash": sha256(json.encode(blank)).hexdigest()}


def test_a_chain_verifies_that_began_when_manifests_named_no_versions() -> None:
    """Each link is checked as it was hashed: the older one without policy and code, the newer one with them."""
    files, _ = played(1)
    last = json.decode(files["chain.ndjson"])
    named = "policyVersion", "codeVersion"
    first = signed({name: value for name, value in last.items() if name not in named}, waveId=str(UUID(int=2)))
    second = signed(last, previous=first["hash"])

    def found_with(*chain: dict[str, Any]) -> list[str]:
        lines = b"".join(json.encode(one) + b"\n" for one in chain)
        return [code for code, _ in verify(files | {"chain.ndjson": lines})]

    assert set(named) <= last.keys()
    assert [] == found_with(first, second)
    assert ["manifest-hash"] == found_with(first, second | {"policyVersion": 2})
    assert ["manifest-hash"] == found_with(first | {"codeVersion": "0.1.0"}, second)


def test_these_releases_have_every_kind_of_cell() -> None:
    """Published with and without a denominator, partial, protected, with an interval and without."""
    units = [unit for seed in range(60) for unit in played(seed)[1].units]

    kinds = {
        (type(cell).__name__, getattr(cell, "coverage", None), getattr(cell, "climate", None) is not None)
        for unit in units
        for cell in unit.blocks.values()
    }
    published = {
        ("PublishedCell", coverage, spread) for coverage in ("all", "groups-beneath") for spread in (True, False)
    }
    assert published | {("ProtectedCell", None, False), ("PartialCell", None, True)} <= kinds
    of_items = {
        type(cell).__name__
        for unit in units
        for cell in (*unit.bands.values(), *unit.distributions.values(), *unit.sensitive.values())
    }
    kinds_of_items = "Bands", "Distribution", "Sensitive"
    assert {f"{status}{kind}" for status in ("Published", "Partial") for kind in kinds_of_items} <= of_items


def test_these_releases_have_spreads_that_are_bounds_and_others() -> None:
    """Both are checked."""
    spreads = [block.spread for seed in range(60) for block in played(seed)[1].blocks]

    assert {True, False, None} == {None if spread is None else spread.bound for spread in spreads}


def _atom(forged: Forged, figures: str) -> Any:
    return forged.content["blocks"][0][figures]["atoms"][0]


def _bands_of_few(forged: Forged) -> None:
    _atom(forged, "bands")["n"] = 14


def _bands_of_others(forged: Forged) -> None:
    _atom(forged, "bands")["n"] += 1


def _distribution_of_few(forged: Forged) -> None:
    _atom(forged, "distributions")["n"] = 29


def _bands_beside_means(forged: Forged) -> None:
    forged.content["blocks"][0]["published"].pop()


def _distributions_beside_bands(forged: Forged) -> None:
    forged.content["blocks"][0]["bands"]["published"].remove(_atom(forged, "distributions")["unitId"])


def _one_more_in_a_band(forged: Forged) -> None:
    _atom(forged, "bands")["counts"]["a"][0] += 1


def _one_less_in_a_part(forged: Forged) -> None:
    _atom(forged, "distributions")["counts"]["a"][0] -= 1


def _somebody_between_yes_and_no(forged: Forged) -> None:
    counts = _atom(forged, "bands")["counts"]["c"]
    counts[1], counts[2] = 1, counts[2] - 1


def _all_in_one_band(forged: Forged) -> None:
    atom = _atom(forged, "bands")
    atom["counts"]["a"] = [0, 0, atom["n"]]


def _all_but_one_in_a_part(forged: Forged) -> None:
    atom = _atom(forged, "distributions")
    atom["counts"]["a"] = [1, 0, 0, 0, atom["n"] - 1]


def _bands_of_other_sums(forged: Forged) -> None:
    atom = _atom(forged, "bands")
    atom["counts"]["a"] = [atom["n"] - 2, 2, 0]


def _other_bands_than_parts(forged: Forged) -> None:
    counts = _atom(forged, "distributions")["counts"]["a"]
    counts[1], counts[2] = counts[1] - 1, counts[2] + 1


def _bands_of_a_unit(forged: Forged) -> None:
    forged.unit("Unit 1")["bands"]["a"]["favourable"] += 1


def _parts_of_a_unit(forged: Forged) -> None:
    forged.unit("Unit 0")["distributions"]["e"]["counts"].reverse()


def _choices_of_a_unit(forged: Forged) -> None:
    forged.unit("Unit 0")["distributions"]["place"]["counts"][0] += 1


def _ranges_of_a_unit(forged: Forged) -> None:
    forged.unit("Unit 0")["sensitive"]["plan"]["counts"][0]["low"] += 1


def _denominator_of_bands(forged: Forged) -> None:
    forged.unit("Unit 1")["bands"]["a"]["invited"] += 1


def _item_not_asked(forged: Forged) -> None:
    forged.unit("Unit 1")["bands"]["z"] = forged.unit("Unit 1")["bands"]["a"]


def _item_not_in_an_atom(forged: Forged) -> None:
    del _atom(forged, "distributions")["counts"]["a"]


def _choice_not_asked(forged: Forged) -> None:
    forged.content["choices"].pop()


def _one_more_chose(forged: Forged) -> None:
    forged.content["choices"][0]["distributions"]["atoms"][0]["counts"]["place"][0] += 1


def _all_chose_one(forged: Forged) -> None:
    atom = forged.content["choices"][0]["distributions"]["atoms"][0]
    atom["counts"]["place"] = [atom["n"], 0, 0]


def _choice_of_few(forged: Forged) -> None:
    forged.content["choices"][0]["distributions"]["atoms"][0]["n"] = 29


def _few_told(forged: Forged) -> None:
    forged.content["sensitive"][0]["atoms"][0]["counts"][0] = {"low": 2, "high": 2}


def _narrower_range(forged: Forged) -> None:
    counts = forged.content["sensitive"][1]["atoms"][0]["counts"]
    counts[0] = {"low": 1, "high": 3}


def _answers_lost(forged: Forged) -> None:
    forged.content["sensitive"][1]["atoms"][0]["counts"].pop()


def _sensitive_of_few(forged: Forged) -> None:
    forged.content["sensitive"][0]["atoms"][0]["n"] = 29


def _smaller_bound(forged: Forged) -> None:
    forged.content["blocks"][0]["spread"]["sd"] -= 0.01


def _bound_as_measured(forged: Forged) -> None:
    forged.content["blocks"][0]["spread"]["bound"] = False


def _lost_spread(forged: Forged) -> None:
    forged.content["blocks"][0]["spread"] = None


def _other_degrees(forged: Forged) -> None:
    forged.content["blocks"][0]["spread"]["degrees"] += 1


def _comments_of_few(forged: Forged) -> None:
    forged.content["comments"]["atoms"][0]["respondents"] = 9


def _comments_of_others(forged: Forged) -> None:
    forged.content["comments"]["atoms"][0]["respondents"] -= 1


def _comments_beside_the_response(forged: Forged) -> None:
    forged.content["response"]["published"].pop()


PLANTED: dict[Callable[[Forged], None], str] = {
    _bands_of_few: "small-atom",
    _bands_of_others: "sums-differ",
    _distribution_of_few: "small-atom",
    _bands_beside_means: "not-nested",
    _distributions_beside_bands: "not-nested",
    _one_more_in_a_band: "bad-table",
    _one_less_in_a_part: "bad-table",
    _somebody_between_yes_and_no: "bad-table",
    _all_in_one_band: "not-protected",
    _all_but_one_in_a_part: "not-protected",
    _bands_of_other_sums: "does-not-fit",
    _other_bands_than_parts: "does-not-fit",
    _bands_of_a_unit: "figure",
    _parts_of_a_unit: "figure",
    _choices_of_a_unit: "figure",
    _ranges_of_a_unit: "figure",
    _denominator_of_bands: "figure",
    _item_not_asked: "blocks-differ",
    _item_not_in_an_atom: "blocks-differ",
    _choice_not_asked: "blocks-differ",
    _one_more_chose: "bad-table",
    _all_chose_one: "not-protected",
    _choice_of_few: "small-atom",
    _few_told: "not-protected",
    _narrower_range: "not-protected",
    _answers_lost: "bad-table",
    _sensitive_of_few: "small-atom",
    _smaller_bound: "spread",
    _bound_as_measured: "spread",
    _lost_spread: "spread",
    _other_degrees: "spread",
    _comments_of_few: "small-atom",
    _comments_of_others: "sums-differ",
    _comments_beside_the_response: "not-nested",
}


@pytest.mark.parametrize("change", PLANTED, ids=lambda change: change.__name__.strip("_"))
def test_a_change_of_what_is_counted_is_found(change: Callable[[Forged], None]) -> None:
    """Signed again, so that all hashes are right; without the change nothing is found."""
    files = told(teams=2)
    forged = Forged(files)
    change(forged)

    assert set() == found_in(files)
    assert PLANTED[change] in found_in(forged.signed())


def test_a_spread_wider_than_the_answers_is_found() -> None:
    """Where it was measured nobody can reckon it again, but it has a greatest value."""
    files = told(teams=0)
    forged = Forged(files)
    forged.content["blocks"][0]["spread"]["sd"] = 45.0

    assert set() == found_in(files)
    assert "spread" in found_in(forged.signed())


def test_four_times_as_many_units_take_about_four_times_as_long() -> None:
    """An organisation of a hundred thousand is verified in seconds: the time does not go up with the square."""

    def cpu(teams: int) -> float:
        ids = [f"{place:06}" for place in range(teams + 1)]
        units = [{"unitId": one, "parentId": ids[0] if one != ids[0] else None, "reportingGroup": one} for one in ids]
        tree = Tree(units, dict.fromkeys(ids, 9))
        atoms = [{"unitId": one, "n": 9} for one in ids]
        partition = Partition(tree, "energy", {"published": ids, "atoms": atoms}, "n")
        began = process_time()

        assert [] == list(partition.check(7, None))
        return process_time() - began

    assert min(cpu(12_000) for _ in range(3)) < 8 * min(cpu(3_000) for _ in range(3))


@pytest.mark.parametrize("name", ["bands", "distributions", "sensitive"])
def test_a_manifest_of_other_units_is_found(name: str) -> None:
    """Each of its lists is held against the figures."""
    forged = Forged(told(teams=2))
    signed = Forged(forged.signed())
    next(iter(signed.chain[-1][name].values())).pop()

    assert "manifest-differs" in found_in(signed.written())


@pytest.mark.parametrize("side", ["chain", "content"])
def test_where_comments_are_shown_is_said_on_both_sides_or_neither(side: str) -> None:
    """In the manifest and beside the figures; releases from before they did say it nowhere, and verify."""
    half, silent = Forged(told(teams=2)), Forged(told(teams=2))
    del (half.chain[-1] if side == "chain" else half.content)["comments"]
    del silent.chain[-1]["comments"], silent.content["comments"]

    assert {"manifest-differs"} == found_in(half.signed())
    assert set() == found_in(silent.signed())
