"""How often somebody may try, act and ask: by session, office computer or key where there is one, else by address."""

from ipaddress import IPv6Address, ip_address
from typing import Any

from fastapi import Depends, Request

from api.access.session import Anonymous, Caller, CitizenSession, Machine, StaffSession, caller_of, enrolled_device
from api.ports import Ports, now
from domain.access.limits import MINUTE, Rate
from domain.ids import ProcedureId

COMPUTERS_AT_ONE_ADDRESS = 6
"""Behind one address stands a whole library or family, and nothing tells its computers from one another."""


ADDRESS = "address "


class Limit:
    """At most `tries` requests a minute of whoever asks for `name`, and of an address as many as several computers."""

    def __init__(self, name: str, tries: int) -> None:
        self.name = name
        self.rate = Rate(tries=tries, per=MINUTE)
        self.of_an_address = Rate(tries=tries * COMPUTERS_AT_ONE_ADDRESS, per=MINUTE)

    async def __call__(self, request: Request) -> None:
        """Raises `Refusal('too_many_requests', seconds=...)`."""
        ports: Ports = request.app.state.ports
        who = await asker(request)
        rate = self.of_an_address if who.startswith(ADDRESS) else self.rate
        await ports.limits.take(rate, f"{self.name} {who}", now())


def limited(name: str, tries: int) -> Any:
    """`dependencies=[limited("sign-in", 30)]`."""
    return Depends(Limit(name, tries))


async def asker(request: Request) -> str:
    """By what a request is counted. At an office everybody has one address: there each computer counts for itself."""
    who = await caller_of(request)
    match who:
        case StaffSession() | CitizenSession():
            return f"session {who.id}"
        case Machine():
            return f"key {who.ref}"
        case Anonymous():
            device = await enrolled_device(request)
            return f"device {device.id}" if device else f"{ADDRESS}{network(request)}"


def network(request: Request) -> str:
    """The address of whoever asks; of IPv6 the network, all of whose addresses are one household's."""
    try:
        address = ip_address(request.client.host if request.client else "")
    except ValueError:
        return "unknown"
    return str(IPv6Address(int(address) >> 64 << 64)) if isinstance(address, IPv6Address) else str(address)


async def count_command(ports: Ports, who: Caller, procedure: ProcedureId) -> None:
    """Raises `Refusal('too_many_commands', seconds=...)`."""
    if isinstance(who, StaffSession):
        await ports.limits.take(ports.rates.commands_of_staff, f"commands session {who.id}", now())
    if isinstance(who, CitizenSession):
        # By the seat: a new session at another computer gives no new tries.
        await ports.limits.take(ports.rates.commands_of_a_citizen, f"commands seat {who.ref}", now())
        await ports.limits.take(ports.rates.commands_of_all_citizens, f"commands procedure {procedure}", now())


async def count_act_asked_for(ports: Ports, who: Caller) -> None:
    """Raises `Refusal('too_many_acts_asked_for', seconds=...)`. Regional systems ask for as many as there are."""
    if isinstance(who, StaffSession):
        account = who.account
        place = f"office {account.administration} {account.offices[0]}" if account.offices else f"account {account.id}"
        await ports.limits.take(ports.rates.acts_asked_for, f"acts {place}", now())
