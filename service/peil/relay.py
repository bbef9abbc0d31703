"""Hands mail to the operator's relay: one message to one person at a time, over TLS that is verified."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime
from pathlib import Path
from secrets import token_hex
from typing import Literal, NamedTuple
from urllib.parse import unquote, urlsplit

import aiosmtplib

from peil import clock
from peil.errors import PeilError

Answer = Literal["taken", "refused", "later"]
"""taken: the relay has it; refused: it will never take it for this address; later: it may, another time."""

TIMEOUT = 10.0
_SCHEMES = {"smtps": 465, "smtp+starttls": 587}
# RFC 5321 section 4.2.3: no such mailbox, not here, not allowed as a name. Everything else is about us, or passes.
_NO_SUCH_ADDRESS = frozenset({501, 550, 551, 553})
# RFC 3463 section 3.8: a policy, such as that the relay does not relay for us.
_POLICY = "5.7."


class RelayDown(PeilError):
    """The relay does not take messages now. `perhaps_taken`: it was lost at the very moment it had a message."""

    code = "internal"

    def __init__(self, *, perhaps_taken: bool = False) -> None:
        super().__init__()
        self.perhaps_taken = perhaps_taken


class Mail(NamedTuple):
    """One message to one person."""

    to: str
    sender_name: str
    subject: str
    body: str
    opt_out_url: str


class Relay:
    """Where mail goes, read from settings that were checked."""

    def __init__(self, url: str, sender: str, ca: Path | None) -> None:
        parts = urlsplit(url)
        self._sender = sender
        self._options = {
            "hostname": parts.hostname,
            "port": parts.port or _SCHEMES[parts.scheme],
            "username": unquote(parts.username) if parts.username else None,
            "password": unquote(parts.password) if parts.password else None,
            "use_tls": parts.scheme == "smtps",
            "start_tls": parts.scheme != "smtps",
            "timeout": TIMEOUT,
        }
        self._ca = ca

    @asynccontextmanager
    async def session(self) -> AsyncIterator["Session"]:
        """A session with the relay, signed in. Raises RelayDown."""
        context = ssl.create_default_context(cafile=None if self._ca is None else str(self._ca))
        client = aiosmtplib.SMTP(**self._options, tls_context=context)  # type: ignore[arg-type]  # of many types
        try:
            await client.connect()
        except (aiosmtplib.SMTPException, OSError) as error:
            raise RelayDown from error
        try:
            yield Session(client, self._sender)
        finally:
            with suppress(aiosmtplib.SMTPException, OSError):
                await client.quit()


class Session:
    """A connection to the relay."""

    def __init__(self, client: aiosmtplib.SMTP, sender: str) -> None:
        self._client = client
        self._sender = sender

    async def deliver(self, mail: Mail) -> Answer:
        """Hands one mail over. Raises RelayDown where the relay is lost or wants none of us."""
        content = _content(mail, self._sender)
        if content is None:
            return "refused"
        try:
            await self._client.mail(self._sender)
        except (aiosmtplib.SMTPException, OSError) as error:
            raise RelayDown from error
        try:
            await self._client.rcpt(mail.to)
        except aiosmtplib.SMTPRecipientRefused as error:
            await self._begin_again()
            return _meaning(error.code, error.message)
        except (aiosmtplib.SMTPException, OSError) as error:
            raise RelayDown from error
        try:
            await self._client.data(content)
        except aiosmtplib.SMTPDataError as error:
            await self._begin_again()
            return _meaning(error.code, error.message)
        except (aiosmtplib.SMTPException, OSError) as error:
            # Between the last line and its acknowledgement nobody can know (RFC 5321, section 4.2.5).
            raise RelayDown(perhaps_taken=True) from error
        return "taken"

    async def _begin_again(self) -> None:
        try:
            await self._client.rset()
        except (aiosmtplib.SMTPException, OSError) as error:
            raise RelayDown from error


def reasons_against(url: str, sender: str) -> list[str]:
    """What is wrong with the settings of a relay, in words for the operator."""
    reasons = []
    try:
        parts = urlsplit(url)
        good = parts.scheme in _SCHEMES and bool(parts.hostname) and parts.port != 0 and parts.path in ("", "/")
    except ValueError:
        good = False
    if not good:
        reasons.append("PEIL_SMTP_URL must be smtps://user:password@host:port or smtp+starttls://…")
    if _address(sender) is None:
        reasons.append("PEIL_SMTP_FROM must be the address that messages come from")
    return reasons


def _meaning(code: int, text: str) -> Answer:
    if code in _NO_SUCH_ADDRESS and not text.startswith(_POLICY):
        return "refused"
    if code == aiosmtplib.SMTPStatus.domain_unavailable:
        raise RelayDown
    return "later"


def _content(mail: Mail, sender: str) -> bytes | None:
    """The mail as RFC 5322 has it; None for an address that none can be sent to."""
    to, domain = _address(mail.to), sender.rpartition("@")[2]
    if to is None:
        return None
    message = EmailMessage(policy=SMTP_POLICY)
    message["From"] = Address(mail.sender_name, addr_spec=sender)
    message["To"] = to
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(clock.now())
    # Random, so that it tells neither a person nor a message.
    message["Message-ID"] = f"<{token_hex(16)}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["List-Unsubscribe"] = f"<{mail.opt_out_url}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.body, cte="quoted-printable")
    return message.as_bytes()


def _address(text: str) -> Address | None:
    try:
        return Address(addr_spec=text) if text.isascii() else None
    except (MessageError, ValueError, IndexError):
        return None
