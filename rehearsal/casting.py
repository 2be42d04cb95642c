"""Invented people and requests for procedures of any type: nobody here exists, every number has its right letter."""

import hashlib
from datetime import datetime

from domain.codes.id_numbers import LETTERS
from domain.events.summons import ProcedureRequested
from domain.ids import AccountId, ItemId, OfficeId, ParticipantId, ProcedureId
from domain.journal.chain import Stamp
from domain.procedure.agenda import AgendaItem, Declaration
from domain.procedure.people import Participant
from domain.rules.booking import TERMS
from domain.types.item_values import checked_values
from domain.types.procedure_type import ResolvedType, Role
from domain.types.territory import Administration, Body
from domain.types.vocabulary import Side
from rehearsal.plausible import plausible_values

NAMES = (
    "Anxo Ruiz Seoane",
    "Marta Lago Prieto",
    "Carme Otero Vilas",
    "Brais Couto Rial",
    "Noa Pena Freire",
    "Iria Souto Lema",
    "Uxía Varela Rey",
    "Xoel Barros Candal",
)
AT_ONCE = "Acto inventado que se celebra enseguida; nadie espera los plazos de la ley."
"""What the first event of such a procedure says where its type has terms."""


def id_number(seed: str) -> str:
    """A DNI with its right letter, invented from `seed`."""
    number = int(hashlib.sha256(seed.encode()).hexdigest(), 16) % 100_000_000
    return f"{number:08d}{LETTERS[number % 23]}"


def body_for(resolved: ResolvedType, administration: Administration) -> Body:
    """A body of the Administration that may hold it: of the first kind that the type names and that there is."""
    bodies = administration.bodies
    of_kind = (body for kind in resolved.procedure.held_by for body in bodies if body.kind is kind)
    return next(of_kind, bodies[0])


def request(
    resolved: ResolvedType,
    administration: Administration,
    *,
    id: str,
    scheduled_at: datetime,
    accounts: dict[str, str] | None = None,
    language: str = "es",
    case_number: str = "31/2026",
    besides: tuple[str, ...] = (),
) -> ProcedureRequested:
    """A request for a procedure of that type with everybody whom it needs. `accounts`: role code -> account id.

    `besides`: roles of people who come although nobody has to.
    """
    office = next(office for office in administration.offices if office.kind == "municipal")
    body = body_for(resolved, administration)
    people: list[Participant] = []
    for role in resolved.procedure.roles:
        for _ in range(role.minimum + besides.count(role.code)):
            people.append(_person(len(people) + 1, role, id, office.id, accounts or {}))
    asked = ProcedureRequested(
        id=ProcedureId(id),
        resolved_type=resolved,
        administration=administration.id,
        body=body.id,
        body_kind=body.kind,
        office=office.id,
        case_number=case_number,
        nig="1503641220260000310",
        language=language,
        scheduled_at=scheduled_at,
        shortened_terms=AT_ONCE if TERMS.intersection(resolved.procedure.eligibility) else None,
        participants=tuple(people),
    )
    return asked.but(declared=declaration_of(asked))


def declaration_of(asked: ProcedureRequested) -> Declaration | None:
    """One that nothing excludes, where the type asks for one: the first choice of each is the common case."""
    admission = asked.resolved_type.procedure.validity.admission
    if admission is None:
        return None
    kind = asked.resolved_type.item(admission.item)
    procedure = asked.begin(Stamp(actor="system", role="system", at=asked.scheduled_at))
    values = plausible_values(kind, procedure, AgendaItem(id=ItemId("declared"), code=kind.code))
    return Declaration(values=checked_values(kind, values, complete=True), by="Sistema de gestión procesal")


def _person(number: int, role: Role, seed: str, office: OfficeId, accounts: dict[str, str]) -> Participant:
    name = NAMES[(number - 1) % len(NAMES)]
    citizen = role.side is not Side.AUTHORITY
    account = accounts.get(role.code)
    return Participant(
        id=ParticipantId(f"p{number}"),
        role=role.code,
        name=name,
        document_number=id_number(f"{seed}/{number}") if citizen else None,
        email=f"persona{number}.{seed[-12:]}@correo.example" if citizen else None,
        mobile=f"+3460000{number:04d}" if citizen else None,
        birth_date="1948-05-17" if citizen else None,
        office=office if citizen else None,
        account=AccountId(account) if account else None,
    )
