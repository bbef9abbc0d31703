"""Release bundles that a test changes: whoever can write anywhere can sign them again, for there is no secret."""

import json
from hashlib import sha256
from typing import Any

from peil.disclosure import verify_release

Files = dict[str, bytes]


class Forged:
    """The parts of a bundle to change, and to sign again as whoever has no secret can: there is none."""

    def __init__(self, files: Files) -> None:
        self.files = dict(files)
        self.chain = [json.loads(line) for line in files["chain.ndjson"].splitlines()]
        self.content = json.loads(files["content.json"])
        self.tree = json.loads(files["tree.json"])
        self.scoring = json.loads(files["scoring.json"])

    def unit(self, name: str) -> Any:
        return next(unit for unit in self.content["units"] if unit["name"] == name)

    def signed(self) -> Files:
        """With every hash made anew, and the manifest of the wave as the figures have it."""
        self.content["tree"] = sha256(as_json(self.tree)).hexdigest()
        blocks, choices = self.content["blocks"], self.content["choices"]
        published = {
            "published": {block["key"]: block["published"] for block in blocks},
            "bands": {block["key"]: block["bands"]["published"] for block in blocks},
            "distributions": {one["key"]: one["distributions"]["published"] for one in blocks + choices},
            "sensitive": {item["key"]: item["published"] for item in self.content["sensitive"]},
        }
        self.chain[-1] |= {
            "tree": self.content["tree"],
            "thresholds": self.content["thresholds"],
            "participation": self.content["response"]["published"],
            "statistics": sha256(as_json(self.content)).hexdigest(),
        }
        self.chain[-1] |= {name: dict(sorted(units.items())) for name, units in published.items()}
        previous = None
        for manifest in self.chain:
            manifest["previous"] = previous
            unsigned = manifest | {"hash": ""}
            manifest["hash"] = previous = sha256(as_json(unsigned)).hexdigest()
        return self.written()

    def written(self) -> Files:
        """As it is, wrong hashes and all."""
        return self.files | {
            "chain.ndjson": b"".join(as_json(manifest) + b"\n" for manifest in self.chain),
            "content.json": as_json(self.content),
            "tree.json": as_json(self.tree),
            "scoring.json": as_json(self.scoring),
        }


def as_json(value: Any) -> bytes:
    """As the service writes it, if the keys of maps are in order."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def found_in(files: Files) -> set[str]:
    """The codes of what the verifier finds."""
    return {code for code, _ in verify_release.verify(files)}
