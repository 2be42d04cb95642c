"""What is told to whoever decides, from what was read on the two sides of a document. Pure; it decides nothing."""

from collections.abc import Iterator
from datetime import date

from adapters.identity.id_document_read.reader import Reading
from adapters.identity.id_document_read.zones import cleaned, zone_among
from domain.codes.id_numbers import has_right_letter, is_spanish, normalised
from domain.codes.mrz import FILLER, Zone
from domain.procedure.people import Advice, Participant

PHOTOGRAPH, ZONE = "photograph", "zone"
SIDES = (PHOTOGRAPH, ZONE)
"""Of a passport the same page twice."""
LINE_OF_A_ZONE = 30
"""Signs at least."""


def advice_on(reading: Reading, person: Participant, today: date) -> Advice:
    """`reading`: of the stills of `SIDES`."""
    photograph, back = reading.stills
    zone = zone_among(back) or zone_among(photograph)
    if zone is None:
        return Advice(band="unreadable", facts=reading.means)
    doubts = tuple(_doubts(zone, photograph, person, today))
    facts = {**reading.means, "shape": zone.kind, "issuer": zone.issuer}
    return Advice(band="look_closely" if doubts else "as_summoned", doubts=doubts, facts=facts)


def _doubts(zone: Zone, photograph: tuple[str, ...], person: Participant, today: date) -> Iterator[str]:
    if zone.wrong:
        yield "digits_differ"
    if any(is_spanish(number) and not has_right_letter(number) for number in zone.numbers):
        yield "letter_wrong"
    if person.document_number is None:
        yield "number_unknown"
    elif normalised(person.document_number) not in zone.numbers:
        yield "number_differs"
    if not zone.names(person.name):
        yield "name_differs"
    if person.birth_date is not None and zone.birth != person.birth_date.replace("-", "")[2:]:
        yield "birth_differs"
    if zone.expired(today) is not False:
        yield "expired"
    if not _shows_a_number(photograph, zone):
        yield "sides_differ"


def _shows_a_number(photograph: tuple[str, ...], zone: Zone) -> bool:
    """What is printed there for people says a number that the zone says too; of a passport, outside the zone."""
    printed = [line for line in map(cleaned, photograph) if FILLER not in line and len(line) < LINE_OF_A_ZONE]
    return any(number in line for number in zone.numbers for line in printed)
