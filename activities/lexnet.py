"""Requests to a foreign authority by LexNET: filed once with their receipt, and what is answered taken in."""

import hashlib
from datetime import datetime

from temporalio import activity

from activities.lexnet_orders import FiledRequest, FileRequest, TakeInAnswers, TakenAnswers
from activities.received import ReceivedPapers
from domain.errors import PersonMustAct, Refusal, TryAgain
from domain.events.cooperation import AnswerReceived, LexnetReceiptKept
from domain.ports.documents import DocumentIntake, DocumentVault, MalwareScanner
from domain.ports.lexnet import FiledReceipt, LexnetGateway, LexnetPackage, PackageFile, WaitingMessage
from domain.procedure.documents import CaseDocument
from domain.procedure.state import Procedure
from domain.reading import CaseReading
from domain.rules.cooperation import plan_of, said_in_request
from domain.text import readable
from domain.types.cooperation import AnswerKind

ANSWER, RECEIPT = "answer", "lexnet_receipt"
"""Codes of documents in the file of a request."""

LONGEST_WORDS, LONGEST_NAME = 4000, 200


class Lexnet:
    """A repeated order files nothing twice: the message is named by the workflow, and LexNET knows it."""

    def __init__(
        self,
        cases: CaseReading,
        vault: DocumentVault,
        intake: DocumentIntake,
        scanner: MalwareScanner,
        gateway: LexnetGateway,
    ) -> None:
        self._cases = cases
        self._vault = vault
        self._received = ReceivedPapers(vault, intake, scanner)
        self._gateway = gateway

    @activity.defn
    async def file_request(self, order: FileRequest) -> FiledRequest:
        """Law: RD 1065/2015 art. 17.3; the receipt proves that it was filed, and enters the file."""
        procedure = await self._cases.procedure(order.procedure, order.up_to)
        package = await self._package(procedure)
        try:
            receipt = await self._gateway.submit(package)
        except Refusal as refusal:
            return FiledRequest(refused=refusal.code)
        _is_of(receipt, package)
        kept, _ = await self._received.keep(
            procedure, RECEIPT, _title(procedure, RECEIPT), receipt.content, 1, order.at
        )
        filed = LexnetReceiptKept(
            message=receipt.message, number=receipt.number, recorded_at=receipt.recorded_at, receipt=kept
        )
        return FiledRequest(receipt=filed)

    @activity.defn
    async def take_in_answers(self, order: TakeInAnswers) -> TakenAnswers:
        """What waits in the mailbox about this procedure and is not in its file yet, the oldest first."""
        procedure = await self._cases.procedure(order.procedure, order.up_to)
        known = {answer.message for answer in procedure.cooperation.answers} if procedure.cooperation else set()
        waiting = await self._gateway.waiting(procedure.body, procedure.id)
        new = {message.id: message for message in waiting if message.id not in known}
        first = next(iter(new.values()), None)
        # One at a time: each is in the journal before the next one is opened.
        return TakenAnswers(answer=await self._answer(procedure, first, order.at) if first else None)

    async def _package(self, procedure: Procedure) -> LexnetPackage:
        sent = procedure.cooperation.sent if procedure.cooperation else None
        assert sent is not None
        files = []
        for file in sent.files:
            ref = procedure.document(file.document).current
            content = await self._vault.get(procedure.id, ref)
            files.append(PackageFile(name=file.name, sha256=ref.sha256, media_type=ref.media_type, content=content))
        return LexnetPackage(
            message=sent.message,
            about=procedure.id,
            sender=procedure.body,
            recipient=plan_of(procedure).recipient,
            case_number=procedure.case_number,
            instrument=sent.instrument,
            state=said_in_request(procedure, "state"),
            language=said_in_request(procedure, "language"),
            files=tuple(files),
        )

    async def _answer(self, procedure: Procedure, message: WaitingMessage, at: datetime) -> AnswerReceived:
        documents: list[CaseDocument] = []
        unreadable: list[str] = []
        for name, sha256 in message.files.items():
            content = await self._gateway.fetch(procedure.body, message.id, name)
            if hashlib.sha256(content).hexdigest() != sha256:
                raise TryAgain("LexNET gave other bytes than it had announced")
            title = readable(name.rpartition(".")[0] or name)[:LONGEST_NAME]
            document, copied = await self._received.keep(procedure, ANSWER, title, content, len(documents) + 1, at)
            documents.append(document)
            if not copied:
                unreadable.append(readable(name)[:LONGEST_NAME])
        return AnswerReceived(
            message=message.id,
            answers=message.answers,
            kind=_kind(message.kind),
            sender=readable(message.sender)[:LONGEST_NAME],
            words=readable(message.words)[:LONGEST_WORDS],
            recorded_at=message.recorded_at,
            documents=tuple(documents),
            unreadable=tuple(unreadable),
        )


def _is_of(receipt: FiledReceipt, package: LexnetPackage) -> None:
    """Raises `PersonMustAct('lexnet_receipt_wrong')`: a receipt of something else proves nothing of this."""
    if receipt.message != package.message or receipt.files != {file.name: file.sha256 for file in package.files}:
        raise PersonMustAct("lexnet_receipt_wrong", message=package.message)


def _kind(said: str) -> AnswerKind:
    """A kind that is not known is information: its words are read by a person."""
    return AnswerKind(said) if said in set(AnswerKind) else AnswerKind.INFORMED


def _title(procedure: Procedure, code: str) -> str:
    plan = procedure.type.procedure.document(code)
    return plan.titles.in_language(procedure.language) if plan else "LexNET"
