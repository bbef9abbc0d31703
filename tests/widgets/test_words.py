"""What a widget says in words does not say more than its figures."""

import pytest

from peil.releases.cells_model import PublishedResponse
from peil.widgets.texts import taking_part


@pytest.mark.parametrize(("rate", "words"), [(49.6, "49.6 % answered."), (69.95, "69.9 % answered."), (70, "70.0 %")])
def test_a_rate_stays_beneath_its_mark(rate: float, words: str) -> None:
    """Beneath a half it is not said to be a half, which would contradict the warning beside it."""
    response = PublishedResponse(respondents=10, invited=20, rate=rate, coverage="all", warnings=())

    assert taking_part(None, response, "en").startswith(words)
