"""Calendar entries: one UID, a sequence that counts, and none of it for anybody who is protected."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.base import Texts
from domain.events.summons import NoticeSent
from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.types.vocabulary import Privacy
from templates.invitations import Invitation, write_invitation
from tests.templates import samples
from tests.templates.samples import ADMINISTRATION, ANXO, Act

UID = "0a1b2c@justicia.example"


def entry(kind: str, procedure: Procedure, person: Participant | None = None) -> Invitation | None:
    person = person or procedure.participants[0].but(office="vilar")
    return write_invitation(kind, procedure, ADMINISTRATION, person, uid=UID, sender="avisos@justicia.example")


def lines(written: Invitation | None) -> dict[str, str]:
    """Unfolded as RFC 5545 3.1 says; the property without its parameters -> its value."""
    assert written is not None
    whole = written.content.decode().replace("\r\n ", "")
    assert whole.endswith("\r\n") and "\n" not in whole.replace("\r\n", "")
    read = (line.partition(":") for line in whole.split("\r\n") if line)
    return {name.partition(";")[0]: value for name, _, value in read}


def noticed(act: Act, kind: str) -> Act:
    return act.then(NoticeSent(kind=kind, recipient=ANXO, message_id="<m@x>", smtp_reply="250 kept"))


def test_a_summons_a_new_date_and_a_cancellation_are_one_entry_whose_sequence_counts() -> None:
    act = samples.conciliation()
    first = entry("summons", act.procedure)
    moved = noticed(act, "summons").procedure.but(scheduled_at=act.procedure.scheduled_at + timedelta(days=7))
    second = entry("adjourned", moved)
    third = entry("adjourned", noticed(act, "adjourned").procedure)
    last = entry("cancelled", noticed(act, "adjourned").procedure)

    told = [lines(one) for one in (first, second, third, last)]
    assert {one["UID"] for one in told} == {UID}
    assert [one["SEQUENCE"] for one in told] == ["0", "1", "2", "3"]
    assert [one["METHOD"] for one in told] == ["REQUEST", "REQUEST", "REQUEST", "CANCEL"]
    assert [one["STATUS"] for one in told] == ["CONFIRMED", "CONFIRMED", "CONFIRMED", "CANCELLED"]
    start = [datetime.strptime(one["DTSTART"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) for one in told]
    assert start[:2] == [act.procedure.scheduled_at, moved.scheduled_at]
    assert not any("DTEND" in one for one in told), "its type gives it no slot"
    assert told[0]["LOCATION"] == "Oficina de Justicia de Vilar (Vilar)"
    assert told[0]["ORGANIZER"] == "mailto:avisos@justicia.example"
    assert told[0]["ATTENDEE"] == "mailto:anxo@example.org"


@pytest.mark.parametrize(("language", "title"), [("es", "Cita por videoconferencia"), ("en", "Appointment by video")])
def test_a_calendar_that_others_see_says_neither_the_matter_nor_the_people(language: str, title: str) -> None:
    procedure = samples.conciliation().procedure
    written = entry("summons", procedure, procedure.participants[0].but(language=language))
    assert written is not None and lines(written)["SUMMARY"] == title
    said = written.content.decode().replace("\r\n ", "").replace("mailto:anxo@example.org", "")
    for secret in ("Anxo", "Ruiz", "Marta", "31/2026", "onciliaci", "Juzgado", "Peace"):
        assert secret not in said


@pytest.mark.parametrize("before", ["", "x"], ids=["even", "odd"])
def test_lines_are_folded_at_75_octets_and_never_within_a_character(before: str) -> None:
    """A letter of two octets begins at each side of the edge."""
    procedure = samples.conciliation().procedure
    name = f"{before}Oficina, de «Justicia»; " + "ñ" * 90
    office = ADMINISTRATION.offices[1].but(name=name, municipality="Vilar\\Alta")
    here = ADMINISTRATION.but(offices=(office,))
    person = procedure.participants[0].but(office=office.id)
    written = write_invitation("summons", procedure, here, person, uid=UID, sender="a@b.example")
    assert written is not None
    assert all(len(line) <= 75 and line.decode() for line in written.content.split(b"\r\n") if line)
    assert lines(written)["LOCATION"] == f"{before}Oficina\\, de «Justicia»\\; " + "ñ" * 90 + " (Vilar\\\\Alta)"


def test_nobody_who_goes_by_another_name_is_sent_one_in_a_procedure_that_protects_nobody_else() -> None:
    procedure = samples.conciliation().procedure
    kind, person = procedure.type, procedure.participants[0]
    hidden = tuple(
        role.but(alias=Texts({"es": "Testigo protegido", "en": "Protected witness"}))
        if role.code == person.role
        else role
        for role in kind.procedure.roles
    )
    protecting = procedure.but(type=kind.but(procedure=kind.procedure.but(roles=hidden)))
    assert entry("summons", procedure) is not None
    assert entry("summons", protecting) is None


@pytest.mark.parametrize("kind", ["summons", "adjourned", "cancelled"])
def test_nobody_who_is_protected_and_nobody_in_a_protected_procedure_is_sent_one(kind: str) -> None:
    victim = samples.victim_appointment().procedure
    for person in victim.participants:
        assert entry(kind, victim, person) is None
    ordinary = samples.conciliation().procedure
    assert entry(kind, ordinary) is not None
    kept = ordinary.type.procedure.but(privacy=Privacy.PROTECTED)
    assert entry(kind, ordinary.but(type=ordinary.type.but(procedure=kept))) is None


def test_the_minutes_are_no_appointment() -> None:
    assert entry("minutes", samples.conciliation().procedure) is None


def test_the_slot_of_an_act_is_told_to_whoever_is_summoned() -> None:
    act = samples.life_certificate()
    procedure, person = act.procedure, act.procedure.citizens[0]
    slot = procedure.type.procedure.lasts
    assert slot == timedelta(minutes=15)
    told = lines(entry("summons", procedure, person))
    ends = datetime.strptime(told["DTEND"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    assert ends == procedure.scheduled_at + slot
