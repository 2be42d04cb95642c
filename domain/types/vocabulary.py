"""The closed vocabularies: every word that a type file, an event or a page may use for a state, a step or a policy."""

from enum import StrEnum


class Family(StrEnum):
    """A family is a workflow: what the law makes different between kinds of procedure."""

    HEARING = "hearing"
    CIVIL_REGISTRY = "civil_registry"
    ADR = "adr"
    VICTIM_ASSISTANCE = "victim_assistance"
    COOPERATION = "cooperation"
    JUSTICE_OFFICE = "justice_office"


class Verb(StrEnum):
    """What an agenda item makes people do. A new verb is a new legal act, hence code; a new item type is not."""

    OPEN = "open"
    IDENTIFY = "identify"
    INFORM = "inform"
    CONSENT = "consent"
    SWEAR = "swear"
    HEAR = "hear"
    EXAMINE = "examine"
    EXHIBIT = "exhibit"
    DEPOSIT = "deposit"
    PROPOSE = "propose"
    SETTLE = "settle"
    FAIL_TO_SETTLE = "fail_to_settle"
    DECLARE = "declare"
    RULE = "rule"
    SIGN = "sign"
    NOTE = "note"
    PAUSE = "pause"
    ADJOURN = "adjourn"
    PROTECT = "protect"
    ASSESS = "assess"
    REFER = "refer"
    APPROVE_MINUTES = "approve_minutes"
    DELIVER = "deliver"
    VOTE = "vote"
    REQUEST = "request"
    """Asking another authority for something: what is put down becomes a document that is sent to it."""


class Stage(StrEnum):
    """Where a procedure stands."""

    REQUESTED = "requested"
    SUMMONED = "summoned"
    CHECKED_IN = "checked_in"
    IN_SESSION = "in_session"
    INTERRUPTED = "interrupted"
    ADJOURNED = "adjourned"
    DRAFTING = "drafting"
    APPROVAL = "approval"
    SIGNING = "signing"
    SEALING = "sealing"
    ANCHORING = "anchoring"
    DELIVERING = "delivering"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"
    PREPARATION = "preparation"
    """A request to another authority is being written; nobody is summoned."""
    SUBMISSION = "submission"
    AWAITING = "awaiting"
    ANSWERED = "answered"

    @property
    def ended(self) -> bool:
        """True when nothing more will happen in this procedure."""
        return self in (Stage.CLOSED, Stage.CANCELLED, Stage.NO_SHOW)


class StaffRole(StrEnum):
    """What an account may do; see `api/access/permissions.py` for the matrix."""

    CLERK = "clerk"
    OFFICIAL = "official"
    OFFICE = "office"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Side(StrEnum):
    """On which side of the screen a role sits."""

    AUTHORITY = "authority"
    CITIZEN = "citizen"
    PROFESSIONAL = "professional"


class Assurance(StrEnum):
    """eIDAS levels of assurance of an identification."""

    LOW = "low"
    SUBSTANTIAL = "substantial"
    HIGH = "high"

    @property
    def rank(self) -> int:
        return list(Assurance).index(self)


class IdentityMethod(StrEnum):
    """The mechanisms that have commands of their own on the wire. Every other is known by its code alone."""

    ID_DOCUMENT_FRAME = "id_document_frame"
    """The document is shown to the camera; a still taken on the server; an official confirms."""
    PIN_TO_MOBILE = "pin_to_mobile"
    """A one-time PIN to the mobile that the summons knows, bound to this act."""


class RecordingPolicy(StrEnum):
    """Law: LEC 147 makes recording mandatory in oral acts; elsewhere it needs consent or is forbidden."""

    MANDATORY_BY_LAW = "mandatory_by_law"
    WITH_CONSENT = "with_consent"
    AUDIO_ONLY = "audio_only"
    FORBIDDEN = "forbidden"


class Privacy(StrEnum):
    ORDINARY = "ordinary"
    RESTRICTED = "restricted"
    PROTECTED = "protected"
    """Alias everywhere, neutral words outside the room (RD 1109/2015; LO 19/1994 art. 2)."""


class Publicity(StrEnum):
    PUBLIC = "public"
    RESTRICTED = "restricted"
    CLOSED = "closed"


class TermDays(StrEnum):
    """Which days a term of days counts. No term is understood: its type says it."""

    CALENDAR = "calendar"
    """Every one, from the moment on. Law: CC art. 5.2."""
    COURT = "court"
    """Those on which courts work. Law: LEC art. 133.2, LOPJ arts. 182, 183 and 185."""
    OFFICE = "office"
    """No weekends and no public holidays. Law: Ley 39/2015 art. 30.2."""


class DocumentSource(StrEnum):
    DEPOSITED = "deposited"
    GENERATED = "generated"
    MINUTES = "minutes"
    RECEIVED = "received"
    """It came from another authority, with its message."""


class DocumentCharacter(StrEnum):
    """Law: RDL 6/2023 arts. 39-40; a scan of another document is never an original by itself."""

    ORIGINAL = "original"
    DIGITISED_COPY = "digitised_copy"
    AUTHENTIC_COPY = "authentic_copy"
    DRAFT = "draft"
    """Shown to be read before it is approved; nothing follows from it."""


class MalwareScan(StrEnum):
    """What the scanner said of a file as it was brought; all but the first two: it was not looked at, and why."""

    CLEAN = "clean"
    FOUND = "found"
    NO_SCANNER = "no_scanner"
    NO_ANSWER = "no_answer"
    TOO_LARGE = "too_large"


class SignatureMethod(StrEnum):
    AUTHENTICATED_ACT = "authenticated_act"
    """No certificate of one's own: will and fresh authentication, sealed by the body (RDL 6/2023 art. 60.7)."""
    OWN_CERTIFICATE = "own_certificate"
    SEAL = "seal"


class SignerAuthentication(StrEnum):
    """How an official showed who they are, once more, just before signing."""

    PASSWORD = "password"  # noqa: S105 - the name of a way
    PASSKEY = "passkey"
    ACCOUNT_PROVIDER = "account_provider"
    """With the account of their Administration, at its provider."""


class MailContent(StrEnum):
    """What a notice may carry. Law: LEC 152.2, a mail announces and is not the notification."""

    PDF = "pdf"
    LINK = "link"
    NEUTRAL = "neutral"
    NONE = "none"


class InterruptionCause(StrEnum):
    CONNECTION_LOST = "connection_lost"
    ABSENCE = "absence"
    RECESS = "recess"
    EXTERNAL_SYSTEM_DOWN = "external_system_down"
    POWER_CUT = "power_cut"
    DOCUMENT_MISSING = "document_missing"
    INTERPRETER_MISSING = "interpreter_missing"
    OTHER = "other"


class ItemState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    SUSPENDED = "suspended"
    DONE = "done"
    SKIPPED = "skipped"


class InMinutes(StrEnum):
    FULL = "full"
    MENTION = "mention"
    NONE = "none"


class BodyKind(StrEnum):
    """What a justice body is. Which kinds may hold a procedure is declared in its type."""

    PEACE_COURT = "peace_court"
    COURT = "court"
    REGISTRY = "registry"
    ADR_UNIT = "adr_unit"
    VICTIM_OFFICE = "victim_office"
    COMMISSION = "commission"
    """Several people who decide by votes."""


class WorkingTime(StrEnum):
    """On which days and at which hours a procedure may be held."""

    COURT = "court"
    """Law: LOPJ arts. 182 and 183, LEC art. 130; not in August nor at Christmas."""
    OFFICE = "office"
    """Law: Ley 39/2015 art. 30.2; not at weekends nor on public holidays."""
