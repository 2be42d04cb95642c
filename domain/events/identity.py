"""Who somebody is: stills, confirmations, PINs, waivers, and identities that lapse."""

from collections.abc import Callable
from datetime import datetime

from pydantic import Field

from domain.events.base import Event
from domain.ids import ParticipantId
from domain.journal.chain import Stamp
from domain.procedure.documents import DocumentRef
from domain.procedure.people import Advice, Challenge, Identification, Identity, IdentityCheck, PosedStill
from domain.procedure.state import Procedure
from domain.types.rejection import RejectionCause
from domain.types.vocabulary import Assurance


class StillCaptured(Event):
    """A frame taken from the live stream on the server, waiting for an official's decision."""

    participant: ParticipantId
    still: DocumentRef

    def subjects(self) -> tuple[str, ...]:
        return (self.still.sha256,)

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        person = procedure.participant(self.participant)
        # What was begun was seen on an earlier still: nobody completes it with this one.
        return procedure.with_participant(person.but(identity=person.identity.but(still=self.still, begun=None)))


class IdentificationBegun(Event):
    """A mechanism is ready for an attempt: a still was taken, a code was sent. `reference` names it until its end."""

    participant: ParticipantId
    mechanism: str
    reference: str
    expires_at: datetime | None = None
    still: DocumentRef | None = None
    poses: tuple[str, ...] = Field(default=(), exclude_if=lambda poses: not poses)
    consented: bool = Field(default=False, exclude_if=lambda consented: not consented)
    """The person read what the mechanism does with them, and said yes to it by beginning (GDPR art. 9.2.a)."""

    def subjects(self) -> tuple[str, ...]:
        return (self.still.sha256,) if self.still else ()

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        person = procedure.participant(self.participant)
        begun = Identification(
            mechanism=self.mechanism, reference=self.reference, expires_at=self.expires_at, poses=self.poses
        )
        return procedure.with_participant(person.but(identity=person.identity.but(begun=begun, still=self.still)))


class PoseTaken(Event):
    """A still of one of the poses that the mechanism drew, taken from the live stream on the server."""

    participant: ParticipantId
    mechanism: str
    reference: str
    pose: str
    still: DocumentRef

    def subjects(self) -> tuple[str, ...]:
        return (self.still.sha256,)

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        taken = PosedStill(pose=self.pose, still=self.still)
        return _of_begun(procedure, self, lambda begun: begun.but(stills=(*begun.stills, taken)))


class IdentificationAdvised(Event):
    """What the mechanism saw on the stills. Nobody is identified by it: whoever completes it decides."""

    participant: ParticipantId
    mechanism: str
    reference: str
    advice: Advice

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        return _of_begun(procedure, self, lambda begun: begun.but(advice=self.advice))


class IdentificationStopped(Event):
    """The person took their consent back, or whoever holds the act left this way of identifying them."""

    participant: ParticipantId
    mechanism: str
    reference: str

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        return _of_begun(procedure, self, lambda _: None)


def _of_begun(
    procedure: Procedure,
    event: PoseTaken | IdentificationAdvised | IdentificationStopped,
    change: Callable[[Identification], Identification | None],
) -> Procedure:
    """Nothing changes where another identification has begun meanwhile."""
    person = procedure.participant(event.participant)
    begun = person.identity.begun
    if begun is None or begun.reference != event.reference:
        return procedure
    return procedure.with_participant(person.but(identity=person.identity.but(begun=change(begun))))


class IdentificationFailed(Event):
    """An attempt did not verify the person. With none left it has to begin again."""

    participant: ParticipantId
    mechanism: str
    reference: str
    left: int
    why: str = Field(default="", exclude_if=lambda why: not why)
    """The code of a refusal that says more."""

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        person = procedure.participant(self.participant)
        begun = person.identity.begun
        if begun is None or begun.reference != self.reference:
            return procedure
        failed = begun.but(failures=begun.failures + 1, left=self.left) if self.left else None
        return procedure.with_participant(person.but(identity=person.identity.but(begun=failed)))


class IdentityConfirmed(Event):
    """One mechanism succeeded."""

    participant: ParticipantId
    method: str
    assurance: Assurance
    document_number: str | None = None
    evidence: DocumentRef | None = None
    reference: str | None = None

    def subjects(self) -> tuple[str, ...]:
        return (self.evidence.sha256,) if self.evidence else ()

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        person = procedure.participant(self.participant)
        check = IdentityCheck(
            method=self.method,
            assurance=self.assurance,
            checked_at=stamp.at,
            checked_by=stamp.actor,
            evidence=self.evidence,
            reference=self.reference,
        )
        earlier = () if person.identity.lapsed_cause else person.identity.checks
        identity = Identity(checks=(*earlier, check))
        return procedure.with_participant(
            person.but(
                identity=identity,
                document_number=self.document_number or person.document_number,
                seat_taken_over=person.seat_taken_over and not identity.satisfies(procedure.identified_by(person)),
            )
        )


class IdentityRejected(Event):
    """The official saw the document and did not accept it."""

    participant: ParticipantId
    cause: RejectionCause | None = Field(default=None, exclude_if=lambda cause: cause is None)
    """None where only words were asked for."""
    reason: str
    """In words; empty where the cause says enough."""

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        person = procedure.participant(self.participant)
        return procedure.with_participant(person.but(identity=person.identity.but(still=None, begun=None)))


class IdentityWaived(Event):
    participant: ParticipantId
    reason: str

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        person = procedure.participant(self.participant)
        waived = Identity(checks=person.identity.checks, waived_by=stamp.actor, waiver_reason=self.reason)
        return procedure.with_participant(person.but(identity=waived, seat_taken_over=False))


class IdentityLapsed(Event):
    """Law: continuity was broken, so people identify themselves again before they sign (BOE-A-2021-9004)."""

    participant: ParticipantId
    cause: str

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        person = procedure.participant(self.participant)
        lapsed = person.identity.but(
            lapsed_cause=self.cause, waived_by=None, waiver_reason=None, still=None, begun=None
        )
        return procedure.with_participant(person.but(identity=lapsed, challenge=None))


class PinSent(Event):
    """A one-time PIN went to the mobile that the summons knows. `purpose` binds it to what it may be used for."""

    participant: ParticipantId
    challenge: str
    purpose: str
    expires_at: datetime

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        person = procedure.participant(self.participant)
        challenge = Challenge(id=self.challenge, purpose=self.purpose, sent_at=stamp.at, expires_at=self.expires_at)
        return procedure.with_participant(person.but(challenge=challenge))


class PinFailed(Event):
    participant: ParticipantId
    challenge: str
    left: int

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        person = procedure.participant(self.participant)
        if person.challenge is None:
            return procedure
        failed = person.challenge.but(failures=person.challenge.failures + 1, closed=self.left == 0)
        return procedure.with_participant(person.but(challenge=failed))
