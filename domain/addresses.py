"""Which network addresses may be sent to because a stranger names them: those of the open Internet alone."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network


def may_be_called(address: str) -> bool:
    """True for an address of the open Internet. What leads back into a house is never called for a stranger."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo or (None, None))[1] or _translated(ip)
        if inner is not None:
            ip = inner
    return ip.is_global and not ip.is_multicast


def _translated(ip: IPv6Address) -> IPv4Address | None:
    """Standard: RFC 6052, an IPv4 address behind a translator."""
    if ip not in ip_network("64:ff9b::/96"):
        return None
    return IPv4Address(int(ip) & 0xFFFFFFFF)
