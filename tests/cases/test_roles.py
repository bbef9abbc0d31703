"""Who may do what: every operation in every role, through REST and GraphQL, against the design's table."""

import re

import pytest

from cases.examples import PERSONAL, any_id, arguments_of, options_of
from peil.access import table
from peil.operation import ANONYMOUS, OPERATIONS
from support.apis import FIELDS, Api, Rest, Speak
from support.house import House, Persona
from support.personas import Cast

ROLES = [
    "administrator",
    "hr",
    "board",
    "manager",
    "employee",
    "ambassador",
    "works_council",
    "prevention_officer",
    "confidential_adviser",
    "occupational_health",
    "vendor_integration",
    "operator",
    "message_delivery",
    "vendor",
]

# The design's table "Who may do what": r read, w write, - not at all. Rows the design has in other words: `clocks`
# (the sandbox), `codes` (reminders to deliver), `employers`, `vendors` and the operator's `clients` (off-boarding,
# keys). The column `vnd` is a vendor that names no employer but itself; at an employer it has the column `ven`.
DESIGN = {
    #                        adm hr  brd mgr emp amb or  prv adv arb ven op  dlv vnd
    "issuers": "               w   -   -   -   -   -   -   -   -   -   w   -   -   -",
    "confirmations": "         w   -   -   -   -   -   -   -   -   -   -   -   -   -",
    "clients": "               w   -   -   -   -   -   -   -   -   -   w   w   -   -",
    "employers": "             r   r   r   -   -   -   r   -   -   -   r   w   -   w",
    "vendors": "               -   -   -   -   -   -   -   -   -   -   -   w   -   r",
    "vendor clients": "        -   -   -   -   -   -   -   -   -   -   -   w   -   w",
    "vendor links": "          w   -   -   -   -   -   -   -   -   -   w   w   -   w",
    "vendor confirmations": "  w   -   -   -   -   -   -   -   -   -   -   -   -   -",
    "vendor findings": "       -   -   -   -   -   -   -   -   -   -   -   -   -   r",
    "vendor campaigns": "      -   -   -   -   -   -   -   -   -   -   -   -   -   w",
    "clocks": "                w   w   -   -   -   -   -   -   -   -   w   w   -   -",
    "scim": "                  w   -   -   -   -   -   -   -   -   -   w   -   -   -",
    "directory": "             r   w   -   r   r   -   -   -   -   -   w   -   -   -",
    "policy": "                -   w   r   r   r   r   r   w   r   r   r   -   -   -",
    "consents": "              -   w   r   -   -   -   w   r   -   -   -   -   -   -",
    "consent requests": "      -   w   r   -   -   -   r   r   -   -   -   -   -   -",
    "consent decisions": "     -   -   -   -   -   -   w   -   -   -   -   -   -   -",
    "support routes": "        -   w   r   r   r   r   r   w   r   r   r   -   -   -",
    "colours": "               r   w   r   r   r   r   r   r   r   r   w   -   -   -",
    "toolkit": "               -   w   r   r   r   r   r   r   r   -   w   -   -   -",
    "instruments": "           -   w   r   r   r   r   r   r   r   r   w   -   -   -",
    "risks": "                 -   w   r   r   r   -   r   w   r   r   r   -   -   -",
    "campaigns": "             -   w   r   r   r   r   r   r   r   -   w   -   -   -",
    "activities": "            -   w   r   w   r   r   r   r   r   -   w   -   -   -",
    "communications": "        -   w   r   r   r   w   r   r   r   -   w   -   -   -",
    "waves": "                 -   w   r   r   r   r   r   r   -   -   w   -   -   -",
    "reportability": "         -   r   r   -   -   -   r   r   -   -   r   -   -   -",
    "answer tokens": "         -   w   w   w   w   w   w   w   w   w   -   -   -   -",
    "codes": "                 -   w   -   -   -   -   -   -   -   -   w   -   -   -",
    "messages": "              -   w   r   -   -   -   r   r   -   -   w   -   -   -",
    "opt-outs": "              -   w   w   w   w   w   w   w   w   w   -   -   -   -",
    "reminders": "             -   -   -   -   -   -   -   -   -   -   -   -   r   -",
    "aggregates": "            -   r   r   r   r   r   r   r   r   r   r   -   -   -",
    "widgets": "               -   r   r   r   r   r   r   r   r   r   r   -   -   -",
    "comments": "              -   r   r   r   r   -   r   r   r   -   -   -   -   -",
    "moderation": "            -   -   -   -   -   -   -   -   w   -   -   -   -   -",
    "actions": "               -   w   w   w   r   -   r   w   -   -   w   -   -   -",
    "readiness": "             -   r   r   r   -   r   r   r   r   -   r   -   -   -",
    "disclosure": "            -   r   r   -   -   -   r   r   -   -   -   -   -   -",
    "audit": "                 -   r   r   -   -   -   r   r   -   -   -   r   -   r",
    "events": "                r   -   -   -   -   -   -   -   -   -   r   -   -   r",
    "webhooks": "              w   -   -   -   -   -   -   -   -   -   w   -   -   -",
    "vendor webhooks": "       -   -   -   -   -   -   -   -   -   -   -   -   -   w",
    "vendor deliveries": "     -   -   -   -   -   -   -   -   -   -   -   -   -   r",
}

PEOPLE = {"manager", "employee", "ambassador"}

OPERATIONS_OF = {
    ("issuers", "r"): "get_issuer list_issuers",
    ("issuers", "w"): "create_issuer update_issuer check_issuer",
    ("confirmations", "w"): "confirm_issuer revoke_issuer confirm_scim_connection confirm_scim_removals",
    ("clients", "r"): "get_client list_clients",
    ("clients", "w"): "create_client update_client revoke_client create_client_secret revoke_client_secret",
    ("scim", "r"): "get_scim_connection list_scim_connections get_scim_report",
    ("scim", "w"): (
        "create_scim_connection update_scim_connection revoke_scim_connection create_scim_secret revoke_scim_secret"
    ),
    ("employers", "r"): "get_employer list_employers",
    ("employers", "w"): "create_employer",
    ("vendors", "r"): "get_vendor list_vendors list_vendor_employers",
    ("vendors", "w"): "create_vendor revoke_vendor",
    ("vendor clients", "r"): "get_vendor_client list_vendor_clients",
    ("vendor clients", "w"): (
        "create_vendor_client update_vendor_client revoke_vendor_client "
        "create_vendor_client_secret revoke_vendor_client_secret"
    ),
    ("vendor links", "r"): "get_vendor_link list_vendor_links",
    ("vendor links", "w"): "create_vendor_link revoke_vendor_link",
    ("vendor confirmations", "w"): "confirm_vendor_link",
    ("vendor findings", "r"): "list_vendor_findings",
    ("vendor campaigns", "w"): "create_vendor_campaigns",
    ("clocks", "w"): "advance_test_clock",
    ("directory", "r"): "get_unit list_units get_person list_people",
    ("directory", "w"): "create_unit update_unit delete_unit create_person update_person import_units import_people",
    ("policy", "r"): "list_policies get_precondition list_preconditions",
    ("policy", "w"): "create_policy record_precondition",
    ("consents", "w"): "record_consent revoke_consent",
    ("consent requests", "r"): "get_consent_request list_consent_requests",
    ("consent requests", "w"): "create_consent_request cancel_consent_request",
    ("consent decisions", "w"): "decide_consent_request",
    ("support routes", "r"): "get_support_route list_support_routes",
    ("support routes", "w"): "create_support_route update_support_route delete_support_route",
    ("colours", "r"): "get_colours",
    ("colours", "w"): "update_colours",
    ("toolkit", "r"): "get_catalogue_entry list_catalogue_entries",
    ("toolkit", "w"): "create_catalogue_entry update_catalogue_entry",
    ("instruments", "r"): (
        "get_instrument list_instruments validate_instrument export_instrument get_permission list_permissions"
    ),
    ("instruments", "w"): (
        "create_instrument update_instrument publish_instrument delete_instrument import_instrument "
        "try_out_instrument record_permission revoke_permission"
    ),
    ("risks", "r"): "get_risk list_risks",
    ("risks", "w"): "create_risk update_risk",
    ("campaigns", "r"): "get_campaign list_campaigns get_timeline get_evaluation",
    ("campaigns", "w"): "create_campaign update_campaign copy_campaign",
    ("activities", "r"): "get_activity list_activities",
    ("activities", "w"): "create_activity update_activity delete_activity",
    ("communications", "r"): "get_communication list_communications",
    ("communications", "w"): "create_communication update_communication delete_communication",
    ("waves", "r"): "get_wave list_waves get_wave_series list_wave_series get_fatigue_budget get_participation",
    ("waves", "w"): "plan_wave update_wave open_wave close_wave extend_wave cancel_wave plan_wave_series"
    " preview_wave preview_wave_series cancel_wave_series update_fatigue_budget",
    ("reportability", "r"): "get_reportability",
    ("answer tokens", "r"): "list_my_waves",
    ("answer tokens", "w"): "issue_answer_token",
    ("codes", "w"): "draw_codes draw_handout_codes",
    ("messages", "r"): "get_message_settings list_messages",
    ("messages", "w"): "update_message_settings",
    ("opt-outs", "r"): "get_opt_out",
    ("opt-outs", "w"): "create_opt_out revoke_opt_out",
    ("reminders", "r"): "list_recipients",
    ("aggregates", "r"): "get_aggregate list_aggregates get_change list_changes get_trend"
    " get_wave_overview get_branch get_heat_table get_group_aggregate export_aggregates get_chart",
    ("widgets", "r"): (
        "get_team_widget get_chart_widget get_aggregate_widget get_trend_widget get_participation_widget "
        "get_agenda_widget get_actions_widget get_support_routes_widget get_waves_widget"
    ),
    ("comments", "r"): "list_comments list_comment_places get_comment_release",
    ("moderation", "r"): "get_comment_moderation list_awaiting_comments",
    ("moderation", "w"): "decide_comments end_comment_moderation withdraw_comment",
    ("actions", "r"): "get_action list_actions get_progress_check list_progress_checks export_actions",
    ("actions", "w"): "create_action update_action complete_progress_check list_action_drafts",
    ("readiness", "r"): "get_readiness",
    ("disclosure", "r"): "get_disclosure_report export_release get_release list_releases",
    ("audit", "r"): "list_audit export_audit",
    ("events", "r"): "list_events get_event_catalogue",
    ("webhooks", "r"): "get_webhook_endpoint list_webhook_endpoints get_delivery list_deliveries",
    ("webhooks", "w"): (
        "create_webhook_endpoint update_webhook_endpoint delete_webhook_endpoint verify_webhook_endpoint "
        "create_webhook_secret revoke_webhook_secret replay_delivery replay_deliveries"
    ),
    ("vendor webhooks", "r"): (
        "get_vendor_webhook_endpoint list_vendor_webhook_endpoints get_vendor_delivery list_vendor_deliveries"
    ),
    ("vendor webhooks", "w"): (
        "create_vendor_webhook_endpoint update_vendor_webhook_endpoint delete_vendor_webhook_endpoint "
        "verify_vendor_webhook_endpoint create_vendor_webhook_secret revoke_vendor_webhook_secret "
        "replay_vendor_delivery replay_vendor_deliveries"
    ),
    ("vendor deliveries", "r"): "list_vendor_failed_deliveries",
}
ROW_OF = {name: key for key, names in OPERATIONS_OF.items() for name in names.split()}


def allowed(role: str, name: str) -> bool:
    """What the design says."""
    row, verb = ROW_OF[name]
    if row in ("answer tokens", "opt-outs") and role not in PEOPLE:
        # An own sign-in is needed: a client of this role is nobody who could answer.
        return False
    # Whoever is signed in as a person is an employee as well.
    roles = {role} | ({"employee"} if role in ("manager", "ambassador") else set())
    # Whoever delivers messages is no column of the design's: a client of its own, with its one row.
    cells = dict(zip(ROLES, DESIGN[row].split(), strict=False))
    return any(cells.get(one) == "w" or (cells.get(one) == verb == "r") for one in roles)


async def speaker(cast: Cast, role: str) -> Persona:
    """A client that has this role only, or a person in it."""
    if role in PEOPLE | {"operator"}:
        return cast.in_role(role)
    if role == "vendor":
        return await (await cast.linked_vendor()).itself()
    return await cast.employer.client(role)


async def permitted(api: Api, names: list[str]) -> dict[str, bool]:
    """By operation: whether it was let in, whatever came of it."""
    found = {}
    for name in names:
        outcome = await api.call(name, *arguments_of(name, any_id), **options_of(name))
        # What GraphQL refuses before it runs has no code, and would say nothing about rights.
        assert outcome.word == "ok" or outcome.code is not None, outcome.body
        # Who may do it for the own units only is let in, and then told that these are not theirs.
        found[name] = outcome.code not in ("denied", "resource-needed", "unauthenticated")
    return found


def test_every_operation_stands_in_the_design() -> None:
    """Nobody can add an operation without deciding who may do it; those of the service itself have no endpoint."""
    internal = {name for name in OPERATIONS if re.search(r"_by_(\w+_)?id\Z", name)} | {
        "issue_widget_token",
        "provision",
    }
    signed_in = {name for name, one in OPERATIONS.items() if one.scope != ANONYMOUS}

    assert signed_in - internal == set(ROW_OF) == set(PERSONAL)
    assert set(table.ROLES) == set(ROLES)


@pytest.mark.parametrize("role", ROLES)
async def test_every_cell(speak: Speak, standing: Cast, role: str) -> None:
    """Each operation is let in or denied as the design's table has it."""
    api = speak(await speaker(standing, role))
    names = [name for name in PERSONAL if isinstance(api, Rest) or name in FIELDS]

    found = await permitted(api, names)

    assert {name: allowed(role, name) for name in names} == found


async def test_nobody_may_do_anything(speak: Speak, house: House) -> None:
    """Without a token every operation answers 401."""
    api = speak(house.anonymous)
    names = [name for name in PERSONAL if isinstance(api, Rest) or name in FIELDS]

    words = {(await api.call(name, *arguments_of(name, any_id), **options_of(name))).word for name in names}

    assert {"unauthenticated"} == words


async def test_a_token_can_have_less_than_its_client(speak: Speak, standing: Cast) -> None:
    """With the scope to read waves, a client of HR reads waves and nothing else."""
    created = await standing.administrator.must(
        standing.administrator.post(f"/employers/{standing.employer_id}/clients", {"name": "narrow", "roles": ["hr"]})
    )
    token = await standing.house.sign_in(created["clientId"], created["clientSecret"], "waves:read")
    api = speak(Persona(standing.house.http, token))
    names = [name for name in PERSONAL if isinstance(api, Rest) or name in FIELDS]

    found = await permitted(api, names)

    assert set(OPERATIONS_OF["waves", "r"].split()) == {name for name, is_let_in in found.items() if is_let_in}


DEVELOPERS = {
    "administrator",
    "hr",
    "works_council",
    "prevention_officer",
    "vendor_integration",
    "operator",
    "vendor",
}


@pytest.mark.parametrize("role", ROLES)
async def test_who_may_send_documents_of_their_own(standing: Cast, role: str) -> None:
    """Those who build or audit something; everybody else sends the id of a persisted one."""
    persona = await speaker(standing, role)
    headers = {"authorization": f"Bearer {persona.token}"}

    answers = [
        await persona.http.post("/graphql", json={"query": document}, headers=headers)
        for document in ("{ __typename }", "{ __schema { types { name } } }")
    ]

    assert [200 if role in DEVELOPERS else 403] * 2 == [one.status_code for one in answers]
    assert all(("data" in one.json()) == (role in DEVELOPERS) for one in answers)
