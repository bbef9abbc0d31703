"""A campaign from a template at many employers of a vendor: bulk, and so over REST alone."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from cases.examples import BODIES, INSTRUMENT
from cases.templates import NOTHING, ONE, TEMPLATE, asked, counted, create_at, make, template, told, whole_at
from cases.test_events import audit_of
from peil.access import table
from peil.campaigns import vendor_campaigns
from peil.campaigns.communications import keep_communications
from support.apis import Rest
from support.house import House, Persona, Vendor
from support.personas import Cast, at_once
from support.statements import count_statements

MONDAY = date(2030, 11, 11)
"""Of the week of 2030."""


@pytest.fixture
async def vendor(house: House) -> Vendor:
    """A vendor that no employer knows yet."""
    return await house.vendor()


async def link(cast: Cast, vendor: Vendor) -> None:
    (await Rest(cast.administrator).create_vendor_link(cast.employer_id, {"vendorId": vendor.vendor_id})).must()


async def test_each_employer_gets_the_whole_campaign(cast: Cast, vendor: Vendor) -> None:
    """Every day counts from the first of the week, a questionnaire is the employer's own, and nobody is named."""
    await link(cast, vendor)
    other = await create_at(vendor)

    made = (await make(vendor, asked(cast.employer_id, other))).must()

    here, there = [await whole_at(vendor, one["employerId"], one["campaignId"]) for one in made["employers"]]
    instruments = (await Rest(cast.hr).list_instruments(limit=200)).must()["items"]
    [baseline] = [one["instrumentId"] for one in instruments if one["key"] == "work-stress-baseline"]
    assert (2, 0, 0, 0, None) == tuple(made[name] for name in ("created", "existing", "refused", "notFound", "next"))
    assert [cast.employer_id, other] == [one["employerId"] for one in made["employers"]]
    assert baseline == here.campaign["goals"][0]["metric"]["instrumentId"]
    assert baseline != there.campaign["goals"][0]["metric"]["instrumentId"]
    for found in (here, there):
        campaign = found.campaign
        assert ("2030-11-11", "2030-11-15") == (campaign["weekFrom"], campaign["weekTo"])
        assert [None, -60, -14, 11] == [
            None if day is None else (date.fromisoformat(day) - MONDAY).days
            for day in (
                campaign["dates"][name] for name in ("baselineFrom", "preparationFrom", "baselineTo", "evaluationBy")
            )
        ]
        assert TEMPLATE["coreMessage"] == campaign["coreMessage"]
        assert [70, 60, 5] == [one["atLeast"] for one in campaign["criteria"]]
        assert ([], None, None) == (campaign["coreTeam"], campaign["sponsorId"], campaign["copiedFromId"])
        assert [None, None] == [goal["riskId"] for goal in campaign["goals"]]
        assert [("kick-off", "2030-11-11", "de directie"), ("closing-check-in", "2030-11-15", None)] == [
            (one["kind"], one["on"], one["host"]) for one in found.activities
        ]
        assert [None, None] == [one["unitIds"] for one in found.activities]
        assert [("2030-10-28", {"personId": None, "role": "HR"}, "planned"), ("2030-11-18", None, "planned")] == [
            (one["on"], one["owner"], one["state"]) for one in found.communications
        ]


async def test_trail_and_feeds_say_it(cast: Cast, vendor: Vendor) -> None:
    """The employer's as of any campaign, by the vendor's client; the vendor's own feed has it too."""
    await link(cast, vendor)
    (await make(vendor, asked(cast.employer_id))).must()

    trail = [one for one in await audit_of(cast) if one["event"] == "create_vendor_campaigns"]
    feed = (await Rest(await vendor.over_all()).list_events(limit=200)).must()["items"]

    made = ["activities", "activities", "campaigns", "communications", "communications"]
    assert made == sorted(one["subject"].partition("/")[0] for one in trail)
    assert {("client", vendor.client[0])} == {(one["actorKind"], one["actorId"]) for one in trail}
    assert {one["subject"] for one in trail} == {
        one["subject"] for one in feed if one["subject"].partition("/")[0] in made and one["type"].endswith(".created")
    }


async def test_only_where_the_vendor_may(cast: Cast, stranger: Cast, vendor: Vendor, house: House) -> None:
    """Who waits, who has ended it, another vendor's employer and one that is not there are told alike."""
    await link(cast, vendor)
    sandbox = await create_at(vendor, sandbox=True, testClock="2031-06-01T09:00:00Z")
    waiting = str((await house.employer("Wachtende BV")).employer_id)
    (await Rest(cast.operator).create_vendor_link(waiting, {"vendorId": vendor.vendor_id})).must()
    ended = await create_at(vendor)
    (await Rest(await vendor.itself()).revoke_vendor_link(ended, vendor.vendor_id)).must()
    theirs = await create_at(await house.vendor())
    closed = [waiting, ended, theirs, stranger.employer_id, str(uuid4())]

    outcome = await make(vendor, asked(cast.employer_id, *closed, sandbox))

    expected: dict[str, Any] = {"outcome": "not-found", "campaignId": None, "errors": []}
    answers = outcome.must()["employers"]
    assert [expected | {"employerId": one} for one in closed] == answers[1:-1]
    assert ["created", "created"] == [answers[0]["outcome"], answers[-1]["outcome"]]
    assert [NOTHING] * 4 == [await counted(house, one) for one in closed[:-1]]
    clocked = await whole_at(vendor, sandbox, answers[-1]["campaignId"])
    real = await whole_at(vendor, cast.employer_id, answers[0]["campaignId"])
    assert ["2031-06-01T09:00:00Z", False] == [
        clocked.campaign["createdAt"],
        real.campaign["createdAt"].startswith("2031"),
    ], "each by its own clock"


async def test_a_repeat_makes_no_second_one(vendor: Vendor, house: House) -> None:
    """The same key and year, whatever else the template says by now; what HR changed since stays."""
    first, later = await create_at(vendor), await create_at(vendor)
    made = (await make(vendor, asked(first))).must()["employers"][0]["campaignId"]
    at_work = Rest(await vendor.at(first))
    dates = dict.fromkeys(TEMPLATE["dates"])
    changed = {"name": "Onze week", "year": 2033, "dates": dates}
    (await at_work.update_campaign(made, changed, if_match="*")).must()

    again = (await make(vendor, asked(first, later, template=template(name="Anders")))).must()
    other_year = (await make(vendor, asked(first, year=2031))).must()
    other_key = (await make(vendor, asked(first, template=template(key="kort")))).must()

    assert (1, 1) == (again["created"], again["existing"])
    assert ("existing", made) == (again["employers"][0]["outcome"], again["employers"][0]["campaignId"])
    assert "Onze week" == (await at_work.get_campaign(made)).must()["name"]
    assert [1, 1] == [other_year["created"], other_key["created"]]
    assert 3 == (await counted(house, first))["peil.campaign"]
    assert ONE == await counted(house, later)


async def test_another_vendors_template_of_the_same_name(cast: Cast, vendor: Vendor, house: House) -> None:
    """Keys are a vendor's own: what another one made at the same employer is not in the way, and not shown."""
    other = await house.vendor()
    for one in (vendor, other):
        await link(cast, one)

    made = [(await make(one, asked(cast.employer_id))).must()["employers"][0] for one in (vendor, other)]

    assert ["created", "created"] == [one["outcome"] for one in made]
    assert made[0]["campaignId"] != made[1]["campaignId"]


async def test_one_that_refuses_stops_no_other(vendor: Vendor, house: House) -> None:
    """What only one of three has in its catalogue is told of the others, at its place; nothing is half there."""
    before, able, after = [await create_at(vendor) for _ in range(3)]
    api = Rest(await vendor.at(able))
    theme = {"kind": "theme", "key": "own-theme", "marks": []}
    (await api.create_catalogue_entry(BODIES["create_catalogue_entry"] | theme)).must()
    own = (await api.create_instrument(INSTRUMENT)).must()["instrumentId"]
    (await api.publish_instrument(own)).must()
    goal = TEMPLATE["goals"][0] | {"metric": {"kind": "block", "instrument": INSTRUMENT["key"], "block": "rest"}}
    kick_off = TEMPLATE["activities"][0] | {"kind": "own-activity"}
    new = template(themes=["psychological-safety", "own-theme"], goals=[goal])

    outcome = await make(vendor, asked(before, able, after, template=new), language="nl")
    refused = await make(vendor, asked(before, template=template(activities=[kick_off])))

    findings = [("/template/themes/1", "unknown-theme"), ("/template/goals/0/metric/instrument", "unknown-instrument")]
    answers = outcome.must()["employers"]
    assert ["refused", "created", "refused"] == [one["outcome"] for one in answers]
    assert [findings, [], findings] == [[(one["pointer"], one["code"]) for one in of["errors"]] for of in answers]
    assert "Dit thema staat niet in de catalogus." == answers[0]["errors"][0]["detail"]
    [kind] = refused.must()["employers"][0]["errors"]
    assert ("/template/activities/0/kind", "unknown-kind") == (kind["pointer"], kind["code"])
    assert [NOTHING, NOTHING] == [await counted(house, one) for one in (before, after)]


async def test_the_newest_published_version_is_meant(vendor: Vendor) -> None:
    """Of a questionnaire of which the employer has several: not the first, and no draft."""
    employer_id = await create_at(vendor)
    api = Rest(await vendor.at(employer_id))
    versions = [(await api.create_instrument(INSTRUMENT)).must()["instrumentId"] for _ in range(3)]
    for one in versions[:2]:
        (await api.publish_instrument(one)).must()
    goal = TEMPLATE["goals"][0] | {"metric": {"kind": "block", "instrument": INSTRUMENT["key"], "block": "rest"}}

    made = (await make(vendor, asked(employer_id, template=template(goals=[goal], criteria=[])))).must()

    campaign = (await api.get_campaign(made["employers"][0]["campaignId"])).must()
    assert versions[1] == campaign["goals"][0]["metric"]["instrumentId"]


WRONG: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
    ({"employerIds": None}, [("/employerIds", "some-or-all")]),
    ({"all": True}, [("/employerIds", "some-or-all")]),
    ({"cursor": "AAAA"}, [("/cursor", "cursor")]),
    ({"employerIds": None, "all": True, "cursor": "AAAA"}, [("/cursor", "cursor")]),
    ({"weekFrom": "2031-11-10"}, [("/weekFrom", "week-in-another-year")]),
    ({"weekFrom": "9999-12-31"}, [("/weekFrom", "week-in-another-year")]),
    ({"weekTo": "0001-01-01"}, [("/weekTo", "week-in-another-year")]),
    ({"weekFrom": "2030-11-12", "weekTo": "2030-11-11"}, [("/weekTo", "ends-before-start")]),
    ({"zone": "Mars/Olympus"}, [("/zone", "unknown-zone")]),
    (
        {
            "template": template(
                dates={"baselineTo": 0},
                themes=["psychological-safety", "psychological-safety"],
                activities=[TEMPLATE["activities"][0] | {"day": -70, "to": "09:00"}],
                communications=[TEMPLATE["communications"][0] | {"day": 372}],
            )
        },
        [
            ("/template/dates/baselineTo", "phase-out-of-order"),
            ("/template/themes/1", "duplicate-item"),
            ("/template/activities/0/day", "outside-campaign"),
            ("/template/activities/0/to", "ends-before-start"),
            ("/template/communications/0/day", "outside-campaign"),
        ],
    ),
    ({"template": template(coreTeam=[])}, [("/template/coreTeam", "unknown-field")]),
    ({"template": template(sponsorId=None)}, [("/template/sponsorId", "unknown-field")]),
    (
        {"template": template(goals=[TEMPLATE["goals"][0] | {"riskId": str(uuid4())}])},
        [("/template/goals/0/riskId", "unknown-field")],
    ),
    (
        {"template": template(activities=[TEMPLATE["activities"][0] | {"unitIds": [str(uuid4())]}])},
        [("/template/activities/0/unitIds", "unknown-field")],
    ),
    (
        {"template": template(communications=[TEMPLATE["communications"][0] | {"owner": {"personId": str(uuid4())}}])},
        [("/template/communications/0/owner", "unknown-field")],
    ),
]


@pytest.mark.parametrize(("changed", "findings"), WRONG)
async def test_what_is_wrong_everywhere_is_refused_at_once(
    vendor: Vendor, house: House, changed: dict[str, Any], findings: list[tuple[str, str]]
) -> None:
    """With all findings, and before any employer is entered; nothing of one employer fits into a template."""
    employer_id = await create_at(vendor)

    outcome = await make(vendor, asked(employer_id) | changed)

    assert ("refused", "invalid-input", findings) == (outcome.word, outcome.code, outcome.findings)
    assert NOTHING == await counted(house, employer_id)


async def test_nobody_is_named_twice_and_not_too_many(vendor: Vendor) -> None:
    """An employer that is named twice, none, and more than two hundred."""
    employer_id = await create_at(vendor)

    twice = await make(vendor, asked(employer_id, employer_id))
    none = await make(vendor, asked())
    many = await make(vendor, asked(*(str(uuid4()) for _ in range(201))))

    assert [("/employerIds/1", "duplicate-item")] == twice.findings
    assert [("/employerIds", "too-few-items")] == none.findings
    assert [("/employerIds", "too-many-items")] == many.findings


async def test_all_of_them_some_at_a_time(vendor: Vendor, house: House) -> None:
    """By the cursor of the answer before, over those that let it act, each once; another vendor's cursor is none."""
    employers = sorted([await create_at(vendor) for _ in range(3)])
    (await Rest(await vendor.itself()).revoke_vendor_link(employers[1], vendor.vendor_id)).must()
    other = await house.vendor()
    for _ in range(2):
        await create_at(other)
    new = asked() | {"employerIds": None, "all": True, "limit": 1}

    pages = [(await make(vendor, new)).must()]
    pages.append((await make(vendor, new | {"cursor": pages[0]["next"]})).must())
    theirs = (await make(other, new)).must()["next"]
    foreign = await make(vendor, new | {"cursor": theirs})
    again = told(await make(vendor, new | {"limit": 200}))

    assert [[employers[0]], [employers[2]]] == [[one["employerId"] for one in page["employers"]] for page in pages]
    assert [False, True] == [page["next"] is None for page in pages]
    assert [("/cursor", "cursor")] == foreign.findings
    assert {employers[0]: "existing", employers[2]: "existing"} == again


async def test_a_dry_run_says_it_and_does_nothing(vendor: Vendor, house: House) -> None:
    """What would be created, what is there and what would be refused."""
    there, free = await create_at(vendor), await create_at(vendor)
    made = (await make(vendor, asked(there))).must()["employers"][0]["campaignId"]

    dry = (await make(vendor, asked(there, free, dryRun=True))).must()
    refused = (await make(vendor, asked(free, dryRun=True, template=template(themes=["fame"])))).must()

    assert [("existing", made), ("created", None)] == [(one["outcome"], one["campaignId"]) for one in dry["employers"]]
    assert (True, 1, 1) == (dry["dryRun"], refused["refused"], len(refused["employers"][0]["errors"]))
    assert [ONE, NOTHING] == [await counted(house, one) for one in (there, free)]


async def test_only_the_vendors_own_token_does_it(standing: Cast, house: House) -> None:
    """Without a resource it only reads; for one employer it acts there alone; narrowed, or another's, it may not."""
    vendor, other = await standing.linked_vendor(), await house.vendor()
    new = asked(standing.employer_id, year=2040)
    narrow = await house.sign_in(*vendor.client, scope="employers:write", resource=f"/vendors/{vendor.vendor_id}")
    askers = [
        await vendor.over_all(),
        await vendor.at(standing.employer_id),
        Persona(house.http, narrow),
        standing.vendor,
        standing.hr,
        standing.operator,
        await other.itself(),
    ]

    answers = [await Rest(one).create_vendor_campaigns(vendor.vendor_id, new) for one in askers]

    assert [
        ("denied", "resource-needed"),
        ("denied", "denied"),
        ("denied", "resource-needed"),
        ("denied", "denied"),
        ("denied", "denied"),
        ("denied", "denied"),
        ("not-found", "not-found"),
    ] == [(one.word, one.code) for one in answers]
    assert 0 == (await counted(house, standing.employer_id))["peil.vendor_campaign"]


async def test_it_acts_with_the_rights_of_its_role(
    vendor: Vendor, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were `vendor_integration` not to write communication, it would write none this way either, and no campaign."""
    employer_id = await create_at(vendor)
    given = table.reaches

    def without(roles: frozenset[str], granted: frozenset[str] | None = None) -> Any:
        return {scope: reach for scope, reach in given(roles, granted).items() if scope != "communications:write"}

    itself = Rest(await vendor.itself())
    (await itself.list_employers()).must()
    monkeypatch.setattr(table, "reaches", without)
    denied = await itself.create_vendor_campaigns(vendor.vendor_id, asked(employer_id))

    assert ("denied", "resource-needed") == (denied.word, denied.code)
    assert NOTHING == await counted(house, employer_id)


async def test_a_failure_between_employers_leaves_nothing_half_done(
    vendor: Vendor, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one before stands, the one at which it failed has nothing; the same request again adds what is missing."""
    employers = [await create_at(vendor) for _ in range(3)]
    times = iter(range(9))

    async def failing(*given: Any) -> None:
        await keep_communications(*given)
        if next(times) == 1:
            raise RuntimeError("as if the process had ended here")

    monkeypatch.setattr(vendor_campaigns, keep_communications.__name__, failing)
    failed = await (await vendor.itself()).post(f"/vendors/{vendor.vendor_id}/campaigns", asked(*employers))
    between = [await counted(house, one) for one in employers]
    again = (await make(vendor, asked(*employers))).must()

    assert 500 == failed.status_code
    assert [ONE, NOTHING, NOTHING] == between
    assert ["existing", "created", "created"] == [one["outcome"] for one in again["employers"]]
    assert [ONE] * 3 == [await counted(house, one) for one in employers]


async def test_the_same_request_twice_at_once(vendor: Vendor, house: House) -> None:
    """As by a client that lost patience: each employer has one campaign, and one of the two says that it was there."""
    employers = [await create_at(vendor) for _ in range(4)]

    answers = await at_once(*(make(vendor, asked(*employers)) for _ in range(3)))

    outcomes = [told(one) for one in answers]
    assert [["created", "existing", "existing"]] * 4 == [
        sorted(outcome[one] for outcome in outcomes) for one in employers
    ]
    assert [ONE] * 4 == [await counted(house, one) for one in employers]


async def test_a_link_that_ends_meanwhile(
    cast: Cast, vendor: Vendor, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the vendor's employers were looked up, and before this one's turn: it is not found."""
    await link(cast, vendor)
    choose = vendor_campaigns._choose

    async def and_end(*given: Any, **named: Any) -> Any:
        chosen = await choose(*given, **named)
        (await Rest(cast.administrator).revoke_vendor_link(cast.employer_id, vendor.vendor_id)).must()
        return chosen

    monkeypatch.setattr(vendor_campaigns, "_choose", and_end)
    outcome = await make(vendor, asked(cast.employer_id))

    assert {cast.employer_id: "not-found"} == told(outcome)
    assert NOTHING == await counted(house, cast.employer_id)


async def test_statements_grow_with_employers_alone(vendor: Vendor, monkeypatch: pytest.MonkeyPatch) -> None:
    """For each employer the same number, however long the agenda is; those that are not its own cost none."""
    employers = [await create_at(vendor) for _ in range(6)]
    itself = Rest(await vendor.itself())
    (await itself.list_employers()).must()
    long = template(
        key="long",
        activities=TEMPLATE["activities"] * 100,
        communications=TEMPLATE["communications"] * 100,
    )
    statements = count_statements(monkeypatch)
    counts = []
    for chosen, used in ((employers[:1], TEMPLATE), (employers[1:4], TEMPLATE), (employers[4:5], long)):
        statements.clear()
        (await itself.create_vendor_campaigns(vendor.vendor_id, asked(*chosen, template=used))).must()
        counts.append(len(statements))
    statements.clear()
    (await itself.create_vendor_campaigns(vendor.vendor_id, asked(*(str(uuid4()) for _ in range(200))))).must()

    one, three, with_long = counts
    each = (three - one) / 2
    assert one == with_long
    assert each < 45
    assert len(statements) < 5
