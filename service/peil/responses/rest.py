"""The endpoints of the intake. Nobody signs in here, so none of them is an operation with a scope."""

from typing import Any
from uuid import UUID

from peil.http.etag import etag_of
from peil.keys.key_manifest import KeyManifest
from peil.responses.model import Questionnaire, Receipt, ResponseNew
from peil.responses.taking import Intake
from peil.rest import Endpoint, Ready, endpoint_of

# Four comments of 2,000 characters, each written as two escapes of six bytes, and 200 other answers fit.
_MAX_BODY = 131_072


async def submit_response(call: Intake, wave_id: UUID, body: ResponseNew) -> Receipt:
    """Takes one set of answers with the code that allows it. Only the first counts; a retry is told so."""
    return await call.submit(wave_id, body)


async def get_questionnaire(call: Intake, wave_id: UUID) -> Ready:
    """What a wave asks; needs no sign-in."""
    return Ready(*await call.questionnaire(wave_id))


async def get_key_manifest(call: Intake, wave_id: UUID) -> Ready:
    """The keys of a wave in blind mode, the same bytes for ever; their SHA-256 is told wherever it is announced."""
    manifest = await call.manifest(wave_id)
    return Ready(manifest, etag_of(manifest))


def _of_intake(handler: Any, method: Any, path: str, status: int, **said: Any) -> Endpoint:
    return endpoint_of(handler, method, path, status, "Responses", on_intake=True, **said)


ENDPOINTS: tuple[Endpoint, ...] = (
    _of_intake(
        submit_response, "POST", "/waves/{waveId}/responses", 201, max_body=_MAX_BODY, ruled=True, repeat_status=200
    ),
    _of_intake(get_questionnaire, "GET", "/waves/{waveId}/questionnaire", 200, result=Questionnaire),
    _of_intake(get_key_manifest, "GET", "/waves/{waveId}/manifest", 200, result=KeyManifest, conflicts=False),
)
