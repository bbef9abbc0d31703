"""What can be done with requests for the works council's consent."""

from uuid import UUID

from peil.audit import record
from peil.consents import queries, rules
from peil.consents.model import ConsentDecision, ConsentRequest, ConsentRequestNew, Stance
from peil.employers.operations import (
    modes_withdrawn,
    newest_policy,
    record_consent,
    standing_preconditions,
    withdraw_consents,
)
from peil.errors import NotFound
from peil.ids import NONE, ordered_id
from peil.operation import Transaction, operation
from peil.outbox import publish
from peil.paging import ChangedPageQuery, Page, page


@operation("consent-requests:write", creates=True)
async def create_consent_request(tx: Transaction, new: ConsentRequestNew) -> ConsentRequest:
    """Asks the works council to consent to a policy and a mode."""
    rules.check_request(new, (await newest_policy(tx)).version, tx.now.date())
    request_id = ordered_id()
    await queries.insert_consent_request(tx, tx.employer_id, request_id, new, tx.now.date(), tx.now)
    return await _recorded(tx, request_id, "created", "requested")


@operation("consent-requests:read")
async def get_consent_request(tx: Transaction, consent_request_id: UUID) -> ConsentRequest:
    """A request, and what the works council decided."""
    return await _found(tx, consent_request_id)


@operation("consent-requests:read")
async def list_consent_requests(tx: Transaction, query: ChangedPageQuery) -> Page[ConsentRequest]:
    """What the works council was asked, oldest first."""
    bound = (tx.employer_id, "consent-requests", query.modified_after)
    after = tx.parts.cursors.open(query.cursor, UUID, *bound) if query.cursor else NONE
    found = await queries.select_consent_requests(tx, tx.employer_id, after, query.modified_after, query.limit + 1)
    return page(found, query.limit, lambda request: tx.parts.cursors.seal(request.consent_request_id, *bound))


@operation("consent-requests:write")
async def cancel_consent_request(tx: Transaction, consent_request_id: UUID) -> ConsentRequest:
    """Takes a request back that the works council has not decided yet."""
    await _pending(tx, consent_request_id)
    await queries.cancel_consent_request(tx, tx.employer_id, consent_request_id, tx.now)
    return await _recorded(tx, consent_request_id, "cancelled", "cancelled")


@operation("consent-decisions:write")
async def decide_consent_request(
    tx: Transaction, consent_request_id: UUID, decision: ConsentDecision
) -> ConsentRequest:
    """Consents or refuses, as the works council: the gate of every wave that it is for opens, or shuts.

    A refusal also withdraws what the employer had entered for the policy and the mode.
    """
    request = await _pending(tx, consent_request_id)
    rules.check_decision(decision)
    today, precondition_id = tx.now.date(), None
    if decision.decision == "consent":
        consent = await record_consent.within(tx, rules.consent_to(request, decision, today))
        precondition_id = consent.precondition_id
    else:
        await withdraw_consents(tx, request.policy_version, request.mode)
    await queries.update_decision(tx, tx.employer_id, consent_request_id, precondition_id, decision.note, tx.now)
    state = "refused" if precondition_id is None else "consented"
    return await _recorded(tx, consent_request_id, "decided", state)


async def council_stance(tx: Transaction) -> Stance:
    """Where the council stands on the thresholds that hold now; a no to one mode counts beside a yes to another."""
    version = (await newest_policy(tx)).version
    asked = await queries.select_consent_requests(tx, tx.employer_id, NONE, None, None)
    agreed = {one.mode for one in await standing_preconditions(tx) if one.policy_version == version}
    withdrawn = await modes_withdrawn(tx, version)
    return rules.stance([one for one in asked if one.policy_version == version], agreed, withdrawn)


async def _pending(tx: Transaction, consent_request_id: UUID) -> ConsentRequest:
    """A request that waits for its decision and for nobody else. Raises NotFound, Conflict."""
    request = await queries.lock_consent_request(tx, tx.employer_id, consent_request_id)
    if request is None:
        raise NotFound
    rules.check_pending(request)
    return request


async def _recorded(tx: Transaction, consent_request_id: UUID, event: str, state: str) -> ConsentRequest:
    await record(tx, f"consent-requests/{consent_request_id}")
    await publish(tx, f"consent-request.{event}", f"consent-requests/{consent_request_id}", state)
    return await _found(tx, consent_request_id)


async def _found(tx: Transaction, consent_request_id: UUID) -> ConsentRequest:
    found = await queries.select_consent_request(tx, tx.employer_id, consent_request_id)
    if found is None:
        raise NotFound
    return found
