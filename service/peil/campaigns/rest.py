"""Campaigns, their agenda and their communication plan over REST."""

from uuid import UUID

from peil.campaigns import activities, communications, copying, operations, vendor_campaigns
from peil.campaigns.agenda_model import Activity, ActivityNew, Communication, CommunicationNew
from peil.campaigns.model import Campaign, CampaignCopy, CampaignNew
from peil.campaigns.template_model import VendorCampaigns, VendorCampaignsNew
from peil.operation import Call
from peil.paging import ChangedPageQuery, Page
from peil.patching import Patch
from peil.rest import Reply, Router

campaigns = Router("Campaigns")


@campaigns.post("/campaigns", ruled=True)
async def create_campaign(call: Call, body: CampaignNew) -> Reply[Campaign]:
    created = await operations.create_campaign(call, body)
    return Reply(created, location=f"/campaigns/{created.campaign_id}")


@campaigns.get("/campaigns")
async def list_campaigns(call: Call, query: ChangedPageQuery) -> Page[Campaign]:
    return await operations.list_campaigns(call, query)


@campaigns.get("/campaigns/{campaignId}")
async def get_campaign(call: Call, campaign_id: UUID) -> Campaign:
    return await operations.get_campaign(call, campaign_id)


@campaigns.patch("/campaigns/{campaignId}", ruled=True, conflicts=False)
async def update_campaign(call: Call, campaign_id: UUID, body: Patch[CampaignNew]) -> Campaign:
    return await operations.update_campaign(call, campaign_id, body)


@campaigns.post("/campaigns/{campaignId}/copy", ruled=True)
async def copy_campaign(call: Call, campaign_id: UUID, body: CampaignCopy) -> Reply[Campaign]:
    made = await copying.copy_campaign(call, campaign_id, body)
    return Reply(made, location=f"/campaigns/{made.campaign_id}")


@campaigns.post("/campaigns/{campaignId}/activities", ruled=True)
async def create_activity(call: Call, campaign_id: UUID, body: ActivityNew) -> Reply[Activity]:
    created = await activities.create_activity(call, campaign_id, body)
    return Reply(created, location=f"/activities/{created.activity_id}")


@campaigns.get("/campaigns/{campaignId}/activities")
async def list_activities(call: Call, campaign_id: UUID, query: ChangedPageQuery) -> Page[Activity]:
    return await activities.list_activities(call, campaign_id, query)


@campaigns.get("/activities/{activityId}")
async def get_activity(call: Call, activity_id: UUID) -> Activity:
    return await activities.get_activity(call, activity_id)


@campaigns.patch("/activities/{activityId}", ruled=True, conflicts=False)
async def update_activity(call: Call, activity_id: UUID, body: Patch[ActivityNew]) -> Activity:
    return await activities.update_activity(call, activity_id, body)


@campaigns.delete("/activities/{activityId}", conflicts=False)
async def delete_activity(call: Call, activity_id: UUID) -> None:
    await activities.delete_activity(call, activity_id)


@campaigns.post("/campaigns/{campaignId}/communications", ruled=True)
async def create_communication(call: Call, campaign_id: UUID, body: CommunicationNew) -> Reply[Communication]:
    created = await communications.create_communication(call, campaign_id, body)
    return Reply(created, location=f"/communications/{created.communication_id}")


@campaigns.get("/campaigns/{campaignId}/communications")
async def list_communications(call: Call, campaign_id: UUID, query: ChangedPageQuery) -> Page[Communication]:
    return await communications.list_communications(call, campaign_id, query)


@campaigns.get("/communications/{communicationId}")
async def get_communication(call: Call, communication_id: UUID) -> Communication:
    return await communications.get_communication(call, communication_id)


@campaigns.patch("/communications/{communicationId}", ruled=True, conflicts=False)
async def update_communication(call: Call, communication_id: UUID, body: Patch[CommunicationNew]) -> Communication:
    return await communications.update_communication(call, communication_id, body)


@campaigns.delete("/communications/{communicationId}", conflicts=False)
async def delete_communication(call: Call, communication_id: UUID) -> None:
    await communications.delete_communication(call, communication_id)


@campaigns.post("/vendors/{vendorId}/campaigns", status=200, ruled=True, conflicts=False)
async def create_vendor_campaigns(call: Call, vendor_id: UUID, body: VendorCampaignsNew) -> VendorCampaigns:
    return await vendor_campaigns.create_vendor_campaigns(call, vendor_id, body)
