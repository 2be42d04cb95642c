from datetime import UTC, datetime

import pytest

from domain.ids import OfficeId, ParticipantId
from domain.procedure.people import Participant
from templates.documents import write_document
from templates.mails import MailKind, write_mail
from templates.minutes import draft_minutes, final_minutes
from templates.people import NameRedactor, is_hidden, shown_name
from templates.timeline import timeline_sentence
from templates.words import Words
from tests.templates import samples
from tests.templates.samples import ADMINISTRATION, VICTIM_SECRETS

NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
OPEN_WORDS = {"Vilar"}
"""A town: secret as a whereabouts, yet a word that an office may have in its name."""


def leaks(words: str) -> list[str]:
    return [secret for secret in VICTIM_SECRETS if secret.lower() in words.lower()]


@pytest.mark.parametrize("language", ["es", "en"])
def test_nothing_written_about_a_victim_says_who_she_is_or_where(language: str) -> None:
    act = samples.victim_appointment()
    note = draft_minutes(act.procedure, ADMINISTRATION, act.journal, language)
    assert "Lira" in note.model_dump_json(), "the office's own address is the only place"
    assert leaks(note.model_dump_json()) == []
    plan = act.procedure.type.procedure.documents[0].but(template="consent")
    for template in ("consent", "attendance_slip", "unheard_of"):
        for item in act.procedure.agenda:
            consent = write_document(plan.but(template=template), act.procedure, ADMINISTRATION, item, NOON, language)
            assert leaks(consent.model_dump_json()) == []
    assert leaks(final_minutes(note, (), act.procedure, ADMINISTRATION).model_dump_json()) == []


@pytest.mark.parametrize("kind", list(MailKind))
@pytest.mark.parametrize("language", ["es", "en"])
def test_a_mail_to_a_victim_has_neutral_words_whatever_is_sent(kind: MailKind, language: str) -> None:
    procedure = samples.victim_appointment().procedure
    victim = procedure.participants[0].but(language=language)
    letter = write_mail(
        kind, procedure, ADMINISTRATION, victim, link="https://x.example/verificar/ES47", csv="ES47-1", attached=True
    )
    everything = " ".join(letter).lower()
    assert leaks(everything) == []
    betraying = ("víctima", "victim", "justicia", "justice", "judicial", "juzgado", "court", "asistencia", "es47",
                 "lira", "verificar", "2026")  # fmt: skip
    assert [word for word in betraying if word in everything] == []


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_timeline_of_a_protected_act_shows_aliases(language: str) -> None:
    act = samples.victim_appointment()
    for entry in act.journal:
        said = timeline_sentence(entry.type, entry.content, act.procedure, Words(language, "Europe/Madrid"))
        assert [secret for secret in leaks(said) if secret not in OPEN_WORDS] == []


def test_the_official_keeps_a_name_and_the_protected_person_an_alias() -> None:
    procedure = samples.victim_appointment().procedure
    victim, jurist = procedure.participants
    assert (is_hidden(procedure, victim), is_hidden(procedure, jurist)) == (True, False)
    assert shown_name(procedure, victim, "es") == "Persona atendida"
    assert shown_name(procedure, jurist, "es") == "Carme Otero Sanz"


def test_two_people_with_the_same_alias_can_be_told_apart() -> None:
    procedure = samples.victim_appointment().procedure
    friend = Participant(id=ParticipantId("p9"), role="victim", name="Uxía Mato Rey")
    both = procedure.but(participants=(*procedure.participants, friend))
    assert [shown_name(both, both.participant(id), "en") for id in ("p1", "p9")] == [
        "Person assisted 1",
        "Person assisted 2",
    ]


@pytest.mark.parametrize(
    "typed",
    ["Noa Barreiro Caamaño", "BARREIRO CAAMAÑO, Noa", "la señora Caamano", "dni 00087650-t", "00.087.650 T",
     "+34 600 000 009", "Noa@example.org", "NOA"],
)  # fmt: skip
def test_a_name_or_number_is_redacted_however_it_was_typed(typed: str) -> None:
    redact = NameRedactor(samples.victim_appointment().procedure, "es")
    assert leaks(redact(f"Consta que {typed} llamó.")) == []


def test_redaction_leaves_alone_the_names_of_bodies_and_words_of_everyday() -> None:
    procedure = samples.victim_appointment().procedure
    person = procedure.participants[0].but(name="Paz Lira de la Fuente")
    redact = NameRedactor(procedure.with_participant(person), "es", ("Juzgado de Paz de Lira",))
    assert redact("El Juzgado de Paz de Lira la citó de nuevo en la fuente.") == (
        "El Juzgado de Paz de Lira la citó de nuevo en la fuente."
    )


def test_nobody_is_redacted_in_an_ordinary_procedure() -> None:
    procedure = samples.conciliation().procedure
    assert NameRedactor(procedure, "es")("Anxo Ruiz Seoane, 00043210X") == "Anxo Ruiz Seoane, 00043210X"


def test_an_office_from_which_the_victim_appears_is_not_written_down() -> None:
    act = samples.victim_appointment()
    assert act.procedure.participants[0].office == OfficeId("vilar")
    note = draft_minutes(act.procedure, ADMINISTRATION, act.journal, "es")
    assert "Oficina 14 (Lira)" in note.model_dump_json()
