"""How JSON asks for a command: the fields of its body, and what the session and this process say instead of it."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, create_model
from pydantic.fields import FieldInfo

from api.access.session import CitizenSession, StaffSession
from api.commands.answers import answers_of
from api.commands.authenticating import with_authentication
from api.commands.form_values import refuse_line_breaks
from api.deps import Case
from api.http.problems import NotSignedIn
from api.ports import now
from domain.access.accounts import LONGEST_PASSWORD
from domain.codes.pins import proof_of
from domain.commands import Command
from domain.ids import CommandId, OfficeId
from domain.procedure.state import Procedure
from domain.rules.terms import within_its_term
from domain.rules.working_time import within_working_time
from domain.types.rejection import RejectionCause
from domain.types.territory import COURT

Fields = dict[str, Any]
Complete = Callable[[Case, Fields], Awaitable[Fields]]

SIX_DIGITS = r"^[0-9]{6}$"


@dataclass(frozen=True)
class JsonForm:
    """What the body of a request says. By default: the command's own fields."""

    without: frozenset[str] = frozenset()
    """Fields of the command that no request may say."""
    instead: Mapping[str, Any] = field(default_factory=dict)
    """Fields of the request that are not the command's: the PIN, the password."""
    complete: Complete | None = None
    """Makes the command's fields of the request's."""
    authenticates: bool = False
    """Whoever asks shows again who they are."""

    def body(self, command: type[Command], summary: str, example: Mapping[str, Any]) -> type[BaseModel]:
        """The model of the body."""
        asked = {name: info for name, info in own_fields(command).items() if name not in self.without}
        own = {name: (info.annotation, info) for name, info in asked.items()}
        fields: Fields = {**own, **self.instead}
        config = ConfigDict(frozen=True, extra="forbid", json_schema_extra={"example": dict(example)})
        return create_model(command.__name__, __config__=config, __doc__=summary, **fields)

    async def read(self, case: Case, body: BaseModel, key: CommandId) -> Fields:
        """The command's fields. `key`: of the request."""
        said = {name: getattr(body, name) for name in type(body).model_fields}
        if self.authenticates:
            said = await with_authentication(case, said, key)
        return await self.complete(case, said) if self.complete else said


def own_fields(command: type[Command]) -> dict[str, FieldInfo]:
    """All but id, author and request: the session and this process say these."""
    return {name: info for name, info in command.model_fields.items() if name not in Command.model_fields}


def whereabouts(case: Case, office: OfficeId | None) -> Fields:
    """`office`, its names, `place` and `device` of whoever asks: at an office, in court, on a device of their own."""
    citizen = isinstance(case.who, CitizenSession)
    known = next((one for one in case.territory.offices if one.id == office), None) if office else None
    kind = known.kind if known else None
    place = ("own_device" if citizen else COURT) if kind is None else COURT if kind == COURT else "office"
    device = (case.who.device.id if case.who.device else "own") if isinstance(case.who, CitizenSession) else "staff"
    names = known.known_as if known else None
    return {"office": office, "office_names": names, "place": place, "device": device}


async def _with_whereabouts(case: Case, said: Fields) -> Fields:
    """Where somebody is, is known from the computer, not from what the request says."""
    return {**said, **whereabouts(case, case.author((await case.progress()).procedure).office)}


async def _with_account(case: Case, said: Fields) -> Fields:
    """Who sits down is known from the account, not from what the request says."""
    if not isinstance(case.who, StaffSession):
        raise NotSignedIn()
    return {"name": case.who.account.name, "certified": case.who.account.certificate is not None}


async def _with_lines(case: Case, said: Fields) -> Fields:
    """What is asked for on one line is on one line. Raises `Refusal('field_invalid')`."""
    procedure = (await case.progress()).procedure
    refuse_line_breaks(procedure.type.item(procedure.item(said["item"]).code), said["values"])
    return said


async def _on_a_good_day(case: Case, said: Fields) -> Fields:
    """Raises `Refusal('outside_working_time')` or `Refusal('new_date_too_late')`."""
    on_a_good_day(case, (await case.progress()).procedure, said["new_date"])
    return said


def on_a_good_day(case: Case, procedure: Procedure, at: datetime) -> None:
    """The calendar is the Administration's, which the procedure's own state does not hold."""
    within_working_time(procedure.type.procedure, case.territory, procedure.office, at)
    within_its_term(procedure, case.territory, now(), at)


async def _with_proof(case: Case, said: Fields) -> Fields:
    """The PIN goes no further than this: its keyed digest does."""
    pin = said["pin"].get_secret_value()
    rest = {name: value for name, value in said.items() if name != "pin"}
    return {**rest, "proof": proof_of(case.ports.pin_key(), said["challenge"], pin)}


async def _with_answers(case: Case, said: Fields) -> Fields:
    procedure = (await case.progress()).procedure
    typed = {name: value.get_secret_value() for name, value in said["answers"].items()}
    return {**said, "answers": answers_of(procedure, said["mechanism"], said["reference"], typed, case.ports.pin_key())}


def _six_digits(pin: SecretStr) -> SecretStr:
    """Scar: `Field(pattern=...)` cannot look into a secret; pydantic raises TypeError for every one."""
    if not re.fullmatch(SIX_DIGITS, pin.get_secret_value()):
        raise ValueError("six digits are wanted")
    return pin


_PIN = (
    Annotated[SecretStr, AfterValidator(_six_digits)],
    Field(min_length=6, max_length=6, json_schema_extra={"pattern": SIX_DIGITS}),
)
_PASSWORD = (SecretStr | None, Field(default=None, min_length=1, max_length=LONGEST_PASSWORD))
_ACCOUNT_SHOWN = (
    Annotated[bool, Field(description="In place of the password: `POST /sessions/current/account-provider`.")],
    False,
)

_ANSWERS = (dict[str, Annotated[SecretStr, Field(max_length=200)]], Field(max_length=20))

_CAUSE = (RejectionCause, Field(description="One of those of Orden ETD/465/2021, art. 10.4."))

OWN_FIELDS = JsonForm()
ARRIVAL = JsonForm(without=frozenset({"place", "office", "office_names", "device"}), complete=_with_whereabouts)
SEAT = JsonForm(without=frozenset({"name", "certified"}), complete=_with_account)
WITH_VALUES = JsonForm(complete=_with_lines)
NEW_DATE = JsonForm(complete=_on_a_good_day)
WITH_PIN = JsonForm(without=frozenset({"proof"}), instead={"pin": _PIN}, complete=_with_proof)
REJECTION = JsonForm(without=frozenset({"cause"}), instead={"cause": _CAUSE})
IDENTIFICATION = JsonForm(without=frozenset({"answers"}), instead={"answers": _ANSWERS}, complete=_with_answers)
AUTHENTICATED = JsonForm(
    without=frozenset({"authenticated_at", "authenticated_by"}),
    instead={"password": _PASSWORD, "account_shown": _ACCOUNT_SHOWN},
    authenticates=True,
)
