"""The checklist of a secure place: the office says who is in the room, that the person acts freely and can confer."""

from pydantic import Field

from domain.commands.base import RecordedCommand
from domain.errors import Refusal
from domain.events.base import Event
from domain.ids import ParticipantId
from domain.journal.chain import Stamp
from domain.procedure.people import Presence
from domain.procedure.secure_place import Company, SecurePlace
from domain.procedure.state import Procedure
from domain.refusals.people import NOT_ARRIVED, NOT_AT_OFFICE
from domain.refusals.requests import FIELD_REQUIRED
from domain.rules.common import BEFORE_THE_ROOM, at_stage, office_official
from domain.types.validity import Place
from domain.types.vocabulary import Stage


class SecurePlaceChecked(Event):
    """Law: RDL 6/2023 art. 62.3.b and c; the last one counts, and whoever does not act freely is not attested."""

    participant: ParticipantId
    acts_freely: bool
    company: Company
    others: str | None = None
    private_talk: bool

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        seen = SecurePlace(
            acts_freely=self.acts_freely,
            company=self.company,
            others=self.others,
            private_talk=self.private_talk,
            checked_by=stamp.actor,
            checked_at=stamp.at,
        )
        person = procedure.participant(self.participant)
        attested = stamp.actor if self.acts_freely else None
        return procedure.with_participant(person.but(secure_place=seen, autonomy_attested_by=attested))


class CheckSecurePlace(RecordedCommand):
    """By staff of the office where the person sits; again whenever what they saw has changed."""

    participant: ParticipantId
    acts_freely: bool
    """No sign that somebody presses or prompts them."""
    company: Company
    others: str | None = Field(default=None, min_length=2, max_length=300)
    """Who is in the room with them: name, and as what."""
    private_talk: bool
    """They can talk to their lawyer there without being heard."""

    def events(self, procedure: Procedure) -> tuple[Event, ...]:
        alone = self.company is Company.ALONE
        return (
            SecurePlaceChecked(
                participant=self.participant,
                acts_freely=self.acts_freely,
                company=self.company,
                others=None if alone else self.others,
                private_talk=self.private_talk,
            ),
        )


def may_check_secure_place(procedure: Procedure, command: CheckSecurePlace) -> None:
    """Nobody can say of somebody who is not there how they take part."""
    person = office_official(procedure, command, command.participant)
    at_stage(
        procedure, *BEFORE_THE_ROOM, Stage.IN_SESSION, Stage.INTERRUPTED, Stage.APPROVAL, Stage.SIGNING
    )  # fmt: skip
    if person.presence is Presence.EXPECTED:
        raise Refusal(NOT_ARRIVED, participant=person.id)
    if person.place != Place.OFFICE:
        raise Refusal(NOT_AT_OFFICE, participant=person.id)
    if command.company is Company.ACCOMPANIED and not (command.others or "").strip():
        raise Refusal(FIELD_REQUIRED, field="others", kind="")
