"""The demo's employer says what the data file says, and marks what was made up."""

from collections import Counter

import pytest

from peil.demo import answers
from peil.demo.answers import Year
from peil.instruments import rules
from peil.instruments.model import Answer

ROWS = answers.list_rows()
each_year = pytest.mark.parametrize("year", [2014, 2016])


@pytest.mark.parametrize(("year", "respondents"), [(2014, 1259), (2016, 1146)])
def test_every_row_is_somebody_who_answered(year: Year, respondents: int) -> None:
    """As many respondents as the file has rows of that edition."""
    assert respondents == len(answers.edition(ROWS, year).answers)


@each_year
def test_all_answers_fit_the_instrument_of_their_year(year: Year) -> None:
    """No answer of the file is refused by what that edition asked."""
    questions = rules.questionnaire(answers.instrument(year))
    given = answers.edition(ROWS, year).answers.values()

    assert [] == [finding for one in given for finding in rules.validate_answers(questions, one)]


def test_the_first_row_becomes_the_first_person() -> None:
    """2014, Illinois: leave rather easy, some coworkers, supervisor yes, no consequences, none seen."""
    edition = answers.edition(ROWS, 2014)

    assert ("osmi-2014-0001", "osmi-united-states-il") == (
        edition.people[0].external_id,
        edition.people[0].unit,
    )
    assert {
        "leave": 3, "coworkers": 2, "supervisor": 3, "consequence": 3, "observed": "no",
    } == edition.answers["osmi-2014-0001"]  # fmt: skip


@pytest.mark.parametrize(("year", "raw"), [(2014, "1245"), (2016, "12345")])
def test_leave_is_counted_on_the_scale_of_its_year(year: Year, raw: str) -> None:
    """The four answers of 2014 become 1 to 4; the five of 2016 stay; an empty one is no answer."""
    in_file = Counter(row["leave"] for row in ROWS if row["year"] == str(year))
    counted = Counter(given["leave"] for given in answers.edition(ROWS, year).answers.values())

    expected: dict[Answer, int] = {None: in_file[""]}
    expected.update({point: in_file[code] for point, code in enumerate(raw, 1)})

    assert expected == counted


def test_openness_can_be_compared_and_leave_cannot() -> None:
    """Both editions share the block and the sensitive item; leave is another version on another scale."""
    first, second = (
        {block.key: rules.block_fingerprint(block) for block in rules.scored_blocks(answers.instrument(year))}
        for year in (2014, 2016)
    )

    assert {"openness": True, "observed": True, "leave": False} == {key: first[key] == second[key] for key in first}


def test_units_form_one_tree_with_parents_first() -> None:
    """Each unit's parent is listed before it; only the root has none; ids are unique."""
    units = answers.units(ROWS)
    seen: list[str | None] = [None]
    for unit in units:
        assert unit.parent in seen
        seen.append(unit.external_id)

    assert ["osmi"] == [unit.external_id for unit in units if unit.parent is None]
    assert len(units) == len({unit.external_id for unit in units})


@each_year
def test_everybody_works_in_a_unit_of_the_tree(year: Year) -> None:
    """No person points to a unit that is not there."""
    known = {unit.external_id for unit in answers.units(ROWS)}

    assert {person.unit for person in answers.edition(ROWS, year).people} <= known


@pytest.mark.parametrize(
    ("country", "state", "unit"),
    [
        ("United States", "CA", "osmi-united-states-ca"),
        ("United States", "", "osmi-united-states"),
        ("Netherlands", "", "osmi-netherlands"),
        ("Bahamas, The", "", "osmi-bahamas-the"),
        ("Other", "", "osmi"),
    ],
)
def test_an_unknown_place_counts_for_the_unit_above(country: str, state: str, unit: str) -> None:
    """Without a state one belongs to the country, without a country to the root."""
    row = {**ROWS[0], "year": "2014", "country": country, "state": state}

    assert unit == answers.edition([row], 2014).people[0].unit


@each_year
def test_people_who_did_not_answer_are_marked_as_made_up(year: Year) -> None:
    """Synthetic people have no answers, and everybody else has."""
    edition = answers.edition(ROWS, year)

    assert {person.external_id for person in edition.people if not person.external_id.startswith("synthetic-")} == (
        set(edition.answers)
    )


def test_the_editions_asked_different_people() -> None:
    """No id occurs in both years, nor twice in one."""
    ids = [person.external_id for year in (2014, 2016) for person in answers.edition(ROWS, year).people]

    assert len(ids) == len(set(ids))


@each_year
def test_response_differs_between_units_within_reason(year: Year) -> None:
    """Of every larger unit 55 to 85 % answered (a person more or less by rounding), not all units alike."""
    rates = [
        count.respondents / count.invited
        for count in answers.counts(answers.edition(ROWS, year)).values()
        if count.invited >= 20
    ]

    assert 0.53 <= min(rates) < 0.65
    assert 0.75 < max(rates) <= 0.87


@each_year
def test_counts_add_up(year: Year) -> None:
    """The units together hold everybody once."""
    edition = answers.edition(ROWS, year)
    counts = answers.counts(edition).values()

    assert (len(edition.people), len(edition.answers)) == (
        sum(count.invited for count in counts),
        sum(count.respondents for count in counts),
    )


def test_the_employer_is_the_same_every_time() -> None:
    """Made twice, an edition is equal: nothing is drawn by chance."""
    assert answers.edition(ROWS, 2016) == answers.edition(ROWS, 2016)


def test_the_licence_travels_with_the_items() -> None:
    """Both instruments name source and licence, apart from what is CC0."""
    assert [("CC-BY-SA-4.0", "Open Sourcing Mental Illness")] * 2 == [
        (answers.instrument(year).licence.name, answers.instrument(year).licence.holder) for year in (2014, 2016)
    ]
