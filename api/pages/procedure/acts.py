"""Every act that a page can ask for: which command it is, who may ask, and how its form is read."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pydantic import ValidationError
from starlette.datastructures import FormData

from api.access.permissions import Permission
from api.pages.procedure.forms import item_values, local_moment
from api.ports import now
from domain import commands
from domain.codes.pins import proof_of
from domain.commands import Author, Command
from domain.errors import Refusal
from domain.ids import CommandId
from domain.procedure.state import Procedure

PLAIN_ADDRESS = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
"""Enough to tell a slip of the fingers; what the relay takes is for the relay to say."""


@dataclass(frozen=True)
class FormInput:
    """What one form said, and in what situation."""

    form: FormData
    procedure: Procedure
    author: Author
    secret: bytes
    whereabouts: Mapping[str, Any]
    """The fields `office`, `place` and `device` of an arrival."""
    zone: str
    """The legal time of the office that holds it (IANA name): dates are typed in it."""

    def field(self, name: str) -> str:
        value = self.form.get(name)
        return value.strip() if isinstance(value, str) else ""

    @property
    def participant(self) -> str:
        """Whom it is about: the person named in the form, or whoever asks."""
        return self.field("participant") or str(self.author.participant or "")


Reader = Callable[[FormInput], Mapping[str, Any]]


@dataclass(frozen=True)
class Act:
    command: type[Command]
    permission: Permission
    read: Reader

    @property
    def name(self) -> str:
        return self.command.update.replace("_", "-")

    def asked(self, asked: FormInput) -> Command:
        """The command. Raises `Refusal('field_required')` or `Refusal('field_invalid')` naming the field."""
        words = dict(self.read(asked))
        try:
            return self.command(id=CommandId(asked.field("key")), author=asked.author, **words)
        except ValidationError as error:
            fault = error.errors()[0]
            field = str(fault["loc"][0]) if fault["loc"] else "?"
            raise Refusal(_fault(fault["type"], words.get(field)), field=field, kind="") from error


def _fault(kind: str, value: Any) -> str:
    if not value:
        return "field_required"
    return "field_too_short" if kind == "string_too_short" else "field_invalid"


def _fields(*names: str) -> Reader:
    """A form whose fields are called like those of the command."""

    def read(asked: FormInput) -> Mapping[str, Any]:
        return {name: asked.participant if name == "participant" else asked.field(name) for name in names}

    return read


def _check_in(asked: FormInput) -> Mapping[str, Any]:
    return {**_fields("participant")(asked), **asked.whereabouts}


def _values(asked: FormInput) -> Mapping[str, Any]:
    item = asked.procedure.item(asked.field("item"))
    return {"item": item.id, "values": item_values(asked.procedure.type.item(item.code), asked.form)}


def _fill(asked: FormInput) -> Mapping[str, Any]:
    return {**_values(asked), "done": asked.field("done") == "true"}


def _correct(asked: FormInput) -> Mapping[str, Any]:
    return {**_values(asked), "reason": asked.field("reason")}


def _add_item(asked: FormInput) -> Mapping[str, Any]:
    return {"code": asked.field("code"), "role": asked.field("role") or None}


def _consent(asked: FormInput) -> Mapping[str, Any]:
    return {**_fields("participant", "scope")(asked), "given": asked.field("given") == "yes"}


def _proof(asked: FormInput) -> str:
    """The PIN ends here: what goes on is its keyed digest."""
    digits = "".join(sign for sign in asked.field("pin") if sign.isdigit())
    if len(digits) != 6:
        raise Refusal("pin_incomplete", field="pin")
    return proof_of(asked.secret, asked.field("challenge"), digits)


def _pin(asked: FormInput) -> Mapping[str, Any]:
    return {**_fields("participant", "challenge")(asked), "proof": _proof(asked)}


def _sign(asked: FormInput) -> Mapping[str, Any]:
    if asked.field("explicit") != "yes":
        raise Refusal("will_not_explicit")
    return {**_fields("document", "sha256")(asked), **_pin(asked), "explicit": True}


def _certificate(asked: FormInput) -> Mapping[str, Any]:
    # The route has just had the password shown again.
    return {**_fields("document", "participant")(asked), "authenticated_at": now()}


def _present(asked: FormInput) -> Mapping[str, Any]:
    return {"document": asked.field("document"), "to": tuple(str(id) for id in asked.form.getlist("to"))}


def _interrupt(asked: FormInput) -> Mapping[str, Any]:
    minutes = asked.field("minutes")
    ends = now() + timedelta(minutes=int(minutes)) if minutes.isdigit() and int(minutes) <= 240 else None
    host = asked.author.participant
    said = {**_fields("cause", "note", "must_act")(asked), "field": asked.field("field") or None, "planned_end": ends}
    if not said["must_act"] and host is not None:
        # A recess ends when whoever called it says so.
        said["must_act"] = asked.procedure.participant(host).role
    return said


def _adjourn(asked: FormInput) -> Mapping[str, Any]:
    return {"reason": asked.field("reason"), "new_date": local_moment(asked.field("new_date"), asked.zone)}


def _retry(asked: FormInput) -> Mapping[str, Any]:
    email = asked.field("email") or None
    if email is not None and not PLAIN_ADDRESS.fullmatch(email):
        raise Refusal("mail_address_invalid", field="email")
    return {"participant": asked.field("participant") or None, "email": email}


_OWN = Permission.ACT_AS_CITIZEN
_HOLD = Permission.HOLD_SESSION

ACTS: tuple[Act, ...] = (
    Act(commands.CheckIn, Permission.CHECK_IN, _check_in),
    Act(commands.AttestAutonomy, Permission.ATTEST_AUTONOMY, _fields("participant")),
    Act(commands.AcknowledgeWarnings, _OWN, _fields("participant", "text_version")),
    Act(commands.GiveConsent, _OWN, _consent),
    Act(commands.WithdrawConsent, _OWN, _fields("participant")),
    Act(commands.AskHelp, _OWN, _fields("participant")),
    Act(commands.AnswerHelp, Permission.ANSWER_HELP, _fields("participant")),
    Act(commands.OpenRoom, _HOLD, _fields()),
    Act(commands.AdmitParticipant, _HOLD, _fields("participant")),
    Act(commands.DismissParticipant, _HOLD, _fields("participant", "reason")),
    Act(commands.CaptureStill, _HOLD, _fields("participant")),
    Act(commands.ConfirmIdDocument, _HOLD, _fields("participant", "document_number", "still")),
    Act(commands.RejectIdDocument, _HOLD, _fields("participant", "reason")),
    Act(commands.SendPin, Permission.SEND_PIN, _fields("participant", "purpose")),
    Act(commands.EnterPin, _OWN, _pin),
    Act(commands.WaiveIdentity, _HOLD, _fields("participant", "reason")),
    Act(commands.AddItem, _HOLD, _add_item),
    Act(commands.OpenItem, _HOLD, _fields("item")),
    Act(commands.FillItem, _HOLD, _fill),
    Act(commands.SuspendItem, _HOLD, _fields("item", "reason")),
    Act(commands.SkipItem, _HOLD, _fields("item", "reason")),
    Act(commands.CorrectItem, _HOLD, _correct),
    Act(commands.PresentDocument, _HOLD, _present),
    Act(commands.ReadPage, _OWN, _fields("document", "sha256", "participant", "page")),
    Act(commands.UnderstandDocument, _OWN, _fields("document", "sha256", "participant")),
    Act(commands.SignDocument, _OWN, _sign),
    Act(commands.SignWithCertificate, Permission.SIGN_WITH_CERTIFICATE, _certificate),
    Act(commands.RefuseSignature, Permission.REFUSE_SIGNATURE, _fields("document", "participant", "reason")),
    Act(commands.InterruptProcedure, Permission.INTERRUPT, _interrupt),
    Act(commands.ResumeProcedure, _HOLD, _fields()),
    Act(commands.AdjournProcedure, _HOLD, _adjourn),
    Act(commands.CancelProcedure, _HOLD, _fields("reason")),
    Act(commands.RetryStep, Permission.SETTLE_TROUBLE, _retry),
    Act(commands.CloseSession, _HOLD, _fields("outcome")),
    Act(commands.CorrectMinutes, Permission.WORK_ON_MINUTES, _fields("block", "before", "after", "reason")),
    Act(commands.ApproveMinutes, Permission.WORK_ON_MINUTES, _fields("draft", "corrections")),
)
