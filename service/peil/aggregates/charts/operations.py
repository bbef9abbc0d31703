"""Which chart somebody asks for: its figures are read as they may be read, and nothing is drawn yet."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from uuid import UUID

from peil.aggregates import queries
from peil.aggregates.changes.model import ChangeQuery
from peil.aggregates.changes.operations import find_change
from peil.aggregates.charts.answers import draw_answers
from peil.aggregates.charts.bands import draw_bands
from peil.aggregates.charts.change import draw_changes
from peil.aggregates.charts.heat import draw_heat
from peil.aggregates.charts.model import Chart, ChartQuery, Paper, Subject
from peil.aggregates.charts.participation import draw_participation
from peil.aggregates.charts.rendering import etag_of_chart, render
from peil.aggregates.charts.rules import validate_known, validate_query, validate_size
from peil.aggregates.charts.score import draw_scores
from peil.aggregates.charts.spread import answers_of, bands_of, bands_of_items
from peil.aggregates.charts.theme import theme
from peil.aggregates.charts.trend import draw_trend
from peil.aggregates.model import Aggregate
from peil.aggregates.operations import find_released, read_units, require_unit
from peil.aggregates.shelf import WaveShelf
from peil.aggregates.trends.model import TrendQuery
from peil.aggregates.trends.operations import find_trend
from peil.employers.colours import find_accent
from peil.errors import NotFound
from peil.operation import Call, Transaction, employer_of, operation
from peil.rest import PNG, Later
from peil.waves.operations import find_wave
from peil.zones import day_in

MOST_UNITS = 40
"""How many units stand in one picture; the reads have them all."""


class Asked:
    """A chart of one unit at one wave that somebody may see, and how it is to look."""

    def __init__(self, tx: Transaction, wave_id: UUID, wave: WaveShelf, unit_id: UUID, query: ChartQuery) -> None:
        self.tx = tx
        self.wave_id = wave_id
        self.wave = wave
        self.unit_id = unit_id
        self.query = query

    async def paper(self) -> Paper:
        accent = await find_accent(self.tx)
        return Paper(theme(self.query.theme, accent), self.query.width, self.tx.call.language)

    async def subject(self, wave_id: UUID) -> Subject:
        """The unit at this wave, or at an earlier one; it is called what it is called now."""
        found = await find_wave(self.tx, wave_id)
        if found is None:
            raise NotFound
        up = await read_units(self.tx, self.wave_id, self.wave.path_up(self.unit_id))
        names = {one.unit_id: one.name for one in up}
        return Subject(names[self.unit_id], found.name, day_in(found.closes_at, found.zone), names)

    async def units(self) -> tuple[list[Aggregate], int]:
        """The unit and those right under it that the caller may see, and how many more there are."""
        tx = self.tx
        seen = [one for one in self.wave.children(self.unit_id) if self.wave.sees(tx.actor, tx.reach, one)]
        shown = seen[:MOST_UNITS]
        return await read_units(tx, self.wave_id, [self.unit_id, *shown]), len(seen) - len(shown)


@operation("aggregates:read")
async def get_chart(tx: Transaction, wave_id: UUID, unit_id: UUID, kind: str, query: ChartQuery) -> Chart:
    """A picture of what the release of a wave says about one unit; what is protected is drawn as such.

    As SVG, as PNG or as the Vega-Lite specification of it, by `Accept`. Each has a title, and says in words what it
    shows. A chart with the units right under the unit has those that the caller may see, the first 40 of them.
    """
    validate_query(kind, query)
    wave = await find_released(tx, wave_id)
    await require_unit(tx, wave, unit_id)
    chart = await _CHARTS[kind](Asked(tx, wave_id, wave, unit_id, query))
    if tx.call.media_type == PNG:
        validate_size(chart, query.scale)
    return chart


def drawn_later(call: Call, chart: Chart, scale: int) -> Later:
    """The picture of a chart in the media type that the call prefers; it is drawn when it is wanted."""
    etag = etag_of_chart(chart, call.media_type, scale)
    draw = partial(render, chart, call.media_type, scale)
    return Later(etag, partial(call.parts.drawings.get, employer_of(call.actor), etag, draw))


async def _score(asked: Asked) -> Chart:
    [unit] = await read_units(asked.tx, asked.wave_id, [asked.unit_id])
    validate_known("block", asked.query.block, {block.key for block in unit.blocks})
    wanted = [block for block in unit.blocks if asked.query.block in (None, block.key)]
    blocks = [(block.title, block.cell) for block in wanted]
    return draw_scores(await asked.paper(), await asked.subject(asked.wave_id), blocks)


async def _change(asked: Asked) -> Chart:
    wanted = ChangeQuery(against=asked.query.against, to=asked.query.to)
    change = await find_change(asked.tx, asked.wave_id, asked.unit_id, wanted)
    validate_known("block", asked.query.block, {block.key for block in change.blocks})
    blocks = [(block.title, block.cell) for block in change.blocks if asked.query.block in (None, block.key)]
    now, before = await asked.subject(asked.wave_id), await asked.subject(change.against)
    return draw_changes(await asked.paper(), now, before, blocks)


async def _distribution(asked: Asked) -> Chart:
    tx, query, language = asked.tx, asked.query, asked.tx.call.language
    wording = asked.wave.wording
    [unit] = await queries.select_aggregates(tx, tx.employer_id, asked.wave_id, [asked.unit_id])
    content = unit.content
    validate_known("block", query.block, wording.blocks)
    validate_known("item", query.item, {*content.bands, *content.distributions, *content.sensitive})
    paper, about = await asked.paper(), await asked.subject(asked.wave_id)
    if query.item is None:
        items = list(bands_of_items(content, wording, query.block, language))
        return draw_bands(paper, about, items)
    answers = answers_of(content, wording, query.item, language)
    if answers is not None:
        return draw_answers(paper, about, answers)
    return draw_bands(paper, about, [bands_of(content, wording, query.item, language)])


async def _heat(asked: Asked) -> Chart:
    units, more = await asked.units()
    titles = {block.key: block.title for block in units[0].blocks}
    cells = [(unit.name, {block.key: block.cell for block in unit.blocks}) for unit in units]
    return draw_heat(await asked.paper(), await asked.subject(asked.wave_id), titles, cells, more)


async def _participation(asked: Asked) -> Chart:
    units, more = await asked.units()
    cells = [(unit.name, unit.response) for unit in units]
    return draw_participation(await asked.paper(), await asked.subject(asked.wave_id), cells, more)


async def _trend(asked: Asked) -> Chart:
    wanted = TrendQuery(over=asked.query.over or "all", block=asked.query.block)
    [block] = await find_trend(asked.tx, asked.wave_id, asked.unit_id, wanted)
    return draw_trend(await asked.paper(), await asked.subject(asked.wave_id), block)


_CHARTS: Mapping[str, Callable[[Asked], Awaitable[Chart]]] = {
    "score": _score,
    "change": _change,
    "trend": _trend,
    "distribution": _distribution,
    "heat": _heat,
    "participation": _participation,
}
