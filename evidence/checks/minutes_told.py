"""Of CHK-15: what the minutes say of the act is what the journal says that they fix: its outcome, and which papers.

An official signs words, and with them the head of a journal that nobody reads before signing: whoever holds the keys of
the house must not be able to put another story under them.
"""

from collections.abc import Iterator

from evidence.checks import NumberedCheck
from evidence.findings import Finding
from evidence.minutes import MinutesWords
from evidence.opened import OpenedBundle
from evidence.taking_part import mapping, text

__all__ = ["told_otherwise"]

CHECK = NumberedCheck("CHK-15")


def told_otherwise(bundle: OpenedBundle, where: str, words: MinutesWords) -> Iterator[Finding]:
    """Digests printed of papers that the journal does not speak of; an outcome that is none, or of another name."""
    events = bundle.events[: words.head[0]] if words.head else bundle.events
    spoken = {subject for event in events for subject in event.subjects}
    for sha256 in words.hashes:
        if sha256 not in spoken:
            yield CHECK.failed(where, "MINUTES_PRINT_ANOTHER_HASH", sha256=sha256)
    closed = [data for event in events if event.type == "session_closed" and (data := bundle.opened(event)) is not None]
    outcome = text(closed[-1], "outcome") if closed else ""
    if closed and not outcome:
        yield CHECK.failed(where, "CLOSED_WITHOUT_OUTCOME")
    titles = mapping(mapping(bundle.resolved_type, "procedure"), "outcomes")
    said = _plainly(words.outcome)
    named = {code for code in titles if said and said in map(_plainly, _titles_of(titles, code))}
    if outcome and named and outcome not in named:
        yield CHECK.failed(where, "MINUTES_OF_ANOTHER_OUTCOME", found=words.outcome, outcome=outcome)


def _titles_of(titles: object, code: str) -> list[str]:
    found = mapping(titles, code)
    return [text(found, language) for language in found]


def _plainly(title: str) -> str:
    return title.strip().rstrip(".").casefold()
