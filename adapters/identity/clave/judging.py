"""Whether what a provider asserts is meant for us, now, at a sufficient level, and of the person who is expected."""

from datetime import datetime

from adapters.identity.clave.facts import Facts
from adapters.identity.clave.settings import ClaveSettings
from domain.codes.id_numbers import normalised
from domain.codes.names import words_of
from domain.errors import Refusal
from domain.procedure.people import Participant
from domain.refusals.identity import (
    PROVIDER_ANSWER_OUT_OF_TIME,
    PROVIDER_ANSWER_UNTRUSTED,
    PROVIDER_ASSURANCE_LOW,
    PROVIDER_NAME_DIFFERS,
    PROVIDER_NUMBER_DIFFERS,
)


def refuse_meant_for_others(facts: Facts, message: str, entity: str, address: str) -> None:
    """Raises `Refusal('provider_answer_untrusted')`: another installation, another address, another request."""
    if (facts.audiences, facts.recipient, facts.answers) != ((entity,), address, message):
        raise Refusal(PROVIDER_ANSWER_UNTRUSTED)


def refuse_out_of_time(facts: Facts, received: datetime, settings: ClaveSettings) -> None:
    """By when the browser brought it, whenever it is judged. Raises `Refusal('provider_answer_out_of_time')`."""
    earliest, latest = received - settings.skew, received + settings.skew
    begun = max(facts.issued, facts.good_from, facts.authenticated) <= latest
    # Somebody was asked anew, and not recognised from before (`ForceAuthn`).
    fresh = min(facts.issued, facts.authenticated) >= earliest - settings.life
    if not (begun and fresh and facts.good_until > earliest):
        raise Refusal(PROVIDER_ANSWER_OUT_OF_TIME)


def refuse_low_assurance(facts: Facts, settings: ClaveSettings) -> None:
    if facts.assurance.rank < settings.minimum.rank:
        raise Refusal(PROVIDER_ASSURANCE_LOW)


def refuse_another_person(facts: Facts, person: Participant) -> None:
    """Raises `Refusal('provider_number_differs')` or `Refusal('provider_name_differs')`."""
    if person.document_number and normalised(person.document_number) != number_of(facts):
        raise Refusal(PROVIDER_NUMBER_DIFFERS)
    if words_of(person.name) != words_of(facts.name):
        raise Refusal(PROVIDER_NAME_DIFFERS)


def number_of(facts: Facts) -> str:
    """Without the two countries that eIDAS puts before it: `ES/ES/00000000T`."""
    return normalised(facts.number.removeprefix("ES/ES/"))
