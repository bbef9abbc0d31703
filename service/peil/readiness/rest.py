"""Readiness, timeline and evaluation over REST."""

from uuid import UUID

from peil.operation import Call
from peil.paging import Page, PageQuery
from peil.readiness import evaluating, operations, vendor_findings
from peil.readiness.model import EmployerFindings, Evaluation, Readiness, Timeline
from peil.rest import Router

readiness = Router("Readiness")


@readiness.get("/campaigns/{campaignId}/readiness")
async def get_readiness(call: Call, campaign_id: UUID) -> Readiness:
    return await operations.get_readiness(call, campaign_id)


@readiness.get("/campaigns/{campaignId}/timeline")
async def get_timeline(call: Call, campaign_id: UUID) -> Timeline:
    return await operations.get_timeline(call, campaign_id)


@readiness.get("/campaigns/{campaignId}/evaluation")
async def get_evaluation(call: Call, campaign_id: UUID) -> Evaluation:
    return await evaluating.get_evaluation(call, campaign_id)


@readiness.get("/vendors/{vendorId}/findings")
async def list_vendor_findings(call: Call, vendor_id: UUID, query: PageQuery) -> Page[EmployerFindings]:
    return await vendor_findings.list_vendor_findings(call, vendor_id, query)
