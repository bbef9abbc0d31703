"""What the contract run needs of webhooks: endpoints whose receiver has agreed, and events that go there."""

from typing import Any

from support.house import Employer, House, Persona, Vendor

# A vendor has one endpoint: each operation that changes or ends it has a vendor of its own.
BY_ANOTHER = {
    "createVendorWebhookEndpoint": "making",
    "updateVendorWebhookEndpoint": "changing",
    "deleteVendorWebhookEndpoint": "ending",
    "createVendorWebhookSecret": "rotating",
    "revokeVendorWebhookSecret": "revoking",
}
_OFTEN = 2


async def seed_webhooks(house: House, caller: Persona) -> dict[str, list[Any]]:
    """Endpoints of an employer's by what is done to them, with room for more, and events that go to the first."""
    known: dict[str, list[Any]] = {"hook-url": ["https://hr.example.com/peil", house.receiver_url]}
    known["event-type"] = ["wave.opened", "release.published"]
    for name, count in {
        "endpoint": 1,
        "old-endpoint": _OFTEN,
        "endpoint-to-rotate": 1,
        "endpoint-to-change": 1,
    }.items():
        known[name] = [await _active(house, caller, "/webhook-endpoints") for _ in range(count)]
    made = await _active(house, caller, "/webhook-endpoints")
    known |= {"endpoint-of-secrets": [made], "webhook-secret": await _rotated(caller, f"/webhook-endpoints/{made}")}
    known["sent-event"] = await _sent(house, caller, f"/webhook-endpoints/{known['endpoint'][0]}")
    return known


async def seed_vendor_webhooks(
    house: House, employer: Employer, asking: Vendor
) -> tuple[dict[str, str], dict[str, list[Any]]]:
    """Tokens by operation of the vendors that each do one thing, and ids of what they have."""
    known: dict[str, list[Any]] = {}
    tokens = {}
    for operation, name in BY_ANOTHER.items():
        vendor = await house.vendor(name)
        itself = await vendor.itself()
        tokens[operation] = str(itself.token)
        known[f"{name}-vendor"] = [vendor.vendor_id]
        endpoints = f"/vendors/{vendor.vendor_id}/webhook-endpoints"
        if name != "making":
            known[f"{name}-endpoint"] = [await _active(house, itself, endpoints)]
        if name == "revoking":
            path = f"{endpoints}/{known['revoking-endpoint'][0]}"
            known["vendor-webhook-secret"] = await _rotated(itself, path)
    itself = await asking.itself()
    endpoints = f"/vendors/{asking.vendor_id}/webhook-endpoints"
    known["vendor-endpoint"] = [await _active(house, itself, endpoints)]
    hr = await employer.client("hr")
    route = {"kind": "reporting-route", "name": "x", "contact": "y"}
    for _ in range(_OFTEN):
        await hr.must(hr.post("/support-routes", route))
    known["sent-vendor-event"] = await _sent(house, itself, f"{endpoints}/{known['vendor-endpoint'][0]}")
    return tokens, known


async def _active(house: House, caller: Persona, endpoints: str) -> str:
    # The receiver is in the process that asks: thousands of events that nobody looks at would make it slow.
    new = {"url": house.receiver_url, "types": ["webhook-endpoint.verified"]}
    made = await caller.must(caller.post(endpoints, new))
    await caller.must(caller.post(f"{endpoints}/{made['endpointId']}/verify"), 200)
    return str(made["endpointId"])


async def _rotated(caller: Persona, endpoint: str) -> list[str]:
    """The ids of two secrets that work."""
    await caller.must(caller.post(f"{endpoint}/secrets", {}))
    seen = await caller.must(caller.get(endpoint), 200)
    return [secret["secretId"] for secret in seen["secrets"]]


async def _sent(house: House, caller: Persona, endpoint: str) -> list[str]:
    """The first events of the feed, which are to be sent there."""
    await house.work()
    feed = await caller.must(caller.get("/events", params={"limit": _OFTEN}), 200)
    found = [one["id"] for one in feed["items"]]
    for event_id in found:
        await caller.must(caller.post(f"{endpoint}/deliveries/{event_id}/replay"), 202)
    return found
