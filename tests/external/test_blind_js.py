"""The form's half of RFC 9474 under Node.js: the RFC's vectors, and an independent client and signer."""

import json
import secrets
import shutil
import subprocess
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from cases.measuring import bring_to
from peil import base64url
from peil.answering.carried import link_to, token_in
from peil.answering.intake import AnswerToken
from peil.keys.blind_signatures import generate_key, public_key_of
from support.answering import submit, wave_of
from support.house import House
from support.personas import add_crowd, cast_of

pytestmark = [pytest.mark.external, pytest.mark.needs("node")]

NODE = shutil.which("node") or "node"
SCRIPT = Path(__file__).parent / "interoperate.mjs"
VECTORS = Path(__file__).parents[1] / "blind" / "rfc9474.json"


def run(deed: str, *given: Any) -> Any:
    """One deed of the script."""
    asked = json.dumps([deed, *given])
    done = subprocess.run([NODE, SCRIPT], input=asked, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stderr
    return json.loads(done.stdout)


def test_blinds_and_finalizes_as_the_rfc_does() -> None:
    """The blinded message, the inverse and the signature of appendix A.1."""
    vector = json.loads(VECTORS.read_text())["RSABSSA-SHA384-PSS-Randomized"]

    made = run("vector", vector)

    assert {name: vector[name] for name in made} == made


def test_another_signer_serves_our_client() -> None:
    """Cloudflare's library signs what our form blinded, and takes the signature for its own."""
    assert run("oursWithTheirs")


def test_refuses_what_is_no_signature_and_no_key() -> None:
    """A signer that cheats, a short answer, a key of 1024 bits, no key at all, a factor without inverse."""
    small = generate_private_key(65537, 1024).public_key()  # noqa: S505  # too small on purpose
    spki = small.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    said = run("refusals", public_key_of(generate_key()).hex(), spki.hex())

    assert [
        "not a signature by this key",
        "of the wrong length",
        "not 2048 bits and 65537",
        "not an RSA key",
        "shares a factor with the modulus",
    ] == said


def test_a_token_is_carried_between_browser_and_program() -> None:
    """Each makes the very same link, and reads the other's."""
    url, wave_id, key_id = "https://answers.example", uuid4(), str(uuid4())
    token = AnswerToken(key_id, *(base64url.encode(secrets.token_bytes(size)) for size in (64, 256)))

    link, read = run("carry", url, str(wave_id), token.as_sent(), link_to(url, wave_id, token))

    assert link_to(url, wave_id, token) == link
    assert token.as_sent() == read
    assert (wave_id, token) == token_in(link)


async def test_another_client_is_served(house: House) -> None:
    """Cloudflare's library blinds, the running service signs, and takes the answer with the token of that."""
    cast = await cast_of(await house.employer("Anders BV"))
    await add_crowd(cast.hr, root=8, field=8)
    wave_id = await bring_to(cast, "open", mode="blind")
    person = cast.employer.person("field-0")
    wave = await wave_of(person, wave_id)
    spki = base64url.decode(wave["publicKey"]).hex()

    blinded = run("theirsBlinds", spki)
    request = {"keyId": wave["keyId"], "blindedMessage": base64url.encode(bytes.fromhex(blinded["blinded"]))}
    signed = (await person.must(person.post(f"/waves/{wave_id}/answer-tokens", request), 200))["blindSignature"]
    signature = bytes.fromhex(run("theirsFinalizes", spki, blinded, base64url.decode(signed).hex()))
    message = bytes.fromhex(blinded["message"])
    body = {"message": base64url.encode(message), "signature": base64url.encode(signature), "answers": {}}
    answer = await submit(house.anonymous, wave_id, body | {"keyId": wave["keyId"]})

    assert (201, {"result": "recorded"}) == (answer.status_code, answer.json())
