"""What each kind of chart shows, by its meaning: figures, words for them, and protected units as such."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from charts.figures import ABOUT, ABOVE, LONG, PROTECTED, answered, figure, paper, partial
from peil.aggregates.changes.model import (
    ChangeCell,
    ChangeInterval,
    ChangeLabel,
    ComparedChange,
    IncomparableChange,
    Measured,
    ProtectedChange,
    WithheldChange,
)
from peil.aggregates.charts.answers import draw_answers
from peil.aggregates.charts.bands import draw_bands, shares
from peil.aggregates.charts.change import draw_changes
from peil.aggregates.charts.frame import NOTE, size_of
from peil.aggregates.charts.heat import draw_heat
from peil.aggregates.charts.lettering import width_of
from peil.aggregates.charts.model import Chart, Counted, ItemAnswers, Paper
from peil.aggregates.charts.participation import draw_participation
from peil.aggregates.charts.score import draw_scores
from peil.aggregates.charts.trend import draw_trend
from peil.aggregates.trends.model import BlockTrend, TrendCell, TrendFigure, TrendPoint, TrendWithheld
from peil.releases.cells_model import Cell, Interval

AGAINST = ABOUT._replace(wave="Vorige", on=date(2025, 3, 3))


def compared(before: float, after: float, label: ChangeLabel | None) -> ComparedChange:
    sides = [Measured(n=30, invited=40, mean=mean, warnings=()) for mean in (before, after)]
    return ComparedChange(
        before=sides[0],
        after=sides[1],
        difference=round(after - before, 2),
        interval=None,
        standardised=None,
        p=None,
        q=None,
        label=label,
        minimal_detectable_change=14,
        bound=False,
        warnings=(),
        units=None,
    )


def counted(*counts: int) -> Counted:
    return Counted(sum(counts), None, tuple((count, count) for count in counts), False, ())


def scores(on: Paper) -> Chart:
    cells: list[Cell] = [figure(62.5, 56.3, 68.7), PROTECTED, partial(71.2), figure(48.12, None, None, "low-response")]
    return draw_scores(on, ABOUT, list(zip(("Werkdruk", "Herstel", "Steun", LONG), cells, strict=True)))


def changes(on: Paper) -> Chart:
    cells: list[ChangeCell] = [
        compared(50, 62.5, "clear-signal"),
        compared(61, 52.3, "possible-signal"),
        compared(61, 62, "no-clear-difference"),
        compared(61, 61.5, None),
        ProtectedChange(reported_at=ABOVE),
        WithheldChange(reason="not-representative"),
        IncomparableChange(reason="not-asked-then"),
    ]
    return draw_changes(on, ABOUT, AGAINST, [(f"Blok {place}", cell) for place, cell in enumerate(cells)])


def trend(on: Paper) -> Chart:
    cells: list[TrendCell] = [
        told(62, 55, 69),
        told(60),
        PROTECTED,
        TrendWithheld(reason="not-representative"),
        told(52, 43, 61),
    ]
    return draw_trend(on, ABOUT, block_trend(*cells))


def told(mean: float, low: float | None = None, high: float | None = None) -> TrendFigure:
    climate = None if low is None or high is None else Interval(low=low, high=high)
    return TrendFigure(n=10, invited=12, mean=mean, climate=climate, warnings=(), units=None)


def block_trend(*cells: TrendCell) -> BlockTrend:
    """A wave a month."""
    points = [
        TrendPoint(
            wave_id=UUID(int=place),
            kind="pulse",
            on=date(2024 + place // 12, 1 + place % 12, 5),
            text="Zo is het.",
            cell=cell,
        )
        for place, cell in enumerate(cells)
    ]
    return BlockTrend(key="load", title="Werkdruk", text="Geen duidelijke trend.", points=points, tendency=None)


def bands(on: Paper) -> Chart:
    items = [ItemAnswers("Tijd", (), counted(8, 10, 22)), ItemAnswers("Rust", (), PROTECTED)]
    return draw_bands(on, ABOUT, items)


def answers(on: Paper) -> Chart:
    cell = Counted(40, 50, ((31, 31), (5, 5), (0, 2), (2, 4)), False, ())
    return draw_answers(on, ABOUT, ItemAnswers("Ongewenst gedrag?", ("Nee", "Eens", "Vaak", "Zeg ik niet"), cell))


def heat(on: Paper) -> Chart:
    blocks = {"a": "Werkdruk", "b": "Duidelijkheid over verantwoordelijkheden"}
    units: list[tuple[str, dict[str, Cell]]] = [
        ("Zorg", {"a": figure(62.5), "b": partial(44)}),
        (LONG, {"a": figure(20, None, None, "low-response"), "b": PROTECTED}),
        ("Balie", {"a": PROTECTED, "b": PROTECTED}),
    ]
    return draw_heat(on, ABOUT, blocks, units, 3)


def participation(on: Paper) -> Chart:
    units = [("Zorg", answered(60, 80)), (LONG, answered(10, 30, "not-representative")), ("Balie", PROTECTED)]
    return draw_participation(on, ABOUT, [*units, ("Dienst", answered(14, None))], 0)


KINDS: tuple[Callable[[Paper], Chart], ...] = (scores, changes, trend, bands, answers, heat, participation)


def values(spec: Any) -> list[dict[str, Any]]:
    """All data of a spec, row by row."""
    return [row for rows in (spec["data"]["values"], *spec["datasets"].values()) for row in rows]


def written(spec: Any) -> set[str]:
    """All words of a spec, also those in its marks and its title."""
    words = {value for row in values(spec) for value in row.values() if isinstance(value, str)}
    for layer in spec["layer"]:
        words.update(layer["mark"].get("text", ()))
    return words | set(spec["title"]["text"]) | set(spec["title"]["subtitle"])


@pytest.mark.parametrize("draw", KINDS)
@pytest.mark.parametrize("width", [320, 640, 1600])
def test_a_chart_is_as_wide_as_was_asked(draw: Callable[[Paper], Chart], width: int) -> None:
    """And has a plot that is wider than nothing."""
    spec = draw(paper(width=width)).spec

    assert width == size_of(spec)[0]
    assert spec["width"] >= 60


def test_a_narrow_distribution_tells_its_questions_and_its_bands_apart() -> None:
    """Questions that differ in their last word keep it, and the legend ends before the picture does."""
    asked = [f"Would you discuss a mental health issue with your {who}?" for who in ("coworkers", "supervisors")]
    spec: Any = draw_bands(
        paper(width=320, language="en"), ABOUT, [ItemAnswers(one, (), counted(8, 10, 22)) for one in asked]
    ).spec
    marks = [layer for layer in spec["layer"] if layer.get("encoding", {}).get("text", {}).get("field") == "label"]
    last = max(layer["encoding"]["x"]["value"] for layer in marks)

    assert {"coworkers?", "supervisors?"} <= written(spec)
    assert len(marks) == 3
    assert last + width_of("favourable", NOTE) <= spec["width"] + spec["padding"]["right"]


@pytest.mark.parametrize("draw", KINDS)
def test_all_is_said_in_words(draw: Callable[[Paper], Chart]) -> None:
    """The description begins with the title, ends with the notice, and is the one in the spec."""
    chart = draw(paper())

    assert chart.description.startswith(f"{chart.title.rstrip('?')}")
    assert chart.description.endswith("Trend = signaal, geen diagnose.")
    assert chart.description == chart.spec["description"]


@pytest.mark.parametrize("draw", KINDS)
def test_numbers_are_of_the_language(draw: Callable[[Paper], Chart]) -> None:
    """With a comma in Dutch, with a point in English."""
    dutch, english = (" ".join(written(draw(paper(language=language)).spec)) for language in ("nl", "en"))

    with_comma, with_point = sorted(re.findall(r"\d+,\d", dutch)), sorted(re.findall(r"\d+\.\d", english))
    assert [one.replace(",", ".") for one in with_comma] == with_point
    assert ([], []) == (re.findall(r"\d+\.\d", dutch), re.findall(r"\d+,\d", english))


@pytest.mark.parametrize("draw", [scores, changes, trend, bands, participation])
def test_protected_is_drawn_and_said_as_such(draw: Callable[[Paper], Chart]) -> None:
    """Stripes and words in place of a figure, where to look instead, and a note on what they mean."""
    chart = draw(paper())

    (row,) = [row for row in chart.spec["data"]["values"] if row.get("hatched")]
    striped = [layer for layer in chart.spec["layer"] if isinstance(layer["mark"].get("fill"), dict)]
    numbers = {
        name for name, value in row.items() if isinstance(value, float | int) and name not in ("row", "place", "run")
    }
    assert "Beschermd: zie Zorg Gelderland" == row["hatched"]
    assert row["hatched"] in chart.description
    assert set() == numbers
    assert [{"filter": "isValid(datum.hatched)"}] == striped[0]["transform"]
    assert any(line.startswith("Gestreept: beschermd.") for line in written(chart.spec))


def test_protected_fields_are_striped_and_have_no_shade() -> None:
    """In a heat table; a unit that is protected throughout is said once."""
    chart = heat(paper())

    fields = [row for row in values(chart.spec) if "striped" in row]
    assert 3 == len([one for one in fields if one["striped"]])
    assert all(one["fill"] is one["figure"] is None for one in fields if one["striped"])
    assert "Balie: Beschermd: zie Zorg Gelderland." in chart.description


@pytest.mark.parametrize(
    "draw",
    [
        lambda unit: draw_scores(paper(), ABOUT._replace(unit=unit), [("Werkdruk", PROTECTED)]),
        lambda unit: draw_bands(paper(), ABOUT._replace(unit=unit), [ItemAnswers("Tijd", (), PROTECTED)]),
        lambda unit: draw_participation(paper(), ABOUT._replace(unit=unit), [(unit, PROTECTED)], 0),
    ],
    ids=["scores", "bands", "participation"],
)
def test_two_protected_siblings_differ_in_name_only(draw: Callable[[str], Chart]) -> None:
    """A chart tells nothing of why something is protected."""
    one, other = repr(draw("Team A")), repr(draw("Team B"))

    assert one.replace("Team A", "Team B") == other


def test_a_score_has_the_line_of_this_team_now() -> None:
    """Not the wider one of the climate, where there are both."""
    cell = replace(figure(62.5, 56.3, 68.7), climate=Interval(low=50.1, high=74.9))

    [row] = draw_scores(paper(), ABOUT, [("Werkdruk", cell)]).spec["data"]["values"]

    assert (56.3, 68.7) == (row["low"], row["high"])


def test_scores_have_their_interval_and_their_number() -> None:
    """A dot at the mean, a line to the ends, the number in words with its respondents and its warning."""
    rows = scores(paper()).spec["data"]["values"]

    assert [62.5, None, 71.2, 48.12] == [row["score"] for row in rows]
    assert [(56.3, 68.7), (None, None)] == [(row["low"], row["high"]) for row in (rows[0], rows[2])]
    assert ["62,5", "48,1"] == [rows[place]["figure"] for place in (0, 3)]
    assert ["10 van 12", "31 antwoorden · ◊ deel", "10 van 12 · ! lage respons"] == [
        rows[place]["remark"] for place in (0, 2, 3)
    ]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (
            Counted(1146, 1615, ((1000, 1000), (146, 146)), False, ()),
            ("1.146 van de 1.615 uitgenodigden antwoordden.", "1,146 of the 1,615 invited answered."),
        ),
        (
            Counted(31, 60, ((31, 31), (0, 0)), True, ("low-response",)),
            (
                "31 van de 60 uitgenodigden antwoordden (◊ deel · ! lage respons).",
                "31 of the 60 invited answered (◊ part · ! low response).",
            ),
        ),
        (
            Counted(1146, None, ((146, 146), (1000, 1000)), False, ()),
            ("1.146 mensen antwoordden.", "1,146 people answered."),
        ),
    ],
)
def test_beneath_the_answers_a_sentence_says_how_many_gave_them(cell: Counted, said: tuple[str, str]) -> None:
    """With a verb, in the picture and in its description; numbers beside the bars have their thousands apart."""
    for language, sentence in zip(("nl", "en"), said, strict=True):
        chart = draw_answers(paper(language=language), ABOUT, ItemAnswers("Ongewenst gedrag?", ("Nee", "Ja"), cell))

        assert sentence in chart.description
        assert sentence in chart.spec["layer"][-1]["mark"]["text"]
    assert cell.n < 1000 or "1,000 of 1,146" in {row["remark"] for row in chart.spec["data"]["values"]}


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        ([figure(62.5, 56.3, 68.7)], "95 %-interval van deze afdeling nu."),
        ([figure(62.5, 56.3, 68.7), replace(figure(50, 44, 56), now=None)], "deze afdeling nu. Zonder lijn: "),
        ([replace(figure(50, 44, 56), now=None), PROTECTED], "Lijn: 95 %-interval van het klimaat"),
        ([figure(62.5)], "Geen interval: "),
    ],
)
def test_the_line_is_called_what_it_is(cells: list[Cell], line: str) -> None:
    """In the picture and in its words; what has no line in a picture of others says that it has none."""
    drawn = draw_scores(paper(), ABOUT, [(f"Blok {place}", cell) for place, cell in enumerate(cells)])

    assert line in " ".join(drawn.spec["layer"][-1]["mark"]["text"])
    assert line in drawn.description


def test_two_kinds_of_intervals_never_stand_in_one_picture() -> None:
    """What everybody answered is certain now: beside others it has no line, and alone that of the climate."""
    asked, whole = figure(62.5, 56.3, 68.7), replace(figure(50, 44, 56), now=None)
    rows = [
        draw_scores(paper(), ABOUT, cells).spec["data"]["values"]
        for cells in ([("a", whole)], [("a", whole), ("b", asked)])
    ]

    assert [[44], [None, 56.3]] == [[row["low"] for row in drawn] for drawn in rows]


def test_a_trend_says_which_interval_it_draws() -> None:
    """The climate's, in the picture and in its words; without lines it says nothing of them."""
    for cells, is_said in (([told(62, 55, 69), told(60)], True), ([told(62), told(60)], False)):
        drawn = draw_trend(paper(), ABOUT, block_trend(*cells))

        assert is_said == ("95 %-interval van het klimaat" in " ".join(drawn.spec["layer"][-1]["mark"]["text"]))
        assert is_said == ("95 %-interval van het klimaat" in drawn.description)


def test_a_change_says_how_uncertain_it_is() -> None:
    """Beside its figure and in words: both ends with their sign; nothing where no spread may be told."""
    sure = replace(compared(61, 44, "clear-signal"), interval=ChangeInterval(low=-29.8, high=4.25))
    drawn = draw_changes(paper(), ABOUT, AGAINST, [("Werkdruk", sure), ("Steun", compared(50, 51, None))])

    assert ["−29,8 tot +4,2", None] == [row["range"] for row in drawn.spec["data"]["values"]]
    assert "Werkdruk: −17,0, 95 %-interval −29,8 tot +4,2 (61,0 → 44,0), duidelijk signaal." in drawn.description
    assert "Steun: +1,0 (50,0 → 51,0), zekerheid onbekend." in drawn.description


@pytest.mark.parametrize("draw", [scores, changes, bands, participation])
def test_stripes_stand_where_the_figure_would_be(draw: Callable[[Paper], Chart]) -> None:
    """Beside the scale: on it they would be read as a low score."""
    spec = draw(paper()).spec
    needs = [{"filter": "isValid(datum.hatched)"}]
    [stripes] = [layer for layer in spec["layer"] if layer.get("transform") == needs]

    assert stripes["encoding"]["x"]["value"] - stripes["mark"]["width"] / 2 >= spec["width"]


def test_a_change_has_a_sign_and_a_label() -> None:
    """So that neither colour nor length alone says how sure it is; without a spread there is no sign."""
    rows = changes(paper()).spec["data"]["values"]

    assert ["triangle-up", "triangle-down", "stroke", None] == [row["sign"] for row in rows[:4]]
    assert [True, None, None, None] == [row["sure"] for row in rows[:4]]
    assert ["+12,5", "−8,7", "+1,0", "+0,5"] == [row["figure"] for row in rows[:4]]
    assert "duidelijk signaal" == rows[0]["verdict"]
    assert [None, "Niet te zeggen: in een van de twee metingen antwoordde minder dan de helft."] == [
        rows[place]["aside"] for place in (4, 5)
    ]


@pytest.mark.parametrize(
    ("points", "language", "said"),
    [
        ([14, 14.04], "nl", "Een verandering vanaf 14,0 punten is hier te zien (80 % kans)."),
        (
            [9.04, 14],
            "en",
            "A change would be seen here, depending on the subject, from 9.0 to 14.0 points on (80 % power).",
        ),
    ],
)
def test_a_change_says_which_change_could_be_seen(points: list[float], language: str, said: str) -> None:
    """Beneath the picture, and in the words for who does not see it."""
    cells = [replace(compared(50, 55, "no-clear-difference"), minimal_detectable_change=one) for one in points]

    chart = draw_changes(paper(language=language), ABOUT, AGAINST, [("Werkdruk", one) for one in cells])

    assert said in " ".join(chart.spec["layer"][-1]["mark"]["text"])
    assert said in chart.description


def test_where_nothing_is_compared_no_change_could_be_seen() -> None:
    """And nothing is said of it."""
    chart = draw_changes(paper(language="en"), ABOUT, AGAINST, [("Load", ProtectedChange(reported_at=ABOVE))])

    assert "80 %" not in chart.description


def test_a_trend_has_gaps() -> None:
    """A line ends at a wave without a figure, and begins anew after it."""
    rows = trend(paper()).spec["data"]["values"]

    runs = [row["run"] for row in rows if row["score"] is not None]
    assert runs[0] == runs[1] != runs[2]
    assert [None, None, "Beschermd", "niet representatief", None] == [row["gap"] for row in rows]


def test_many_waves_do_not_write_over_each_other() -> None:
    """Of every so many the number is written, the last one always; all are in the words."""
    chart = draw_trend(paper(width=400), ABOUT, block_trend(*(told(50 + place) for place in range(36))))

    numbers = [row["written"] for row in chart.spec["data"]["values"]]
    assert "85,0" == numbers[-1]
    assert len([one for one in numbers if one]) <= 12
    assert all(f"{50 + place},0" in chart.description for place in range(36))


@pytest.mark.parametrize(
    ("counts", "whole"), [((8, 10, 22), [20, 25, 55]), ((1, 1, 1), [34, 33, 33]), ((0, 0, 7), [0, 0, 100])]
)
def test_per_cents_add_up(counts: tuple[int, ...], whole: list[int]) -> None:
    """To a hundred, the largest remainders first."""
    assert whole == shares(ItemAnswers("Tijd", (), counted(*counts)))


def test_sensitive_counts_stay_ranges() -> None:
    """What is told as a range is drawn as one: a filled least, an open most."""
    rows = answers(paper()).spec["data"]["values"]

    assert [None, None, 5.0, 10.0] == [row["most"] for row in rows]
    assert ["31 van 40", "0–2 van 40"] == [rows[0]["remark"], rows[2]["remark"]]
    assert "5,0–10,0 %" == rows[3]["figure"]


def test_participation_stands_beside_its_marks() -> None:
    """50 and 70 per cent, in words as well; who has no rate has no bar."""
    chart = participation(paper())

    marks = [row["at"] for row in values(chart.spec) if "at" in row]
    assert [75, 100 / 3, None, None] == [row["rate"] for row in chart.spec["data"]["values"]]
    assert {50, 70} == set(marks)
    assert "10 van 30 · ! niet representatief" in chart.description


def test_a_heat_table_is_wide_enough_for_its_numbers() -> None:
    """However many blocks there are, and however narrow a picture is asked."""
    blocks = {f"b{place}": f"Blok {place}" for place in range(20)}
    chart = draw_heat(paper(width=320), ABOUT, blocks, [("Zorg", dict.fromkeys(blocks, figure(100)))], 0)

    assert chart.spec["width"] / 20 >= 48


@pytest.mark.parametrize("units", [1, 40])
def test_one_unit_or_forty(units: int) -> None:
    """A picture grows by its rows; what is not in it is counted."""
    low = draw_participation(paper(), ABOUT, [("Zorg", answered(60, 80))] * units, 12)

    assert units * 46 == low.spec["height"]
    assert "En nog 12 onderdelen." in written(low.spec)
