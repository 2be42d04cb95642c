"""Telling people: summons codes and mails, each exactly once.

Law: a mail announces and is not the notification (LEC 152.2).
"""

from functools import partial

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.notices import Notices
    from activities.orders import SendNotice, SentNotice
    from domain.events.summons import NoticeSent
    from domain.ids import ParticipantId
    from domain.procedure.people import Participant
    from workflows.engine.calls import call_until_done
    from workflows.engine.case_file import CaseFile
    from workflows.engine.patience import MAIL_ATTEMPT_LIMIT
    from workflows.engine.queues import PROCEDURES


async def issue_code(case: CaseFile, person: Participant) -> None:
    """The code of the summons opens that person's seat from now on."""
    await call_until_done(case, PROCEDURES, Notices.issue_codes, _notice(case, "summons", 1, person.id))


async def notify(case: CaseFile, kind: str, person: Participant) -> None:
    """One mail, exactly once for (procedure, kind, version, recipient); no address, no mail."""
    sent_before = [n for n in case.procedure.notices if n.kind == kind and n.recipient == person.id]
    version = len(sent_before) + 1
    if kind != "adjourned" and version > 1:
        return
    if case.procedure.participant(person.id).email is None:
        return
    # A corrected address stands in an event after the refusal: the order that follows it must see that event.
    rebuild_order = partial(_notice, case, kind, version, person.id)
    sent: SentNotice = await call_until_done(
        case,
        PROCEDURES,
        Notices.send_notice,
        rebuild_order(),
        rebuild_order=rebuild_order,
        attempt_limit=MAIL_ATTEMPT_LIMIT,
    )
    await case.note(NoticeSent(kind=kind, recipient=person.id, message_id=sent.message_id, smtp_reply=sent.smtp_reply))


def _notice(case: CaseFile, kind: str, version: int, recipient: ParticipantId) -> SendNotice:
    return SendNotice(procedure=case.procedure.id, up_to=case.seq, kind=kind, version=version, recipient=recipient)
