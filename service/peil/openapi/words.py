"""The words of the document that come from nowhere else: tags, and how docstrings become sentences."""

import inspect

TAGS = {
    "Employers": "Employers, their thresholds, and what must be recorded before a wave may open.",
    "Vendors": "Companies whose products embed Peil for many employers, and the employers that let them act.",
    "Consent requests": "What the works council is asked, and what it decides.",
    "Access": "OAuth clients, and the OIDC issuers that sign an employer's people in.",
    "Directory": "Units and people, one by one and by import.",
    "Support routes": "Where an employee can turn to.",
    "Toolkit": "The catalogue: themes, goals, activities, communication, measures and risks; employers add their own.",
    "Instruments": "Questionnaires; drafts change, published versions never do.",
    "Risks": "The PSA part of the RI&E register.",
    "Campaigns": "One edition of the programme week: aims, team, dates, agenda and communication.",
    "Waves": "Times of asking, from plan to release.",
    "Participation": "Who may answer.",
    "Messages": "Invitations, reminders and thanks: how people are written to, what they read, and who wants none.",
    "Responses": "What an anonymous respondent sees and sends; needs no sign-in.",
    "Aggregates": "What a release says about a unit; a protected unit has no figures.",
    "Disclosure": "What was protected in a release and why, and a bundle to verify it without the service.",
    "Comments": "What people wrote: moderated by the confidential adviser, released at most once per wave.",
    "Actions": "The plan of action: measures with owner, deadline and metric, and whether they work.",
    "Widgets": "Small answers for one page, with a token that can do nothing else.",
    "Readiness": "What a campaign lacks, what is due, and what became of it.",
    "Audit": "Who did what, in a chain of hashes.",
    "Events": "The pull feed of everything that happened, and what can happen.",
    "Webhooks": "Where events are pushed to, what became of each, and sending it again.",
}

DESCRIPTION = """\
Peil runs a Dutch work-stress programme inside other people's products: plan a campaign, ask, publish what cannot be
traced to a person, act, follow up.

Every error is a problem document (RFC 9457) with all findings at once; its `type` leads to a page that explains it.
Another employer's things do not exist (404). Lists are pages with a sealed cursor. Changes are JSON merge patches and
name the version they were made from (`If-Match`). Retries of what creates are safe with an `Idempotency-Key`.

Each operation names the scope that it needs. One that writes answers with the thing as it has become, and so needs
the scope to read it as well. A token that is bound to a key (DPoP, RFC 9449) is taken by each that takes a token;
`dpop_signing_alg_values_supported` of `/.well-known/oauth-authorization-server` says which algorithms of proofs.
"""


def camel(name: str) -> str:
    """`open_wave` as operationId: openWave."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def sentences(docstring: str | None) -> tuple[str, str]:
    """Summary and description: the first sentence without its full stop, and the whole."""
    whole = " ".join(inspect.cleandoc(docstring or "").split("\n\n")[0].split())
    text = inspect.cleandoc(docstring or "")
    return whole.split(". ")[0].rstrip("."), text
