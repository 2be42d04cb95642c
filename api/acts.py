"""Which command is asked for where, by whom, and what of it comes from the session instead of the request."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr, create_model

from api.deps import Case
from api.errors import NotSignedIn
from api.parts import now
from api.permissions import Permission as P
from api.routes.sessions import password_shown
from api.session import CitizenSession, StaffSession
from domain import commands as c
from domain.accounts import LONGEST_PASSWORD
from domain.commands import Command, Receipt
from domain.ids import CommandId
from domain.pins import proof_of

Asked = dict[str, Any]
Complete = Callable[[Case, Asked], Awaitable[Asked]]


@dataclass(frozen=True)
class Act:
    """One command as the interface offers it."""

    command: type[Command]
    permission: P
    summary: str
    example: Asked
    instead: Mapping[str, Any] = field(default_factory=dict)
    """Fields that are asked for and are not the command's: the PIN, the password."""
    without: frozenset[str] = frozenset()
    """Fields of the command that no request may say."""
    complete: Complete | None = None

    def body(self) -> type[BaseModel]:
        """The command's own fields, less its author and id: those come from session and Idempotency-Key."""
        own = {
            name: (info.annotation, info)
            for name, info in self.command.model_fields.items()
            if name not in {"id", "author"} | self.without
        }
        fields: dict[str, Any] = {**own, **self.instead}
        config = ConfigDict(frozen=True, extra="forbid", json_schema_extra={"example": self.example})
        return create_model(self.command.__name__, __config__=config, __doc__=self.summary, **fields)


async def perform(case: Case, act: Act, asked: Asked, key: CommandId) -> Receipt:
    """Carry out `act` in the name of whoever asks. `key` is the id of the Update."""
    procedure = (await case.progress()).procedure
    if act.complete is not None:
        asked = await act.complete(case, asked)
    return await case.gateway.perform(case.id, act.command(id=key, author=case.author(procedure), **asked))


async def _where_one_sits(case: Case, asked: Asked) -> Asked:
    """Where somebody is, is known from the computer, not from what the request says."""
    if isinstance(case.who, CitizenSession):
        device = case.who.device
        place = "office" if device else "own_device"
        return {**asked, "office": case.who.office, "place": place, "device": device.id if device else "own"}
    return {**asked, "office": None, "place": asked.get("place") or "court", "device": "staff"}


async def _proof(case: Case, asked: Asked) -> Asked:
    pin = asked.pop("pin").get_secret_value()
    return {**asked, "proof": proof_of(case.parts.secret, asked["challenge"], pin)}


async def _password(case: Case, asked: Asked) -> Asked:
    """Standard: ENS op.acc.6 R6, whoever signs shows the password again; here and now."""
    if not isinstance(case.who, StaffSession):
        raise NotSignedIn()
    await password_shown(case.parts, case.who, asked.pop("password").get_secret_value())
    return {**asked, "authenticated_at": now()}


PIN = {"pin": (SecretStr, Field(min_length=6, max_length=6, pattern=r"^\d{6}$"))}
PASSWORD = {"password": (SecretStr, Field(min_length=1, max_length=LONGEST_PASSWORD))}
NO_PROOF = frozenset({"proof"})
SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
WHO = {"participant": "p1"}

ACTS: tuple[Act, ...] = (
    Act(c.CheckIn, P.CHECK_IN, "Arrive", WHO | {"place": "office"}, {"place": (str | None, None)},
        frozenset({"place", "office", "device"}), _where_one_sits),
    Act(c.AttestAutonomy, P.ATTEST_AUTONOMY, "Attest that the person acts freely", WHO),
    Act(c.AcknowledgeWarnings, P.ACT_AS_CITIZEN, "Acknowledge the warnings", WHO | {"text_version": "2026-01"}),
    Act(c.GiveConsent, P.ACT_AS_CITIZEN, "Consent, or not, to the recording", WHO | {"scope": "audio_video", "given": True}),
    Act(c.WithdrawConsent, P.ACT_AS_CITIZEN, "Withdraw the consent", WHO),
    Act(c.AskHelp, P.ACT_AS_CITIZEN, "Ask for help", WHO),
    Act(c.AnswerHelp, P.ANSWER_HELP, "Say that help was given", WHO),
    Act(c.OpenRoom, P.HOLD_SESSION, "Open the room", {}),
    Act(c.AdmitParticipant, P.HOLD_SESSION, "Let somebody in", WHO),
    Act(c.DismissParticipant, P.HOLD_SESSION, "Send somebody out", WHO | {"reason": "Ha terminado su intervención."}),
    Act(c.CaptureStill, P.HOLD_SESSION, "Take a still of the document shown to the camera", WHO),
    Act(c.ConfirmIdDocument, P.HOLD_SESSION, "Confirm the identity document",
        WHO | {"document_number": "00000000T", "still": SHA}),
    Act(c.RejectIdDocument, P.HOLD_SESSION, "Reject the identity document", WHO | {"reason": "La foto no se ve."}),
    Act(c.SendPin, P.SEND_PIN, "Send a PIN to the mobile", WHO | {"purpose": "identity"}),
    Act(c.EnterPin, P.ACT_AS_CITIZEN, "Identify oneself with the PIN", WHO | {"challenge": "pin_a1b2c3", "pin": "042917"},
        PIN, NO_PROOF, _proof),
    Act(c.WaiveIdentity, P.HOLD_SESSION, "Let somebody go on without identification",
        WHO | {"reason": "El juez la conoce personalmente."}),
    Act(c.AddItem, P.HOLD_SESSION, "Add a point to the agenda", {"code": "A32", "role": "applicant"}),
    Act(c.OpenItem, P.HOLD_SESSION, "Open a point", {"item": "i1"}),
    Act(c.FillItem, P.HOLD_SESSION, "Fill in a point", {"item": "i1", "values": {}, "done": True}),
    Act(c.SuspendItem, P.HOLD_SESSION, "Leave a point for later", {"item": "i1", "reason": "Falta un documento."}),
    Act(c.SkipItem, P.HOLD_SESSION, "Skip a point", {"item": "i1", "reason": "No procede en este acto."}),
    Act(c.CorrectItem, P.HOLD_SESSION, "Correct a finished point",
        {"item": "i1", "values": {}, "reason": "Error de transcripción."}),
    Act(c.PresentDocument, P.HOLD_SESSION, "Show a document", {"document": "d1", "to": ["p1"]}),
    Act(c.ReadPage, P.ACT_AS_CITIZEN, "Say that a page was on screen", WHO | {"document": "d1", "sha256": SHA, "page": 1}),
    Act(c.UnderstandDocument, P.ACT_AS_CITIZEN, "Say that a document was read and understood",
        WHO | {"document": "d1", "sha256": SHA}),
    Act(c.SignDocument, P.ACT_AS_CITIZEN, "Sign without a certificate",
        WHO | {"document": "d1", "sha256": SHA, "challenge": "pin_a1b2c3", "pin": "042917", "explicit": True},
        PIN, NO_PROOF, _proof),
    Act(c.SignWithCertificate, P.SIGN_WITH_CERTIFICATE, "Sign with one's own certificate",
        {"document": "d2", "participant": "p3", "password": "correct horse battery staple"},
        PASSWORD, frozenset({"authenticated_at"}), _password),
    Act(c.RefuseSignature, P.REFUSE_SIGNATURE, "Refuse to sign",
        WHO | {"document": "d1", "reason": "No es lo que hemos hablado."}),
    Act(c.InterruptProcedure, P.INTERRUPT, "Stop the act",
        {"cause": "recess", "note": "", "must_act": "clerk", "planned_end": "2026-11-22T11:00:00+01:00"}),
    Act(c.ResumeProcedure, P.HOLD_SESSION, "Go on", {}),
    Act(c.AdjournProcedure, P.HOLD_SESSION, "Go on another day",
        {"reason": "Falta el intérprete.", "new_date": "2026-11-27T10:00:00+01:00"}),
    Act(c.CancelProcedure, P.HOLD_SESSION, "Call it off", {"reason": "Desistimiento de la solicitante."}),
    Act(c.RetryStep, P.SETTLE_TROUBLE, "Try again what could not be done", {"participant": "p1", "email": "a@correo.example"}),
    Act(c.CloseSession, P.HOLD_SESSION, "End the session", {"outcome": "agreement"}),
    Act(c.CorrectMinutes, P.WORK_ON_MINUTES, "Correct a paragraph of the draft",
        {"block": "b4", "before": "1.200", "after": "1.250", "reason": "Error en la cantidad."}),
    Act(c.ApproveMinutes, P.WORK_ON_MINUTES, "Approve the minutes", {"draft": SHA, "corrections": 0}),
)  # fmt: skip
"""Every command but one: a document is deposited with its bytes (`api/routes/documents.py`)."""
