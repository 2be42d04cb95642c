"""What routes ask for by type: the parts, the gateway, the procedure of the path with the right to see it."""

import secrets
from dataclasses import dataclass
from typing import Annotated, Any, cast

from fastapi import Depends, Path, Request

from api.access.entitlement import entitled
from api.access.permissions import Caller, Permission
from api.access.session import CitizenSession, Door, Machine, Somebody, StaffSession, author_of
from api.http.problems import NotFound, language_of
from api.parts import Parts, now
from api.services.gateway import Gateway
from domain.access.stores import ReadAccess
from domain.commands import Author
from domain.ids import ProcedureId
from domain.journal.register import RegisterRow
from domain.procedure.state import Procedure
from domain.types.territory import Administration
from settings import Settings
from workflows.engine.messages import Progress


def parts_of(request: Request) -> Parts:
    return cast(Parts, request.app.state.parts)


def gateway_of(request: Request) -> Gateway:
    return cast(Gateway, request.app.state.gateway)


def settings_of(request: Request) -> Settings:
    return cast(Settings, request.app.state.settings)


ThePartsOf = Annotated[Parts, Depends(parts_of)]
TheGateway = Annotated[Gateway, Depends(gateway_of)]
TheSettings = Annotated[Settings, Depends(settings_of)]
TheLanguage = Annotated[str, Depends(language_of)]

ProcedurePath = Annotated[str, Path(pattern=r"^prc_[0-9a-f]{32}$", examples=["prc_0193f0a05b7c8c3e9d2b4a6c8e0f1a2b"])]


@dataclass(frozen=True)
class Case:
    """One procedure and somebody who may see it."""

    who: Somebody
    row: RegisterRow
    parts: Parts
    gateway: Gateway
    language: str

    @property
    def id(self) -> ProcedureId:
        return self.row.procedure

    @property
    def territory(self) -> Administration:
        return self.parts.administrations[self.row.administration]

    async def progress(self) -> Progress:
        return await self.gateway.progress(self.id)

    def author(self, procedure: Procedure) -> Author:
        """Raises `NotFound` for machines: they perform nothing."""
        if not isinstance(self.who, StaffSession | CitizenSession):
            raise NotFound()
        return author_of(self.who, procedure)

    async def noted(self, what: str, why: str = "duty") -> None:
        """Write down that it was looked at (law: LO 7/2021 art. 31). Citizens look at what is their own."""
        if isinstance(self.who, StaffSession | Machine):
            await self.parts.audit.record(
                ReadAccess(
                    # Not the trace id, which a caller may choose: a look must not hide behind an earlier one.
                    id=secrets.token_hex(16),
                    at=now(),
                    actor=self.who.ref,
                    role=",".join(sorted(self.who.callers - {Caller.ANYONE})),
                    administration=self.row.administration,
                    procedure=self.id,
                    what=what,
                    why=why,
                )
            )


class CaseDoor(Door):
    """A door behind which lies the procedure of the path: permission first, then the right to see this one."""

    async def __call__(self, request: Request) -> Somebody:
        who = await super().__call__(request)
        request.state.case = await case_of(request, ProcedureId(request.path_params["procedure"]), who)
        return who


async def case_of(request: Request, procedure: ProcedureId, who: Somebody) -> Case:
    """Raises `NotFound` when it does not exist or is not for these eyes: nobody learns which (F-58)."""
    parts = parts_of(request)
    row = await parts.register.get(procedure)
    if row is None or not entitled(who, row):
        raise NotFound()
    return Case(who, row, parts, gateway_of(request), language_of(request))


def case(permission: Permission) -> Any:
    """`case: Annotated[Case, case(Permission.X)]`: the procedure of the path, for whom the matrix permits."""
    door = CaseDoor(permission)

    async def opened(request: Request, procedure: ProcedurePath, who: Annotated[Somebody, Depends(door)]) -> Case:
        return cast(Case, request.state.case)

    return Depends(opened)
