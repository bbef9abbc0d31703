"""What a registration has to say, and what its profile says for it."""

from collections.abc import Iterator
from typing import TypeVar

import msgspec

from peil.access.issuers.model import IssuerChange, IssuerNew
from peil.access.issuers.profiles import PROFILES
from peil.errors import Finding

T = TypeVar("T", bound=IssuerChange)

_OUTCOMES: dict[str, tuple[str, str]] = {
    "ok": (
        "Peil vindt de sleutels; medewerkers kunnen zich aanmelden.",
        "Peil finds the keys; people can sign in.",
    ),
    "unreachable": (
        "Op dit adres komt geen antwoord. Het moet https zijn, op een openbaar adres, zonder doorverwijzing, "
        "binnen 5 seconden en hoogstens 64 KiB.",
        "There is no answer at this address. It has to be https, at a public address, without a redirect, "
        "within 5 seconds and of 64 KiB at most.",
    ),
    "not-a-document": (
        "Het antwoord is geen discovery-document of JWKS.",
        "The answer is no discovery document or JWKS.",
    ),
    "issuer-differs": (
        "Het discovery-document noemt een andere `issuer` dan hier is geregistreerd.",
        "The discovery document names another `issuer` than is registered here.",
    ),
    "no-usable-keys": (
        "Er staat geen sleutel die Peil gebruikt: RSA vanaf 2048 bits, EC of Ed25519, met een `kid`.",
        "There is no key that Peil uses: RSA of 2048 bits or more, EC or Ed25519, with a `kid`.",
    ),
}


def issuer_findings(new: IssuerNew) -> Iterator[Finding]:
    """What is wrong with a registration, whoever makes it."""
    if PROFILES[new.profile].needs_tenant and new.tenant is None:
        yield Finding("/tenant", "tenant-needed", {"claim": PROFILES[new.profile].tenant_claim or ""})


def filled(said: T) -> T:
    """The same with what the profile says where it says nothing: later versions of a profile change no registration."""
    product = PROFILES[said.profile]
    return msgspec.structs.replace(
        said,
        identity_claim=said.identity_claim or product.identity_claim,
        role_claim=said.role_claim or product.role_claim,
    )


def outcome_text(outcome: str, language: str) -> str:
    """What a check found, in a sentence."""
    dutch, english = _OUTCOMES[outcome]
    return dutch if language == "nl" else english
