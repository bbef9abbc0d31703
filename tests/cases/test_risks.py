"""The register of PSA risks: what it holds, who sees what, and that nothing gets lost."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from cases.measuring import today_of
from support.apis import Rest, Speak
from support.house import Persona
from support.personas import Cast

PEAK = {
    "title": "Piekdrukte",
    "category": "workload",
    "description": "Aan het eind van de maand.",
    "severity": 4,
    "likelihood": 3,
    "rieVersion": "2026-1",
    "identifiedOn": "2020-02-29",
}


async def titles(speak: Speak, persona: Persona) -> list[str]:
    """What somebody sees of the register, in its order."""
    return [risk["title"] for risk in (await speak(persona).list_risks(limit=100)).must()["items"]]


async def test_a_risk_is_kept(speak: Speak, cast: Cast) -> None:
    """It is found again as it was said, and knows that its category is one of the law."""
    created = (await speak(cast.prevention_officer).create_risk(PEAK)).must()

    seen = (await speak(cast.employee).get_risk(created["riskId"])).must()

    assert created == seen
    told = {"riskId": created["riskId"], "createdAt": created["createdAt"]}
    assert PEAK | told | {"statutory": True, "unitIds": None, "state": "open"} == created


async def test_what_is_left_out_has_a_meaning(speak: Speak, cast: Cast) -> None:
    """Open, about the whole employer, found today, in no version of the RI&E."""
    new = {"title": "Mail", "category": "digital-overload", "severity": 1, "likelihood": 5}

    risk = (await speak(cast.hr).create_risk(new)).must()

    today = (await today_of(cast)).isoformat()
    names = ("state", "unitIds", "identifiedOn", "rieVersion", "description", "statutory")
    assert ("open", None, today, None, None, False) == tuple(risk[name] for name in names)


async def test_a_risk_can_be_of_an_own_category(speak: Speak, cast: Cast) -> None:
    """Of kind risk; its mark says whether the law names it."""
    hr = speak(cast.hr)
    for key, marks in (("night-work", []), ("harassment-by-clients", ["statutory"])):
        entry = {"kind": "risk", "key": key, "title": {"nl": key}, "marks": marks}
        (await hr.create_catalogue_entry(entry)).must()

    risks = [(await hr.create_risk(PEAK | {"category": key})).must() for key in ("night-work", "harassment-by-clients")]

    assert [False, True] == [risk["statutory"] for risk in risks]
    assert risks == (await hr.list_risks()).must()["items"]


async def test_people_see_the_risks_of_their_units(speak: Speak, cast: Cast) -> None:
    """Own units and those above, a manager also those below, and everybody what is about everyone."""
    hr = Rest(cast.hr)
    about: dict[str, list[str] | None] = {name: [cast.units[name]] for name in ("root", "sales", "field", "care")}
    about |= {"everyone": None, "two": [cast.units["care"], cast.units["field"]]}
    ids = {
        name: (await hr.create_risk(PEAK | {"title": name, "unitIds": unit_ids})).must()["riskId"]
        for name, unit_ids in about.items()
    }
    readers = {"hr": cast.hr, "manager": cast.manager, "employee": cast.employee, "council": cast.works_council}

    listed = {who: await titles(speak, persona) for who, persona in readers.items()}
    direct = {
        who: [name for name, risk_id in ids.items() if (await speak(persona).get_risk(risk_id)).word == "ok"]
        for who, persona in readers.items()
    }

    without_care = ["root", "sales", "field", "everyone", "two"]
    assert {"hr": [*about], "manager": without_care, "employee": without_care, "council": [*about]} == listed
    assert listed == direct


async def test_an_employee_does_not_see_below(speak: Speak, cast: Cast) -> None:
    """Who works in a unit without leading it does not see what is about the units under it."""
    hr = Rest(cast.hr)
    (await hr.create_person({"externalId": "seller", "unitExternalId": "sales"})).must()
    for name in ("sales", "field"):
        (await hr.create_risk(PEAK | {"title": name, "unitIds": [cast.units[name]]})).must()

    assert ["sales"] == await titles(speak, cast.employer.person("seller"))


async def test_a_stranger_finds_nothing(speak: Speak, cast: Cast, stranger: Cast) -> None:
    """Nor can another employer's risk be changed, nor be about another employer's unit."""
    risk_id = (await speak(cast.hr).create_risk(PEAK)).must()["riskId"]
    hr = speak(stranger.hr)

    seen, changed = [
        await hr.get_risk(risk_id),
        await hr.update_risk(risk_id, {"state": "closed"}, if_match="*"),
    ]
    theirs = await hr.create_risk(PEAK | {"unitIds": [cast.units["care"]]})

    assert ["not-found", "not-found"] == [seen.word, changed.word]
    assert [("/unitIds/0", "unknown-unit")] == theirs.findings
    assert risk_id not in [one["riskId"] for one in (await hr.list_risks()).must()["items"]]


async def test_a_risk_is_rated_anew_and_closed(speak: Speak, cast: Cast) -> None:
    """What is not named stays; null widens it to everybody; a closed risk can still be read."""
    hr = speak(cast.hr)
    created = (await hr.create_risk(PEAK | {"unitIds": [cast.units["care"]]})).must()
    patch: dict[str, Any] = {"likelihood": 1, "state": "closed", "unitIds": None, "description": None}

    changed = (await hr.update_risk(created["riskId"], patch, if_match="*")).must()

    assert created | patch == changed
    assert changed == (await hr.get_risk(created["riskId"])).must()
    assert changed in (await hr.list_risks()).must()["items"]


@pytest.mark.parametrize("kept", ["state", "unitIds"])
async def test_a_risk_outlives_its_unit(speak: Speak, cast: Cast, kept: str) -> None:
    """One about a unit that has ended can be closed; a new one cannot be about that unit."""
    hr = speak(cast.hr)
    unit = (await hr.create_unit({"externalId": "late", "name": "Late", "parentExternalId": "root"})).must()["unitId"]
    risk = (await hr.create_risk(PEAK | {"unitIds": [unit]})).must()
    await Rest(cast.hr).delete_unit(unit, if_match="*")
    patch = {"state": {"state": "closed"}, "unitIds": {"unitIds": [cast.units["care"], unit]}}[kept]

    changed = await hr.update_risk(risk["riskId"], patch, if_match="*")
    another = await hr.create_risk(PEAK | {"unitIds": [unit]})

    assert risk | patch == changed.must()
    assert [("/unitIds/0", "unknown-unit")] == another.findings


@pytest.mark.parametrize(
    ("changed", "findings"),
    [
        ({"category": "no-such"}, [("/category", "unknown-category")]),
        ({"category": "walking-meeting"}, [("/category", "unknown-category")]),
        ({"unitIds": ["care", "nowhere"]}, [("/unitIds/1", "unknown-unit")]),
        ({"unitIds": ["care", "field", "care"]}, [("/unitIds/2", "duplicate-item")]),
        ({"identifiedOn": "tomorrow"}, [("/identifiedOn", "in-the-future")]),
        ({"identifiedOn": "today"}, []),
        (
            {"category": "no-such", "unitIds": ["nowhere", "care", "care"], "identifiedOn": "tomorrow"},
            [
                ("/category", "unknown-category"),
                ("/unitIds/0", "unknown-unit"),
                ("/unitIds/2", "duplicate-item"),
                ("/identifiedOn", "in-the-future"),
            ],
        ),
    ],
)
async def test_a_risk_that_cannot_be_is_refused(
    speak: Speak, cast: Cast, changed: dict[str, Any], findings: list[tuple[str, str]]
) -> None:
    """With every place and rule at once, when it is created and when it is changed."""
    hr, today = speak(cast.hr), await today_of(cast)
    days = {"today": today.isoformat(), "tomorrow": (today + timedelta(days=1)).isoformat()}
    ids = {**cast.units, "nowhere": str(uuid4())}
    meant = dict(changed)
    if "unitIds" in meant:
        meant["unitIds"] = [ids[name] for name in meant["unitIds"]]
    if "identifiedOn" in meant:
        meant["identifiedOn"] = days[meant["identifiedOn"]]
    risk_id = (await hr.create_risk(PEAK)).must()["riskId"]

    outcomes = [await hr.create_risk(PEAK | meant), await hr.update_risk(risk_id, meant, if_match="*")]

    assert [findings] * 2 == [one.findings for one in outcomes]
    assert ["invalid-input" if findings else None] * 2 == [one.code for one in outcomes]


@pytest.mark.parametrize("name", ["severity", "likelihood"])
@pytest.mark.parametrize(("value", "code"), [(0, "too-small"), (6, "too-large")])
async def test_ratings_go_from_one_to_five(speak: Speak, standing: Cast, name: str, value: int, code: str) -> None:
    """Nothing below and nothing above."""
    outcome = await speak(standing.hr).create_risk(PEAK | {name: value})

    assert [(f"/{name}", code)] == outcome.findings


async def test_changes_of_the_register_are_told(speak: Speak, cast: Cast) -> None:
    """An event with the state and an audit row for each, about the risk."""
    hr = speak(cast.hr)
    risk_id = (await hr.create_risk(PEAK)).must()["riskId"]
    (await hr.update_risk(risk_id, {"state": "controlled"}, if_match="*")).must()
    await cast.house.work()

    events = (await speak(cast.administrator).list_events(limit=100)).must()["items"]
    audit = (await hr.list_audit(limit=100)).must()["items"]

    assert [("nl.peil.risk.created", "open"), ("nl.peil.risk.updated", "controlled")] == [
        (one["type"], one["data"]["state"]) for one in events if one["subject"] == f"risks/{risk_id}"
    ]
    assert ["create_risk", "update_risk"] == [one["event"] for one in audit if one["subject"] == f"risks/{risk_id}"]
