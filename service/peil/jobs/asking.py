"""What happens while people can answer: more time for them, and participation in bands."""

from uuid import UUID

from peil.employers.operations import get_thresholds
from peil.operation import Transaction
from peil.participation.bands import LEAST_INVITED, figures_to_take
from peil.participation.model import Group
from peil.participation.operations import keep_figures, list_groups, list_taken
from peil.releases.partition import choose
from peil.releases.population import create_population, snapshot_of
from peil.responses.operations import count_sealed, move_window_end
from peil.schedule import due
from peil.waves.model import SnapshotUnit
from peil.waves.operations import hold_wave, list_snapshot
from peil.waves.rules import DAY
from peil.worker import WorkerParts


async def extend_wave(tx: Transaction, _: WorkerParts, wave_id: UUID) -> None:
    """Lets the intake know until when the wave takes answers."""
    wave = await hold_wave(tx, wave_id)
    if wave.state in ("ready", "open"):
        await move_window_end(tx, wave_id, wave.closes_at)


async def measure_participation(tx: Transaction, _: WorkerParts, wave_id: UUID) -> None:
    """Takes the figures that may move, and looks again in a day."""
    wave = await hold_wave(tx, wave_id)
    if wave.state != "open":
        return
    await due(tx, "measure_participation", wave_id, at=tx.now + DAY)
    policy = await get_thresholds(tx, wave.policy_version)
    counted = measured_units(
        await list_snapshot(tx, wave_id), await list_groups(tx, wave_id), await count_sealed(tx, wave_id)
    )
    figures = figures_to_take(counted, await list_taken(tx, wave_id), policy.thresholds.k_n)
    await keep_figures(tx, wave_id, figures)


def measured_units(
    snapshot: list[SnapshotUnit], groups: list[Group], answered: dict[UUID, int]
) -> list[tuple[UUID, int, int]]:
    """Units of which participation may be told, with how many were invited and how many answered (by key).

    They are chosen like the units of a release, over those invited: whoever subtracts one from another is left
    with at least as many people as are needed for a figure.
    """
    population = create_population(snapshot_of(snapshot), {group.unit_id: group.invited for group in groups})
    tree = population.tree
    invited, came = [0] * len(tree), [0] * len(tree)
    for group in groups:
        place = tree.places[group.unit_id]
        invited[place], came[place] = group.invited, answered.get(group.key_id, 0)
    published = choose(tree, invited, LEAST_INVITED).published
    totals = tree.totals(came)
    return [(tree.ids[place], population.invited[place], totals[place]) for place, told in enumerate(published) if told]
