"""Runs the benchmarks: `make bench`. Starts what it needs, stops it, and ends with a SIGKILL of PostgreSQL."""

import argparse
import asyncio
import sys
from pathlib import Path

from benchmarks import charts, close, disclosure, exports, growth, ordinary, read, report, scim, start, story, submit
from benchmarks.crowd import gather
from benchmarks.parts import serving_part
from benchmarks.place import open_place
from benchmarks.stage import set_stage, surroundings
from benchmarks.submit import Setting, kill_under_load

_SMALL = 10_000
"""Responses of the wave that has to be readable within a minute of its end, in a hundredth as many units."""
_GROWTH = Path("docs/images/performance/growth.json")


async def _compare(chosen: argparse.Namespace) -> int:
    seconds, repeats = chosen.seconds, chosen.repeats
    print("starting the demo ...", flush=True)
    findings = [await start.measure(repeats)]
    async with open_place() as (cluster, house, url, directory):
        print(f"making {chosen.groups} keys and opening a wave ...", flush=True)
        stage = await set_stage(house, url, chosen.groups)
        async with serving_part(house, "intake") as intake_url:
            setting = Setting(cluster, house, stage, directory, intake_url)
            findings += await submit.measure(setting, seconds, repeats)
            for units, responses in ((111, _SMALL), (chosen.units, chosen.responses)):
                print(f"sealing {responses:,} responses of {units:,} units ...", flush=True)
                crowd = await gather(house, url, units)
                finding, wave_id = await close.measure(house, url, crowd, responses, directory)
                findings.append(finding)
            print("disclosure control ...", flush=True)
            findings.append(disclosure.measure(repeats))
            print("reading ...", flush=True)
            findings += await read.measure(house, crowd, wave_id, directory, seconds, repeats)
            print("listing and getting ...", flush=True)
            findings += await ordinary.measure(house, url, directory, seconds, repeats)
            print("charts ...", flush=True)
            findings += await charts.measure(house, url, directory, repeats)
            print("exports ...", flush=True)
            findings += await exports.measure(crowd, wave_id, repeats)
            print("GraphQL and REST ...", flush=True)
            findings.append(await story.measure(house, repeats))
            print("provisioning ...", flush=True)
            findings.append(await scim.measure(house, url, repeats))
            around = await surroundings(cluster)
            acknowledged, kept = await kill_under_load(setting)
    report.show(findings, around, chosen.json)
    print(f"PostgreSQL was killed: {kept} of {acknowledged} acknowledged responses are there")
    return 0 if acknowledged and kept == acknowledged else 1


async def _grow(chosen: argparse.Namespace) -> int:
    sizes = growth.sizes_up_to(chosen.most, chosen.employers, chosen.seconds)
    points: list[growth.Point] = []
    async with open_place() as (cluster, house, _, directory):
        around = await surroundings(cluster)
        async for point in growth.measure(cluster, house, directory, sizes, chosen.repeats):
            print(growth.told(point), flush=True)
            points.append(point)
            growth.write(points, around, _GROWTH)
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--groups", type=int, default=1000, help="reporting groups, each with a key (1000)")
    parser.add_argument("--seconds", type=int, default=10, help="per run (10)")
    parser.add_argument("--repeats", type=int, default=3, help="pairs of runs of each kind (3)")
    parser.add_argument("--json", type=Path, default=Path(".bench/bench.json"), help="where the figures go")
    parser.add_argument("--responses", type=int, default=1_000_000, help="in the wave that is closed (1,000,000)")
    parser.add_argument("--units", type=int, default=11_111, help="of the employer whose wave is closed (11,111)")
    parser.add_argument("--growth", action="store_true", help=f"measure how cost grows instead; writes {_GROWTH}")
    parser.add_argument("--most", type=int, default=10_000_000, help="responses there at most, for --growth")
    parser.add_argument("--employers", type=int, default=10_000, help="employers at most, for --growth")
    chosen = parser.parse_args()
    submit.require_programs(["wrk"])
    return asyncio.run(_grow(chosen) if chosen.growth else _compare(chosen))


if __name__ == "__main__":
    sys.exit(main())
