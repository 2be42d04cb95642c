"""What the simulator keeps on disk: each delivery under its own name, once, with its receipt; and mailboxes."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from deploy.simulators.keeping import Folders, read, written
from deploy.simulators.papers import paper


@dataclass(frozen=True)
class Delivery:
    message: str
    told: Mapping[str, Any]
    """As whoever sent it says."""
    receipt: Mapping[str, Any]
    folder: Path

    @property
    def recorded_at(self) -> datetime:
        return datetime.fromisoformat(self.receipt["recorded_at"])


class Store:
    def __init__(self, directory: Path) -> None:
        self._deliveries = Folders(directory / "deliveries")

    def find(self, message: str) -> Delivery | None:
        folder = self._deliveries.find(message)
        return None if folder is None else _delivery(folder)

    def about(self, sender: str, about: str) -> list[Delivery]:
        """What that mailbox sent about that procedure, in order."""
        every = map(_delivery, self._deliveries.every())
        own = [one for one in every if (one.told["sender"], one.told["about"]) == (sender, about)]
        return sorted(own, key=lambda one: one.recorded_at)

    async def file(self, message: str, told: Mapping[str, Any], files: Mapping[str, bytes]) -> Delivery:
        at = datetime.now(UTC)
        number = f"LX-{hashlib.sha256(message.encode()).hexdigest()[:12].upper()}"
        hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
        receipt = {"number": number, "message": message, "recorded_at": at.isoformat(), "files": hashes}
        rows = [("Número", number), ("Registrado", f"{at:%d/%m/%Y %H:%M:%S} UTC"), ("De", str(told["sender"]))]
        rows += [("Para", str(told["recipient"])), ("Procedimiento", str(told["case_number"])), *hashes.items()]
        said = "Se ha registrado el envío que se detalla, con los archivos y las huellas que siguen."
        pdf = await paper("Justificante de presentación", "Simulador de LexNET", number, said, rows, at)
        papers = {"delivery.json": written(told), "receipt.json": written(receipt), "receipt.pdf": pdf}
        return _delivery(self._deliveries.keep(message, {**files, **papers}))


def _delivery(folder: Path) -> Delivery:
    return Delivery(folder.name, read(folder, "delivery"), read(folder, "receipt"), folder)
