"""A form that was refused, painted again with what was typed and its faults at their fields.

For browsers without scripts, and where none has come yet: with one, what was typed is still on the page. No file is
kept.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from fastapi import Request, Response

from api.pages.rendering import PageContext

NOT_TYPED = ("csrf", "key")


@dataclass(frozen=True)
class Fault:
    """What is wrong with one field, and how it is put right."""

    field: str
    words: str
    at: str = ""
    """Id of the field on the page; empty: `field`."""
    label: str = ""
    """What the field is called there; empty where a script reads it from the page."""


@dataclass(frozen=True)
class FormField:
    """A field as it stands on the page."""

    name: str
    id: str
    label: str


Paint = Callable[[PageContext, int, Mapping[str, Any]], Awaitable[Response]]
"""The page of the form: for whom, with which status, and what the box at its head tells."""


def paints_again(request: Request, said: Mapping[str, str], fields: Mapping[str, FormField], paint: Paint) -> None:
    """From here on, what is refused is told on the page of the form. `fields`: by what refusals call them."""
    request.state.again = (said, fields, paint)


async def painted_again(
    request: Request, context: PageContext, status: int, told: Mapping[str, Any]
) -> Response | None:
    """None: no form is painted again, or a script keeps what was typed."""
    found = getattr(request.state, "again", None)
    if found is None or "hx-request" in request.headers:
        return None
    said, fields, paint = found
    typed = {name: value for name, value in said.items() if name not in NOT_TYPED}
    faults = [_placed(fault, fields.get(fault.field)) for fault in told["faults"]]
    wrong = {fields[fault.field].name if fault.field in fields else fault.field: fault.words for fault in faults}
    again = replace(context, typed=typed, wrong=wrong)
    response: Response = await paint(again, status, {**told, "faults": faults})
    return response


def _placed(fault: Fault, field: FormField | None) -> Fault:
    return replace(fault, at=field.id, label=field.label) if field else fault
