"""The form by which staff ask for an act: whom the type wants summoned, what it wants declared, and what is wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from api.commands.faults import refuse
from api.commands.form_values import item_values, line_breaks, local_moment
from api.services.requesting import RequestedPerson, RequestProcedure
from domain.codes.id_numbers import has_right_letter, is_spanish
from domain.errors import Refusal
from domain.ids import OfficeId
from domain.refusals.admission import ROLE_NEEDED
from domain.refusals.booking import BIRTH_DATE_NEEDED, MINOR_FROM_ELSEWHERE, PEOPLE_MISSING, PLACE_NOT_ALLOWED
from domain.refusals.declared import Declared
from domain.refusals.requests import (
    EMAIL_MALFORMED,
    FIELD_INVALID,
    FIELD_REQUIRED,
    FIELD_TOO_SHORT,
    LETTER_DOES_NOT_FIT,
    PHONE_MALFORMED,
)
from domain.types.item_values import value_faults
from domain.types.procedure_type import ResolvedType, Role
from domain.types.territory import Administration
from domain.types.vocabulary import Side

PERSONAL = ("name", "document_number", "birth_date", "mobile", "email", "office")

REASONS = ("shortened_terms", "outside_working_time")
"""Why a term is shortened, or another day or hour made good: for those who may direct the act."""

SHORTEST_REASON = 10

_MALFORMED: Mapping[str, Declared] = {"email": EMAIL_MALFORMED, "mobile": PHONE_MALFORMED}

Said = Mapping[str, str]


@dataclass(frozen=True)
class Place:
    """Where one person of a role is written down in the form; its fields are `<role>-<number>-<field>`."""

    role: Role
    number: int

    @property
    def wanted(self) -> bool:
        """Without somebody here the act is not asked for."""
        return self.number <= self.role.minimum

    def field(self, name: str) -> str:
        return f"{self.role.code}-{self.number}-{name}"


def places(kind: ResolvedType) -> tuple[Place, ...]:
    """Of everybody who is summoned: as many of each role as the type allows."""
    return tuple(
        Place(role, number)
        for role in kind.procedure.roles
        if role.side is not Side.AUTHORITY
        for number in range(1, role.maximum + 1)
    )


def requested(
    said: Said, kind: ResolvedType, administration: Administration, number: str
) -> tuple[RequestProcedure, tuple[Place, ...]]:
    """What is asked for, and where in the form each of its people stands, in their order.

    `number`: the reference, where the form has none. Raises `Refusal` with all that is wrong, each at its field.
    """
    admission = kind.procedure.validity.admission
    item = kind.item(admission.item) if admission else None
    declared = item_values(item, said) if item else None
    filled = tuple(place for place in places(kind) if place.wanted or any(_of(said, place).values()))
    refuse(
        [
            *_required(said, "body", "office"),
            *(line_breaks(item, declared or {}) if item else ()),
            *(value_faults(item, declared or {}, complete=True) if item else ()),
            *_day(said, administration),
            *_reasons(said),
            *(fault for place in filled for fault in _person(said, place)),
        ]
    )
    office = OfficeId(said["office"])
    asked: dict[str, Any] = {
        "type": kind.procedure.id,
        "body": said["body"],
        "office": office,
        "case_number": said.get("case_number") or number,
        "scheduled_at": local_moment(said["new_date"], administration.time_zone(office)),
        "declared": declared,
        "participants": [
            {"role": place.role.code} | {name: told for name, told in _of(said, place).items() if told}
            for place in filled
        ],
        **{name: said[name] for name in REASONS if said.get(name)},
    }
    try:
        return RequestProcedure(**asked), filled
    except ValidationError as error:
        raise Refusal(FIELD_INVALID, field=str(error.errors()[0]["loc"][-1]), kind="") from error


def at_its_field(refusal: Refusal, filled: tuple[Place, ...]) -> Refusal:
    """The same refusal with the field of the form that it is about, where it is about somebody."""
    found = None
    if refusal.declared in (BIRTH_DATE_NEEDED, MINOR_FROM_ELSEWHERE):
        # People are numbered as they are asked for: the first is p1.
        found = filled[int(str(refusal.params["participant"]).removeprefix("p")) - 1].field("birth_date")
    elif refusal.declared is PLACE_NOT_ALLOWED:
        found = filled[int(str(refusal.params["participant"]).removeprefix("p")) - 1].field("office")
    elif refusal.declared in (ROLE_NEEDED, PEOPLE_MISSING):
        found = f"{refusal.params['role']}-1-name"
    return Refusal(refusal.declared, **{**refusal.params, "field": found}) if found else refusal


def _of(said: Said, place: Place) -> dict[str, str]:
    return {name: said.get(place.field(name), "") for name in PERSONAL}


def _required(said: Said, *names: str) -> Iterator[Refusal]:
    yield from (Refusal(FIELD_REQUIRED, field=name, kind="") for name in names if not said.get(name))


def _day(said: Said, administration: Administration) -> Iterator[Refusal]:
    if not said.get("new_date"):
        yield Refusal(FIELD_REQUIRED, field="new_date", kind="")
        return
    try:
        local_moment(said["new_date"], administration.time_zone(None))
    except Refusal as fault:
        yield fault


def _reasons(said: Said) -> Iterator[Refusal]:
    short = (name for name in REASONS if 0 < len(said.get(name, "")) < SHORTEST_REASON)
    yield from (Refusal(FIELD_TOO_SHORT, field=name, kind="") for name in short)


def _person(said: Said, place: Place) -> Iterator[Refusal]:
    told = _of(said, place)
    if not told["name"]:
        yield Refusal(FIELD_REQUIRED, field=place.field("name"), kind="")
    number = told["document_number"]
    if number and is_spanish(number) and not has_right_letter(number):
        yield Refusal(LETTER_DOES_NOT_FIT, field=place.field("document_number"))
    if not _is_day(told["birth_date"]):
        yield Refusal(FIELD_INVALID, field=place.field("birth_date"), kind="date")
    given: dict[str, Any] = {name: value for name, value in told.items() if value and name != "birth_date"}
    try:
        RequestedPerson(role=place.role.code, **given)
    except ValidationError as error:
        for fault in error.errors():
            name = str(fault["loc"][0])
            yield Refusal(_MALFORMED.get(name, FIELD_INVALID), field=place.field(name), kind="line")


def _is_day(typed: str) -> bool:
    try:
        return not typed or date.fromisoformat(typed).isoformat() == typed
    except ValueError:
        return False
