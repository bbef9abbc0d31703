"""What can be done with employers, their clock, policy and gates."""

from uuid import UUID

from peil import clock
from peil.actor import Reach
from peil.audit import record
from peil.employers import queries, rules
from peil.employers.model import (
    ClockAdvance,
    ConsentNew,
    Employer,
    EmployerNew,
    Policy,
    PolicyNew,
    Precondition,
    PreconditionNew,
    TestClock,
)
from peil.employers.queries import StoredEmployer
from peil.employers.vendors.links import require_active
from peil.employers.vendors.queries import upsert_link
from peil.errors import Conflict, Finding, NotFound
from peil.ids import NONE, ordered_id
from peil.instruments.operations import import_shipped_packs
from peil.operation import Transaction, operation
from peil.outbox import publish
from peil.paging import ChangedPageQuery, Page, page
from peil.releases.model import Thresholds

_NEWEST = 2_147_483_647
_CONSENTS = "consents:read"


@operation("employers:write", creates=True)
async def create_employer(tx: Transaction, new: EmployerNew) -> Employer:
    """Creates an employer with the floor policy and the shipped instruments.

    A vendor that creates one acts for it from then on, until either of the two ends that. Raises Conflict
    `vendor-revoked` for one that is being revoked.
    """
    employer_id = ordered_id()
    clock_at = rules.first_clock(new, tx.now)
    # From here on it is the new employer's time: what follows is dated and becomes due by its clock.
    tx.now = clock_at or tx.now
    await tx.enter(employer_id)
    vendor_id = tx.actor.vendor_id
    if vendor_id is not None:
        await require_active(tx, vendor_id)
    await queries.insert_employer(tx, employer_id, new, clock_at, tx.now, vendor_id, clock.now())
    if vendor_id is not None:
        await upsert_link(tx, employer_id, vendor_id, "active", clock.now())
    await queries.insert_policy(tx, employer_id, 1, Thresholds(), tx.now)
    await import_shipped_packs(tx, employer_id)
    await record(tx, f"employers/{employer_id}", employer_id=employer_id)
    await publish(tx, "employer.created", f"employers/{employer_id}", employer_id=employer_id)
    return await _employer(tx, employer_id)


@operation("employers:read")
async def get_employer(tx: Transaction, employer_id: UUID) -> Employer:
    """An employer: the caller's own, one that lets the vendor act, or any for the operator."""
    return await _employer(tx, _own(tx, employer_id))


@operation("employers:read")
async def list_employers(tx: Transaction, query: ChangedPageQuery) -> Page[Employer]:
    """The operator's employers, or those that let the vendor act; any other caller sees their own only."""
    bound = ("employers", query.modified_after)
    after = tx.parts.cursors.open(query.cursor, UUID, *bound) if query.cursor else NONE
    only, vendor_id = tx.actor.employer_id, _vendor_of(tx)
    found = await queries.select_employers(tx, after, only, vendor_id, query.modified_after, query.limit + 1)
    seal = tx.parts.cursors.seal
    return page([_seen(tx, stored) for stored in found], query.limit, lambda item: seal(item.employer_id, *bound))


@operation("test-clocks:write")
async def advance_test_clock(tx: Transaction, employer_id: UUID, advance: ClockAdvance) -> TestClock:
    """Moves a sandbox employer's clock forward; the worker then does whatever has become due."""
    await queries.lock_employer(tx, _own(tx, employer_id))
    stored = await queries.select_employer(tx, employer_id)
    if stored is None:
        raise NotFound
    rules.check_clock(stored.sandbox, stored.clock_at or tx.now, advance.to)
    await tx.enter(employer_id)
    await queries.update_clock(tx, employer_id, advance.to, clock.now())
    # Who belongs where goes by the day, and the day may have changed.
    tx.changed.append(tx.parts.authentication.forget)
    await record(tx, f"employers/{employer_id}", employer_id=employer_id)
    return TestClock(employer_id=employer_id, now=advance.to)


@operation("policy:write", creates=True)
async def create_policy(tx: Transaction, new: PolicyNew) -> Policy:
    """Sets thresholds for waves planned from now on; they only go up, and need a new consent."""
    await queries.lock_employer(tx, tx.employer_id)
    current = await newest_policy(tx)
    rules.check_policy(current.thresholds, new.thresholds)
    policy = Policy(version=current.version + 1, thresholds=new.thresholds, created_at=tx.now)
    await queries.insert_policy(tx, tx.employer_id, policy.version, policy.thresholds, tx.now)
    await record(tx, f"policies/{policy.version}")
    await publish(tx, "policy.created", f"policies/{policy.version}")
    return policy


@operation("policy:read")
async def list_policies(tx: Transaction, query: ChangedPageQuery) -> Page[Policy]:
    """The versions of the employer's thresholds, newest first."""
    bound = (tx.employer_id, "policies", query.modified_after)
    before = tx.parts.cursors.open(query.cursor, int, *bound) if query.cursor else _NEWEST
    found = await queries.select_policies(tx, tx.employer_id, before, query.limit + 1, since=query.modified_after)
    return page(found, query.limit, lambda item: tx.parts.cursors.seal(item.version, *bound))


@operation("consents:write", creates=True)
async def record_consent(tx: Transaction, new: ConsentNew) -> Precondition:
    """Records the works council's consent; from anybody but the council it says who entered it."""
    await queries.lock_employer(tx, tx.employer_id)
    known = {policy.version for policy in await queries.select_policies(tx, tx.employer_id, _NEWEST, 10_000)}
    rules.check_consent(new, known, tx.now.date())
    if not _is_council(tx):
        recorded = await queries.select_preconditions(tx, tx.employer_id, NONE, None)
        rules.check_entry(new, recorded, await queries.select_council_answers(tx, tx.employer_id))
    precondition_id = ordered_id()
    await queries.insert_consent(tx, tx.employer_id, precondition_id, new, _party(tx), tx.now)
    return await _recorded(tx, precondition_id, "consent.recorded")


@operation("policy:write", creates=True)
async def record_precondition(tx: Transaction, new: PreconditionNew) -> Precondition:
    """Records a DPIA or a participant notice."""
    rules.check_precondition(new, tx.now.date())
    precondition_id = ordered_id()
    await queries.insert_precondition(tx, tx.employer_id, precondition_id, new, "employer", tx.now)
    return await _recorded(tx, precondition_id, "precondition.recorded")


@operation("consents:write")
async def revoke_consent(tx: Transaction, precondition_id: UUID) -> Precondition:
    """Withdraws a consent; no wave that needs it can open any more. Open waves go on.

    The works council also disputes what the employer entered: all that stands for the policy and the mode goes.
    """
    await queries.lock_employer(tx, tx.employer_id)
    current = await queries.select_precondition(tx, tx.employer_id, precondition_id)
    if current is None or current.policy_version is None:
        raise NotFound
    if current.withdrawn_at is not None:
        raise Conflict("precondition-withdrawn")
    rules.check_revoker(current, is_council=_is_council(tx))
    if _is_council(tx):
        await withdraw_consents(tx, current.policy_version, current.mode)
    else:
        await _withdraw(tx, [precondition_id])
    return await get_precondition.within(tx, precondition_id)


@operation("policy:read")
async def list_preconditions(tx: Transaction, query: ChangedPageQuery) -> Page[Precondition]:
    """Everything recorded in front of waves, also what was withdrawn; consents for those who may read them."""
    bound = (tx.employer_id, "preconditions", query.modified_after)
    after = tx.parts.cursors.open(query.cursor, UUID, *bound) if query.cursor else NONE
    found = await queries.select_preconditions(
        tx,
        tx.employer_id,
        after,
        query.limit + 1,
        with_consents=_CONSENTS in tx.actor.reaches,
        since=query.modified_after,
    )
    return page(found, query.limit, lambda item: tx.parts.cursors.seal(item.precondition_id, *bound))


@operation("policy:read")
async def get_precondition(tx: Transaction, precondition_id: UUID) -> Precondition:
    """One consent, DPIA or notice."""
    found = await queries.select_precondition(tx, tx.employer_id, precondition_id)
    if found is None or (found.policy_version is not None and _CONSENTS not in tx.actor.reaches):
        raise NotFound
    return found


async def withdraw_consents(tx: Transaction, policy_version: int, mode: str | None) -> None:
    """Withdraws all that stands for a policy and a mode, at the word of the council: what it revokes or refuses."""
    await queries.lock_employer(tx, tx.employer_id)
    recorded = await queries.select_preconditions(tx, tx.employer_id, NONE, None)
    await _withdraw(tx, rules.standing_for(recorded, policy_version, mode))


async def _withdraw(tx: Transaction, going: list[UUID]) -> None:
    await queries.withdraw_preconditions(tx, tx.employer_id, going, _party(tx), tx.now)
    for one in going:
        await _recorded(tx, one, "consent.revoked")


async def own_employer(tx: Transaction) -> Employer:
    """The employer of whoever asks, for another operation."""
    return await _employer(tx, tx.employer_id)


async def newest_policy(tx: Transaction) -> Policy:
    """The thresholds that waves planned now get; every employer has a first one."""
    found = await queries.select_policies(tx, tx.employer_id, _NEWEST, 1)
    return found[0]


async def get_thresholds(tx: Transaction, version: int) -> Policy:
    """The thresholds of a policy that something refers to, and that therefore exists."""
    found = await queries.select_policies(tx, tx.employer_id, version + 1, 1)
    return found[0]


async def standing_preconditions(tx: Transaction) -> list[Precondition]:
    """The consents, DPIAs and notices that hold today, for another operation."""
    recorded = await queries.select_preconditions(tx, tx.employer_id, NONE, None)
    return rules.standing_on(recorded, tx.now.date())


async def recorded_preconditions(tx: Transaction) -> list[Precondition]:
    """All that was ever recorded, also what was withdrawn, for another operation whose caller may read consents."""
    return await queries.select_preconditions(tx, tx.employer_id, NONE, None)


async def modes_withdrawn(tx: Transaction, policy_version: int) -> set[str]:
    """The modes for which the works council took back what stood under a policy, and nothing stands anew."""
    recorded = await queries.select_preconditions(tx, tx.employer_id, NONE, None)
    modes = {gate.mode for gate in recorded if gate.mode is not None}
    return {mode for mode in modes if rules.council_withdrew(recorded, policy_version, mode)}


async def gates_before(tx: Transaction, policy_version: int, mode: str, languages: list[str]) -> list[Finding]:
    """What must still be recorded before a wave may open."""
    recorded = await queries.select_preconditions(tx, tx.employer_id, NONE, None)
    return rules.gate_findings(recorded, policy_version, mode, languages, tx.now.date())


def _is_council(tx: Transaction) -> bool:
    return "works_council" in tx.actor.roles


def _party(tx: Transaction) -> str:
    return "works-council" if _is_council(tx) else "employer"


async def _recorded(tx: Transaction, precondition_id: UUID, event: str) -> Precondition:
    await record(tx, f"preconditions/{precondition_id}")
    await publish(tx, event, f"preconditions/{precondition_id}")
    found = await queries.select_precondition(tx, tx.employer_id, precondition_id)
    if found is None:
        raise NotFound
    return found


async def _employer(tx: Transaction, employer_id: UUID) -> Employer:
    stored = await queries.select_employer(tx, employer_id, _vendor_of(tx))
    if stored is None:
        raise NotFound
    return _seen(tx, stored)


def _own(tx: Transaction, employer_id: UUID) -> UUID:
    # Another employer does not exist for anybody but the operator; which ones a vendor has, the rows say.
    if tx.reach < Reach.VENDOR and tx.actor.employer_id != employer_id:
        raise NotFound
    return employer_id


def _vendor_of(tx: Transaction) -> UUID | None:
    """The vendor whose employers the caller may see; None: it is not as a vendor that it asks."""
    return tx.actor.vendor_id if tx.reach is Reach.VENDOR else None


def _seen(tx: Transaction, stored: StoredEmployer) -> Employer:
    # What another vendor, or the operator, calls the employer is not for a vendor to know.
    is_foreign = tx.actor.vendor_id is not None and stored.vendor_id != tx.actor.vendor_id
    return Employer(
        employer_id=stored.employer_id,
        name=stored.name,
        language=stored.language,
        external_id=None if is_foreign else stored.external_id,
        sandbox=stored.sandbox,
        test_clock=stored.clock_at,
        created_at=stored.created_at,
    )
