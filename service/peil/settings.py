"""Everything that can be set, read once from PEIL_* into one frozen Struct; an unknown PEIL_* is an error."""

import os
from base64 import b64decode
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from peil import relay

PREFIX = "PEIL_"


class SettingsError(Exception):
    """The settings cannot be used; every reason is in the message."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One field per variable: `database_url_api` is PEIL_DATABASE_URL_API."""

    environment: Literal["production", "demo", "test"] = "production"
    database_url_owner: str = ""
    """For `peil migrate` only: a role with BYPASSRLS."""
    database_url_api: str = ""
    database_url_intake: str = ""
    database_url_worker: str = ""
    database_url_moderator: str = ""
    """Of the API too, for comments alone: the API's own role cannot reach them."""
    public_url: str = ""
    """Where callers reach the API, without a path; also the `iss` of access tokens."""
    intake_url: str = ""
    """Where respondents reach the intake, without a path; empty: at the public URL. Better a host of its own."""
    host: str = "127.0.0.1"
    port: int = 8000
    part: Literal["all", "api", "intake"] = "all"
    """What `peil serve` serves; `all` also runs the worker."""
    server: Literal["granian", "uvicorn"] = "granian"
    """The HTTP server; docs/decisions/0007 has the comparison."""
    processes: Annotated[int, Meta(ge=1, le=256)] = 1
    """How many processes serve the API or the intake, where one is served alone; as many as there are cores."""
    keys: Path | None = None
    """Directory of the key store."""
    key_grace: int = 86_400
    """Seconds between a release and the destruction of the wave's unsealing key."""
    secret: str = ""
    """32 random bytes in Base64: seals cursors and links for opting out; secrets of webhooks are derived from it."""
    otlp_endpoint: str = ""
    """Where spans go (OTLP over HTTP); empty: nowhere."""
    smtp_url: str = ""
    """The relay for messages to people: smtps://user:password@host:465 or smtp+starttls://…:587; empty: none."""
    smtp_from: str = ""
    """The address that messages come from."""
    smtp_ca: Path | None = None
    """Certificates that the relay's must be signed by; none: those the system trusts."""
    allow_loopback: bool = False
    """Lets issuers, their keys and receivers of events live on this machine; refused in production."""
    pool_size: int = 8
    intake_queue: int = 4096
    """Submissions that may wait for the writer; one more is answered 503."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @property
    def secret_bytes(self) -> bytes:
        return b64decode(self.secret)


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings in `environment` (default: the process's). Raises SettingsError with every reason."""
    given = os.environ if environment is None else environment
    values = {name[len(PREFIX) :].lower(): value for name, value in given.items() if name.startswith(PREFIX)}
    known = {field.name: field for field in msgspec.structs.fields(Settings)}
    reasons = [f"{PREFIX}{name.upper()} is not a setting" for name in sorted(values.keys() - known.keys())]
    read_values = {}
    for name in values.keys() & known.keys():
        try:
            read_values[name] = msgspec.convert(values[name], known[name].type, strict=False, dec_hook=_path)
        except msgspec.ValidationError as error:
            reasons.append(f"{PREFIX}{name.upper()}: {error}")
    if reasons:
        raise SettingsError("\n".join(reasons))
    return Settings(**read_values)


def check(settings: Settings, parts: set[str]) -> None:
    """Refuses settings with which these parts (api, intake, worker) must not serve. Raises SettingsError."""
    roles = parts | {"moderator"} if "api" in parts else parts
    urls = {role: getattr(settings, f"database_url_{role}") for role in sorted(roles)}
    reasons = [f"{PREFIX}DATABASE_URL_{role.upper()} is missing" for role, url in urls.items() if not url]
    if settings.processes > 1 and "worker" in parts:
        reasons.append(f"{PREFIX}PROCESSES is for a part that is served alone: PEIL_PART=api or intake")
    if settings.environment == "production":
        reasons += _production_reasons(settings, parts, [url for url in urls.values() if url])
    if "worker" in parts and settings.smtp_url:
        reasons += relay.reasons_against(settings.smtp_url, settings.smtp_from)
    if parts & {"api", "worker"} and not _is_secret(settings.secret):
        reasons.append(f"{PREFIX}SECRET must be 32 random bytes in Base64: openssl rand -base64 32")
    if settings.keys is None and parts & {"api", "worker"}:
        reasons.append(f"{PREFIX}KEYS must name the directory of the key store")
    if parts & {"api", "worker"} and not settings.public_url:
        reasons.append(f"{PREFIX}PUBLIC_URL is missing: where do callers reach the API?")
    if reasons:
        raise SettingsError("\n".join(reasons))


def _production_reasons(settings: Settings, parts: set[str], urls: list[str]) -> list[str]:
    reasons = []
    if len(set(urls)) < len(urls):
        reasons.append("each part needs a database role of its own: two database URLs are the same")
    if settings.allow_loopback:
        reasons.append(f"{PREFIX}ALLOW_LOOPBACK is for tests only")
    if parts & {"api", "worker"} and settings.public_url and not settings.public_url.startswith("https://"):
        reasons.append(f"{PREFIX}PUBLIC_URL must start with https://")
    if "api" in parts and settings.intake_url and not settings.intake_url.startswith("https://"):
        reasons.append(f"{PREFIX}INTAKE_URL must start with https://")
    return reasons


def _is_secret(text: str) -> bool:
    try:
        value = b64decode(text, validate=True)
    except ValueError:
        return False
    return len(value) == 32 and len(set(value)) > 8


def _path(kind: Callable[[object], object], value: object) -> object:
    # The only setting that msgspec does not know by itself is a path.
    return kind(value)
