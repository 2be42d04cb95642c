"""All the rooms of this process, and the door: a token opens it once."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from domain.codes.room_tokens import LIFETIME, RoomClaims, RoomTokenRefused, verify
from domain.ids import RoomId
from rooms.facts import FactLog
from rooms.member import Channel, Member
from rooms.refusal import RoomRefusal
from rooms.room import Room


class Courthouse:
    """The rooms by name. `loopback` also offers 127.0.0.1 to browsers (a stack on one machine).

    `keys` are asked for at every door, so that they can be changed while people are inside.
    """

    def __init__(self, instance: str, keys: Callable[[], Sequence[bytes]], loopback: bool) -> None:
        self.instance = instance
        # Microseconds of the start: facts of a restarted process are newer than those of the one before.
        self.facts = FactLog(instance, int(datetime.now(UTC).timestamp() * 1_000_000))
        self._keys = keys
        self._loopback = loopback
        self._rooms: dict[RoomId, Room] = {}
        self._used: dict[str, datetime] = {}
        self._over: dict[str, datetime] = {}
        """Sessions that are over, for as long as a pass given to them could still be shown."""

    def enter(self, token: str, channel: Channel) -> tuple[Room, Member]:
        """Let the bearer of `token` in. Raise `RoomRefusal` with the fault of the token or the reason of the room."""
        now = datetime.now(UTC)
        try:
            claims = verify(self._keys(), token, now)
        except RoomTokenRefused as fault:
            raise RoomRefusal(fault.code) from fault
        if claims.session in self._over:
            raise RoomRefusal("session_over")
        self._use_once(claims, now)
        room = self.room(claims.room)
        return room, room.join(claims, channel)

    def room(self, name: RoomId) -> Room:
        """The room of this name; it comes into being when first asked for, also after a crash of this process."""
        if name not in self._rooms:
            self._rooms[name] = Room(
                lambda who, role, kind, why, at: self.facts.note(name, who, role, kind, why, at), self._loopback
            )
        return self._rooms[name]

    def open(self, name: RoomId) -> None:
        """Let people in."""
        self.room(name).open()

    def close(self, name: RoomId, reason: str) -> None:
        """End a room."""
        room = self.room(name)
        room.close(reason)
        # Remembered as closed for as long as a token minted before could still be shown.
        delay = 2 * LIFETIME.total_seconds()
        asyncio.get_running_loop().call_later(delay, self._forget, name, room)

    def end_session(self, session: str) -> None:
        """End the media of a session that is over, and what passes it has."""
        now = datetime.now(UTC)
        self._over = {known: at for known, at in self._over.items() if at + 2 * LIFETIME > now} | {session: now}
        for room in self._rooms.values():
            room.end_session(session)

    def sessions(self) -> dict[str, bool]:
        """Those that are connected, and of each whether its media flow."""
        found: dict[str, bool] = {}
        for room in self._rooms.values():
            for member in room.members.values():
                if member.session:  # one may be in two rooms, and speak in one of them
                    found[member.session] = found.get(member.session, False) or bool(member.peer and member.peer.live)
        return found

    async def stop(self) -> None:
        """Tell everybody to come back to another process and end all connections."""
        await asyncio.gather(*(room.stop() for room in self._rooms.values()))

    def census(self) -> dict[str, int]:
        """Rooms with somebody in them, people, packets forwarded to those present, and theirs that were too many."""
        rooms = list(self._rooms.values())
        members = [member for room in rooms for member in list(room.members.values())]
        peers = [member.peer for member in members if member.peer]
        slots = [slot for peer in peers for pair in peer.slots for slot in pair]
        sent = [publication for peer in peers for publication in (peer.audio, peer.video)]
        return {
            "rooms": sum(1 for room in rooms if room.members),
            "people": len(members),
            "packets_forwarded": sum(slot.forwarded for slot in slots),
            "packets_overflowed": sum(one.overflowed for one in sent),
        }

    def _use_once(self, claims: RoomClaims, now: datetime) -> None:
        self._used = {jti: end for jti, end in self._used.items() if end + timedelta(seconds=1) > now}
        if claims.jti in self._used:
            raise RoomRefusal("replayed")
        self._used[claims.jti] = claims.expires_at

    def _forget(self, name: RoomId, room: Room) -> None:
        if room.closed and self._rooms.get(name) is room:
            del self._rooms[name]
