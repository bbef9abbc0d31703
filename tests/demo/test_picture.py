"""The picture shows what the service said, part by part, in a width, plainly where it is no terminal."""

from io import StringIO

import pytest
from msgspec.structs import replace
from rich.console import Console

from demo import edition as told
from peil.demo.drawing.picture import picture
from peil.demo.told import Ended

HEADINGS = (
    "Week 2026 at Works",
    "Readiness: 2 findings at the start, 2 left",
    "What changed and what did not",
    "Goal and success criteria",
    "Plan of action",
    "What is due next (today is 18 February 2027)",
    "The same for one team: what the manager of Harbour, North sees",
)


@pytest.fixture
def ended() -> Ended:
    return told.ended()


def shown(ended: Ended, width: int = 80, *, terminal: bool = False) -> str:
    file = StringIO()
    console = Console(file=file, width=width, soft_wrap=True, force_terminal=terminal, highlight=False)
    console.print(*picture(ended, width), sep="\n")
    return file.getvalue()


def part(text: str, heading: str) -> list[str]:
    """The lines under a heading, up to the next one."""
    lines = text.splitlines()
    place = lines.index(heading)
    following = [lines.index(other) for other in HEADINGS if lines.index(other) > place]
    return lines[place + 1 : min(following, default=len(lines))]


def line_of(lines: list[str], name: str) -> str:
    return next(line for line in lines if line.strip().startswith(name))


def flowing(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())


@pytest.mark.parametrize("width", range(80, 121))
def test_no_line_is_wider_than_asked(ended: Ended, width: int) -> None:
    """Everything fits 80 characters, and any more up to 120, and uses the room."""
    longest = max(map(len, shown(ended, width).splitlines()))

    assert width - 5 <= longest <= width


def test_has_its_parts_in_their_order(ended: Ended) -> None:
    """From what was missing to what one team sees."""
    lines = shown(ended).splitlines()

    assert list(HEADINGS) == [line for line in lines if line in HEADINGS]


def test_is_plain_in_a_pipe(ended: Ended) -> None:
    """What is no terminal gets no control character but the end of a line."""
    assert shown(ended).replace("\n", "").isprintable()


def test_has_colour_on_a_terminal(ended: Ended) -> None:
    """A terminal gets colour: the test above can fail."""
    assert "\x1b[" in shown(ended, terminal=True)


def test_no_colour_says_good_or_bad(ended: Ended) -> None:
    """Neither green nor red: a rise and a fall look alike."""
    codes = {code for line in picture(ended, 80) for span in line.spans for code in str(span.style).split()}

    assert codes <= {"bold", "dim", "italic", "cyan", "yellow"}


def test_says_no_cause(ended: Ended) -> None:
    """A difference is never said to come of something."""
    words = set(shown(ended).lower().replace(",", " ").split())

    assert set() == words & {"because", "caused", "effect", "improved", "worsened", "worked", "thanks", "success."}


def test_says_when_it_begins_and_ends(ended: Ended) -> None:
    """The dates of the test clock."""
    line = "Week of 16 November 2026, told from 21 September 2026 to 18 February 2027."

    assert line in shown(ended).splitlines()


def test_shows_what_was_missing_and_what_is_left(ended: Ended) -> None:
    """A finding that went, one that stays and one that came later, each under its mistake."""
    lines = part(shown(ended), HEADINGS[1])

    assert ["✗", "✓"] == line_of(lines, "The campaign has no goal.").split()[-2:]
    assert ["✗", "✗"] == line_of(lines, "No route is known.").split()[-2:]
    assert ["–", "✗"] == line_of(lines, "A check was not done.").split()[-2:]
    assert lines.index("M2 Words of M2") == lines.index(line_of(lines, "The campaign has no goal.")) - 1
    assert ["21", "Sep", "2026", "18", "Feb", "2027"] == line_of(lines, "✗ missing").split()[-6:]


def test_says_what_to_do_about_what_is_left(ended: Ended) -> None:
    """The advice of the service stands with every finding that is open at the end."""
    text = flowing(part(shown(ended), HEADINGS[1]))

    assert "Still open: No route is known. Advice on no-route." in text
    assert "Still open: A check was not done. Advice on overdue." in text
    assert "Advice on no-goal." not in text


def test_says_how_many_took_part(ended: Ended) -> None:
    """Each wave as the evaluation names it; protected where the service says no number."""
    lines = part(shown(ended), HEADINGS[2])

    assert "Trend = signal, not a diagnosis." == lines[0]
    assert "First wave: 1,390 of 2,000 answered, 69.5 %." in lines
    assert "Second wave: participation is protected." in lines


def test_says_first_how_the_whole_stands(ended: Ended) -> None:
    """Every block of the top unit, with figures where there are any and the sentence of the service."""
    text = flowing(part(shown(ended), HEADINGS[2]))

    assert "Openness: 50.0 → 49.0, −1.0 points (95 %: −11.0 to +9.0). The sentence of Works." in text
    assert "How easy is leave? Not comparable: the questions differ." in text


def test_shows_both_waves_and_the_change_on_one_line(ended: Ended) -> None:
    """Score and rate, first wave first, then the difference with its label; a rate below 70 has its mark."""
    words = line_of(part(shown(ended), HEADINGS[2]), "Works ").split()

    assert ["Works", "50.0", "69%!", "50.0", "69%!", "−1.0"] == words[:6]
    assert ["no", "clear", "difference"] == words[7:]


def test_spells_numbers_out_where_there_is_room(ended: Ended) -> None:
    """120 characters are enough for the interval and the respondents in numbers too."""
    line = line_of(part(shown(ended, 120), HEADINGS[2]), "Works ")

    assert "−11.0 to +9.0" in line
    assert 2 == line.count("139/200")


def test_says_where_a_protected_unit_is_counted(ended: Ended) -> None:
    """A unit with figures in one wave only has its line, with the unit that counts its people."""
    words = line_of(part(shown(ended), HEADINGS[2]), "South").split()

    assert ["South", "61.2", "77%", "protected", "protected,", "in", "Works"] == words


def test_says_why_nothing_can_be_compared(ended: Ended) -> None:
    """The reason of the service stands in the place of the change; under it of what a partial figure is the sum."""
    lines = part(shown(ended), HEADINGS[2])
    north = lines.index(line_of(lines, "North"))
    note = "Baseline (answers of 2014) partial: only Harbour, North together; everybody is counted in Works"

    assert lines[north].endswith("not comparable: units differ")
    assert flowing(lines[north + 1 : north + 3]) == note


def test_counts_units_that_no_wave_says_anything_about(ended: Ended) -> None:
    """Protected in both waves: on one line under the others, by their short names."""
    assert "  2 more protected, in Works: Quay; Wharf" in shown(ended).splitlines()


def test_shows_the_tree(ended: Ended) -> None:
    """A unit stands under the one above it, one step further in, whatever its figures."""
    lines = part(shown(ended), HEADINGS[2])
    names = [
        line[:15].rstrip() for line in lines if line.lstrip().startswith(("Works ", "North ", "Harbour ", "South "))
    ]

    assert ["Works", " North", "  Harbour", " South"] == names


def test_shortens_a_name_that_does_not_fit(ended: Ended) -> None:
    """A long name ends in an ellipsis, and the figures stay in their columns."""
    before = line_of(part(shown(ended), HEADINGS[2]), "South")
    aggregates = [
        [replace(unit, name="South of the Harbour") if unit.name == "South" else unit for unit in one.aggregates]
        for one in ended.edition.measurements
    ]
    renamed = [replace(one, aggregates=new) for one, new in zip(ended.edition.measurements, aggregates, strict=True)]
    changed = replace(ended, edition=replace(ended.edition, measurements=renamed))
    line = line_of(part(shown(changed), HEADINGS[2]), "South")

    assert " South of the …" == line[:15]
    assert before[15:] == line[15:]


def test_counts_what_is_said(ended: Ended) -> None:
    """How many units have which label, the top one not among them."""
    text = flowing(part(shown(ended), HEADINGS[2]))
    counts = "1 clear signal, 0 possible signal, 0 no clear difference, 1 not comparable, 3 protected."

    assert f"Of 5 units under Works: {counts}" in text


def test_says_whether_goal_and_criteria_were_met(ended: Ended) -> None:
    """Each with what was wanted and the sentence of the service."""
    text = flowing(part(shown(ended), HEADINGS[3]))

    assert "Goal: Speak up (psychological safety: baseline 53.8, now 52.8, target 60.0). Goal sentence." in text
    assert "Criterion: What participation wants. Participation sentence." in text
    assert "Criterion: What change wants. Change sentence." in text
    assert "Criterion: What score wants. Score sentence." in text


def test_shows_the_plan_of_action(ended: Ended) -> None:
    """Who, where, until when; the metric; every check, the next one, and the last note."""
    lines = [line.strip() for line in part(shown(ended), HEADINGS[4])]

    assert [
        "1 Weekly check-in",
        "team: South; manager South; until 26 Feb 2027; active",
        "openness in South: start 55.0 → now 57.4 → target 62.0",
        "30 days ✓ not working; 60 days overdue; 90 days due; next check 20 May 2027",
        "30 days: “Nobody came.”",
    ] == lines[:5]


def test_a_metric_without_figure_is_protected(ended: Ended) -> None:
    """Where the newest release has no figure of the unit."""
    action = told.action()
    assert action.metric is not None
    hidden = replace(action.metric, current=replace(action.metric.current, value=None))
    changed = replace(ended, edition=replace(ended.edition, actions=[replace(action, metric=hidden)]))

    assert "start 55.0 → now protected → target 62.0" in shown(changed)


def test_shows_what_is_due_next(ended: Ended) -> None:
    """What is overdue, due and to come, by day; nothing that is over."""
    rows = [line.split() for line in part(shown(ended), HEADINGS[5]) if line]

    assert [
        ["overdue", "19", "Jan", "2027", "progress", "check", "Forgotten"],
        ["now", "18", "Feb", "2027", "progress", "check", "Weekly", "check-in"],
        ["to", "come", "26", "Feb", "2027", "deadline", "Weekly", "check-in"],
    ] == rows


def test_shows_the_same_for_one_team(ended: Ended) -> None:
    """The verdicts on the whole, and the manager's own units, readiness, actions and days; nothing of other units."""
    lines = part(shown(ended), HEADINGS[6])
    lines = lines[: lines.index("")]
    text = flowing(lines)

    assert "Week 2026, for the whole of Works:" == lines[0]
    assert "Goal: Speak up (" in text
    assert "Criterion: " in text
    assert "Readiness of the own units: A check was not done. Advice on overdue." in text
    assert ["+18.6", "signal"] == [line_of(lines, "Harbour,").split()[place] for place in (6, -1)]
    assert "Harbour, North: The sentence of Harbour, North." in text
    assert "team: Harbour, North; until 26 Feb 2027; active" in text
    assert lines.index("Due next") < lines.index(line_of(lines, "now "))
    assert "South" not in text


def test_says_what_is_made_up_and_whose_the_data_are(ended: Ended) -> None:
    """Source, licence, the number of synthetic people, and that the two waves asked different people."""
    text = flowing(shown(ended).splitlines())

    assert "61 in the baseline (answers of 2014), 62 in the post-measurement (answers of 2016)" in text
    assert "Open Sourcing Mental Illness (https://osmihelp.org), CC BY-SA 4.0" in text
    assert "The two asked different people: the difference between them says nothing about any measure." in text
