#!/usr/bin/env python3
"""Verifies exports of Peil's audit trail offline: that nothing in the chain was changed, left out or put in.

    python3 verify_audit.py EARLIER.ndjson LATER.ndjson ... [--language nl|en]

Each is what `GET /v1/audit/export` gives as NDJSON, without a filter but `from` and `to`: the chain of an employer or a
vendor. The operator gets its own chain by `actor=00000000-0000-0000-0000-000000000000`. An export that was kept shows
whether a later one was written anew. It needs Python 3.9 or newer and nothing else. Exit code 0: all of it is right;
1: something is wrong; 2: this is no export. What was left out after the last entry cannot be seen in one export.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timezone
from hashlib import sha256
from pathlib import Path
from typing import Any, Optional

MEMBERS = ("auditId", "employerId", "position", "at", "actorKind", "actorId", "event", "subject", "hash")

TEXTS = {
    "missing": ("regels {0} tot en met {1} ontbreken", "entries {0} to {1} are missing"),
    "broken": ("regel {0}, of wat ervoor stond, is veranderd", "entry {0}, or what was before it, was changed"),
    "differs": ("regel {0} staat er twee keer, en verschillend", "entry {0} is there twice, and differs"),
}
VERDICT = {
    "right": ("KLOPT: regels {0} tot en met {1} van {2}.", "RIGHT: entries {0} to {1} of {2}."),
    "wrong": ("KLOPT NIET: {0} bevindingen.", "WRONG: {0} findings."),
    "unreadable": ("GEEN UITVOER: {0}", "NO EXPORT: {0}"),
    "head": (
        "Laatste hash: {0}\nBewaar dit bestand, of deze hash: een latere uitvoer moet hem ook hebben.",
        "Last hash: {0}\nKeep this file, or this hash: a later export has to have it too.",
    ),
}

Entry = Mapping[str, Any]
Finding = tuple[str, tuple[object, ...]]


class UnreadableError(Exception):
    """The file is no export."""


def link(before: bytes, entry: Entry) -> bytes:
    """The hash of an entry: SHA-256 over the hash before it (32 bytes; none before the first) and its JSON."""
    told = {
        "audit_id": entry["auditId"],
        "at": moment(entry["at"]),
        "actor_kind": entry["actorKind"],
        "actor_id": entry["actorId"],
        "event": entry["event"],
        "subject": entry["subject"],
    }
    return sha256(before + json.dumps(told, separators=(",", ":"), ensure_ascii=False).encode()).digest()


def moment(text: str) -> str:
    """As it was hashed: in UTC, to the microsecond."""
    at = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return at.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def findings(entries: Iterable[Entry], last: Optional[Entry] = None) -> Iterator[Finding]:
    """What is wrong with a chain. `entries` are of one chain, by position; doubled ones stand beside each other.

    `last`: the entry before them, where it is known. The hash of the first can be told only after that one, or where
    it is the first of all.
    """
    for entry in entries:
        position = entry["position"]
        if last is not None and position == last["position"]:
            if dict(entry) != dict(last):
                yield "differs", (position,)
            continue
        expected = 1 if last is None else last["position"] + 1
        if last is not None and position != expected:
            yield "missing", (expected, position - 1)
        elif position == 1 or last is not None:
            before = b"" if last is None else bytes.fromhex(last["hash"])
            if link(before, entry).hex() != entry["hash"]:
                yield "broken", (position,)
        last = entry


def read(paths: Iterable[str]) -> dict[str, list[Entry]]:
    """The entries of these exports by whose chain it is, by position. Raises UnreadableError."""
    found: dict[str, list[Entry]] = {}
    for path in paths:
        for entry in _entries(path):
            found.setdefault(owner(entry), []).append(entry)
    return {whose: sorted(entries, key=lambda entry: int(entry["position"])) for whose, entries in found.items()}


def owner(entry: Entry) -> str:
    """The id of the employer or the vendor whose chain it is; an export of before there were vendors' has no other."""
    return str(entry.get("vendorId") or entry["employerId"])


def _entries(path: str) -> list[Entry]:
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
        entries = [json.loads(line) for line in lines if line.strip()]
        for entry in entries:
            _check(entry)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise UnreadableError(f"{path}: {error}") from error
    if not entries:
        raise UnreadableError(f"{path}: -")
    return entries


def _check(entry: Entry) -> None:
    missing = [name for name in MEMBERS if name not in entry]
    if missing:
        raise ValueError(f"no {missing[0]}")
    if not isinstance(entry.get("vendorId") or entry["employerId"], str):
        raise ValueError("employerId")
    if not isinstance(entry["position"], int):
        raise ValueError("position")
    bytes.fromhex(entry["hash"])
    moment(entry["at"])


def main(arguments: Optional[list[str]] = None) -> int:
    """Prints what is wrong, and the verdict; the exit code."""
    parser = argparse.ArgumentParser(prog="verify_audit.py", description="Verifies exports of the audit trail.")
    parser.add_argument("exports", nargs="+", metavar="EXPORT.ndjson")
    parser.add_argument("--language", choices=("nl", "en"), default="nl")
    chosen = parser.parse_args(arguments)
    place = ("nl", "en").index(chosen.language)

    def say(text: tuple[str, str], *said: object) -> None:
        sys.stdout.write(text[place].format(*said) + "\n")

    try:
        chains = read(chosen.exports)
    except UnreadableError as error:
        say(VERDICT["unreadable"], error)
        return 2
    wrong = 0
    for whose, entries in sorted(chains.items()):
        found = [*findings(entries)]
        for code, said in found:
            say(TEXTS[code], *said)
        wrong += len(found)
        if not found:
            say(VERDICT["right"], entries[0]["position"], entries[-1]["position"], whose)
            say(VERDICT["head"], entries[-1]["hash"])
    if wrong:
        say(VERDICT["wrong"], wrong)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
