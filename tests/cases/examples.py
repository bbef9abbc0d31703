"""One good body per operation that takes one, and calls of any operation made from its signature."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import msgspec

from peil import clock
from peil.instruments.model import InstrumentNew
from peil.instruments.rules import content_hash
from peil.operation import ANONYMOUS, OPERATIONS
from support.apis import ENDPOINTS

PERSONAL = sorted(name for name in ENDPOINTS if name in OPERATIONS and OPERATIONS[name].scope != ANONYMOUS)
"""Every operation over REST that asks who is there."""

DIGEST = "0" * 64

INSTRUMENT: dict[str, Any] = {
    "key": "made-for-a-test",
    "title": {"nl": "Proef", "en": "Test"},
    "kind": "pulse",
    "languages": ["nl", "en"],
    "items": [
        {
            "kind": "rated",
            "key": "rest",
            "version": 1,
            "text": {"nl": "Ik rust uit.", "en": "I rest."},
            "sensitive": False,
            "repeatable": True,
            "points": 5,
            "labels": [{"nl": "nooit", "en": "never"}, {"nl": "altijd", "en": "always"}],
            "reverse": False,
        },
        {
            "kind": "yes-no",
            "key": "pause",
            "version": 1,
            "text": {"nl": "Neemt u pauze?", "en": "Do you take a break?"},
            "sensitive": False,
            "repeatable": True,
            "reverse": False,
        },
    ],
    "blocks": [],
    "licence": {"name": "CC0-1.0", "holder": "Peil", "attribution": None, "source": None, "validated": False},
}

PERMISSION = {
    "reference": "Letter of 2 September",
    "holder": "Peil",
    "validFrom": "2026-09-01",
    "commercialUse": False,
    "modificationAllowed": False,
    "documentSha256": DIGEST,
}

WAVE = {
    "name": "Puls",
    "kind": "pulse",
    "instrumentId": str(uuid4()),
    "mode": "split",
    "languages": ["nl"],
    "opensAt": "2030-01-01T09:00:00Z",
    "closesAt": "2030-01-02T09:00:00Z",
}

WAVE_SERIES = {
    "name": "Puls",
    "instrumentId": str(uuid4()),
    "mode": "split",
    "languages": ["nl"],
    "firstOn": "2030-01-07",
    "from": "09:00",
    "to": "17:00",
    "count": 3,
}

BODIES: dict[str, Any] = {
    "advance_test_clock": {"to": "2030-01-01T00:00:00Z"},
    "complete_progress_check": {"result": "working"},
    "copy_campaign": {"year": 2031},
    "create_vendor_campaigns": {
        "template": {"key": "week", "name": "Week van de Werkstress"},
        "year": 2031,
        "employerIds": [str(uuid4())],
    },
    "create_action": {
        "title": "Vergadervrije ochtenden",
        "level": "organisation",
        "owner": {"role": "HR"},
        "deadline": (clock.now() + timedelta(days=365)).date().isoformat(),
    },
    "create_activity": {"kind": "kick-off", "title": "Kick-off", "on": "2030-11-11", "from": "09:30", "to": "10:00"},
    "create_campaign": {"name": "Week van de Werkstress", "year": 2030},
    "create_communication": {"kind": "invitation", "title": "Kom", "channel": "intranet", "on": "2030-11-04"},
    "create_risk": {"title": "Te veel werk", "category": "workload", "severity": 4, "likelihood": 3},
    "create_catalogue_entry": {
        "kind": "activity",
        "key": "made-for-a-test",
        "title": {"nl": "Proef", "en": "Test"},
        "marks": ["recovery"],
    },
    "create_client": {"name": "another", "roles": ["vendor_integration"]},
    "create_client_secret": {},
    "create_webhook_endpoint": {"url": "https://receiver.example/peil"},
    "update_webhook_endpoint": {"types": ["wave.opened"]},
    "create_webhook_secret": {},
    "replay_deliveries": {"from": "2026-01-01T00:00:00Z"},
    "create_vendor_webhook_endpoint": {"url": "https://receiver.example/peil"},
    "update_vendor_webhook_endpoint": {"types": ["wave.opened"]},
    "create_vendor_webhook_secret": {},
    "replay_vendor_deliveries": {"from": "2026-01-01T00:00:00Z"},
    "create_scim_connection": {"name": "another"},
    "create_scim_secret": {},
    "confirm_scim_removals": {"people": 10},
    "create_consent_request": {
        "policyVersion": 1,
        "mode": "split",
        "documentSha256": DIGEST,
        "answerBy": "2999-01-01",
    },
    "create_employer": {"name": "Nieuw BV"},
    "create_vendor": {"name": "Voorbeeld HR Software"},
    "create_vendor_client": {"name": "another"},
    "create_vendor_client_secret": {},
    "create_vendor_link": {"vendorId": str(uuid4())},
    "update_vendor_client": {"name": "renamed"},
    "create_instrument": INSTRUMENT,
    "create_issuer": {
        "issuer": "https://login.example",
        "audience": "peil",
        "jwksUrl": "https://login.example/keys",
        "identityClaim": "oid",
        "directoryAttribute": "userName",
    },
    "create_person": {"externalId": "somebody", "unitExternalId": "field"},
    "create_policy": {
        "thresholds": {
            "kM": 7,
            "kC": 10,
            "kD3": 15,
            "kD5": 30,
            "kS": 30,
            "kPmo": 15,
            "kAbs": 30,
            "kN": 8,
            "m": 2,
        }
    },
    "create_support_route": {"kind": "reporting-route", "name": "Meldpunt", "contact": "0800 0000"},
    "create_unit": {"externalId": "new", "name": "New", "parentExternalId": "root"},
    "decide_comments": {"decisions": [{"commentId": str(uuid4()), "decision": "release"}]},
    "decide_consent_request": {"decision": "refuse"},
    "extend_wave": {"closesAt": "2030-01-03T09:00:00Z"},
    "issue_answer_token": {"keyId": str(uuid4()), "blindedMessage": "A" * 342},
    "import_people": b'{"externalId": "line", "unitExternalId": "care"}',
    "import_units": b'{"externalId": "line", "name": "Line", "parentExternalId": "root"}',
    "import_instrument": {
        "format": "peil-instrument-pack/1",
        "contentHash": content_hash(msgspec.convert(INSTRUMENT, InstrumentNew)),
        "instrument": INSTRUMENT,
    },
    "plan_wave": WAVE,
    "plan_wave_series": WAVE_SERIES,
    "get_group_aggregate": {"unitIds": [str(uuid4())]},
    "preview_wave": WAVE,
    "preview_wave_series": WAVE_SERIES,
    "record_consent": {
        "kind": "works-council-consent",
        "policyVersion": 1,
        "mode": "split",
        "decidedOn": "2026-01-01",
        "documentSha256": DIGEST,
    },
    "record_precondition": {"kind": "dpia", "decidedOn": "2026-01-01", "documentSha256": DIGEST},
    "record_permission": PERMISSION,
    "try_out_instrument": {"answers": {"rest": 4}},
    "update_action": {"state": "active"},
    "update_activity": {"host": "Jo"},
    "update_campaign": {"name": "Week van het werkgeluk"},
    "update_communication": {"state": "sent"},
    "update_colours": {"accent": "#0b6e4f"},
    "update_message_settings": {"reminderDays": [2]},
    "update_client": {"name": "renamed"},
    "update_issuer": {"roleMapping": {"board": "board"}},
    "update_scim_connection": {"name": "renamed"},
    "update_risk": {"state": "controlled"},
    "update_catalogue_entry": {"title": {"nl": "Anders"}},
    "update_fatigue_budget": {"days": 27},
    "update_instrument": {"kind": "survey"},
    "update_person": {"displayName": "Somebody"},
    "update_support_route": {"name": "Loket"},
    "update_unit": {"name": "Renamed"},
    "update_wave": {"name": "Peiling"},
    "validate_instrument": INSTRUMENT,
}


def arguments_of(name: str, id_of: Callable[[str], str]) -> list[Any]:
    """What `Api.call` takes: an id for every name in the path, and the body if there is one."""
    ids = [id_of(one) for one in re.findall(r"{(\w+)}", ENDPOINTS[name].path)]
    return [*ids, BODIES[name]] if ENDPOINTS[name].body is not None else ids


def options_of(name: str) -> dict[str, str]:
    """What else it takes: changes are made to whatever version there is."""
    return {"if_match": "*"} if ENDPOINTS[name].method in ("PATCH", "DELETE") else {}


def any_id(name: str) -> str:
    """An id of nothing; of what is no id, one there is."""
    return "score" if name == "kind" else str(uuid4())
