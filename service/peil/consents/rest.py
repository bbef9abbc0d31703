"""Requests for consent over REST."""

from uuid import UUID

from peil.consents import operations
from peil.consents.model import ConsentDecision, ConsentRequest, ConsentRequestNew
from peil.operation import Call
from peil.paging import ChangedPageQuery, Page
from peil.rest import Reply, Router

consents = Router("Consent requests")


@consents.post("/consent-requests", ruled=True)
async def create_consent_request(call: Call, body: ConsentRequestNew) -> Reply[ConsentRequest]:
    created = await operations.create_consent_request(call, body)
    return Reply(created, location=f"/consent-requests/{created.consent_request_id}")


@consents.get("/consent-requests")
async def list_consent_requests(call: Call, query: ChangedPageQuery) -> Page[ConsentRequest]:
    return await operations.list_consent_requests(call, query)


@consents.get("/consent-requests/{consentRequestId}")
async def get_consent_request(call: Call, consent_request_id: UUID) -> ConsentRequest:
    return await operations.get_consent_request(call, consent_request_id)


@consents.post("/consent-requests/{consentRequestId}/decide", status=200, ruled=True)
async def decide_consent_request(call: Call, consent_request_id: UUID, body: ConsentDecision) -> ConsentRequest:
    return await operations.decide_consent_request(call, consent_request_id, body)


@consents.post("/consent-requests/{consentRequestId}/cancel", status=200)
async def cancel_consent_request(call: Call, consent_request_id: UUID) -> ConsentRequest:
    return await operations.cancel_consent_request(call, consent_request_id)
