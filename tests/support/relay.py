"""A real SMTP server on the loopback, with TLS and a certificate of its own, that can refuse, stall and die."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from peil import clock

USER, PASSWORD = "peil", "p@ss/word"
SENDER = "peil@example.org"


class Postbox:
    """What the relay took, and how it behaves; an aiosmtpd handler."""

    def __init__(self, url: str = "", ca: Path | None = None) -> None:
        self.url = url
        self.ca = ca
        self.taken: list[tuple[str, EmailMessage]] = []
        self.unknown: set[str] = set()
        """Addresses that it refuses for good."""
        self.busy: set[str] = set()
        """Addresses that it puts off."""
        self.forbids = False
        """True: it relays for nobody."""
        self.dies_after: int | None = None
        """So many mails, and then the connection is lost at the end of the next."""
        self.dies_with_mail = True
        """Whether it keeps the mail with which it dies."""
        self.stalls = asyncio.Event()
        self.stalls.set()
        """Cleared: it answers no recipient until it is set again."""
        self.waiting = asyncio.Event()

    @property
    def people(self) -> list[str]:
        """To whom mail was taken, in order."""
        return [to for to, _ in self.taken]

    async def handle_RCPT(  # noqa: N802  # the name that aiosmtpd calls  # the name aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, options
        if not session.authenticated:
            return "530 5.7.0 sign in"
        self.waiting.set()
        await self.stalls.wait()
        if address in self.unknown:
            return "550 5.1.1 no such mailbox"
        if address in self.busy:
            return "451 4.7.1 greylisted"
        if self.forbids:
            return "550 5.7.1 relaying denied"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        del session
        dies = self.dies_after is not None and len(self.taken) >= self.dies_after
        if not dies or self.dies_with_mail:
            content = envelope.content
            assert isinstance(content, bytes)
            message = message_from_bytes(content, policy=policy.default)
            assert isinstance(message, EmailMessage)
            self.taken.append((envelope.rcpt_tos[0], message))
        if dies:
            self.dies_after = None
            assert server.transport is not None
            server.transport.close()
        return "250 ok"


def _sign_in(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: Any) -> AuthResult:
    del server, session, envelope, mechanism
    is_right = isinstance(given, LoginPassword) and (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_right)


@asynccontextmanager
async def open_relay(directory: Path, *, starttls: bool = False) -> AsyncIterator[Postbox]:
    """A relay that wants TLS and a sign-in; `directory` is for its certificate."""
    postbox = Postbox()
    postbox.ca = make_certificate(directory)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(postbox.ca, directory / "key.pem")

    def server() -> SMTP:
        return SMTP(
            postbox,
            hostname="relay.test",
            authenticator=_sign_in,
            # aiosmtpd knows of the TLS that it started itself only; who is signed in is asked for at each recipient.
            auth_require_tls=starttls,
            require_starttls=starttls,
            tls_context=context if starttls else None,
            loop=asyncio.get_running_loop(),
        )

    listening = await asyncio.get_running_loop().create_server(
        server, "127.0.0.1", 0, ssl=None if starttls else context
    )
    port = listening.sockets[0].getsockname()[1]
    scheme = "smtp+starttls" if starttls else "smtps"
    postbox.url = f"{scheme}://{USER}:p%40ss%2Fword@127.0.0.1:{port}"
    try:
        yield postbox
    finally:
        postbox.stalls.set()
        listening.close()


def make_certificate(directory: Path) -> Path:
    """A certificate for the loopback that signs itself, with its key beside it."""
    directory.mkdir(parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "relay.test")])
    now = clock.now()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    (directory / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    path = directory / "certificate.pem"
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return path
