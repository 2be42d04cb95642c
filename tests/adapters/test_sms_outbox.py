"""The SMS outbox keeps one message per id, whole, whatever the id looks like."""

import asyncio
import json
from datetime import datetime
from pathlib import Path

from adapters.messages.sms_outbox import SmsOutbox


async def test_a_message_is_a_readable_file(tmp_path: Path) -> None:
    await SmsOutbox(tmp_path / "sms").send("m1", "+34600000001", "Su PIN es 123456. Caduca en 5 minutos.")

    (file,) = files(tmp_path / "sms")
    message = json.loads(file.read_text())
    assert file.suffix == ".json"
    assert (message["id"], message["to"]) == ("m1", "+34600000001")
    assert message["text"] == "Su PIN es 123456. Caduca en 5 minutos."
    assert datetime.fromisoformat(message["at"]).tzinfo is not None


async def test_a_message_sent_again_is_there_once_as_it_was_first(tmp_path: Path) -> None:
    outbox = SmsOutbox(tmp_path)
    await outbox.send("m1", "+34600000001", "primero")
    await asyncio.gather(*(outbox.send("m1", "+34600000001", f"otra vez {n}") for n in range(8)))

    (file,) = files(tmp_path)
    assert json.loads(file.read_text())["text"] == "primero"


async def test_an_id_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    outbox = SmsOutbox(tmp_path / "sms")
    for message_id in ("../fuera", "/etc/fuera", "a/b", "", "x" * 5000, "n\x00l"):
        await outbox.send(message_id, "+34600000001", "texto")
    assert [path.name for path in files(tmp_path)] == ["sms"]
    assert len(files(tmp_path / "sms")) == 6


def files(folder: Path) -> list[Path]:
    return list(folder.iterdir())
