"""Sets the stage: a service on a PostgreSQL of its own, an open wave in blind mode, and signed bodies to send."""

import json
import secrets
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA384
from cryptography.hazmat.primitives.serialization import load_der_private_key

from benchmarks.opening import open_wave, pass_gates
from benchmarks.sealed import sealer_of
from peil import base64url
from peil.embedded import Cluster
from peil.keys.blind_signatures import prepare
from support.house import Employer, House, Persona

_SETTINGS = ("server_version", "fsync", "synchronous_commit", "full_page_writes", "commit_delay", "shared_buffers")
_PEOPLE_A_GROUP = 8
_AT_A_TIME = 10_000


class Stage(NamedTuple):
    """An open wave: where to send to, and the private keys by id with which its answer tokens are signed."""

    wave_id: str
    keys: dict[UUID, bytes]
    items: list[str]
    envelope: int
    """Bytes of every sealed response."""


async def set_stage(house: House, url: str, groups: int) -> Stage:
    """An employer with so many reporting groups, and a pulse in blind mode that is open for all of them.

    `url`: the database's, as its superuser.
    """
    employer = await house.employer("Bench BV")
    await _organise(await employer.client("hr"), groups)
    return await open_stage(house, url, employer)


async def open_stage(house: House, url: str, employer: Employer) -> Stage:
    """A pulse in blind mode that is open for everybody of the employer."""
    hr = await employer.client("hr")
    await pass_gates(employer, hr, "blind")
    instruments = await hr.must(hr.get("/instruments?limit=200"), 200)
    pulse = next(one for one in instruments["items"] if one["key"] == "workload-recovery-focus")
    wave_id = await open_wave(employer, hr, pulse["instrumentId"], "blind")
    manifest = await house.anonymous.must(house.anonymous.get(f"/waves/{wave_id}/manifest"), 200)
    # A few more were made ahead than there are groups.
    key_ids = [UUID(key["keyId"]) for key in manifest["keys"]]
    keys = {key_id: house.worker.parts.issuing.read(UUID(wave_id), key_id) for key_id in key_ids}
    asked = await house.anonymous.must(house.anonymous.get(f"/waves/{wave_id}/questionnaire"), 200)
    sealer = await sealer_of(url, UUID(wave_id))
    return Stage(wave_id, keys, [item["key"] for item in asked["items"]], sealer.envelope_size)


async def _organise(hr: Persona, groups: int) -> None:
    units = [{"externalId": "root", "name": "root"}]
    units += [{"externalId": f"u{n}", "name": f"u{n}", "parentExternalId": "root"} for n in range(groups)]
    people = [
        {"externalId": f"p{n}", "unitExternalId": f"u{n // _PEOPLE_A_GROUP}"} for n in range(groups * _PEOPLE_A_GROUP)
    ]
    for kind, lines in (("units", units), ("people", people)):
        for start in range(0, len(lines), _AT_A_TIME):
            content = "\n".join(map(json.dumps, lines[start : start + _AT_A_TIME]))
            headers = {"content-type": "application/x-ndjson"}
            await hr.must(hr.request("POST", f"/{kind}/import", content=content, headers=headers), 200)


def write_bodies(stage: Stage, number: int, file: Path) -> None:
    """So many responses, one a line, each with an answer token of its own, spread over all groups.

    Signed by OpenSSL with the groups' keys: byte for byte what blinding, blind signature and unblinding give,
    made in a tenth of the time.
    """
    keys = list(stage.keys.items())
    share = -(-len(keys) // 16)
    parts = [keys[start : start + share] for start in range(0, len(keys), share)]
    each = -(-number // len(keys))
    with file.open("w") as lines, ProcessPoolExecutor() as processes:
        made = processes.map(_sign, parts, [each] * len(parts), [stage.items] * len(parts))
        columns = [iter(part) for part in made]
        # One of each part in turn, so that all keys are in use all the time.
        for _ in range(each):
            for part, column in zip(parts, columns, strict=True):
                lines.writelines(next(column) for _ in part)


def _sign(keys: list[tuple[UUID, bytes]], each: int, items: list[str]) -> list[str]:
    return [body for row in _rows(keys, each, items) for body in row]


def _rows(keys: list[tuple[UUID, bytes]], each: int, items: list[str]) -> Iterator[list[str]]:
    loaded = [(key_id, load_der_private_key(key, None, unsafe_skip_rsa_key_validation=True)) for key_id, key in keys]
    for _ in range(each):
        yield [_body(key_id, key, items) for key_id, key in loaded if isinstance(key, RSAPrivateKey)]


def _body(key_id: UUID, key: RSAPrivateKey, items: list[str]) -> str:
    message = prepare(secrets.token_bytes(32))
    signature = key.sign(message, PSS(MGF1(SHA384()), 48), SHA384())
    body: dict[str, Any] = {
        "keyId": str(key_id),
        "message": base64url.encode(message),
        "signature": base64url.encode(signature),
        "answers": {item: 1 + secrets.randbelow(5) for item in items},
    }
    return json.dumps(body, separators=(",", ":")) + "\n"


async def surroundings(cluster: Cluster) -> dict[str, str]:
    """What of PostgreSQL decides how fast a commit is; nothing of it is changed for a benchmark."""
    connection = await asyncpg.connect(cluster.url())
    try:
        return {name: str(await connection.fetchval(f"show {name}")) for name in _SETTINGS}
    finally:
        await connection.close()
