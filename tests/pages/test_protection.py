"""What a type protects betrays nothing to whoever need not know: on citizens' pages, in mails and in records."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from activities.signature_records import authenticated_act_record
from api.access.visibility import citizens_read
from api.pages.citizen.view import citizen_view
from api.pages.rendering import render
from domain.access.register import verification_of
from domain.procedure.minutes import Minutes
from domain.procedure.state import Procedure
from domain.types.privacy import Detail
from domain.types.vocabulary import Privacy
from templates.mails import MailKind, write_mail
from tests.pages.test_citizen import LOOKS
from tests.templates.samples import ADMINISTRATION, case_document, conciliation, document_ref, victim_appointment

AT = datetime(2026, 11, 22, 11, tzinfo=UTC)
VICTIM = victim_appointment()


def betraying(procedure: Procedure, language: str) -> list[str]:
    """Names of the kind, its roles, its agenda, its outcomes and the body, in one language."""
    kind = procedure.type.procedure
    body = [body.names for body in ADMINISTRATION.bodies if body.id == procedure.body]
    texts = [kind.titles, *(role.titles for role in kind.roles), *kind.outcomes.values(), *body]
    texts += [procedure.type.item(item.code).titles for item in procedure.agenda]
    return [one.in_language(language) for one in texts]


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("step", ["start", "warnings", "equipment", "end"])
def test_the_pages_of_whoever_holds_the_code_say_nothing_of_what_it_is_about(step: str, language: str) -> None:
    state, look = VICTIM.procedure, LOOKS[language]
    shown = citizen_view(state, state.participants[0], step, look)
    html = render(f"citizen_{step}.html", look, shown=shown, text_version="1", countdown=9, qr="", path="/x")
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
    assert [words for words in betraying(state, language) if words in said] == []
    assert shown.csv == shown.outcome == shown.body == shown.why == ""


@pytest.mark.parametrize("kind", list(MailKind))
def test_no_mail_to_somebody_protected_says_what_it_is_about(kind: MailKind) -> None:
    state = VICTIM.procedure.but(cancelled_because="No quiere verle.")
    letter = write_mail(kind, state, ADMINISTRATION, state.participants[0], code="AB12-CD34")
    whole = f"{letter.subject} {letter.text} {letter.html}"
    assert [words for words in (*betraying(state, "es"), "No quiere", "Noa") if words in whole] == []


def test_the_record_of_a_signature_and_the_public_page_name_nobody_and_nothing_protected() -> None:
    paper = case_document("d1", "consent", "Plan", conciliation().procedure.documents[0].character)
    minutes = Minutes(version=1, draft=document_ref("nota"), sealed_at=AT, document="d1")
    state = VICTIM.procedure.but(documents=(paper,), minutes=minutes)
    record = str(authenticated_act_record(state, paper, state.participants[0], "c1", AT, AT.isoformat()))
    assert [word for word in ("Noa", "Barreiro", "00087650T") if word in record] == []
    told = verification_of(state)
    assert told is not None
    assert told.model_dump(exclude={"sha256", "sealed_at"}) == {"titles": {}, "body": None, "anchor": None}


def test_one_module_says_who_reads_what() -> None:
    """Pages ask it; whoever asks a type for its privacy decides for themselves."""
    pages = [*Path("api/pages").rglob("*.py"), *Path("api/views").rglob("*.py"), *Path("api/services").rglob("*.py")]
    asking = {path.as_posix() for path in pages if re.search(r"privacy (is|!=|==) |Privacy\.ORD", path.read_text())}
    # Whether an identity may be waived is a rule of the procedure and nobody's right to see.
    assert asking == {"api/pages/procedure/people_view.py"}


def test_a_citizen_reads_the_role_but_not_the_kind_of_what_is_protected() -> None:
    assert citizens_read(Detail.KIND, Privacy.ORDINARY)
    assert not citizens_read(Detail.KIND, Privacy.PROTECTED)
    assert not citizens_read(Detail.BODY, Privacy.PROTECTED)
