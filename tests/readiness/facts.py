"""Facts about a campaign that lacks whatever a test does not give it, in an organisation of seven units."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from peil.actions import rules as action_rules
from peil.actions.model import Action, ActionNew, StoredAction
from peil.campaigns import rules as campaign_rules
from peil.campaigns.agenda_model import Activity
from peil.campaigns.model import CampaignNew, StoredCampaign
from peil.consents.model import ConsentRequest
from peil.directory.model import Owner, OwnerNew
from peil.readiness.rules import Facts, Found, UnitFact, findings
from peil.toolkit.model import CatalogueEntry, Mark
from peil.waves.model import Wave

WEEK = (date(2026, 11, 16), date(2026, 11, 20))
MADE = datetime(2026, 1, 1, tzinfo=UTC)
TREE: dict[str, str | None] = {
    "root": None,
    "sales": "root",
    "field": "sales",
    "office": "sales",
    "care": "root",
    "day": "care",
    "night": "care",
}
UNITS = {name: uuid4() for name in TREE}


def facts(**chosen: Any) -> Facts:
    """A campaign of a name and a year, and nothing else."""
    new = CampaignNew(name="Week", year=2026)
    own = {name: getattr(new, name) for name in CampaignNew.__struct_fields__}
    stored = StoredCampaign(**own, campaign_id=uuid4(), copied_from_id=None, created_at=MADE)
    nothing: dict[str, Any] = dict.fromkeys(("waves", "too_much", "agenda", "plan", "actions", "checks"), ())
    nothing |= {name: {} for name in ("activities", "communications", "team_units")}
    nothing |= {"routes": (), "preconditions": (), "council": "not-involved", "today": date(2026, 9, 1)}
    units = [UnitFact(UNITS[name], None if above is None else UNITS[above], name) for name, above in TREE.items()]
    return Facts(**nothing | {"campaign": campaign_rules.campaign_of(stored), "units": units} | chosen)


def found(code: str, **chosen: Any) -> list[Found]:
    """What is found of this kind."""
    return [one for one in findings(facts(**chosen)) if one.code == code]


def activity(*units: str, on: date = WEEK[0], kind: str = "workshop") -> Activity:
    """Something on the agenda for these units; for none: for everyone."""
    return Activity(
        activity_id=uuid4(),
        campaign_id=uuid4(),
        kind=kind,
        title=kind,
        on=on,
        from_="09:00",
        to="10:00",
        unit_ids=[UNITS[name] for name in units] or None,
        variant="live",
        host=None,
        attended=None,
    )


def entry(key: str, *marks: Mark) -> CatalogueEntry:
    """A kind of activity."""
    return CatalogueEntry(
        catalogue_entry_id=uuid4(),
        kind="activity",
        key=key,
        title={"nl": key},
        description=None,
        marks=list(marks),
        shipped=True,
    )


def action(unit: str | None = None) -> Action:
    """A measure for a unit; None: for everyone."""
    new = ActionNew(title="A", level="team", owner=OwnerNew(role="HR"), deadline=date(2027, 3, 1))
    own = {name: getattr(new, name) for name in ActionNew.__struct_fields__}
    own |= {"unit_id": None if unit is None else UNITS[unit], "owner": Owner(person_id=None, role="HR")}
    own |= {"starts_on": WEEK[1], "history": [], "last_check": 0, "created_at": MADE}
    return action_rules.action_of(StoredAction(**own, action_id=uuid4()), None, WEEK[1])


def wave(kind: Any, state: Any) -> Wave:
    """A wave of this kind in this state."""
    return Wave(
        wave_id=uuid4(),
        series_id=None,
        campaign_id=uuid4(),
        name="W",
        kind=kind,
        instrument_id=uuid4(),
        mode="split",
        languages=["nl"],
        opens_at=MADE,
        closes_at=MADE,
        zone="Europe/Amsterdam",
        unit_ids=None,
        employment_types=None,
        policy_version=1,
        state=state,
        invited=None,
        excluded=None,
        codes_drawn=False,
        keys="none",
        manifest_sha256=None,
        failure=None,
        created_at=MADE,
    )


def request(mode: Any, state: Any) -> ConsentRequest:
    """What the works council was asked, and what became of it."""
    return ConsentRequest(
        consent_request_id=uuid4(),
        policy_version=1,
        mode=mode,
        document_sha256="0" * 64,
        answer_by=WEEK[0],
        note=None,
        requested_on=MADE.date(),
        state=state,
        decided_on=None,
        decision_note=None,
        precondition_id=None,
        created_at=MADE,
    )
