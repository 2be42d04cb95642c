"""A recorder alone beside a media process, as the sidecar has it.

`python -m bench.rooms.recording SOCKET FOLDER PROCEDURE`.

Segments are sealed and chained as ever; they are kept in memory, so that no store is measured. Says `recording` once
the room is heard, records until its input ends, and then says how many segments there are.
"""

import asyncio
import sys
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from adapters.key_ring import seal, unseal
from adapters.memory import MemoryKeys, MemoryVault
from domain.ids import ProcedureId
from domain.recorded import kept_lines
from rooms.recording.recorder import RoomRecorder


class SealingKeys(MemoryKeys):
    """With real encryption, under one key for all."""

    _cipher = AESGCM(bytes(range(32)))

    async def encrypt(self, procedure: ProcedureId, clear: bytes) -> bytes:
        return seal(self._cipher, clear, procedure)

    async def decrypt(self, procedure: ProcedureId, sealed: bytes) -> bytes:
        return unseal(self._cipher, sealed, procedure)


async def record(socket: Path, folder: Path, procedure: ProcedureId) -> None:
    vault = MemoryVault()
    recorder = RoomRecorder(socket, folder, vault, SealingKeys())
    await recorder.start(procedure, 1)
    print("recording", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await recorder.stop(procedure, 1)
    print(sum(line.segment is not None for line in await kept_lines(vault, procedure)), flush=True)
    await recorder.close()


if __name__ == "__main__":
    asyncio.run(record(Path(sys.argv[1]), Path(sys.argv[2]), ProcedureId(sys.argv[3])))
