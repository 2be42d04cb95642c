"""How the form of a page asks for a command: which fields it has, and what is done around it."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from fastapi import Response
from pydantic import ValidationError

from api.commands.answers import answers_of
from api.commands.authenticating import authenticated_again, renew_session, way_of
from api.commands.faults import of_model, refuse
from api.commands.form_input import FormInput
from api.commands.form_values import item_values, line_breaks, local_moment
from api.commands.json_forms import on_a_good_day, own_fields
from api.deps import Case
from api.ports import now
from domain.codes.pins import proof_of
from domain.commands import Command
from domain.errors import Refusal
from domain.ids import CommandId, ItemId
from domain.refusals.mail import MAIL_ADDRESS_INVALID
from domain.refusals.pins import PIN_INCOMPLETE
from domain.refusals.requests import FIELD_REQUIRED
from domain.refusals.signing import WILL_NOT_EXPLICIT
from domain.types.item_values import value_faults
from domain.types.vocabulary import ItemState
from settings import ApiSettings

C = TypeVar("C", bound=Command)

PLAIN_ADDRESS = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
"""Enough to tell a slip of the fingers; what the relay takes is for the relay to say."""


Reader = Callable[[FormInput], Mapping[str, Any]]
Step = Callable[[Case, FormInput, Response, ApiSettings], Awaitable[None]]


@dataclass(frozen=True)
class PageForm:
    """By default: a form whose fields are called like those of the command."""

    read: Reader | None = None
    faults: Callable[[FormInput], list[Refusal]] | None = None
    """What is wrong with what was typed, besides what the command's own fields forbid."""
    before: Step | None = None
    after: Step | None = None
    """What the page does besides, before and after the command is performed."""

    def command(self, command: type[C], form: FormInput) -> C:
        """The command. Raises a refusal that names the field, or all of them (`SeveralFaults`)."""
        faults = self.faults(form) if self.faults else []
        said = dict(self.read(form) if self.read else _named(form, *own_fields(command)))
        try:
            made = command(id=CommandId(form.field("key")), author=form.author, **said)
        except ValidationError as error:
            refuse((*faults, *of_model(error, said)))
            raise
        refuse(faults)
        return made


def _named(form: FormInput, *names: str) -> dict[str, Any]:
    return {name: form.participant if name == "participant" else form.field(name) for name in names}


def _check_in(form: FormInput) -> Mapping[str, Any]:
    return {"participant": form.participant, **form.whereabouts}


def _values(form: FormInput) -> Mapping[str, Any]:
    item = form.procedure.item(form.field("item"))
    kind = form.procedure.type.item(item.code)
    return {"item": item.id, "values": item_values(kind, form.form), "revision": _revision(form)}


def _value_faults(form: FormInput) -> list[Refusal]:
    item = form.procedure.item(form.field("item"))
    kind = form.procedure.type.item(item.code)
    values = item_values(kind, form.form)
    correcting = item.state is ItemState.DONE
    return [
        *line_breaks(kind, values),
        *value_faults(kind, values, complete=correcting or form.field("done") == "true"),
    ]


def _revision(form: FormInput) -> int | None:
    """Of what was on screen; None where the page says none."""
    typed = form.field("revision")
    return int(typed) if typed.isdecimal() and len(typed) < 7 else None


def _paragraph(form: FormInput) -> Mapping[str, Any]:
    return {**_named(form, "block", "before", "after", "reason"), "revision": _revision(form)}


def _fill(form: FormInput) -> Mapping[str, Any]:
    return {**_values(form), "done": form.field("done") == "true"}


def _correct(form: FormInput) -> Mapping[str, Any]:
    return {**_values(form), "reason": form.field("reason")}


def _add_item(form: FormInput) -> Mapping[str, Any]:
    return {"code": form.field("code"), "role": form.field("role") or None}


def _correct_person(form: FormInput) -> Mapping[str, Any]:
    """What was left empty stays as it is."""
    told = {name: form.field(name) or None for name in ("name", "document_number")}
    return {**_named(form, "participant", "reason"), **told}


def _reject(form: FormInput) -> Mapping[str, Any]:
    """The command may lack a cause, for what was asked long ago; a form may not."""
    if not form.field("cause"):
        raise Refusal(FIELD_REQUIRED, field="cause", kind="")
    return _named(form, "participant", "cause", "reason")


def _secure_place(form: FormInput) -> Mapping[str, Any]:
    """What is not answered is not taken for a no: the command refuses what is empty."""
    said = _named(form, "participant", "company", "acts_freely", "private_talk")
    return {**said, "others": form.field("others") or None}


def _consent(form: FormInput) -> Mapping[str, Any]:
    return {**_named(form, "participant", "scope"), "given": form.field("given") == "yes"}


def _digits(form: FormInput) -> str:
    return "".join(character for character in form.field("pin") if character.isdigit())


def _proof(form: FormInput) -> str:
    """The PIN ends here: what goes on is its keyed digest."""
    digits = _digits(form)
    if len(digits) != 6:
        raise Refusal(PIN_INCOMPLETE, field="pin")
    return proof_of(form.pin_key, form.field("challenge"), digits)


def _pin(form: FormInput) -> Mapping[str, Any]:
    return {**_named(form, "participant", "challenge"), "proof": _proof(form)}


def _identification(form: FormInput) -> Mapping[str, Any]:
    """The fields of the mechanism are called `answer-<name>`: no name of theirs is taken for one of the form's."""
    said = _named(form, "participant", "mechanism", "reference")
    typed = {name.removeprefix("answer-"): form.field(name) for name in form.form if name.startswith("answer-")}
    answers = answers_of(form.procedure, said["mechanism"], said["reference"], typed, form.pin_key)
    return {**said, "answers": answers}


def _sign_faults(form: FormInput) -> list[Refusal]:
    faults = [] if len(_digits(form)) == 6 else [Refusal(PIN_INCOMPLETE, field="pin")]
    return faults if form.field("explicit") == "yes" else [*faults, Refusal(WILL_NOT_EXPLICIT)]


def _sign(form: FormInput) -> Mapping[str, Any]:
    refuse(_sign_faults(form))
    return {**_named(form, "document", "sha256"), **_pin(form), "explicit": True}


def _certificate(form: FormInput) -> Mapping[str, Any]:
    # What is said here of the way is judged before the command is performed: `authenticated_again`.
    said = _named(form, "document", "participant")
    return {**said, "authenticated_at": now(), "authenticated_by": way_of(form)}


def _present(form: FormInput) -> Mapping[str, Any]:
    return {"document": form.field("document"), "to": tuple(str(id) for id in form.form.getlist("to"))}


def _interrupt(form: FormInput) -> Mapping[str, Any]:
    minutes = form.field("minutes")
    ends = now() + timedelta(minutes=int(minutes)) if minutes.isdigit() and int(minutes) <= 240 else None
    host = form.author.participant
    said = {**_named(form, "cause", "note", "must_act"), "field": form.field("field") or None, "planned_end": ends}
    if not said["must_act"] and host is not None:
        # A recess ends when whoever called it says so.
        said["must_act"] = form.procedure.participant(host).role
    return said


def _close(form: FormInput) -> Mapping[str, Any]:
    return {"outcome": form.field("outcome"), "despite": form.field("despite") or None}


def _adjourn(form: FormInput) -> Mapping[str, Any]:
    typed = form.field("new_date")
    try:
        return {"reason": form.field("reason"), "new_date": local_moment(typed, form.zone) if typed else ""}
    except Refusal:
        # Judged together with the reason; a number alone would be read as an instant.
        return {"reason": form.field("reason"), "new_date": "?"}


def _retry(form: FormInput) -> Mapping[str, Any]:
    email = form.field("email") or None
    if email is not None and not PLAIN_ADDRESS.fullmatch(email):
        raise Refusal(MAIL_ADDRESS_INVALID, field="email")
    return {"participant": form.field("participant") or None, "email": email}


async def _in_working_time(case: Case, form: FormInput, response: Response, settings: ApiSettings) -> None:
    on_a_good_day(case, form.procedure, local_moment(form.field("new_date"), form.zone))


async def _forget_draft(case: Case, form: FormInput, response: Response, settings: ApiSettings) -> None:
    """What was saved is the item's; what others are typing stays theirs until the item is done."""
    author = None if form.field("done") == "true" else case.who.ref
    await case.ports.drafts.delete(case.id, ItemId(form.field("item")), author)


OWN_FIELDS = PageForm()
ARRIVAL = PageForm(_check_in)
CONSENT = PageForm(_consent)
REJECTION = PageForm(_reject)
SECURE_PLACE = PageForm(_secure_place)
PIN = PageForm(_pin)
IDENTIFICATION = PageForm(_identification)
NEW_ITEM = PageForm(_add_item)
FILLED_ITEM = PageForm(_fill, _value_faults, after=_forget_draft)
CORRECTED_ITEM = PageForm(_correct, _value_faults)
CORRECTED_PERSON = PageForm(_correct_person)
CORRECTED_PARAGRAPH = PageForm(_paragraph)
PRESENTATION = PageForm(_present)
SIGNATURE = PageForm(_sign)
CERTIFICATE = PageForm(_certificate, before=authenticated_again, after=renew_session)
INTERRUPTION = PageForm(_interrupt)
CLOSING = PageForm(_close)
ADJOURNMENT = PageForm(_adjourn, before=_in_working_time)
RETRY = PageForm(_retry)
