"""Whoever sits down with the same summons elsewhere is somebody else until identified and admitted again."""

from typing import Any

import pytest

from adapters.memory import MemoryJournal
from domain.actions.help import AskHelp
from domain.commands import (
    AcknowledgeWarnings,
    AdmitParticipant,
    AttestAutonomy,
    Author,
    CheckIn,
    Command,
    DepositDocument,
    GiveConsent,
    ReadPage,
    Receipt,
    RefuseSignature,
    SendPin,
    SignDocument,
    UnderstandDocument,
    WithdrawConsent,
)
from domain.errors import Refusal
from domain.ids import AccountId, CommandId, OfficeId, Sha256
from domain.procedure.documents import DocumentRef
from domain.procedure.people import Participant, Presence
from domain.types.vocabulary import StaffRole
from rehearsal.acting import Play
from tests.workflows.asking import events
from tests.workflows.court import Court, Room

OFFICE = OfficeId("ojm-vilar")
SHA = Sha256("5" * 64)
DOCUMENT = {"document": "d1", "sha256": SHA}
PAPER = DocumentRef(key="k", version_id="v", sha256=SHA, size=1, media_type="application/pdf")


async def ask(room: Room, who: Author, command: type[Command], id: str, **words: Any) -> Receipt:
    said: dict[str, Any] = {"participant": "p1", **words}
    return await room.perform(command(id=CommandId(id), author=who, **said))


async def code_of(asked: Any) -> str:
    with pytest.raises(Refusal) as refused:
        await asked
    return refused.value.code


async def identified(court: Court, name: str, type_id: str = "conciliation") -> tuple[Room, Play, Author]:
    """Everybody is in the room and identified; the first citizen sat down in the session `ses_first`."""
    room = await court.summon(type_id, f"prc_{name}")
    play = Play(room, name)
    await play.arrive()
    who = Author(participant=(await room.procedure()).participant("p1").id, session="ses_first")
    await ask(room, who, CheckIn, f"{name}-arrive", office=OFFICE, place="office", device="dev_1")
    await play.enter()
    await play.identify()
    assert (await taken(room)).identity.checks
    return room, play, who


async def taken(room: Room) -> Participant:
    return (await room.procedure()).participant("p1")


@pytest.mark.parametrize(
    ("session", "office", "place", "device"),
    [
        ("ses_second", OFFICE, "office", "dev_1"),
        ("ses_second", None, "own_device", "own"),
        ("ses_first", OFFICE, "office", "dev_2"),
        ("ses_first", None, "own_device", "dev_1"),
    ],
)
async def test_another_session_device_or_place_lapses_identity_and_admission(
    court: Court, session: str, office: OfficeId | None, place: str, device: str
) -> None:
    room, _, first = await identified(court, f"taken_{session}_{place}_{device}")
    assert (first_seat := (f"prc_taken_{session}_{place}_{device}", "p1")) in court.media.admitted

    await ask(room, first.but(session=session), CheckIn, "second-arrival", office=office, place=place, device=device)

    person = await taken(room)
    assert person.presence is Presence.WAITING
    assert person.identity.lapsed_cause == "seat_taken_over"
    assert (await events(court, room))[-3:] == ["seat_taken_over", "identity_lapsed", "participant_checked_in"]
    assert first_seat not in court.media.admitted, "the media of whoever sat there go on"


async def test_the_same_seat_taken_again_lapses_nothing(court: Court) -> None:
    room, _, first = await identified(court, "same")
    await ask(room, first, CheckIn, "again-and-again", office=OFFICE, place="office", device="dev_1")

    assert "seat_taken_over" not in await events(court, room)
    assert (await taken(room)).identity.lapsed_cause is None


async def test_a_session_that_never_arrived_can_ask_for_help_and_nothing_else(court: Court) -> None:
    room, _, first = await identified(court, "other")
    other = first.but(session="ses_second")

    for number, (command, words) in enumerate(
        (
            (AcknowledgeWarnings, {"text_version": "2026-1"}),
            (GiveConsent, {"scope": "audio", "given": True}),
            (WithdrawConsent, {}),
            (SendPin, {"purpose": "identity"}),
            (ReadPage, {**DOCUMENT, "page": 1}),
            (UnderstandDocument, DOCUMENT),
            (SignDocument, {**DOCUMENT, "challenge": "c", "proof": "p", "explicit": True}),
            (RefuseSignature, {"document": "d1", "reason": "No quiero"}),
        )
    ):
        asked = ask(room, other, command, f"elsewhere-{number:04d}", **words)  # type: ignore[arg-type]
        assert await code_of(asked) == "session_not_arrived", command
    paper: dict[str, Any] = {"raw": (PAPER,), "code": "exhibit", "title": "Papel", "depositor": "p1"}
    deposit = DepositDocument(id=CommandId("elsewhere-deposit"), author=other, **paper)
    assert await code_of(room.perform(deposit)) == "session_not_arrived"
    await ask(room, other, AskHelp, "elsewhere-help")


async def test_who_took_a_seat_over_does_nothing_until_identified_again(court: Court) -> None:
    room, play, first = await identified(court, "meanwhile")
    second = first.but(session="ses_second")
    await ask(room, second, CheckIn, "second-arrival", office=None, place="own_device", device="own")

    reading = ask(room, second, ReadPage, "second-reads", **DOCUMENT, page=1)
    assert await code_of(reading) == "seat_taken_over"
    assert await code_of(ask(room, first, AcknowledgeWarnings, "first-acts", text_version="2026-1")) == (
        "session_not_arrived"
    )

    host = (await room.procedure()).hosts[0]
    await play.say(host, AdmitParticipant, participant="p1")
    assert (await taken(room)).presence is Presence.ADMITTED
    reading = ask(room, second, ReadPage, "second-reads-again", **DOCUMENT, page=1)
    assert await code_of(reading) == "seat_taken_over"

    # The Play speaks as nobody's session, as staff at the person's side do.
    await play.identify()
    assert not (await taken(room)).seat_taken_over
    reading = ask(room, second, ReadPage, "second-reads-now", **DOCUMENT, page=1)
    assert await code_of(reading) == "unknown_document"


async def test_consent_is_not_given_from_a_seat_that_was_taken_over(court: Court) -> None:
    room, _, first = await identified(court, "consent", "life_certificate")
    second = first.but(session="ses_second")
    await ask(room, second, CheckIn, "second-arrival", office=None, place="own_device", device="own")

    consent = ask(room, second, GiveConsent, "second-consents", scope="audio_video", given=True)
    assert await code_of(consent) == "seat_taken_over"


async def test_who_only_waited_takes_the_seat_without_a_word_of_it(court: Court) -> None:
    room = await court.summon("conciliation", "prc_waited")
    play = Play(room, "waited")
    await play.arrive()
    first = Author(participant=(await taken(room)).id, session="ses_first")
    await ask(room, first, CheckIn, "first-arrival", office=OFFICE, place="office", device="dev_1")
    await ask(room, first.but(session="ses_second"), CheckIn, "second-arrival", place="own_device", device="own")

    assert "seat_taken_over" not in await events(court, room)


async def test_what_the_office_attested_of_somebody_is_not_said_of_who_comes_after(court: Court) -> None:
    room = await court.summon("conciliation", "prc_attested")
    await Play(room, "attested").arrive()
    first = Author(participant=(await taken(room)).id, session="ses_first")
    await ask(room, first, CheckIn, "first-arrival", office=OFFICE, place="office", device="dev_1")
    official = Author(account=AccountId("acc_desk"), staff_roles=(StaffRole.OFFICE,), office=(await taken(room)).office)
    await ask(room, official, AttestAutonomy, "attested-free")
    await ask(room, first, CheckIn, "the-same-seat", office=OFFICE, place="office", device="dev_1")
    assert (await taken(room)).autonomy_attested_by is not None

    await ask(room, first.but(session="ses_second"), CheckIn, "second-arrival", place="own_device", device="own")

    assert (await taken(room)).autonomy_attested_by is None


async def test_an_admission_without_identity_lapses_too(court: Court) -> None:
    room = await court.summon("conciliation", "prc_admitted")
    play = Play(room, "admitted")
    await play.arrive()
    first = Author(participant=(await taken(room)).id, session="ses_first")
    await ask(room, first, CheckIn, "first-arrival", office=OFFICE, place="office", device="dev_1")
    await play.enter()
    await ask(room, first.but(session="ses_second"), CheckIn, "second-arrival", place="own_device", device="own")

    assert (await taken(room)).presence is Presence.WAITING
    assert (await events(court, room))[-2:] == ["seat_taken_over", "participant_checked_in"]


async def test_the_journal_names_the_session_and_what_was_new(court: Court) -> None:
    room, _, first = await identified(court, "told")
    await ask(room, first.but(session="ses_second"), CheckIn, "second-arrival", place="own_device", device="own")

    journal = court.installation.journal
    assert isinstance(journal, MemoryJournal)
    entries = {entry.type: entry.content for entry in await journal.read((await room.procedure()).id)}
    assert entries["participant_checked_in"]["session"] == "ses_second"
    assert entries["seat_taken_over"] == {"participant": "p1", "place": "own_device"}
