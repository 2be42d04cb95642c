"""What may be asked for now: the types that are shipped, and those that Administrations have published since.

Nothing here is a copy that may be out of date: before each answer the store is asked whether anything was decided.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from agenda_types.reading import Read, as_model
from agenda_types.source import parsed
from domain.access.publishing import Act, Definition, DefinitionKind, Publication, Publications, State
from domain.errors import PersonMustAct, Refusal
from domain.ids import AdministrationId
from domain.refusals.booking import PROCEDURE_TYPE_UNKNOWN, TYPE_NOT_ENABLED
from domain.refusals.publishing import (
    TYPE_NOT_AT_BODY,
    TYPE_NOT_AT_OFFICE,
    TYPE_NOT_YET_IN_FORCE,
    TYPE_OF_ANOTHER,
    TYPE_WITHDRAWN,
)
from domain.types.item_type import AgendaItemType
from domain.types.mechanism import Mechanism
from domain.types.procedure_type import ProcedureType, ResolvedType
from domain.types.territory import Administration, EnabledType
from procedure_types import ProcedureTypes, resolve


@dataclass(frozen=True)
class Published:
    """An approved procedure type, with the publication that says where and when it may be held."""

    kind: ProcedureType
    publication: Publication

    @property
    def entry(self) -> EnabledType:
        decision = self.publication.decision
        return EnabledType(
            type=self.kind.id,
            approved_by=decision.approved_by,
            approved_on=decision.approved_on.isoformat(),
            document=decision.document,
            bodies=decision.bodies,
            offices=decision.offices,
        )


@dataclass(frozen=True)
class Offered:
    """All types at one moment."""

    shipped: ProcedureTypes
    shipped_items: Mapping[str, AgendaItemType]
    mechanisms: Mapping[str, Mechanism]
    published: tuple[Published, ...] = ()
    """In the order of their versions."""
    published_items: Mapping[str, AgendaItemType] = field(default_factory=dict)
    publications: tuple[Publication, ...] = ()
    """Every one, whatever became of it."""
    unreadable: frozenset[str] = frozenset()
    """Ids of approved ones that a later version of the product can no longer read: nothing new begins with them."""

    @property
    def items(self) -> Mapping[str, AgendaItemType]:
        """Those that a type which is uploaded now may use."""
        return {**self.published_items, **self.shipped_items}

    def every_published(self) -> tuple[ProcedureType, ...]:
        return tuple(one.kind for one in self.published)

    def version(self, type_id: str, number: int) -> ProcedureType | None:
        """That version of the type, whoever may hold it; None for one that this installation does not know."""
        for one in self.published:
            if (one.kind.id, one.kind.version) == (type_id, number):
                return one.kind
        try:
            return self.shipped.version(type_id, number)
        except PersonMustAct:
            return None

    def at(self, administration: Administration, day: date) -> tuple[tuple[EnabledType, ProcedureType], ...]:
        """What may be asked for there on that day, the shipped ones first."""
        own = {one.kind.id: (one.entry, one.kind) for one in self._of(administration.id, day, State.IN_FORCE)}
        shipped = [
            (entry, self.shipped[entry.type])
            for entry in administration.enabled
            if entry.type in self.shipped and entry.type not in own and _when(entry, day) is _Time.NOW
        ]
        return (*shipped, *own.values())

    def asked_for(self, administration: Administration, type_id: str, day: date) -> ProcedureType:
        """The version that a procedure of that type begins with there, on that day.

        Raises `Refusal` with the reason: unknown, not enabled, another's, not yet or no longer in force.
        """
        for _, kind in self.at(administration, day):
            if kind.id == type_id:
                return kind
        for one in self._of(administration.id, day, State.APPROVED):
            if one.kind.id == type_id:
                raise Refusal(TYPE_NOT_YET_IN_FORCE, type=type_id, starts=one.publication.starts_on.isoformat())
        for one in self._of(administration.id, day, State.WITHDRAWN):
            if one.kind.id == type_id:
                assert one.publication.ends_on is not None
                raise Refusal(TYPE_WITHDRAWN, type=type_id, ended=one.publication.ends_on.isoformat())
        if type_id in self.shipped:
            _refuse_by_day(administration, type_id, day)
            raise Refusal(TYPE_NOT_ENABLED, type=type_id)
        if any(one.kind.id == type_id for one in self.published):
            raise Refusal(TYPE_OF_ANOTHER, type=type_id)
        known = {*self.shipped, *(kind.id for _, kind in self.at(administration, day))}
        raise Refusal(PROCEDURE_TYPE_UNKNOWN, type=type_id, known=sorted(known))

    def held_there(
        self, administration: Administration, type_id: str, day: date, body: str, offices: Iterable[str]
    ) -> None:
        """Law: the decision says where it may be held, and from which offices people take part.

        Raises `Refusal('type_not_at_body')` or `Refusal('type_not_at_office')`.
        """
        entry = next(entry for entry, kind in self.at(administration, day) if kind.id == type_id)
        if entry.bodies and body not in entry.bodies:
            raise Refusal(TYPE_NOT_AT_BODY, type=type_id, body=body, document=entry.document)
        for office in offices:
            if entry.offices and office not in entry.offices:
                raise Refusal(TYPE_NOT_AT_OFFICE, type=type_id, office=office, document=entry.document)

    def resolved(self, kind: ProcedureType) -> ResolvedType:
        """With the item types that it was approved with: what is shipped later under the same code changes nothing."""
        published = any(one.kind is kind for one in self.published)
        items = {**self.shipped_items, **self.published_items} if published else self.shipped_items
        return resolve(kind, items, self.mechanisms)

    def with_publications(self, every: tuple[Publication, ...]) -> "Offered":
        """The same installation with these publications and no others."""
        published: list[Published] = []
        items: dict[str, AgendaItemType] = {}
        unreadable = set()
        for publication in (one for one in every if one.done(Act.APPROVED)):
            kinds = [_read(ProcedureType, one) for one in publication.of(DefinitionKind.PROCEDURE_TYPE)]
            own = [_read(AgendaItemType, one) for one in publication.of(DefinitionKind.ITEM_TYPE)]
            if None in kinds or None in own:
                unreadable.add(publication.id)
            published += [Published(kind, publication) for kind in kinds if kind is not None]
            items |= {item.code: item for item in own if item is not None}
        published.sort(key=lambda one: one.kind.version)
        return replace(
            self,
            published=tuple(published),
            published_items=items,
            publications=every,
            unreadable=frozenset(unreadable),
        )

    def _of(self, administration: AdministrationId, day: date, state: State) -> Iterator[Published]:
        for one in self.published:
            if one.publication.administration == administration and one.publication.state(day) is state:
                yield one


class TypeCatalogue:
    """The types of an installation, as its database has them at this moment."""

    def __init__(
        self,
        shipped: ProcedureTypes,
        items: Mapping[str, AgendaItemType],
        mechanisms: Mapping[str, Mechanism],
        publications: Publications,
    ) -> None:
        self._publications = publications
        self._offered = Offered(shipped, items, mechanisms)
        self._acts = 0

    async def now(self) -> Offered:
        """Reads again only when something was decided since."""
        acts = await self._publications.latest()
        if acts != self._acts:
            every = await self._publications.every()
            # Counted from what was read: an act that came in between is seen with the next question.
            self._offered, self._acts = self._offered.with_publications(every), sum(len(one.acts) for one in every)
        return self._offered


class _Time(Enum):
    BEFORE = "before"
    NOW = "now"
    AFTER = "after"


def _when(entry: EnabledType, day: date) -> _Time:
    if entry.starts_on and day < date.fromisoformat(entry.starts_on):
        return _Time.BEFORE
    return _Time.AFTER if entry.ends_on and day >= date.fromisoformat(entry.ends_on) else _Time.NOW


def _refuse_by_day(administration: Administration, type_id: str, day: date) -> None:
    """Of a shipped type that a profile enables from a day on, or until one."""
    for entry in administration.enabled:
        if entry.type == type_id and _when(entry, day) is _Time.BEFORE:
            raise Refusal(TYPE_NOT_YET_IN_FORCE, type=type_id, starts=entry.starts_on)
        if entry.type == type_id and _when(entry, day) is _Time.AFTER:
            raise Refusal(TYPE_WITHDRAWN, type=type_id, ended=entry.ends_on)


def _read(model: type[Read], definition: Definition) -> Read | None:
    """What was right when it was approved is right: later rules of the lint are for what is uploaded later."""
    return as_model(model, parsed(definition.text.encode(), definition.name))
