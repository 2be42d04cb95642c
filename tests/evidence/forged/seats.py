"""Lies about whose seat is whose, and acts without what has to come before them."""

from typing import Any

from tests.evidence.forged.forgery import AT, EVENTS, first_event, script, told
from tests.evidence.forged.people import before
from tests.evidence.held import PEOPLE

__all__: list[str] = []

FIRST, SECOND, CLERK = PEOPLE
BEGINNING = f"{EVENTS}#0"


def seated(*people: dict[str, Any]) -> Any:
    return first_event(participants=list(people))


OTHER = {**FIRST, "name": "Otra Persona", "document_number": "11111111H"}
script("somebody else stands before a party, with their code", BEGINNING, "PARTICIPANT_TWICE",
       lie=seated(OTHER, *PEOPLE))  # fmt: skip
script("a party has the account of the clerk", BEGINNING, "ACCOUNT_OF_ANOTHER",
       lie=seated({**FIRST, "account": CLERK["account"]}, SECOND, CLERK))  # fmt: skip
script("the account of a party is the code of the other", BEGINNING, "ACCOUNT_OF_ANOTHER",
       lie=seated({**FIRST, "account": SECOND["id"]}, SECOND, CLERK))  # fmt: skip
script("a party has an account of staff", BEGINNING, "ACCOUNT_OF_A_PARTY",
       lie=seated({**FIRST, "account": "acc_new"}, SECOND, CLERK))  # fmt: skip
script("a party sits down with an account of staff", AT, "ACCOUNT_OF_A_PARTY",
       lie=before("pin_sent", "par_1", "official_seated", account="acc_new", name="Anxo Ruiz Seoane"))  # fmt: skip
AS_CLERK = {"participant": "par_laj", "account": "par_1", "name": "Iria Outeiro Barral"}
script("a party sits down as the clerk too", AT, "ACCOUNT_OF_ANOTHER",
       lie=before("pin_sent", "par_1", "official_seated", **AS_CLERK))  # fmt: skip
script("a party is called the judge", BEGINNING, "ROLE_UNKNOWN",
       lie=seated({**FIRST, "role": "judge"}, SECOND, CLERK))  # fmt: skip

script("a party said of no paper that they understood it", AT, "SIGNED_WITHOUT_UNDERSTANDING",
       lie=told("document_understood", "par_1", gone=True))  # fmt: skip
script("a party understood another paper", AT, "SIGNED_WITHOUT_UNDERSTANDING",
       lie=told("document_understood", "par_1", sha256="0" * 64))  # fmt: skip
script("the act was closed without an outcome", "documents/", "CLOSED_WITHOUT_OUTCOME",
       lie=told("session_closed", outcome=None))  # fmt: skip
