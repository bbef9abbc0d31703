"""A small organisation for tests that speak HTTP, and NDJSON to import one."""

from typing import Any

import httpx
import msgspec

from support.house import Persona


async def add_units(hr: Persona, *pairs: tuple[str, str | None]) -> dict[str, Any]:
    """Creates units by (external id, external id of the one above); their bodies by external id."""
    return {
        name: await hr.must(hr.post("/units", {"externalId": name, "name": name, "parentExternalId": above}))
        for name, above in pairs
    }


async def add_people(hr: Persona, *pairs: tuple[str, str], **more: Any) -> dict[str, Any]:
    """Creates people by (external id, external id of the unit); their bodies by external id."""
    return {
        name: await hr.must(hr.post("/people", {"externalId": name, "unitExternalId": unit, **more}))
        for name, unit in pairs
    }


async def send_lines(hr: Persona, path: str, *lines: Any, dry_run: bool = False) -> httpx.Response:
    """Posts values, or raw bytes as they are, as NDJSON."""
    texts = [line if isinstance(line, bytes) else msgspec.json.encode(line) for line in lines]
    return await hr.request(
        "POST",
        path + ("?dryRun=true" if dry_run else ""),
        content=b"\n".join(texts),
        headers={"content-type": "application/x-ndjson"},
    )


async def report_of(hr: Persona, path: str, *lines: Any, dry_run: bool = False) -> Any:
    """The report of an import."""
    return await hr.must(send_lines(hr, path, *lines, dry_run=dry_run), 200)


def outcomes(report: Any) -> list[str]:
    return [line["outcome"] for line in report["lines"]]


def codes(report: Any) -> list[list[str]]:
    return [[error["code"] for error in line["errors"]] for line in report["lines"]]


def found(response: httpx.Response) -> list[tuple[str, str]]:
    """Pointer and code of each finding in a problem."""
    return [(error["pointer"], error["code"]) for error in response.json()["errors"]]
