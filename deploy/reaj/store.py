"""What the simulator keeps on disk: each entry under the id of whoever sent it, once, with its receipt."""

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

from deploy.keys import write_private
from deploy.lexnet.papers import paper

NAME = "Registro Electrónico de Apoderamientos Judiciales (simulador)"
SAFE = re.compile(r"[\w-][\w.-]{0,119}")


@dataclass(frozen=True)
class Entry:
    told: Mapping[str, Any]
    """As whoever sent it says."""
    receipt: Mapping[str, Any]
    folder: Path

    @property
    def revocation(self) -> Mapping[str, Any] | None:
        try:
            said: dict[str, Any] = json.loads((self.folder / "revocation.json").read_bytes())
        except FileNotFoundError:
            return None
        return said


class Store:
    def __init__(self, directory: Path) -> None:
        self._entries = directory / "entries"
        self._entries.mkdir(parents=True, exist_ok=True)

    def find(self, id: str) -> Entry | None:
        folder = self._entries / id
        if not SAFE.fullmatch(id) or not folder.is_dir():
            return None
        told, receipt = (json.loads((folder / f"{name}.json").read_text()) for name in ("entry", "receipt"))
        return Entry(told, receipt, folder)

    def every(self) -> list[Entry]:
        found = (self.find(folder.name) for folder in self._entries.iterdir() if not folder.name.startswith("."))
        return [entry for entry in found if entry is not None]

    def of_document(self, sha256: str) -> Entry | None:
        return next((one for one in self.every() if one.told["document_sha256"] == sha256), None)

    def numbered(self, number: str) -> Entry | None:
        return next((one for one in self.every() if one.receipt["number"] == number), None)

    async def enter(self, id: str, told: Mapping[str, Any]) -> Entry:
        """Whole or not at all: whoever is killed half-way has entered nothing."""
        at = datetime.now(UTC)
        number = f"AP-{at.year}-{hashlib.sha256(id.encode()).hexdigest()[:10].upper()}"
        receipt = {
            "id": id,
            "register_name": NAME,
            "number": number,
            "document_sha256": told["document_sha256"],
            "recorded_at": at.isoformat(),
            "valid_until": told["valid_until"],
        }
        rows = [("Número de inscripción", number), ("Inscrito", f"{at:%d/%m/%Y %H:%M:%S} UTC")]
        rows += [("Poderdante", str(told["grantor"]["name"]))]
        rows += [
            ("Persona apoderada", f"{one['name']} ({one['college']}, {one['college_number']})")
            for one in told["attorneys"]
        ]
        rows += [("Vale hasta", str(told["valid_until"])), ("Huella del poder", str(told["document_sha256"]))]
        pdf = await paper(
            "Justificante de inscripción", NAME, number, "Consta inscrito el poder que se detalla.", rows, at
        )
        half = self._entries / f".{os.urandom(8).hex()}"
        half.mkdir()
        (half / "entry.json").write_text(json.dumps(told, ensure_ascii=False))
        (half / "receipt.json").write_text(json.dumps(receipt, ensure_ascii=False))
        (half / "receipt.pdf").write_bytes(pdf)
        try:
            half.rename(self._entries / id)
        except OSError:  # somebody entered it meanwhile: theirs stands
            shutil.rmtree(half)
        entered = self.find(id)
        assert entered is not None
        return entered

    def revoke(self, entry: Entry, at: datetime) -> Mapping[str, Any]:
        """Law: RDL 6/2023 art. 74.7, it takes effect from its own entry. A second time changes nothing."""
        if entry.revocation is None:
            said = {"number": entry.receipt["number"], "revoked_at": at.isoformat()}
            write_private(entry.folder / "revocation.json", json.dumps(said).encode())
        revocation = entry.revocation
        assert revocation is not None
        return revocation
