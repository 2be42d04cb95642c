"""Where data of people may go: to this machine, and to hosts of which whoever runs the installation says so.

Law: RGPD art. 44, Ley 39/2015 arts. 9.3 and 10.3. A name tells no country, so a list is all that a program can check.
"""

from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit


def outside(told: Mapping[str, str], resident: Sequence[str]) -> set[str]:
    """The hosts in these addresses that are neither this machine nor among `resident`."""
    hosts = {urlsplit(address if "://" in address else f"//{address}").hostname for address in told.values() if address}
    return {host for host in hosts if host and not _is_loopback(host) and not _is_among(host, resident)}


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_among(host: str, resident: Sequence[str]) -> bool:
    return any(host.endswith(name.lower()) if name.startswith(".") else host == name.lower() for name in resident)
