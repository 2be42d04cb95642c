"""Publications of types, in memory."""

from datetime import date

from domain.access.publishing import Act, Definition, Publication, PublicationAct, may_follow
from domain.errors import Refusal
from domain.refusals.publishing import DEFINITION_TAKEN


class MemoryPublications:
    def __init__(self) -> None:
        self._kept: dict[str, Publication] = {}

    async def latest(self) -> int:
        return sum(len(one.acts) for one in self._kept.values())

    async def every(self) -> tuple[Publication, ...]:
        return tuple(self._kept.values())

    async def propose(self, publication: Publication) -> None:
        self._kept.setdefault(publication.id, publication)

    async def add(self, publication: str, act: PublicationAct, day: date) -> Publication:
        known = self._kept[publication]
        may_follow(known, act.act, act.by, day, act.effective_on)
        if act.act is Act.APPROVED:
            self._refuse_taken(known)
        self._kept[publication] = known.but(acts=(*known.acts, act))
        return self._kept[publication]

    def _refuse_taken(self, publication: Publication) -> None:
        approved = [one for one in self._kept.values() if one.done(Act.APPROVED)]
        taken = {name for one in approved for definition in one.definitions for name in _names(definition)}
        for definition in publication.definitions:
            if _names(definition) & taken:
                raise Refusal(DEFINITION_TAKEN, name=definition.name)


def _names(definition: Definition) -> set[tuple[str, str, int]]:
    return {(definition.kind.value, word, definition.version) for word in (definition.name, definition.id)}
