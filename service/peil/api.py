"""The table of contents: every REST router and every GraphQL root, one line each."""

from peil.access.clients import graphql as clients_graphql
from peil.access.clients.rest import clients
from peil.access.issuers import graphql as issuers_graphql
from peil.access.issuers.rest import issuers
from peil.actions import graphql as actions_graphql
from peil.actions.rest import actions
from peil.aggregates import graphql as aggregates_graphql
from peil.aggregates.rest import aggregates
from peil.campaigns import graphql as campaigns_graphql
from peil.campaigns.rest import campaigns
from peil.comments import graphql as comments_graphql
from peil.comments.rest import comments
from peil.consents import graphql as consents_graphql
from peil.consents.rest import consents
from peil.directory import graphql as directory_graphql
from peil.directory.rest import directory
from peil.directory.scim import graphql as scim_graphql
from peil.directory.scim.rest import scim_connections
from peil.disclosure import graphql as disclosure_graphql
from peil.disclosure.rest import disclosure
from peil.employers import graphql as employers_graphql
from peil.employers.rest import employers
from peil.employers.vendors import graphql as vendors_graphql
from peil.employers.vendors.rest import vendors
from peil.graphql.fields import Field
from peil.instruments import graphql as instruments_graphql
from peil.instruments.rest import instruments
from peil.messages import graphql as messages_graphql
from peil.messages.rest import messages
from peil.participation import graphql as participation_graphql
from peil.participation.rest import participation
from peil.readiness import graphql as readiness_graphql
from peil.readiness.rest import readiness
from peil.responses import rest as responses
from peil.rest import Endpoint
from peil.risks import graphql as risks_graphql
from peil.risks.rest import risks
from peil.support_routes import graphql as support_routes_graphql
from peil.support_routes.rest import support_routes
from peil.toolkit import graphql as toolkit_graphql
from peil.toolkit.rest import toolkit
from peil.trail import graphql as trail_graphql
from peil.trail.rest import trail
from peil.waves import graphql as waves_graphql
from peil.waves.rest import waves
from peil.webhooks import graphql as events_graphql
from peil.webhooks.deliveries import graphql as deliveries_graphql
from peil.webhooks.deliveries.rest import deliveries
from peil.webhooks.endpoints import graphql as webhook_endpoints_graphql
from peil.webhooks.endpoints.rest import webhook_endpoints
from peil.webhooks.rest import events
from peil.widgets import graphql as widgets_graphql
from peil.widgets.rest import widgets

ROUTERS = (
    employers,
    vendors,
    consents,
    clients,
    issuers,
    directory,
    scim_connections,
    support_routes,
    toolkit,
    risks,
    instruments,
    campaigns,
    waves,
    participation,
    messages,
    aggregates,
    disclosure,
    comments,
    actions,
    widgets,
    readiness,
    events,
    webhook_endpoints,
    deliveries,
    trail,
)

ENDPOINTS: tuple[Endpoint, ...] = (
    *(endpoint for router in ROUTERS for endpoint in router.endpoints),
    *responses.ENDPOINTS,
)

FIELDS: tuple[Field, ...] = (
    *employers_graphql.FIELDS,
    *vendors_graphql.FIELDS,
    *consents_graphql.FIELDS,
    *clients_graphql.FIELDS,
    *issuers_graphql.FIELDS,
    *directory_graphql.FIELDS,
    *scim_graphql.FIELDS,
    *support_routes_graphql.FIELDS,
    *toolkit_graphql.FIELDS,
    *risks_graphql.FIELDS,
    *instruments_graphql.FIELDS,
    *campaigns_graphql.FIELDS,
    *waves_graphql.FIELDS,
    *participation_graphql.FIELDS,
    *messages_graphql.FIELDS,
    *aggregates_graphql.FIELDS,
    *disclosure_graphql.FIELDS,
    *comments_graphql.FIELDS,
    *actions_graphql.FIELDS,
    *widgets_graphql.FIELDS,
    *readiness_graphql.FIELDS,
    *events_graphql.FIELDS,
    *webhook_endpoints_graphql.FIELDS,
    *deliveries_graphql.FIELDS,
    *trail_graphql.FIELDS,
)
