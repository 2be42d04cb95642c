"""A third language, added as docs/languages.md says: one line in the list, one folder of words, and no other change."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from templates.catalogues import FOLDER, forms_of, read_catalogue

PROJECT = Path(__file__).parents[2]
LINE = '    Language("eo", "Esperanto", "eo"),\n'

READER = """
import asyncio
import json
from datetime import UTC, datetime

import pypdfium2

from adapters.pages.typesetter import TypstTypesetter
from api.pages.citizen.view import citizen_view
from api.pages.rendering import PageContext, render
from templates.mails import MailKind, write_mail
from templates.minutes import draft_minutes
from tests.templates.samples import ADMINISTRATION, LOGO, conciliation

act = conciliation()
minutes = draft_minutes(act.procedure, ADMINISTRATION, act.journal, "eo")
letter = write_mail(MailKind.SUMMONS, act.procedure, ADMINISTRATION, act.procedure.participants[0].but(language="eo"))
look = PageContext("eo", ADMINISTRATION.but(languages=("es", "eo")))
start = citizen_view(act.procedure, act.procedure.participants[0], "start", look)
page = render("citizen_start.html", look, shown=start, path="/citizen/start")
at = datetime(2026, 11, 22, tzinfo=UTC)
pdf = pypdfium2.PdfDocument(asyncio.run(TypstTypesetter().pdf(minutes, ADMINISTRATION.theme, LOGO, at)))
printed = pdf[0].get_textpage().get_text_bounded()
print(json.dumps({"minutes": minutes.model_dump(mode="json"), "letter": letter, "page": page, "printed": printed}))
"""


def marked(value: Any) -> Any:
    """Every sentence between marks that no Spanish text has, with its placeholders as they are."""
    if isinstance(value, dict):
        return {key: marked(inner) for key, inner in value.items()}
    return f"⟦{value}⟧"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with one more language: the rest of it is the one that is being tested."""
    here = tmp_path_factory.mktemp("project")
    for part in PROJECT.iterdir():
        if part.name in ("domain", "templates"):
            shutil.copytree(part, here / part.name, ignore=shutil.ignore_patterns("__pycache__"))
        elif not part.name.startswith("."):
            (here / part.name).symlink_to(part)
    listed = here / "domain/languages.py"
    listed.write_text(re.sub(r"(?m)^LANGUAGES = \(\n", rf"\g<0>{LINE}", listed.read_text("utf-8")), "utf-8")
    words = here / "templates/words/eo"
    words.mkdir()
    for path in sorted((FOLDER / "es").glob("*.yaml")):
        translated = marked(yaml.safe_load(path.read_text("utf-8")))
        (words / path.name).write_text(yaml.safe_dump(translated, allow_unicode=True), "utf-8")
    with (words / "pages.po").open("wb") as file:
        write_po(file, _translated())
    return here


def _translated() -> Catalog:
    pages = Catalog(locale="eo", fuzzy=False)
    for message in read_catalogue(FOLDER / "es/pages.po", "es"):
        if message.id:
            forms = tuple(map(marked, forms_of(message)))
            pages.add(message.id, forms[0] if isinstance(message.id, str) else forms)
    return pages


def run(project: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=project, capture_output=True, text=True, env={"PYTHONPATH": str(project)}
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def said(project: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(run(project, "-c", READER))
    return read


def test_the_new_language_is_whole(project: Path) -> None:
    assert "eo: whole\n" in run(project, "-m", "templates")


def test_minutes_are_written_in_it(said: dict[str, Any]) -> None:
    minutes = said["minutes"]
    assert (minutes["language"], minutes["title"]) == ("eo", "⟦Acta de conciliación⟧")
    told = {block["id"]: block.get("text", "") for block in minutes["blocks"]}
    assert told["people"] == "⟦Asistentes⟧"
    assert told["opening"].startswith("⟦En Lira, a 2026-Novembro-22, siendo las 10:24:11, ante Elena Souto Rial")
    assert told["short-gaps"] == (
        "⟦Hubo además un corte de conexión de menos de 30 s, que no afectó a la continuidad.⟧"
    )


def test_they_are_printed_in_it(said: dict[str, Any]) -> None:
    printed = said["printed"]
    assert "⟦Dato⟧ ⟦Contenido⟧" in printed
    assert "⟦código de un solo uso enviado al móvil⟧ kaj ⟦exhibición" in printed, "CLDR knows how it joins words"
    assert printed.rstrip().endswith("⟦Página 1 de 4⟧")


def test_a_letter_is_written_in_it(said: dict[str, Any]) -> None:
    subject, text, html = said["letter"]
    assert subject == "⟦Tiene una cita por videoconferencia⟧"
    assert "⟦Cuándo⟧: ⟦2026-Novembro-22, a las 10:20⟧" in text
    assert '<html lang="eo">' in html


def test_a_page_is_painted_in_it_and_it_can_be_chosen(said: dict[str, Any]) -> None:
    page = said["page"]
    assert '<html lang="eo"' in page
    assert "⟦Qué va a pasar⟧" in page
    assert '<span aria-current="true" lang="eo">Esperanto</span>' in page
    assert 'hreflang="es" data-test="language-es">Español</a>' in page
