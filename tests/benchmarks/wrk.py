"""Sends requests with wrk as fast as they are answered, from another process than those that answer."""

import asyncio
import subprocess
from pathlib import Path

import msgspec

_HERE = Path(__file__).parent


class Sent(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What wrk counted: answers, those that were refused (4xx, 5xx) and those that did not come."""

    requests: int
    refused: int
    broken: int
    seconds: float
    p50_milliseconds: float
    p99_milliseconds: float

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds


async def send(url: str, script: str, *arguments: object, clients: int, seconds: float) -> Sent:
    """Runs a script of this folder against `url`. Raises RuntimeError where wrk fails or an answer is no success."""
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "30s", "-s", str(_HERE / script), url, "--"]
    process = await asyncio.create_subprocess_exec(
        *command, *map(str, arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    output, told = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"wrk: {output.decode()} {told.decode()}")
    sent = msgspec.json.decode(told.splitlines()[-1], type=Sent)
    if sent.refused or sent.broken:
        raise RuntimeError(f"not every request was answered well: {sent}")
    return sent


def write_lines(file: Path, lines: list[str]) -> Path:
    """A file for a script of wrk to read."""
    file.write_text("".join(f"{line}\n" for line in lines))
    return file
