"""What the lint rules look at: a procedure type together with the item types that it may use."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from agenda_types.source import Loc
from domain.types.identity_policy import IdentityRule
from domain.types.item_type import AgendaItemType
from domain.types.mechanism import Mechanism
from domain.types.procedure_type import ProcedureType
from domain.types.vocabulary import Side, Verb


@dataclass(frozen=True)
class Case:
    """A procedure type with the mechanisms and item types it may use. Without `items`, rules about them are silent."""

    procedure: ProcedureType
    mechanisms: Mapping[str, Mechanism]
    items: Mapping[str, AgendaItemType] | None = None

    def planned(self) -> Iterator[tuple[Loc, AgendaItemType]]:
        """Each line of the planned agenda whose item type is known, and where it stands in the file."""
        for index, line in enumerate(self.procedure.agenda.planned):
            if self.items and line.item in self.items:
                yield ("agenda", "planned", index, "item"), self.items[line.item]

    def first(self, *verbs: Verb) -> int | None:
        """The place of the first planned item that does one of `verbs`."""
        places = [index for index, (_, item) in enumerate(self.planned()) if item.verb in verbs]
        return places[0] if places else None

    def side(self, role: str) -> Side:
        return self.procedure.role(role).side


def identity_rules(procedure: ProcedureType) -> Iterator[tuple[Loc, IdentityRule]]:
    """What everybody is identified by, and what certain roles are instead, each with its place in the file."""
    yield ("identity",), procedure.identity
    yield from ((("identity", "roles", role), rule) for role, rule in procedure.identity.roles.items())


def usable_codes(procedure: ProcedureType) -> tuple[str, ...]:
    """The item codes that a procedure of the type may use: planned, then allowed, each once."""
    agenda = procedure.agenda
    return tuple(dict.fromkeys((*(line.item for line in agenda.planned), *agenda.allowed)))
