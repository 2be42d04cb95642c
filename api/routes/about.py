"""Whether the process serves, what may be held where, where help is, and what a problem's address says."""

import asyncio

from fastapi import APIRouter, Request

from api.access.permissions import Permission
from api.access.session import requires
from api.deps import LanguageDep, PortsDep, SettingsDep
from api.http.problems import NotFound, problem_text
from api.services.idempotency import IdempotentRoute
from api.views.shapes import Health, Help, ProblemExplained, TypeLine, type_line
from domain.errors import Refusal
from domain.ids import AdministrationId

router = APIRouter(tags=["about"], route_class=IdempotentRoute)

HEALTH = requires(Permission.CHECK_HEALTH)
PUBLIC = requires(Permission.READ_PUBLIC)


@router.get("/health", summary="Whether this process serves, and the servers behind it", dependencies=[HEALTH])
async def read_health(request: Request) -> Health:
    """Each server is asked now; the process itself serves, since it answers."""

    async def asked(name: str) -> tuple[str, str]:
        try:
            async with asyncio.timeout(1.5):
                await request.app.state.ports.probes[name]()
        except Exception:
            return name, "away"
        return name, "ok"

    return Health(status="ok", servers=dict(await asyncio.gather(*map(asked, request.app.state.ports.probes))))


@router.get(
    "/administrations/{administration}/types", summary="What may be held in an Administration", dependencies=[PUBLIC]
)
async def list_types(administration: AdministrationId, ports: PortsDep, language: LanguageDep) -> list[TypeLine]:
    known = ports.administrations.get(administration)
    if known is None:
        raise NotFound()
    return [type_line(ports.types[entry.type], entry, language) for entry in known.enabled]


@router.get(
    "/administrations/{administration}/help", summary="Where a person asks for help or complains", dependencies=[PUBLIC]
)
async def read_help(administration: AdministrationId, ports: PortsDep, language: LanguageDep) -> Help:
    known = ports.administrations.get(administration)
    if known is None:
        raise NotFound()
    return Help(
        administration=known.names.in_language(language),
        contact=known.contact.in_language(language),
        data_protection=known.data_protection.in_language(language),
    )


@router.get("/problems/{code}", summary="What a problem means and what to do now", dependencies=[PUBLIC])
async def read_problem(code: str, language: LanguageDep, settings: SettingsDep) -> ProblemExplained:
    words = problem_text(Refusal(code[:60]), language)
    return ProblemExplained(code=words.code, title=words.title, why=words.why, next=words.next)
