"""Acts on the live room, carried out beside the media process that holds it."""

from temporalio import activity

from activities.orders import CapturedStill, RoomOrder
from domain.ids import main_room
from domain.ports.documents import DocumentVault
from domain.ports.media import MediaServer
from domain.ports.recording import Recorder


class Rooms:
    """Opens and closes rooms, lets people in and out, takes stills from the live stream."""

    def __init__(self, media: MediaServer, recorder: Recorder, vault: DocumentVault, name: str) -> None:
        self._media = media
        self._recorder = recorder
        self._vault = vault
        self._name = name

    @activity.defn
    async def open_room(self, order: RoomOrder) -> str:
        """Which media process holds the room: `name/instance`. The instance changes when that process starts again."""
        instance = await self._media.open_room(order.room)
        return f"{self._name}/{instance}" if self._name else instance

    @activity.defn
    async def admit_to_room(self, order: RoomOrder) -> None:
        assert order.participant is not None
        await self._media.admit(order.room, order.participant)

    @activity.defn
    async def dismiss_from_room(self, order: RoomOrder) -> None:
        assert order.participant is not None
        await self._media.dismiss(order.room, order.participant, order.reason)

    @activity.defn
    async def pause_room(self, order: RoomOrder) -> None:
        await self._media.pause(order.room, True)

    @activity.defn
    async def resume_room(self, order: RoomOrder) -> None:
        await self._media.pause(order.room, False)

    @activity.defn
    async def mute_in_room(self, order: RoomOrder) -> None:
        await self._media.mute(order.room, order.muted)

    @activity.defn
    async def close_room(self, order: RoomOrder) -> None:
        """And whatever still records it: a part whose beginning nobody heard of must not go on."""
        await self._media.close_room(order.room, order.reason)
        if order.room == main_room(order.procedure):
            await self._recorder.end(order.procedure)

    @activity.defn
    async def capture_still(self, order: RoomOrder) -> CapturedStill:
        """The frame as PNG is what the official sees; the encoded key frame, its true original, is kept beside it."""
        assert order.participant is not None
        still = await self._media.grab_still(order.room, order.participant)
        picture = await self._vault.put(order.procedure, still.png, "image/png")
        await self._vault.put_once(
            order.procedure, f"keyframe-of-{picture.sha256}", still.keyframe, f"video/{still.codec}"
        )
        return CapturedStill(still=picture)
