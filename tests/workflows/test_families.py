"""Each type is held from the summons to the closed procedure."""

import json

import pytest

import procedure_types
from adapters.memory import MemoryJournal, MemoryMailbox
from domain.events import state_of
from domain.types.vocabulary import Stage
from rehearsal.acting import Play
from tests.workflows.court import Court

SHIPPED = [id for id, kind in procedure_types.load().items() if kind.cooperation is None]
"""Every type that is held in a session."""


@pytest.mark.parametrize("type_id", SHIPPED)
async def test_a_procedure_is_held_from_summons_to_delivered_minutes(court: Court, type_id: str) -> None:
    room = await court.summon(type_id, f"prc_{type_id}")
    closed = await Play(room, type_id, paper=b"a scanned page").whole()

    assert closed.stage is Stage.CLOSED
    assert closed.anchor is not None and closed.bundle is not None
    for document in closed.documents:
        assert len({s.signer for s in document.signatures}) == len(document.signatures)
        assert {s.signer for s in document.signatures} == set(closed.signers_of(document))


async def test_the_state_shown_is_the_fold_of_the_journal(court: Court) -> None:
    room = await court.summon("conciliation", "prc_fold")
    closed = await Play(room, "fold").whole()
    journal = court.installation.journal
    assert isinstance(journal, MemoryJournal)

    entries = await journal.read(closed.id)

    assert state_of(entries) == closed
    assert [json.loads(entry.line)["seq"] for entry in entries] == list(range(len(entries)))
    assert journal.rows[closed.id].stage is Stage.CLOSED


async def test_each_notice_is_mailed_once(court: Court) -> None:
    room = await court.summon("conciliation", "prc_mails")
    closed = await Play(room, "mails").whole()
    mailbox = court.installation.relay
    assert isinstance(mailbox, MemoryMailbox)

    sent = [(notice.kind, notice.recipient) for notice in closed.notices]

    assert sorted(sent) == [("minutes", "p1"), ("minutes", "p2"), ("summons", "p1"), ("summons", "p2")]
    assert len(mailbox.delivered) == 4
    entries = [mail.calendar for mail in mailbox.delivered.values() if mail.calendar]
    uids = {line for _, content in entries for line in content.split(b"\r\n") if line.startswith(b"UID:")}
    assert len(entries) == len(uids) == 2, "the summons of each, and no minutes"


async def test_no_notice_to_a_victim_brings_anything_into_a_calendar(court: Court) -> None:
    room = await court.summon("victim_appointment", "prc_no_calendar")
    await Play(room, "no_calendar").arrive()
    mailbox = court.installation.relay
    assert isinstance(mailbox, MemoryMailbox)
    assert mailbox.delivered and all(mail.calendar is None for mail in mailbox.delivered.values())
