"""The last act: HR, a manager and an employee read what came of the edition, each as far as it concerns them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from peil.actions.model import Action, ProgressCheck
from peil.aggregates.changes.model import Change
from peil.aggregates.model import Aggregate
from peil.campaigns.model import Campaign
from peil.demo.answers import Edition
from peil.demo.cast import Caller
from peil.demo.preparing import Prepared, read_readiness
from peil.demo.setting import Employer, Tell, signed_in
from peil.demo.stage import Stage
from peil.demo.told import Measurement, Told
from peil.readiness.model import Evaluation, Timeline


async def read_edition(caller: Caller, prepared: Prepared, measurements: Sequence[Measurement]) -> Told:
    """All that the service tells the caller about the edition."""
    campaign_id = str(prepared.campaign.campaign_id)
    path = f"/campaigns/{campaign_id}"
    campaign = msgspec.convert(await caller.get(path), Campaign)
    actions = msgspec.convert(await caller.get_all("/actions", campaign=campaign_id), list[Action])
    return Told(
        campaign=campaign,
        readiness=await read_readiness(caller, campaign),
        measurements=[await _read_again(caller, one) for one in measurements],
        changes=msgspec.convert(await caller.get_all(f"/waves/{measurements[-1].wave_id}/changes"), list[Change]),
        evaluation=msgspec.convert(await caller.get(f"{path}/evaluation"), Evaluation),
        timeline=msgspec.convert(await caller.get(f"{path}/timeline"), Timeline),
        actions=actions,
        checks=msgspec.convert(await caller.get_all("/progress-checks"), list[ProgressCheck]),
        owners=await _read_owners(caller, actions),
    )


async def _read_again(caller: Caller, measurement: Measurement) -> Measurement:
    found = await caller.get_all(f"/waves/{measurement.wave_id}/aggregates")
    return msgspec.structs.replace(measurement, aggregates=msgspec.convert(found, list[Aggregate]))


async def _read_owners(caller: Caller, actions: Sequence[Action]) -> dict[UUID, str]:
    """The names of those who see to the actions, as far as the caller may read the directory."""
    known: dict[str, Any] = {person["personId"]: person for person in await caller.get_all("/people")}
    owners = [action.owner.person_id for action in actions if action.owner.person_id is not None]
    return {owner: known[str(owner)]["displayName"] for owner in owners if str(owner) in known}


async def look_elsewhere(caller: Caller, told: Told, all_of: Measurement) -> str:
    """The names of the units that the caller sees; of another one there is nothing, not even a refusal."""
    seen = told.measurements[-1].aggregates
    mine = {unit.unit_id for unit in seen}
    hidden = next(unit for unit in all_of.aggregates if unit.unit_id not in mine)
    await caller.get(f"/waves/{all_of.wave_id}/changes/{hidden.unit_id}", expected=404)
    return " and ".join(unit.name for unit in seen)


async def read_as_employee(
    stage: Stage, employer: Employer, measurement: Measurement, edition: Edition, tell: Tell
) -> None:
    """An employee sees the own unit and those above, and that other units do not exist."""
    person = next(person for person in edition.people if person.unit == "osmi-netherlands")
    employee = signed_in(stage, employer, "employee", person.external_id)
    async with employee.http:
        seen = await employee.get_all(f"/waves/{measurement.wave_id}/aggregates")
        names = " and ".join(item["name"] for item in seen)
        mine = {item["unitId"] for item in seen}
        hidden = next(unit for unit in measurement.aggregates if str(unit.unit_id) not in mine)
        await employee.get(f"/waves/{measurement.wave_id}/aggregates/{hidden.unit_id}", expected=404)
    tell("employee", "signs in at the company", f"sees {names} only")
