"""Asking registers for criminal records: once for each question, whatever is killed, and until an answer comes."""

import hashlib

from temporalio import activity

from activities.record_orders import ExchangedRecord, ExchangeRecord, WriteRecordReport, WrittenRecordReport
from activities.typesetting import Typesetting
from domain.errors import NotYet, PersonMustAct
from domain.ids import Sha256
from domain.ports.criminal_records import CriminalRecordsExchange, RecordQuestion, RecordReply
from domain.ports.documents import DocumentVault
from domain.procedure.criminal_records import (
    CRIMINAL_RECORD,
    MEMBER_STATES,
    CriminalRecordRequest,
    PersonAsked,
    RecordMessage,
)
from domain.procedure.documents import CaseDocument
from domain.procedure.state import Procedure
from domain.reading import CaseReading
from domain.types.vocabulary import DocumentCharacter
from templates.criminal_records import report_title, write_report

XML = "application/xml"


class CriminalRecordActs:
    """The first fit answer to a question stays; a later one to the same question changes nothing."""

    def __init__(
        self, cases: CaseReading, vault: DocumentVault, exchange: CriminalRecordsExchange, typesetting: Typesetting
    ) -> None:
        self._cases = cases
        self._vault = vault
        self._exchange = exchange
        self._typesetting = typesetting

    @activity.defn
    async def exchange_record(self, order: ExchangeRecord) -> ExchangedRecord:
        """Put the question where the authority does not have it yet; then its answer. `TryAgain` until there is one."""
        procedure = await self._cases.procedure(order.procedure, order.up_to)
        request = _request(procedure, order.request)
        message = request.message(order.message)
        name = f"criminal-record-{message.id}"
        kept = await self._vault.find(procedure.id, name)
        if kept is not None:
            reply = self._exchange.reply(await self._vault.get(procedure.id, kept))
            return ExchangedRecord(sha256=kept.sha256, kept=kept, states=_states(reply))
        answer = await self._answer(procedure, request, message)
        try:
            reply = self._exchange.reply(answer)
            _refuse_stranger(reply, message, request.person)
        except PersonMustAct as error:
            if error.code != message.trouble:  # the first of its kind is told of, and kept
                await self._vault.put(procedure.id, answer, XML)
            return ExchangedRecord(sha256=_digest(answer), trouble=error.code)
        kept = await self._vault.put_once(procedure.id, name, answer, XML)
        return ExchangedRecord(sha256=kept.sha256, kept=kept, states=_states(reply))

    async def _answer(self, procedure: Procedure, request: CriminalRecordRequest, message: RecordMessage) -> bytes:
        standing = await self._exchange.standing(message.authority, message.id)
        if not standing.known:
            # A worker that was killed in here finds the question where it put it, and does not put it again.
            await self._exchange.ask(_question(procedure, request, message))
        if standing.answer is None:
            raise NotYet(message.authority)
        if _digest(standing.answer) == message.unfit:
            raise NotYet(message.authority)  # the same that was of no use before
        return standing.answer

    @activity.defn
    async def write_record_report(self, order: WriteRecordReport) -> WrittenRecordReport:
        """Everything that has come so far, merged into one document for those whom the item names."""
        procedure = await self._cases.procedure(order.procedure, order.up_to)
        request = _request(procedure, order.request)
        replies = []
        for message in request.answers:
            assert message.kept is not None
            reply = self._exchange.reply(await self._vault.get(procedure.id, message.kept))
            replies.append((message, reply))
        administration = self._typesetting.administration(procedure)
        words = write_report(procedure, administration, request, tuple(replies), order.at)
        name = f"criminal-record-report-{request.id}-{len(replies)}"
        pdf = await self._typesetting.set_once(procedure, name, words, order.at)
        document = CaseDocument(
            id=order.id,
            code=CRIMINAL_RECORD,
            title=report_title(procedure.language),
            character=DocumentCharacter.ORIGINAL,
            original=pdf,
            current=pdf,
            item=request.item,
            readers=procedure.type.item(procedure.item(request.item).code).visible_to,
        )
        return WrittenRecordReport(document=document, answers=len(replies))


def _request(procedure: Procedure, id: str) -> CriminalRecordRequest:
    assert procedure.criminal_records is not None
    return procedure.criminal_records.request(id)


def _question(procedure: Procedure, request: CriminalRecordRequest, message: RecordMessage) -> RecordQuestion:
    return RecordQuestion(
        message=message.id,
        authority=message.authority,
        asked_at=message.asked_at.isoformat(),
        person=request.person,
        purpose=request.purpose,
        legal_basis=request.legal_basis,
        body=procedure.body,
        case_number=procedure.case_number,
    )


def _digest(answer: bytes) -> Sha256:
    return Sha256(hashlib.sha256(answer).hexdigest())


def _states(reply: RecordReply) -> tuple[str, ...]:
    return tuple(one for one in dict.fromkeys(reply.states) if one in MEMBER_STATES)


def _refuse_stranger(reply: RecordReply, message: RecordMessage, person: PersonAsked) -> None:
    """An answer to another question, of another authority, or about somebody else is of no use."""
    if (reply.message, reply.authority) != (message.id, message.authority):
        raise PersonMustAct("record_reply_to_another_question")
    asked = (person.surnames, person.first_names, person.birth_date)
    told = (reply.surnames, reply.first_names, reply.birth_date)
    if tuple(map(_plain, asked)) != tuple(map(_plain, told)):
        raise PersonMustAct("record_reply_about_another_person")


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
