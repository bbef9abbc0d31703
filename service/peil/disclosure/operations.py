"""What works council, prevention officer and auditor can check of a release."""

from uuid import UUID

from msgspec.structs import replace

from peil.aggregates.operations import find_released
from peil.aggregates.shelf import WaveShelf
from peil.disclosure import queries
from peil.disclosure.files import Bundle
from peil.disclosure.model import DisclosureReport, FigureReport, LeftOut
from peil.disclosure.report_texts import RESPONSE, sections
from peil.disclosure.rules import Told, Tree, figure_report, recorded_for
from peil.employers.operations import recorded_preconditions
from peil.operation import Transaction, operation
from peil.participation.operations import list_groups
from peil.releases.model import Atom, BlockRelease, Manifest, ReleaseContent, ResponseRelease, UnitRelease
from peil.releases.population import snapshot_of
from peil.releases.tree import create_tree
from peil.waves.model import Wave
from peil.waves.operations import find_wave, list_snapshot

# So many units are read at a time, so that others are served in between.
_AT_ONCE = 500
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
    wave, chain = await _wave(tx, wave_id), await queries.select_chain(tx, tx.employer_id, wave_id)
    groups = {group.unit_id: group.invited for group in await list_groups(tx, wave_id)}
    link, manifest = chain[-1], chain[-1].manifest
    report = DisclosureReport(
        wave_id=wave_id,
        name=wave.name,
        kind=wave.kind,
        mode=wave.mode,
        opens_at=wave.opens_at,
        closes_at=wave.closes_at,
        released_at=link.released_at,
        units=len(shelf.order),
        groups=len(groups),
        invited=sum(groups.values()),
        policy_version=wave.policy_version,
        thresholds=manifest.thresholds,
        preconditions=recorded_for(
            await recorded_preconditions(tx), wave.policy_version, wave.mode, wave.opens_at.date()
        ),
        left_out=_LEFT_OUT.get(wave.failure),
        keys=wave.keys,
        method=manifest.method,
        position=link.position,
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
    chain = await queries.select_chain(tx, tx.employer_id, wave_id)
    places = create_tree(shelf.parents.items()).places
    units = snapshot_of(await list_snapshot(tx, wave_id))
    return Bundle(
        chain=[link.manifest for link in chain],
        content=await _content(tx, chain[-1].manifest, shelf, places),
        units=sorted(units, key=lambda unit: places[unit.unit_id]),
        invited={group.unit_id: group.invited for group in await list_groups(tx, wave_id)},
        questionnaire=shelf.questionnaire,
    )


async def _wave(tx: Transaction, wave_id: UUID) -> Wave:
    wave = await find_wave(tx, wave_id)
    if wave is None:
        raise RuntimeError("a released wave is there")
    return wave


async def _content(tx: Transaction, manifest: Manifest, shelf: WaveShelf, places: dict[UUID, int]) -> ReleaseContent:
    """What was hashed when the wave was released, put together again in its order."""
    wave_id = manifest.wave_id
    response = await queries.select_response_atoms(tx, tx.employer_id, wave_id)
    atoms = await _atoms(tx, wave_id)
    spreads = {one.block: one.spread for one in await queries.select_spreads(tx, tx.employer_id, wave_id)}
    units = await _units(tx, wave_id, len(shelf.order))
    return ReleaseContent(
        method=manifest.method,
        thresholds=manifest.thresholds,
        tree=manifest.tree,
        response=ResponseRelease(
            published=manifest.participation, atoms=sorted(response, key=lambda atom: places[atom.unit_id])
        ),
        blocks=[
            BlockRelease(
                key=key,
                spread=spreads[key],
                published=published,
                atoms=sorted(atoms.get(key, []), key=lambda atom: places[atom.unit_id]),
            )
            for key, published in shelf.in_order(manifest.published)
        ],
        units=sorted(units, key=lambda unit: places[unit.unit_id]),
    )


async def _units(tx: Transaction, wave_id: UUID, count: int) -> list[UnitRelease]:
    return [
        stored.content
        for first in range(0, count, _AT_ONCE)
        for stored in await queries.select_units(tx, tx.employer_id, wave_id, first, _AT_ONCE)
    ]


async def _atoms(tx: Transaction, wave_id: UUID) -> dict[str, list[Atom]]:
    """By block."""
    atoms: dict[str, list[Atom]] = {}
    for key, atom in await queries.select_atoms(tx, tx.employer_id, wave_id):
        atoms.setdefault(key, []).append(atom)
    return atoms


async def _figures(tx: Transaction, manifest: Manifest, shelf: WaveShelf, tree: Tree) -> list[FigureReport]:
    """Participation first, then the blocks as they are asked."""
    response = await queries.select_response_atoms(tx, tx.employer_id, manifest.wave_id)
    everybody = Told(manifest.participation, [atom.respondents for atom in response])
    atoms, language = await _atoms(tx, manifest.wave_id), tx.call.language
    return [
        figure_report(tree, "response", None, RESPONSE[language], manifest.thresholds.k_m, everybody),
        *(
            figure_report(
                tree,
                "mean",
                key,
                shelf.title(key, language),
                manifest.thresholds.k_m,
                Told(published, [atom.n for atom in atoms.get(key, [])]),
            )
            for key, published in shelf.in_order(manifest.published)
        ),
    ]
