"""Scripted witnesses are heard apart, are set against each other, and sign the record of it with judge and clerk."""

from datetime import UTC, datetime, timedelta

from domain.ids import AdministrationId
from rehearsal.acting import Play
from rehearsal.casting import request
from rehearsal.in_memory import MemoryCourtroom
from tests.shipped import shipped_administrations, shipped_types

AT = datetime(2026, 11, 26, 9, tzinfo=UTC)


async def test_two_witnesses_are_confronted_and_everybody_signs() -> None:
    asked = request(
        shipped_types()["statement_in_investigation"],
        shipped_administrations()[AdministrationId("atlantia")],
        id="prc_confronted",
        scheduled_at=AT + timedelta(minutes=10),
        accounts={"judge": "acc_judge", "clerk": "acc_clerk"},
        besides=("witness",),
    )
    room = MemoryCourtroom(asked, AT)
    play = Play(room, "confronted")
    await play.arrive()
    await play.enter()
    await play.identify()
    await play.hold_agenda()
    await play.close()
    procedure = await room.procedure()

    statements = [document for document in procedure.documents if document.code == "statement"]
    record = next(document for document in procedure.documents if document.code == "confrontation_record")
    witnesses = [person.id for person in procedure.participants if person.role == "witness"]
    authorities = [person.id for person in procedure.participants if person.role in ("judge", "clerk")]
    assert [[one for one in witnesses if statement.signed_by(one)] for statement in statements] == [
        [witness] for witness in witnesses
    ]
    assert all(record.signed_by(one) for one in (*witnesses, *authorities))
