"""Telling people: summons codes and mails, each exactly once."""

from functools import partial

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.notices import Notices
    from activities.orders import SendNotice, SentNotice
    from domain.events.summons import NoticeSent
    from domain.ids import ParticipantId
    from domain.procedure.people import Participant
    from workflows.closing_acts import ClosingActs
    from workflows.queues import PROCEDURES


class Notifying(ClosingActs):
    """Law: a mail announces and is not the notification (LEC 152.2)."""

    async def issue_code(self, person: Participant) -> None:
        """The code of the summons opens that person's seat from now on."""
        await self.insist(PROCEDURES, Notices.issue_codes, self._notice("summons", 1, person.id))

    def summoned(self) -> tuple[Participant, ...]:
        """Who gets the summons; protected families narrow this."""
        return self.procedure.citizens

    async def notify(self, kind: str, person: Participant) -> None:
        """One mail, exactly once for (procedure, kind, version, recipient); no address, no mail."""
        version = len(self._reschedulings(kind, person.id)) + 1
        if kind != "adjourned" and version > 1:
            return
        current = self.procedure.participant(person.id)
        if current.email is None:
            return
        # A corrected address stands in an event after the refusal: the order that follows it must see that event.
        renewed = partial(self._notice, kind, version, person.id)
        sent: SentNotice = await self.insist(PROCEDURES, Notices.send_notice, renewed(), renewed=renewed)
        await self.note(
            NoticeSent(kind=kind, recipient=person.id, message_id=sent.message_id, smtp_reply=sent.smtp_reply)
        )

    def _notice(self, kind: str, version: int, recipient: ParticipantId) -> SendNotice:
        return SendNotice(procedure=self.procedure.id, up_to=self.seq, kind=kind, version=version, recipient=recipient)

    def _reschedulings(self, kind: str, recipient: ParticipantId) -> list[str]:
        return [n.message_id for n in self.procedure.notices if n.kind == kind and n.recipient == recipient]
