"""The draft of the minutes from the state and the journal of an act, and its final words once corrected.

Nothing is typed twice: every paragraph names the events it comes from. Which skeleton writes them depends on the mode
of the type; an unknown template name is served by `general`, so that a new procedure type needs no Python.
"""

from collections.abc import Sequence
from functools import partial

from domain.journal.chain import JournalEntry
from domain.procedure.minutes import Correction, Paragraph, Table, WrittenDocument, corrected
from domain.procedure.state import Procedure
from domain.types.territory import Administration
from templates.page import skeleton, written
from templates.people import NameRedactor, shown_name
from templates.record import Record
from templates.texts import text
from templates.trail import Trail
from templates.wording import paragraphs
from templates.words import Words

_FOLDERS = {
    "written": "written",
    # Law: LEC 146.2; without a recording that carries guarantees, written minutes with its list of contents.
    "recording_is_acta": "written",
    "certificate": "certificate",
    "restricted_note": "restricted_note",
}

CERTIFICATE = "certificate"
"""The mode of minutes that are a certificate, to be shown elsewhere."""

ANNEX = "annex"
"""Id of the heading before which the trail of corrections stands."""


def draft_minutes(
    procedure: Procedure, administration: Administration, entries: Sequence[JournalEntry], language: str
) -> WrittenDocument:
    """The draft over `entries` (the whole journal so far). CSV and verification address are added by the caller."""
    words = Words(language, administration.time_zone(procedure.office))
    record = Record(procedure, administration, Trail(entries), words)
    plan = procedure.type.procedure.minutes
    record.whole_numbers = plan.mode == CERTIFICATE
    redact = NameRedactor(procedure, words.language, open_words(record))
    page = written(
        skeleton(f"minutes/{_FOLDERS[plan.mode]}", plan.template),
        redact,
        words,
        record=record,
        wording_of=partial(paragraphs, record, words),
    )
    return WrittenDocument(
        title=page.title,
        language=words.language,
        administration=administration.names.in_language(words.language),
        body=record.body_name,
        reference=redact(record.class_and_number),
        blocks=tuple(page.blocks),
    )


def final_minutes(
    draft: WrittenDocument, corrections: tuple[Correction, ...], procedure: Procedure, administration: Administration
) -> WrittenDocument:
    """The draft as corrected, with a table before the annex in which the old words stay readable."""
    if not corrections:
        return draft
    words = Words(draft.language, administration.time_zone(procedure.office))
    roles = (title for role in procedure.roles for title in role.titles.root.values())
    redact = NameRedactor(procedure, words.language, (draft.body, draft.administration, *roles))
    final = corrected(draft, corrections)
    blocks = [block.but(text=redact(block.text)) if isinstance(block, Paragraph) else block for block in final.blocks]
    place = next((n for n, block in enumerate(blocks) if block.id == ANNEX), len(blocks))
    table = _trail_of(corrections, procedure, words, redact)
    return final.but(blocks=(*blocks[:place], table, *blocks[place:]))


def _trail_of(corrections: tuple[Correction, ...], procedure: Procedure, words: Words, redact: NameRedactor) -> Table:
    names: dict[str | None, str] = {
        id: shown_name(procedure, person, words.language)
        for person in procedure.participants
        for id in (person.id, person.account)
    }
    return Table(
        id="corrections",
        caption=text("minutes.corrections.caption", words.language),
        header=tuple(
            text(f"minutes.corrections.{column}", words.language) for column in ("who", "before", "after", "reason")
        ),
        rows=tuple(
            (
                f"{names.get(made.by, '')}, {words.clock(made.at)}".strip(", "),
                *map(redact, (made.before, made.after, made.reason)),
            )
            for made in corrections
        ),
    )


def open_words(record: Record) -> tuple[str, ...]:
    """Names that everybody may read, so that redaction leaves them alone."""
    names = record.administration.names.root.values()
    offices = (word for office in record.administration.offices for word in (office.name, office.municipality))
    roles = (title for role in record.procedure.roles for title in role.titles.root.values())
    officials = (person.name for person in record.attendees if person.side == "authority")
    return (*names, record.body_name, record.municipality, *offices, *roles, *officials)
