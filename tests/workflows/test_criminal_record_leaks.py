"""What a record says is for those whom the law allows: it is in no line, list, mail, log, minutes or bundle."""

import json
import logging
from datetime import UTC, datetime

import pytest

from activities.bundle_parts import core_parts
from adapters.memory import MemoryJournal, MemoryMailbox
from api.access.session import CitizenSession, StaffSession
from api.access.visibility import sees_document
from domain.access.accounts import Account
from domain.ids import AccountId, AdministrationId
from domain.journal.register import register_row
from domain.journal.told import told_of
from domain.procedure.state import Procedure
from domain.types.vocabulary import StaffRole, Stage
from evidence.parts import ReferenceReason
from tests.workflows.court import Court
from tests.workflows.records import SECRET, answer, answered, ask, convicted, finish, hearing


async def closed_with_record(court: Court) -> Procedure:
    room, play = await hearing(court, "leak")
    request = await ask(room, play)
    answer(court, request, "ES")
    answer(court, request, "PT", **convicted("Tribunal de Braga"))
    await answered(court, room, authorities=2)
    await finish(room, play, request)
    for item in (await room.procedure()).agenda[3:-1]:
        await play.deal_with(item)
    await play.close()
    await play.approve_and_sign()
    return await room.reaches(Stage.CLOSED)


async def test_nobody_else_learns_what_a_record_says(court: Court, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        closed = await closed_with_record(court)
    here = court.installation
    journal, mailbox = here.journal, here.relay
    assert isinstance(journal, MemoryJournal) and isinstance(mailbox, MemoryMailbox)
    entries = await journal.read(closed.id)
    assert SECRET not in caplog.text
    assert SECRET not in repr([(entry.line, entry.content) for entry in entries])
    assert SECRET not in repr(vars(mailbox))
    row = register_row(closed, seq=len(entries) - 1, head=entries[-1].hash)
    assert SECRET not in row.model_dump_json() and "criminal" not in row.model_dump_json()
    assert not [entry.type for entry in entries if entry.type.startswith("criminal_record") and told_of(entry)]

    parts = await core_parts(closed, entries, here.vault, here.keys, certificates={})
    assert SECRET.encode() not in b"".join(document.content for document in parts.documents)
    assert SECRET not in repr(parts.openings)
    opened = {opening.seq for opening in parts.openings}
    kept = {entry.seq for entry in entries if entry.type.startswith("criminal_record_")}
    assert kept and not kept & opened
    withheld = {one.sha256 for one in parts.references if one.reason is ReferenceReason.WITHHELD}
    told = {s for entry in entries if entry.seq in kept for s in json.loads(entry.line)["subjects"]}
    assert withheld == told


async def test_a_record_is_read_in_the_seats_that_its_point_names_and_in_no_other(court: Court) -> None:
    closed = await closed_with_record(court)
    (record,) = [document for document in closed.standing() if document.readers]
    seated = {person.role: person for person in closed.participants}
    judge, clerk = seated["judge"].account, seated["clerk"].account
    assert judge and clerk
    reads = {
        name: sees_document(staff(account, role), record, closed)
        for name, account, role in (
            ("judge", judge, StaffRole.OFFICIAL),
            ("clerk", clerk, StaffRole.CLERK),
            ("another clerk of the body", AccountId("acc_other"), StaffRole.CLERK),
            ("an official of the office", AccountId("acc_office"), StaffRole.OFFICE),
            ("an administrator", AccountId("acc_administrator"), StaffRole.ADMINISTRATOR),
            ("an auditor who said why", AccountId("acc_auditor"), StaffRole.AUDITOR),
        )
    }
    assert {name for name, sees in reads.items() if sees} == {"judge", "clerk"}
    witness = seated["witness"]
    citizen = CitizenSession("ses_1", closed.id, witness.id, None, "", "", "es")
    assert not sees_document(citizen, record.but(presented_to=(witness.id,)), closed)


def staff(account: AccountId, role: StaffRole) -> StaffSession:
    held = Account(
        id=account,
        administration=AdministrationId("atlantia"),
        name="Elena Souto Rial",
        email="elena.souto@justicia.example",
        roles=(role,),
    )
    return StaffSession("ses_1", held, "", "", datetime(2026, 11, 26, 12, tzinfo=UTC), reason="Queja 14/2026.")
