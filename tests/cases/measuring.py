"""A wave from plan to release, and its steps one by one, for cases that begin in the middle."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import msgspec

from support.apis import Api, Rest
from support.personas import Cast, add_crowd

DIGEST = "0" * 64
SHORT = "workload-recovery-focus"


class Round(NamedTuple):
    """A wave that was played, who was there, and the aggregates by unit's name as HR sees them."""

    cast: Cast
    wave_id: str
    aggregates: dict[str, Any]


async def time_of(cast: Cast) -> datetime:
    """What time it is for the sandbox."""
    employer = await cast.hr.must(cast.hr.get(f"/employers/{cast.employer_id}"), 200)
    return datetime.fromisoformat(employer["testClock"])


async def today_of(cast: Cast) -> date:
    return (await time_of(cast)).date()


async def instrument_of(cast: Cast, key: str = SHORT) -> dict[str, Any]:
    """A shipped instrument."""
    page = await cast.hr.must(cast.hr.get("/instruments?limit=200"), 200)
    found: dict[str, Any] = next(one for one in page["items"] if one["key"] == key)
    return found


async def wave_new(cast: Cast, **changed: Any) -> dict[str, Any]:
    """A pulse to plan, from in an hour until tomorrow."""
    now = await time_of(cast)
    return {
        "name": "Puls",
        "kind": "pulse",
        "instrumentId": (await instrument_of(cast))["instrumentId"],
        "mode": "split",
        "languages": ["nl"],
        "opensAt": (now + timedelta(hours=1)).isoformat(),
        "closesAt": (now + timedelta(days=1)).isoformat(),
    } | changed


async def series_new(cast: Cast, **changed: Any) -> dict[str, Any]:
    """Three pulses to plan, the first in a hundred days: one of a day every other week."""
    first = await today_of(cast) + timedelta(days=100)
    return {
        "name": "Puls",
        "instrumentId": (await instrument_of(cast))["instrumentId"],
        "mode": "split",
        "languages": ["nl"],
        "firstOn": first.isoformat(),
        "from": "09:00",
        "to": "17:00",
        "count": 3,
    } | changed


async def ask_freely(cast: Cast) -> Cast:
    """Lets the employer ask as often as it likes: for tests that plan many waves and are about something else."""
    await cast.hr.must(cast.hr.patch("/fatigue-budget", {"waves": 1000, "items": 10_000}, "*"), 200)
    return cast


def consent(on: date, **changed: Any) -> dict[str, Any]:
    return {
        "kind": "works-council-consent",
        "policyVersion": 1,
        "mode": "split",
        "decidedOn": on.isoformat(),
        "documentSha256": DIGEST,
    } | changed


def dpia(on: date, **changed: Any) -> dict[str, Any]:
    return {"kind": "dpia", "decidedOn": on.isoformat(), "documentSha256": DIGEST} | changed


def notice(on: date, **changed: Any) -> dict[str, Any]:
    return dpia(on) | {"kind": "participant-notice", "languages": ["nl"]} | changed


async def pass_gates(cast: Cast, hr: Api, council: Api, mode: str = "split") -> None:
    """Records all that a wave in Dutch under the first policy needs."""
    on = await today_of(cast)
    (await council.record_consent(consent(on, mode=mode))).must()
    (await hr.record_precondition(dpia(on))).must()
    (await hr.record_precondition(notice(on))).must()


async def advance(cast: Cast, **by: float) -> None:
    """Moves the sandbox's clock, and lets the worker do what has become due."""
    to = await time_of(cast) + timedelta(**by)
    await cast.hr.must(cast.hr.post(f"/test-clocks/{cast.employer_id}/advance", {"to": to.isoformat()}), 200)
    await cast.house.work()


async def codes_of(cast: Cast, wave_id: str) -> list[str]:
    """Draws the codes of a wave."""
    response = await cast.vendor.post(f"/waves/{wave_id}/codes")
    assert response.status_code == 200, response.text
    return [msgspec.json.decode(line)["code"] for line in response.text.splitlines()]


def _answer(item: dict[str, Any], point: int) -> int | str:
    """What stands at a point; of a choice, an option."""
    options = item.get("options")
    if not options:
        return point
    key: str = options[point % len(options)]["key"]
    return key


async def answer_all(cast: Cast, wave_id: str, codes: list[str], points: Sequence[int] = range(1, 6)) -> None:
    """Everybody answers, each another of the `points`."""
    anybody = cast.house.anonymous
    asked = await anybody.must(anybody.get(f"/waves/{wave_id}/questionnaire"), 200)
    for number, code in enumerate(codes):
        answers = {
            item["key"]: _answer(item, points[(number + place) % len(points)])
            for place, item in enumerate(asked["items"])
        }
        await anybody.must(anybody.post(f"/waves/{wave_id}/responses", {"code": code, "answers": answers}))


async def bring_to(cast: Cast, state: str, hr: Api | None = None, **changed: Any) -> str:
    """A wave in this state; its id."""
    hr = hr or Rest(cast.hr)
    wave_id: str = (await hr.plan_wave(await wave_new(cast, **changed))).must()["waveId"]
    if state == "planned":
        return wave_id
    if state == "cancelled":
        (await hr.cancel_wave(wave_id)).must()
        return wave_id
    await pass_gates(cast, hr, Rest(cast.works_council), changed.get("mode", "split"))
    (await hr.open_wave(wave_id)).must()
    if state != "opening":
        await cast.house.work()
    if state in ("open", "closing", "released"):
        await advance(cast, hours=2)
    if state in ("closing", "released"):
        (await hr.close_wave(wave_id)).must()
        await cast.house.worker.do_due()
    if state == "released":
        await cast.house.work()
    assert (await hr.get_wave(wave_id)).must()["state"] == state
    return wave_id


async def play_round(
    cast: Cast,
    hr: Api | None = None,
    council: Api | None = None,
    points: Sequence[int] = range(1, 6),
    **changed: Any,
) -> Round:
    """The main job, from people to a release: `care` is too small to have figures of its own."""
    hr, council = hr or Rest(cast.hr), council or Rest(cast.works_council)
    await add_crowd(cast.hr, root=12, sales=14, field=14, care=4)
    wave_id = (await hr.plan_wave(await wave_new(cast, **changed))).must()["waveId"]
    await pass_gates(cast, hr, council)
    (await hr.open_wave(wave_id)).must()
    await cast.house.work()
    codes = await codes_of(cast, wave_id)
    await advance(cast, hours=2)
    await answer_all(cast, wave_id, codes, points)
    await advance(cast, days=1)
    page = (await hr.list_aggregates(wave_id)).must()
    return Round(cast, wave_id, {one["name"]: one for one in page["items"]})
