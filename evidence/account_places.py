"""From where people took part, and what their office saw of the place, as the account of an act tells it."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from evidence.account import Fact
from evidence.checks.secure_places import PLACE_CHECKED
from evidence.opened import OpenedBundle
from evidence.plain import plain
from evidence.taking_part import mapping, text

PLACES: Final = ("office", "court", "own_device")


def read_places(bundle: OpenedBundle, names: Mapping[str, str], *, hidden: bool) -> dict[str, list[Fact]]:
    """From where each person took part; under a kept name not from which office, which says where they live."""
    found: dict[str, list[Fact]] = {}
    for event in bundle.events:
        if event.type not in ("participant_checked_in", "seat_taken_over", "autonomy_attested", PLACE_CHECKED):
            continue
        data = bundle.opened(event) or {}
        of_person = found.setdefault(text(data, "participant"), [])
        told = {} if hidden else _office(data)
        place = text(data, "place")
        code = f"place_{place if place in PLACES else ''}"
        by = names.get(event.actor, plain(event.actor))
        if event.type == "autonomy_attested":
            code, told = "acts_freely", {"by": by}
        if event.type == PLACE_CHECKED:
            of_person += [Fact(seen, event.at, "", told) for seen, told in _seen(data, by, hidden=hidden)]
        else:
            of_person.append(Fact(code, event.at, "", told))
    return found


def _seen(data: Mapping[str, Any], by: str, *, hidden: bool) -> Iterator[tuple[str, dict[str, str]]]:
    """What the office saw; who accompanies somebody whose name is kept is not told."""
    alone, others = text(data, "company") == "alone", "" if hidden else plain(text(data, "others"))
    yield ("acts_freely" if data.get("acts_freely") is True else "not_free"), {"by": by}
    yield ("alone", {"by": by}) if alone else ("accompanied", {"by": by, "others": f": {others}" if others else ""})
    yield ("private_talk" if data.get("private_talk") is True else "no_private_talk"), {"by": by}


def _office(data: Mapping[str, Any]) -> dict[str, str]:
    """Its code, and its name by language where the journal says it."""
    names = mapping(data, "office_names")
    found = {f"office_{language}": text(names, language) for language in names}
    return {key: plain(value) for key, value in {"office": text(data, "office"), **found}.items() if value}
