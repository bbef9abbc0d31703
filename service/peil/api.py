"""The table of contents: every REST router, one line each."""

from peil.access.rest import access
from peil.aggregates.rest import aggregates
from peil.directory.rest import directory
from peil.employers.rest import employers
from peil.instruments.rest import instruments
from peil.participation.rest import participation
from peil.responses import intake
from peil.rest import Endpoint
from peil.waves.rest import waves
from peil.webhooks.rest import events

ROUTERS = (
    employers,
    access,
    directory,
    instruments,
    waves,
    participation,
    aggregates,
    events,
)

ENDPOINTS: tuple[Endpoint, ...] = (
    *(endpoint for router in ROUTERS for endpoint in router.endpoints),
    *intake.ENDPOINTS,
)
