"""What works council, prevention officer and auditor can check of a release."""

from functools import partial
from uuid import UUID

from msgspec.structs import replace

from peil.aggregates.operations import find_released, read_release
from peil.aggregates.shelf import WaveShelf
from peil.disclosure import queries
from peil.disclosure.files import Bundle, scoring_of
from peil.disclosure.model import DisclosureReport, FigureReport, LeftOut, ReportedKind
from peil.disclosure.report_texts import COMMENTS, RESPONSE, sections
from peil.disclosure.rules import AnyAtom, Told, Tree, figure_report, people_of, recorded_for
from peil.employers.operations import recorded_preconditions
from peil.operation import Transaction, operation
from peil.participation.operations import list_groups
from peil.releases.model import Manifest
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


async def _figures(tx: Transaction, manifest: Manifest, shelf: WaveShelf, tree: Tree) -> list[FigureReport]:
    """Participation first, then each kind of figure of each block as it is asked, and the items in none."""
    units = await queries.select_atoms(tx, tx.employer_id, manifest.wave_id)
    places = {unit_id: place for place, unit_id in enumerate(shelf.order)}
    thresholds, language = manifest.thresholds, tx.call.language

    def atoms(figures: ReportedKind, key: str) -> list[AnyAtom]:
        """In the order of the tree."""
        at = [getattr(unit, figures).get(key) for unit in units]
        return sorted((atom for atom in at if atom is not None), key=lambda atom: places[atom.unit_id])

    def about(figures: ReportedKind, key: str, title: str, least: int, published: list[UUID]) -> FigureReport:
        people = [people_of(atom) for atom in atoms(figures, key)]
        return figure_report(tree, figures, None if key == "*" else key, title, least, Told(published, people))

    scoring, titles = scoring_of(shelf.counted), partial(shelf.item_title, language=language)
    reports = [about("response", "*", RESPONSE[language], thresholds.k_m, manifest.participation)]
    for key, published in shelf.in_order(manifest.published):
        title = shelf.title(key, language)
        reports += [
            about("mean", key, title, thresholds.k_m, published),
            about("bands", key, title, thresholds.k_d3, manifest.bands[key]),
            about("distribution", key, title, thresholds.k_d5, manifest.distributions[key]),
        ]
    for choice in scoring.choices:
        published = manifest.distributions[choice.key]
        reports.append(about("distribution", choice.key, titles(choice.key), thresholds.k_d5, published))
    for item in scoring.sensitive:
        published = manifest.sensitive[item.key]
        reports.append(about("sensitive", item.key, titles(item.key), thresholds.k_s, published))
    if shelf.asks_comments:
        shown = [atom.unit_id for atom in atoms("comments", "*")]
        reports.append(about("comments", "*", COMMENTS[language], thresholds.k_c, shown))
    return reports
