"""The page that explains an export."""

import pytest

from peil.aggregates.exports.method_texts import sections
from peil.releases.model import Thresholds


@pytest.mark.parametrize(
    ("language", "causes"),
    [
        ("nl", ("Leeg: iedereen antwoordde", "de spreiding mag niet", "van de groepen eronder")),
        ("en", ("Empty: everybody answered", "the spread may not", "of the groups beneath")),
    ],
)
def test_each_cause_of_an_empty_margin_is_explained(language: str, causes: tuple[str, ...]) -> None:
    """A cell has no interval where all answered, where no spread is told, and where the number invited is not."""
    [line] = [line for line in sections(Thresholds(), language)[0][1] if causes[0] in line]

    assert all(cause in line for cause in causes)
