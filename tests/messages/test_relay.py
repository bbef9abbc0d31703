"""Mail reaches a real relay over TLS, and what the relay says is understood."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from peil.relay import Mail, Relay, RelayDown, reasons_against
from support.relay import SENDER, Postbox, make_certificate, open_relay

MAIL = Mail(
    to="jo@example.org",
    sender_name="Zorg & Co., Utrecht",
    subject="Doet u mee? Meting “één”",
    body="Beste collega,\n\n.een punt vooraan\n",
    opt_out_url="https://peil.example/opt-out/abc",
)


@pytest.fixture(params=["tls", "starttls"])
async def postbox(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Postbox]:
    async with open_relay(tmp_path, starttls=request.param == "starttls") as opened:
        yield opened


def relay_of(postbox: Postbox) -> Relay:
    return Relay(postbox.url, SENDER, postbox.ca)


async def test_a_mail_arrives_whole(postbox: Postbox) -> None:
    """Sender, subject and words as they were given, and the headers by which a mail program opts out at once."""
    async with relay_of(postbox).session() as session:
        answer = await session.deliver(MAIL)

    [(to, message)] = postbox.taken
    assert ("taken", MAIL.to, MAIL.subject) == (answer, to, message["Subject"])
    [sender] = message["From"].addresses
    assert (MAIL.sender_name, SENDER) == (sender.display_name, sender.addr_spec)
    assert MAIL.body == message.get_content().replace("\r\n", "\n")
    assert ("text/plain", "<https://peil.example/opt-out/abc>", "List-Unsubscribe=One-Click") == (
        message.get_content_type(),
        message["List-Unsubscribe"],
        message["List-Unsubscribe-Post"],
    )


async def test_a_mail_tells_nothing_of_who_gets_it(postbox: Postbox) -> None:
    """The same mail twice has two ids, neither of which holds an address; nothing in it is fetched when it is read."""
    async with relay_of(postbox).session() as session:
        await session.deliver(MAIL)
        await session.deliver(MAIL)

    first, second = [message for _, message in postbox.taken]
    assert first["Message-ID"] != second["Message-ID"]
    assert "jo" not in first["Message-ID"]
    assert not first.is_multipart()


async def test_an_address_that_is_not_there_stops_nobody(postbox: Postbox) -> None:
    """Refused is refused, and the next mail goes out over the same connection."""
    postbox.unknown = {"gone@example.org"}
    async with relay_of(postbox).session() as session:
        answers = [await session.deliver(MAIL._replace(to=to)) for to in ("gone@example.org", MAIL.to)]

    assert (["refused", "taken"], [MAIL.to]) == (answers, postbox.people)


@pytest.mark.parametrize("to", ["jöé@example.org", "a,b@example.org", "a@b@c"])
async def test_an_address_that_nobody_can_write_to_is_not_sent(postbox: Postbox, to: str) -> None:
    """It is refused here, before it can become a header of its own."""
    async with relay_of(postbox).session() as session:
        answer = await session.deliver(MAIL._replace(to=to))

    assert ("refused", []) == (answer, postbox.people)


async def test_what_may_pass_is_put_off(postbox: Postbox) -> None:
    """Greylisting, and a relay that relays for nobody: neither says anything about the address."""
    postbox.busy = {"grey@example.org"}
    async with relay_of(postbox).session() as session:
        grey = await session.deliver(MAIL._replace(to="grey@example.org"))
        postbox.forbids = True
        denied = await session.deliver(MAIL)

    assert ("later", "later") == (grey, denied)


async def test_a_relay_that_dies_with_a_mail_leaves_it_open(postbox: Postbox) -> None:
    """Whether it has the mail nobody can know, and that is what is said."""
    postbox.dies_after = 0
    with pytest.raises(RelayDown) as caught:
        async with relay_of(postbox).session() as session:
            await session.deliver(MAIL)

    assert caught.value.perhaps_taken


async def test_a_relay_of_another_certificate_gets_nothing(postbox: Postbox, tmp_path: Path) -> None:
    """Not even the password."""
    other = make_certificate(tmp_path / "other")

    with pytest.raises(RelayDown):
        async with Relay(postbox.url, SENDER, other).session():
            pass


async def test_a_wrong_password_is_no_session(postbox: Postbox) -> None:
    """The relay is as good as down."""
    with pytest.raises(RelayDown):
        async with Relay(postbox.url.replace("p%40ss", "wrong"), SENDER, postbox.ca).session():
            pass


@pytest.mark.parametrize(
    "url",
    [
        "smtp://relay.example",
        "https://relay.example",
        "smtps://",
        "relay.example:465",
        "smtps://a:b@c:x",
        "smtps://c/d",
    ],
)
def test_a_relay_without_tls_is_no_setting(url: str) -> None:
    """Nor is anything else that is no address of a relay."""
    assert 1 == len(reasons_against(url, SENDER))


def test_a_relay_needs_an_address_to_send_from() -> None:
    """Without one it does not start."""
    assert 1 == len(reasons_against("smtps://relay.example", ""))
