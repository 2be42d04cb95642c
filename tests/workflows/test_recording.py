"""An act is recorded as its type says: from its opening, not in a recess, and never without the consent it needs."""

import json
from datetime import timedelta

from adapters.memory import MemoryJournal
from domain.actions.recording_again import RecordAgain
from domain.commands import AcknowledgeWarnings, AdmitParticipant, CheckIn, GiveConsent, OpenRoom, WithdrawConsent
from domain.ids import ParticipantId
from domain.journal.chain import JournalEntry
from domain.types.vocabulary import RecordingPolicy, Stage
from rehearsal.acting import Play
from rehearsal.casting import request
from tests.workflows.asking import by, code_of, events, until
from tests.workflows.court import ATLANTIA, Court, Room

OF_RECORDING = ("recording_started", "recording_stopped", "recording_failed", "recording_kept")


async def told(court: Court, room: Room) -> list[str]:
    return [type for type in await events(court, room) if type in OF_RECORDING]


async def entry(court: Court, room: Room, type: str) -> JournalEntry:
    journal = court.installation.journal
    assert isinstance(journal, MemoryJournal)
    return next(e for e in await journal.read((await room.procedure()).id) if e.type == type)


async def held(court: Court, type_id: str, name: str) -> tuple[Room, Play]:
    """In session, everybody identified."""
    room = await court.summon(type_id, f"prc_{name}")
    play = Play(room, name)
    await play.arrive()
    await play.enter()
    return room, play


async def test_a_hearing_is_recorded_from_its_opening_and_not_in_a_recess(court: Court) -> None:
    room, play = await held(court, "oral_hearing_witness", "hearing")
    await until(room, lambda now: now.recording is not None and now.recording.open_part is not None)
    await play.identify()
    await play.interrupt()
    stopped = await until(room, lambda now: now.recording is not None and now.recording.open_part is None)
    assert stopped.recording is not None and stopped.recording.parts[0].ended_because == "recess"
    assert court.recorder.recording == set(), "recorded in a recess"
    await play.resume()
    await until(room, lambda now: now.recording is not None and now.recording.open_part is not None)
    await play.hold_agenda()
    await play.close()
    await play.approve_and_sign()
    closed = await room.reaches(Stage.CLOSED)

    begun, ended = "recording_started", "recording_stopped"
    assert await told(court, room) == [begun, ended, begun, ended, "recording_kept"]
    assert closed.recording is not None and closed.recording.whole
    assert [part.ended_because for part in closed.recording.parts] == ["recess", "closed"]
    kept = closed.recording.manifest
    assert kept is not None
    manifest = json.loads(await court.installation.vault.get(closed.id, kept))
    assert manifest["lines"][0]["previous"] == "0" * 64
    assert manifest["head"] == closed.recording.head and len(manifest["lines"]) == closed.recording.lines == 4
    assert kept.sha256 in (await entry(court, room, "recording_kept")).line


async def test_an_act_goes_on_without_its_recorder_and_the_record_says_so(court: Court) -> None:
    court.recorder.away = True
    room, play = await held(court, "oral_hearing_witness", "away")
    await court.environment.sleep(30)
    await play.identify()
    await play.hold_agenda()
    await play.close()
    await play.approve_and_sign()
    closed = await room.reaches(Stage.CLOSED)

    assert await told(court, room) == ["recording_failed"]
    assert closed.recording is not None and not closed.recording.whole


async def test_a_recorder_that_is_back_records_when_the_host_asks_for_it_once_more(court: Court) -> None:
    court.recorder.away = True
    room, play = await held(court, "oral_hearing_witness", "again")
    stopped = await until(room, lambda now: now.recording is not None and now.recording.stands_still)
    host = stopped.hosts[0]
    court.recorder.away = False
    await court.environment.sleep(5)
    assert await told(court, room) == ["recording_failed"], "nobody has asked"

    await room.perform(RecordAgain(**by(host, "record-again")))
    begun = await until(room, lambda now: now.recording is not None and now.recording.open_part is not None)
    assert begun.recording is not None and begun.recording.parts[0].part == 2
    assert court.recorder.recording == {(begun.id, 2)}
    assert await code_of(room.perform(RecordAgain(**by(host, "record-twice")))) == "recording_goes_on"
    await play.identify()
    await play.hold_agenda()
    await play.close()
    await play.approve_and_sign()
    closed = await room.reaches(Stage.CLOSED)
    assert await told(court, room) == ["recording_failed", "recording_started", "recording_stopped", "recording_kept"]
    assert closed.recording is not None and not closed.recording.whole and not closed.recording_is_minutes


async def test_a_mediation_is_never_recorded(court: Court) -> None:
    room, play = await held(court, "mediation", "mediation")
    await play.identify()
    await play.hold_agenda()
    await play.close()

    assert await told(court, room) == []


async def test_nobody_is_recorded_before_everybody_has_said_yes_and_any_no_ends_it(court: Court) -> None:
    """Law: GDPR art. 7.3, consent can be taken back at any time."""
    assert court.types["life_certificate"].procedure.recording is RecordingPolicy.WITH_CONSENT
    room, play = await held(court, "life_certificate", "consent")
    procedure = await room.procedure()
    person = procedure.citizens[0]
    assert await told(court, room) == []
    await play.say(person, GiveConsent, participant=person.id, scope="audio_video", given=True)
    await until(room, lambda now: now.recording is not None and now.recording.open_part is not None)
    await play.say(person, WithdrawConsent, participant=person.id)
    stopped = await until(room, lambda now: now.recording is not None and now.recording.open_part is None)

    assert stopped.recording is not None
    assert [part.ended_because for part in stopped.recording.parts] == ["consent"]
    assert court.recorder.recording == set()


async def test_a_recorder_that_was_away_records_nobody_once_it_is_back(court: Court) -> None:
    """The act went on long ago; whoever took their consent back is not recorded because nobody heard it at the time."""
    room, play = await held(court, "life_certificate", "late")
    person = (await room.procedure()).citizens[0]
    await play.say(person, GiveConsent, participant=person.id, scope="audio_video", given=True)
    await until(room, lambda now: now.recording is not None and now.recording.open_part is not None)
    court.recorder.away = True
    await play.say(person, WithdrawConsent, participant=person.id)
    await court.environment.sleep(timedelta(minutes=10))
    assert "recording_failed" in await told(court, room)
    court.recorder.away = False
    await court.environment.sleep(timedelta(minutes=10))

    assert (await room.procedure()).stage is Stage.IN_SESSION
    assert court.recorder.recording == set()


async def test_what_was_begun_and_nobody_heard_of_ends_with_the_room(court: Court) -> None:
    """The answer to its beginning was lost: nobody is recorded longer than the room is open."""
    room, play = await held(court, "mediation", "unheard")
    procedure = await room.procedure()
    court.recorder.recording.add((procedure.id, 1))
    await play.identify()
    await play.hold_agenda()
    await play.close()
    await play.approve_and_sign()
    await room.reaches(Stage.CLOSED)

    assert court.recorder.recording == set()


async def test_nobody_comes_into_a_recorded_room_without_having_said_yes(court: Court) -> None:
    """The recording stops before the door opens, not after; and begins once the last one agrees."""
    accounts = {"registrar": "acc_registrar"}
    administration = court.installation.administrations[ATLANTIA]
    at = await court.environment.get_current_time() + timedelta(minutes=10)
    asked = request(court.types["birth_declaration"], administration, id="prc_two", scheduled_at=at, accounts=accounts)
    second = asked.participants[0].but(id=ParticipantId("p9"), name="Iria Souto Lema")
    room = await court.start(asked.but(participants=(*asked.participants, second)))
    play = Play(room, "two")
    await room.reaches(Stage.SUMMONED)
    first, host = (await room.procedure()).citizens[0], (await room.procedure()).hosts[0]
    for person in (first, second):
        await play.say(person, CheckIn, participant=person.id, office=person.office, place="office", device="desk-1")
        await play.say(person, AcknowledgeWarnings, participant=person.id, text_version="2026-1")
    await play.say(host, OpenRoom)
    await play.say(host, AdmitParticipant, participant=first.id)
    await play.say(first, GiveConsent, participant=first.id, scope="audio_video", given=True)
    await until(room, lambda now: now.recording is not None and now.recording.open_part is not None)
    await play.say(host, AdmitParticipant, participant=second.id)
    story = await events(court, room)
    assert story.index("recording_stopped") < len(story) - 1 - story[::-1].index("participant_admitted")
    assert court.recorder.recording == set()
    await play.say(second, GiveConsent, participant=second.id, scope="audio", given=True)
    now = await until(room, lambda now: now.recording is not None and now.recording.open_part is not None)
    assert now.recording is not None and [part.sound_only for part in now.recording.parts] == [False, True]
    assert court.recorder.sound_only == [False, True], "sound alone was agreed to"
    await play.say(second, GiveConsent, participant=second.id, scope="audio_video", given=True)
    await until(room, lambda now: now.recording is not None and len(now.recording.parts) == 3)
    assert court.recorder.sound_only == [False, True, False]


async def test_of_an_act_of_sound_alone_nobody_is_seen_whatever_they_agree_to(court: Court) -> None:
    kind = court.types["life_certificate"]
    court.types["sound_alone"] = kind.but(procedure=kind.procedure.but(recording=RecordingPolicy.AUDIO_ONLY))
    room, play = await held(court, "sound_alone", "sound")
    person = (await room.procedure()).citizens[0]
    assert await told(court, room) == []
    await play.say(person, GiveConsent, participant=person.id, scope="audio_video", given=True)
    await until(room, lambda now: now.recording is not None and now.recording.open_part is not None)
    await play.say(person, WithdrawConsent, participant=person.id)
    stopped = await until(room, lambda now: now.recording is not None and now.recording.open_part is None)

    assert stopped.recording is not None and [part.sound_only for part in stopped.recording.parts] == [True]
    assert court.recorder.sound_only == [True]
