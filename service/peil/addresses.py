"""Which addresses are on the public internet, told from those of this machine or of somebody's own network."""

import ipaddress
import re
import socket

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# IPv6 addresses that stand for an IPv4 address (compatible, NAT64, Teredo, 6to4) or for a site's own network.
_INDIRECT = tuple(
    map(
        ipaddress.IPv6Network,
        ("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fec0::/10"),
    )
)
# RFC 6761, 6762 and 8375, and what ICANN has set aside for networks of one's own.
_LOCAL_NAMES = ("localhost", "local", "internal", "home.arpa")
# What a browser takes for an IPv4 address (URL standard, "ends in a number").
_ENDS_IN_NUMBER = re.compile(r"(?:.*\.)?(?:[0-9]+|0[xX][0-9A-Fa-f]*)")


def is_public(address: Address) -> bool:
    """Whether it belongs to a machine that anybody on the internet can reach, also by an address that it stands for."""
    if any(address in network for network in _INDIRECT):
        return False
    direct = getattr(address, "ipv4_mapped", None) or address
    return bool(direct.is_global and not direct.is_multicast)


def is_loopback(host: str) -> bool:
    """Whether the host of a URL is this machine, as far as its name says."""
    address = _address_of(host)
    return host.lower().rstrip(".") == "localhost" if address is None else address.is_loopback


def is_own_network(host: str) -> bool:
    """Whether the host of a URL cannot be on the internet, however it is spelt: what can be known without asking.

    A number that is no address is nobody's, and a name of one part is one's own network's.
    """
    address = _address_of(host)
    if address is not None:
        return not is_public(address)
    name = host.lower().rstrip(".")
    return (
        "." not in name
        or _ENDS_IN_NUMBER.fullmatch(name) is not None
        or any(name == local or name.endswith(f".{local}") for local in _LOCAL_NAMES)
    )


def _address_of(host: str) -> Address | None:
    """The address that a host spells, in any way that a resolver takes: with octal, hexadecimal or fewer numbers."""
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        pass
    if _ENDS_IN_NUMBER.fullmatch(host.rstrip(".")) is None:
        return None
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host.rstrip(".")))
    except (OSError, UnicodeEncodeError):
        return None
