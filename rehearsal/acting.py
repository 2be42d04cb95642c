"""Scripted people who hold a procedure of any type from check-in to the last signature.

They know nothing but the commands, the declared type and what the state says must be done next: whatever a type file
declares, they can play it. Command ids are fixed by the play, so a line said twice is one act.
"""

from typing import Any

from domain.commands import (
    AcknowledgeWarnings,
    AdmitParticipant,
    ApproveMinutes,
    Author,
    CheckIn,
    CloseSession,
    Command,
    DeclineHandwriting,
    DepositDocument,
    DismissParticipant,
    FillItem,
    GiveConsent,
    InterruptProcedure,
    OpenItem,
    OpenRoom,
    PresentDocument,
    ReadPage,
    Receipt,
    ResumeProcedure,
    SendPin,
    SignDocument,
    SignWithCertificate,
    SkipItem,
    UnderstandDocument,
)
from domain.ids import CommandId
from domain.procedure.agenda import AgendaItem
from domain.procedure.documents import CaseDocument
from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.rules.signing import asks_handwriting
from domain.rules.validity import kept_apart
from domain.types.document_plan import WrittenWhen
from domain.types.vocabulary import InterruptionCause, ItemState, RecordingPolicy, SignatureMethod, Stage, Verb
from rehearsal.attending import look_where_wanted
from rehearsal.courtroom import Courtroom
from rehearsal.entering import once_entered
from rehearsal.identifying import identify_by
from rehearsal.plausible import plausible_values
from rehearsal.presiding import presiding


class Play:
    """One procedure, acted from beginning to end."""

    def __init__(self, room: Courtroom, name: str, *, paper: bytes | None = None) -> None:
        self._room = room
        self._name = name
        self._paper = paper
        self._line = 0

    async def whole(self) -> Procedure:
        """From the summons to the closed procedure."""
        await self.arrive()
        await self.enter()
        await self.identify()
        await self.hold_agenda()
        await self.close()
        await self.approve_and_sign()
        return await self._room.reaches(Stage.CLOSED)

    async def arrive(self) -> None:
        """Citizens sit down, read the warnings, answer about recording where the type asks."""
        procedure = await self._room.reaches(Stage.SUMMONED)
        asked = procedure.type.procedure.recording in (RecordingPolicy.WITH_CONSENT, RecordingPolicy.AUDIO_ONLY)
        for person in procedure.citizens:
            where = {"office": person.office, "place": "office", "device": "desk-1"}
            await self.say(person, CheckIn, participant=person.id, **where)
            await self.say(person, AcknowledgeWarnings, participant=person.id, text_version="2026-1")
            await look_where_wanted(self._room, self._name, person)
            if asked:
                await self.say(person, GiveConsent, participant=person.id, scope="audio_video", given=False)

    async def enter(self) -> None:
        await self.say(host := (await self._room.procedure()).hosts[0], OpenRoom)
        for person in (await self._room.procedure()).participants:
            if person.id == host.id:
                await self._room.joins(person.id)
            elif not any(kept_apart(await self._room.procedure(), person)):
                await self._let_in(host, person)

    async def _let_in(self, host: Participant, person: Participant) -> None:
        await self.say(host, AdmitParticipant, participant=person.id)
        await self._room.joins(person.id)

    async def _alone_with(self, host: Participant, id: str) -> None:
        """Whoever has the next item is let in; those who are kept apart from them are let out before."""
        procedure = await self._room.procedure()
        person = procedure.participant(id)
        if person in procedure.present():
            return
        for other, _ in kept_apart(procedure, person):
            await self.say(host, DismissParticipant, participant=other.id, reason="Ha terminado su parte")
        await self._let_in(host, person)
        await self.identify()

    async def _together(self, host: Participant, item: AgendaItem) -> bool:
        """Those whom an item sets against each other are all let in; False where they are too few for it."""
        procedure = await self._room.procedure()
        further = procedure.type.item(item.code).also_about
        people = [person for person in procedure.participants if person.role == item.role]
        if further and len(people) > len(further):
            for person in [one for one in people if one not in procedure.present()]:
                await self._let_in(host, person)
            await self.identify()
        return not further or len(people) > len(further)

    async def identify(self) -> None:
        """Every citizen in the room, by the mechanisms of the type, in their order, until the policy is satisfied."""
        procedure = await self._room.procedure()
        for citizen in [person for person in procedure.citizens if not any(kept_apart(procedure, person))]:
            while True:
                person = (await self._room.procedure()).participant(citizen.id)
                method = person.identity.next_method(procedure.identified_by(person))
                if method is None:
                    break
                await identify_by(self, self._room, procedure.type.mechanism(method), person)

    async def hold_agenda(self) -> None:
        """Every planned item: filled in with plausible words, or skipped when it is optional and leads nowhere."""
        for item in (await self._room.procedure()).agenda:
            await self.deal_with(item)

    async def deal_with(self, item: AgendaItem) -> None:
        procedure = await self._room.procedure()
        host, kind = presiding(procedure), procedure.type.item(item.code)
        if procedure.item(item.id).state in (ItemState.DONE, ItemState.SKIPPED):
            return
        if item.person:
            await self._alone_with(host, item.person)
        led_nowhere = kind.verb in (Verb.FAIL_TO_SETTLE, Verb.EXHIBIT) or (
            kind.verb is Verb.DEPOSIT and not self._paper
        )
        # The number of an entry goes into the minutes as soon as the register gives it: nobody waits for it here.
        plans = procedure.type.procedure.documents
        by_itself = any(plan.entered_in and plan.entered_in.noted_in == item.code for plan in plans)
        if led_nowhere or by_itself or not await self._together(host, item):
            await self.say(host, SkipItem, item=item.id, reason="No procede en este acto")
            return
        await self.say(host, OpenItem, item=item.id)
        await self._show_drafts(item)
        if kind.verb is Verb.DEPOSIT:
            await self._deposit(procedure.citizens[0], item)
        values = plausible_values(kind, await self._room.procedure(), item)
        await self.say(host, FillItem, item=item.id, values=values, done=True)
        await self.sign_what_was_written()

    async def _show_drafts(self, item: AgendaItem) -> None:
        """What is written when an item is opened, is there to be shown."""
        procedure = await self._room.procedure()
        codes = {plan.code for plan in procedure.type.procedure.written(WrittenWhen.OPENED, item.code)}
        everybody = tuple(person.id for person in procedure.citizens if person in procedure.present())
        for document in procedure.standing():
            if document.code in codes and everybody:
                await self.say(procedure.hosts[0], PresentDocument, document=document.id, to=everybody)

    async def _deposit(self, person: Participant, item: AgendaItem) -> None:
        assert self._paper is not None
        raw = await self._room.upload(self._paper)
        await self.say(
            person,
            DepositDocument,
            raw=(raw,),
            code="exhibit",
            title="Presupuesto de la valla",
            depositor=person.id,
            item=item.id,
        )

    async def sign_what_was_written(self) -> None:
        for document in (await self._room.procedure()).standing():
            await self.sign_document(document)

    async def read_and_sign(self, document: CaseDocument, person: Participant) -> None:
        """Shown, read page by page, understood, authenticated for this document, signed."""
        host = (await self._room.procedure()).hosts[0]
        bound = {"document": document.id, "sha256": document.original.sha256, "participant": person.id}
        await self.say(host, PresentDocument, document=document.id, to=(person.id,))
        for page in range(1, (document.original.pages or 1) + 1):
            await self.say(person, ReadPage, **bound, page=page)
        await self.say(person, UnderstandDocument, **bound)
        procedure = await self._room.procedure()
        if asks_handwriting(procedure, procedure.document(document.id), procedure.participant(person.id)):
            await self.say(person, DeclineHandwriting, **bound)
        sent = await self.say(person, SendPin, participant=person.id, purpose=document.id)
        challenge = sent.detail["challenge"]
        proof = await self._room.proof(challenge)
        await self.say(person, SignDocument, **bound, challenge=challenge, proof=proof, explicit=True)

    async def close(self) -> None:
        procedure = await self._room.procedure()
        outcome = next(iter(procedure.type.procedure.outcomes))
        procedure = await once_entered(self._room, outcome, self.say)
        await self.say(presiding(procedure), CloseSession, outcome=outcome)

    async def interrupt(self) -> None:
        """A recess, in which everybody stays before the camera."""
        procedure = await self._room.procedure()
        host = procedure.hosts[0]
        await self.say(host, InterruptProcedure, cause=InterruptionCause.RECESS, must_act=host.role)

    async def resume(self) -> None:
        procedure = await self._room.reaches(Stage.INTERRUPTED)
        await self.say(procedure.hosts[0], ResumeProcedure)

    async def approve_and_sign(self) -> None:
        await self.approve()
        await self.sign()

    async def sign(self) -> None:
        await self.sign_minutes(await self._room.reaches(Stage.SIGNING))

    async def approve(self) -> None:
        procedure = await self._room.reaches(Stage.APPROVAL)
        minutes, plan = procedure.minutes, procedure.type.procedure
        assert minutes is not None
        approver = next(p for p in procedure.participants if p.role == plan.minutes.approver)
        await self.say(approver, ApproveMinutes, draft=minutes.draft.sha256, corrections=len(minutes.corrections))

    async def sign_minutes(self, procedure: Procedure) -> None:
        assert procedure.minutes is not None and procedure.minutes.document is not None
        await self.sign_document(procedure.document(procedure.minutes.document))

    async def sign_document(self, document: CaseDocument) -> None:
        """Everybody of the plan who has not signed yet, in the order of its lines."""
        procedure = await self._room.procedure()
        document = procedure.document(document.id)
        for line in procedure.type.procedure.signatures:
            if line.document != document.code or line.method is SignatureMethod.SEAL:
                continue
            asked = set(procedure.signers_of(document))
            for person in [p for p in procedure.participants if p.role in line.signers and p.id in asked]:
                if document.signed_by(person.id) or person.id in document.refusals:
                    continue
                if line.method is SignatureMethod.AUTHENTICATED_ACT:
                    await self.read_and_sign(document, person)
                else:
                    await self.say(
                        person,
                        SignWithCertificate,
                        document=document.id,
                        participant=person.id,
                        authenticated_at=self._room.now(),
                    )

    async def say(self, person: Participant, command: type[Command], **words: Any) -> Receipt:
        """Ask one thing as `person`; the id depends only on the play and the line."""
        self._line += 1
        said = {"id": CommandId(f"{self._name}-{self._line:04d}"), **words}
        return await self._room.perform(command(author=Author(participant=person.id, account=person.account), **said))
