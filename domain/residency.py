"""Where data of people may go, and how: to this machine, and encrypted to hosts that whoever installs it has named.

Law: RGPD art. 44, Ley 39/2015 arts. 9.3 and 10.3. A name tells no country, so a list is all that a program can check.
"""

from collections.abc import Iterator, Mapping, Sequence
from ipaddress import ip_address
from urllib.parse import SplitResult, parse_qs, urlsplit


def outside(told: Mapping[str, str], resident: Sequence[str]) -> set[str]:
    """The hosts in these addresses that are neither this machine nor among `resident`."""
    return {host for _, (host, _) in _elsewhere(told) if not _is_among(host, resident)}


def in_clear(told: Mapping[str, str], engine_by_tls: bool, otherwise_encrypted: Sequence[str]) -> set[str]:
    """The hosts to which these settings would send data that anybody on the way can read, or whoever poses as them.

    Not asked: the relay, with which `MailSmtp` insists on STARTTLS, and time-stamping, which gets hashes and signs.
    """
    found = set()
    for name, (host, address) in _elsewhere(told):
        match name:
            case "temporal_address":
                sealed = engine_by_tls
            case "database_url":
                sealed = parse_qs(address.query).get("sslmode", [""])[-1] in ("verify-ca", "verify-full")
            case "smtp_host" | "tsa_url":
                sealed = True
            case _:
                sealed = address.scheme == "https"
        if not sealed and not _is_among(host, otherwise_encrypted):
            found.add(host)
    return found


def insists_on_tls(host: str, otherwise_encrypted: Sequence[str]) -> bool:
    return not _is_loopback(host) and not _is_among(host.lower(), otherwise_encrypted)


def _elsewhere(told: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, SplitResult]]]:
    for name, said in told.items():
        address = urlsplit(said if "://" in said else f"//{said}")
        if said and address.hostname and not _is_loopback(address.hostname):
            yield name, (address.hostname, address)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_among(host: str, resident: Sequence[str]) -> bool:
    return any(host.endswith(name.lower()) if name.startswith(".") else host == name.lower() for name in resident)
