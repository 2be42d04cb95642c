"""Of the account: which act it was, of which body, and how it ended."""

from collections.abc import Mapping
from typing import Any

from evidence.account import Act
from evidence.bodies import BodyNames, bearers
from evidence.minutes import MinutesWords, minutes_words
from evidence.opened import OpenedBundle
from evidence.parts import DocumentKind
from evidence.plain import plain
from evidence.taking_part import mapping, text

__all__ = ["by_language", "read_act"]


def read_act(bundle: OpenedBundle, procedure: Mapping[str, Any], body_names: BodyNames) -> Act:
    first = bundle.opened(bundle.events[0]) or {}
    opened = [event.at for event in bundle.events if event.type == "room_opened"]
    closed = [event for event in bundle.events if event.type == "session_closed"]
    outcome = text(bundle.opened(closed[-1]) or {}, "outcome") if closed else ""
    body, words = text(first, "body"), _words(bundle)
    name = words.body if words else ""
    administration = bundle.manifest.procedure.administration
    return Act(
        number=plain(text(first, "case_number")),
        body=plain(body),
        body_name=plain(name),
        body_known=(administration, body) in bearers(body_names, name),
        administration=plain(administration),
        administration_name=plain(words.administration if words else ""),
        titles=by_language(mapping(procedure, "titles")),
        outcomes=by_language(mapping(mapping(procedure, "outcomes"), outcome)),
        opened_at=opened[0] if opened else "",
        closed_at=closed[-1].at if closed else "",
    )


def _words(bundle: OpenedBundle) -> MinutesWords | None:
    """Of the minutes, which an official signed when the act had been held: they name body and Administration."""
    minutes = [one for one in bundle.documents if one.kind is DocumentKind.MINUTES and one.path in bundle.members]
    return minutes_words(bundle, minutes[-1].path) if minutes else None


def by_language(titles: Mapping[str, Any]) -> dict[str, str]:
    return {language: plain(text(titles, language)) for language in titles}
