"""What the service told in the course of the story: all that the picture draws, and who can go on asking."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec

from peil.actions.model import Action, ProgressCheck
from peil.aggregates.changes.model import Change
from peil.aggregates.model import Aggregate
from peil.campaigns.model import Campaign
from peil.demo.answers import Year
from peil.demo.cast import Client
from peil.readiness.model import Evaluation, Readiness, Timeline


class Measurement(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one wave: its aggregates in the order of the tree, and how many invited were made up."""

    year: Year
    title: str
    wave_id: str
    aggregates: list[Aggregate]
    synthetic: int


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """An edition as one caller reads it: HR the whole of it, a manager what is about the own units."""

    campaign: Campaign
    readiness: Readiness
    measurements: list[Measurement]
    """Baseline and post-measurement, with the units that the caller may see."""
    changes: list[Change]
    evaluation: Evaluation
    timeline: Timeline
    actions: list[Action]
    checks: list[ProgressCheck]
    owners: Mapping[UUID, str]
    """Who sees to the actions, by the id of the person; the caller may not look everybody up."""


class LeftOpen(msgspec.Struct, frozen=True, kw_only=True):
    """A wave in mode blind in which whoever watches can take part, as somebody who did not answer yet."""

    wave_id: str
    person: str
    """What the company's sign-in calls them."""
    unit: str


class Ended(msgspec.Struct, frozen=True, kw_only=True):
    """The end of the story: what HR and the manager of one team read, and the clients for whoever wants to go on."""

    edition: Told
    before: Readiness
    """What was missing when the campaign had a name and a year."""
    began_on: date
    team: Told
    team_name: str
    left_open: LeftOpen
    employer_id: str
    hr: Client
    vendor: Client
    council: Client
