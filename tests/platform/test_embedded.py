"""The embedded PostgreSQL keeps what was committed, lets nobody else in and leaves nothing behind."""

import fcntl
import os
import pwd
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import psutil
import pytest

import peil
from peil.embedded import Cluster
from peil.embedded_host import ClusterError

SOURCE = Path(peil.__path__[0]).parent
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")

ADMITTED = b"R\0\0\0\x08\0\0\0\0"  # the protocol's AuthenticationOk

# Serves from a directory until killed; says where.
HOST = """
import pathlib, sys, time
from peil.embedded import Cluster
cluster = Cluster(pathlib.Path(sys.argv[1]))
cluster.start()
print((cluster.data_directory / "postmaster.pid").read_text().split()[0], cluster.run_directory, flush=True)
time.sleep(600)
"""


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A cluster of this file's own, since its tests kill it."""
    with Cluster() as started:
        yield started


@pytest.fixture
def directory() -> Iterator[Path]:
    """A directory that the server's own user can reach, which pytest's private one is not."""
    path = Path(tempfile.mkdtemp(prefix="peil-test-"))
    path.chmod(0o711)
    yield path
    shutil.rmtree(path)


async def fetch(cluster: Cluster, query: str) -> object:
    """The only value of the query's only row."""
    connection = await asyncpg.connect(cluster.url())
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


def wait_until(condition: Callable[[], bool]) -> bool:
    """Whether the condition came true within ten seconds."""
    deadline = time.monotonic() + 10
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)
    return condition()


@contextmanager
def become(name: str) -> Iterator[None]:
    """Be another system user for a while, for PostgreSQL's eyes and for the programs that we start."""
    user = pwd.getpwnam(name).pw_uid
    os.setresuid(user, user, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


def knock(cluster: Cluster) -> bytes:
    """What the server answers to a plain start-up packet for its superuser."""
    with socket.socket(socket.AF_UNIX) as door:
        door.connect(str(cluster.run_directory / ".s.PGSQL.5432"))
        words = b"user\0postgres\0database\0postgres\0\0"
        door.sendall(struct.pack("!ii", 8 + len(words), 196608) + words)
        return door.recv(1000)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("full_page_writes", "on"),
        ("listen_addresses", ""),
        ("server_encoding", "UTF8"),
        ("lc_messages", "C"),
        ("TimeZone", "UTC"),
    ],
)
async def test_settings_are_the_shipped_ones(cluster: Cluster, name: str, value: str) -> None:
    """Nothing trades safety for speed, nothing listens on the network, and time is UTC."""
    shown = await fetch(cluster, f"select current_setting('{name}')")

    assert value == shown


async def test_upper_case_goes_beyond_ascii(cluster: Cluster) -> None:
    """The database compares and folds text as C.UTF-8 does, on every machine alike."""
    upper = await fetch(cluster, "select upper('é')")

    assert upper == "É"


async def test_what_was_committed_survives_a_kill(cluster: Cluster) -> None:
    """After SIGKILL of all its processes the cluster restarts at the same URL with what was committed."""
    await fetch(cluster, "create table survivor as select 7 as number")
    url = cluster.url()

    cluster.kill()
    cluster.restart()

    assert (7, url) == (await fetch(cluster, "select number from survivor"), cluster.url())


async def test_a_killed_server_has_no_process_left(cluster: Cluster) -> None:
    """`kill` ends the backends too: nothing goes on writing behind the back of a restart."""
    connection = await asyncpg.connect(cluster.url())
    backend = psutil.Process(await connection.fetchval("select pg_backend_pid()"))
    try:
        cluster.kill()

        assert wait_until(lambda: not backend.is_running() or backend.status() == psutil.STATUS_ZOMBIE)
    finally:
        connection.terminate()
        cluster.restart()


async def test_a_pid_file_with_the_number_of_another_process_is_stale(cluster: Cluster) -> None:
    """After a reboot another process may have the old server's number; the cluster starts all the same."""
    file = cluster.data_directory / "postmaster.pid"
    lines = file.read_text().split("\n")
    owner = file.stat().st_uid
    cluster.kill()
    user = owner if os.geteuid() == 0 else None
    with subprocess.Popen(["/bin/sleep", "60"], user=user) as other:  # noqa: ASYNC220 - nothing else runs in this loop
        file.write_text("\n".join([str(other.pid), *lines[1:]]))
        cluster.restart()

        answer = await fetch(cluster, "select 1")
        untouched = other.poll() is None
        other.terminate()

    assert answer == 1
    assert untouched


@as_root
def test_another_user_does_not_reach_the_socket(cluster: Cluster) -> None:
    """The socket's directory is closed to everybody but the server and us."""
    with become("nobody"), pytest.raises(PermissionError):
        knock(cluster)


@as_root
def test_another_user_who_reaches_the_socket_is_refused(cluster: Cluster) -> None:
    """Also with the directory open, the server admits our own system user only."""
    cluster.run_directory.chmod(0o711)
    try:
        with become("nobody"):
            answer = knock(cluster)
    finally:
        cluster.run_directory.chmod(0o700)

    assert b"Peer authentication failed" in answer


def test_our_own_user_is_admitted(cluster: Cluster) -> None:
    """The test of the refused user knocks in a way that opens to us."""
    assert knock(cluster).startswith(ADMITTED)


@as_root
def test_root_gives_the_server_a_user_that_nobody_is(cluster: Cluster) -> None:
    """The server of root runs under a user id without a name, and its data belongs to that one."""
    pid = int((cluster.data_directory / "postmaster.pid").read_text().split()[0])
    user = psutil.Process(pid).uids().real

    assert user == cluster.data_directory.stat().st_uid
    assert user not in {entry.pw_uid for entry in pwd.getpwall()}
    assert [user] == list({*psutil.Process(pid).uids()})


@as_root
def test_an_ordinary_user_runs_the_wheel_in_place() -> None:
    """Without root nothing is copied, the server is the user's own, and the user gets in."""
    with become("nobody"), Cluster() as cluster:
        answer = knock(cluster)
        owner = cluster.data_directory.owner()
        copied = (cluster.run_directory / "server").exists()

    assert answer.startswith(ADMITTED)
    assert (owner, copied) == ("nobody", False)


async def test_directory_keeps_its_data_and_its_permissions(directory: Path) -> None:
    """A second run finds the rows of the first; no permission of the user's directories has changed."""
    home = directory / "home"
    home.mkdir(mode=0o755)
    before = [path.stat().st_mode for path in (home, *home.parents)]

    with Cluster(home) as first:
        await fetch(first, "create table kept as select 1 as one")
    with Cluster(home, settings={"wal_level": "logical"}) as second:
        kept = await fetch(second, "select one from kept"), await fetch(second, "show wal_level")

    assert kept == (1, "logical")
    assert before == [path.stat().st_mode for path in (home, *home.parents)]


def test_a_directory_in_use_is_refused(directory: Path) -> None:
    """Two runs on one directory would fight over one server: the second one says so and touches nothing."""
    descriptor = os.open(directory, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        with pytest.raises(ClusterError, match="in use"):
            Cluster(directory).start()
    finally:
        os.close(descriptor)

    assert not list(directory.iterdir())


def test_a_failed_start_says_why_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch, directory: Path) -> None:
    """The error carries PostgreSQL's own words, and the temporary directory is gone."""
    monkeypatch.setattr(tempfile, "tempdir", str(directory))

    with pytest.raises(ClusterError, match='unrecognized configuration parameter "nonsense"'):
        Cluster(settings={"nonsense": "1"}).start()

    assert not list(directory.iterdir())


def test_a_temporary_cluster_has_a_short_name_and_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, directory: Path
) -> None:
    """A socket's path must be short wherever temporary files go; data and server go with the cluster."""
    deep = directory / ("deep" * 30)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    cluster = Cluster()
    cluster.start()
    run = cluster.run_directory
    cluster.stop()
    cluster.stop()

    assert len(str(run)) < 80
    assert not run.exists()
    assert not list(deep.iterdir())


@pytest.mark.parametrize("also_watcher", [False, True])
async def test_a_second_run_starts_cleanly_after_the_first_was_killed(directory: Path, also_watcher: bool) -> None:
    """The server ends when its owner is killed; where even its watcher was killed, the next run ends it."""
    host = subprocess.Popen(  # noqa: ASYNC220 - nothing else runs in this loop
        [sys.executable, "-c", HOST, str(directory)],
        env={"PYTHONPATH": str(SOURCE)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert host.stdout is not None
    pid, run = host.stdout.readline().split()
    server = psutil.Process(int(pid))
    if also_watcher:
        parent = server.parent()
        assert parent is not None
        for watcher in (*parent.children(), parent):
            if watcher != server:
                watcher.kill()
    host.kill()
    host.communicate()
    if not also_watcher:
        assert wait_until(lambda: not server.is_running() and not Path(run).exists())

    with Cluster(directory) as cluster:
        answer = await fetch(cluster, "select 1")
    shutil.rmtree(run, ignore_errors=True)  # which nobody was left to remove

    assert answer == 1
    assert not server.is_running()
