"""Who calls in the demo says what went wrong, and reads lists to their end."""

import httpx
import pytest

from peil.demo.cast import Caller, StoryError


def caller(*answers: httpx.Response) -> Caller:
    """A caller who gets these answers, one after another."""
    waiting = iter(answers)
    transport = httpx.MockTransport(lambda _: next(waiting))
    return Caller("HR", httpx.AsyncClient(transport=transport, base_url="http://peil.test"))


async def test_an_unexpected_answer_ends_the_story() -> None:
    """The message says who asked what and what the service said."""
    hr = caller(httpx.Response(409, text='{"code":"gates-closed"}'))

    with pytest.raises(StoryError, match=r'^HR: POST /waves/1/open was answered 409: \{"code":"gates-closed"\}$'):
        await hr.post("/waves/1/open", expected=202)


async def test_reads_every_page() -> None:
    """A list is read until its last page."""
    hr = caller(
        httpx.Response(200, json={"items": [1, 2], "next": "more"}),
        httpx.Response(200, json={"items": [3], "next": None}),
    )

    assert [1, 2, 3] == await hr.get_all("/units")
