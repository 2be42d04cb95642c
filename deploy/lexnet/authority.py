"""The Central Authority behind the simulator, by a script: it returns what is not translated, and sends on the rest.

What it answers is worked out when somebody looks into the mailbox: nothing runs by itself, and nothing is forgotten
when the simulator is killed.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from deploy.lexnet.store import Delivery
from deploy.simulators.papers import paper

NAME = "Autoridad Central (simulador)"
ABROAD = "Autoridad de ejecución (simulador)"
KEPT_FOR = timedelta(days=60)
"""Law: RD 1065/2015 art. 16.3."""

TRANSLATION = re.compile(r"tradu|transl|übersetz", re.IGNORECASE)


@dataclass(frozen=True)
class Step:
    after: timedelta
    kind: str
    sender: str
    words: str
    result: bool = False


RETURNED = (
    Step(timedelta(seconds=1), "returned", NAME, "Falta la traducción a la lengua en la que se envía. Apórtela."),
)
EXECUTED = (
    Step(timedelta(seconds=1), "forwarded", NAME, "Revisada y remitida a la autoridad de ejecución."),
    Step(timedelta(seconds=2), "acknowledged", ABROAD, "Recibida con la referencia 2026/4711. La ejecuta su tribunal."),
    Step(timedelta(seconds=5), "executed", ABROAD, "Practicada la diligencia. Se adjunta el acta.", result=True),
)


def script_of(delivery: Delivery) -> tuple[Step, ...]:
    names = [file["name"] for file in delivery.told["files"]]
    translated = any(TRANSLATION.search(name) for name in names[1:])
    return EXECUTED if delivery.told["language"] in ("spanish", "") or translated else RETURNED


async def answers(delivery: Delivery, now: datetime) -> list[Mapping[str, Any]]:
    """The messages that lie in the mailbox of whoever sent it."""
    found = []
    for number, step in enumerate(script_of(delivery), 1):
        at = delivery.recorded_at + step.after
        if at <= now < at + KEPT_FOR:
            found.append(await _message(delivery, number, step, at))
    return found


async def _message(delivery: Delivery, number: int, step: Step, at: datetime) -> Mapping[str, Any]:
    folder = delivery.folder / f"answer-{number}"
    told = folder / "message.json"
    if not told.exists():
        folder.mkdir(exist_ok=True)
        files = {}
        if step.result:
            content = await _result(delivery, at)
            (folder / "001 Acta de la diligencia practicada.pdf").write_bytes(content)
            files["001 Acta de la diligencia practicada.pdf"] = hashlib.sha256(content).hexdigest()
        said = {
            "id": f"{delivery.message}.answer-{number}",
            "about": delivery.told["about"],
            "answers": delivery.message,
            "kind": step.kind,
            "sender": step.sender,
            "words": step.words,
            "recorded_at": at.isoformat(),
            "files": files,
        }
        told.write_text(json.dumps(said, ensure_ascii=False))
    message: dict[str, Any] = json.loads(told.read_text())
    return message


async def _result(delivery: Delivery, at: datetime) -> bytes:
    rows = [("Estado", str(delivery.told["state"])), ("Instrumento", str(delivery.told["instrument"]))]
    rows += [("Lugar y fecha", f"Sede de la autoridad de ejecución, {at:%d/%m/%Y %H:%M} UTC")]
    said = "Se ha oído a la persona indicada, identificada y advertida de sus derechos. Responde a lo preguntado."
    return await paper("Acta de la diligencia practicada", ABROAD, str(delivery.told["case_number"]), said, rows, at)


def now() -> datetime:
    return datetime.now(UTC)
