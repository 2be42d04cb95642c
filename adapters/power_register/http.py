"""The register of powers over HTTP, as the simulator of the local stack speaks it (`docs/power-register.md`).

The interface of the real one (REAJ) is not published. What stands here is the contract that the platform needs of it,
made for this project; an installation that is let in has this one file to replace.
"""

import json
from functools import partial
from urllib.parse import quote

from pydantic import ValidationError

from adapters.foreign_system import ForeignSystem
from domain.errors import PersonMustAct, Refusal
from domain.ports.power_register import EntryReceipt, PowerEntry
from domain.refusals.register_entries import (
    REGISTER_ATTORNEY,
    REGISTER_ENTERED_ALREADY,
    REGISTER_GRANTOR,
    REGISTER_NOT_CONNECTED,
    REGISTER_REFUSED,
    REGISTER_SCOPE,
    REGISTER_VALIDITY,
)

SECONDS_TO_ANSWER = 60

LARGEST_ANSWER = 8 * 1024**2

REFUSED = {
    "grantor": REGISTER_GRANTOR,
    "attorney": REGISTER_ATTORNEY,
    "scope": REGISTER_SCOPE,
    "validity": REGISTER_VALIDITY,
    "entered_already": REGISTER_ENTERED_ALREADY,
}
"""What the other side calls it -> what it is here."""


class PowerRegisterHttp:
    """`PowerRegister`. `url`: empty where the installation has no connection."""

    def __init__(self, url: str, token: str) -> None:
        unconnected = partial(Refusal, REGISTER_NOT_CONNECTED)
        self._ask = ForeignSystem(
            "the register of powers",
            url,
            token,
            SECONDS_TO_ANSWER,
            LARGEST_ANSWER,
            REFUSED,
            REGISTER_REFUSED,
            unconnected,
        ).ask

    async def enter(self, entry: PowerEntry) -> EntryReceipt:
        where = f"/entries/{quote(entry.id, safe='')}"
        answer = await self._ask("PUT", where, json=entry.model_dump(mode="json", exclude={"id"}))
        content = await self._ask("GET", f"{where}/receipt.pdf")
        try:
            return EntryReceipt.model_validate({**json.loads(answer), "content": content})
        except (ValidationError, TypeError, ValueError) as odd:
            raise PersonMustAct("register_receipt_wrong", entry=entry.id) from odd
