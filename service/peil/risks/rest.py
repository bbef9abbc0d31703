"""Risks over REST."""

from uuid import UUID

from peil.operation import Call
from peil.paging import ChangedPageQuery, Page
from peil.patching import Patch
from peil.rest import Reply, Router
from peil.risks import operations
from peil.risks.model import Risk, RiskNew

risks = Router("Risks")


@risks.post("/risks", ruled=True)
async def create_risk(call: Call, body: RiskNew) -> Reply[Risk]:
    created = await operations.create_risk(call, body)
    return Reply(created, location=f"/risks/{created.risk_id}")


@risks.get("/risks")
async def list_risks(call: Call, query: ChangedPageQuery) -> Page[Risk]:
    return await operations.list_risks(call, query)


@risks.get("/risks/{riskId}")
async def get_risk(call: Call, risk_id: UUID) -> Risk:
    return await operations.get_risk(call, risk_id)


@risks.patch("/risks/{riskId}", ruled=True, conflicts=False)
async def update_risk(call: Call, risk_id: UUID, body: Patch[RiskNew]) -> Risk:
    return await operations.update_risk(call, risk_id, body)
