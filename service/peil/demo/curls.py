"""Lines for a shell that has read the demo's file, once the story has ended: what a developer would try first."""

import json

from peil.demo.told import Ended
from peil.releases.cells_model import ProtectedCell

_QUERY = (
    "query($c: UUID!) { campaign(campaignId: $c) { __typename ... on Campaign { name weekFrom "
    "waves { __typename ... on WaveListing { items { name kind state } } } "
    "actions { __typename ... on ActionListing { items { title state nextCheckOn "
    "progressChecks { __typename ... on ProgressCheckListing { items { kind state result } } } } } } } } }"
)
_PRETTY = "python3 -m json.tool --no-ensure-ascii"


def curl_lines(ended: Ended) -> list[tuple[str, str]]:
    """What each line shows, and the line."""
    edition = ended.edition
    last, campaign = edition.measurements[-1], edition.campaign
    root = last.aggregates[0]
    protected = next(unit for unit in last.aggregates if isinstance(unit.response, ProtectedCell))
    wave, plan = f"/v1/waves/{last.wave_id}", f"/v1/campaigns/{campaign.campaign_id}"
    asked = {"query": _QUERY, "variables": {"c": str(campaign.campaign_id)}}
    wrong = {"name": "", "kind": "poll", "languages": [], "opensAt": "tomorrow"}

    def line(who: str, path: str, body: object = None, language: str = "en") -> str:
        sent = "" if body is None else f" -H 'Content-Type: application/json' -d '{json.dumps(body)}'"
        return f"as_{who} '{path}' -H 'Accept-Language: {language}'{sent} | {_PRETTY}"

    return [
        (f"{campaign.name}: what is still missing, in Dutch", line("hr", f"{plan}/readiness", language="nl")),
        (f"{root.name}: what changed and what did not", line("hr", f"{wave}/changes/{root.unit_id}")),
        (f"{protected.name}: protected, whoever asks", line("hr", f"{wave}/aggregates/{protected.unit_id}")),
        ("the plan of action", line("hr", f"/v1/actions?campaign={campaign.campaign_id}")),
        ("over GraphQL: the campaign, its waves, its actions and their checks", line("hr", "/graphql", asked)),
        ("a wave planned wrongly: every mistake at once, in Dutch", line("hr", "/v1/waves", wrong, "nl")),
        ("the first three units", line("vendor", "/v1/units?limit=3")),
        ("what happened first, for whoever polls", line("vendor", "/v1/events?limit=3")),
    ]
