"""The number that whoever holds the act read on a document with their own eyes."""

from domain.codes.id_numbers import normalised
from domain.errors import Refusal
from domain.ports.identity import Attempt, Verdict
from domain.procedure.people import Participant
from domain.refusals.identity import ID_NUMBER_DIFFERS
from domain.rules.common import right_number


def seen_number(person: Participant, attempt: Attempt) -> Verdict:
    """It must be valid, and the one that the summons knows. Raises `id_letter_wrong`, `id_number_differs`."""
    number = attempt.answers["document_number"]
    right_number(number)
    if person.document_number and normalised(person.document_number) != normalised(number):
        raise Refusal(ID_NUMBER_DIFFERS, participant=person.id)
    return Verdict(verified=True, document_number=normalised(number))
