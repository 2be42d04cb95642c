"""What the simulator keeps on disk: each delivery under its own name, once, with its receipt; and mailboxes."""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from deploy.lexnet.papers import paper

SAFE = re.compile(r"[\w.-]{1,120}")


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


def safe_name(message: str) -> str:
    """Raises `ValueError` for a name that is no name of a folder."""
    if not SAFE.fullmatch(message) or message.startswith("."):
        raise ValueError("a message is named by letters, figures, dots and dashes")
    return message


class Store:
    def __init__(self, directory: Path) -> None:
        self._deliveries = directory / "deliveries"
        self._deliveries.mkdir(parents=True, exist_ok=True)

    def find(self, message: str) -> Delivery | None:
        folder = self._deliveries / safe_name(message)
        if not folder.is_dir():
            return None
        told, receipt = (json.loads((folder / f"{name}.json").read_text()) for name in ("delivery", "receipt"))
        return Delivery(message, told, receipt, folder)

    def about(self, sender: str, about: str) -> list[Delivery]:
        """What that mailbox sent about that procedure, in order."""
        found = [self.find(folder.name) for folder in self._deliveries.iterdir() if not folder.name.startswith(".")]
        own = [one for one in found if one and (one.told["sender"], one.told["about"]) == (sender, about)]
        return sorted(own, key=lambda one: one.recorded_at)

    async def file(self, message: str, told: Mapping[str, Any], files: Mapping[str, bytes]) -> Delivery:
        """Whole or not at all: whoever is killed half-way has filed nothing."""
        at = datetime.now(UTC)
        number = f"LX-{hashlib.sha256(message.encode()).hexdigest()[:12].upper()}"
        hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
        receipt = {"number": number, "message": message, "recorded_at": at.isoformat(), "files": hashes}
        rows = [("Número", number), ("Registrado", f"{at:%d/%m/%Y %H:%M:%S} UTC"), ("De", str(told["sender"]))]
        rows += [("Para", str(told["recipient"])), ("Procedimiento", str(told["case_number"])), *hashes.items()]
        said = "Se ha registrado el envío que se detalla, con los archivos y las huellas que siguen."
        pdf = await paper("Justificante de presentación", "Simulador de LexNET", number, said, rows, at)
        half = self._deliveries / f".{safe_name(message)}-{os.urandom(4).hex()}"
        half.mkdir()
        for name, content in files.items():
            (half / name).write_bytes(content)
        (half / "delivery.json").write_text(json.dumps(told, ensure_ascii=False))
        (half / "receipt.json").write_text(json.dumps(receipt, ensure_ascii=False))
        (half / "receipt.pdf").write_bytes(pdf)
        try:
            half.rename(self._deliveries / safe_name(message))
        except OSError:  # somebody filed it meanwhile: theirs stands
            shutil.rmtree(half)
        filed = self.find(message)
        assert filed is not None
        return filed
