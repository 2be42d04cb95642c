"""What the simulator keeps on disk: each entry under the id of whoever sent it, once, with its receipt."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from deploy.keys import write_private
from deploy.simulators.keeping import Folders, read, written
from deploy.simulators.papers import paper

NAME = "Registro Electrónico de Apoderamientos Judiciales (simulador)"


@dataclass(frozen=True)
class Entry:
    told: Mapping[str, Any]
    """As whoever sent it says."""
    receipt: Mapping[str, Any]
    folder: Path

    @property
    def revocation(self) -> Mapping[str, Any] | None:
        try:
            return read(self.folder, "revocation")
        except FileNotFoundError:
            return None


class Store:
    def __init__(self, directory: Path) -> None:
        self._entries = Folders(directory / "entries")

    def find(self, id: str) -> Entry | None:
        folder = self._entries.find(id)
        return None if folder is None else _entry(folder)

    def every(self) -> list[Entry]:
        return [_entry(folder) for folder in self._entries.every()]

    def of_document(self, sha256: str) -> Entry | None:
        return next((one for one in self.every() if one.told["document_sha256"] == sha256), None)

    def numbered(self, number: str) -> Entry | None:
        return next((one for one in self.every() if one.receipt["number"] == number), None)

    async def enter(self, id: str, told: Mapping[str, Any]) -> Entry:
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
        papers = {"entry.json": written(told), "receipt.json": written(receipt), "receipt.pdf": pdf}
        return _entry(self._entries.keep(id, papers))

    def revoke(self, entry: Entry, at: datetime) -> Mapping[str, Any]:
        """Law: RDL 6/2023 art. 74.7, it takes effect from its own entry. A second time changes nothing."""
        if entry.revocation is None:
            said = {"number": entry.receipt["number"], "revoked_at": at.isoformat()}
            write_private(entry.folder / "revocation.json", written(said))
        revocation = entry.revocation
        assert revocation is not None
        return revocation


def _entry(folder: Path) -> Entry:
    return Entry(read(folder, "entry"), read(folder, "receipt"), folder)
