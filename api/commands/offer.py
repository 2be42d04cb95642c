"""How the interface offers a command: what is asked for, what comes from the session instead, and carrying it out."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, create_model

from api.access.permissions import Permission
from api.access.session import CitizenSession, StaffSession
from api.deps import Case
from api.http.problems import NotSignedIn
from api.ports import now
from api.services.signing_in import confirm_own_password
from domain.codes.pins import proof_of
from domain.commands import Command, Receipt
from domain.ids import CommandId, OfficeId
from domain.types.territory import COURT

Asked = dict[str, Any]
Complete = Callable[[Case, Asked], Awaitable[Asked]]


@dataclass(frozen=True)
class Act:
    """One command as the interface offers it."""

    command: type[Command]
    permission: Permission
    summary: str
    example: Asked
    instead: Mapping[str, Any] = field(default_factory=dict)
    """Fields that are asked for and are not the command's: the PIN, the password."""
    without: frozenset[str] = frozenset()
    """Fields of the command that no request may say."""
    complete: Complete | None = None

    def body(self) -> type[BaseModel]:
        """The command's own fields, less its author, id and request: the session and this process say those."""
        own = {
            name: (info.annotation, info)
            for name, info in self.command.model_fields.items()
            if name not in {"id", "author", "request"} | self.without
        }
        fields: dict[str, Any] = {**own, **self.instead}
        config = ConfigDict(frozen=True, extra="forbid", json_schema_extra={"example": self.example})
        return create_model(self.command.__name__, __config__=config, __doc__=self.summary, **fields)


async def perform(case: Case, act: Act, asked: Asked, key: CommandId) -> Receipt:
    """Carry out `act` in the name of whoever asks. `key` is the id of the Update."""
    procedure = (await case.progress()).procedure
    author = case.author(procedure)
    if act.complete is not None:
        asked = await act.complete(case, asked)
    return await case.gateway.perform(case.id, act.command(id=key, author=author, **asked))


async def where_one_sits(case: Case, asked: Asked) -> Asked:
    """Where somebody is, is known from the computer, not from what the request says."""
    return {**asked, **whereabouts(case, case.author((await case.progress()).procedure).office)}


def whereabouts(case: Case, office: OfficeId | None) -> Asked:
    """`office`, `place` and `device` of whoever sits there: at an office, in court, or (citizens) on an own device."""
    citizen = isinstance(case.who, CitizenSession)
    kind = {known.id: known.kind for known in case.territory.offices}.get(office) if office else None
    place = ("own_device" if citizen else COURT) if kind is None else COURT if kind == COURT else "office"
    device = (case.who.device.id if case.who.device else "own") if isinstance(case.who, CitizenSession) else "staff"
    return {"office": office, "place": place, "device": device}


async def with_proof(case: Case, asked: Asked) -> Asked:
    """The PIN goes no further than this: its keyed digest does."""
    pin = asked["pin"].get_secret_value()
    rest = {name: value for name, value in asked.items() if name != "pin"}
    return {**rest, "proof": proof_of(case.ports.secret, asked["challenge"], pin)}


async def with_password(case: Case, asked: Asked) -> Asked:
    """Standard: ENS op.acc.6 R6, whoever signs shows the password again; here and now."""
    if not isinstance(case.who, StaffSession):
        raise NotSignedIn()
    await confirm_own_password(case.ports, case.who, asked["password"].get_secret_value())
    rest = {name: value for name, value in asked.items() if name != "password"}
    return {**rest, "authenticated_at": now()}
