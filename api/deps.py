"""What routes ask for by type: the ports, the gateway, the procedure of the path with the right to see it."""

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Annotated, Any, cast

from fastapi import Depends, Path, Request

from api.access.entitlement import with_entitled_roles
from api.access.limits import count_command
from api.access.permissions import Permission, permits
from api.access.session import Caller, CitizenSession, RequirePermission, StaffSession, author_of
from api.http.conditional import expected_by
from api.http.problems import NotFound, NotPermitted, language_of
from api.ports import Ports
from api.services.access_log import DUTY, record_access, refuse_without_reason, with_reason
from api.services.gateway import Gateway
from api.views.status import status_reading
from domain.commands import Author, Command, Receipt
from domain.errors import Refusal
from domain.ids import ProcedureId
from domain.journal.register import RegisterRow
from domain.procedure.state import Procedure
from domain.reading import Progress
from domain.refusals.requests import STATE_MOVED_ON
from domain.rules.common import arrived_here, same_person
from domain.types.territory import Administration
from settings import ApiSettings


def ports_of(request: Request) -> Ports:
    return cast(Ports, request.app.state.ports)


def gateway_of(request: Request) -> Gateway:
    return cast(Gateway, request.app.state.gateway)


def settings_of(request: Request) -> ApiSettings:
    return cast(ApiSettings, request.app.state.settings)


PortsDep = Annotated[Ports, Depends(ports_of)]
GatewayDep = Annotated[Gateway, Depends(gateway_of)]
SettingsDep = Annotated[ApiSettings, Depends(settings_of)]
LanguageDep = Annotated[str, Depends(language_of)]

ProcedurePath = Annotated[str, Path(pattern=r"^prc_[0-9a-f]{32}$", examples=["prc_0193f0a05b7c8c3e9d2b4a6c8e0f1a2b"])]


@dataclass(frozen=True)
class Case:
    """One procedure and somebody who may see it, with the roles that entitle them and no others."""

    who: Caller
    row: RegisterRow
    ports: Ports
    gateway: Gateway
    language: str
    expects: tuple[str, ...] | None = None
    """Positions of the journal (`If-Match`) in one of which alone they want something done; None: in any."""

    @property
    def id(self) -> ProcedureId:
        return self.row.procedure

    @property
    def territory(self) -> Administration:
        return self.ports.administrations[self.row.administration]

    async def progress(self) -> Progress:
        return await self.gateway.progress(self.id)

    def author(self, procedure: Procedure) -> Author:
        """Raises `NotFound` for machines: they perform nothing."""
        if not isinstance(self.who, StaffSession | CitizenSession):
            raise NotFound()
        return author_of(self.who, procedure)

    def refuse_elsewhere(self, procedure: Procedure) -> None:
        """A citizen sees documents where they arrived, and as the person who was identified.

        Raises `Refusal('session_not_arrived')` or `Refusal('seat_taken_over')`.
        """
        if isinstance(self.who, CitizenSession):
            person = procedure.participant(self.who.participant)
            arrived_here(person, self.who.id)
            same_person(person)

    def refuse_without_reason(self) -> None:
        """What is in a procedure is opened by an auditor who says why. Raises `Refusal('reason_needed')`."""
        refuse_without_reason(self.who)

    async def perform(self, command: Command) -> Receipt:
        """Carry `command` out. Raises `Refusal('too_many_commands')`, and what `Gateway.perform` does."""
        await self.count_command()
        return await self.carry_out(command)

    async def carry_out(self, command: Command) -> Receipt:
        """`perform` of what is counted already. Raises `Refusal('state_moved_on')` with the ETag of the status now."""
        return await self.or_moved_on(self.gateway.perform(self.id, command.but(expects=self.expects)))

    async def or_moved_on(self, asked: Awaitable[Receipt]) -> Receipt:
        """What is answered. Raises `Refusal('state_moved_on')` with the ETag of the status now."""
        try:
            return await asked
        except Refusal as refusal:
            if refusal.declared is not STATE_MOVED_ON:
                raise
            row = await self.ports.register.get(self.id)
            _, etag = status_reading(row or self.row, self.who, self.language)
            raise Refusal(STATE_MOVED_ON, etag=etag) from refusal

    async def count_command(self) -> None:
        """Before anything is done for it. Raises `Refusal('too_many_commands')`."""
        await count_command(self.ports, self.who, self.id)

    async def record_access(self, what: str, why: str = DUTY) -> None:
        """Write down that it was looked at, by citizens too (law: LO 7/2021 art. 31)."""
        await record_access(self.ports, self.who, self.row, what, why)


class RequireCase(RequirePermission):
    """The dependency of a route about one procedure: permission first, then the right to see this one.

    The permission has to come from a role that counts in this procedure. Raises `NotPermitted` where it does not.
    """

    async def __call__(self, request: Request) -> Caller:
        who = await super().__call__(request)
        case = await case_of(request, ProcedureId(request.path_params["procedure"]), who)
        if not permits(self.permission, case.who.kinds):
            raise NotPermitted()
        request.state.case = case
        return case.who


async def case_of(request: Request, procedure: ProcedureId, who: Caller) -> Case:
    """Raises `NotFound` when it does not exist or is not for these eyes: nobody learns which (F-58)."""
    ports = ports_of(request)
    row = await ports.register.get(procedure)
    here = with_entitled_roles(who, row) if row else None
    if row is None or here is None:
        raise NotFound()
    who_says_why = await with_reason(ports, here, procedure)
    return Case(who_says_why, row, ports, gateway_of(request), language_of(request), expected_by(request))


def case(permission: Permission) -> Any:
    """`case: Annotated[Case, case(Permission.X)]`: the procedure of the path, for whom the matrix permits."""
    require = RequireCase(permission)

    async def opened(request: Request, procedure: ProcedurePath, who: Annotated[Caller, Depends(require)]) -> Case:
        return cast(Case, request.state.case)

    return Depends(opened)
