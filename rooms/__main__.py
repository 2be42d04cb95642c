"""Root of the media process: settings in, rooms out. Nothing but media and its signalling runs in this event loop.

What is said in a room leaves this process by its sockets alone, where it is recorded too; and the kernel is asked to
see to it: the process may not write one byte to a file.
"""

import asyncio
import logging
import resource
import secrets
import signal
import stat
import sys
from os import fstat

import uvloop
from aiohttp import web

from adapters.telemetry import logs, metrics
from domain.codes.key_files import keys_in
from rooms.aiortc_hooks import require_supported_aiortc
from rooms.control import ControlSocket
from rooms.courthouse import Courthouse
from rooms.signalling import application
from settings import RoomsSettings

log = logging.getLogger("rooms")


def forbid_files() -> bool:
    """Take from this process the right to write to files (RLIMIT_FSIZE 0); sockets and pipes are not concerned.

    Return False, and change nothing, when its own log is a file: losing the log would hide more than it protects.
    """
    if any(stat.S_ISREG(fstat(stream.fileno()).st_mode) for stream in (sys.stdout, sys.stderr)):
        log.warning("the log is a file, so writing files stays possible; give this process a pipe instead")
        return False
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    return True


async def serve(settings: RoomsSettings) -> None:
    """Run until SIGTERM or SIGINT, then tell everybody and end every connection."""
    require_supported_aiortc()
    house = Courthouse(
        instance=secrets.token_hex(8),
        keys=lambda: keys_in(settings.room_key_file.read_bytes()),
        # A process that only this machine can reach serves browsers on this machine.
        loopback=settings.rooms_host in ("127.0.0.1", "::1", "localhost"),
    )
    metrics.show("estrado_rooms", "What this media process carries now.", house.census)
    control = ControlSocket(house, settings.rooms_socket)
    await control.open()
    runner = web.AppRunner(
        application(house, can_write_files=not forbid_files(), public_url=settings.public_url), access_log=None
    )
    await runner.setup()
    await web.TCPSite(runner, settings.rooms_host, settings.rooms_port).start()
    log.info("rooms %s on %s:%s", house.instance, settings.rooms_host, settings.rooms_port)
    await _told_to_stop()
    await house.stop()
    await runner.cleanup()
    await control.close()


async def _told_to_stop() -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()


def main() -> None:
    """Entry point of `python -m rooms`."""
    settings = RoomsSettings()
    logs.configure("rooms")
    if settings.rooms_metrics_port is not None:
        metrics.serve(settings.metrics_host, settings.rooms_metrics_port)
    uvloop.run(serve(settings))


if __name__ == "__main__":
    main()
