"""A wave in which people write comments, step by step."""

from typing import Any, NamedTuple

import msgspec

from cases.examples import INSTRUMENT
from cases.measuring import advance, pass_gates, wave_new
from support.apis import Rest
from support.personas import Cast, add_crowd, add_people

QUESTION = {
    "kind": "comment",
    "key": "words",
    "version": 1,
    "text": {"nl": "Wat helpt?", "en": "What helps?"},
    "sensitive": False,
    "repeatable": True,
}
ASKING = INSTRUMENT | {"key": "with-words", "items": [*INSTRUMENT["items"], QUESTION]}


class Told(NamedTuple):
    """A closed wave in which people of `field`, `sales`, `care` and the top wrote something."""

    cast: Cast
    wave_id: str


async def ask(cast: Cast, crowd: dict[str, int]) -> tuple[str, dict[str, str]]:
    """An open wave with a comment item; codes by external id."""
    hr = Rest(cast.hr)
    await add_crowd(cast.hr, **crowd)
    await add_people(cast.hr, [{"externalId": "named", "unitExternalId": "root", "displayName": "Zoë van der Wóude"}])
    created = (await hr.create_instrument(ASKING)).must()
    published = (await hr.publish_instrument(created["instrumentId"])).must()
    wave = (await hr.plan_wave(await wave_new(cast, instrumentId=published["instrumentId"]))).must()
    await pass_gates(cast, hr, Rest(cast.works_council))
    (await hr.open_wave(wave["waveId"])).must()
    await cast.house.work()
    drawn = await cast.vendor.post(f"/waves/{wave['waveId']}/codes")
    codes = {line["externalId"]: line["code"] for line in map(msgspec.json.decode, drawn.text.splitlines())}
    await advance(cast, hours=2)
    return wave["waveId"], codes


async def say(cast: Cast, wave_id: str, code: str, text: str | None, rest: int = 3) -> None:
    anybody = cast.house.anonymous
    answers: dict[str, Any] = {"rest": rest} | ({} if text is None else {"words": text})
    await anybody.must(anybody.post(f"/waves/{wave_id}/responses", {"code": code, "answers": answers}), 201)


async def tell(cast: Cast, texts: dict[str, str], crowd: dict[str, int] | None = None, moderated: bool = False) -> Told:
    """Everybody answers, those in `texts` with a comment; the wave closes, and perhaps all is released."""
    wave_id, codes = await ask(cast, crowd or {"root": 12, "sales": 14, "field": 14, "care": 4})
    for person, code in codes.items():
        await say(cast, wave_id, code, texts.get(person))
    await advance(cast, days=1)
    if moderated:
        await moderate(cast, wave_id)
    return Told(cast, wave_id)


async def awaiting(cast: Cast, wave_id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await Rest(cast.confidential_adviser).list_awaiting_comments(wave_id)).must()[
        "items"
    ]
    return found


async def moderate(cast: Cast, wave_id: str) -> None:
    """Releases everything, in the two steps it takes."""
    adviser = Rest(cast.confidential_adviser)
    decisions = [{"commentId": one["commentId"], "decision": "release"} for one in await awaiting(cast, wave_id)]
    if decisions:
        (await adviser.decide_comments(wave_id, {"decisions": decisions})).must()
    (await adviser.end_comment_moderation(wave_id)).must()
    await cast.house.work()


WRITTEN = {"field-1": "Meer rust op dinsdag.", "sales-2": "De agenda is vol.", "care-1": "Bel mij op 06-12345678."}
