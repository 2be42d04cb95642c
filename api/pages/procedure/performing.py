"""The buttons of every page: one POST route an act, each with its permission; then the page is looked at again."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Request, Response

from api.access.session import CitizenSession, StaffSession, keep_session
from api.commands.offer import whereabouts
from api.deps import Case, SettingsDep, case
from api.pages.citizen.view import STEPS
from api.pages.procedure.acts import ACTS, Act, FormInput
from api.pages.rendering import back_to
from api.ports import now
from api.services.signing_in import confirm_own_password
from domain.commands import AcknowledgeWarnings, FillItem, GiveConsent, SignWithCertificate
from domain.errors import Refusal
from domain.ids import ItemId
from domain.types.vocabulary import RecordingPolicy

router = APIRouter(include_in_schema=False)

PLACES = ("/board", "/desk", "/procedures/", "/citizen")
"""Where a form may ask to be led back to; nowhere else."""


OWN_STEPS = tuple(f"/citizen/{step}" for step in STEPS)
"""Whoever asks for help stays where he or she is."""


def route_of(act: Act) -> Callable[..., Awaitable[Response]]:
    """The handler of one act's button."""

    async def perform(request: Request, settings: SettingsDep, case: Annotated[Case, case(act.permission)]) -> Response:
        asked = await _asked(request, case)
        response = _where_next(case, asked)
        if act.command is SignWithCertificate:
            await _password_again(case, asked, response, settings)
        if act.command is AcknowledgeWarnings:
            await _answer_about_recording(case, asked)
        receipt = await case.gateway.perform(case.id, act.asked(asked))
        if act.command is FillItem and asked.field("done") == "true":
            await case.ports.drafts.delete(case.id, ItemId(asked.field("item")))
        response.headers["X-Estrado-Seq"] = str(receipt.seq)
        return response

    perform.__name__ = f"ask_to_{act.command.update}"
    return perform


for _act in ACTS:
    router.add_api_route(f"/procedures/{{procedure}}/acts/{_act.name}", route_of(_act), methods=["POST"])


async def _asked(request: Request, case: Case) -> FormInput:
    procedure = (await case.progress()).procedure
    author = case.author(procedure)
    return FormInput(
        form=await request.form(),
        procedure=procedure,
        author=author,
        secret=case.ports.secret,
        whereabouts=whereabouts(case, author.office),
        zone=case.territory.time_zone(procedure.office),
    )


def _where_next(case: Case, asked: FormInput) -> Response:
    back = asked.field("back")
    if isinstance(case.who, CitizenSession):
        return back_to(back if back in OWN_STEPS else "/citizen")
    safe = back.startswith(PLACES) and "//" not in back and "\\" not in back
    return back_to(back if safe else f"/procedures/{case.id}")


async def _password_again(case: Case, asked: FormInput, response: Response, settings: SettingsDep) -> None:
    """Law: fresh authentication for each signature of an official (eIDAS sole control); the session is renewed too."""
    assert isinstance(case.who, StaffSession)
    await confirm_own_password(case.ports, case.who, asked.field("password"))
    opened = await case.ports.sessions.rotate(case.who.token, now())
    if opened is not None:
        keep_session(response, settings, opened)


async def _answer_about_recording(case: Case, asked: FormInput) -> None:
    """Warnings and the question about recording are one screen, and two acts with keys of their own."""
    policy = asked.procedure.type.procedure.recording
    if policy not in (RecordingPolicy.WITH_CONSENT, RecordingPolicy.AUDIO_ONLY):
        return
    if asked.field("given") not in ("yes", "no"):
        raise Refusal("consent_unanswered", field="given")
    act = next(act for act in ACTS if act.command is GiveConsent)
    command = act.asked(asked)
    await case.gateway.perform(case.id, command.but(id=f"{command.id}-consent"))
