"""People arriving, being let in, losing the line."""

from datetime import timedelta

from pydantic import Field

from domain.base import Texts
from domain.events.base import Event
from domain.ids import AccountId, OfficeId, ParticipantId
from domain.journal.chain import Stamp
from domain.procedure.people import IN_THE_ROOM, Consent, Participant, Presence
from domain.procedure.state import Procedure
from domain.types.vocabulary import StaffRole, Stage


class ParticipantCheckedIn(Event):
    """Somebody sat down at an enrolled computer and presented the summons."""

    participant: ParticipantId
    office: OfficeId | None = None
    office_names: Texts | None = Field(default=None, exclude_if=lambda names: names is None)
    """What the office was called then; None up to 0.2, and where there is no office."""
    place: str
    """`office`, `court` or `own_device`."""
    device: str
    session: str | None = Field(default=None, exclude_if=lambda session: session is None)
    """Names the session in which the person arrived; None when somebody of staff let them arrive."""

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        person = procedure.participant(self.participant)
        presence = person.presence if person.presence is Presence.LOST else Presence.WAITING
        arrived = person.but(
            presence=presence,
            place=self.place,
            # Staff say where the person is; at which computer they sit, their own session says.
            device=self.device if self.session or not person.session else person.device,
            session=self.session or person.session,
            checked_in_at=stamp.at,
            # The office saw somebody act freely: not whoever sits down in another session after that.
            autonomy_attested_by=None if self._replaces(person) else person.autonomy_attested_by,
            secure_place=None if self._replaces(person) or self.place != person.place else person.secure_place,
        )
        stage = Stage.CHECKED_IN if procedure.stage in (Stage.SUMMONED, Stage.ADJOURNED) else procedure.stage
        return procedure.with_participant(arrived).but(stage=stage)

    def _replaces(self, person: Participant) -> bool:
        return self.session is not None and person.session is not None and self.session != person.session


class SeatTakenOver(Event):
    """Somebody sat down as a person who was admitted or identified: in another session, at another device or place.

    Law: the identity is that of whoever was seen, where they were seen (RDL 6/2023 art. 60.1, 62.2).
    """

    participant: ParticipantId
    place: str

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        person = procedure.participant(self.participant)
        gone = person.lost_at or (stamp.at if person.presence in IN_THE_ROOM else None)
        return _without_handwriting(procedure, self.participant).with_participant(
            person.but(
                presence=Presence.WAITING,
                seat_taken_over=True,
                lost_at=gone,
                identity=person.identity.but(still=None, begun=None),
                challenge=None,
            )
        )


def _without_handwriting(procedure: Procedure, participant: ParticipantId) -> Procedure:
    """What one hand wrote is not signed by whoever sits there next."""
    for document in procedure.documents:
        kept = tuple(one for one in document.handwritings if one.participant != participant)
        if kept != document.handwritings and not document.signed_by(participant):
            procedure = procedure.with_document(document.but(handwritings=kept))
    return procedure


class OfficialSeated(Event):
    """An official took a seat of the authority that was nobody's yet: from now on it is theirs, with their name.

    Or one of somebody whose it may no longer be: whoever takes it has not been in the act before.
    """

    participant: ParticipantId
    account: AccountId
    name: str
    staff_roles: tuple[StaffRole, ...] = Field(default=(), exclude_if=lambda roles: not roles)

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        person = procedure.participant(self.participant)
        seated = person.but(account=self.account, name=self.name, staff_roles=self.staff_roles)
        if person.account is not None:
            seated = seated.but(presence=Presence.EXPECTED, admitted_at=None, lost_at=None, absent=timedelta())
        return procedure.with_participant(seated)


class ParticipantCorrected(Event):
    """The name or the identity number of somebody was written wrong in the request, and is put right."""

    participant: ParticipantId
    name: str | None = None
    document_number: str | None = None
    reason: str

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        person = procedure.participant(self.participant)
        return procedure.with_participant(
            person.but(name=self.name or person.name, document_number=self.document_number or person.document_number)
        )


class AutonomyAttested(Event):
    """Law: RDL 6/2023 art. 62.3.b; the office official saw that the person acts freely."""

    participant: ParticipantId

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        person = procedure.participant(self.participant)
        return procedure.with_participant(person.but(autonomy_attested_by=stamp.actor))


class RoomOpened(Event):
    """The room exists from now on, and whoever opened it is in it."""

    room: str
    """`name/instance` of the media process that holds it; up to 0.2 the instance alone."""
    host: ParticipantId

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        host = procedure.participant(self.host).but(presence=Presence.ADMITTED, admitted_at=stamp.at)
        return procedure.with_participant(host).but(
            stage=Stage.IN_SESSION,
            room_opened_at=stamp.at,
            media=self.room.rpartition("/")[0],
            session_began_at=procedure.session_began_at or stamp.at,
        )


class ParticipantAdmitted(Event):
    participant: ParticipantId

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        person = procedure.participant(self.participant)
        return procedure.with_participant(person.but(presence=Presence.ADMITTED, admitted_at=stamp.at))


class ParticipantDismissed(Event):
    participant: ParticipantId
    reason: str

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        person = procedure.participant(self.participant)
        return procedure.with_participant(person.but(presence=Presence.DISMISSED))


class ParticipantJoined(Event):
    """The media of an admitted person runs (again)."""

    participant: ParticipantId

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        person = back_in_room(procedure.participant(self.participant), stamp)
        if procedure.talk_of(person.id):
            person = person.but(presence=Presence.IN_PRIVATE)
        return procedure.with_participant(person)


class ConnectionLost(Event):
    participant: ParticipantId

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        person = procedure.participant(self.participant)
        return procedure.with_participant(person.but(presence=Presence.LOST, lost_at=stamp.at))


class ParticipantLeft(Event):
    participant: ParticipantId

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        person = procedure.participant(self.participant)
        return procedure.with_participant(person.but(presence=Presence.LEFT, lost_at=person.lost_at or stamp.at))


class WarningsAcknowledged(Event):
    """Law: RDL 6/2023 art. 67; who takes part may not record. Data protection information was shown."""

    participant: ParticipantId
    text_version: str

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        person = procedure.participant(self.participant)
        return procedure.with_participant(person.but(warnings_acknowledged=True))


class ConsentGiven(Event):
    """An answer to the question whether the act may be recorded; no is an answer too."""

    participant: ParticipantId
    scope: str
    given: bool

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        person = procedure.participant(self.participant)
        consent = Consent(scope=self.scope, given=self.given, at=stamp.at)
        return procedure.with_participant(person.but(consents=(*person.consents, consent)))


class ConsentWithdrawn(Event):
    participant: ParticipantId

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        person = procedure.participant(self.participant)
        consents = tuple(consent.but(withdrawn_at=consent.withdrawn_at or stamp.at) for consent in person.consents)
        return procedure.with_participant(person.but(consents=consents))


def back_in_room(person: Participant, stamp: Stamp) -> Participant:
    """The person with the running gap closed and added to the time absent."""
    gap = stamp.at - person.lost_at if person.lost_at else person.absent - person.absent
    return person.but(presence=Presence.CONNECTED, lost_at=None, absent=person.absent + gap)
