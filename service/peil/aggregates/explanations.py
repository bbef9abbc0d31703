"""What the codes beside a figure mean, in Dutch and English: why there is none, whose it is, how far to trust it."""

from collections.abc import Iterable, Iterator

from peil.aggregates.changes.model import (
    ChangeCell,
    ComparedChange,
    IncomparableChange,
    ProtectedChange,
    WithheldChange,
)
from peil.aggregates.item_model import Explanation
from peil.aggregates.trends.model import TrendCell, TrendFigure, TrendIncomparable, TrendWithheld
from peil.releases.cells_model import BandsCell, Cell, DistributionCell, ProtectedCell, ResponseCell, SensitiveCell

AnyCell = ResponseCell | Cell | BandsCell | DistributionCell | SensitiveCell | ChangeCell | TrendCell
# Beside these stands a sentence of their own.
_Sentenced = WithheldChange | IncomparableChange | TrendWithheld | TrendIncomparable

TEXTS: dict[str, dict[str, str]] = {
    "protected": {
        "nl": "Hier staat geen cijfer, zodat niemand te herkennen is. De antwoorden tellen mee bij de afdeling erboven "
        "die wel cijfers heeft.",
        "en": "There is no figure here, so that nobody can be recognised. The answers count in the unit above that has "
        "figures.",
    },
    "protected-everywhere": {
        "nl": "Hier staat geen cijfer, zodat niemand te herkennen is. Ook geen afdeling erboven heeft dit cijfer; de "
        "antwoorden tellen er nergens voor mee.",
        "en": "There is no figure here, so that nobody can be recognised. No unit above has this figure either; the "
        "answers count nowhere for it.",
    },
    "partial": {
        "nl": "Dit cijfer is van de onderliggende afdelingen die cijfers hebben, samen; niet van de hele afdeling.",
        "en": "This figure is of the units beneath that have figures, together; not of the whole unit.",
    },
    "groups-beneath": {
        "nl": "Dit cijfer is van de groepen die hier samenkomen; wie van deze afdeling elders meetelt is niet te zien, "
        "dus is er geen aantal uitgenodigden.",
        "en": "This figure is of the groups that meet here; who of this unit counts elsewhere cannot be seen, so the "
        "number invited is not told.",
    },
    "not-everybody-asked": {
        "nl": "Niet iedereen van deze afdeling is gevraagd: dit gaat over wie gevraagd is.",
        "en": "Not everybody of this unit was asked: this is about those who were.",
    },
    "not-representative": {
        "nl": "Minder dan de helft antwoordde: dit zegt weinig over wie niet antwoordde. Verandering en trend blijven "
        "weg.",
        "en": "Fewer than half answered: this says little of those who did not. Change and trend are left out.",
    },
    "low-response": {
        "nl": "Minder dan 70 % antwoordde: lees dit met voorzichtigheid.",
        "en": "Fewer than 70 % answered: read this with care.",
    },
}
"""By code, in the order in which they are told."""


def explain(
    cells: Iterable[AnyCell | None], language: str, *, everybody_asked: bool | None = True
) -> list[Explanation]:
    """Every code that stands in these cells, once, in a fixed order.

    `everybody_asked` False: of one of the units they are of, only a part was; None: no unit is told of.
    """
    found = {code for cell in set(map(_codes, cells)) for code in cell}
    if everybody_asked is False:
        found.add("not-everybody-asked")
    return [Explanation(code=code, text=texts[language]) for code, texts in TEXTS.items() if code in found]


def _codes(cell: AnyCell | None) -> tuple[str, ...]:
    return () if cell is None else tuple(_told(cell))


def _told(cell: AnyCell) -> Iterator[str]:
    if isinstance(cell, _Sentenced):
        return
    if isinstance(cell, ProtectedCell | ProtectedChange):
        yield "protected" if cell.reported_at is not None else "protected-everywhere"
        return
    yield from cell.warnings
    if isinstance(cell, ComparedChange | TrendFigure):
        if cell.units is not None:
            yield "partial"
        return
    # What is partial has units in the place of a coverage.
    yield getattr(cell, "coverage", "partial")
