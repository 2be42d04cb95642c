"""Painted pages of whoever calls an office from one of its computers, and of the desk that hears it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from api.pages.citizen.starting import Offer
from api.pages.rendering import PageContext, render
from domain.access.accounts import AnsweredCall
from tests.pages.administering import a_device

AT = datetime(2026, 11, 22, 9, 40, tzinfo=UTC)
LIFE = Offer(
    "life_certificate",
    "Fe de vida y estado",
    "Una persona del Registro Civil le ve y le oye por videoconferencia y certifica que usted vive.",
    ("Su DNI, NIE o pasaporte, en vigor.", "Su teléfono móvil, para firmar con un código por SMS."),
)
OFFERS = (LIFE, Offer("conciliation", "Acto de conciliación", "Se intenta un acuerdo antes del pleito.", ()))


def calls_of(context: PageContext) -> dict[str, Any]:
    """One calls for help, another to start an act; one was answered."""
    help = a_device(context).but(calls_since=AT)
    starts = a_device(context).but(id="dev_2", label="Cabina 2", calls_since=AT, calls_for=LIFE.id)
    came = AnsweredCall(
        label="Cabina 1", called_at=AT, wants=None, answered_at=AT + timedelta(minutes=2), answered_by="Xoel Pazos"
    )
    return {"calls": ((help, ""), (starts, LIFE.title)), "came": ((came, ""),)}


def welcoming(context: PageContext) -> Iterator[tuple[str, str]]:
    for where, again in (("welcome", False), ("code", False), ("code", True), ("help", False), ("help", True)):
        asked = {"where": where, "code": "", "again": again, "called": again, "path": "/"}
        yield f"welcome-{where}", render("welcome.html", context, **asked)
    seated = replace(context, seat="Cabina 1 · Vilar", at_office=True)
    for look, called in ((seated, ""), (seated, LIFE.title), (context, "")):
        shown = {"offers": OFFERS, "called": called, "waits": bool(called), "path": "/start"}
        yield "start", render("start.html", look, **shown)
