"""A procedure type: everything that can be declared about a procedure, in the form of its YAML file."""

import hashlib
from datetime import timedelta
from enum import StrEnum

import rfc8785
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from domain.base import Texts, Value
from domain.ids import Sha256
from domain.types.absence import AbsenceRule
from domain.types.agenda_plan import AgendaPlan
from domain.types.cooperation import CooperationPlan
from domain.types.document_plan import DocumentPlan, SignaturePlan, WrittenWhen
from domain.types.identity_policy import IdentityPolicy
from domain.types.information import CitizenInformation
from domain.types.item_type import AgendaItemType
from domain.types.mechanism import Mechanism
from domain.types.mechanisms_0_2 import AS_OF_0_2
from domain.types.minutes_plan import MinutesPlan
from domain.types.validity import Validity
from domain.types.vocabulary import (
    BodyKind,
    DocumentSource,
    Family,
    Privacy,
    Publicity,
    RecordingPolicy,
    Side,
    SignatureMethod,
    StaffRole,
    TermDays,
    WorkingTime,
)

MINUTES = "minutes"
"""The document code of the minutes in every type."""


class Role(Value):
    """A role that people play in the procedure."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    titles: Texts
    titles_at: dict[BodyKind, Texts] = Field(default={}, exclude_if=lambda titles: not titles)
    """What it is called instead before a body of that kind."""
    titles_as: dict[StaffRole, Texts] = Field(default={}, exclude_if=lambda titles: not titles)
    """What it is called where an account with that one of `account_roles` plays it: a judge, a court clerk."""
    side: Side
    minimum: int = Field(default=1, ge=0)
    maximum: int = Field(default=1, ge=1)
    hosts: bool = False
    """May open the room, admit, hold the agenda and close the session."""
    account_roles: tuple[StaffRole, ...] = ()
    """For the authority's side: the staff roles that may play it."""
    confers_with: tuple[str, ...] = Field(default=(), exclude_if=lambda roles: not roles)
    """Of a lawyer: the roles whose people they may talk with in private."""
    alias: Texts | None = None
    """What everybody but the clerk sees instead of a name (protected profiles)."""

    def at(self, body: BodyKind | None) -> "Role":
        """With the titles that it has before a body of that kind."""
        return self.but(titles=self.titles_at[body]) if body in self.titles_at else self

    def played_by(self, staff_roles: tuple[StaffRole, ...]) -> "Role":
        """With the titles of whoever plays it; as they are where that does not single one out."""
        told = [self.titles_as[one] for one in staff_roles if one in self.titles_as]
        return self.but(titles=told[0]) if len(told) == 1 else self


class ExpiryAction(StrEnum):
    """What a deadline does when it passes; the closed list of what the workflows know."""

    NO_SHOW = "no_show"
    REMIND = "remind"
    """The console says that it has passed, and keeps saying so until somebody acts."""


class DeadlineStart(StrEnum):
    SCHEDULED = "scheduled"
    INTERRUPTED = "interrupted"


class Deadline(Value):
    rule: str
    start: DeadlineStart
    length: timedelta
    days: TermDays | None = Field(default=None, exclude_if=lambda days: days is None)
    """Which days are counted; needed from one day on. None in procedures that began before it was asked for."""
    on_expiry: ExpiryAction
    bounds_new_date: bool = Field(default=False, exclude_if=lambda bounds: not bounds)
    """Where somebody was absent the new date lies within it, counted from when it is set."""
    legal_basis: str | None = None

    @property
    def in_working_days(self) -> bool:
        return self.days in (TermDays.COURT, TermDays.OFFICE)


class Eligibility(StrEnum):
    """What must hold when an act is booked; each has its rule in `domain/rules/booking.py`, and its law there."""

    ADULTS_ONLY_FROM_OFFICE = "adults_only_from_office"
    REQUEST_TEN_DAYS_BEFORE = "request_ten_days_before"
    FIVE_DAYS_BETWEEN_SUMMONS_AND_ACT = "five_days_between_summons_and_act"
    FIFTEEN_DAYS_BETWEEN_SUMMONS_AND_ACT = "fifteen_days_between_summons_and_act"


class ProcedureType(Value):
    """One file of `procedure_types/`."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{2,49}$")
    code: str
    version: int = Field(ge=1)
    family: Family
    titles: Texts
    neutral_titles: Texts | None = None
    """What desks, mails and lists show for protected profiles."""
    legal_basis: tuple[str, ...] = Field(min_length=1)
    information: CitizenInformation
    eligibility: tuple[Eligibility, ...] = ()
    held_by: tuple[BodyKind, ...] = Field(default=(), exclude_if=lambda kinds: not kinds)
    """Kinds of bodies that may hold it; empty: any."""
    working_time: WorkingTime | None = Field(default=None, exclude_if=lambda time: time is None)
    """When it may be held; None: at any time."""
    lasts: timedelta | None = Field(default=None, exclude_if=lambda length: length is None)
    """The slot that it is given: told to whoever is summoned, and over before the office closes."""
    roles: tuple[Role, ...] = Field(min_length=1)
    identity: IdentityPolicy
    recording: RecordingPolicy
    privacy: Privacy = Privacy.ORDINARY
    publicity: Publicity
    agenda: AgendaPlan
    documents: tuple[DocumentPlan, ...] = ()
    signatures: tuple[SignaturePlan, ...] = ()
    minutes: MinutesPlan
    outcomes: dict[str, Texts] = Field(min_length=1)
    deadlines: tuple[Deadline, ...] = ()
    absence: tuple[AbsenceRule, ...] = Field(default=(), exclude_if=lambda rules: not rules)
    """What follows when the `no_show` deadline passes and somebody is missing; the first line that names them."""
    validity: Validity = Field(default=Validity(), exclude_if=lambda validity: validity.empty)
    """What makes the act valid; nothing for procedures that began up to version 0.2."""
    cooperation: CooperationPlan | None = Field(default=None, exclude_if=lambda plan: plan is None)
    """Of a request to a foreign authority: by which instrument, and to whom."""
    tells_cancellation: bool = Field(default=True, exclude_if=lambda tells: tells)
    """False where a message at the wrong moment can do harm."""
    retention_years: int = Field(ge=1, le=100)
    """How long the records are kept once it has ended; the summons says so (GDPR art. 13.2.a)."""

    @model_validator(mode="after")
    def _refers_only_to_what_it_declares(self) -> "ProcedureType":
        roles = {role.code for role in self.roles}
        documents = {document.code for document in self.documents} | {MINUTES}
        used = {self.minutes.approver, *self.minutes.mail_to} | {
            signer for plan in self.signatures for signer in plan.signers if signer != "body"
        }
        used |= {role for rule in self.absence for role in rule.roles}
        used |= {planned.role for planned in self.agenda.planned if planned.role}
        used |= {self.identity.waiver_role} if self.identity.waiver_role else set()
        used |= {*self.identity.roles}
        used |= self.validity.roles
        used |= {code for role in self.roles for code in role.confers_with}
        _refuse_undeclared("roles", used, roles)
        signed = {plan.document for plan in self.signatures} | self.validity.documents | {*self.minutes.mail_documents}
        _refuse_undeclared("documents", signed, documents)
        outcomes = {outcome for document in self.documents for outcome in document.commits_to}
        outcomes |= {rule.outcome for rule in self.validity.outcomes}
        outcomes |= {outcome for paragraph in self.minutes.wording for outcome in paragraph.outcomes}
        outcomes |= {*self.validity.admission.ends_as} if self.validity.admission else set()
        _refuse_undeclared("outcomes", outcomes, set(self.outcomes))
        if not any(role.hosts for role in self.roles):
            raise PydanticCustomError("no_host", "no role hosts the session")
        return self

    def role(self, code: str) -> Role:
        return next(role for role in self.roles if role.code == code)

    def signature(self, document: str, signer: str) -> SignaturePlan | None:
        """The line of the plan by which `signer` (a role, or `body`) signs `document`."""
        lines = (plan for plan in self.signatures if plan.document == document and signer in plan.signers)
        return next(lines, None)

    def signs_with_certificate(self, role: str) -> bool:
        """True when whoever plays `role` signs something with a certificate of their own."""
        return any(p.method is SignatureMethod.OWN_CERTIFICATE and role in p.signers for p in self.signatures)

    def document(self, code: str) -> DocumentPlan | None:
        return next((document for document in self.documents if document.code == code), None)

    def written(self, when: WrittenWhen, item: str | None = None) -> tuple[DocumentPlan, ...]:
        """The documents that are written at that moment, of that item."""
        return tuple(
            plan
            for plan in self.documents
            if plan.source is DocumentSource.GENERATED and plan.written_when is when and plan.from_item == item
        )


def _refuse_undeclared(what: str, used: set[str], declared: set[str]) -> None:
    """The loader shows the line of each of `words`; hence they travel as data and not only in the message."""
    if unknown := sorted(used - declared):
        raise PydanticCustomError(
            "not_declared",
            "{what} not declared: {words}; known: {known}",
            {"what": what, "words": unknown, "known": sorted(declared)},
        )


class ResolvedType(Value):
    """A procedure type with the agenda item types it may use: what a case starts with and keeps."""

    procedure: ProcedureType
    items: dict[str, AgendaItemType]
    mechanisms: dict[str, Mechanism] = Field(default_factory=dict, exclude_if=lambda mechanisms: not mechanisms)
    """Those that the type names, as they were declared when the case began; none up to version 0.2."""

    @property
    def sha256(self) -> Sha256:
        """SHA-256 of the canonical JSON (RFC 8785)."""
        return Sha256(hashlib.sha256(self.canonical()).hexdigest())

    def canonical(self) -> bytes:
        return rfc8785.dumps(self.model_dump(mode="json"))

    def item(self, code: str) -> AgendaItemType:
        return self.items[code]

    def mechanism(self, code: str) -> Mechanism:
        """What `code` declares. Raises `KeyError` for one that the type does not name."""
        return (self.mechanisms or AS_OF_0_2)[code]
