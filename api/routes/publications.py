"""For administrators: types of their own, published while everything runs. One proposes, another approves."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Header, Path
from pydantic import AwareDatetime, Field

from api.access.permissions import Permission
from api.access.session import Staff, requires
from api.deps import LanguageDep, PortsDep
from api.http.openapi import RequestBody, example
from api.ports import Ports
from api.services import publishing
from api.services.idempotency import IdempotentRoute
from domain.access.publishing import MOST_DEFINITIONS, Act, Decision, DefinitionKind, Publication, State
from domain.base import Value
from domain.ids import AccountId, Sha256
from domain.text import ONE_LINE
from procedure_types.differences import Difference
from procedure_types.uploading import Uploaded

router = APIRouter(prefix="/type-publications", tags=["types"], route_class=IdempotentRoute)

TYPES = requires(Permission.PUBLISH_TYPES)
PublicationPath = Annotated[str, Path(pattern=r"^pub_[0-9a-f]{16}$", examples=["pub_0193f0a05b7c8c3e"])]
Why = Annotated[str, Field(min_length=10, max_length=500, pattern=ONE_LINE)]
Line = Annotated[str, Field(min_length=1, max_length=200, pattern=ONE_LINE)]
KeyHeader = Annotated[str, Header(alias="Idempotency-Key")]


class UploadedText(RequestBody):
    name: Line
    """What to call it where something is wrong in it."""
    text: str = Field(max_length=300_000)
    """YAML, as in a file of `procedure_types/` or of `agenda_types/`."""


class LookAtTypes(RequestBody):
    model_config = example(definitions=[{"name": "boundary.v1.yaml", "text": "id: boundary_marking\nversion: 1\n"}])
    definitions: tuple[UploadedText, ...] = Field(min_length=1, max_length=MOST_DEFINITIONS)


class ProposeTypes(LookAtTypes):
    model_config = example(
        definitions=[{"name": "boundary.v1.yaml", "text": "id: boundary_marking\nversion: 1\n"}],
        approved_by="Dirección General de Justicia",
        approved_on="2026-11-03",
        document="Resolución de 3 de noviembre de 2026",
        bodies=["peace-court-lira"],
        offices=[],
        starts_on="2026-12-01",
        why="Lo piden los juzgados de paz de la comarca.",
    )
    approved_by: Line
    """Law: each Community's heads of Justice decide which procedures may be held."""
    approved_on: date
    document: Line
    """Which decision that is."""
    bodies: Annotated[tuple[str, ...], Field(max_length=500)] = ()
    """Ids of the bodies that may hold it; empty: every one."""
    offices: Annotated[tuple[str, ...], Field(max_length=500)] = ()
    """Ids of the offices from which people may take part in it; empty: every one."""
    starts_on: date
    """The first day on which it may be asked for."""
    why: Why


class Decide(RequestBody):
    model_config = example(why="Revisado con la Secretaría de Coordinación.")
    why: Why


class Withdraw(RequestBody):
    model_config = example(why="Lo sustituye otro trámite desde enero.", ends_on="2027-01-01")
    why: Why
    ends_on: date
    """The first day on which no new one is begun. Those that run go on."""


class WrongLine(Value):
    file: str
    line: int
    path: str
    code: str
    message: str
    legal_basis: str | None


class LookedAt(Value):
    problems: tuple[WrongLine, ...]
    differences: tuple[Difference, ...]


class ActLine(Value):
    act: Act
    by: AccountId
    at: AwareDatetime
    why: str
    effective_on: date


class DefinitionLine(Value):
    kind: DefinitionKind
    name: str
    version: int
    sha256: Sha256
    text: str


class PublicationLine(Value):
    id: str
    state: State
    starts_on: date
    ends_on: date | None
    decision: Decision
    definitions: tuple[DefinitionLine, ...]
    acts: tuple[ActLine, ...]


@router.post("/looks", summary="What is wrong in definitions, and what they change", dependencies=[TYPES])
async def look_at_types(body: LookAtTypes, session: Staff, ports: PortsDep, language: LanguageDep) -> LookedAt:
    """Nothing is kept."""
    examined = await publishing.look_at(ports, session, _texts(body))
    return LookedAt(
        problems=tuple(
            WrongLine(
                **wrong.model_dump(include={"file", "line", "path", "code", "legal_basis"}),
                message=wrong.texts.in_language(language),
            )
            for wrong in examined.problems
        ),
        differences=await publishing.differences_of(ports, examined),
    )


@router.post("", status_code=201, summary="Propose a type", dependencies=[TYPES])
async def propose_types(body: ProposeTypes, session: Staff, ports: PortsDep, key: KeyHeader) -> PublicationLine:
    """It may be asked for once another administrator has approved it, from the day that is said."""
    decision = Decision.model_validate(body.model_dump(include=set(Decision.model_fields)))
    proposed = await publishing.propose(ports, session, _texts(body), decision, body.starts_on, body.why, key)
    return _line(ports, session, proposed)


@router.get("", summary="What was published here, the newest first", dependencies=[TYPES])
async def list_publications(session: Staff, ports: PortsDep) -> tuple[PublicationLine, ...]:
    known = await publishing.publications_of(ports, session.account.administration)
    return tuple(_line(ports, session, one) for one in known)


@router.post("/{publication}/approvals", status_code=201, summary="Approve a type", dependencies=[TYPES])
async def approve_types(publication: PublicationPath, body: Decide, session: Staff, ports: PortsDep) -> PublicationLine:
    """By somebody else than whoever proposed it."""
    return _line(ports, session, await publishing.decide(ports, session, publication, Act.APPROVED, body.why))


@router.post("/{publication}/rejections", status_code=201, summary="Reject a proposal", dependencies=[TYPES])
async def reject_types(publication: PublicationPath, body: Decide, session: Staff, ports: PortsDep) -> PublicationLine:
    return _line(ports, session, await publishing.decide(ports, session, publication, Act.REJECTED, body.why))


@router.post("/{publication}/withdrawals", status_code=201, summary="Withdraw a type", dependencies=[TYPES])
async def withdraw_types(
    publication: PublicationPath, body: Withdraw, session: Staff, ports: PortsDep
) -> PublicationLine:
    """Nothing new begins with it from that day; what runs stays on it to its end."""
    done = await publishing.decide(ports, session, publication, Act.WITHDRAWN, body.why, body.ends_on)
    return _line(ports, session, done)


def _texts(body: LookAtTypes) -> list[Uploaded]:
    return [Uploaded(one.name, one.text) for one in body.definitions]


def _line(ports: Ports, session: Staff, one: Publication) -> PublicationLine:
    return PublicationLine(
        id=one.id,
        state=one.state(publishing.today(ports, session)),
        starts_on=one.starts_on,
        ends_on=one.ends_on,
        decision=one.decision,
        definitions=tuple(DefinitionLine(sha256=text.sha256, **text.model_dump()) for text in one.definitions),
        acts=tuple(ActLine(**act.model_dump()) for act in one.acts),
    )
