"""What the release of a pulse has to offer a unit: one measure to talk about, on the block that scored lowest."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from uuid import UUID

from peil.actions.model import ActionDraft, ActionMetricNew, Level
from peil.aggregates.model import StoredAggregate
from peil.directory.model import Owner
from peil.errors import Conflict
from peil.releases.cells_model import PublishedCell
from peil.waves.model import Wave

RISE = 10.0
"""Points to reach for: the least that a later wave can call a clear signal."""
TERM = timedelta(days=90)
"""Until the third progress check."""
_TITLES = {"nl": "Afspraak over {block} in {unit}", "en": "Agreement on {block} in {unit}"}
_OF_ALL = {"nl": "Afspraak na de puls in {unit}", "en": "Agreement after the pulse in {unit}"}
_ADVICE = {
    "nl": "Vraag wat hier speelt en spreek samen één maatregel af. Trend = signaal, geen diagnose.",
    "en": "Ask what is behind this and agree on one measure together. Trend = signal, not a diagnosis.",
}
_OWNERS: Mapping[Level, Mapping[str, str]] = {
    "team": {"nl": "leidinggevende", "en": "manager"},
    "organisation": {"nl": "directie", "en": "board"},
}
_LONGEST_TITLE = 200


def check_pulse(wave: Wave) -> None:
    """Other waves end in a plan of action that people make with more than one figure. Raises Conflict `not-a-pulse`."""
    if wave.kind != "pulse":
        raise Conflict("not-a-pulse", kind=wave.kind)


def offer(wave: Wave, unit: StoredAggregate, title_of: Callable[[str], str], today: date, language: str) -> ActionDraft:
    """A measure for a unit that has figures of its own; without a metric where no block may tell a start value.

    `title_of` a block by its key, in `language`.
    """
    level: Level = "organisation" if unit.parent_id is None else "team"
    lowest = _lowest(unit)
    title = _OF_ALL if lowest is None else _TITLES
    block = "" if lowest is None else title_of(lowest[0])
    return ActionDraft(
        title=title[language].format(block=block, unit=unit.name)[:_LONGEST_TITLE].rstrip(),
        description=_ADVICE[language],
        level=level,
        measure=None,
        unit_id=unit.unit_id,
        owner=Owner(person_id=None, role=_OWNERS[level][language]),
        starts_on=None,
        deadline=today + TERM,
        campaign_id=wave.campaign_id,
        risk_id=None,
        metric=None if lowest is None else _metric(wave.wave_id, *lowest),
        state="planned",
    )


def _lowest(unit: StoredAggregate) -> tuple[str, float] | None:
    """The block of the lowest mean that an action may start from, and the mean; of equal ones the first by key."""
    if not unit.whole:
        return None
    means = [
        (cell.mean, key)
        for key, cell in unit.content.blocks.items()
        if isinstance(cell, PublishedCell) and "not-representative" not in cell.warnings
    ]
    return (min(means)[1], min(means)[0]) if means else None


def _metric(wave_id: UUID, block: str, mean: float) -> ActionMetricNew:
    return ActionMetricNew(wave_id=wave_id, block=block, target=min(100.0, mean + RISE))
