"""Systems that are told what happens, and messages in every state: what the administrator's page shows."""

from datetime import UTC, datetime
from typing import Any

from domain.access.api_keys import ApiKey, IssuedApiKey
from domain.access.coverage import Coverage
from domain.access.webhooks import Delivery, Endpoint
from domain.ids import AdministrationId, OfficeId, ProcedureId

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

_KEY = ApiKey(
    id="0123456789abcdef", administration=AdministrationId("atlantia"), label="Sistema de gestión procesal",
    scopes=("procedures", "evidence"), issued_at=AT,
)  # fmt: skip
_LIMITED = _KEY.but(
    id="fedcba9876543210", label="Gestor comarcal de Lira", scopes=("procedures",),
    coverage=Coverage(offices=(OfficeId("ojm-lira"), OfficeId("ojm-vilar")), types=("conciliation", "withdrawn")),
)  # fmt: skip

API_KEYS: tuple[dict[str, Any], ...] = (
    {"known": (), "shown": None, "issued": None},
    {"known": (_KEY,), "shown": None, "issued": IssuedApiKey(text=f"estrado_{_KEY.id}_{'x' * 43}", key=_KEY)},
    {"known": (_KEY, _LIMITED, _KEY.but(id="0" * 16, revoked_at=AT)), "shown": _LIMITED, "issued": None},
)
"""The page before any system asks, when a key has just been issued, and when one is being limited."""
