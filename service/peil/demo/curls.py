"""Lines to paste into a shell once the story has ended: what a developer would try first."""

import json

from peil.demo.cast import Client
from peil.demo.told import Ended
from peil.releases.model import ProtectedCell

_TOKEN = 'import json,sys; print(json.load(sys.stdin)["access_token"])'  # noqa: S105  # a program that reads one
_QUERY = (
    "query($c: UUID!) { campaign(campaignId: $c) { __typename ... on Campaign { name weekFrom "
    "waves { __typename ... on WaveListing { items { name kind state } } } "
    "actions { __typename ... on ActionListing { items { title state nextCheckOn "
    "progressChecks { __typename ... on ProgressCheckListing { items { kind state result } } } } } } } } }"
)
_PRETTY = "python3 -m json.tool --no-ensure-ascii"


def curl_lines(url: str, ended: Ended) -> list[tuple[str, str]]:
    """What each line shows, and the line; all can be pasted into bash as they are."""
    edition = ended.edition
    last, campaign = edition.measurements[-1], edition.campaign
    root = last.aggregates[0]
    protected = next(unit for unit in last.aggregates if isinstance(unit.response, ProtectedCell))
    wave, plan = f"/v1/waves/{last.wave_id}", f"/v1/campaigns/{campaign.campaign_id}"
    asked = {"query": _QUERY, "variables": {"c": str(campaign.campaign_id)}}
    wrong = {"name": "", "kind": "poll", "languages": [], "opensAt": "tomorrow"}

    def line(client: Client, path: str, body: object = None, language: str = "en") -> str:
        sent = "" if body is None else f" -H 'Content-Type: application/json' -d '{json.dumps(body)}'"
        return f"curl -s -H 'Accept-Language: {language}'{sent} {_authorization(url, client)} '{url}{path}' | {_PRETTY}"

    return [
        (f"{campaign.name}: what is still missing, in Dutch", line(ended.hr, f"{plan}/readiness", language="nl")),
        (f"{root.name}: what changed and what did not", line(ended.hr, f"{wave}/changes/{root.unit_id}")),
        (f"{protected.name}: protected, whoever asks", line(ended.hr, f"{wave}/aggregates/{protected.unit_id}")),
        ("the plan of action", line(ended.hr, f"/v1/actions?campaign={campaign.campaign_id}")),
        ("over GraphQL: the campaign, its waves, its actions and their checks", line(ended.hr, "/graphql", asked)),
        ("a wave planned wrongly: every mistake at once, in Dutch", line(ended.hr, "/v1/waves", wrong, "nl")),
        ("the first three units", line(ended.vendor, "/v1/units?limit=3")),
        ("what happened first, for whoever polls", line(ended.vendor, "/v1/events?limit=3")),
    ]


def _authorization(url: str, client: Client) -> str:
    """A header with a token that the line fetches for itself."""
    credentials = f"-u {client.client_id}:{client.secret} -d grant_type=client_credentials"
    return f"-H \"Authorization: Bearer $(curl -s {credentials} {url}/oauth/token | python3 -c '{_TOKEN}')\""
