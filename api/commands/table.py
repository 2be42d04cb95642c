"""Every command that the interface offers, with who may ask for it and an example.

All but one: a document is deposited with its bytes (`api/routes/documents.py`).
"""

import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr

from api.access.permissions import Permission
from api.commands.offer import Act, where_one_sits, with_password, with_proof
from domain import commands
from domain.access.accounts import LONGEST_PASSWORD

SIX_DIGITS = r"^[0-9]{6}$"


def _six_digits(pin: SecretStr) -> SecretStr:
    """Scar: `Field(pattern=...)` cannot look into a secret; pydantic raises TypeError for every PIN of six signs."""
    if not re.fullmatch(SIX_DIGITS, pin.get_secret_value()):
        raise ValueError("six digits are wanted")
    return pin


PIN = {
    "pin": (
        Annotated[SecretStr, AfterValidator(_six_digits)],
        Field(min_length=6, max_length=6, json_schema_extra={"pattern": SIX_DIGITS}),
    )
}
PASSWORD = {"password": (SecretStr, Field(min_length=1, max_length=LONGEST_PASSWORD))}

WHO = {"participant": "p1"}
SHA = {"sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}
CHALLENGE = {"challenge": "pin_0193f0a0-5b7c", "pin": "042917"}


def _arriving() -> Iterator[Act]:
    citizen = Permission.ACT_AS_CITIZEN
    elsewhere = frozenset({"place", "office", "device"})
    yield Act(commands.CheckIn, Permission.CHECK_IN, "Arrive", WHO, {}, elsewhere, where_one_sits)
    yield Act(commands.AttestAutonomy, Permission.ATTEST_AUTONOMY, "Attest that the person acts freely", WHO)
    yield Act(commands.AcknowledgeWarnings, citizen, "Acknowledge the warnings", WHO | {"text_version": "2026-01"})
    yield Act(
        commands.GiveConsent, citizen, "Consent to the recording, or not", WHO | {"scope": "audio", "given": True}
    )
    yield Act(commands.WithdrawConsent, citizen, "Withdraw the consent", WHO)
    yield Act(commands.AskHelp, citizen, "Ask for help", WHO)
    yield Act(commands.AnswerHelp, Permission.ANSWER_HELP, "Say that help was given", WHO)


def _room_and_identity() -> Iterator[Act]:
    host = Permission.HOLD_SESSION
    number = {"document_number": "00000000T", "still": SHA["sha256"]}
    known = {"reason": "El juez conoce personalmente a la testigo."}
    pin = Permission.ACT_AS_CITIZEN, "Identify oneself with the PIN", WHO | CHALLENGE, PIN
    yield Act(commands.OpenRoom, host, "Open the room", {})
    yield Act(commands.AdmitParticipant, host, "Let somebody in", WHO)
    yield Act(commands.DismissParticipant, host, "Send somebody out", WHO | {"reason": "Ha terminado."})
    yield Act(commands.CaptureStill, host, "Take a still of the document shown to the camera", WHO)
    yield Act(commands.ConfirmIdDocument, host, "Confirm the identity document", WHO | number)
    yield Act(commands.RejectIdDocument, host, "Reject the identity document", WHO | {"reason": "No se ve."})
    yield Act(commands.SendPin, Permission.SEND_PIN, "Send a PIN to the mobile", WHO | {"purpose": "identity"})
    yield Act(commands.EnterPin, *pin, frozenset({"proof"}), with_proof)
    yield Act(commands.WaiveIdentity, host, "Let somebody go on without identification", WHO | known)


def _agenda() -> Iterator[Act]:
    host = Permission.HOLD_SESSION
    item = {"item": "i1"}
    yield Act(commands.AddItem, host, "Add a point to the agenda", {"code": "A32", "role": "applicant"})
    yield Act(commands.OpenItem, host, "Open a point", item)
    yield Act(commands.FillItem, host, "Fill in a point", item | {"values": {}, "done": True})
    yield Act(commands.SuspendItem, host, "Leave a point for later", item | {"reason": "Falta un documento."})
    yield Act(commands.SkipItem, host, "Skip a point", item | {"reason": "No procede en este acto."})
    yield Act(commands.CorrectItem, host, "Correct a finished point", item | {"values": {}, "reason": "Una errata."})


def _documents() -> Iterator[Act]:
    citizen, paper = Permission.ACT_AS_CITIZEN, WHO | {"document": "d1"}
    own = {"document": "d2", "participant": "p3", "password": "correct horse battery staple"}
    will = citizen, "Sign without a certificate", paper | SHA | CHALLENGE | {"explicit": True}, PIN
    certificate = Permission.SIGN_WITH_CERTIFICATE, "Sign with one's own certificate", own, PASSWORD
    refusing = Permission.REFUSE_SIGNATURE, "Refuse to sign", paper | {"reason": "No es lo que hemos hablado."}
    shown = {"document": "d1", "to": ["p1"]}
    yield Act(commands.PresentDocument, Permission.HOLD_SESSION, "Show a document", shown)
    yield Act(commands.ReadPage, citizen, "Say that a page was on screen", paper | SHA | {"page": 1})
    yield Act(commands.UnderstandDocument, citizen, "Say that a document was read and understood", paper | SHA)
    yield Act(commands.SignDocument, *will, frozenset({"proof"}), with_proof)
    yield Act(commands.SignWithCertificate, *certificate, frozenset({"authenticated_at"}), with_password)
    yield Act(commands.RefuseSignature, *refusing)


def _stopping_and_ending() -> Iterator[Act]:
    host, minutes = Permission.HOLD_SESSION, Permission.WORK_ON_MINUTES
    day = {"reason": "Falta el intérprete.", "new_date": "2026-11-27T10:00:00+01:00"}
    words = {"block": "b4", "before": "1.200", "after": "1.250", "reason": "Error en la cantidad."}
    retry = Permission.SETTLE_TROUBLE, "Try again what could not be done"
    yield Act(
        commands.InterruptProcedure, Permission.INTERRUPT, "Stop the act", {"cause": "recess", "must_act": "clerk"}
    )
    yield Act(commands.ResumeProcedure, host, "Go on", {})
    yield Act(commands.AdjournProcedure, host, "Go on another day", day)
    yield Act(commands.CancelProcedure, host, "Call it off", {"reason": "La solicitante desiste."})
    yield Act(commands.RetryStep, *retry, {"participant": "p1", "email": "anxo.ruiz@correo.example"})
    yield Act(commands.CloseSession, host, "End the session", {"outcome": "agreement"})
    yield Act(commands.CorrectMinutes, minutes, "Correct a paragraph of the draft", words)
    yield Act(commands.ApproveMinutes, minutes, "Approve the minutes", {"draft": SHA["sha256"], "corrections": 0})


ACTS = (*_arriving(), *_room_and_identity(), *_agenda(), *_documents(), *_stopping_and_ending())
