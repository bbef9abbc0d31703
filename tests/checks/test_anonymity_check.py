"""`peil check anonymity` finds nothing where there is nothing, every planted leak, and leaves nothing behind."""

import asyncio
import contextlib
import re
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from peil.checks.anonymity import synthetic
from peil.checks.anonymity.examining import PEOPLE, examine
from peil.checks.anonymity.leaks import LEAKS, leaks_of
from peil.checks.anonymity.planting import Leak
from peil.checks.anonymity.proving import Proof, prove_leak
from peil.checks.anonymity.removal import delete_synthetic, left_behind
from peil.checks.anonymity.report import Examined, write_report
from peil.checks.anonymity.site import Site, open_site
from peil.checks.anonymity.watching import Sources
from peil.checks.model import CheckError, Line, judge, unseen
from peil.clock import now
from peil.embedded import Cluster
from peil.server import open_intake, open_worker
from peil.settings import Settings
from peil.waves.model import WaveMode
from support.house import serving

DOCS = Path(__file__).parent.parent.parent / "docs"
MODES: tuple[WaveMode, ...] = ("blind", "handout", "split")
PLANTED = [(mode, leak) for mode in MODES for leak in leaks_of(mode) if mode == "blind" or len(leak.modes) < len(MODES)]
"""Every leak in mode blind, and in the others those that blind has not: what they share has no mode."""


async def rows_of(site: Site) -> dict[str, int]:
    """How many rows every table of the database has."""
    tables = await site.owner.fetch(
        "select oid::regclass::text as name from pg_class where relkind = 'r' "
        "and relnamespace::regnamespace::text !~ '^(pg_|information_schema)'"
    )
    return {row["name"]: await site.owner.fetchval(f"select count(*) from {row['name']}") for row in tables}


def files_of(settings: Settings) -> list[str]:
    """Every file of the key store."""
    assert settings.keys is not None
    return sorted(str(path.relative_to(settings.keys)) for path in settings.keys.rglob("*") if path.is_file())


async def checked(site: Site, people: int = 200, mode: WaveMode = "split", **sources: Any) -> list[Line]:
    return await examine(site, people, mode, Sources(**sources))


def verdicts(lines: list[Line]) -> dict[str, str]:
    return {line.name: line.verdict for line in lines}


@pytest.mark.parametrize("mode", MODES)
async def test_a_clean_deployment(check_cluster: Cluster, deployment: Settings, mode: WaveMode) -> None:
    """Nothing is found, everything could be told, and the committed report says the same, but for its numbers."""
    log, wal = check_cluster.run_directory / "log", check_cluster.data_directory / "pg_wal"
    async with open_site(deployment) as site:
        before = await rows_of(site), files_of(deployment)
        lines = await checked(site, PEOPLE, mode, logs=(log,), wal=wal)
        after = await rows_of(site), files_of(deployment)
    report = write_report(examined(mode, lines, [proof(leak) for leak in leaks_of(mode)]))

    assert {"ok"} == set(verdicts(lines).values()), [line for line in lines if line.verdict != "ok"]
    assert before == after
    assert without_numbers(report) == without_numbers((DOCS / f"anonymity-report-{mode}.md").read_text())


def proof(leak: Leak, **changed: list[str]) -> Proof:
    return replace(Proof(name=leak.name, words=leak.words, found_by=list(leak.found_by), missed_by=[]), **changed)


def examined(mode: WaveMode, lines: list[Line], proofs: list[Proof] | None = None) -> Examined:
    where = "a server of its own that was thrown away"
    return Examined(on=now().date(), where=where, mode=mode, people=PEOPLE, lines=lines, proofs=proofs)


def without_numbers(report: str) -> str:
    """The report without what changes from run to run, and without the line breaks that move with it."""
    return " ".join(re.sub(r"[+-]?\d+(\.\d+)*", "0", report).split())


def test_the_first_line_is_the_verdict() -> None:
    """Found, in doubt, nothing found, or a check that is broken: the worst of it is what one reads first."""
    found, doubt, nothing = judge("a", "a", ["b"], "c"), unseen("a", "a", "b", "c"), judge("a", "a", [], "c")
    missed = [proof(LEAKS[0], found_by=[], missed_by=["columns"])]
    firsts = [
        write_report(examined("blind", lines, proofs)).splitlines()[0]
        for lines, proofs in (([nothing], None), ([nothing, doubt], None), ([found, doubt], None), ([nothing], missed))
    ]

    assert [
        "# Nothing was found that tells who answered what",
        "# Nothing was found that tells who answered what, but one attempt could not be made",
        "# Something was found that could tell who answered what",
        "# The check is broken: it did not find a mistake that was made on purpose",
    ] == firsts


def test_every_mode_has_its_report() -> None:
    """The page of reports links one of each mode, and each begins with its verdict."""
    page = (DOCS / "anonymity-report.md").read_text()
    names = [f"anonymity-report-{mode}.md" for mode in MODES]

    assert names == re.findall(r"\((anonymity-report-\w+\.md)\)", page)
    assert {"# Nothing was found that tells who answered what"} == {
        (DOCS / name).read_text().splitlines()[0] for name in names
    }


@pytest.mark.parametrize(("mode", "leak"), PLANTED, ids=[f"{mode}-{leak.name}" for mode, leak in PLANTED])
async def test_a_planted_leak(check_cluster: Cluster, mode: WaveMode, leak: Leak) -> None:
    """Each leak is found by every attempt that is meant to find it."""
    proof = await prove_leak(check_cluster, leak, mode)

    assert [] == proof.missed_by
    assert list(leak.found_by) == proof.found_by


async def test_nothing_is_left(deployment: Settings) -> None:
    """Afterwards every table has as many rows as before, and the key store as many files."""
    async with open_site(deployment) as site:
        before = await rows_of(site), files_of(deployment)
        lines = await checked(site)
        after = await rows_of(site), files_of(deployment)

    assert before == after
    assert "after-close" in verdicts(lines)
    assert len(before[0]) > 30


async def test_what_a_killed_check_left_goes_with_the_next(deployment: Settings) -> None:
    """An employer in the middle of an open wave, with its key, is found by its name and deleted whole."""
    async with open_site(deployment) as site:
        before = await rows_of(site), files_of(deployment)
        asked = await synthetic.ask(site, await synthetic.create(site), 200, "split")
    async with open_site(deployment) as site:
        left = await left_behind(site.owner), files_of(deployment)
        await checked(site)
        after = await rows_of(site), files_of(deployment)

    assert ([asked.employer_id], [f"unsealing/{asked.wave_id}.key"]) == left
    assert before == after


async def test_a_check_that_stops_cleans_up(deployment: Settings) -> None:
    """Where the intake answers otherwise than it should, the check says so and leaves nothing."""
    async with open_site(deployment, "http://127.0.0.1:9") as site:
        before = await rows_of(site)
        with pytest.raises(CheckError, match="the intake cannot be reached"):
            await checked(site)
        after = await rows_of(site)

    assert before == after


async def test_no_other_employer_is_deleted(deployment: Settings) -> None:
    """An employer with another name, or on the real clock, is refused, also with the check's external id."""
    async with open_site(deployment) as site:
        employer_id = await synthetic.create(site)
        await site.owner.execute("update peil.employer set name = 'Voorbeeld BV'")
        with pytest.raises(ValueError, match="only a synthetic"):
            await delete_synthetic(site, employer_id)
        await site.owner.execute("update peil.employer set name = $1, sandbox = false, clock_at = null", synthetic.NAME)
        with pytest.raises(ValueError, match="only a synthetic"):
            await delete_synthetic(site, employer_id)


async def test_the_running_worker_and_intake_are_used(deployment: Settings) -> None:
    """Beside a worker that takes the jobs, and over the network to an intake, the check is the same."""
    async with open_worker(deployment) as worker, open_intake(deployment) as intake, serving(intake) as url:
        working = asyncio.create_task(worker.run())
        async with open_site(deployment, url) as site:
            before = await rows_of(site)
            lines = await checked(site)
            after = await rows_of(site)
        working.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await working

    assert {"after-close": "ok", "spans": "ok", "ids": "ok"} == {
        name: verdict for name, verdict in verdicts(lines).items() if name in ("after-close", "spans", "ids")
    }
    assert before == after


async def test_one_check_at_a_time(deployment: Settings) -> None:
    """A second check would delete the employer of the first."""
    async with open_site(deployment):
        with pytest.raises(CheckError, match="another check"):
            async with open_site(deployment):
                pass


async def test_what_cannot_be_looked_at_is_said(deployment: Settings) -> None:
    """Without a directory of the write-ahead log, which the owner's role may not read, that is a warning."""
    async with open_site(deployment) as site:
        lines = await checked(site)
    wal = next(line for line in lines if line.name == "wal")

    assert ("warning", "name its directory: --wal DIRECTORY") == (wal.verdict, wal.to_do)
