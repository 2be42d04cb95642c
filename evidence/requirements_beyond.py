"""Of arts. 60 and 61: what a file can hardly prove, or not at all, and what follows from the answers to the others."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from evidence.account import Answer, Requirement
from evidence.opened import OpenedBundle
from evidence.taking_part import Participant, mapping, text

__all__ = ["STAFF", "beyond_the_file", "conclusions"]

KEPT: Final = ("restricted", "protected")
CONCLUDED: Final = {"61.2.identification": ("60.1", "60.2", "60.4"), "61.2.signature": ("60.7.a", "60.7.b")}
"""What an administration checks when somebody challenges, and on which requirements it rests."""
STAFF: Final = "officials"
"""Staff identify nobody to themselves: what is said of them decides nothing of those who came."""


def beyond_the_file(
    bundle: OpenedBundle, people: Mapping[str, Participant] | None, names: Mapping[str, str], *, asked: bool
) -> Iterator[Requirement]:
    """Exceptions (60.3), image and sound (60.5), decorum (60.6), and which signature an act asks for (60.7)."""
    waived = [names[one.id] for one in (people or {}).values() if any(not c.mechanism for c in one.confirmations)]
    if waived:
        yield Requirement("60.3", Answer.NOT_PROVABLE, "waived", ", ".join(waived))
    elif text(mapping(bundle.resolved_type, "procedure"), "privacy") in KEPT:
        yield Requirement("60.3", Answer.NOT_PROVABLE, "names_kept")
    else:
        yield Requirement("60.3", Answer.NOT_ASKED, "no_exception")
    recorded = any(event.type == "recording_kept" for event in bundle.events)
    yield Requirement("60.5", Answer.NOT_PROVABLE, "no_media")
    yield Requirement("60.6", Answer.NOT_PROVABLE, "decorum_recorded" if recorded else "decorum")
    if asked:
        yield Requirement("60.7", Answer.NOT_PROVABLE, "committee")


def conclusions(answers: Iterable[Requirement]) -> Iterator[Requirement]:
    """Whether identification, and signature, meet what art. 60 asks of them, as far as the file goes."""
    found = [one for one in answers if one.why != STAFF]
    for article, resting_on in CONCLUDED.items():
        on = [one for one in found if one.article in resting_on]
        against = [one.article for one in on if one.answer is Answer.CONTRADICTED]
        open_ = [one.article for one in on if one.answer is Answer.NOT_PROVABLE]
        if against:
            yield Requirement(article, Answer.CONTRADICTED, "concluded_against", ", ".join(against))
        elif open_:
            yield Requirement(article, Answer.NOT_PROVABLE, "concluded_open", ", ".join(dict.fromkeys(open_)))
        elif any(one.answer is Answer.PROVEN for one in on):
            yield Requirement(article, Answer.PROVEN, "concluded_for")
        else:
            yield Requirement(article, Answer.NOT_ASKED, "concluded_nothing")
