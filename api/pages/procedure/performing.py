"""The buttons of every page: one POST route a command, each with its permission; then the page is looked at again."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Request, Response

from api.access.session import CitizenSession
from api.commands.form_input import FormInput
from api.commands.handwriting import HandwritingForm
from api.commands.json_forms import whereabouts
from api.commands.page_forms import PageForm
from api.commands.row import CommandRow, sit_down_to
from api.commands.table import TABLE
from api.deps import Case, SettingsDep, case
from api.pages.citizen.view import STEPS
from api.pages.procedure.meanwhile import saved_meanwhile
from api.pages.rendering import back_to
from domain.errors import Refusal

router = APIRouter(include_in_schema=False)

PLACES = ("/board", "/desk", "/procedures/", "/citizen")
"""Where a form may ask to be led back to; nowhere else."""


OWN_STEPS = (*(f"/citizen/{step}" for step in STEPS), "/identity/go")
"""Whoever asks for help stays where they are; whoever is identified elsewhere goes there."""


def handler_of(row: CommandRow, form: PageForm) -> Callable[..., Awaitable[Response]]:
    """The handler of one command's button."""

    async def perform(request: Request, settings: SettingsDep, case: Annotated[Case, case(row.permission)]) -> Response:
        case = await sit_down_to(case, row)
        typed = await _form_input(request, case)
        response = _where_next(case, typed)
        try:
            # First everything that is wrong with what was typed, all of it at once.
            command = form.command(row.command, typed)
            if form.before is not None:
                await form.before(case, typed, response, settings)
            if isinstance(form, HandwritingForm):
                command = await form.keep(case, typed, command)
            await case.perform(command)
        except Refusal as refusal:
            request.state.saved = await saved_meanwhile(case, typed, refusal)
            raise
        if form.after is not None:
            await form.after(case, typed, response, settings)
        return response

    perform.__name__ = f"ask_to_{row.name}"
    return perform


for _row in TABLE:
    if _row.form is not None:
        router.add_api_route(
            f"/procedures/{{procedure}}/acts/{_row.button}", handler_of(_row, _row.form), methods=["POST"]
        )


async def _form_input(request: Request, case: Case) -> FormInput:
    procedure = (await case.progress()).procedure
    author = case.author(procedure)
    return FormInput(
        form=await request.form(),
        procedure=procedure,
        author=author,
        pin_key=case.ports.pin_key(),
        whereabouts=whereabouts(case, author.office),
        zone=case.territory.time_zone(procedure.office),
    )


def _where_next(case: Case, form: FormInput) -> Response:
    back = form.field("back")
    if isinstance(case.who, CitizenSession):
        return back_to(back if back in OWN_STEPS else "/citizen")
    safe = back.startswith(PLACES) and "//" not in back and "\\" not in back
    return back_to(back if safe else f"/procedures/{case.id}")
