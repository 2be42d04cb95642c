"""Who is in the live room, from the facts that the media report; and what a gap in somebody's presence means."""

import asyncio
from collections import deque
from datetime import datetime, timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.errors import Refusal
    from domain.events.identity import IdentityLapsed
    from domain.events.interruptions import ProcedureInterrupted
    from domain.events.people import ConnectionLost, ParticipantJoined, ParticipantLeft
    from domain.ids import ParticipantId
    from domain.ports.media import MOVED, RoomFact
    from domain.procedure.people import IN_THE_ROOM, Participant, Presence
    from domain.rules.continuity import outlasts
    from domain.types.procedure_type import MINUTES
    from domain.types.vocabulary import InterruptionCause, Side, Stage
    from workflows.engine.case_file import CaseFile

ANOTHER_WINDOW = "another-window-is-no-cut"
SEEN_FIRST = "seen before admitted"
"""The patch since which whoever the media see before their admission is written counts as there once it is."""
IDENTIFIED_WHILE_AWAY = "identified while away"
"""The patch since which an absence in which somebody was identified counts against it from then on."""
RETURNED_LATE = "returned late"
"""The patch since which it is one writing that somebody is back and, after too long, not identified any more: nothing
is accepted of them in between."""
TOLD_BY_MEDIA = "gaps as the media saw them"
"""The patch since which a gap is as long as the media saw it, where the engine heard of it late, and since which what
is told once more, after what came of it, is nothing new."""

HERE = (Presence.CONNECTED, Presence.IN_PRIVATE)
GONE = (Presence.LOST, Presence.LEFT)
NO_TIME = timedelta()
REMEMBERED = 20


class RoomPresence:
    """Writes what is new in each fact, and watches whoever is gone."""

    def __init__(self, case: CaseFile) -> None:
        self._case = case
        self._facts = asyncio.Lock()
        self._watches: dict[ParticipantId, asyncio.Task[None]] = {}
        self._seen_first: dict[ParticipantId, asyncio.Task[None]] = {}
        self._told: dict[ParticipantId, deque[tuple[int, str, datetime]]] = {}
        """Number, kind and instant of the last facts of each person."""
        self._gone_at: dict[ParticipantId, datetime] = {}
        """By the clock of the media: good for differences and for nothing else."""

    async def record_fact(self, fact: RoomFact) -> None:
        """The media saw somebody come, go or lose the line. Idempotent: the state says what is new."""
        # One at a time: who comes back while the going is being written must not be taken for somebody who is there.
        async with self._facts:
            gone = await self._record_if_new(fact)
        if gone:
            self._watch(fact.participant)

    def watch_everybody_gone(self) -> None:
        """Take up the watches of an earlier run."""
        for person in self._case.procedure.participants:
            if person.presence in GONE and person.lost_at is not None:
                self._watch(person.id)

    def _watch(self, participant: ParticipantId) -> None:
        # Beside the signal's handler and not in it: a procedure must be able to go on in a next run meanwhile.
        self._watches[participant] = asyncio.create_task(self._watch_gap(participant))

    async def _record_if_new(self, fact: RoomFact) -> bool:
        """True when somebody is gone whose return must be watched."""
        procedure = self._case.procedure
        try:
            presence = procedure.participant(fact.participant).presence
        except Refusal:
            workflow.logger.warning("a room reports somebody who is not in this procedure")
            return False
        if procedure.stage.ended or fact.reason == "waiting" or self._is_told_again(fact):
            return False
        if fact.room != procedure.room_of(fact.participant) or fact.reason == MOVED:
            return False  # of a room that they were sent away from
        if presence not in IN_THE_ROOM:
            self._keep(fact)
            return False
        if fact.kind in ("joined", "restored") and presence not in HERE:
            await self._record_return(fact.participant, self._gap_told(fact))
        elif fact.kind in ("connection_lost", "left") and presence is not Presence.LOST:
            if procedure.participant(fact.participant).lost_at is None:
                self._gone_at[fact.participant] = fact.at
            await self._case.note(self._gone(fact))
            return True
        return False

    def _is_told_again(self, fact: RoomFact) -> bool:
        """Scar: a loss that was told once more after the return, when a process began anew, was another loss.

        Word for word, and not by its number alone: a process that died leaves its last one to each of its people.
        """
        told = self._told.setdefault(fact.participant, deque(maxlen=REMEMBERED))
        said = (fact.id, fact.kind, fact.at)
        again = fact.id > 0 and said in told
        told.append(said)
        return again and workflow.patched(TOLD_BY_MEDIA)

    def _gap_told(self, fact: RoomFact) -> timedelta:
        """How long the media saw nobody; no time where another run heard of the going."""
        return fact.at - self._gone_at.pop(fact.participant, fact.at)

    def _keep(self, fact: RoomFact) -> None:
        """Scar: the room lets somebody in before that is written, and may see them sooner than it is."""
        if waiting := self._seen_first.pop(fact.participant, None):
            waiting.cancel()
        if fact.kind in ("joined", "restored") and workflow.patched(SEEN_FIRST):
            self._seen_first[fact.participant] = asyncio.create_task(self._join_once_admitted(fact.participant))

    async def _join_once_admitted(self, participant: ParticipantId) -> None:
        await workflow.wait_condition(
            lambda: self._case.procedure.participant(participant).presence is Presence.ADMITTED
        )
        self._seen_first.pop(participant, None)
        async with self._facts:
            await self._record_return(participant)

    @staticmethod
    def _gone(fact: RoomFact) -> ConnectionLost | ParticipantLeft:
        """Whoever goes on in another window has left this one: no line was cut."""
        another_window = fact.reason == "replaced" and workflow.patched(ANOTHER_WINDOW)
        if fact.kind == "connection_lost" and not another_window:
            return ConnectionLost(participant=fact.participant)
        return ParticipantLeft(participant=fact.participant)

    async def _record_return(self, participant: ParticipantId, told: timedelta = NO_TIME) -> None:
        joined = ParticipantJoined(participant=participant)
        unseen_since = self._unseen_since(self._case.procedure.participant(participant))
        if workflow.patched(RETURNED_LATE):
            await self._case.note(joined, *self._lapsed_since(participant, unseen_since, told))
        else:
            await self._case.note(joined)
            if lapsed := self._lapsed_since(participant, unseen_since):
                await self._case.note(*lapsed)

    def _lapsed_since(
        self, participant: ParticipantId, unseen_since: datetime | None, told: timedelta = NO_TIME
    ) -> tuple[IdentityLapsed, ...]:
        if unseen_since is None:
            return ()
        policy = self._case.procedure.type.procedure.identity
        if outlasts(policy, self._case.now() - unseen_since):
            return self._lapsed(participant)
        # What the media saw counts from when they went, and not from an identification at a provider's page since.
        whole = unseen_since == self._case.procedure.participant(participant).lost_at
        late = whole and outlasts(policy, told) and workflow.patched(TOLD_BY_MEDIA)
        return self._lapsed(participant) if late else ()

    @property
    def _lapse_after(self) -> timedelta:
        return self._case.procedure.type.procedure.identity.lapse_after

    @staticmethod
    def _unseen_since(person: Participant) -> datetime | None:
        """Since when nothing has vouched for them: the line, or the provider at whose page they were identified.

        Scar: whoever took a minute at the provider's page was identified there, and was not any more on coming back.
        """
        later = [
            check.checked_at for check in person.identity.checks if person.lost_at and check.checked_at > person.lost_at
        ]
        return later[-1] if later and workflow.patched(IDENTIFIED_WHILE_AWAY) else person.lost_at

    async def _watch_gap(self, participant: ParticipantId) -> None:
        """Law: continuity of image and sound is a condition of identity (BOE-A-2021-9004)."""
        lapse_after = self._lapse_after
        lost_at = self._case.procedure.participant(participant).lost_at
        left = lapse_after if lost_at is None else lapse_after - (self._case.now() - lost_at)
        if left.total_seconds() > 0:
            await workflow.sleep(left)
        person = self._case.procedure.participant(participant)
        if person.presence not in GONE or person.lost_at is None or self._case.now() - person.lost_at < lapse_after:
            return
        unseen_since = self._unseen_since(person)
        too_long = unseen_since is None or self._case.now() - unseen_since >= lapse_after
        if too_long and (lapsed := self._lapsed(participant)):
            await self._case.note(*lapsed)
        await self._stop_for(participant)

    def _lapsed(self, participant: ParticipantId) -> tuple[IdentityLapsed, ...]:
        """That their identity stands no more, if it matters to anybody."""
        person = self._case.procedure.participant(participant)
        citizen = self._case.procedure.role_of(person).side is not Side.AUTHORITY
        if citizen and person.identity.stands and self._has_more_to_do(person):
            return (IdentityLapsed(participant=participant, cause="connection_lost"),)
        return ()

    def _has_more_to_do(self, person: Participant) -> bool:
        """An identity matters while the session is on, and after it only to who still signs the minutes."""
        procedure = self._case.procedure
        if procedure.stage in (Stage.IN_SESSION, Stage.INTERRUPTED):
            return True
        plan = procedure.type.procedure.signatures
        signs_minutes = any(line.document == MINUTES and person.role in line.signers for line in plan)
        return signs_minutes and procedure.stage in (Stage.APPROVAL, Stage.SIGNING)

    async def _stop_for(self, participant: ParticipantId) -> None:
        procedure = self._case.procedure
        person = procedure.participant(participant)
        running = procedure.open_item()
        await self._case.note_if(
            lambda: self._case.procedure.stage is Stage.IN_SESSION,
            ProcedureInterrupted(
                cause=InterruptionCause.CONNECTION_LOST,
                note="",
                must_act=person.role,
                repeats=(participant,) if procedure.role_of(person).side is not Side.AUTHORITY else (),
                item=running.id if running else None,
            ),
        )
