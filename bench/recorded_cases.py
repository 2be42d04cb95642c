"""The cases whose histories the determinism gate replays: how each is played, from an ordinary end to a wrong PIN.

Played on the time-skipping server with everything in memory, by invented people, one after the other; what has to go
on in a session across two runs needs the real engine. The type is the smallest that shows the matter.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from adapters.memory import MemoryJournal, MemoryPins
from bench.recording import SMALLEST, Faults, Recording
from domain.commands import (
    AdjournProcedure,
    CancelProcedure,
    CheckIn,
    DismissParticipant,
    EnterPin,
    FillItem,
    InterruptProcedure,
    OpenItem,
    OpenRoom,
    RefuseSignature,
    ResumeProcedure,
    RetryStep,
    SendPin,
)
from domain.errors import PersonMustAct, Refusal, TryAgain
from domain.ids import ParticipantId
from domain.ports.media import RoomFact
from domain.procedure.agenda import AgendaItem
from domain.procedure.people import Participant, Presence
from domain.procedure.state import Procedure
from domain.types.vocabulary import InterruptionCause, ItemState, Stage
from rehearsal.acting import Play
from rehearsal.plausible import plausible_values
from tests.workflows.asking import before_signing, read, until
from tests.workflows.court import Court, Room
from workflows.procedure import ProcedureWorkflow

FAMILIES = ("conciliation", "life_certificate", "oral_hearing_witness", "victim_appointment")


Case = Callable[[Recording], Awaitable[Room]]


def closed(type_id: str) -> Case:
    """From the summons to the closed procedure, nothing in the way."""

    async def play_it(recording: Recording) -> Room:
        room, play = await recording.summon(type_id, f"{type_id}_closed")
        await play.whole()
        return room

    return play_it


def interrupted(type_id: str) -> Case:
    """A power cut in the middle of an item: everybody is identified again, the act goes on to its end."""

    async def play_it(recording: Recording) -> Room:
        room, play = await recording.summon(type_id, f"{type_id}_cut")
        await play.arrive()
        await play.enter()
        await play.identify()
        for item in (await room.procedure()).agenda[:3]:
            await play.deal_with(item)
        await _cut_and_resume(recording.court, room, play)
        await play.hold_agenda()
        await play.close()
        await play.approve_and_sign()
        await room.reaches(Stage.CLOSED)
        return room

    return play_it


async def _cut_and_resume(court: Court, room: Room, play: Play) -> None:
    procedure = await room.procedure()
    host = procedure.hosts[0]
    cut = next(item for item in procedure.agenda if item.state is ItemState.PLANNED)
    await play.say(host, OpenItem, item=cut.id)
    await play.say(host, InterruptProcedure, cause=InterruptionCause.POWER_CUT, must_act="office")
    await court.environment.sleep(timedelta(minutes=7))
    await play.identify()
    await play.say(host, ResumeProcedure)
    await _fill(room, play, cut)


async def _fill(room: Room, play: Play, item: AgendaItem) -> None:
    procedure = await room.procedure()
    values = plausible_values(procedure.type.item(item.code), procedure, item)
    await play.say(procedure.hosts[0], FillItem, item=item.id, values=values, done=True)


async def nobody_came(recording: Recording) -> Room:
    """The term for coming passes, and whoever holds the act records it."""
    room, play = await recording.summon(SMALLEST, "nobody_came")
    stopped = await room.reaches(Stage.INTERRUPTED)
    await play.say(stopped.hosts[0], CancelProcedure, reason="No ha venido ni ha avisado", as_no_show=True)
    await room.reaches(Stage.NO_SHOW)
    return room


async def cancelled(recording: Recording) -> Room:
    """Called off before anybody came; everybody is told."""
    room, play = await recording.summon(SMALLEST, "cancelled")
    host = (await room.reaches(Stage.SUMMONED)).hosts[0]
    await play.say(host, CancelProcedure, reason="La oficina cierra ese día")
    await room.handle.result()
    return room


async def adjourned(recording: Recording) -> Room:
    """Half of it, and the rest four days later."""
    room, play = await recording.in_session("adjourned")
    procedure = await room.procedure()
    await play.deal_with(procedure.agenda[0])
    later = await recording.court.environment.get_current_time() + timedelta(days=4)
    await play.say(procedure.hosts[0], AdjournProcedure, reason="Falta un documento", new_date=later)
    await room.reaches(Stage.SUMMONED)
    await play.whole()
    return room


async def signature_refused(recording: Recording) -> Room:
    """Somebody has read what is to be signed, and does not sign it."""
    room, play, person, document = await before_signing(recording.court, "signature_refused")
    await read(play, (await room.procedure()).hosts[0], person, document)
    reason = "No estoy de acuerdo"
    await play.say(person, RefuseSignature, document=document.id, participant=person.id, reason=reason)
    return room


async def dismissed(recording: Recording) -> Room:
    """Somebody has to leave the room."""
    room, play = await recording.in_session("dismissed")
    procedure = await room.procedure()
    person = procedure.citizens[0]
    await play.say(procedure.hosts[0], DismissParticipant, participant=person.id, reason="Ha terminado su parte")
    return room


async def arrived_elsewhere(recording: Recording) -> Room:
    """Somebody who was admitted and identified says that they have arrived, from another place."""
    room, play = await recording.in_session("arrived_elsewhere")
    person = (await room.procedure()).citizens[0]
    await play.say(person, CheckIn, participant=person.id, place="own_device", device="own")
    await play.deal_with((await room.procedure()).agenda[0])
    return room


async def room_facts(recording: Recording) -> Room:
    """Joined; lost and back in time; left for longer than the gap that an identity outlives: the act stops."""
    room, _ = await recording.in_session("room_facts")
    person = (await room.procedure()).citizens[0]
    with recording.court.environment.auto_time_skipping_disabled():
        for number, kind in enumerate(("joined", "connection_lost", "restored", "left")):
            await _report(room, person, kind, number)
            await until(room, partial(_is_there, person.id, kind in ("joined", "restored")))
    await room.reaches(Stage.INTERRUPTED)
    return room


def _is_there(person: ParticipantId, there: bool, procedure: Procedure) -> bool:
    return (procedure.participant(person).presence is Presence.CONNECTED) is there


async def _report(room: Room, person: Participant, kind: str, number: int) -> None:
    told = RoomFact(
        id=number, procedure=(await room.procedure()).id, participant=person.id, kind=kind, at=datetime.now(UTC)
    )
    await room.handle.signal(ProcedureWorkflow.room_fact, told)


async def retried(recording: Recording) -> Room:
    """Attempts fail: once for a step; until it is reported for another; until it is given up for who waits."""
    for name, times in (("issue_codes", 1), ("send_notice", 8), ("open_room", 12)):
        recording.faults.to_come[name] = [TryAgain("away for a while") for _ in range(times)]
    room, play = await recording.summon(SMALLEST, "retried")
    await play.arrive()
    host = (await room.procedure()).hosts[0]
    asked = asyncio.create_task(play.say(host, OpenRoom))
    for _ in range(60):
        await recording.court.environment.sleep(timedelta(seconds=2))
    try:
        await asked
    except Refusal as refusal:
        assert refusal.code == "outside_unavailable"
    recording.faults.to_come.clear()
    await play.say(host, OpenRoom)
    return room


async def refused_then_healed(recording: Recording) -> Room:
    """A relay refuses an address for good until it is corrected; then the journal refuses until it takes a line."""
    recording.faults.to_come["send_notice"] = [PersonMustAct("mail_refused")]
    room, play = await recording.summon(SMALLEST, "refused_then_healed")
    with recording.court.environment.auto_time_skipping_disabled():
        stuck = await until(room, lambda now: now.trouble is not None)
        person = stuck.citizens[0]
        await play.say(stuck.hosts[0], RetryStep, participant=person.id, email="la.buena@correo.example")
    await room.reaches(Stage.SUMMONED)
    journal = recording.court.installation.journal
    assert isinstance(journal, MemoryJournal)
    journal.refuses = "unknown_key"
    await recording.court.environment.sleep(timedelta(hours=2))
    journal.refuses = None
    await room.handle.signal(ProcedureWorkflow.try_again)
    await room.reaches(Stage.INTERRUPTED)
    return room


async def wrong_pin(recording: Recording) -> Room:
    """A PIN mistyped, then typed well."""
    room, play = await recording.summon("victim_appointment", "wrong_pin")
    await play.arrive()
    await play.enter()
    person = (await room.procedure()).citizens[0]
    sent = await play.say(person, SendPin, participant=person.id, purpose="identity")
    challenge = sent.detail["challenge"]
    for proof in ("0" * 64, MemoryPins.proof(challenge)):
        try:
            await play.say(person, EnterPin, participant=person.id, challenge=challenge, proof=proof)
        except Refusal as refusal:
            assert proof == "0" * 64, refusal
    return room


async def handed_over(court: Court) -> Room:
    """On an engine that finds histories long early: runs of a session follow each other, nobody notices."""
    room, _ = await Recording(court, Faults()).in_session("handed_over")
    host = (await room.procedure()).hosts[0]
    play = Play(room, "handed_over_session")
    while (await room.handle.describe()).run_id == room.handle.first_execution_run_id:
        await _recess(play, host)
    await _recess(play, host)
    return room


async def _recess(play: Play, host: Participant) -> None:
    await play.say(host, InterruptProcedure, cause=InterruptionCause.RECESS, must_act=host.role)
    await play.say(host, ResumeProcedure)


CASES: dict[str, Case] = {
    **{f"{type_id}.closed": closed(type_id) for type_id in FAMILIES},
    **{f"{type_id}.interrupted": interrupted(type_id) for type_id in FAMILIES},
    "life_certificate.no_show": nobody_came,
    "life_certificate.cancelled": cancelled,
    "life_certificate.adjourned": adjourned,
    "life_certificate.signature_refused": signature_refused,
    "life_certificate.dismissed": dismissed,
    "life_certificate.arrived_elsewhere": arrived_elsewhere,
    "life_certificate.room_facts": room_facts,
    "life_certificate.retried": retried,
    "life_certificate.refused_then_healed": refused_then_healed,
    "victim_appointment.wrong_pin": wrong_pin,
}
