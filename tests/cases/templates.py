"""A template of a vendor's, employers to make it at, and what is then there."""

from typing import Any, NamedTuple
from uuid import UUID

from anonymity.asking import owner
from support.apis import Outcome, Rest
from support.house import House, Vendor

TEXT = {"nl": "Omdat het kan.", "en": "Because we can."}
MADE = ("peil.campaign", "peil.activity", "peil.communication", "peil.vendor_campaign")
"""Tables of what a template makes."""

TEMPLATE: dict[str, Any] = {
    "key": "week-of-work-stress",
    "name": "Week van de Werkstress",
    "dates": {"preparationFrom": -60, "baselineFrom": None, "baselineTo": -14, "evaluationBy": 11},
    "goals": [
        {
            "title": "Minder werkdruk",
            "goal": "lower-workload",
            "kpi": "workload",
            "metric": {"kind": "block", "instrument": "work-stress-baseline", "block": "workload"},
            "target": 65,
        },
        {
            "title": "Iedereen doet mee",
            "goal": "healthy-culture",
            "kpi": "participation",
            "metric": {"kind": "participation", "waveKind": "post"},
            "target": 70,
        },
    ],
    "themes": ["psychological-safety"],
    "criteria": [
        {"kind": "participation", "atLeast": 70},
        {"kind": "score", "instrument": "work-stress-baseline", "block": "recovery", "atLeast": 60},
        {"kind": "change", "instrument": "work-stress-baseline", "block": "workload", "atLeast": 5},
    ],
    "coreMessage": {"why": TEXT, "whatWeWant": TEXT, "whatWeExpect": TEXT},
    "activities": [
        {"kind": "kick-off", "title": "Kick-off", "day": 0, "from": "09:30", "to": "10:00", "host": "de directie"},
        {
            "kind": "closing-check-in",
            "title": "Terugblik",
            "day": 4,
            "from": "15:00",
            "to": "15:30",
            "variant": "online",
        },
    ],
    "communications": [
        {"kind": "invitation", "title": "Doe mee", "channel": "intranet", "day": -14, "ownerRole": "HR"},
        {"kind": "thanks", "title": "Dank", "channel": "e-mail", "day": 7},
    ],
}


def template(**changed: Any) -> dict[str, Any]:
    return TEMPLATE | changed


def asked(*employer_ids: str, year: int = 2030, **changed: Any) -> dict[str, Any]:
    """The request for these employers."""
    return {"template": TEMPLATE, "year": year, "employerIds": list(employer_ids)} | changed


async def create_at(vendor: Vendor, **new: Any) -> str:
    """An employer that the vendor creates, and so acts for."""
    made = await Rest(await vendor.itself()).create_employer({"name": "Klant BV"} | new)
    return str(made.must()["employerId"])


async def make(vendor: Vendor, new: dict[str, Any], **options: Any) -> Outcome:
    """Sends the request with the vendor's own token."""
    return await Rest(await vendor.itself()).create_vendor_campaigns(vendor.vendor_id, new, **options)


def told(outcome: Outcome) -> dict[str, str]:
    """By employer what came of it."""
    return {one["employerId"]: one["outcome"] for one in outcome.must()["employers"]}


class Whole(NamedTuple):
    """A campaign with its agenda and its communication plan, as the vendor reads it at the employer."""

    campaign: dict[str, Any]
    activities: list[dict[str, Any]]
    communications: list[dict[str, Any]]


async def whole_at(vendor: Vendor, employer_id: str, campaign_id: str) -> Whole:
    """What is there, with a token for this employer."""
    api = Rest(await vendor.at(employer_id))
    return Whole(
        (await api.get_campaign(campaign_id)).must(),
        (await api.list_activities(campaign_id)).must()["items"],
        (await api.list_communications(campaign_id)).must()["items"],
    )


async def counted(house: House, employer_id: str) -> dict[str, int]:
    """How many rows of each of the tables an employer has, and how many it is told of that a template made."""
    async with owner(house) as connection:
        found = {
            table: await connection.fetchval(f"select count(*) from {table} where employer_id = $1", UUID(employer_id))
            for table in MADE
        }
        of_it = "employer_id = $1 and subject similar to '(campaigns|activities|communications)/%'"
        for table in ("peil.audit", "peil.event"):
            found[table] = await connection.fetchval(f"select count(*) from {table} where {of_it}", UUID(employer_id))
    return found


NOTHING = dict.fromkeys((*MADE, "peil.audit", "peil.event"), 0)
ONE = {
    "peil.campaign": 1,
    "peil.activity": 2,
    "peil.communication": 2,
    "peil.vendor_campaign": 1,
    "peil.audit": 5,
    "peil.event": 5,
}
"""What the template makes at one employer."""
