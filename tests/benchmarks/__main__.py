"""Runs the benchmarks: `make bench`. Starts what it needs, stops it, and ends with a SIGKILL of PostgreSQL."""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from benchmarks import report, submit
from benchmarks.stage import set_stage, surroundings
from benchmarks.submit import Setting, intake_of, kill_under_load
from peil import bootstrap
from peil.demo.issuer import DemoIssuer
from peil.embedded import Cluster
from support.house import open_house


async def _run(groups: int, seconds: int, repeats: int, file: Path) -> int:
    with tempfile.TemporaryDirectory() as name, Cluster() as cluster:
        directory = Path(name)
        await bootstrap.prepare(cluster)
        async with open_house(
            cluster, bootstrap.DATABASE, directory / "keys", DemoIssuer("http://issuer.test")
        ) as house:
            print(f"making {groups} keys and opening a wave ...", flush=True)
            stage = await set_stage(house, groups)
            async with intake_of(house) as url:
                setting = Setting(cluster, house, stage, directory, url)
                findings = await submit.measure(setting, seconds, repeats)
                around = await surroundings(cluster)
                acknowledged, kept = await kill_under_load(setting)
    report.show(findings, around, file)
    print(f"PostgreSQL was killed: {kept} of {acknowledged} acknowledged responses are there")
    return 0 if acknowledged and kept == acknowledged else 1


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--groups", type=int, default=1000, help="reporting groups, each with a key (1000)")
    parser.add_argument("--seconds", type=int, default=10, help="per run (10)")
    parser.add_argument("--repeats", type=int, default=3, help="pairs of runs per number of clients (3)")
    parser.add_argument("--json", type=Path, default=Path(".bench/bench.json"), help="where the figures go")
    chosen = parser.parse_args()
    submit.require_programs(["wrk"])
    return asyncio.run(_run(chosen.groups, chosen.seconds, chosen.repeats, chosen.json))


if __name__ == "__main__":
    sys.exit(main())
