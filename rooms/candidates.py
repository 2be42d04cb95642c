"""To which addresses of a browser media are sent. A stranger names them: a room is no way into anybody's house.

A browser at another address loses nothing. It is met when its own checks arrive (RFC 8445, 7.3.1.3), as those that
hide behind mDNS names are; what arrives there carries the password of this one connection.
"""

from ipaddress import ip_address

from aiortc import RTCIceCandidate
from aiortc.sdp import candidate_from_sdp

from domain.addresses import may_be_called

MOST = 40
"""Of one browser; each makes the server send packets to it. Scar: every answer names the same ones again, in each of
its parts, so that a room of nine had too many."""

IN_A_DESCRIPTION = "a=candidate:"
NO_MORE = "a=end-of-candidates"


class Candidates:
    """The addresses that one browser has named, however it named them."""

    def __init__(self, loopback: bool) -> None:
        """`loopback`: browsers are on this machine, as in a local stack."""
        self._loopback = loopback
        self._named: set[tuple[str, int]] = set()

    def taken(self, line: str) -> RTCIceCandidate | None:
        """The candidate of a line, if anything may be sent to it. Raise `ValueError` for one malformed or too many."""
        try:
            candidate = candidate_from_sdp(line)
        except (ValueError, IndexError, AssertionError) as fault:
            raise ValueError("malformed candidate") from fault
        self._named.add((candidate.ip, candidate.port))
        if len(self._named) > MOST:
            raise ValueError("too many candidates")
        if candidate.protocol.lower() != "udp":
            return None
        return candidate if self._may_be_sent_to(candidate.ip) else None

    def without_others(self, sdp: str) -> str:
        """A session description that names those alone, and does not say that there are no more of them."""
        return "".join(line + "\r\n" for line in sdp.splitlines() if self._stays(line))

    def _stays(self, line: str) -> bool:
        if line.startswith(IN_A_DESCRIPTION):
            return self.taken(line.removeprefix(IN_A_DESCRIPTION)) is not None
        return line.strip() != NO_MORE

    def _may_be_sent_to(self, address: str) -> bool:
        if self._loopback and _is_loopback(address):
            return True
        return may_be_called(address)


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
