"""Drawn documents, read in the limited process, and what is left of them afterwards: nothing but what does not fit."""

import io
import json
import os
from datetime import UTC, datetime
from functools import partial

import pytest
from PIL import Image, ImageDraw, ImageFont

from adapters.identity.id_document_read import IdDocumentRead
from adapters.identity.id_document_read.judging import SIDES
from adapters.identity.id_document_read.reader import RapidReader
from adapters.identity.tools import Tools
from adapters.memory import MemoryExchanges, MemoryPins, MemorySms, MemoryVault
from bench.drawn_documents import Held, Printed, card_back, card_front, passport, printed_for
from deploy.probes import descendants
from domain.codes.chance import chance_of
from domain.errors import TryAgain
from domain.ids import ParticipantId, ProcedureId
from domain.procedure.people import Advice, Participant, PosedStill
from templates.texts import text
from tests.adapters.claves import OURS

PROCEDURE = ProcedureId("prc_read")
ANXO = Printed()
PERSON = Participant(
    id=ParticipantId("p1"),
    role="person",
    name="Anxo Ruiz Seoane",
    document_number="00000022-E",
    birth_date="1980-01-01",
)
AT = datetime(2026, 11, 27, tzinfo=UTC)


async def advice(*sides: bytes, vault: MemoryVault | None = None) -> Advice:
    vault = vault or MemoryVault()
    tools = Tools(
        MemoryPins(), MemorySms(), MemoryExchanges(), vault, OURS, text, partial(chance_of, b"k" * 32)
    )  # fmt: skip
    stills = [
        PosedStill(pose=p, still=await vault.put(PROCEDURE, s, "image/png")) for p, s in zip(SIDES, sides, strict=True)
    ]
    return await IdDocumentRead(tools, RapidReader()).advise(PROCEDURE, PERSON, "idn_1", tuple(stills), AT)


async def test_a_card_that_is_held_askew_in_the_light_fits_the_summons() -> None:
    held = Held(width=720, turned=-4, blur=0.8, glare=(0.4, 0.8))
    vault, before = MemoryVault(), descendants(os.getpid())
    told = await advice(card_front(ANXO, held), card_back(ANXO, held), vault=vault)

    assert (told.band, told.doubts) == ("as_summoned", ())
    assert (told.facts["shape"], told.facts["issuer"]) == ("TD1", "ESP")
    assert told.facts["program"].startswith("rapidocr ") and len(told.facts["reading_sha256"]) == 64
    assert descendants(os.getpid()) == before, "what read it has ended"
    assert len(vars(vault)["_objects"]) == 2, "the stills alone"
    kept = json.dumps(told.model_dump(mode="json"))
    assert not any(word in kept for word in ("RUIZ", "00000022", "BAA000589", "310602"))


async def test_what_a_weak_line_makes_of_the_picture_is_read_all_the_same() -> None:
    """Scar: at this size a line of the zone was taken for upside down."""
    antia = printed_for("Antía Sieiro Mouro", "99845579A", "1968-03-21")
    told = await advice(*(as_sent(side(antia, Held(1200)), 400) for side in (card_front, card_back)))
    assert told.doubts == ("number_differs", "name_differs", "birth_differs"), "of somebody else, and read"


def as_sent(png: bytes, width: int) -> bytes:
    """Fitted into the picture of a camera, which the network makes small and coarse."""
    scene = Image.new("RGB", (640, 480), (250, 240, 225))
    scene.paste(Image.open(io.BytesIO(png)).resize((640, 360)), (0, 60))
    ImageDraw.Draw(scene).text(
        (530, 16), "02:55:38", font=ImageFont.truetype("DejaVuSansMono.ttf", 18), fill=(57, 66, 74)
    )
    coarse, sent = io.BytesIO(), io.BytesIO()
    scene.save(coarse, "JPEG", quality=40)
    Image.open(coarse).resize((width, width * 3 // 4), Image.Resampling.LANCZOS).save(sent, "PNG")
    return sent.getvalue()


async def test_the_same_page_of_a_passport_twice_is_enough() -> None:
    page = passport(ANXO)
    told = await advice(page, page)
    assert (told.band, told.facts["shape"]) == ("as_summoned", "TD3")


async def test_what_does_not_fit_is_told() -> None:
    other = Printed(surnames="OTERO", given_names="MARTA", number="CCC000001", person="00000001R", expiry="260101")
    told = await advice(card_front(ANXO), card_back(other))
    assert told.band == "look_closely"
    assert told.doubts == ("number_differs", "name_differs", "expired", "sides_differ")


async def test_where_no_zone_is_seen_nothing_is_told_of_it() -> None:
    told = await advice(card_front(ANXO), card_front(ANXO))
    assert (told.band, told.doubts) == ("unreadable", ())


async def test_what_is_no_picture_is_tried_again_and_told() -> None:
    with pytest.raises(TryAgain):
        await advice(b"no picture", b"none either")
