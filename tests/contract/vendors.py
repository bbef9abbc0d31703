"""What the contract run needs of vendors: one that asks, others that are linked, wait, or are to be revoked."""

from typing import Any

from support.house import Employer, House, Vendor

BY_VENDOR = (
    "getVendor",
    "listVendors",
    "listVendorEmployers",
    "listVendorFindings",
    "createVendorCampaigns",
    "createVendorClient",
    "getVendorClient",
    "listVendorClients",
    "updateVendorClient",
    "revokeVendorClient",
    "createVendorClientSecret",
    "revokeVendorClientSecret",
    "createVendorWebhookEndpoint",
    "getVendorWebhookEndpoint",
    "listVendorWebhookEndpoints",
    "updateVendorWebhookEndpoint",
    "deleteVendorWebhookEndpoint",
    "verifyVendorWebhookEndpoint",
    "createVendorWebhookSecret",
    "revokeVendorWebhookSecret",
    "listVendorDeliveries",
    "getVendorDelivery",
    "replayVendorDelivery",
    "replayVendorDeliveries",
    "listVendorFailedDeliveries",
)
"""Operations that the vendor asks for, about what is its own."""
BY_OPERATOR = ("createVendor", "revokeVendor")


async def seed_vendors(house: House, employers: list[Employer], each: int) -> tuple[Vendor, dict[str, list[Any]]]:
    """The vendor that asks, which all these employers let act, and ids; `each` of what an operation uses up.

    The links of the others are to the first employer.
    """
    first = employers[0]
    operator, administrator = first.operator, await first.client("administrator")
    links = f"/employers/{first.employer_id}/vendors"
    vendor = await house.vendor("contract")
    for employer in employers:
        its_own = await employer.client("administrator")
        await its_own.must(its_own.post(f"/employers/{employer.employer_id}/vendors", {"vendorId": vendor.vendor_id}))
    names = ("new-vendor", "old-vendor", "waiting-vendor", "linked-vendor")
    known: dict[str, list[Any]] = {
        name: [(await operator.must(operator.post("/vendors", {"name": name})))["vendorId"] for _ in range(each)]
        for name in names
    }
    for caller, name in ((operator, "waiting-vendor"), (administrator, "linked-vendor")):
        for vendor_id in known[name]:
            await caller.must(caller.post(links, {"vendorId": vendor_id}))
    clients = f"/vendors/{vendor.vendor_id}/clients"
    for name in ("vendor-client", "old-vendor-client", "vendor-client-to-rotate"):
        known[name] = [(await operator.must(operator.post(clients, {"name": name})))["clientId"] for _ in range(each)]
    made = await operator.must(operator.post(clients, {"name": "two secrets"}))
    await operator.must(operator.post(f"{clients}/{made['clientId']}/secrets", {}))
    seen = await operator.must(operator.get(f"{clients}/{made['clientId']}"), 200)
    return vendor, known | {
        "vendor": [vendor.vendor_id],
        "vendor-client-of-secrets": [made["clientId"]],
        "vendor-client-secret": [secret["secretId"] for secret in seen["secrets"]],
    }
