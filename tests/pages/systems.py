"""Systems that are told what happens, and messages in every state: what the administrator's page shows."""

from datetime import UTC, datetime
from typing import Any

from domain.access.webhooks import Delivery, Endpoint
from domain.ids import AdministrationId, ProcedureId

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)

ADDRESSES = tuple(
    Endpoint(
        id=f"whe_{number:016x}", administration=AdministrationId("atlantia"), label=label, registered_at=AT,
        url=f"https://sgp.justicia.atlantia.example/integraciones/estrado/{number}", waiting=number, given_up=number,
    )
    for number, label in enumerate(("Sistema de gestión procesal", "Cuadro de mando"))
)  # fmt: skip

_SENT = Delivery(
    id="msg_" + "1" * 32, event="session.opened", procedure=ProcedureId("prc_" + "0" * 32), happened_at=AT,
    attempts=1, attempted_at=AT, answer="204", delivered_at=AT,
)  # fmt: skip

MESSAGES = (
    _SENT.but(id="msg_" + "5" * 32, event="bundle.finished", attempts=0, attempted_at=None, answer=None,
              delivered_at=None),
    *(_SENT.but(id="msg_" + digit * 32, event="session.interrupted", attempts=4, answer=answer, delivered_at=None)
      for digit, answer in (("4", "too_slow"), ("3", "no_answer"), ("6", "503"))),
    _SENT.but(id="msg_" + "2" * 32, attempts=150, answer="address_refused", delivered_at=None, given_up_at=AT),
    _SENT,
)  # fmt: skip

_SECRET = "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" * 2

SYSTEMS: tuple[dict[str, Any], ...] = tuple(
    {"known": known, "shown": next(iter(known), None), "deliveries": deliveries, "more": more, "secret": secret}
    for known, deliveries, more, secret in (
        ((), (), None, ""),
        (ADDRESSES, (), None, _SECRET),
        (ADDRESSES, MESSAGES, "7", ""),
    )
)
"""The page before any system is told, when one has just been registered, and later."""
