"""One procedure: the state that its events add up to. Everything the console, the rules and the minutes read."""

from datetime import datetime
from typing import Self

from pydantic import Field

from domain.base import Value
from domain.errors import Refusal
from domain.ids import AdministrationId, OfficeId, ParticipantId, ProcedureId, RoomId, Sha256, main_room
from domain.languages import DEFAULT_LANGUAGE
from domain.procedure.agenda import AgendaItem, Declaration
from domain.procedure.cooperation import Cooperation
from domain.procedure.criminal_records import CriminalRecords
from domain.procedure.documents import CaseDocument, DocumentRef
from domain.procedure.interruption import Interruption
from domain.procedure.minutes import Minutes
from domain.procedure.people import Participant, Presence
from domain.procedure.private_talk import PrivateTalk
from domain.procedure.recording import Recording
from domain.procedure.register_entries import RegisterEntry
from domain.procedure.registry_searches import RegistrySearch
from domain.refusals.agenda import UNKNOWN_ITEM
from domain.refusals.documents import UNKNOWN_DOCUMENT
from domain.refusals.people import UNKNOWN_PARTICIPANT
from domain.types.identity_policy import IdentityRule
from domain.types.procedure_type import ResolvedType, Role
from domain.types.vocabulary import BodyKind, ItemState, Side, Stage


class Notice(Value):
    """A mail that went out, with the relay's own words."""

    kind: str
    recipient: ParticipantId
    message_id: str
    smtp_reply: str
    sent_at: datetime


class AnchorReceipt(Value):
    """Where the root of the batch stands on the chain."""

    chain_id: int
    contract: str
    tx: str
    block: int
    root: Sha256
    anchored_at: datetime


class Procedure(Value):
    id: ProcedureId
    type: ResolvedType
    administration: AdministrationId
    body: str
    body_kind: BodyKind | None = Field(default=None, exclude_if=lambda kind: kind is None)
    """None where it is not said, as up to 0.2."""
    office: OfficeId
    case_number: str
    nig: str | None = None
    external_id: str | None = None
    language: str = DEFAULT_LANGUAGE
    """Language of the record; each participant has a language of their own."""
    scheduled_at: datetime
    stage: Stage = Stage.REQUESTED
    outcome: str | None = None
    declared: Declaration | None = Field(default=None, exclude_if=lambda declared: declared is None)
    """None where the type asks for none, as up to 0.2."""
    participants: tuple[Participant, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    documents: tuple[CaseDocument, ...] = ()
    minutes: Minutes | None = None
    interruption: Interruption | None = None
    interruptions: int = 0
    absence_judged_for: datetime | None = None
    """The date for which it has been judged who is missing; another date is judged anew."""
    room_opened_at: datetime | None = None
    everyone_muted_at: datetime | None = Field(default=None, exclude_if=lambda at: at is None)
    """When whoever holds the act closed all microphones."""
    media: str = ""
    """Name of the media process that holds the room; empty: there is only one, as up to 0.2."""
    private_talks: tuple[PrivateTalk, ...] = Field(default=(), exclude_if=lambda talks: not talks)
    """Those that go on now."""
    private_rooms: int = Field(default=0, exclude_if=lambda rooms: not rooms)
    """How many there have been."""
    session_began_at: datetime | None = None
    session_ended_at: datetime | None = None
    recording: Recording | None = Field(default=None, exclude_if=lambda recording: recording is None)
    """None until something was recorded or should have been; so it was up to 0.2."""
    cooperation: Cooperation | None = Field(default=None, exclude_if=lambda cooperation: cooperation is None)
    """Of a request to a foreign authority: each time it was sent, and what was answered."""
    criminal_records: CriminalRecords | None = Field(default=None, exclude_if=lambda asked: asked is None)
    register_entries: tuple[RegisterEntry, ...] = Field(default=(), exclude_if=lambda entries: not entries)
    """Documents that a register outside was asked to take."""
    registry_searches: tuple[RegistrySearch, ...] = Field(default=(), exclude_if=lambda searches: not searches)
    """Entries that were looked for in a register outside."""
    notices: tuple[Notice, ...] = ()
    bundle_root: Sha256 | None = None
    anchor: AnchorReceipt | None = None
    bundle: DocumentRef | None = None
    cancelled_because: str | None = Field(default=None, exclude_if=lambda reason: reason is None)
    """As somebody typed it, or the code of a rule of the type."""
    trouble: str | None = None
    """Code of what an automatic step waits for (an external system is down); None when all goes on."""
    changed_at: datetime | None = None

    # -- looking things up -------------------------------------------------------------------------------------------

    def participant(self, id: str) -> Participant:
        """Raises `Refusal('unknown_participant')`."""
        for participant in self.participants:
            if participant.id == id:
                return participant
        raise Refusal(UNKNOWN_PARTICIPANT, participant=id)

    def item(self, id: str) -> AgendaItem:
        """Raises `Refusal('unknown_item')`."""
        for item in self.agenda:
            if item.id == id:
                return item
        raise Refusal(UNKNOWN_ITEM, item=id)

    def document(self, id: str) -> CaseDocument:
        """Raises `Refusal('unknown_document')`."""
        for document in self.documents:
            if document.id == id:
                return document
        raise Refusal(UNKNOWN_DOCUMENT, document=id)

    def role_of(self, participant: Participant) -> Role:
        """As it is called for that person."""
        return self.role(participant.role).played_by(participant.staff_roles)

    def role(self, code: str) -> Role:
        """As it is called before the body that holds the act."""
        return self.type.procedure.role(code).at(self.body_kind)

    def identified_by(self, participant: Participant) -> IdentityRule:
        """The mechanisms, and what they have to reach, for that person."""
        return self.type.procedure.identity.of(participant.role)

    def is_identified(self, participant: Participant) -> bool:
        return participant.identity.satisfies(self.identified_by(participant))

    @property
    def roles(self) -> tuple[Role, ...]:
        return tuple(role.at(self.body_kind) for role in self.type.procedure.roles)

    def talk_of(self, participant: str) -> PrivateTalk | None:
        return next((talk for talk in self.private_talks if participant in talk.people), None)

    def room_of(self, participant: str) -> RoomId:
        """The live room in which this person belongs now."""
        talk = self.talk_of(participant)
        return talk.room if talk else main_room(self.id)

    @property
    def citizens(self) -> tuple[Participant, ...]:
        return tuple(person for person in self.participants if self.role_of(person).side is not Side.AUTHORITY)

    @property
    def hosts(self) -> tuple[Participant, ...]:
        return tuple(person for person in self.participants if self.role_of(person).hosts)

    @property
    def recording_is_minutes(self) -> bool:
        """Law: LEC art. 146.2; a recording with guarantees is the minutes, otherwise they are written."""
        recorded = self.recording is not None and self.recording.whole
        return recorded and self.type.procedure.minutes.mode == "recording_is_acta"

    @property
    def room_is_open(self) -> bool:
        """From its opening until the minutes are sealed: people wait for them, read and sign them before the others."""
        held = (Stage.IN_SESSION, Stage.INTERRUPTED, Stage.DRAFTING, Stage.APPROVAL, Stage.SIGNING)
        return self.room_opened_at is not None and self.stage in held

    def present(self) -> tuple[Participant, ...]:
        return tuple(
            person for person in self.participants if person.presence in (Presence.ADMITTED, Presence.CONNECTED)
        )

    @property
    def everyone_is_muted(self) -> bool:
        """On another day the room is opened anew, and everybody is heard."""
        at, opened = self.everyone_muted_at, self.room_opened_at
        return at is not None and opened is not None and at >= opened

    def muted(self) -> tuple[Participant, ...]:
        """Whom nobody hears in the main room, there or not: never whoever holds the act or has the floor."""
        everyone = self.everyone_is_muted
        speaks = {person.id for person in self.participants if self.role_of(person).hosts or person.has_floor}
        return tuple(p for p in self.participants if p.id not in speaks and (everyone or p.is_muted))

    def open_item(self) -> AgendaItem | None:
        return next((item for item in self.agenda if item.state is ItemState.OPEN), None)

    def standing(self) -> tuple[CaseDocument, ...]:
        """The documents without those that were written anew since."""
        last = {document.place: document.id for document in self.documents}
        return tuple(document for document in self.documents if last[document.place] == document.id)

    def was_rewritten(self, document: CaseDocument) -> bool:
        """What it was written from was corrected: a later one says it anew, and nobody signs this one any more."""
        last = next(one for one in reversed(self.documents) if one.place == document.place)
        return last.id != document.id

    def signers_of(self, document: CaseDocument) -> tuple[str, ...]:
        """Participant ids (or `body`) that the plan wants on `document`, in order."""
        wanted: list[str] = []
        for plan in self.type.procedure.signatures:
            if plan.document == document.code:
                whose = self.person_of(document) if plan.each_their_own else None
                for role in plan.signers:
                    people = [p.id for p in self.participants if p.role == role and whose in (None, p.id)]
                    wanted += ["body"] if role == "body" else people
        return tuple(wanted)

    def person_of(self, document: CaseDocument) -> str | None:
        """Whom the item from which it was written deals with; None where that is nobody in particular."""
        item = next((item for item in self.agenda if item.id == document.item), None)
        if item is None:
            return None
        about = self.type.item(item.code).about
        named = item.values.get(about) if about else None
        return item.person or (str(named) if named else None)

    def appeared(self, participant: Participant) -> bool:
        """Has been let in, on this day or on an earlier one; whoever holds the act lets nobody else in."""
        return participant.admitted_at is not None

    def asked_to_sign(self, document: CaseDocument) -> tuple[str, ...]:
        """Participant ids of `signers_of` who are asked (law: LJV arts. 144.3 and 145.3, those who appear sign)."""
        if self.was_rewritten(document):
            return ()
        absent = {person.id for person in self.citizens if not self.appeared(person)}
        return tuple(signer for signer in self.signers_of(document) if signer != "body" and signer not in absent)

    # -- changed copies ----------------------------------------------------------------------------------------------

    def with_participant(self, changed: Participant) -> Self:
        people = tuple(changed if person.id == changed.id else person for person in self.participants)
        return self.but(participants=people)

    def with_item(self, changed: AgendaItem) -> Self:
        return self.but(agenda=tuple(changed if item.id == changed.id else item for item in self.agenda))

    def with_document(self, changed: CaseDocument) -> Self:
        documents = tuple(changed if document.id == changed.id else document for document in self.documents)
        return self.but(documents=documents)
