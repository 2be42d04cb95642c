"""A PIN by SMS to the mobile of the summons: five minutes, three tries, never seen in a history."""

from datetime import datetime, timedelta

from pydantic_settings import BaseSettings, SettingsConfigDict

from adapters.identity.tools import Tools
from domain.errors import Refusal
from domain.ids import ProcedureId
from domain.ports.identity import Attempt, Begun, IdentityMechanism, Verdict
from domain.procedure.people import Participant
from domain.refusals.identity import NO_MOBILE

PURPOSE = "identity"


class PinSettings(BaseSettings):
    """Environment: `ESTRADO_IDENTITY_PIN_TO_MOBILE_...`."""

    model_config = SettingsConfigDict(env_prefix="ESTRADO_IDENTITY_PIN_TO_MOBILE_", frozen=True)

    life: timedelta = timedelta(minutes=5)
    """How long a PIN can be entered (F-52)."""


class PinToMobile:
    def __init__(self, tools: Tools, settings: PinSettings) -> None:
        self._tools = tools
        self._settings = settings

    async def begin(self, procedure: ProcedureId, person: Participant, reference: str, at: datetime) -> Begun:
        """The reference is the id of the challenge and of the message: again sends nothing twice."""
        if person.mobile is None:
            raise Refusal(NO_MOBILE, participant=person.id)
        expires_at = at + self._settings.life
        pin = await self._tools.pins.open(reference, procedure, person.id, PURPOSE, expires_at)
        words = self._tools.text("sms.pin_identity", person.language, pin=pin)
        await self._tools.sms.send(reference, person.mobile, words)
        return Begun(expires_at=expires_at)

    async def complete(self, procedure: ProcedureId, person: Participant, reference: str, attempt: Attempt) -> Verdict:
        answer = await self._tools.pins.answer(reference, attempt.id, attempt.answers["pin"], attempt.at)
        return Verdict(verified=answer.correct, left=answer.left)

    async def self_check(self) -> None:
        """A gateway that is away is found out, and tried again, when a PIN is sent."""


def open_mechanism(tools: Tools) -> IdentityMechanism:
    return PinToMobile(tools, PinSettings())
