"""*I want to start a procedure*: what the office offers, in plain words and with what to bring, and a call to its desk.

Nobody types who they are here: the screen is seen by others, and is used by the next. Whoever works at the desk comes,
asks for the act with the person beside them, agrees on the hour and hands over its code on paper.
"""

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from api.access.limits import limited
from api.access.permissions import Permission
from api.access.session import enrolled_device, requires
from api.deps import PortsDep
from api.http.problems import NotFound
from api.pages.rendering import PageContext, back_to, page, page_context
from api.ports import Ports, now
from domain.ids import OfficeId
from domain.types.procedure_type import ProcedureType

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Offer:
    id: str
    title: str
    summary: str
    bring: tuple[str, ...]


@router.get("/start", dependencies=[requires(Permission.READ_PUBLIC)])
async def read_offers(request: Request, ports: PortsDep) -> Response:
    context, device = await page_context(request), await enrolled_device(request)
    kinds = await startable(ports, context, device.office if device else None)
    offers = sorted((_offer(kind, context) for kind in kinds), key=lambda offer: offer.title)
    called = next((offer.title for offer in offers if device and offer.id == device.calls_for), "")
    waits = device is not None and device.calls_since is not None
    return page(request, "start.html", context, offers=offers, called=called, waits=waits)


@router.post("/start/{kind}", dependencies=[requires(Permission.SIGN_IN), limited("call-office", 6)])
async def call_to_start(kind: str, request: Request, ports: PortsDep) -> Response:
    """The desk is told which computer it is and what somebody there wants; not that, where nobody may read it."""
    context, device = await page_context(request), await enrolled_device(request)
    kinds = await startable(ports, context, device.office if device else None)
    wanted = next((one for one in kinds if one.id == kind), None)
    if device is None or wanted is None:
        raise NotFound()
    await ports.devices.call_office(device.id, now(), None if wanted.neutral_titles else wanted.id)
    return back_to("/start")


async def startable(ports: Ports, context: PageContext, office: OfficeId | None) -> tuple[ProcedureType, ...]:
    """What whoever comes may ask for in that office; without one, what the Administration offers anywhere."""
    here = context.administration
    entries = (await ports.catalogue.now()).at(here, here.day(now()))
    kinds = (kind for entry, kind in entries if office is None or not entry.offices or office in entry.offices)
    return tuple(kind for kind in kinds if kind.information.startable)


def _offer(kind: ProcedureType, context: PageContext) -> Offer:
    say = context.language
    told = kind.information
    bring = tuple(one.in_language(say) for one in told.bring)
    return Offer(kind.id, kind.titles.in_language(say), told.summary.in_language(say), bring)
