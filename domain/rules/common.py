"""What several rules ask: who speaks, and at which stage a thing may be done."""

from domain.codes.id_numbers import has_right_letter, is_spanish
from domain.commands import Author, Command
from domain.errors import Refusal
from domain.ids import ParticipantId
from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.refusals.access import AUTHORITY_ONLY, HOST_ONLY, OFFICE_ONLY, ONLY_ONESELF
from domain.refusals.identity import ID_LETTER_WRONG, IDENTITY_LAPSED, IDENTITY_MISSING
from domain.refusals.people import PRIVATE_TALK_OPEN, SEAT_TAKEN_OVER, SESSION_NOT_ARRIVED
from domain.refusals.procedure import INTERRUPTED, WRONG_STAGE
from domain.types.vocabulary import Side, StaffRole, Stage

BEFORE_THE_ROOM = (Stage.SUMMONED, Stage.CHECKED_IN)


def at_stage(procedure: Procedure, *stages: Stage) -> None:
    """Raises `Refusal('interrupted')` with what is missing, or `Refusal('wrong_stage')`."""
    if procedure.stage in stages:
        return
    if procedure.stage is Stage.INTERRUPTED and procedure.interruption:
        raise Refusal(INTERRUPTED, cause=procedure.interruption.cause.value)
    raise Refusal(WRONG_STAGE, stage=procedure.stage.value, allowed=[stage.value for stage in stages])


def nobody_in_private(procedure: Procedure) -> None:
    """Nobody is left behind in a room that nobody looks after. Raises `Refusal('private_talk_open')`."""
    if procedure.private_talks:
        raise Refusal(PRIVATE_TALK_OPEN)


def acting_role(procedure: Procedure, author: Author) -> str:
    """The one role with which `author` acts: that of their seat, or of their account where they have none."""
    if author.participant is not None:
        return procedure.participant(author.participant).role
    return author.staff_roles[0].value if author.staff_roles else "system"


def as_host(procedure: Procedure, command: Command) -> Participant:
    """The host who asks. Raises `Refusal('host_only')`."""
    seat = command.author.participant
    if seat is not None:
        person = procedure.participant(seat)
        if procedure.role_of(person).hosts:
            return person
    raise Refusal(HOST_ONLY)


def as_authority(procedure: Procedure, command: Command) -> Participant:
    """Somebody of the justice body with a seat in this procedure. Raises `Refusal('authority_only')`."""
    seat = command.author.participant
    if seat is not None:
        person = procedure.participant(seat)
        if procedure.role_of(person).side is Side.AUTHORITY:
            return person
    raise Refusal(AUTHORITY_ONLY)


def as_oneself(procedure: Procedure, command: Command, participant: ParticipantId) -> Participant:
    """The person whom the command is about must be the one who asks (helped or not), where they arrived."""
    person = in_seat(procedure, command, participant)
    arrived_here(person, command.author.session)
    return person


def in_seat(procedure: Procedure, command: Command, participant: ParticipantId) -> Participant:
    """Whoever holds the summons of the person asks, in whatever session. Raises `Refusal('only_oneself')`."""
    person = procedure.participant(participant)
    if command.author.participant != participant:
        raise Refusal(ONLY_ONESELF)
    return person


def oneself_or_staff(procedure: Procedure, command: Command, participant: ParticipantId) -> Participant:
    """The person, a host, or the office official at the person's side."""
    if command.author.participant == participant:
        return as_oneself(procedure, command, participant)
    return staff_beside(procedure, command, participant)


def staff_beside(procedure: Procedure, command: Command, participant: ParticipantId) -> Participant:
    """A host, or the office official at the person's side."""
    person = procedure.participant(participant)
    if not _office_of(command, person):
        as_host(procedure, command)
    return person


def arrived_here(person: Participant, session: str | None) -> None:
    """A summons code opens a session; only the one in which the person arrived may act or see.

    `session`: None for whoever has none, as staff. Raises `Refusal('session_not_arrived')`.
    """
    if session is not None and session != person.session:
        raise Refusal(SESSION_NOT_ARRIVED, participant=person.id)


def same_person(person: Participant) -> None:
    """Law: RDL 6/2023 art. 60; who took a seat over is somebody else until identified there.

    Raises `Refusal('seat_taken_over')`.
    """
    if person.seat_taken_over:
        raise Refusal(SEAT_TAKEN_OVER, participant=person.id)


def office_official(procedure: Procedure, command: Command, participant: ParticipantId) -> Participant:
    """The official of the office where that person is. Raises `Refusal('office_only')`."""
    person = procedure.participant(participant)
    if not _office_of(command, person):
        raise Refusal(OFFICE_ONLY)
    return person


def _office_of(command: Command, person: Participant) -> bool:
    author = command.author
    return StaffRole.OFFICE in author.staff_roles and author.office is not None and author.office == person.office


def identified(procedure: Procedure, person: Participant) -> None:
    """Law: no act of a person whose identity is not verified, or has lapsed (RDL 6/2023 art. 60)."""
    if procedure.role_of(person).side is Side.AUTHORITY:
        return
    if person.identity.lapsed_cause:
        raise Refusal(IDENTITY_LAPSED, participant=person.id, cause=person.identity.lapsed_cause)
    if not procedure.is_identified(person):
        raise Refusal(IDENTITY_MISSING, participant=person.id)


def right_number(number: str | None) -> None:
    """Raises `Refusal('id_letter_wrong')` for a DNI or NIE whose letter does not fit its digits: a slip of the hand."""
    if number and is_spanish(number) and not has_right_letter(number):
        raise Refusal(ID_LETTER_WRONG)
