"""What works council, prevention officer and auditor can check of a release."""

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple
from uuid import UUID

from msgspec.structs import replace

from peil.aggregates.operations import find_released, read_release
from peil.aggregates.shelf import WaveShelf
from peil.disclosure import queries
from peil.disclosure.files import Bundle, scoring_of
from peil.disclosure.model import DisclosureReport, FigureReport, LeftOut, ReportedKind
from peil.disclosure.queries import AnyAtom, AtomOf
from peil.disclosure.report_texts import COMMENTS, RESPONSE, sections
from peil.disclosure.rules import Told, Tree, figure_report, people_of, recorded_for
from peil.employers.operations import recorded_preconditions
from peil.operation import Transaction, operation
from peil.participation.operations import list_groups
from peil.releases.model import (
    Atom,
    Manifest,
    RangeAtom,
    ResponseAtom,
    TableAtom,
)
from peil.waves.model import Wave
from peil.waves.operations import find_wave

_LEFT_OUT: dict[str | None, LeftOut] = {
    "answers-surplus": "answers-surplus",
    "answers-unreadable": "answers-unreadable",
}


@operation("disclosure:read")
async def get_disclosure_report(tx: Transaction, wave_id: UUID) -> DisclosureReport:
    """What was protected in a release and why: thresholds, consents, where figures are told, and what was left out.

    Every number in it follows from the release, or was told before anybody answered. `Accept: text/markdown` gives it
    as a page to file.
    """
    shelf = await find_released(tx, wave_id)
    wave, release = await _wave(tx, wave_id), await read_release(tx, wave_id)
    groups = {group.unit_id: group.invited for group in await list_groups(tx, wave_id)}
    manifest = release.manifest
    report = DisclosureReport(
        wave_id=wave_id,
        name=wave.name,
        kind=wave.kind,
        mode=wave.mode,
        opens_at=wave.opens_at,
        closes_at=wave.closes_at,
        released_at=release.released_at,
        zone=wave.zone,
        units=len(shelf.order),
        groups=len(groups),
        invited=sum(groups.values()),
        policy_version=wave.policy_version,
        thresholds=manifest.thresholds,
        # By the day of the service's clock, as the gate itself was checked when the wave opened.
        preconditions=recorded_for(
            await recorded_preconditions(tx), wave.policy_version, wave.mode, wave.opens_at.date()
        ),
        left_out=_LEFT_OUT.get(wave.failure),
        keys=wave.keys,
        method=manifest.method,
        position=release.position,
        manifest=manifest.hash,
        previous=manifest.previous,
        figures=await _figures(tx, manifest, shelf, Tree(shelf.parents, groups)),
        sections=[],
    )
    return replace(report, sections=sections(report, tx.call.language))


@operation("disclosure:read")
async def export_release(tx: Transaction, wave_id: UUID) -> Bundle:
    """A release to verify without the service: all that was hashed, the chain up to it, and a program that checks it.

    It holds every unit, and how many people were invited per reporting group, as the preview of a wave does.
    """
    shelf = await find_released(tx, wave_id)
    return Bundle(
        chain=await queries.select_manifests(tx, tx.employer_id, wave_id),
        content=await queries.select_written(tx, tx.employer_id, wave_id, "content"),
        tree=await queries.select_written(tx, tx.employer_id, wave_id, "tree"),
        scoring=scoring_of(shelf.counted),
    )


async def _wave(tx: Transaction, wave_id: UUID) -> Wave:
    wave = await find_wave(tx, wave_id)
    if wave is None:
        raise RuntimeError("a released wave is there")
    return wave


class _Atoms(NamedTuple):
    """The atoms of each kind of figure in the order of the tree, by what they are about."""

    response: dict[str, list[ResponseAtom]]
    means: dict[str, list[Atom]]
    bands: dict[str, list[TableAtom]]
    distributions: dict[str, list[TableAtom]]
    sensitive: dict[str, list[RangeAtom]]
    comments: dict[str, list[ResponseAtom]]


async def _atoms(tx: Transaction, wave_id: UUID, places: Mapping[UUID, int]) -> _Atoms:
    async def about(figures: ReportedKind, kind: type[AtomOf[AnyAtom]]) -> dict[str, list[AnyAtom]]:
        found: dict[str, list[AnyAtom]] = {}
        for atom in await queries.select_atoms(tx, tx.employer_id, wave_id, figures, kind):
            found.setdefault(atom.block, []).append(atom.content)
        return {key: sorted(atoms, key=lambda atom: places[atom.unit_id]) for key, atoms in found.items()}

    return _Atoms(
        response=await about("response", queries.ResponseAtomOf),
        means=await about("mean", queries.MeanAtomOf),
        bands=await about("bands", queries.TableAtomOf),
        distributions=await about("distribution", queries.TableAtomOf),
        sensitive=await about("sensitive", queries.RangeAtomOf),
        comments=await about("comments", queries.ResponseAtomOf),
    )


async def _figures(tx: Transaction, manifest: Manifest, shelf: WaveShelf, tree: Tree) -> list[FigureReport]:
    """Participation first, then each kind of figure of each block as it is asked, and the items in none."""
    atoms = await _atoms(tx, manifest.wave_id, {unit_id: place for place, unit_id in enumerate(shelf.order)})
    thresholds, language = manifest.thresholds, tx.call.language

    def about(
        figures: ReportedKind, key: str, title: str, least: int, published: list[UUID], found: dict[str, list[AnyAtom]]
    ) -> FigureReport:
        people = [people_of(atom) for atom in found.get(key, [])]
        return figure_report(tree, figures, None if key == "*" else key, title, least, Told(published, people))

    scoring, titles = scoring_of(shelf.counted), partial(shelf.item_title, language=language)
    reports = [about("response", "*", RESPONSE[language], thresholds.k_m, manifest.participation, atoms.response)]
    for key, published in shelf.in_order(manifest.published):
        title = shelf.title(key, language)
        reports += [
            about("mean", key, title, thresholds.k_m, published, atoms.means),
            about("bands", key, title, thresholds.k_d3, manifest.bands[key], atoms.bands),
            about("distribution", key, title, thresholds.k_d5, manifest.distributions[key], atoms.distributions),
        ]
    for choice in scoring.choices:
        published = manifest.distributions[choice.key]
        reports.append(
            about("distribution", choice.key, titles(choice.key), thresholds.k_d5, published, atoms.distributions)
        )
    for item in scoring.sensitive:
        published = manifest.sensitive[item.key]
        reports.append(about("sensitive", item.key, titles(item.key), thresholds.k_s, published, atoms.sensitive))
    if shelf.asks_comments:
        shown = [atom.unit_id for atom in atoms.comments.get("*", [])]
        reports.append(about("comments", "*", COMMENTS[language], thresholds.k_c, shown, atoms.comments))
    return reports
