"""What a refusal says: all that is known, and nothing with a hole in it."""

import pytest

from peil import problems
from peil.errors import Denied, PeilError


@pytest.mark.parametrize(
    ("language", "needed"), [("nl", "nodig is de scope `waves:read`"), ("en", "the scope `waves:read`")]
)
def test_a_refusal_names_the_scope_where_one_would_help(language: str, needed: str) -> None:
    """Where none would, it does not ask for one."""
    by_scope, otherwise = Denied(scope="waves:read"), Denied()

    assert needed in problems.problem(by_scope, language, "").detail
    assert "scope" not in problems.problem(otherwise, language, "").detail


@pytest.mark.parametrize("language", problems.LANGUAGES)
def test_no_refusal_without_particulars_has_a_hole(language: str) -> None:
    """The errors that are raised with nothing to fill in."""
    for kind in PeilError.__subclasses__():
        if kind.__init__ is PeilError.__init__:
            assert "…" not in problems.problem(kind(), language, "").detail.replace("Bearer …", "")
