"""Requests that could be sent, for the document; a test decodes every one of them."""

from typing import Any, NamedTuple

from peil.directory.model import PersonNew, UnitNew


class Lines(NamedTuple):
    """What a line of an NDJSON body should be, and a body that is right, also as a table."""

    shape: Any
    example: str
    table: str


_QUESTION = {"nl": "Ik kan mijn werk op tijd afkrijgen.", "en": "I can finish my work on time."}
_LABELS = [{"nl": "Nooit", "en": "Never"}, {"nl": "Altijd", "en": "Always"}]
_TEMPLATE = {
    "key": "week-of-work-stress",
    "name": "Week van de Werkstress",
    "goals": [
        {
            "title": "Minder werkdruk",
            "goal": "lower-workload",
            "kpi": "workload",
            "metric": {"kind": "block", "instrument": "work-stress-baseline", "block": "workload"},
            "target": 65,
        }
    ],
    "themes": ["psychological-safety"],
    "criteria": [{"kind": "participation", "atLeast": 70}],
    "activities": [{"kind": "kick-off", "title": "Kick-off", "day": 0, "from": "09:30", "to": "10:00"}],
    "communications": [
        {"kind": "invitation", "title": "Doe mee", "channel": "intranet", "day": -14, "ownerRole": "HR"},
    ],
}
_INSTRUMENT = {
    "key": "work-pressure",
    "title": {"nl": "Werkdruk", "en": "Work pressure"},
    "kind": "pulse",
    "languages": ["nl", "en"],
    "items": [
        {
            "kind": "rated",
            "key": "on-time",
            "version": 1,
            "text": _QUESTION,
            "sensitive": False,
            "repeatable": True,
            "points": 5,
            "labels": _LABELS,
            "reverse": False,
        }
    ],
    "blocks": [
        {
            "key": "workload",
            "title": {"nl": "Werklast", "en": "Workload"},
            "items": ["on-time"],
            "scoring": {"method": "mean", "orientation": "higher-is-better"},
        }
    ],
    "licence": {"name": "CC0-1.0", "holder": "Voorbeeld BV", "attribution": None, "source": None, "validated": False},
}
_PACKED = _INSTRUMENT | {
    "licence": {
        "name": "Gebruiksvoorwaarden 2025",
        "holder": "Voorbeeld BV",
        "attribution": "© Voorbeeld BV",
        "source": None,
        "validated": False,
    },
    "terms": {
        "permissionNeeded": True,
        "number": None,
        "validUntil": None,
        "commercialUse": False,
        "modificationAllowed": False,
        "sensitivityClass": "M",
        "translations": [{"language": "nl", "state": "original"}, {"language": "en", "state": "reviewed"}],
        "scales": [
            {
                "block": "workload",
                "minimumItems": 1,
                "norms": [
                    {
                        "population": "Werknemers in Nederland",
                        "year": 2025,
                        "source": "Handleiding, tabel 3",
                        "mean": 58.5,
                        "respondents": 1200,
                    }
                ],
            }
        ],
    },
}
_DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
_CLIENT_KEY = {
    "kid": "2026",
    "kty": "OKP",
    "alg": "EdDSA",
    "crv": "Ed25519",
    "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
}
_WAVE = {
    "name": "Nulmeting Week van de Werkstress",
    "kind": "baseline",
    "instrumentId": "019ab5b2-3c40-7c11-9c3a-0d6f5a3e9b11",
    "mode": "split",
    "languages": ["nl"],
    "opensAt": "2026-11-02T09:00:00+01:00",
    "closesAt": "2026-11-16T17:00:00+01:00",
}
_SERIES = {
    "name": "Puls",
    "instrumentId": "019ab5b2-3c40-7c11-9c3a-0d6f5a3e9b11",
    "mode": "split",
    "languages": ["nl"],
    "firstOn": "2026-11-24",
    "from": "09:00",
    "to": "17:00",
    "days": 2,
    "count": 6,
    "exceptions": ["2027-02-16"],
}

EXAMPLES: dict[str, dict[str, Any]] = {
    "create_employer": {"sandbox": {"name": "Voorbeeld BV", "language": "nl", "sandbox": True}},
    "create_vendor": {"suite": {"name": "Voorbeeld HR Software"}},
    "create_vendor_link": {"suite": {"vendorId": "019ab5b2-3c40-7c11-9c3a-0d6f5a3e9b22"}},
    "advance_test_clock": {"nextWeek": {"to": "2026-11-30T09:00:00+01:00"}},
    "create_policy": {"stricter": {"thresholds": {"kM": 8}}},
    "record_consent": {
        "council": {
            "kind": "works-council-consent",
            "policyVersion": 1,
            "mode": "split",
            "decidedOn": "2026-10-01",
            "documentSha256": _DIGEST,
        }
    },
    "record_precondition": {
        "dpia": {"kind": "dpia", "decidedOn": "2026-09-01", "documentSha256": _DIGEST},
        "notice": {
            "kind": "participant-notice",
            "decidedOn": "2026-10-15",
            "documentSha256": _DIGEST,
            "languages": ["nl"],
        },
    },
    "create_campaign": {"edition": {"name": "Week van de Werkstress 2026", "year": 2026}},
    "update_campaign": {
        "aims": {
            "themes": ["psychological-safety"],
            "criteria": [{"kind": "participation", "atLeast": 70}],
        }
    },
    "copy_campaign": {"next": {"year": 2027}},
    "create_vendor_campaigns": {
        "named": {
            "template": _TEMPLATE,
            "year": 2026,
            "employerIds": ["019ab5b2-3c40-7c11-9c3a-0d6f5a3e9b22"],
        },
        "all": {"template": _TEMPLATE, "year": 2026, "all": True, "dryRun": True},
    },
    "create_activity": {
        "kickOff": {"kind": "kick-off", "title": "Kick-off", "on": "2026-11-16", "from": "09:30", "to": "10:00"}
    },
    "update_activity": {"counted": {"attended": 140}},
    "create_communication": {
        "invitation": {"kind": "invitation", "title": "Doe mee", "channel": "intranet", "on": "2026-11-02"}
    },
    "update_communication": {"sent": {"state": "sent", "reach": 1200}},
    "create_action": {
        "mornings": {
            "title": "Vergadervrije ochtenden",
            "level": "organisation",
            "measure": "meeting-free-windows",
            "owner": {"role": "Directie"},
            "startsOn": "2026-11-16",
            "deadline": "2027-03-01",
        }
    },
    "update_action": {"begun": {"state": "active"}},
    "complete_progress_check": {"works": {"result": "working", "note": "De ochtenden blijven vrij."}},
    "create_consent_request": {
        "baseline": {
            "policyVersion": 1,
            "mode": "split",
            "documentSha256": _DIGEST,
            "answerBy": "2026-10-01",
            "note": "Nulmeting en pulses tot de zomer.",
        }
    },
    "decide_consent_request": {
        "consent": {"decision": "consent", "validUntil": "2027-11-01"},
        "refuse": {"decision": "refuse", "note": "Eerst willen wij de teksten voor medewerkers zien."},
    },
    "decide_comments": {
        "both": {
            "decisions": [
                {"commentId": "4f6d8c0e-6a35-4c0e-9f0a-3a1f5d0f7b21", "decision": "release"},
                {
                    "commentId": "9b1d2e64-0d0f-4f0b-8a53-7c9e1b6a4d10",
                    "decision": "redact",
                    "text": "De planning van […] is te krap.",
                },
            ]
        }
    },
    "create_client": {
        "suite": {"name": "HR suite", "roles": ["vendor_integration"]},
        "intranet": {"name": "Intranet", "public": True, "origins": ["https://intranet.voorbeeld.example"]},
        "key": {
            "name": "HR suite",
            "roles": ["vendor_integration"],
            "keys": [_CLIENT_KEY],
        },
    },
    "update_client": {"rename": {"name": "HR suite, salaries"}},
    "create_client_secret": {"week": {"overlap": 604_800}},
    "create_vendor_client": {"secret": {"name": "HR suite"}, "key": {"name": "HR suite", "keys": [_CLIENT_KEY]}},
    "update_vendor_client": {"rename": {"name": "HR suite, production"}},
    "create_vendor_client_secret": {"week": {"overlap": 604_800}},
    "create_scim_connection": {
        "entra": {"name": "Entra ID", "groups": "prefix", "groupPrefix": "Afdeling ", "tree": "import"},
        "okta": {"name": "Okta", "groups": "none", "tree": "department", "eraseAfter": 60},
    },
    "update_scim_connection": {"rename": {"name": "Entra ID, production"}},
    "create_scim_secret": {"week": {"overlap": 604_800}},
    "confirm_scim_removals": {"closure": {"people": 120}},
    "create_webhook_endpoint": {
        "some": {"url": "https://hr.example.com/peil", "types": ["wave.opened", "release.published"]},
        "all": {"url": "https://hr.example.com/peil"},
    },
    "update_webhook_endpoint": {"elsewhere": {"url": "https://hr.example.com/peil/v2"}},
    "create_webhook_secret": {"week": {"overlap": 604_800}},
    "replay_deliveries": {"failed": {"from": "2026-11-09T00:00:00Z"}},
    "create_vendor_webhook_endpoint": {"all": {"url": "https://suite.example.com/peil"}},
    "update_vendor_webhook_endpoint": {"some": {"types": ["wave.opened", "release.published"]}},
    "create_vendor_webhook_secret": {"week": {"overlap": 604_800}},
    "replay_vendor_deliveries": {"all": {"from": "2026-11-09T00:00:00Z", "state": "all"}},
    "create_issuer": {
        "entra": {
            "profile": "entra",
            "issuer": "https://login.microsoftonline.com/1c9b0d56-6b6c-4b61-9b62-08b1d31a4a4e/v2.0",
            "audience": "8d3c1a52-6f0e-4b7a-9a57-0d5c2f3b6e11",
            "directoryAttribute": "externalId",
            "roleMapping": {"Peil HR": "hr"},
        }
    },
    "update_issuer": {"mapping": {"roleMapping": {"Peil HR": "hr", "Peil OR": "works_council"}}},
    "create_unit": {"root": {"externalId": "root", "name": "Voorbeeld BV"}},
    "update_unit": {"rename": {"name": "Zorg en Welzijn"}},
    "create_person": {"employee": {"externalId": "1001", "unitExternalId": "care", "displayName": "A. de Vries"}},
    "update_person": {"move": {"unitExternalId": "care-west", "from": "2026-12-01"}},
    "create_support_route": {
        "adviser": {"kind": "confidential-adviser", "name": "B. Jansen", "contact": "+31 20 555 0100"}
    },
    "update_support_route": {"contact": {"contact": "+31 20 555 0101"}},
    "create_catalogue_entry": {
        "activity": {
            "kind": "activity",
            "key": "garden-walk",
            "title": {"nl": "Rondje tuin", "en": "Walk in the garden"},
            "marks": ["recovery"],
        }
    },
    "update_catalogue_entry": {
        "description": {"description": {"nl": "Elke dag om drie uur, een kwartier.", "en": "Each day at three."}}
    },
    "update_colours": {"green": {"accent": "#0b6e4f"}},
    "update_message_settings": {
        "byPeil": {"sentBy": "peil", "answerPage": "https://intranet.example/peiling", "reminderDays": [2, 4]}
    },
    "create_risk": {
        "workload": {
            "title": "Piekdrukte aan het eind van de maand",
            "category": "workload",
            "description": "De laatste week van de maand is het werk niet binnen de diensten te doen.",
            "severity": 4,
            "likelihood": 3,
            "rieVersion": "2026-1",
        }
    },
    "update_risk": {"controlled": {"state": "controlled", "likelihood": 2}},
    "create_instrument": {"pulse": _INSTRUMENT},
    "validate_instrument": {"pulse": _INSTRUMENT},
    "import_instrument": {
        "licensed": {
            "format": "peil-instrument-pack/1",
            "contentHash": "9fb07f4a0978185bf4fccee9c6df0b9b6386c21326cd8db4f558a8e99508e792",
            "instrument": _PACKED,
        }
    },
    "try_out_instrument": {"pulse": {"answers": {"on-time": 4}}},
    "record_permission": {
        "letter": {
            "reference": "Brief van 2 september 2026",
            "holder": "Voorbeeld BV",
            "number": "2026-117",
            "validFrom": "2026-09-01",
            "validUntil": "2028-09-01",
            "commercialUse": False,
            "modificationAllowed": False,
            "attribution": "© Voorbeeld BV",
            "documentSha256": _DIGEST,
        }
    },
    "update_instrument": {"title": {"title": {"en": "Pressure of work"}}},
    "plan_wave": {"baseline": _WAVE},
    "get_group_aggregate": {
        "location": {
            "unitIds": ["0192f0c4-7a1f-7a52-9d0b-5f5a6f1f2c3d", "0192f0c4-7a1f-7a52-9d0b-5f5a6f1f2c3e"],
        }
    },
    "preview_wave": {"half": _WAVE | {"rate": 50}},
    "update_wave": {"longer": {"closesAt": "2026-11-20T17:00:00+01:00"}},
    "extend_wave": {"longer": {"closesAt": "2026-11-18T17:00:00+01:00"}},
    "plan_wave_series": {"fortnightly": _SERIES},
    "preview_wave_series": {"weekly": _SERIES | {"cadence": "weekly", "holidays": "skip"}},
    "update_fatigue_budget": {"less": {"waves": 3, "items": 40}},
    "issue_answer_token": {
        "blinded": {"keyId": "5b0f2c53-7a1f-4a52-9d0b-5f5a6f1f2c3d", "blindedMessage": "c2lnbmVk".ljust(342, "A")}
    },
    "submit_response": {
        "code": {"code": "7K2QF-0VXNA-93TRE-HM5DC", "answers": {"on-time": 4}},
        "token": {
            "keyId": "5b0f2c53-7a1f-4a52-9d0b-5f5a6f1f2c3d",
            "message": "bWVzc2FnZQ".ljust(86, "A"),
            "signature": "c2lnbmF0dXJl".ljust(342, "A"),
            "answers": {"on-time": 4},
        },
    },
}

LINES: dict[str, Lines] = {
    "import_units": Lines(
        UnitNew,
        '{"externalId": "root", "name": "Voorbeeld BV"}\n'
        '{"externalId": "care", "name": "Zorg", "parentExternalId": "root"}\n',
        "externalId,name,parentExternalId\nroot,Voorbeeld BV,\ncare,Zorg,root\n",
    ),
    "import_people": Lines(
        PersonNew,
        '{"externalId": "1001", "unitExternalId": "care", "displayName": "A. de Vries"}\n',
        "externalId,unitExternalId,displayName,manages\n1001,care,A. de Vries,care|root\n",
    ),
}
