"""Employers, clocks, policies and gates over REST."""

from uuid import UUID

from peil.employers import colours, operations
from peil.employers.model import (
    ClockAdvance,
    Colours,
    ColoursNew,
    ConsentNew,
    Employer,
    EmployerNew,
    Policy,
    PolicyNew,
    Precondition,
    PreconditionNew,
    TestClock,
)
from peil.operation import Call
from peil.paging import ChangedPageQuery, Page
from peil.patching import Patch
from peil.rest import Reply, Router

employers = Router("Employers")


@employers.post("/employers", ruled=True)
async def create_employer(call: Call, body: EmployerNew) -> Reply[Employer]:
    created = await operations.create_employer(call, body)
    return Reply(created, location=f"/employers/{created.employer_id}")


@employers.get("/employers")
async def list_employers(call: Call, query: ChangedPageQuery) -> Page[Employer]:
    return await operations.list_employers(call, query)


@employers.get("/employers/{employerId}")
async def get_employer(call: Call, employer_id: UUID) -> Employer:
    return await operations.get_employer(call, employer_id)


@employers.post("/test-clocks/{employerId}/advance", status=200, ruled=True)
async def advance_test_clock(call: Call, employer_id: UUID, body: ClockAdvance) -> TestClock:
    return await operations.advance_test_clock(call, employer_id, body)


@employers.post("/policies", ruled=True)
async def create_policy(call: Call, body: PolicyNew) -> Policy:
    return await operations.create_policy(call, body)


@employers.get("/policies")
async def list_policies(call: Call, query: ChangedPageQuery) -> Page[Policy]:
    return await operations.list_policies(call, query)


@employers.post("/consents", ruled=True)
async def record_consent(call: Call, body: ConsentNew) -> Reply[Precondition]:
    recorded = await operations.record_consent(call, body)
    return Reply(recorded, location=f"/preconditions/{recorded.precondition_id}")


@employers.post("/consents/{preconditionId}/revoke", status=200)
async def revoke_consent(call: Call, precondition_id: UUID) -> Precondition:
    return await operations.revoke_consent(call, precondition_id)


@employers.post("/preconditions", ruled=True)
async def record_precondition(call: Call, body: PreconditionNew) -> Reply[Precondition]:
    recorded = await operations.record_precondition(call, body)
    return Reply(recorded, location=f"/preconditions/{recorded.precondition_id}")


@employers.get("/preconditions")
async def list_preconditions(call: Call, query: ChangedPageQuery) -> Page[Precondition]:
    return await operations.list_preconditions(call, query)


@employers.get("/preconditions/{preconditionId}")
async def get_precondition(call: Call, precondition_id: UUID) -> Precondition:
    return await operations.get_precondition(call, precondition_id)


@employers.get("/colours")
async def get_colours(call: Call) -> Colours:
    return await colours.get_colours(call)


@employers.patch("/colours", conflicts=False)
async def update_colours(call: Call, body: Patch[ColoursNew]) -> Colours:
    return await colours.update_colours(call, body)
