"""The attacker of what is told of a wave besides scales: choices, scores of scales, and who came while it was open."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from adversary.algebra import derivable
from adversary.told import answers_of, beneath, people_of, told
from adversary.waves import Response, Wave
from adversary.worlds import residuals
from disclosure.orgs import FLOORS
from peil.jobs import asking
from peil.participation.bands import LEAST_INVITED
from peil.participation.model import Group
from peil.releases.cells_model import PublishedCell, PublishedDistribution
from peil.releases.model import BlockScoring, ChoiceScoring, ReleaseContent
from peil.waves.model import SnapshotUnit

# Of a mean that is told to hundredths.
_ROUNDING = 0.0051


def chosen(wave: Wave, content: ReleaseContent) -> Iterator[str]:
    """That more than n - m people of an atom chose the same."""
    for scoring in wave.scorings:
        if not isinstance(scoring, ChoiceScoring) or scoring.sensitive:
            continue
        tables = {
            one.over: [one.n, *one.cell.counts]
            for one in told(wave, content)
            if one.key == scoring.key and isinstance(one.cell, PublishedDistribution)
        }
        for atom, (n, *counts) in residuals(tables).items():
            most = max(counts)
            if most > n - FLOORS.m and answers_of(wave, atom, scoring.key).count(counts.index(most) + 1) == most:
                yield f"{scoring.key}: what nearly all of {n} chose"


def choices(wave: Wave, content: ReleaseContent) -> Iterator[str]:
    """Who chose what, of fewer than it takes."""
    people = people_of(wave)
    for scoring in wave.scorings:
        if isinstance(scoring, ChoiceScoring) and not scoring.sensitive:
            figures = [one for one in told(wave, content) if (one.figures, one.key) == ("D5", scoring.key)]
            least = derivable([one.over for one in figures], people, FLOORS.k_d5)
            if least is not None:
                yield f"{scoring.key}: choices of {least}"


def skipped(wave: Wave, content: ReleaseContent) -> Iterator[str]:
    """What the few who skipped a question of a scale answered to its others: its score, minus its questions' means.

    The attacker knows who skipped what, and so of whom a score can be: of those who answered all, or any, of it.
    """
    under, cells = beneath(wave), {unit.unit_id: unit.blocks for unit in content.units}
    for block in wave.scorings:
        if not isinstance(block, BlockScoring) or len(block.items) < 2:
            continue
        for unit_id, groups in under.items():
            cell = cells[unit_id].get(block.key)
            scores = [
                scored for group, given in wave.responses if group in groups for scored in [scores_of(block, given)]
            ]
            complete = sum(len(scored) == len(block.items) for scored in scores)
            some = [sum(scored) / len(scored) for scored in scores if 0 < len(scored) < len(block.items)]
            if not isinstance(cell, PublishedCell) or cell.n == complete or cell.n != complete + len(some):
                continue
            rest = cell.n * cell.mean - complete * sum(cell.items.values()) / len(block.items)
            if len(some) < FLOORS.k_m and abs(rest - sum(some)) <= _ROUNDING * (cell.n + complete):
                yield f"{block.key}: what {len(some)} answered who skipped a question"


def scores_of(block: BlockScoring, given: Mapping[str, int | None]) -> list[float]:
    """What somebody scored on each question that was answered."""
    found = []
    for item in block.items:
        answer = given[item.key]
        if answer is not None:
            found.append(100 * (item.points - answer if item.reverse else answer - 1) / (item.points - 1))
    return found


def while_open(wave: Wave, _content: ReleaseContent) -> Iterator[str]:
    """Of how few people participation is told before the release, by adding and subtracting."""
    invited, under = wave.invited, beneath(wave)
    counted = asking.measured_units(_snapshot(wave), _groups(wave), _came(wave.responses))
    least = derivable([under[unit_id] for unit_id, _, _ in counted], invited, LEAST_INVITED)
    if least is not None:
        yield f"participation of {least} invited"


def _snapshot(wave: Wave) -> list[SnapshotUnit]:
    return [
        SnapshotUnit(
            unit_id=unit.unit_id,
            parent_id=unit.parent_id,
            name=unit.name,
            position=position,
            group_unit_id=unit.reporting_group,
        )
        for position, unit in enumerate(wave.units)
    ]


def _groups(wave: Wave) -> list[Group]:
    """The key of a group is named by its unit."""
    return [
        Group(key_id=unit_id, unit_id=unit_id, invited=people, public_key=None)
        for unit_id, people in wave.invited.items()
    ]


def _came(responses: list[Response]) -> dict[UUID, int]:
    came: dict[UUID, int] = {}
    for group, _ in responses:
        came[group] = came.get(group, 0) + 1
    return came
