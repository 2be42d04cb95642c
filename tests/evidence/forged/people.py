"""Lies about who acted: who was identified, warned, in the room, and by whom a thing was done."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.evidence.forged.forgery import AT, EVENTS, RECORD, both, first_event, script, told, without
from tests.evidence.held import TYPE, Told

__all__: list[str] = []


def renamed(event: Told) -> Told:
    if event.type != "procedure_requested":
        return event
    people = [{**one, "name": "Otra Persona"} if one["id"] == "par_1" else one for one in event.data["participants"]]
    return replace(event, data={**event.data, "participants": people})


def before(kind: str, who: str, new: str, **data: Any) -> Callable[[Told], Told | None]:
    """The first event of a kind and person becomes another kind: somebody goes away, and what was there is not told."""
    done: list[bool] = []

    def lie(event: Told) -> Told:
        if not done and event.type == kind and event.data.get("participant") == who:
            done.append(True)
            return Told(new, "system", event.at, (), {"participant": who, **data})
        return event

    return lie


# Who acted
script("nobody was identified", AT, "SIGNER_NOT_IDENTIFIED", lie=told("identity_confirmed", gone=True))
script(
    "one was identified, the other not",
    AT,
    "SIGNER_NOT_IDENTIFIED",
    lie=told("identity_confirmed", "par_2", gone=True),
)
script("the journal names another person than the record", RECORD, "RECORD_OF_ANOTHER_PERSON", lie=renamed)
script(
    "the record names another person than the journal",
    RECORD,
    "RECORD_OF_ANOTHER_PERSON",
    record={"signer_name": "Otra Persona"},
)
script("the record has another number", RECORD, "RECORD_OF_ANOTHER_PERSON", record={"signer_id_number": "00000000T"})
script(
    "the document shown has another number",
    AT,
    "IDENTITY_OF_ANOTHER_NUMBER",
    lie=told("identity_confirmed", "par_1", document_number="00000000T"),
)
script(
    "the clerk read in the place of the citizen",
    AT,
    "DONE_BY_ANOTHER",
    lie=told("document_page_read", "par_1", actor="acc_laj"),
)
script(
    "the clerk authenticated in the place of the citizen",
    AT,
    "DONE_BY_ANOTHER",
    lie=told("signature_authenticated", "par_1", actor="acc_laj"),
)
script(
    "the clerk signed in the place of the citizen",
    AT,
    "DONE_BY_ANOTHER",
    lie=told("document_signed", "par_1", actor="acc_laj"),
)
script(
    "one citizen signed in the place of the other",
    AT,
    "DONE_BY_ANOTHER",
    lie=told("document_signed", "par_1", actor="par_2"),
)
script(
    "the server accepted the warnings",
    AT,
    "DONE_BY_ANOTHER",
    lie=told("warnings_acknowledged", "par_1", actor="system"),
)
script(
    "the clerk said that it was understood",
    AT,
    "DONE_BY_ANOTHER",
    lie=told("document_understood", "par_1", actor="acc_laj"),
)
script(
    "the clerk refused the recording for the citizen",
    AT,
    "DONE_BY_ANOTHER",
    lie=told("consent_given", "par_1", actor="acc_laj"),
)
script(
    "the citizen signed the minutes for the clerk",
    AT,
    "DONE_BY_ANOTHER",
    lie=told("document_signed", "par_laj", actor="par_1"),
)
script(
    "somebody who does not take part read",
    AT,
    "PARTICIPANT_UNKNOWN",
    lie=told("document_understood", "par_1", participant="par_9"),
)
script("nobody accepted the warnings", AT, "SIGNER_NOT_WARNED", lie=told("warnings_acknowledged", gone=True))
script(
    "one accepted the warnings, the other not",
    AT,
    "SIGNER_NOT_WARNED",
    lie=told("warnings_acknowledged", "par_2", gone=True),
)
script(
    "the signer was never let in",
    AT,
    "SIGNER_NOT_IN_THE_ROOM",
    lie=both(told("participant_admitted", "par_1", gone=True), told("participant_joined", "par_1", gone=True)),
)
script(
    "the signer had lost the line",
    AT,
    "SIGNER_NOT_IN_THE_ROOM",
    lie=before("pin_sent", "par_1", "connection_lost"),
)
script("the signer had left", AT, "SIGNER_NOT_IN_THE_ROOM", lie=before("pin_sent", "par_1", "participant_left"))
script(
    "the signer had been sent out",
    AT,
    "SIGNER_NOT_IN_THE_ROOM",
    lie=before("pin_sent", "par_1", "participant_dismissed", reason="x"),
)
script(
    "somebody else sat down in the signer's place",
    AT,
    "SIGNER_NOT_IN_THE_ROOM",
    lie=before("pin_sent", "par_1", "seat_taken_over", place="office"),
)
script(
    "the identity had lapsed",
    AT,
    "SIGNER_NOT_IDENTIFIED",
    lie=before("pin_sent", "par_1", "identity_lapsed", cause="gap"),
)
script(
    "the session was reopened and nobody identified again",
    AT,
    "SIGNER_NOT_IDENTIFIED",
    lie=before("pin_sent", "par_1", "session_reopened"),
)
script(
    "the pages were read without the line",
    AT,
    "READ_WHILE_NOT_IN_THE_ROOM",
    open_=True,
    lie=both(
        told("participant_joined", "par_1", gone=True),
        told("participant_admitted", "par_1", gone=True),
        before("pin_sent", "par_1", "participant_joined"),
    ),
)
script(
    "the record names another authentication",
    RECORD,
    "AUTHENTICATION_DIFFERS",
    record={"authentication_reference": "pin_other"},
)
script(
    "the journal names another authentication",
    RECORD,
    "AUTHENTICATION_DIFFERS",
    lie=told("signature_authenticated", "par_1", reference="pin_other"),
)
script(
    "a code to the mobile gives the highest level",
    AT,
    "ASSURANCE_TOO_HIGH",
    lie=told("identity_confirmed", "par_1", method="pin_to_mobile", assurance="high"),
)
script(
    "a code gives more than its type says",
    AT,
    "ASSURANCE_TOO_HIGH",
    lie=told("identity_confirmed", "par_1", method="pin_to_mobile", assurance="substantial"),
)
script(
    "the type says that a code gives the highest level",
    AT,
    "ASSURANCE_TOO_HIGH",
    type={**TYPE, "mechanisms": {"pin_to_mobile": {"assurance": "high"}}},
    lie=told("identity_confirmed", "par_1", method="pin_to_mobile", assurance="high"),
)
script(
    "a level that there is not",
    AT,
    "ASSURANCE_UNKNOWN",
    lie=told("identity_confirmed", "par_1", assurance="absolute"),
)
script(
    "a means that nobody knows",
    AT,
    "MECHANISM_UNKNOWN",
    open_=True,
    lie=told("identity_confirmed", "par_1", method="telepathy"),
)
script("the record claims a level that nobody reached", RECORD, "ASSURANCE_NOT_REACHED", record={"assurance": "high"})
script("the record says that no page was read", RECORD, "PAGES_READ_DIFFER", record={"pages_read": []})
script("the record says that one page was read", RECORD, "PAGES_READ_DIFFER", record={"pages_read": [1]})
script(
    "the record says that a page was read which is not there",
    RECORD,
    "PAGES_READ_DIFFER",
    record={"pages_read": [1, 2, 3]},
)
script("two records of one name in the document", "documents/", "ATTACHMENT_NAMED_TWICE", twice=True)
script(
    "who took part is withheld",
    f"{EVENTS}#0",
    "PARTICIPANTS_UNKNOWN",
    open_=True,
    after=lambda parts: without(parts, 0),
)
script("nobody took part", f"{EVENTS}#0", "PARTICIPANTS_UNKNOWN", open_=True, lie=first_event(participants=[]))
