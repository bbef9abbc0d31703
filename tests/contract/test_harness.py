"""Three planted faults, each of which the contract run must find; a check that cannot fail is a defect."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from contract.run import Known, run_schemathesis
from contract.seeds import all_roles
from peil.support_routes.rest import support_routes
from support.house import House, serving

Faulty = Callable[[Any, Mapping[str, str]], Any]
_ROUTES = "/v1/support-routes"


def _sound(application: Any, _: Mapping[str, str]) -> Any:
    return application


def _cross_tenant_read(application: Any, peers: Mapping[str, str]) -> Any:
    """Whoever is signed in reads the first employer's things."""

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        if _is_item(scope, "GET") and _token_of(scope) == peers["second"]:
            scope = _signed_in(scope, peers["first"])
        await application(scope, receive, send)

    return answer


def _delete_that_does_not_delete(application: Any, _: Mapping[str, str]) -> Any:
    """Says that it is gone, and keeps it."""

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        if not _is_item(scope, "DELETE"):
            await application(scope, receive, send)
            return

        async def pretend(message: Any) -> None:
            if message["type"] == "http.response.start" and message["status"] in (200, 304):
                headers = [pair for pair in message["headers"] if pair[0] not in (b"content-type", b"content-length")]
                message = {**message, "status": 204, "headers": headers}
            elif message["type"] == "http.response.body" and b'"supportRouteId"' in message["body"]:
                message = {**message, "body": b""}
            await send(message)

        await application({**scope, "method": "GET"}, receive, pretend)

    return answer


def _operation_without_auth(application: Any, peers: Mapping[str, str]) -> Any:
    """Takes whoever says nothing for somebody known."""

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        if scope["path"] == _ROUTES and scope["method"] == "GET" and _token_of(scope) is None:
            scope = _signed_in(scope, peers["first"])
        await application(scope, receive, send)

    return answer


@pytest.mark.parametrize(
    ("fault", "found"),
    [
        (_sound, []),
        (_cross_tenant_read, ["`second` received the `SupportRoute` that `first` owns"]),
        (_delete_that_does_not_delete, ["Deleted, but still there"]),
        (_operation_without_auth, ["API accepts requests without authentication"]),
    ],
    ids=["sound", "cross-tenant-read", "delete-that-does-not-delete", "operation-without-auth"],
)
async def test_a_planted_fault_is_found(house: House, tmp_path: Path, fault: Faulty, found: list[str]) -> None:
    """The run of a sound slice is green; with the fault it fails and says which."""
    employers = {name: await house.employer(name) for name in ("first", "second")}
    peers = {name: await all_roles(employer) for name, employer in employers.items()}

    async with serving(fault(house.application, peers)) as url:
        code, output = await run_schemathesis(
            url,
            tmp_path,
            support_routes.endpoints,
            Known(
                peers=peers,
                dictionaries={"any-version": ["*"]},
                parameters={"*": {"header.If-Match": "any-version"}},
            ),
            max_examples=4,
        )

    assert (1 if found else 0) == code, output
    assert all(text in output for text in found), output


def _is_item(scope: Any, method: str) -> bool:
    return bool(scope["method"] == method and scope["path"].startswith(f"{_ROUTES}/"))


def _token_of(scope: Any) -> str | None:
    value = dict(scope["headers"]).get(b"authorization")
    return None if value is None else value.decode().removeprefix("Bearer ")


def _signed_in(scope: Any, token: str) -> Any:
    others = [pair for pair in scope["headers"] if pair[0] != b"authorization"]
    return {**scope, "headers": [*others, (b"authorization", f"Bearer {token}".encode())]}
