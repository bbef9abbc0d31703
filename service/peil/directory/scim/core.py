"""The steps of the SCIM core, with our words for what it refuses and a bound on what it searches."""

from typing import Any

import msgspec
from pydantic import ValidationError
from scim2_models import BulkOperation, Context, Error, ResourceType, SCIMException, SearchRequest
from scim2_server.bulk import BulkPlan
from scim2_server.service import ScimService

from peil.directory.scim.refusing import error_of, of_validation
from peil.directory.scim.resources import PROVIDER, UserResource

_LAST = 1_000_000_000
"""No list is as long; the database knows no number much beyond it."""


class _Service(ScimService):
    @staticmethod
    def error_of(exception: Exception) -> Error:
        # What nobody planned for undoes the whole of a bulk request, and is told and retried as everywhere.
        if not isinstance(exception, SCIMException):
            raise exception
        return error_of(exception)

    def read_search(self, resource_types: list[ResourceType], payload: Any) -> tuple[SearchRequest[Any], Any]:
        asked, position = super().read_search(resource_types, payload)
        # Nothing is there, as after the last of any list.
        asked.start_index = min(asked.start_index or 1, _LAST)
        return asked, position

    def read_bulk(self, body: bytes, content_type: str | None) -> BulkPlan:
        plan = super().read_bulk(body, content_type)
        raw = _member(msgspec.json.decode(body), "operations") or []
        for operation, said in zip(plan.operations, raw, strict=True):
            if isinstance(operation.response, Error):
                operation.response = _refusal(said, operation.endpoint) or operation.response
        return plan


def _refusal(said: Any, endpoint: str | None) -> Error | None:
    """What is wrong with an operation that the core has refused, and has told in words of its own by then."""
    model: Any = PROVIDER.model_for_endpoint(endpoint or "") or UserResource
    try:
        BulkOperation[model].model_validate(said, scim_ctx=Context.BULK_REQUEST)
    except ValidationError as refused:
        return of_validation(refused)
    return None


def _member(value: Any, name: str) -> Any:
    """A member of an object, whose names SCIM knows no case of."""
    members = value.items() if isinstance(value, dict) else ()
    return next((member for given, member in members if given.lower() == name), None)


SERVICE = _Service(PROVIDER)
