"""The people of one procedure: who they are, where they are, and what is known of their identity."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from pydantic import Field

from domain.base import Value
from domain.ids import AccountId, OfficeId, ParticipantId
from domain.languages import DEFAULT_LANGUAGE
from domain.procedure.documents import DocumentRef
from domain.procedure.secure_place import SecurePlace
from domain.types.identity_policy import IdentityRule
from domain.types.vocabulary import Assurance, StaffRole

OF_AGE = 18


class Presence(StrEnum):
    EXPECTED = "expected"
    WAITING = "waiting"
    ADMITTED = "admitted"
    CONNECTED = "connected"
    LOST = "lost"
    LEFT = "left"
    DISMISSED = "dismissed"
    IN_PRIVATE = "in_private"
    """In a talk of lawyer and client, out of sight and hearing of the main room."""


IN_THE_ROOM = (Presence.ADMITTED, Presence.CONNECTED, Presence.LOST, Presence.LEFT, Presence.IN_PRIVATE)
"""Admitted and not sent away: whoever lost the line comes back without asking."""


class IdentityCheck(Value):
    """One mechanism that succeeded, with its evidence."""

    method: str
    """Code of the mechanism."""
    assurance: Assurance
    checked_at: datetime
    checked_by: str
    evidence: DocumentRef | None = None
    """The still of a document shown to the camera, or the answer of a provider; encrypted."""
    reference: str | None = None
    """The challenge id for a PIN, the identification that a provider answered. Never the PIN."""


class PosedStill(Value):
    pose: str
    still: DocumentRef


class Advice(Value):
    """What a mechanism saw, told to whoever decides. `band` and `doubts` are codes that the mechanism declares."""

    band: str
    doubts: tuple[str, ...] = ()
    facts: dict[str, str] = Field(default_factory=dict)
    """By which means and limits it came to this: what an expert needs to come to it again from the same stills."""


class Identification(Value):
    """One that was begun."""

    mechanism: str
    reference: str
    """Names it for the mechanism, from its beginning to its end."""
    expires_at: datetime | None = None
    failures: int = 0
    left: int | None = None
    """Attempts that remain after the last failure; None before any."""
    poses: tuple[str, ...] = Field(default=(), exclude_if=lambda poses: not poses)
    """Of which a still is taken, in this order."""
    stills: tuple[PosedStill, ...] = Field(default=(), exclude_if=lambda stills: not stills)
    advice: Advice | None = Field(default=None, exclude_if=lambda advice: advice is None)

    @property
    def next_pose(self) -> str | None:
        return self.poses[len(self.stills)] if len(self.stills) < len(self.poses) else None


class Identity(Value):
    """What is known of a person's identity in this act (law: RDL 6/2023 art. 60, specific for the act)."""

    checks: tuple[IdentityCheck, ...] = ()
    begun: Identification | None = Field(default=None, exclude_if=lambda begun: begun is None)
    """The one that was begun last and has come to nothing yet."""
    still: DocumentRef | None = None
    """The last still taken, waiting for an official's decision."""
    waived_by: str | None = None
    waiver_reason: str | None = None
    lapsed_cause: str | None = None
    """Set when an interruption made earlier checks void; cleared when verified again."""

    @property
    def stills(self) -> tuple[DocumentRef, ...]:
        """Those that wait for a decision, the last one last."""
        alone = (self.still,) if self.still else ()
        return (*alone, *(taken.still for taken in self.begun.stills)) if self.begun else alone

    def satisfies(self, policy: IdentityRule) -> bool:
        """True when the checks (or a reasoned waiver) fulfil `policy` now."""
        if self.lapsed_cause:
            return False
        if self.waived_by:
            return True
        done = {check.method for check in self.checks}
        covered = [bool(done & set(policy.choices(method))) for method in policy.methods]
        enough = all(covered) if policy.every else any(covered)
        return enough and any(check.assurance.rank >= policy.minimum.rank for check in self.checks)

    @property
    def stands(self) -> bool:
        """Something was verified or waived, and has not lapsed."""
        return bool(self.checks or self.waived_by) and not self.lapsed_cause

    def next_method(self, policy: IdentityRule) -> str | None:
        """The first mechanism of the policy that is still to be done; None when satisfied."""
        return None if self.satisfies(policy) else self.due(policy)[0]

    def due(self, policy: IdentityRule) -> tuple[str, ...]:
        """Those of the policy that nothing stands for yet; where all have something and it is too little, the first."""
        done = set() if self.lapsed_cause else {check.method for check in self.checks}
        missing = tuple(method for method in policy.methods if not done & set(policy.choices(method)))
        return missing or policy.methods[:1]


class Consent(Value):
    scope: str
    """`audio_video` or `audio`."""
    given: bool
    at: datetime
    withdrawn_at: datetime | None = None


class Challenge(Value):
    """A PIN that was sent. Only its id and purpose are known here."""

    id: str
    purpose: str
    """`identity`, or the SHA-256 of the document to be signed."""
    sent_at: datetime
    expires_at: datetime
    failures: int = 0
    closed: bool = False


class Participant(Value):
    """Somebody who takes part, as summoned."""

    id: ParticipantId
    role: str
    name: str
    """Given name and surnames as the summons has them; an alias for protected profiles."""
    document_number: str | None = None
    email: str | None = None
    mobile: str | None = None
    language: str = DEFAULT_LANGUAGE
    birth_date: str | None = None
    account: AccountId | None = None
    """For the authority's side."""
    staff_roles: tuple[StaffRole, ...] = Field(default=(), exclude_if=lambda roles: not roles)
    """Of that account when the seat became theirs; empty while it is nobody's, and where nobody noted them."""
    office: OfficeId | None = None
    """From which office the person is expected to appear."""
    presence: Presence = Presence.EXPECTED
    place: str | None = None
    device: str | None = None
    session: str | None = Field(default=None, exclude_if=lambda session: session is None)
    """In which the person arrived; None when somebody of staff let them arrive, and up to version 0.2."""
    seat_taken_over: bool = Field(default=False, exclude_if=lambda taken: not taken)
    """Somebody sat down elsewhere as this person, and is not identified yet."""
    checked_in_at: datetime | None = None
    admitted_at: datetime | None = None
    lost_at: datetime | None = None
    absent: timedelta = timedelta()
    identity: Identity = Identity()
    consents: tuple[Consent, ...] = ()
    challenge: Challenge | None = None
    autonomy_attested_by: str | None = None
    """Law: RDL 6/2023 art. 62.3.b; the office official saw that the person acts freely."""
    secure_place: SecurePlace | None = Field(default=None, exclude_if=lambda seen: seen is None)
    """What the office saw where the person sits; None while nobody has looked."""
    warnings_acknowledged: bool = False
    asks_for_help: bool = Field(default=False)
    floor_asked_at: datetime | None = Field(default=None, exclude_if=lambda at: at is None)
    floor_given_at: datetime | None = Field(default=None, exclude_if=lambda at: at is None)
    muted_at: datetime | None = Field(default=None, exclude_if=lambda at: at is None)
    """When whoever holds the act closed their microphone, theirs alone."""

    @property
    def asks_for_floor(self) -> bool:
        return self._since_admission(self.floor_asked_at)

    @property
    def has_floor(self) -> bool:
        return self._since_admission(self.floor_given_at)

    @property
    def is_muted(self) -> bool:
        return self._since_admission(self.muted_at)

    def _since_admission(self, at: datetime | None) -> bool:
        """Whoever was sent out, came in elsewhere or came back on another day asks anew."""
        if at is None or self.admitted_at is None or self.presence not in IN_THE_ROOM:
            return False
        return at >= self.admitted_at

    def is_seated_at(self, session: str | None, place: str, device: str) -> bool:
        """Whether it is where the person sits already. Without a session, somebody of staff says the place."""
        if session is None:
            return place == self.place
        return (session, place, device) == (self.session, self.place, self.device)

    def is_minor(self, on: date) -> bool:
        """Known to be under eighteen on that day; False where nobody said when the person was born."""
        born = date.fromisoformat(self.birth_date) if self.birth_date else date.min
        return (on.year - born.year) - ((on.month, on.day) < (born.month, born.day)) < OF_AGE

    @property
    def consents_to_recording(self) -> bool:
        """The last answer was yes, and nothing has been taken back since."""
        return bool(self.consents) and self.consents[-1].given and self.consents[-1].withdrawn_at is None
