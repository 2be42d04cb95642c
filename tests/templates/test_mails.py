import re
from html import unescape

import pytest

from domain.procedure.people import Participant
from templates.mails import Letter, MailKind, write_mail
from tests.templates import samples
from tests.templates.samples import ADMINISTRATION

ORDINARY = [kind for kind in MailKind if kind is not MailKind.NEUTRAL]


def letter(kind: MailKind, language: str = "es", name: str | None = None) -> Letter:
    procedure = samples.conciliation().procedure
    person: Participant = procedure.participants[0].but(language=language)
    person = person.but(name=name) if name else person
    return write_mail(
        kind, procedure, ADMINISTRATION, person, link="https://estrado.example/v/ES47", code="AB12-CD34", csv="ES47-9F"
    )


@pytest.mark.parametrize("kind", list(MailKind))
@pytest.mark.parametrize("language", ["es", "en"])
def test_no_subject_says_anything_personal(kind: MailKind, language: str) -> None:
    subject = letter(kind, language).subject
    personal = ("Anxo", "Ruiz", "Seoane", "31/2026", "onciliaci", "AB12", "ES47", "Lira")
    assert subject
    assert "\n" not in subject
    assert [word for word in personal if word in subject] == []


@pytest.mark.parametrize("kind", ORDINARY)
def test_every_letter_says_that_it_is_a_notice_and_not_the_notification(kind: MailKind) -> None:
    assert "No es la notificación ni la sustituye (art. 152.2" in letter(kind).text
    assert "It is not the notification and does not replace it (article 152.2" in letter(kind, "en").text


@pytest.mark.parametrize("kind", list(MailKind))
@pytest.mark.parametrize("language", ["es", "en"])
def test_the_page_and_the_plain_text_say_the_same(kind: MailKind, language: str) -> None:
    written = letter(kind, language)
    page = unescape(written.html)
    said = re.findall(r"\w+", written.text)
    assert len(said) > 10
    assert [word for word in said if word not in page] == []
    assert not [mark for mark in ("{{", "{%", "None") if mark in written.text + written.html]


def test_a_summons_says_when_what_who_and_the_code() -> None:
    said = letter(MailKind.SUMMONS).text
    for part in ("22 de noviembre de 2026, a las 10:20", "Acto de conciliación 31/2026", "Juzgado de Paz de Lira",
                 "AB12-CD34", "- Su DNI, NIE o pasaporte"):  # fmt: skip
        assert part in said


def test_a_summons_says_how_long_data_are_kept() -> None:
    years = samples.conciliation().procedure.type.procedure.retention_years
    assert years > 1
    assert f"Sus datos se conservan {years} años" in letter(MailKind.SUMMONS).text
    assert f"Your data are kept for {years} years" in letter(MailKind.SUMMONS, "en").text


def test_minutes_by_link_and_minutes_by_attachment_say_which_they_are() -> None:
    procedure = samples.conciliation().procedure
    person = procedure.participants[0]
    attached = write_mail(MailKind.MINUTES_READY, procedure, ADMINISTRATION, person, csv="ES47-9F", attached=True)
    assert "Lo recibe con este correo." in attached.text
    assert "https://" not in attached.text
    linked = letter(MailKind.MINUTES_READY)
    assert "Lo recibe" not in linked.text
    assert "https://estrado.example/v/ES47" in linked.text
    assert 'href="https://estrado.example/v/ES47"' in linked.html


def test_the_letter_wears_the_colours_of_the_administration() -> None:
    page = letter(MailKind.SUMMONS).html
    assert ADMINISTRATION.theme.brand in page
    assert '<html lang="es">' in page


def test_a_name_can_never_become_markup_or_a_template() -> None:
    written = letter(MailKind.SUMMONS, name="<script>alert(1)</script> {{ 7*7 }} Ruiz: [x]")
    assert "<script>" not in written.html
    assert "{{ 7*7 }}" in written.text
    assert "49" not in written.text.replace("149", "")


@pytest.mark.parametrize(("reason", "said"), [("Desisten.", "Desisten."), ("applicant_absent", "no vino quien había")])
def test_who_is_told_that_an_act_is_off_is_told_why_unless_protected(reason: str, said: str) -> None:
    procedure = samples.conciliation().procedure.but(cancelled_because=reason)
    told = write_mail(MailKind.CANCELLED, procedure, ADMINISTRATION, procedure.participants[0])
    assert said in told.text
    kept = samples.victim_appointment().procedure.but(cancelled_because=reason)
    assert said not in write_mail(MailKind.CANCELLED, kept, ADMINISTRATION, kept.participants[0]).text
