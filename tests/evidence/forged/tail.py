"""Lies told once the minutes were written: nobody but who holds the keys of the house vouches for it.

The clerk signed in good faith minutes that fix the journal up to their draft; the rest of it is the forger's to write.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from evidence.canonical import sha256_hex
from evidence.parts import Document, DocumentKind
from tests.evidence.forge import insider
from tests.evidence.forged.forgery import AT, FORGERIES, Forgery
from tests.evidence.held import Script, citizen_signs, hold, parts_of
from tests.evidence.papers import blank_pdf
from tests.evidence.sample import Sample

__all__: list[str] = []

DRAFTED, SEALED = "minutes_drafted", "minutes_sealed"
LATER = "TOLD_AFTER_THE_MINUTES"


def tail(name: str, add: Callable[[Script], None], *, before: str = SEALED, where: str = AT, code: str = LATER) -> None:
    """Enter an act to which something was added, before one of the events that nobody's signature fixes."""

    def make(sample: Sample) -> bytes:
        script = Script(sample.pki)
        hold(script)
        length = len(script.told)
        add(script)
        added = script.told[length:]
        del script.told[length:]
        place = next(number for number, one in enumerate(script.told) if one.type == before)
        at: datetime = script.told[place].at
        script.told[place:place] = [replace(one, at=at) for one in added]
        return insider(sample, parts_of(script))

    FORGERIES.append(Forgery(name, make, where, code, open=True))


def telling(kind: str, actor: str, **data: Any) -> Callable[[Script], None]:
    def add(script: Script) -> None:
        script.tell(kind, actor, **data)

    return add


def another_agreement(script: Script) -> None:
    """Both citizens are told to have read and signed a paper that they never saw."""
    content = blank_pdf("another agreement", 2)
    shown = Document(
        sha256_hex(content), content, "application/pdf", "original", "Otro acuerdo", DocumentKind.GENERATED
    )
    script.tell("document_written", "system", shown.sha256, document={"id": "d4"})
    signed = citizen_signs(script, "par_2", shown, content, "d4")
    kept = Document(sha256_hex(signed), signed, "application/pdf", "original", "Otro acuerdo", DocumentKind.SIGNED)
    script.documents += [shown, kept]


def another_exhibit(script: Script) -> None:
    content = blank_pdf("another exhibit")
    found = Document(sha256_hex(content), content, "application/pdf", "original", "scan", DocumentKind.DEPOSITED)
    script.documents.append(found)
    script.tell("document_deposited", "par_1", found.sha256, document={"id": "d5"})


tail("an agreement that nobody saw is signed after the minutes", another_agreement)
tail("an agreement that nobody saw is signed before the draft", another_agreement, before=DRAFTED)
tail("an exhibit is brought after the minutes", another_exhibit)
tail("a point is done after the minutes", telling("item_done", "acc_laj", item="i10", values={"amount": "9999.00"}))
tail(
    "the act is closed again with another outcome",
    telling("session_closed", "acc_laj", outcome="no_agreement"),
)
tail(
    "who signed is called otherwise after the minutes",
    telling("participant_corrected", "acc_laj", participant="par_1", name="Otra Persona"),
)
tail(
    "a consent is given after the minutes",
    telling("consent_given", "par_1", participant="par_1", scope="audio_video", given=True),
)
