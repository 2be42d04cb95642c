"""The shapes of the JSON interface: what goes in and what comes out, small and named by nouns."""

from datetime import datetime
from typing import Any, Literal

from pydantic import Field, SecretStr

from api.access.session import Anonymous, Caller, CitizenSession, Machine, StaffSession
from api.http.openapi import RequestBody, example
from domain.access.accounts import LONGEST_PASSWORD, Account
from domain.access.coverage import Coverage, Offices, Types
from domain.base import Value
from domain.ids import ParticipantId, ProcedureId, RoomId
from domain.refusals.declared import Settler
from domain.text import ONE_LINE
from domain.types.item_type import FieldKind
from domain.types.procedure_type import Eligibility, ResolvedType
from domain.types.territory import EnabledType

A_PASSWORD = "correct horse battery staple"  # noqa: S105 - an example in the documentation


# -- about ---------------------------------------------------------------------------------------------------------


class DeclaredField(Value):
    """A question of the declaration."""

    name: str
    kind: FieldKind
    title: str
    hint: str
    required: bool
    options: dict[str, str]
    """Code -> what it means; of a `choice` alone."""


class TypeLine(Value):
    id: str
    version: int
    code: str
    title: str
    family: str
    roles: tuple[str, ...]
    eligibility: tuple[Eligibility, ...]
    """What must hold when it is asked for."""
    declares: tuple[DeclaredField, ...]
    """What whoever asks for it declares of what it is about and between whom (`declared`)."""
    approved_by: str
    document: str
    """Law: which decision lets it be held here."""


def type_line(resolved: ResolvedType, entry: EnabledType, language: str) -> TypeLine:
    kind = resolved.procedure
    return TypeLine(
        id=kind.id,
        version=kind.version,
        code=kind.code,
        title=kind.titles.in_language(language),
        family=kind.family.value,
        roles=tuple(role.code for role in kind.roles),
        eligibility=kind.eligibility,
        declares=_declared_fields(resolved, language),
        approved_by=entry.approved_by,
        document=entry.document,
    )


def _declared_fields(resolved: ResolvedType, language: str) -> tuple[DeclaredField, ...]:
    admission = resolved.procedure.validity.admission
    return tuple(
        DeclaredField(
            name=field.name,
            kind=field.kind,
            title=field.titles.in_language(language),
            hint=field.hint.in_language(language) if field.hint else "",
            required=field.required,
            options={code: words.in_language(language) for code, words in field.options.items()},
        )
        for field in (resolved.item(admission.item).fields if admission else ())
    )


class Help(Value):
    administration: str
    contact: str
    data_protection: str


class ProblemExplained(Value):
    code: str
    title: str
    why: str
    next: str
    settled_by: Settler
    """Who has to do something, so that the same can be done after all."""


# -- sessions ------------------------------------------------------------------------------------------------------


class SignIn(RequestBody):
    model_config = example(login="laj@justicia.atlantia.example", password=A_PASSWORD)
    login: str = Field(min_length=1, max_length=254)
    password: SecretStr = Field(min_length=1, max_length=LONGEST_PASSWORD)


class Password(RequestBody):
    model_config = example(password=A_PASSWORD)
    password: SecretStr = Field(min_length=1, max_length=LONGEST_PASSWORD)


class ToSign(RequestBody):
    model_config = example(sha256="0" * 64)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    """Of the document as it was before anybody signed it."""


class AccountProviderAddress(Value):
    address: str
    """For the browser that has this session."""
    ends_at: datetime
    """Until when its person may come back."""


class SignedIn(Value):
    csrf: str
    """To be shown in `X-CSRF-Token` with every request that changes something."""
    account: Account
    ends_at: datetime


class SummonsCode(RequestBody):
    model_config = example(code="7K3M-Q9TD-04XF")
    code: str = Field(min_length=8, max_length=40)


class SatDown(Value):
    procedure: ProcedureId
    participant: ParticipantId
    language: str
    csrf: str
    ends_at: datetime
    at_office: bool
    """True at an enrolled office computer, which is a secure point of access (RDL 6/2023 art. 62)."""


class Me(Value):
    kind: str
    """`staff` or `citizen`."""
    csrf: str
    account: Account | None = None
    procedure: ProcedureId | None = None
    participant: ParticipantId | None = None
    language: str


def me_of(who: Caller) -> Me:
    match who:
        case StaffSession():
            return Me(kind="staff", csrf=who.csrf, account=who.account, language=who.language)
        case CitizenSession():
            return Me(
                kind="citizen",
                csrf=who.csrf,
                procedure=who.procedure,
                participant=who.participant,
                language=who.language,
            )
        case Machine() | Anonymous():
            raise AssertionError("the matrix gives these no session")


# -- rooms and administration --------------------------------------------------------------------------------------


class IceServer(Value):
    """What WebRTC calls `RTCIceServer`."""

    urls: tuple[str, ...]
    username: str
    credential: str


class RoomPass(Value):
    token: str
    url: str
    """WebSocket address of the signalling."""
    room: RoomId
    """The room that the pass opens."""
    ice_servers: tuple[IceServer, ...] = ()
    """Relays for networks that let no media through; as the browser's `RTCConfiguration` takes them."""
    relay_only: bool = False
    """The browser shows its own address to nobody but the relay."""


class EnrolDevice(RequestBody):
    model_config = example(office="ojm-vilar", label="Puesto 1, mesa de atención")
    office: str = Field(min_length=1, max_length=60)
    label: str = Field(min_length=1, max_length=80, pattern=ONE_LINE)


class CoverageAsked(RequestBody):
    """Of which procedures a system asks, or is told: those that concern one of these offices, of these types."""

    model_config = example(offices=["ojm-lira"], types=["conciliation"])
    offices: Offices | None = None
    """The act is held there, or somebody appears from there. Left out: of every office."""
    types: Types | None = None
    """By id, of whatever version. Left out: every type."""

    def said(self) -> Coverage:
        return Coverage(offices=self.offices, types=self.types)


class IssueApiKey(RequestBody):
    model_config = example(label="Sistema de gestión procesal", scopes=["procedures", "evidence"])
    label: str = Field(min_length=1, max_length=80, pattern=ONE_LINE)
    scopes: tuple[Literal["procedures", "evidence"], ...] = Field(default=("procedures",), min_length=1, max_length=2)
    """`procedures`: ask for procedures and follow them. `evidence`: besides, take away what came of its own ones."""
    coverage: CoverageAsked = CoverageAsked()
    public_keys: dict[str, Any] | None = None
    """JWK Set (RFC 7517) of the system's own keys, public halves only, four at most. With it there is no secret: the
    system signs a statement for each token (`private_key_jwt`)."""
