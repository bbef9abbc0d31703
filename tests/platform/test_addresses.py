"""What a URL's host says of where it leads, before anybody asks."""

import pytest

from peil.addresses import is_loopback, is_own_network

LOOPBACK = ["127.0.0.1", "127.1", "2130706433", "0177.0.0.1", "0x7f.1", "0x7F000001", "::1", "[::1]", "localhost"]
OWN = [
    *LOOPBACK,
    "LOCALHOST",
    "localhost.",
    "127.0.0.1.",
    "idp.localhost",
    "intranet",
    "printer.local",
    "vault.internal",
    "router.home.arpa",
    "0.0.0.0",  # noqa: S104  # nobody listens there
    "10.0.0.1",
    "012.0.0.1",
    "192.168.1.1",
    "3232235777",
    "172.16.0.1",
    "169.254.169.254",
    "0xa9fea9fe",
    "100.64.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "[::ffff:10.0.0.1]",
    "[::ffff:7f00:1]",
    "[64:ff9b::a00:1]",
    "[2002:a00:1::1]",
    "[fd00::1]",
    "[fe80::1]",
    # No address at all, and yet no name that could be anybody's.
    "999.1.1.1",
    "1.2.3.4.5",
    "0x",
    "1.2.3.08",
    "",
]
PUBLIC = [
    "login.example",
    "login.microsoftonline.com",
    "accounts.google.com.",
    "1.example",
    "0x7f.example",
    "local.example",
    "internal.example",
    "localhost.example",
    "notlocalhost.nl",
    "93.184.215.14",
    "1572394766",
    "[2606:4700::1111]",
    "xn--caf-dma.example",
]


@pytest.mark.parametrize("host", OWN)
def test_what_is_not_on_the_internet_is_known(host: str) -> None:
    """However it is spelt."""
    assert is_own_network(host)


@pytest.mark.parametrize("host", PUBLIC)
def test_what_may_be_is_asked(host: str) -> None:
    """A name is what it leads to, which is looked at when it is asked."""
    assert not is_own_network(host)
    assert not is_loopback(host)


@pytest.mark.parametrize("host", OWN)
def test_this_machine_is_told_from_others(host: str) -> None:
    """A test may ask itself, and nobody else."""
    known = {*LOOPBACK, "LOCALHOST", "localhost.", "127.0.0.1."}

    assert (host in known) is is_loopback(host)
