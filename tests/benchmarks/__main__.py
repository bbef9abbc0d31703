"""Runs the benchmarks: `make bench`. Starts what it needs, stops it, and ends with a SIGKILL of PostgreSQL."""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from benchmarks import close, disclosure, ordinary, read, report, submit
from benchmarks.crowd import gather
from benchmarks.parts import serving_part
from benchmarks.stage import set_stage, surroundings
from benchmarks.submit import Setting, kill_under_load
from peil import bootstrap
from peil.demo.issuer import DemoIssuer
from peil.embedded import Cluster
from support.house import open_house

_SMALL = 10_000
"""Responses of the wave that has to be readable within a minute of its end, in a hundredth as many units."""


async def _run(chosen: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory() as name, Cluster() as cluster:
        directory = Path(name)
        await bootstrap.prepare(cluster)
        async with open_house(
            cluster, bootstrap.DATABASE, directory / "keys", DemoIssuer("http://issuer.test")
        ) as house:
            print(f"making {chosen.groups} keys and opening a wave ...", flush=True)
            url_of_database = cluster.url("postgres", bootstrap.DATABASE)
            stage = await set_stage(house, url_of_database, chosen.groups)
            async with serving_part(house, "intake") as url:
                setting = Setting(cluster, house, stage, directory, url)
                findings = await submit.measure(setting, chosen.seconds, chosen.repeats)
                for units, responses in ((111, _SMALL), (chosen.units, chosen.responses)):
                    print(f"sealing {responses:,} responses of {units:,} units ...", flush=True)
                    crowd = await gather(house, url_of_database, units)
                    finding, wave_id = await close.measure(house, url_of_database, crowd, responses, directory)
                    findings.append(finding)
                print("disclosure control ...", flush=True)
                findings.append(disclosure.measure(chosen.repeats))
                print("reading ...", flush=True)
                findings += await read.measure(house, crowd, wave_id, directory, chosen.seconds, chosen.repeats)
                print("listing and getting ...", flush=True)
                findings += await ordinary.measure(house, url_of_database, directory, chosen.seconds, chosen.repeats)
                around = await surroundings(cluster)
                acknowledged, kept = await kill_under_load(setting)
    report.show(findings, around, chosen.json)
    print(f"PostgreSQL was killed: {kept} of {acknowledged} acknowledged responses are there")
    return 0 if acknowledged and kept == acknowledged else 1


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--groups", type=int, default=1000, help="reporting groups, each with a key (1000)")
    parser.add_argument("--seconds", type=int, default=10, help="per run (10)")
    parser.add_argument("--repeats", type=int, default=3, help="pairs of runs per number of clients (3)")
    parser.add_argument("--json", type=Path, default=Path(".bench/bench.json"), help="where the figures go")
    parser.add_argument("--responses", type=int, default=1_000_000, help="in the wave that is closed (1,000,000)")
    parser.add_argument("--units", type=int, default=11_111, help="of the employer whose wave is closed (11,111)")
    chosen = parser.parse_args()
    submit.require_programs(["wrk"])
    return asyncio.run(_run(chosen))


if __name__ == "__main__":
    sys.exit(main())
