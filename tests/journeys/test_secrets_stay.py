"""What nobody but its holder may ever read is in no store of a real installation: strokes, PINs, a protected name.

Two acts over real servers. Afterwards every file of the stack is searched, every row of the database, what the engine
tells its operators, and the chain; for a protected person the letters and messages too, whoever they are sent to.
"""

import base64
import email
import email.policy
import json
import re
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from adapters.postgres.database import Database
from bench.real_room import RealRoom
from domain.codes.pins import pin_of
from domain.commands import HandwriteSignature, InterruptProcedure, ResumeProcedure, SendPin, SignDocument
from domain.ids import ProcedureId
from domain.procedure.documents import CaseDocument
from domain.procedure.people import Participant
from domain.types.vocabulary import InterruptionCause, Side, Stage
from evidence.canonical import sha256_hex
from rehearsal.acting import Play
from tests.evidence.by_hand import DRAWING, KEY, PRIVATE_KEY, STROKES, handwritten
from tests.journeys.conftest import House, WorkerProcess
from tests.journeys.test_canary import engine_words, everything_on_chain, files_of, readable
from tests.workflows.asking import read

NAME, NUMBER, BORN = "Zqxwvhidden Ñandú Quiñones", "48213907L", "1931-07-29"


class Drawing(Play):
    """Signs what is written by hand too, and asks for a second PIN because the first did not come."""

    async def read_and_sign(self, document: CaseDocument, person: Participant) -> None:
        procedure = await self._room.procedure()
        bound = await read(self, procedure.hosts[0], person, document)
        if document.code == "power":
            written = handwritten(procedure.id, person.id, document.original.sha256)
            content = await self._room.upload(written)
            drawn = {"image_sha256": sha256_hex(DRAWING), "key": KEY}
            await self.say(person, HandwriteSignature, **bound, content=content, **drawn)
        for _ in range(2):
            sent = await self.say(person, SendPin, participant=person.id, purpose=document.id)
        challenge = sent.detail["challenge"]
        proof = await self._room.proof(challenge)
        await self.say(person, SignDocument, **bound, challenge=challenge, proof=proof, explicit=True)


def of_strokes() -> set[bytes]:
    """The items as text and as numbers, however they are written down; and the key that opens them."""
    texts = [json.dumps(STROKES), json.dumps(STROKES, separators=(",", ":")), "10.5, 20.25", "10.5,20.25"]
    texts += ["11.5, 21.75", "11.5,21.75", "10.5 20.25", "11.5 21.75"]
    found = {one.encode() for one in texts} | {one.encode().hex().encode() for one in texts}
    for one in (text.encode() for text in texts):
        found |= {base64.b64encode(b"\0" * shift + one)[(0, 2, 3)[shift] : -4] for shift in range(3)}
    found |= {struct.pack(order + kind, 10.5, 20.25, 0, 0.5) for order in "<>" for kind in ("4d", "4f")}
    key = PRIVATE_KEY.private_numbers().private_value.to_bytes(32, "big")
    pem = PRIVATE_KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).splitlines()[1]
    return found | {key, key.hex().encode(), base64.b64encode(key)[:-4], pem}


def tells(content: bytes, pins: Iterable[str]) -> bool:
    """Whether every one of these PINs stands there as a number of its own: one alone may be chance."""
    return all(re.search(rb"(?<![0-9])" + pin.encode() + rb"(?![0-9])", content) for pin in pins)


async def rows(house: House) -> bytes:
    """Every row of every table, as text."""
    async with Database.connect(house.settings.database_url) as database:
        listed = await database.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        told = [await database.rows(f'SELECT t::text AS told FROM "{one["tablename"]}" t') for one in listed]  # noqa: S608
    return "\n".join(str(row["told"]) for table in told for row in table).encode()


async def stores(house: House, room: Any) -> dict[str, bytes]:
    """By name: every file but the person's own mailbox and telephone, the rows, the engine's words, the chain."""
    found = {str(path): readable(path) for path in files_of(house.stack.var)}
    found["rows of the database"] = await rows(house)
    found["what the engine tells"] = b"\n".join([message async for message in engine_words(house, room)])
    found["the chain"] = repr(everything_on_chain(house.settings.evm_rpc_url)).encode()
    return found


@pytest.mark.parametrize(
    "leak",
    [
        json.dumps({"strokes": STROKES}).encode(),
        json.dumps({"strokes": STROKES}, separators=(",", ":")).encode(),
        base64.b64encode(b"x" + json.dumps(STROKES).encode()),
        struct.pack("<8f", *(number for point in STROKES[0] for number in point)),
        PRIVATE_KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    ],
    ids=["as they are", "compact", "base64", "numbers", "the key"],
)
def test_the_search_finds_strokes_that_were_put_somewhere(leak: bytes) -> None:
    assert any(one in b"\0before" + leak + b"after" for one in of_strokes())


def test_the_search_finds_pins_that_were_written_down() -> None:
    assert tells(b'{"pin":"123456"}\nsent 654321 to', ["123456", "654321"])
    assert not tells(b"at 0123456 and 654321", ["123456", "654321"])


@pytest.mark.timeout(280)
async def test_strokes_and_pins_are_nowhere_but_under_their_seal(house: House, worker: WorkerProcess) -> None:
    room = await house.summon("apud_acta_power", "prc_secrets")
    play = Drawing(room, "prc_secrets")
    await play.arrive()
    await play.enter()
    await play.identify()
    host = (await room.procedure()).hosts[0]
    await play.say(host, InterruptProcedure, cause=InterruptionCause.OTHER, must_act="office", note="un corte")
    await play.identify()
    await play.say(host, ResumeProcedure)
    await play.hold_agenda()
    await play.close()
    await play.approve_and_sign()
    procedure = await room.reaches(Stage.CLOSED)
    worker.kill()

    entries = await house.installation.journal.read(procedure.id)
    told = [entry.content for entry in entries if entry.type in ("pin_sent", "identification_begun")]
    by_kind: dict[str, set[str]] = {}
    sent = [json.loads(path.read_text())["text"] for path in house.settings.sms_outbox_dir.glob("*.json")]
    for content in told:
        for reference in filter(None, (content.get("challenge"), content.get("reference"))):
            pin = pin_of(house.installation.pin_keys()[0], reference)
            if any(pin in text for text in sent):
                by_kind.setdefault("signing" if content.get("challenge") else "identity", set()).add(pin)
    assert {kind: len(pins) >= 2 for kind, pins in by_kind.items()} == {"signing": True, "identity": True}

    found = await stores(house, room)
    assert {name for name, content in found.items() if any(one in content for one in of_strokes())} == set()
    assert {name for name, content in found.items() for pins in by_kind.values() if tells(content, pins)} == set()
    everything = b"\n".join(
        [await house.installation.vault.get(procedure.id, one.current) for one in procedure.documents]
    )
    assert not any(one in everything for one in of_strokes()), "only the image is in the document"


@pytest.mark.timeout(280)
async def test_the_name_of_a_protected_person_is_in_no_letter_message_or_store(
    house: House, worker: WorkerProcess
) -> None:
    asked = house.asked("victim_appointment", "prc_hidden")
    role_of = asked.resolved_type.procedure.role
    hidden = {"name": NAME, "document_number": NUMBER, "birth_date": BORN}
    people = tuple(
        one.but(**hidden) if role_of(one.role).alias and role_of(one.role).side is Side.CITIZEN else one
        for one in asked.participants
    )
    assert any(one.name == NAME for one in people)
    room = await RealRoom.summon(
        house.client, house.installation, house.settings.sms_outbox_dir, asked.but(participants=people)
    )
    play = Play(room, "prc_hidden")
    await play.arrive()
    await play.enter()
    await play.identify()
    await play.hold_agenda()
    await play.close()
    await play.approve_and_sign()
    procedure = await room.reaches(Stage.CLOSED)
    worker.kill()

    journal = "".join(str(entry.content) for entry in await house.installation.journal.read(ProcedureId("prc_hidden")))
    assert NAME in journal and NUMBER in journal, "it never had a name"
    found = await stores(house, room)
    found |= {f"{part}/{path.name}": words(path) for part in ("mail", "sms") for path in sent(house, part)}
    for one in procedure.documents:
        found[one.id] = pdf_words(await house.installation.vault.get(procedure.id, one.current))
    secrets = [NAME.split()[0], NUMBER, BORN]
    assert {name for name, content in found.items() if any(said(one, content) for one in secrets)} == set()


def sent(house: House, part: str) -> Iterator[Path]:
    return (path for path in (house.stack.var / part).rglob("*") if path.is_file())


def said(secret: str, content: bytes) -> bool:
    raw = secret.encode()
    shifted = {base64.b64encode(b"\0" * shift + raw)[(0, 2, 3)[shift] : -4] for shift in range(3)}
    return any(one in content for one in {raw, raw.lower(), raw.upper(), secret.encode("utf-16-le"), *shifted})


def words(path: Path) -> bytes:
    """A message as its reader sees it: every part decoded, PDFs as text."""
    raw = path.read_bytes()
    if path.suffix == ".json":
        return json.dumps(json.loads(raw), ensure_ascii=False).encode()
    message = email.message_from_bytes(raw, policy=email.policy.default)
    parts = [str(message.items()).encode()]
    for part in message.walk():
        content = b"" if part.is_multipart() else part.get_payload(decode=True) or b""
        parts += [bytes(content), words_if_pdf(bytes(content))]
    return raw + b"\n".join(parts)


def words_if_pdf(content: bytes) -> bytes:
    """The mailbox holds what other tests have sent, too: some of it only begins like a PDF."""
    try:
        return pdf_words(content)
    except pypdfium2.PdfiumError:
        return b""


def pdf_words(content: bytes) -> bytes:
    document = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document).encode()
    finally:
        document.close()
