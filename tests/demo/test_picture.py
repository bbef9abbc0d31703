"""The picture shows what the service said, in a width, plainly where it is no terminal."""

from io import StringIO
from uuid import UUID

import pytest
from msgspec.structs import replace
from peil.demo.picture import BLOCK, draw_bar, picture
from rich.console import Console

from peil.aggregates.model import NOTICE, Aggregate, BlockAggregate
from peil.demo.story import Told
from peil.releases.model import (
    Cell,
    Interval,
    PartialCell,
    PartialResponse,
    ProtectedCell,
    PublishedCell,
    PublishedResponse,
    ResponseCell,
    ResponseWarning,
)

ROOT, NORTH, SOUTH, HARBOUR, QUAY, WHARF = (UUID(int=number) for number in range(1, 7))


def published(mean: float, n: int, invited: int) -> tuple[ResponseCell, Cell]:
    """A unit with figures, its interval five points to either side."""
    rate = round(100 * n / invited, 2)
    warnings: tuple[ResponseWarning, ...] = ("low-response",) if rate < 70 else ()
    around = Interval(low=mean - 5, high=mean + 5)
    return (
        PublishedResponse(respondents=n, invited=invited, rate=rate, coverage="all", warnings=warnings),
        PublishedCell(
            n=n,
            invited=invited,
            coverage="all",
            mean=mean,
            items={},
            now=around,
            climate=around,
            warnings=warnings,
        ),
    )


def protected(at: UUID | None) -> tuple[ResponseCell, Cell]:
    return ProtectedCell(reported_at=at), ProtectedCell(reported_at=at)


def partial(mean: float, n: int, units: list[UUID], at: UUID) -> tuple[ResponseCell, Cell]:
    return (
        PartialResponse(units=units, respondents=n, invited=None, rate=None, warnings=(), reported_at=at),
        PartialCell(
            units=units,
            n=n,
            invited=None,
            mean=mean,
            items={},
            now=None,
            climate=None,
            warnings=(),
            reported_at=at,
        ),
    )


def aggregate(unit_id: UUID, name: str, parent: UUID | None, cells: tuple[ResponseCell, Cell]) -> Aggregate:
    response, cell = cells
    return Aggregate(
        wave_id=UUID(int=99),
        unit_id=unit_id,
        parent_id=parent,
        name=name,
        response=response,
        blocks=[BlockAggregate(key=BLOCK, title="Openness", cell=cell)],
        notice=NOTICE["en"],
    )


def wave(north: tuple[ResponseCell, Cell], south: tuple[ResponseCell, Cell]) -> list[Aggregate]:
    return [
        aggregate(ROOT, "Works", None, published(50, 139, 200)),
        aggregate(NORTH, "North", ROOT, north),
        aggregate(HARBOUR, "Harbour, North", NORTH, published(40, 8, 10)),
        aggregate(QUAY, "Quay, North", NORTH, protected(ROOT)),
        aggregate(WHARF, "Wharf, North", NORTH, protected(ROOT)),
        aggregate(SOUTH, "South", ROOT, south),
    ]


@pytest.fixture
def waves() -> list[Told]:
    """North is partial in the first wave, South is protected in the second."""
    first = wave(partial(40, 8, [HARBOUR], ROOT), published(61.24, 31, 40))
    second = wave(published(45, 20, 25), protected(ROOT))
    return [
        Told(year=2014, title="Baseline 2014", wave_id="a", aggregates=first, synthetic=61),
        Told(year=2016, title="Post-measurement 2016", wave_id="b", aggregates=second, synthetic=62),
    ]


def shown(waves: list[Told], width: int, *, terminal: bool = False) -> str:
    file = StringIO()
    console = Console(file=file, width=width, soft_wrap=True, force_terminal=terminal, highlight=False)
    console.print(*picture(waves, width), sep="\n")
    return file.getvalue()


def line_of(text: str, name: str) -> str:
    return next(line for line in text.splitlines() if line.strip().startswith(name))


@pytest.mark.parametrize("width", range(80, 121, 4))
def test_no_line_is_wider_than_asked(waves: list[Told], width: int) -> None:
    """Everything fits 80 characters, and any more up to 120."""
    longest = max(map(len, shown(waves, width).splitlines()))

    assert width - 5 <= longest <= width


def test_shortens_a_name_that_does_not_fit(waves: list[Told]) -> None:
    """A long name ends in an ellipsis, and the figures stay in their columns."""
    plain = shown(waves, 80)
    named = [replace(unit, name="Royal Works of the Harbour") for unit in waves[0].aggregates[:1]]
    renamed = replace(waves[0], aggregates=named + waves[0].aggregates[1:])
    last = replace(waves[1], aggregates=named + waves[1].aggregates[1:])
    line = line_of(shown([renamed, last], 80), "Royal Works")

    assert "Royal Works of …" == line[:16]
    assert line_of(plain, "Works")[16:] == line[16:]


def test_is_plain_in_a_pipe(waves: list[Told]) -> None:
    """What is no terminal gets no control character but the end of a line."""
    assert shown(waves, 80).replace("\n", "").isprintable()


def test_has_colour_on_a_terminal(waves: list[Told]) -> None:
    """A terminal gets colour: the test above can fail."""
    assert "\x1b[" in shown(waves, 80, terminal=True)


def test_shows_both_waves_of_a_unit_on_one_line(waves: list[Told]) -> None:
    """Score, respondents of invited and rate, first wave first; a rate below 70 has its mark."""
    words = line_of(shown(waves, 80), "Works").split()

    assert ["Works", "50.0", "139/200", "69%!", "50.0", "139/200", "69%!"] == [w for w in words if "●" not in w]


def test_spells_the_interval_out_where_there_is_room(waves: list[Told]) -> None:
    """120 characters are enough to say the interval in numbers too."""
    assert "45–55" in line_of(shown(waves, 120), "Works")


def test_says_where_a_protected_unit_is_counted(waves: list[Told]) -> None:
    """A unit with figures in one wave only has its line, with the unit that counts its people in the other."""
    words = line_of(shown(waves, 80), "South").split()

    assert ["South", "61.2", "31/40", "77%"] == [w for w in words[:5] if "●" not in w]
    assert ["protected,", "in", "Works"] == words[5:]


def test_says_of_what_a_partial_figure_is_the_sum(waves: list[Told]) -> None:
    """Under a partial unit stands which units its figure covers and where everybody is counted."""
    lines = shown(waves, 80).splitlines()
    north = next(place for place, line in enumerate(lines) if line.startswith(" North"))

    assert "40.0" in lines[north]
    assert "2014 partial: only Harbour, North together; everybody is counted in Works" == lines[north + 1].strip()


def test_counts_units_that_no_wave_says_anything_about(waves: list[Told]) -> None:
    """Protected in both waves: on one line under the others, by their short names."""
    text = shown(waves, 80)

    assert "  2 more protected, in Works: Quay; Wharf" in text.splitlines()


def test_shows_the_tree(waves: list[Told]) -> None:
    """A unit stands under the one above it, one step further in."""
    names = [line for line in shown(waves, 80).splitlines() if line.lstrip().startswith(("Works", "North", "Harbour"))]

    assert ["Works", " North", "  Harbour"] == [line[: line.index("  ", 2)].rstrip() for line in names]


def test_says_that_a_trend_is_a_signal(waves: list[Told]) -> None:
    """The service's own sentence stands above the figures."""
    assert "Trend = signal, not a diagnosis." == shown(waves, 80).splitlines()[1]


def test_says_what_is_made_up_and_whose_the_data_are(waves: list[Told]) -> None:
    """Source, licence and the number of synthetic people are below the figures."""
    text = " ".join(shown(waves, 80).split())

    assert "synthetic: 61 in 2014, 62 in 2016" in text
    assert "Open Sourcing Mental Illness (https://osmihelp.org), CC BY-SA 4.0" in text


@pytest.mark.parametrize(
    ("mean", "interval", "bar"),
    [
        (50, (40, 60), "····─●╴···"),
        (50, (47, 53), "····╶●····"),
        (0, None, "●·········"),
        (100, (96, 100), "·········●"),
        (35, (10, 68), "·──●───···"),
    ],
)
def test_draws_the_interval_around_the_score(mean: float, interval: tuple[float, float] | None, bar: str) -> None:
    """One character is a tenth of the scale; half a line where the interval ends within a character."""
    drawn = draw_bar(mean, Interval(low=interval[0], high=interval[1]) if interval else None, 10)

    assert bar == drawn.plain
