"""The colour of an employer's charts: everybody sees it, HR sets it, and it can always be seen."""

import pytest

from peil.contrast import TEXT, contrast
from support.apis import Speak
from support.personas import Cast


async def test_an_employer_begins_with_the_colour_of_peil(speak: Speak, cast: Cast) -> None:
    """It has set none, and yet there is one to draw with."""
    told = (await speak(cast.employee).get_colours()).must()

    assert {"accent": None, "light": "#1d5f8a"} == {name: told[name] for name in ("accent", "light")}


@pytest.mark.parametrize("accent", ["#0b6e4f", "#ffee00", "#000000"])
async def test_any_colour_is_taken_and_can_be_seen(speak: Speak, cast: Cast, accent: str) -> None:
    """What is drawn is darker or lighter where it must be; what was given stays as it was given."""
    hr = speak(cast.hr)
    (await hr.update_colours({"accent": accent}, if_match="*")).must()

    told = (await speak(cast.manager).get_colours()).must()

    assert accent == told["accent"]
    assert min(contrast(told["light"], "#ffffff"), contrast(told["dark"], "#14191f")) >= TEXT


@pytest.mark.parametrize("accent", ["green", "#0B6E4F", "#fff", "#0b6e4f\n", "url(#x)"])
async def test_only_a_colour_is_taken(speak: Speak, cast: Cast, accent: str) -> None:
    """Six hexadecimal digits in lower case, and nothing else that would stand in a picture."""
    refused = await speak(cast.hr).update_colours({"accent": accent}, if_match="*")

    assert ("refused", "invalid-input") == (refused.word, refused.code)
