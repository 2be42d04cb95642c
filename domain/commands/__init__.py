"""What people ask of a procedure: one model a command, imperative, each with its author and its idempotency key.

A command is a Temporal Update; `id` is its id and the caller's Idempotency-Key. Its rule is in `domain/rules/`, its
handler in the module of the same name in `workflows/commands/`. Those that are written down and nothing else stand
whole in `domain/actions/`, with their rules and events.
"""

from domain.commands.agenda import AddItem, CorrectItem, FillItem, OpenItem, SkipItem, SuspendItem
from domain.commands.arriving import (
    AcknowledgeWarnings,
    AttestAutonomy,
    CheckIn,
    GiveConsent,
    TakeSeat,
    WithdrawConsent,
)
from domain.commands.base import COMMANDS, Author, Command, Receipt, RecordedCommand
from domain.commands.cooperation import SubmitRequest
from domain.commands.criminal_records import AskCriminalRecord
from domain.commands.documents import (
    DeclineHandwriting,
    DepositDocument,
    HandwriteSignature,
    PresentDocument,
    ReadPage,
    RecordMissingSignature,
    RefuseSignature,
    SignDocument,
    SignWithCertificate,
    UnderstandDocument,
)
from domain.commands.ending import ApproveMinutes, CloseSession, CorrectMinutes
from domain.commands.identity import (
    BeginIdentification,
    CaptureStill,
    CompleteIdentification,
    ConfirmIdDocument,
    CorrectParticipant,
    EnterPin,
    RejectIdDocument,
    SendPin,
    StopIdentification,
    TakePose,
    WaiveIdentity,
)
from domain.commands.room import (
    AdmitParticipant,
    ClosePrivateRoom,
    DismissParticipant,
    OpenPrivateRoom,
    OpenRoom,
)
from domain.commands.stopping import AdjournProcedure, CancelProcedure, InterruptProcedure, ResumeProcedure, RetryStep

__all__ = [
    "COMMANDS",
    "AcknowledgeWarnings",
    "AddItem",
    "AdjournProcedure",
    "AdmitParticipant",
    "ApproveMinutes",
    "AskCriminalRecord",
    "AttestAutonomy",
    "Author",
    "BeginIdentification",
    "CancelProcedure",
    "CaptureStill",
    "CheckIn",
    "ClosePrivateRoom",
    "CloseSession",
    "Command",
    "CompleteIdentification",
    "ConfirmIdDocument",
    "CorrectItem",
    "CorrectMinutes",
    "CorrectParticipant",
    "DeclineHandwriting",
    "DepositDocument",
    "DismissParticipant",
    "EnterPin",
    "FillItem",
    "GiveConsent",
    "HandwriteSignature",
    "InterruptProcedure",
    "OpenItem",
    "OpenPrivateRoom",
    "OpenRoom",
    "PresentDocument",
    "ReadPage",
    "Receipt",
    "RecordMissingSignature",
    "RecordedCommand",
    "RefuseSignature",
    "RejectIdDocument",
    "ResumeProcedure",
    "RetryStep",
    "SendPin",
    "SignDocument",
    "SignWithCertificate",
    "SkipItem",
    "StopIdentification",
    "SubmitRequest",
    "SuspendItem",
    "TakePose",
    "TakeSeat",
    "UnderstandDocument",
    "WaiveIdentity",
    "WithdrawConsent",
]
