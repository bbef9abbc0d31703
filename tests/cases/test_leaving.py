"""Who leaves on a day to come, said of one person at a time."""

from datetime import date, timedelta

from peil import clock
from support.apis import Speak
from support.personas import Cast


def day(offset: int) -> date:
    return clock.now().date() + timedelta(days=offset)


async def test_one_by_one_it_is_the_same(speak: Speak, cast: Cast) -> None:
    """Said, moved and taken back by a change of the person; somebody new can be there for a while only."""
    api = speak(cast.hr)
    ole = (await api.create_person({"externalId": "ole", "unitExternalId": "field"})).must()["personId"]
    said = (await api.update_person(ole, {"active": False, "from": day(9).isoformat()}, if_match="*")).must()
    kept = (await api.update_person(ole, {"displayName": "Ole"}, if_match="*")).must()
    back = (await api.update_person(ole, {"from": day(0).isoformat()}, if_match="*")).must()
    temp = {"externalId": "temp", "unitExternalId": "field", "active": False, "from": day(5).isoformat()}
    made = (await api.create_person(temp)).must()
    nowhere = await api.create_person({"externalId": "x", "active": False, "from": day(5).isoformat()}, language="en")

    ends = [[one["to"] for one in person["memberships"]] for person in (said, kept, back, made)]
    assert [[day(9).isoformat()], [day(9).isoformat()], [None], [day(5).isoformat()]] == ends
    assert [True] * 4 == [person["active"] for person in (said, kept, back, made)]
    assert ("refused", [("/unitExternalId", "unit-required")]) == (nowhere.word, nowhere.findings)
