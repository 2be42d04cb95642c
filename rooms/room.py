"""One room of a procedure: who waits, who is admitted, who sees whom. It obeys the workflow and decides nothing.

Nobody receives or sends media before being admitted: until then no peer connection exists for them.
"""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.codes.room_tokens import LIFETIME, MOST_SEATS, RoomClaims
from domain.ports.media import MOVED
from rooms.background import Background
from rooms.member import QUALITIES, Channel, Member
from rooms.narrowness import Downlink
from rooms.peer import SILENCE, Peer
from rooms.presence import Note, Presence
from rooms.protocol import Still
from rooms.recording.tap import Tap
from rooms.refusal import RoomRefusal
from rooms.still import NoPicture, grab_still

CONNECTING = 20.0
"""Seconds a browser has to establish media before it is told to begin again."""
WATCHING = 0.5


class Room:
    """Everybody connected to one room."""

    def __init__(self, note: Note, loopback: bool) -> None:
        self.members: dict[str, Member] = {}
        self.closed = False
        self._presence = Presence(note)
        self._loopback = loopback
        self._admitted: set[str] = set()
        self._dismissed: set[str] = set()
        self._sent_away_at: dict[str, datetime] = {}
        """A token from before opens nothing, even once somebody sits there who is admitted again."""
        self._muted: set[str] = set()
        self._muted_at: datetime | None = None
        """When that was last told; a token from before knows nothing newer."""
        self._downlinks: defaultdict[str, Downlink] = defaultdict(Downlink)
        """Whoever comes back over a narrow network is not sent everything again first."""
        self._seats = MOST_SEATS
        self._paused: bool | None = None
        """None until anybody has said whether there is a recess."""
        self._tap: Tap | None = None
        """Who records what is said here; nobody outside the stretches that are recorded."""
        self._background = Background()

    def open(self) -> None:
        """Let people in again."""
        self.closed = False
        self._paused = None

    def join(self, claims: RoomClaims, channel: Channel) -> Member:
        """Take in somebody with a valid token, waiting or admitted. Raise `RoomRefusal`."""
        participant = claims.participant
        admitted = claims.admitted or participant in self._admitted
        if self.closed:
            raise RoomRefusal("room_closed")
        if self._is_sent_away(claims):
            raise RoomRefusal("dismissed")
        self._seats = claims.seats
        if admitted and not claims.hosts and self._is_full_for(participant):
            raise RoomRefusal("room_full")
        if self._paused is None:
            self._paused = claims.paused
        if former := self.members.get(participant):
            self._drop(former, "replaced", lost="replaced")
        if claims.muted and (self._muted_at is None or claims.expires_at - LIFETIME >= self._muted_at):
            self._muted.add(participant)
        member = self.members[participant] = Member(claims, channel)
        if admitted:
            self._start_media(member)
        else:
            channel.post({"type": "waiting"})
            self._presence.waits(participant, claims.role)
        return member

    def admit(self, participant: str) -> None:
        """Start media with a participant, now or when they come. Raise `RoomRefusal` if the room is full or closed."""
        if self.closed:
            raise RoomRefusal("room_closed")
        if self._is_full_for(participant):
            raise RoomRefusal("room_full")
        self._admitted.add(participant)
        self._dismissed.discard(participant)
        member = self.members.get(participant)
        if member is not None and member.peer is None:
            self._start_media(member)

    def dismiss(self, participant: str, reason: str) -> None:
        """Send a participant away until they are admitted again; whoever moved to another room, until a newer token."""
        self._admitted.discard(participant)
        if reason != MOVED:
            self._dismissed.add(participant)
        self._sent_away_at[participant] = datetime.now(UTC)
        if member := self.members.get(participant):
            self._drop(member, "dismissed", detail=reason)
        self._presence.left(participant, MOVED if reason == MOVED else "dismissed")

    def end_session(self, session: str) -> None:
        """A session is over: whoever was here with it is gone, and is not admitted because of it."""
        for member in [member for member in self.members.values() if member.session == session]:
            self._admitted.discard(member.participant)
            self._drop(member, "session_over")
            self._presence.left(member.participant, "session_over")

    def pause(self, paused: bool) -> None:
        """In a recess nobody is seen or heard by anybody; everybody is told."""
        self._paused = paused
        for member in self._with_media():
            member.channel.post({"type": "paused", "paused": paused})
        self._arrange()

    def mute(self, participants: Sequence[str]) -> None:
        """These, and nobody else, are not heard and not recorded, whatever their browsers send; everybody is told."""
        self._muted, self._muted_at = set(participants), datetime.now(UTC)
        for member in self._with_media():
            member.mute(member.participant in self._muted)
        self._arrange()

    def close(self, reason: str = "") -> None:
        """Send everybody away; `reason` says more to their pages."""
        self.closed = True
        for member in list(self.members.values()):
            self._drop(member, "room_closed", detail=reason or None)
        for participant in self._presence.everybody():
            self._presence.left(participant, "room_closed")
        for people in (self._admitted, self._dismissed, self._sent_away_at):
            people.clear()
        self._muted, self._muted_at = set(), None
        self._paused = None

    def record(self, sound_only: bool = False) -> Tap:
        """Somebody records this room from now on, in place of whoever did."""
        if self._tap is not None:
            self._tap.end()
        self._tap = Tap(sound_only)
        self._arrange()
        return self._tap

    async def stop(self) -> None:
        """This process ends: everybody is told to come back to the next one."""
        for member in list(self.members.values()):
            self._drop(member, "stopping", lost="stopping")
        await self._background.finish()

    async def grab_still(self, participant: str) -> Still:
        """A still frame of what a participant sends now. Raise `RoomRefusal`."""
        member = self.members.get(participant)
        if member is None:
            raise RoomRefusal("participant_not_connected")
        if member.peer is None:
            raise RoomRefusal("participant_not_admitted")
        try:
            return await grab_still(member.peer.video)
        except NoPicture as fault:
            raise RoomRefusal("no_picture") from fault

    async def hear(self, member: Member, message: dict[str, Any]) -> None:
        """Act on a message of a browser. Raise `RoomRefusal("protocol")` for one that has no meaning now."""
        kind = message.get("type")
        if self.members.get(member.participant) is not member:
            return
        if kind == "leave":
            self._drop(member, "left")
            self._presence.left(member.participant, "said_so")
        elif kind == "media":
            member.says_they_send(audio=message.get("audio") is True, video=message.get("video") is True)
            member.virtual_camera = message.get("virtual") is True
            self._arrange()
        elif kind == "quality" and message.get("quality") in QUALITIES:
            member.quality = str(message["quality"])
            self._arrange()
        elif kind in ("answer", "candidate") and member.peer is not None:
            try:
                await member.peer.negotiate(message)
            except ValueError as fault:
                raise RoomRefusal("protocol") from fault
        else:
            raise RoomRefusal("protocol")

    def hung_up(self, member: Member) -> None:
        """The signalling connection of a member is gone."""
        self._drop(member, "hung_up", lost="signalling")

    def _is_sent_away(self, claims: RoomClaims) -> bool:
        if claims.admitted and claims.participant in self._dismissed:
            return True
        sent_away_at = self._sent_away_at.get(claims.participant)
        return sent_away_at is not None and claims.expires_at - LIFETIME < sent_away_at

    def _is_full_for(self, participant: str) -> bool:
        return len({member.participant for member in self._with_media()} - {participant}) >= self._seats

    def _start_media(self, member: Member) -> None:
        downlink = self._downlinks[member.participant]
        member.peer = Peer(len(member.places), self._loopback, downlink, lambda: self._media_changed(member))
        if self._paused:
            member.channel.post({"type": "paused", "paused": True})
        if member.participant in self._muted:
            member.mute(True)
        self._background.start(self._negotiate(member, member.peer))
        self._background.start(self._watch(member, member.peer))

    async def _negotiate(self, member: Member, peer: Peer) -> None:
        if sdp := await peer.offer():
            member.channel.post({"type": "offer", "sdp": sdp})
            self._arrange()

    async def _watch(self, member: Member, peer: Peer) -> None:
        deadline = asyncio.get_running_loop().time() + CONNECTING
        while self.members.get(member.participant) is member:
            await asyncio.sleep(WATCHING)
            if self.members.get(member.participant) is not member:
                # scar: media of somebody who has just left lives on for an instant, and they were told to be back.
                return
            silent = member.silent_for()
            if not peer.live and asyncio.get_running_loop().time() > deadline:
                self._drop(member, "media_lost", lost="media")
            elif silent > SILENCE:
                self._presence.lost(member.participant, "silence", datetime.now(UTC) - timedelta(seconds=silent))
            elif peer.live:
                self._presence.live(member.participant, member.role)

    def _media_changed(self, member: Member) -> None:
        if member.peer is None or self.members.get(member.participant) is not member:
            return
        if member.peer.broken:
            self._drop(member, "media_lost", lost="media")
        elif member.peer.live:
            self._presence.live(member.participant, member.role)

    def _drop(self, member: Member, reason: str, lost: str | None = None, detail: str | None = None) -> None:
        if self.members.get(member.participant) is not member:
            return
        del self.members[member.participant]
        if lost is not None:
            self._presence.lost(member.participant, lost)
        if member.peer is not None:
            member.peer.silence()
            self._background.start(member.peer.close())
        member.channel.close({"type": "closed", "reason": reason, "detail": detail})
        self._arrange()

    def _arrange(self) -> None:
        present = self._with_media()
        for member in present:
            member.show([] if self._paused else [other for other in present if other is not member])
        if self._tap is not None:
            self._tap.follow({m.participant: m.peer for m in present if m.peer}, bool(self._paused))

    def _with_media(self) -> list[Member]:
        return [member for member in self.members.values() if member.peer is not None]
