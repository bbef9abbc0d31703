"""Every list tells what has changed since a moment: just that, page by page, and what it reads beside counts too."""

from datetime import datetime
from typing import Any

import pytest

from cases.changing import MAKERS, Made
from cases.measuring import advance, time_of
from peil import clock
from support.apis import ENDPOINTS, FIELDS, Api, Rest, Speak
from support.personas import Cast

_PARAMETER = "modified_after"


def test_every_list_with_the_parameter_is_tried() -> None:
    """None is left out of the cases below."""
    asked = {
        name
        for name, endpoint in ENDPOINTS.items()
        if endpoint.query is not None and _PARAMETER in endpoint.query.__struct_fields__ and name.startswith("list_")
    }

    assert asked == MAKERS.keys()


async def moment_of(cast: Cast, made: Made) -> datetime:
    """A moment after all that was made, and before all that changes from now on."""
    if made.is_real:
        return clock.now()
    await advance(cast, hours=1)
    moment = await time_of(cast)
    await advance(cast, hours=1)
    return moment


async def told(api: Api, name: str, made: Made, **asked: Any) -> list[Any]:
    """What tells the items of all pages apart."""
    found: list[Any] = []
    more: dict[str, Any] = {}
    while True:
        page = (await api.call(name, *made.path, **asked, **more)).must()
        found += [one[made.key] for one in page["items"]]
        if page["next"] is None:
            return found
        more = {"cursor": page["next"]}


@pytest.mark.parametrize("name", MAKERS)
async def test_a_list_tells_what_has_changed(speak: Speak, cast: Cast, name: str) -> None:
    """Of what was made before, only what changed after the moment; after that moment nothing any more."""
    made = await MAKERS[name](cast)
    api = speak(made.asker) if name in FIELDS else Rest(made.asker)
    since = await moment_of(cast, made)
    asked = {"modifiedAfter": since.isoformat(), "limit": 1}
    before = await told(api, name, made, **asked)

    (await made.change()).must()
    changed = await told(api, name, made, **asked)
    now = clock.now() if made.is_real else await time_of(cast)
    later = await told(api, name, made, modifiedAfter=now.isoformat(), limit=50)

    assert ([], {made.changed}, []) == (before, set(changed), later)
    assert made.changed in await told(api, name, made, limit=50)
