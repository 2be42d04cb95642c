"""Whether the process serves, what may be held where, where help is, and what a problem's address says."""

from fastapi import APIRouter, Response

from api.access.permissions import Permission
from api.access.session import Staff, requires
from api.deps import LanguageDep, PortsDep, SettingsDep
from api.http.problems import NotFound, problem_text
from api.ports import now
from api.services.health import Condition, Health, condition_of, health_of
from api.services.idempotency import IdempotentRoute
from api.views.shapes import Help, ProblemExplained, TypeLine, type_line
from domain.errors import Refusal
from domain.ids import AdministrationId

router = APIRouter(tags=["about"], route_class=IdempotentRoute)

HEALTH = requires(Permission.CHECK_HEALTH)
CONDITION = requires(Permission.READ_CONDITION)
PUBLIC = requires(Permission.READ_PUBLIC)


async def read_liveness() -> dict[str, str]:
    """This process serves, since it answers. It asks nobody: a server that is away is no reason to restart it."""
    return {"status": "ok"}


@router.get(
    "/health",
    summary="Whether this installation serves, and the servers behind it",
    dependencies=[HEALTH],
    responses={503: {"model": Health, "description": "Nothing can be done here now"}},
)
async def read_health(ports: PortsDep, response: Response) -> Health:
    """Within two seconds; 503 when nothing can be done here, so that a balancer asks another process."""
    health = await health_of(ports.probes)
    if health.status == "down":
        response.status_code = 503
    return health


@router.get("/health/condition", summary="What stands still and why", dependencies=[CONDITION])
async def read_condition(session: Staff, ports: PortsDep) -> Condition:
    """For administrators: procedures that cannot go on, by id and code, and the evidence that waits to be anchored."""
    return await condition_of(ports, session.account.administration)


@router.get(
    "/administrations/{administration}/types", summary="What may be held in an Administration", dependencies=[PUBLIC]
)
async def list_types(administration: AdministrationId, ports: PortsDep, language: LanguageDep) -> list[TypeLine]:
    known = ports.administrations.get(administration)
    if known is None:
        raise NotFound()
    offered = await ports.catalogue.now()
    return [type_line(offered.resolved(kind), entry, language) for entry, kind in offered.at(known, known.day(now()))]


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
    words = problem_text(told := Refusal.told(code[:60]), language)
    return ProblemExplained(
        code=words.code, title=words.title, why=words.why, next=words.next, settled_by=told.declared.settled_by
    )
