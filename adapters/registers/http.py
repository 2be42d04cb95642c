"""Registers outside over HTTP, as the simulators of the local stack speak it (`docs/registers.md`).

The interfaces of the real ones (REAJ, DICIREG) are not published. What stands here is the contract that the platform
needs of each, made for this project; an installation that is let in has this one file to replace.
"""

import json
from functools import partial
from urllib.parse import quote

from pydantic import ValidationError

from adapters.foreign_system import ForeignSystem
from domain.errors import PersonMustAct, Refusal
from domain.ports.registers import EntryReceipt, EntryTold, SearchResult, SearchTold, Standing
from domain.refusals.register_entries import (
    REGISTER_ATTORNEY,
    REGISTER_BIRTH,
    REGISTER_DECLARANT,
    REGISTER_ENDING_MALFORMED,
    REGISTER_ENTERED_ALREADY,
    REGISTER_GRANTOR,
    REGISTER_LATE,
    REGISTER_NAME,
    REGISTER_NOT_CONNECTED,
    REGISTER_PARENTS,
    REGISTER_POWER_ENDED,
    REGISTER_POWER_LAPSED,
    REGISTER_POWER_OF_ANOTHER,
    REGISTER_POWER_UNKNOWN,
    REGISTER_PROOF,
    REGISTER_REFUSED,
    REGISTER_SCOPE,
    REGISTER_SURNAMES,
    REGISTER_VALIDITY,
    REGISTRY_QUESTION,
    REGISTRY_RESTRICTED,
    REGISTRY_STANDING,
)

SECONDS_TO_ANSWER = 60

LARGEST_ANSWER = 8 * 1024**2

REFUSED = {
    "attorney": REGISTER_ATTORNEY,
    "birth": REGISTER_BIRTH,
    "declarant": REGISTER_DECLARANT,
    "ending": REGISTER_ENDING_MALFORMED,
    "entered_already": REGISTER_ENTERED_ALREADY,
    "grantor": REGISTER_GRANTOR,
    "late": REGISTER_LATE,
    "name": REGISTER_NAME,
    "parents": REGISTER_PARENTS,
    "power_ended": REGISTER_POWER_ENDED,
    "power_lapsed": REGISTER_POWER_LAPSED,
    "power_of_another": REGISTER_POWER_OF_ANOTHER,
    "power_unknown": REGISTER_POWER_UNKNOWN,
    "proof": REGISTER_PROOF,
    "question": REGISTRY_QUESTION,
    "restricted": REGISTRY_RESTRICTED,
    "scope": REGISTER_SCOPE,
    "standing": REGISTRY_STANDING,
    "surnames": REGISTER_SURNAMES,
    "validity": REGISTER_VALIDITY,
}
"""What the other side calls it -> what it is here."""


class RegisterHttp:
    """`EntryRegister`. `url`: empty where the installation has no connection."""

    def __init__(self, name: str, url: str, token: str) -> None:
        self._ask = ForeignSystem(
            name=name,
            url=url,
            token=token,
            seconds=SECONDS_TO_ANSWER,
            largest=LARGEST_ANSWER,
            refused=REFUSED,
            otherwise=REGISTER_REFUSED,
            not_connected=partial(Refusal, REGISTER_NOT_CONNECTED),
        ).ask

    async def enter(self, told: EntryTold) -> EntryReceipt:
        where = f"/entries/{quote(told.id, safe='')}"
        answer = await self._ask("PUT", where, json=told.model_dump(mode="json", exclude={"id"}))
        content = await self._ask("GET", f"{where}/receipt.pdf")
        try:
            return EntryReceipt.model_validate({**json.loads(answer), "content": content})
        except (ValidationError, TypeError, ValueError) as odd:
            raise PersonMustAct("register_receipt_wrong", entry=told.id) from odd

    async def standing(self, number: str) -> Standing:
        answer = await self._ask("GET", f"/numbers/{quote(number, safe='')}")
        try:
            return Standing.model_validate_json(answer)
        except ValidationError as odd:
            raise PersonMustAct("register_standing_wrong", number=number) from odd

    async def search(self, told: SearchTold) -> SearchResult:
        where = f"/searches/{quote(told.id, safe='')}"
        answer = await self._ask("PUT", where, json=told.model_dump(mode="json", exclude={"id"}))
        try:
            return SearchResult.model_validate_json(answer)
        except ValidationError as odd:
            raise PersonMustAct("registry_answer_wrong", search=told.id) from odd
