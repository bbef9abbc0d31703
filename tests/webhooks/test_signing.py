"""Signatures are those of Standard Webhooks, by secrets that only the service's own gives."""

import hmac
from base64 import b64decode
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from peil.webhooks.signing import secret_of, sign, stamp

# The test vector that the specification's libraries share.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
AT = datetime.fromtimestamp(1614265330, UTC)
BODY = b'{"test": 2432232314}'
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

SERVICE = bytes(range(32))
FIRST, SECOND = UUID(int=1), UUID(int=2)


def test_the_published_vector_is_signed_so() -> None:
    """Id, seconds and body as they stand there give the signature that stands there."""
    assert (SIGNATURE, "1614265330") == (sign([SECRET], ID, AT, BODY), stamp(AT))


def test_each_secret_signs() -> None:
    """One after the other, with a space between: a receiver that knows either finds its own."""
    other = secret_of(SERVICE, FIRST)

    assert f"{SIGNATURE} {sign([other], ID, AT, BODY)}" == sign([SECRET, other], ID, AT, BODY)


def test_a_secret_is_derived_as_the_rfc_has_it() -> None:
    """RFC 5869 step by step: extract without a salt, then the one block that 32 bytes need."""
    extracted = hmac.digest(bytes(32), SERVICE, sha256)
    expanded = hmac.digest(extracted, b"peil webhook " + FIRST.bytes + b"\x01", sha256)

    assert expanded == b64decode(secret_of(SERVICE, FIRST).removeprefix("whsec_"))


def test_no_two_ids_and_no_two_services_share_a_secret() -> None:
    """Whoever has one secret, or a copy of the database, has no other."""
    made = {secret_of(service, one) for service in (SERVICE, bytes(32)) for one in (FIRST, SECOND)}

    assert 4 == len(made)
