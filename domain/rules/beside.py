"""People who are linked: whoever is heard through somebody, or beside somebody, is not heard without them.

Who helps whom is what an item of the act says, the last time that it was said.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from domain.errors import Refusal
from domain.procedure.agenda import AgendaItem
from domain.procedure.people import IN_THE_ROOM, Presence
from domain.procedure.state import Procedure
from domain.refusals.validity import HELPER_MISSING
from domain.types.validity import BesideRule
from domain.types.vocabulary import ItemState


def helpers(procedure: Procedure, rule: BesideRule) -> dict[str, str]:
    """Who is helped -> who helps: of several, whoever was named last took the place of the others.

    Whoever is noted later as giving nothing (they refuse, or are needed no more) helps no longer.
    """
    kind = procedure.type.item(rule.item)
    named = [one for one in procedure.agenda if one.code == rule.item and one.state is ItemState.DONE]
    links: dict[str, str] = {}
    for values in (one.values for one in sorted(named, key=_when)):
        helped, helper = (str(values.get(field) or "") for field in (rule.helped, rule.helper))
        if not kind.is_void(values):
            links |= {helped: helper} if helped and helper else {}
        elif links.get(helped) == helper:
            del links[helped]
    return links


def _when(item: AgendaItem) -> datetime:
    return item.closed_at or datetime.min.replace(tzinfo=UTC)


def whoever_helps_is_there(procedure: Procedure, item: AgendaItem, values: Mapping[str, Any] | None = None) -> None:
    """Of an item about one person, those who help that person; where it is not said yet, of everybody in the room.

    Law: LEC art. 143.1, LECrim art. 440; whoever does not know the language is heard through an interpreter. Raises
    `Refusal('helper_missing')`.
    """
    about = procedure.type.item(item.code).about
    person = item.person or ((values or item.values).get(about) if about else None)
    for rule in procedure.type.procedure.validity.beside:
        for helped, helper in helpers(procedure, rule).items() if item.code in rule.items else ():
            concerned = helped == person if person else procedure.participant(helped).presence in IN_THE_ROOM
            if concerned and procedure.participant(helper).presence is not Presence.CONNECTED:
                said, beside = (procedure.participant(one).name for one in (helper, helped))
                raise Refusal(
                    HELPER_MISSING, item=item.code, participant=helper, said=said, beside=beside, law=rule.legal_basis
                )
