"""Reads drawn identity documents as cameras see them, and says how many were read: `python -m bench.documents`.

Kinds of trouble one by one, then together, each on cards and passports of other people. What counts as read is a zone
whose check digits fit and which says what was printed; what matters besides is that nothing else ever looks so. The
documents are few and drawn: the figures say how trouble compares with none, and nothing of real documents.
"""

import argparse
import asyncio
import random
import sys
from datetime import UTC, datetime

from adapters.identity.id_document_read.judging import advice_on
from adapters.identity.id_document_read.reader import RapidReader
from adapters.identity.id_document_read.zones import zone_among
from bench.drawn_documents import Held, Printed, card_back, card_front, card_zone, passport, passport_zone
from domain.codes.id_numbers import LETTERS
from domain.codes.mrz import read_zone
from domain.ids import ParticipantId
from domain.procedure.people import Participant

SURNAMES = ("RUIZ SEOANE", "NUNEZ IBANEZ", "ERIKSSON", "FERNANDEZ DE CORDOBA", "NGUYEN", "O CONNOR", "IGLESIAS OTERO")
GIVEN = ("ANXO", "MARIA JOSE", "ANNA MARIA", "THI MINH", "SEAN", "BEGONA")


def conditions(chance: random.Random) -> dict[str, Held]:
    glare = (chance.uniform(0.2, 0.8), chance.uniform(0.55, 0.95))
    far, askew, soft = chance.randrange(480, 640), chance.choice((-1, 1)) * chance.uniform(4, 12), chance.uniform(1, 2)
    return {
        "as it should be": Held(),
        "far away": Held(width=far),
        "askew": Held(turned=askew),
        "out of focus": Held(blur=soft),
        "mirroring a light": Held(glare=glare),
        "all at once": Held(width=700, turned=askew / 2, blur=soft / 2, glare=glare),
    }


def somebody(chance: random.Random) -> Printed:
    number = chance.randrange(10**8)
    return Printed(
        surnames=chance.choice(SURNAMES),
        given_names=chance.choice(GIVEN),
        number="".join(chance.choices("ABCDEFGHJKLMNPRSTVWXYZ", k=3)) + f"{chance.randrange(10**6):06}",
        person=f"{number:08}{LETTERS[number % 23]}",
        birth=f"{chance.randrange(40, 99):02}{chance.randrange(1, 13):02}{chance.randrange(1, 29):02}",
        sex=chance.choice("MF"),
        expiry=f"{chance.randrange(28, 36):02}{chance.randrange(1, 13):02}{chance.randrange(1, 29):02}",
    )


async def measured(people: int, seed: int) -> dict[str, dict[str, int]]:
    """By condition: of how many documents the zone was read as printed, not at all, or as something else that fits."""
    chance, reader = random.Random(seed), RapidReader()
    told: dict[str, dict[str, int]] = {}
    for number in range(people):
        said = somebody(chance)
        for name, held in conditions(chance).items():
            card = number % 2 == 0
            sides = [card_front(said, held), card_back(said, held)] if card else [passport(said, held)] * 2
            reading = await reader.read(sides)
            zone = zone_among(reading.stills[1])
            printed = read_zone(card_zone(said) if card else passport_zone(said))
            outcome = "read" if zone == printed else "believed wrongly" if zone and not zone.wrong else "not read"
            person = Participant(
                id=ParticipantId("p1"), role="person", name=f"{said.given_names} {said.surnames}",
                document_number=said.person,
            )  # fmt: skip
            band = advice_on(reading, person, datetime.now(UTC).date()).band
            counted = told.setdefault(name, {"documents": 0, "read": 0, "not read": 0, "believed wrongly": 0})
            counted["documents"] += 1
            counted[outcome] += 1
            counted[band] = counted.get(band, 0) + 1
        print(f"  {number + 1} of {people}", flush=True)
    return told


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m bench.documents", description="Reads drawn identity documents.")
    asked.add_argument("--people", type=int, default=8, help="six documents of each")
    asked.add_argument("--seed", type=int, default=1)
    asked_for = asked.parse_args()
    told = asyncio.run(measured(asked_for.people, asked_for.seed))
    for name, counted in told.items():
        print(f"{name:20}", ", ".join(f"{what} {many}" for what, many in counted.items()))
    return 1 if any(counted["believed wrongly"] for counted in told.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
