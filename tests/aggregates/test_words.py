"""How texts write numbers, in Dutch and English."""

from datetime import date

import pytest

from peil.aggregates.words import count, day, month, number, per_cent

LANGUAGES = ("nl", "en")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (62.5, ("62,5", "62.5")),
        (100, ("100,0", "100.0")),
        (1234.56, ("1.234,6", "1,234.6")),
        (-3.25, ("\u22123,2", "\u22123.2")),
        (-0.04, ("0,0", "0.0")),
    ],
)
def test_a_number_has_one_decimal_and_its_thousands_apart(value: float, written: tuple[str, str]) -> None:
    """By the custom of each language; what rounds to nought has no direction."""
    assert written == tuple(number(value, language) for language in LANGUAGES)


@pytest.mark.parametrize(("value", "written"), [(0.0, "0,0"), (2.25, "+2,2"), (-12.04, "\u221212,0"), (0.04, "0,0")])
def test_a_difference_has_a_sign(value: float, written: str) -> None:
    """Unless it is none."""
    assert written == number(value, "nl", signed=True)


@pytest.mark.parametrize(
    ("people", "written"), [(7, ("7", "7")), (1146, ("1.146", "1,146")), (1234567, ("1.234.567", "1,234,567"))]
)
def test_people_are_whole(people: int, written: tuple[str, str]) -> None:
    """With their thousands apart."""
    assert written == tuple(count(people, language) for language in LANGUAGES)


@pytest.mark.parametrize(("rate", "written"), [(49.96, "49.9"), (70.0, "70.0"), (69.99, "69.9"), (100.0, "100.0")])
def test_a_rate_is_never_rounded_up(rate: float, written: str) -> None:
    """What is below a mark is not said to be there."""
    assert written == per_cent(rate, "en")


def test_days_and_months_are_written_as_people_do() -> None:
    """March in Dutch is not cut like the others."""
    assert ("3 maart 2026", "3 March 2026") == tuple(day(date(2026, 3, 3), language) for language in LANGUAGES)
    assert ("mrt 2026", "Mar 2026") == tuple(month(date(2026, 3, 3), language) for language in LANGUAGES)
