"""Every command of `domain/commands.py`, a row each: who may ask for it, and how JSON and pages do.

The JSON routes, the forms of the pages and the description of the interface are made from these rows.
"""

from api.access.permissions import Permission
from api.commands import handwriting, json_forms, page_forms
from api.commands.room_rows import ROOM
from api.commands.row import CommandRow
from domain import commands
from domain.actions import help
from domain.actions.secure_place import CheckSecurePlace
from domain.commands import Command

CITIZEN = Permission.ACT_AS_CITIZEN
HOST = Permission.HOLD_SESSION
IDENTIFY = Permission.IDENTIFY
BESIDE = Permission.ATTEST_AUTONOMY
MINUTES = Permission.WORK_ON_MINUTES

WHO = {"participant": "p1"}
SEEN = WHO | {"acts_freely": True, "company": "accompanied", "others": "Rosa Lema, su hermana", "private_talk": True}
TOLD = WHO | {"text_version": "2026-01"}
DOUBT = WHO | {"cause": "poor_quality", "reason": "Se ve borroso."}
ITEM = {"item": "i1"}
DOCUMENT = WHO | {"document": "d1"}
SHA = {"sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}
FACE = {"mechanism": "face_against_document", "reference": "idn_0193f0a0-5b7c"}
CHALLENGE = {"challenge": "pin_0193f0a0-5b7c", "pin": "042917"}

ARRIVING = (
    CommandRow(commands.CheckIn, Permission.CHECK_IN, "Arrive", WHO, page_forms.ARRIVAL, json_forms.ARRIVAL, False),
    CommandRow(commands.TakeSeat, HOST, "Sit down in a seat that is nobody's yet", {}, None, json_forms.SEAT, False),
    CommandRow(commands.AttestAutonomy, BESIDE, "Attest that the person acts freely", WHO, seats=False),
    CommandRow(CheckSecurePlace, BESIDE, "Say what is seen where they sit", SEEN, page_forms.SECURE_PLACE, seats=False),
    CommandRow(commands.AcknowledgeWarnings, CITIZEN, "Acknowledge the warnings", TOLD, page_forms.OWN_FIELDS),
    CommandRow(
        commands.GiveConsent,
        CITIZEN,
        "Consent to the recording, or not",
        WHO | {"scope": "audio", "given": True},
        page_forms.CONSENT,
    ),
    CommandRow(commands.WithdrawConsent, CITIZEN, "Withdraw the consent", WHO),
    CommandRow(help.AskHelp, CITIZEN, "Ask for help", WHO),
    CommandRow(help.AnswerHelp, Permission.ANSWER_HELP, "Say that help was given", WHO, seats=False),
)
IDENTITY = (
    CommandRow(commands.BeginIdentification, IDENTIFY, "Begin an identification", WHO | {"mechanism": "pin_to_mobile"}),
    CommandRow(
        commands.TakePose,
        HOST,
        "Take a still of what somebody is asked to show or do, for the identification that was begun",
        WHO | FACE | {"pose": "turn_left"},
    ),
    CommandRow(
        commands.StopIdentification,
        IDENTIFY,
        "Leave the identification that was begun: the person takes their consent back, or another way is taken",
        WHO | FACE,
    ),
    CommandRow(
        commands.CompleteIdentification,
        IDENTIFY,
        "Complete an identification with what its mechanism asks for",
        WHO | {"mechanism": "pin_to_mobile", "reference": "idn_0193f0a0-5b7c", "answers": {"pin": "042917"}},
        page_forms.IDENTIFICATION,
        json_forms.IDENTIFICATION,
    ),
    CommandRow(
        commands.CorrectParticipant,
        HOST,
        "Put right the name or the identity number of somebody who is not identified yet",
        WHO | {"name": "Anxo Ruiz Seoane", "document_number": "00000000T", "reason": "Una errata en la solicitud."},
        page_forms.CORRECTED_PERSON,
    ),
    CommandRow(commands.CaptureStill, HOST, "Take a still of the document shown to the camera", WHO),
    CommandRow(
        commands.ConfirmIdDocument,
        HOST,
        "Confirm the identity document",
        WHO | {"document_number": "00000000T", "still": SHA["sha256"]},
    ),
    CommandRow(
        commands.RejectIdDocument, HOST, "Reject the document shown", DOUBT, page_forms.REJECTION, json_forms.REJECTION
    ),
    CommandRow(
        commands.SendPin, Permission.SEND_PIN, "Send a PIN to the mobile", WHO | {"purpose": "identity"}, seats=False
    ),
    CommandRow(
        commands.EnterPin,
        CITIZEN,
        "Identify oneself with the PIN",
        WHO | CHALLENGE,
        page_forms.PIN,
        json_forms.WITH_PIN,
    ),
    CommandRow(
        commands.WaiveIdentity,
        HOST,
        "Let somebody go on without identification",
        WHO | {"reason": "El juez conoce personalmente a la testigo."},
    ),
)
AGENDA = (
    CommandRow(
        commands.AddItem, HOST, "Add an item to the agenda", {"code": "A32", "role": "applicant"}, page_forms.NEW_ITEM
    ),
    CommandRow(commands.OpenItem, HOST, "Open an item", ITEM),
    CommandRow(
        commands.FillItem,
        HOST,
        "Fill in an item",
        ITEM | {"values": {}, "done": True},
        page_forms.FILLED_ITEM,
        json_forms.WITH_VALUES,
    ),
    CommandRow(commands.SuspendItem, HOST, "Leave an item for later", ITEM | {"reason": "Falta un documento."}),
    CommandRow(commands.SkipItem, HOST, "Skip an item", ITEM | {"reason": "No procede en este acto."}),
    CommandRow(
        commands.CorrectItem,
        HOST,
        "Correct a finished item",
        ITEM | {"values": {}, "reason": "Una errata."},
        page_forms.CORRECTED_ITEM,
        json_forms.WITH_VALUES,
    ),
    CommandRow(commands.AskCriminalRecord, Permission.ASK_CRIMINAL_RECORD, "Ask registers for a criminal record", ITEM),
)
DOCUMENTS = (
    CommandRow(
        commands.DepositDocument,
        Permission.DEPOSIT_DOCUMENT,
        "Bring a paper: one PDF, or its pages as pictures in order",
        {},
        None,
        None,
    ),
    CommandRow(
        commands.PresentDocument, HOST, "Show a document", {"document": "d1", "to": ["p1"]}, page_forms.PRESENTATION
    ),
    CommandRow(commands.ReadPage, CITIZEN, "Say that a page was on screen", DOCUMENT | SHA | {"page": 1}),
    CommandRow(commands.UnderstandDocument, CITIZEN, "Say that a document was read and understood", DOCUMENT | SHA),
    CommandRow(
        commands.HandwriteSignature,
        CITIZEN,
        "Sign by hand on the screen of an office, before the PIN",
        DOCUMENT | SHA | {"handwriting": handwriting.EXAMPLE},
        handwriting.PAGE,
        handwriting.JSON,
    ),
    CommandRow(commands.DeclineHandwriting, CITIZEN, "Sign with the PIN alone, and not by hand", DOCUMENT | SHA),
    CommandRow(
        commands.SignDocument,
        CITIZEN,
        "Sign without a certificate",
        DOCUMENT | SHA | CHALLENGE | {"explicit": True},
        page_forms.SIGNATURE,
        json_forms.WITH_PIN,
    ),
    CommandRow(
        commands.SignWithCertificate,
        Permission.SIGN_WITH_CERTIFICATE,
        "Sign with one's own certificate",
        {"document": "d2", "participant": "p3", "password": "correct horse battery staple"},
        page_forms.CERTIFICATE,
        json_forms.AUTHENTICATED,
    ),
    CommandRow(
        commands.RecordMissingSignature,
        MINUTES,
        "Say that somebody does not sign, and why",
        WHO | DOCUMENT | {"reason": "Ha perdido la conexión y no vuelve."},
    ),
    CommandRow(
        commands.RefuseSignature,
        Permission.REFUSE_SIGNATURE,
        "Refuse to sign",
        DOCUMENT | {"reason": "No es lo que hemos hablado."},
    ),
)
STOPPING = (
    CommandRow(
        commands.InterruptProcedure,
        Permission.INTERRUPT,
        "Stop the act",
        {"cause": "recess", "must_act": "clerk"},
        page_forms.INTERRUPTION,
    ),
    CommandRow(commands.ResumeProcedure, HOST, "Go on", {}),
    CommandRow(
        commands.AdjournProcedure,
        HOST,
        "Go on another day",
        {"reason": "Falta el intérprete.", "new_date": "2026-11-27T10:00:00+01:00"},
        page_forms.ADJOURNMENT,
        json_forms.NEW_DATE,
    ),
    CommandRow(
        commands.CancelProcedure,
        HOST,
        "Call it off",
        {"reason": "La solicitante desiste."},
        page_forms.PageForm(lambda f: {"reason": f.field("reason"), "as_no_show": f.field("as_no_show") == "true"}),
    ),
    CommandRow(
        commands.RetryStep,
        Permission.SETTLE_TROUBLE,
        "Try again what could not be done",
        {"participant": "p1", "email": "anxo.ruiz@correo.example"},
        page_forms.RETRY,
        seats=False,
    ),
)
ENDING = (
    CommandRow(commands.CloseSession, HOST, "End the session", {"outcome": "agreement"}, page_forms.CLOSING),
    CommandRow(
        commands.CorrectMinutes,
        MINUTES,
        "Correct a paragraph of the draft",
        {"block": "b4", "before": "1.200", "after": "1.250", "reason": "Error en la cantidad."},
        page_forms.CORRECTED_PARAGRAPH,
    ),
    CommandRow(commands.ApproveMinutes, MINUTES, "Approve the minutes", {"draft": SHA["sha256"], "corrections": 0}),
)

COOPERATION = (
    CommandRow(commands.SubmitRequest, HOST, "Send a request to a foreign authority", {"document": "d1"} | SHA),
)

TABLE = (*ARRIVING, *ROOM, *IDENTITY, *AGENDA, *DOCUMENTS, *STOPPING, *ENDING, *COOPERATION)


def row_of(command: type[Command]) -> CommandRow:
    """Raises `StopIteration` for a command without a row: `tests/api/test_commands.py` keeps that from happening."""
    return next(row for row in TABLE if row.command is command)
