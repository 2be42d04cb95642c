"""Letters by e-mail: plain words, the Administration's image, nothing personal in the subject.

Law: LEC 152.2; a mail announces and is not the notification. For protected people every letter is the neutral one.
"""

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.types.territory import Administration
from templates.people import is_hidden
from templates.words import Words

FOLDER = Path(__file__).parent / "mails"


class MailKind(StrEnum):
    SUMMONS = "summons"
    MINUTES_READY = "minutes_ready"
    ADJOURNED = "adjourned"
    CANCELLED = "cancelled"
    NEUTRAL = "neutral"


class Letter(NamedTuple):
    subject: str
    text: str
    html: str


def write_mail(
    kind: MailKind,
    procedure: Procedure,
    administration: Administration,
    recipient: Participant,
    *,
    link: str | None = None,
    code: str | None = None,
    csv: str | None = None,
    attached: bool = False,
) -> Letter:
    """The letter of `kind` in the recipient's language.

    `code` opens the recipient's seat; `csv` and `link` lead to the document; `attached`: the PDF goes along. Protected
    recipients get the neutral letter whatever `kind` says: their code, and no link, date, place or matter.
    """
    words = Words(recipient.language, administration.time_zone(procedure.office))
    neutral = kind is MailKind.NEUTRAL or is_hidden(procedure, recipient)
    facts = {"code": code} if neutral else _facts(procedure, administration, recipient, words)
    shown = {} if neutral else {"link": link, "code": code, "csv": csv, "attached": attached}
    content = _content(MailKind.NEUTRAL if neutral else kind, words.language, {**facts, **shown})
    sheet = {
        "content": content,
        "theme": administration.theme,
        "language": words.language,
        # A name of the justice administration over the letter would say what the letter must not.
        "sender": None if neutral else administration.names.in_language(words.language),
        "footer": [] if neutral else [administration.contact.in_language(words.language)],
    }
    plain = _plain().get_template("letter.txt.jinja").render(**sheet).strip() + "\n"
    return Letter(
        content["subject"], plain, _escaping().get_template("letter.html.jinja").render(**sheet).strip() + "\n"
    )


def _facts(
    procedure: Procedure, administration: Administration, recipient: Participant, words: Words
) -> dict[str, Any]:
    body = next((body for body in administration.bodies if body.id == procedure.body), None)
    office = next((office for office in administration.offices if office.id == recipient.office), None)
    information = procedure.type.procedure.information
    return {
        "name": recipient.name,
        "title": procedure.type.procedure.titles.in_language(words.language),
        "number": procedure.case_number,
        "body": body.names.in_language(words.language) if body else procedure.body,
        "office": f"{office.name} ({office.municipality})" if office else None,
        "when": words.appointment(procedure.scheduled_at),
        "summary": information.summary.in_language(words.language),
        "years": procedure.type.procedure.retention_years,
        "bring": [line.in_language(words.language) for line in information.bring],
    }


def _content(kind: MailKind, language: str, facts: dict[str, Any]) -> dict[str, Any]:
    """Subject, paragraphs, list and facts of a letter. Names are put in as data after the YAML has been read."""
    filled = _filled(_lines(f"{kind}.{language}.yaml"), facts)
    if not filled.get("button", {}).get("link"):
        filled["button"] = None
    return {"paragraphs": [], "list": [], "facts": {}, "after": [], "button": None, "greeting": None, **filled}


def _filled(value: Any, facts: dict[str, Any]) -> Any:
    if isinstance(value, str):
        return _compiled(value).render(**facts).strip()
    if isinstance(value, list):
        return [line for line in (_filled(line, facts) for line in value) if line]
    if isinstance(value, dict) and "each" in value:
        return list(facts[value["each"]])
    if isinstance(value, dict):
        found = {key: _filled(part, facts) for key, part in value.items()}
        return {key: part for key, part in found.items() if part}
    return value


@cache
def _lines(file: str) -> Any:
    return yaml.safe_load((FOLDER / file).read_text(encoding="utf-8"))


@cache
def _compiled(line: str) -> Template:
    return _plain().from_string(line)


@cache
def _plain() -> Environment:
    # Letters as text and the sentences inside them; what goes into HTML is escaped by the other environment.
    return Environment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _escaping() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
