#!/usr/bin/env python3
"""Verifies a release bundle of Peil offline: the chain, every hash, the least numbers, and each figure from its atoms.

    python3 verify_release.py BUNDLE.zip [--earlier EARLIER.zip] [--expect HASH] [--language nl|en]

It needs Python 3.9 or newer and nothing else. Exit code 0: all of it is right; 1: something is wrong; 2: this is no
bundle. What no bundle can prove is written in its README.txt.
"""

import argparse
import json
import math
import os
import sys
import zipfile
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any, Optional

FILES = ("README.txt", "chain.ndjson", "content.json", "scoring.json", "tree.json", "verify_release.py")
FLOORS = {"kM": 7, "kC": 10, "kD3": 15, "kD5": 30, "kS": 30, "kPmo": 15, "kAbs": 30, "kN": 7, "m": 2}
LARGE_ATOM = 30
MOST_BYTES = 1 << 30

TEXTS = {
    "chain-broken": ("schakel {0} van de keten volgt niet op de vorige", "link {0} of the chain does not follow"),
    "manifest-hash": ("de hash van manifest {0} klopt niet", "the hash of manifest {0} is wrong"),
    "wave-twice": ("meting {0} staat twee keer in de keten", "wave {0} is in the chain twice"),
    "not-expected": ("de keten eindigt niet in {0}", "the chain does not end in {0}"),
    "not-extended": ("de eerdere bundel is geen begin van deze keten", "the earlier bundle is no start of this chain"),
    "content-hash": ("de cijfers horen niet bij het manifest", "the figures are not those of the manifest"),
    "tree-hash": ("de organisatie hoort niet bij het manifest", "the organisation is not that of the manifest"),
    "manifest-differs": ("het manifest zegt iets anders over {0}", "the manifest says something else of {0}"),
    "below-floor": ("drempel {0} ligt onder de ondergrens", "threshold {0} is below its floor"),
    "not-rising": ("de drempels lopen niet op", "the thresholds do not rise"),
    "not-a-tree": ("de organisatie is geen boom in vaste volgorde", "the organisation is no tree in its fixed order"),
    "small-group": ("rapportagegroep {0} is te klein", "reporting group {0} is too small"),
    "units-differ": ("de afdelingen zijn niet die van de organisatie", "the units are not those of the organisation"),
    "unknown-unit": ("{0}: {1} is geen afdeling, of staat er dubbel", "{0}: {1} is no unit, or is there twice"),
    "small-atom": ("{0}: bij {1} blijft een te kleine groep over", "{0}: too small a group remains at {1}"),
    "atom-not-published": ("{0}: {1} heeft aantallen en geen cijfer", "{0}: {1} has counts and no figure"),
    "not-nested": ("{0}: {1} heeft geen cijfer over de respons", "{0}: {1} has no figure of the response"),
    "too-many": ("{0}: bij {1} tellen er meer mee dan er waren", "{0}: more count at {1} than there were"),
    "not-protected": ("{0}: {1} is niet beschermd bij {2}", "{0}: {1} is not protected at {2}"),
    "blocks-differ": ("de onderwerpen zijn niet die van de vragenlijst", "the subjects are not those asked"),
    "spread-of-small": ("{0}: een spreiding zonder grote groepen", "{0}: a spread without large groups"),
    "figure": ("{0}: het cijfer van {1} volgt niet uit de aantallen", "{0}: the figure of {1} does not follow"),
}
VERDICT = {
    "right": (
        "KLOPT: {0} vrijgaven in de keten, {1} afdelingen nagerekend.",
        "RIGHT: {0} releases in the chain, {1} units recomputed.",
    ),
    "wrong": ("KLOPT NIET: {0} bevindingen.", "WRONG: {0} findings."),
    "unreadable": ("GEEN BUNDEL: {0}", "NO BUNDLE: {0}"),
    "manifest": (
        "Manifest: {0}\nVergelijk deze hash met wat u eerder of elders kreeg.",
        "Manifest: {0}\nCompare this hash with what you got before or elsewhere.",
    ),
}

Finding = tuple[str, tuple[object, ...]]
Json = Any


class UnreadableError(Exception):
    """The file is no bundle."""


def found(code: str, *said: object) -> Finding:
    return code, said


def read_bundle(path: str) -> dict[str, bytes]:
    """The files of a bundle by name. Raises UnreadableError."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = sorted(archive.namelist())
            if names != sorted(FILES) or sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
                raise UnreadableError(", ".join(names)[:200])
            return {name: archive.read(name) for name in names}
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise UnreadableError(str(error)) from None


def verify(bundle: dict[str, bytes]) -> Iterator[Finding]:
    """Everything that is wrong with a bundle. Raises KeyError, TypeError, ValueError where it has not its shape."""
    chain = manifests(bundle)
    yield from check_chain(chain)
    manifest, content = json.loads(chain[-1]), json.loads(bundle["content.json"])
    units, invited = json.loads(bundle["tree.json"])
    if sha256(bundle["content.json"]).hexdigest() != manifest["statistics"]:
        yield found("content-hash")
    if not sha256(bundle["tree.json"]).hexdigest() == manifest["tree"] == content["tree"]:
        yield found("tree-hash")
    yield from check_manifest(manifest, content)
    yield from check_thresholds(content["thresholds"])
    tree = Tree(units, dict(invited))
    if not tree.is_in_order():
        yield found("not-a-tree")
        return
    for group, people in invited:
        if people < content["thresholds"]["kN"]:
            yield found("small-group", tree.name(group))
    yield from check_content(content, tree, json.loads(bundle["scoring.json"]))


def manifests(bundle: dict[str, bytes]) -> list[bytes]:
    """The chain from the first release to this one, as it was hashed."""
    return bundle["chain.ndjson"].splitlines()


def check_chain(chain: Sequence[bytes]) -> Iterator[Finding]:
    """Each manifest has the hash that it says, which is over itself without it, and names the one before."""
    previous, waves = None, set()
    for position, line in enumerate(chain, 1):
        manifest = json.loads(line)
        unsigned = line.replace(b'"hash":"' + manifest["hash"].encode() + b'"}', b'"hash":""}')
        if sha256(unsigned).hexdigest() != manifest["hash"]:
            yield found("manifest-hash", position)
        if manifest["previous"] != previous:
            yield found("chain-broken", position)
        if manifest["waveId"] in waves:
            yield found("wave-twice", manifest["waveId"])
        waves.add(manifest["waveId"])
        previous = manifest["hash"]


def check_manifest(manifest: Json, content: Json) -> Iterator[Finding]:
    """The manifest and the figures are about the same."""
    said = {
        "method": content["method"],
        "thresholds": content["thresholds"],
        "participation": content["response"]["published"],
        "published": {block["key"]: block["published"] for block in content["blocks"]},
    }
    for name, value in said.items():
        if manifest[name] != value:
            yield found("manifest-differs", name)


def check_thresholds(thresholds: Json) -> Iterator[Finding]:
    for name, floor in FLOORS.items():
        if thresholds[name] < floor:
            yield found("below-floor", name)
    rising = [thresholds[name] for name in ("kM", "kC", "kD3", "kD5")]
    if rising != sorted(rising) or 3 * thresholds["m"] > thresholds["kM"]:
        yield found("not-rising")


class Tree:
    """The units as they were when the wave opened, depth-first; a place is an index in that order."""

    def __init__(self, units: Json, invited: dict[str, int]) -> None:
        self.units = units
        self.ids = [unit["unitId"] for unit in units]
        self.places = {unit_id: place for place, unit_id in enumerate(self.ids)}
        self.parents = [self.places.get(unit["parentId"], -1) for unit in units]
        self.groups = [self.places.get(unit["reportingGroup"], -1) for unit in units]
        self.asked = [invited.get(unit_id, 0) for unit_id in self.ids]
        self.invited: list[Optional[int]] = []
        if self.is_in_order():
            self.ends = [place + size for place, size in enumerate(self.totals([1] * len(self.ids)))]
            people = self.totals(self.asked)
            self.invited = [n if whole else None for n, whole in zip(people, self.wholes())]

    def is_in_order(self) -> bool:
        """One root; every other unit under a unit that comes before it, and siblings by id."""
        if len(self.places) != len(self.ids) or not self.ids or self.units[0]["parentId"] is not None:
            return False
        path = [0]
        last = {0: ""}
        for place in range(1, len(self.ids)):
            while path and path[-1] != self.parents[place]:
                path.pop()
            if not path or last[path[-1]] >= self.ids[place]:
                return False
            last[path[-1]] = self.ids[place]
            path.append(place)
            last[place] = ""
        return True

    def name(self, unit_id: object) -> object:
        place = self.places.get(str(unit_id))
        return unit_id if place is None else self.units[place]["name"]

    def totals(self, own: Sequence[int]) -> list[int]:
        """Per place, the sum over the unit and everything under it."""
        sums = list(own)
        for place in range(len(sums) - 1, 0, -1):
            sums[self.parents[place]] += sums[place]
        return sums

    def wholes(self) -> list[bool]:
        """Per place, whether exactly its own people and those beneath report there and beneath."""
        crossing = [0] * len(self.ids)
        for place, group in enumerate(self.groups):
            below, above = place, group
            # What lies under one of the two and not under the other is crossed.
            while below != above and group >= 0:
                if below > above:
                    crossing[below] += 1
                    below = self.parents[below]
                else:
                    crossing[above] += 1
                    above = self.parents[above]
        return [times == 0 for times in crossing]


class Partition:
    """Which units have figures of one class, and of whom: the atoms are what each has beside those beneath it."""

    def __init__(self, tree: Tree, key: str, released: Json, people: str) -> None:
        self.tree = tree
        self.key = key
        self.released = released
        self.published = {tree.places[one] for one in released["published"] if one in tree.places}
        self.people = [0] * len(tree.ids)
        for atom in released["atoms"]:
            self.people[tree.places.get(atom["unitId"], 0)] += atom[people]
        self.n = tree.totals(self.people)
        self.highest = self._highest()
        self.homes: list[int] = []
        for place, parent in enumerate(tree.parents):
            self.homes.append(place if place in self.published else (self.homes[parent] if place else -1))

    def _highest(self) -> list[list[int]]:
        """Per place, the published units at or beneath it that have no published unit between."""
        highest: list[list[int]] = [[] for _ in self.tree.ids]
        for place in range(len(highest) - 1, -1, -1):
            if place in self.published:
                highest[place] = [place]
            highest[place].sort()
            if place:
                highest[self.tree.parents[place]] += highest[place]
        return highest

    def check(self, least: int, above: "Optional[Partition]") -> Iterator[Finding]:
        """Every residual is empty or has at least `least`; the class before published whatever this one does."""
        tree, listed = self.tree, self.released["published"]
        atoms = [atom["unitId"] for atom in self.released["atoms"]]
        for names in (listed, atoms):
            for one in names:
                if one not in tree.places or names.count(one) > 1:
                    yield found("unknown-unit", self.key, one)
        for one in atoms:
            if tree.places.get(one) not in self.published:
                yield found("atom-not-published", self.key, tree.name(one))
            elif self.people[tree.places[one]] < least:
                yield found("small-atom", self.key, tree.name(one))
        for place in sorted(self.published):
            if not self.n[place]:
                yield found("small-atom", self.key, tree.units[place]["name"])
            if above is not None and place not in above.published:
                yield found("not-nested", self.key, tree.units[place]["name"])
            most = tree.invited[place] if above is None else above.n[place]
            if most is not None and self.n[place] > most:
                yield found("too-many", self.key, tree.units[place]["name"])

    def place(self, place: int) -> Json:
        """What every cell says: status, whose sum it is, and where else to look."""
        home = self.homes[place]
        above = None if home < 0 else self.tree.ids[home]
        if place in self.published:
            whole = self.tree.invited[place] is not None
            return {"status": "published", "coverage": "all" if whole else "groups-beneath"}
        if self.highest[place]:
            units = [self.tree.ids[one] for one in self.highest[place]]
            return {"status": "partial", "units": units, "reportedAt": above}
        return {"status": "protected", "reportedAt": above}

    def denominator(self, place: int) -> Optional[int]:
        each = [self.tree.invited[one] for one in self.highest[place]]
        return None if None in each else sum(people for people in each if people is not None)


def check_content(content: Json, tree: Tree, scorings: Json) -> Iterator[Finding]:
    """The atoms first, then each figure of each unit, made anew from them."""
    if [(unit["unitId"], unit["name"]) for unit in content["units"]] != [
        (unit["unitId"], unit["name"]) for unit in tree.units
    ]:
        yield found("units-differ")
        return
    thresholds = content["thresholds"]
    response = Partition(tree, "*", content["response"], "respondents")
    yield from response.check(thresholds["kM"], None)
    for place, unit in enumerate(content["units"]):
        if unit["response"] != response_cell(response, place):
            yield found("figure", "*", unit["name"])
    by_key = {scoring["key"]: scoring for scoring in scorings}
    keys = [block["key"] for block in content["blocks"]]
    if keys != [scoring["key"] for scoring in scorings] or any(set(u["blocks"]) != set(keys) for u in content["units"]):
        yield found("blocks-differ")
        return
    for released in content["blocks"]:
        block = Partition(tree, released["key"], released, "n")
        yield from block.check(thresholds["kM"], response)
        yield from check_block(block, by_key[block.key], thresholds["m"], content["units"])


def check_block(block: Partition, scoring: Json, m: int, units: Json) -> Iterator[Finding]:
    """Sums within what m people outside each end band allow, a spread only of the large, and the cells."""
    steps: dict[str, list[int]] = {}
    for item in scoring["items"]:
        own = [0] * len(units)
        top, bands = item["points"] - 1, item["bands"]
        for atom in block.released["atoms"]:
            total, n = atom["steps"][item["key"]], atom["n"]
            own[block.tree.places.get(atom["unitId"], 0)] += total
            if not m * bands["unfavourable"] <= total <= n * top - m * bands["favourable"]:
                yield found("not-protected", block.key, item["key"], block.tree.name(atom["unitId"]))
        steps[item["key"]] = block.tree.totals(own)
    spread, large = block.released["spread"], [a["n"] for a in block.released["atoms"] if a["n"] >= LARGE_ATOM]
    if spread is not None and spread["degrees"] != sum(n - 1 for n in large):
        yield found("spread-of-small", block.key)
    for place, unit in enumerate(units):
        expected = block_cell(block, scoring, {key: sums[place] for key, sums in steps.items()}, place)
        if not is_same(expected, unit["blocks"][block.key]):
            yield found("figure", block.key, unit["name"])


def response_cell(response: Partition, place: int) -> Json:
    cell = response.place(place)
    if cell["status"] != "protected":
        n, invited = response.n[place], response.denominator(place)
        rate = None if invited is None else hundredths(100 * n, invited)
        cell.update(respondents=n, invited=invited, rate=rate, warnings=warnings(n, invited))
    return cell


def block_cell(block: Partition, scoring: Json, steps: dict[str, int], place: int) -> Json:
    cell, n = block.place(place), block.n[place]
    if cell["status"] == "protected":
        return cell
    if not n:
        return None
    items = scoring["items"]
    full = math.prod(item["points"] - 1 for item in items)
    points = sum(full // (item["points"] - 1) * steps[item["key"]] for item in items)
    mean = hundredths(100 * points, full * len(items) * n)
    invited, spread = block.denominator(place), block.released["spread"]
    cell.update(
        n=n,
        invited=invited,
        mean=mean,
        items={item["key"]: hundredths(100 * steps[item["key"]], (item["points"] - 1) * n) for item in items},
        now=None if invited is None or invited <= n else interval(mean, spread, n, 1 - n / invited),
        climate=interval(mean, spread, n, 1),
        warnings=warnings(n, invited),
    )
    return cell


def hundredths(numerator: int, denominator: int) -> float:
    """The quotient to two decimals, halves upwards."""
    return (200 * numerator + denominator) // (2 * denominator) / 100


def warnings(n: int, invited: Optional[int]) -> list[str]:
    if invited is None or 10 * n >= 7 * invited:
        return []
    return ["not-representative"] if 2 * n < invited else ["low-response"]


def interval(mean: float, spread: Json, n: int, remaining: float) -> Json:
    """95 % by Student's t, within 0-100."""
    if spread is None:
        return None
    half = t_quantile(spread["degrees"]) * spread["sd"] * math.sqrt(remaining / n)
    return {"low": round(max(mean - half, 0), 2), "high": round(min(mean + half, 100), 2)}


QUANTILES: dict[int, float] = {}


def t_quantile(degrees: int) -> float:
    """The 97.5 % point of Student's t, by halving; its tail is an incomplete beta function (Abramowitz 26.5.27)."""
    if degrees not in QUANTILES:
        low, high = 0.0, 100.0
        for _ in range(80):
            middle = (low + high) / 2
            is_low = incomplete_beta(degrees / 2, 0.5, degrees / (degrees + middle * middle)) > 0.05
            low, high = (middle, high) if is_low else (low, middle)
        QUANTILES[degrees] = low
    return QUANTILES[degrees]


def incomplete_beta(a: float, b: float, x: float) -> float:
    """Regularised; by its continued fraction (Abramowitz and Stegun 26.5.8), from below."""
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, 1 - x)
    fraction = 1.0
    for k in range(1000, 0, -1):
        half = k // 2
        factor = half * (b - half) * x if k % 2 == 0 else -(a + half) * (a + b + half) * x
        fraction = 1 + factor / ((a + k - 1) * (a + k)) / fraction
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return math.exp(front) / a / fraction


def is_same(expected: Json, told: Json) -> bool:
    """Equal; the ends of an interval may be rounded to the other side."""
    if isinstance(expected, dict) and isinstance(told, dict):
        return expected.keys() == told.keys() and all(
            _is_near(value, told[key]) if key in ("now", "climate") else value == told[key]
            for key, value in expected.items()
        )
    return bool(expected == told)


def _is_near(expected: Json, told: Json) -> bool:
    if expected is None or told is None:
        return expected is told
    return expected.keys() == told.keys() and all(abs(expected[end] - told[end]) < 0.011 for end in expected)


def main(arguments: Optional[Sequence[str]] = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("bundle")
    parser.add_argument("--earlier", help="een eerdere bundel / an earlier bundle")
    parser.add_argument("--expect", help="de hash die het manifest moet hebben / the hash the manifest must have")
    parser.add_argument("--language", choices=("nl", "en"))
    asked = parser.parse_args(arguments)
    language = asked.language or ("nl" if os.environ.get("LANG", "").startswith("nl") else "en")
    place = ("nl", "en").index(language)
    try:
        bundle = read_bundle(asked.bundle)
        chain = manifests(bundle)
        wrong = list(verify(bundle))
        if asked.earlier is not None:
            earlier = manifests(read_bundle(asked.earlier))
            wrong += [] if chain[: len(earlier)] == earlier else [found("not-extended")]
        head = json.loads(chain[-1])["hash"]
        if asked.expect is not None and head != asked.expect.lower():
            wrong.append(found("not-expected", asked.expect))
        checked = len(chain), len(json.loads(bundle["content.json"])["units"])
    except (UnreadableError, KeyError, IndexError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        print(VERDICT["unreadable"][place].format(f"{type(error).__name__} {error}"[:300]))
        return 2
    for code, said in wrong:
        print("-", TEXTS[code][place].format(*said))
    verdict = VERDICT["wrong"][place].format(len(wrong)) if wrong else VERDICT["right"][place].format(*checked)
    print(verdict)
    print(VERDICT["manifest"][place].format(head))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
