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
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from fractions import Fraction
from hashlib import sha256
from itertools import product
from typing import Any, Optional

FILES = ("README.txt", "chain.ndjson", "content.json", "scoring.json", "tree.json", "verify_release.py")
FLOORS = {"kM": 7, "kC": 10, "kD3": 15, "kD5": 30, "kS": 30, "kPmo": 15, "kAbs": 30, "kN": 7, "m": 2}
LARGE_ATOM = 30
BANDS = ("unfavourable", "neutral", "favourable")
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
    "sums-differ": ("{0}: bij {1} tellen er niet evenveel mee", "{0}: not as many count at {1}"),
    "bad-table": ("{0}: de aantallen van {1} tellen niet op bij {2}", "{0}: the counts of {1} do not add up at {2}"),
    "does-not-fit": ("{0}: de groepen van {1} passen niet bij {2}", "{0}: the bands of {1} do not fit at {2}"),
    "not-protected": ("{0}: {1} is niet beschermd bij {2}", "{0}: {1} is not protected at {2}"),
    "blocks-differ": ("de onderwerpen zijn niet die van de vragenlijst", "the subjects are not those asked"),
    "spread": ("{0}: de spreiding volgt niet uit de verdelingen", "{0}: the spread does not follow"),
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
        "bands": {block["key"]: block["bands"]["published"] for block in content["blocks"]},
        "distributions": {
            one["key"]: one["distributions"]["published"] for one in [*content["blocks"], *content["choices"]]
        },
        "sensitive": {item["key"]: item["published"] for item in content["sensitive"]},
    }
    if "comments" in content or "comments" in manifest:
        said["comments"] = content.get("comments", {}).get("published")
    for name, value in said.items():
        if manifest.get(name) != value:
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

    def check(self, least: int, above: "Optional[Partition]", of_all: bool = False) -> Iterator[Finding]:
        """Every residual is empty or has at least `least`; the class before published whatever this one does.

        So each atom is a union of finer ones: with `of_all` of the very same people.
        """
        tree, listed = self.tree, self.released["published"]
        atoms = [atom["unitId"] for atom in self.released["atoms"]]
        for names in (listed, atoms):
            times = Counter(names)
            for one in names:
                if one not in tree.places or times[one] > 1:
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
            elif of_all and self.n[place] != most:
                yield found("sums-differ", self.key, tree.units[place]["name"])

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

    def held(self, finer: "Partition") -> Iterator[tuple[int, list[int]]]:
        """Per atom which atoms of a finer partition it holds, by place."""
        held: dict[int, list[int]] = {}
        for place, people in enumerate(finer.people):
            if people and self.homes[place] >= 0:
                held.setdefault(self.homes[place], []).append(place)
        yield from held.items()

    def columns(self, rows: dict[int, Sequence[int]], width: int) -> list[list[int]]:
        """Per place, the sums over all atoms in it of `width` numbers per atom."""
        columns = []
        for column in range(width):
            own = [0] * len(self.people)
            for place, numbers in rows.items():
                own[place] = numbers[column]
            columns.append(self.tree.totals(own))
        return [list(sums) for sums in zip(*columns)]

    def counted(self, place: int, **told: Json) -> Json:
        """A cell of counts: what every cell says, the people, and `told`."""
        cell = self.place(place)
        if cell["status"] != "protected":
            n, invited = self.n[place], self.denominator(place)
            cell.update(n=n, invited=invited, warnings=warnings(n, invited), **told)
        return cell

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
    if "comments" in content:
        # Of all who answered, commenting or not: the very same people as in the response.
        comments = Partition(tree, "comments", content["comments"], "respondents")
        yield from comments.check(thresholds["kC"], response, of_all=True)
    if not is_about(content, scorings):
        yield found("blocks-differ")
        return
    for released, scoring in zip(content["blocks"], scorings["blocks"]):
        block = Partition(tree, released["key"], released, "n")
        yield from block.check(thresholds["kM"], response)
        steps = yield from check_means(block, scoring, thresholds["m"])
        yield from check_tables(block, scoring, thresholds, steps, content["units"])
    for released, scoring in zip(content["choices"], scorings["choices"]):
        yield from check_choice(response, released, scoring, thresholds, content["units"])
    for released, scoring in zip(content["sensitive"], scorings["sensitive"]):
        yield from check_sensitive(response, released, scoring, thresholds, content["units"])


def is_about(content: Json, scorings: Json) -> bool:
    """Whether the figures are of the items that were asked, everywhere."""
    keys = {kind: [scoring["key"] for scoring in scorings[kind]] for kind in ("blocks", "choices", "sensitive")}
    items = {item["key"] for scoring in scorings["blocks"] for item in scoring["items"]}
    if any([one["key"] for one in content[kind]] != keys[kind] for kind in keys):
        return False
    for released, scoring in zip(content["blocks"], scorings["blocks"]):
        asked = {item["key"] for item in scoring["items"]}
        tables = released["bands"]["atoms"] + released["distributions"]["atoms"]
        if any(set(atom["steps"]) != asked for atom in released["atoms"]):
            return False
        if any(set(atom["counts"]) != asked for atom in tables):
            return False
    told = {
        "blocks": set(keys["blocks"]),
        "bands": items,
        "distributions": items.union(keys["choices"]),
        "sensitive": set(keys["sensitive"]),
    }
    return all(set(unit[kind]) == told[kind] for unit in content["units"] for kind in told)


def check_means(block: Partition, scoring: Json, m: int) -> Generator[Finding, None, dict[str, list[int]]]:
    """Sums of steps within what m people outside each end band allow; returns them per item and place."""
    steps = {}
    for item in scoring["items"]:
        steps[item["key"]] = own = [0] * len(block.people)
        for atom in block.released["atoms"]:
            total = atom["steps"][item["key"]]
            own[block.tree.places.get(atom["unitId"], 0)] += total
            least, most = ends_of(item, atom["n"], m)
            if not least <= total <= most:
                yield found("not-protected", block.key, item["key"], block.tree.name(atom["unitId"]))
    return steps


def ends_of(item: Json, n: int, m: int) -> tuple[int, int]:
    """The least and the most that is told of the steps of n people; where one is told it may be beyond."""
    return m * item["bands"]["unfavourable"], n * (item["points"] - 1) - m * item["bands"]["favourable"]


def parts_of(item: Json) -> list[tuple[int, int]]:
    """Which steps a distribution counts together, from the first to the last."""
    points, bands = item["points"], item["bands"]
    if points <= 5:
        return [(step, step) for step in range(points)]
    neutral, favourable = bands["unfavourable"], points - bands["favourable"]
    ends = [(0, 0), (1, neutral - 1), (neutral, favourable - 1), (favourable, points - 2), (points - 1, points - 1)]
    return [(low, high) for low, high in ends if low <= high]


def bands_of(item: Json) -> list[tuple[int, int]]:
    """Which steps each band counts together; the last before the first where there are none."""
    neutral, favourable = item["bands"]["unfavourable"], item["points"] - item["bands"]["favourable"]
    return [(0, neutral - 1), (neutral, favourable - 1), (favourable, item["points"] - 1)]


def collapsed(counts: Sequence[int], item: Json) -> list[int]:
    """How many are in each band, by how many are in each part."""
    return [
        sum(people for people, part in zip(counts, parts_of(item)) if low <= part[0] <= high)
        for low, high in bands_of(item)
    ]


def check_tables(
    block: Partition, scoring: Json, thresholds: Json, steps: dict[str, list[int]], units: Json
) -> Iterator[Finding]:
    """Bands and distributions of the items of a block, the spread, and the cells of all three."""
    bands = Partition(block.tree, block.key, block.released["bands"], "n")
    parts = Partition(block.tree, block.key, block.released["distributions"], "n")
    yield from bands.check(thresholds["kD3"], block, of_all=True)
    yield from parts.check(thresholds["kD5"], bands, of_all=True)
    for item in scoring["items"]:
        m, key = thresholds["m"], item["key"]
        yield from check_fit(block, bands, item, bands_of(item), steps[key], m)
        yield from check_fit(block, parts, item, parts_of(item), steps[key], m)
        in_bands = bands.columns(rows_of(bands, key), 3)
        in_parts = parts.columns(rows_of(parts, key), len(parts_of(item)))
        for place in sorted(parts.published):
            if collapsed(in_parts[place], item) != in_bands[place]:
                yield found("does-not-fit", block.key, key, units[place]["name"])
        for place, unit in enumerate(units):
            if unit["bands"][key] != bands.counted(place, **dict(zip(BANDS, in_bands[place]))):
                yield found("figure", key, unit["name"])
            if unit["distributions"][key] != parts.counted(place, counts=in_parts[place]):
                yield found("figure", key, unit["name"])
    yield from check_spread(block, parts, scoring)
    totals = {key: block.tree.totals(own) for key, own in steps.items()}
    for place, unit in enumerate(units):
        expected = block_cell(block, scoring, {key: sums[place] for key, sums in totals.items()}, place)
        if not is_same(expected, unit["blocks"][block.key]):
            yield found("figure", block.key, unit["name"])


def rows_of(tables: Partition, key: str) -> dict[int, Sequence[int]]:
    """The counts of an item by the place of each atom."""
    return {tables.tree.places.get(atom["unitId"], 0): atom["counts"][key] for atom in tables.released["atoms"]}


def check_fit(
    means: Partition, tables: Partition, item: Json, parts: Sequence[tuple[int, int]], steps: list[int], m: int
) -> Iterator[Finding]:
    """Counts that add up, none of nearly everybody in one band, and of which the sums told beside them can be."""
    rows, key = rows_of(tables, item["key"]), item["key"]
    held = dict(tables.held(means))
    for place, counts in rows.items():
        n, name = tables.people[place], tables.tree.units[place]["name"]
        if len(counts) != len(parts) or min(counts) < 0 or sum(counts) != n:
            yield found("bad-table", tables.key, key, name)
            continue
        if any(people and low > high for people, (low, high) in zip(counts, parts)):
            yield found("bad-table", tables.key, key, name)
        bands = counts if parts == bands_of(item) else collapsed(counts, item)
        if max(bands) > n - m:
            yield found("not-protected", tables.key, key, name)
        least = most = 0
        for finer in held.get(place, []):
            low, high = ends_of(item, means.people[finer], m)
            least += 0 if steps[finer] == low else steps[finer]
            most += means.people[finer] * (item["points"] - 1) if steps[finer] == high else steps[finer]
        if (
            sum(people * part[0] for people, part in zip(counts, parts)) > most
            or sum(people * part[1] for people, part in zip(counts, parts)) < least
        ):
            yield found("does-not-fit", tables.key, key, name)


def check_spread(block: Partition, parts: Partition, scoring: Json) -> Iterator[Finding]:
    """Measured in large atoms of which distributions are told by themselves; else at most what all of them say."""
    alone = [place for place, held in parts.held(block) if len(held) == 1 and block.people[held[0]] >= LARGE_ATOM]
    among = alone or [place for place, people in enumerate(parts.people) if people]
    degrees, spread = sum(parts.people[place] - 1 for place in among), block.released["spread"]
    if spread is None or not degrees:
        if spread is not None or degrees:
            yield found("spread", block.key)
        return
    total = 0
    for item in scoring["items"]:
        rows = rows_of(parts, item["key"])
        within = sum(widest(rows[place], item) for place in among)
        total += math.isqrt(int(within * 100_000**2 / (degrees * (item["points"] - 1) ** 2)))
    at_most = hundredths(total, 1_000 * len(scoring["items"]))
    is_right = spread["sd"] <= at_most + 0.01 if alone else spread["sd"] == at_most
    if spread["degrees"] != degrees or spread["bound"] != (not alone) or not is_right or spread["sd"] < 0:
        yield found("spread", block.key)


def widest(counts: Sequence[int], item: Json) -> Fraction:
    """The sum of squares around the mean at most: everybody of a part stands at one of its ends."""
    found_so_far = Fraction(0)
    for steps in product(*({low, high} for low, high in parts_of(item))):
        total = sum(step * people for step, people in zip(steps, counts))
        squares = sum(step * step * people for step, people in zip(steps, counts))
        found_so_far = max(found_so_far, squares - Fraction(total * total, sum(counts)))
    return found_so_far


def check_choice(
    response: Partition, released: Json, scoring: Json, thresholds: Json, units: Json
) -> Iterator[Finding]:
    """How many chose each option: none nearly all, and the cells."""
    key = scoring["key"]
    options = Partition(response.tree, key, released["distributions"], "n")
    yield from options.check(thresholds["kD5"], response)
    rows = rows_of(options, key)
    for place, counts in rows.items():
        n, name = options.people[place], units[place]["name"]
        if len(counts) != scoring["answers"] or min(counts) < 0 or sum(counts) != n:
            yield found("bad-table", key, key, name)
            return
        if max(counts) > n - thresholds["m"]:
            yield found("not-protected", key, key, name)
    told = options.columns(rows, scoring["answers"])
    for place, unit in enumerate(units):
        if unit["distributions"][key] != options.counted(place, counts=told[place]):
            yield found("figure", key, unit["name"])


def check_sensitive(
    response: Partition, released: Json, scoring: Json, thresholds: Json, units: Json
) -> Iterator[Finding]:
    """How many gave each answer to a sensitive item, as ranges; those of a unit are sums of its atoms'."""
    key, answers = scoring["key"], scoring["answers"]
    ranges = Partition(response.tree, key, released, "n")
    yield from ranges.check(thresholds["kS"], response)
    rows: dict[int, Sequence[int]] = {}
    for atom in released["atoms"]:
        if len(atom["counts"]) != answers:
            yield found("bad-table", key, key, ranges.tree.name(atom["unitId"]))
            return
        if not is_hidden(atom["counts"], atom["n"], thresholds["m"]):
            yield found("not-protected", key, key, ranges.tree.name(atom["unitId"]))
        ends = [one["low"] for one in atom["counts"]] + [one["high"] for one in atom["counts"]]
        rows[ranges.tree.places.get(atom["unitId"], 0)] = ends
    told = ranges.columns(rows, 2 * answers)
    for place, unit in enumerate(units):
        counts = [{"low": low, "high": high} for low, high in zip(told[place][:answers], told[place][answers:])]
        if unit["sensitive"][key] != ranges.counted(place, counts=counts):
            yield found("figure", key, unit["name"])


def is_hidden(counts: Json, n: int, m: int) -> bool:
    """Whether up to m answers of a kind are told as 0 to m, and then one other count as what the rest leaves of n."""
    exact = [one["low"] == one["high"] > m for one in counts]
    if all(exact):
        return bool(sum(one["low"] for one in counts) == n)
    plain = [is_exact or one == {"low": 0, "high": m} for is_exact, one in zip(exact, counts)]
    for place, rest in enumerate(counts):
        others = counts[:place] + counts[place + 1 :]
        left = n - sum(one["high"] for one in others), n - sum(one["low"] for one in others)
        is_plain = all(plain[:place] + plain[place + 1 :]) and not all(exact[:place] + exact[place + 1 :])
        if is_plain and rest == {"low": max(left[0], 0), "high": left[1]}:
            return True
    return False


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
