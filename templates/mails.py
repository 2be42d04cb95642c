"""Letters by e-mail: plain words, the Administration's image, nothing personal in the subject.

Law: LEC 152.2; a mail announces and is not the notification. For protected people every letter is the neutral one.
"""

from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.text import readable
from domain.types.territory import Administration
from templates.page import FOLDER, environment, speech
from templates.people import is_hidden
from templates.texts import cancellation, text
from templates.words import Words


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


class LetterContent:
    """What a skeleton puts in a letter. Facts without a value, lists without a line and buttons that lead nowhere stay
    out."""

    def __init__(self, subject: str) -> None:
        self.subject = subject
        self.greeting = ""
        self.paragraphs: list[str] = []
        self.facts: dict[str, str] = {}
        self.list_title = ""
        self.lines: list[str] = []
        self.button: Button | None = None
        self.closing: list[str] = []

    def greet(self, words: str) -> None:
        self.greeting = words

    def say(self, words: str) -> None:
        """A paragraph."""
        self.paragraphs.append(words.strip())

    def fact(self, name: str, value: str | None) -> None:
        if value and value.strip():
            self.facts[name] = value.strip()

    def bullets(self, title: str, lines: Iterable[str]) -> None:
        self.list_title, self.lines = title, [*lines]

    def link(self, words: str, address: str | None) -> None:
        self.button = Button(words, address) if address else None

    def close(self, words: str) -> None:
        """A paragraph after everything else."""
        self.closing.append(words.strip())


class Button(NamedTuple):
    words: str
    link: str


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
    shown = MailKind.NEUTRAL if neutral else kind
    facts = {} if neutral else _facts(procedure, administration, recipient, words)
    # What the neutral letter must not say is not even within its reach.
    given = {"code": code} if neutral else {"code": code, "link": link, "csv": csv, "attached": attached}
    letter = LetterContent(text(f"mails.{shown}.subject", words.language))
    environment().get_template(f"mails/{shown}.jinja").render(letter=letter, **given, **facts, **speech(words))
    return set_letter(letter, administration, words, neutral=neutral)


def set_letter(letter: LetterContent, administration: Administration, words: Words, *, neutral: bool = False) -> Letter:
    """Both forms of a letter. `neutral`: it does not say from whom it is."""
    sheet = {
        "content": letter,
        "theme": administration.theme,
        "language": words.language,
        # A name of the justice administration over the letter would say what the letter must not.
        "sender": None if neutral else administration.names.in_language(words.language),
        "footer": [] if neutral else [administration.contact.in_language(words.language)],
    }
    plain, page = (
        _typed(escaping=escaping).get_template(f"mails/letter.{form}.jinja").render(**sheet).strip() + "\n"
        for form, escaping in (("txt", False), ("html", True))
    )
    return Letter(letter.subject, plain, page)


def _facts(
    procedure: Procedure, administration: Administration, recipient: Participant, words: Words
) -> dict[str, Any]:
    body = next((body for body in administration.bodies if body.id == procedure.body), None)
    office = next((office for office in administration.offices if office.id == recipient.office), None)
    information = procedure.type.procedure.information
    return {
        "name": recipient.name,
        "what": f"{procedure.type.procedure.titles.in_language(words.language)} {procedure.case_number}",
        "body": body.names.in_language(words.language) if body else procedure.body,
        "office": f"{office.called(words.language)} ({office.municipality})" if office else None,
        "when": words.appointment(procedure.scheduled_at),
        "lasts": words.duration(procedure.type.procedure.lasts) or None,
        "summary": information.summary.in_language(words.language),
        "why": cancellation(reason, words.language) if (reason := procedure.cancelled_because) else None,
        "years": procedure.type.procedure.retention_years,
        "bring": [line.in_language(words.language) for line in information.bring],
    }


@cache
def _typed(*, escaping: bool) -> Environment:
    """The two forms of a letter: plain text, and a page in which what it says is escaped."""
    return Environment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        finalize=readable,
        autoescape=escaping,  # noqa: S701
        trim_blocks=True,
        lstrip_blocks=True,
    )
