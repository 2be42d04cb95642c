"""Types that were published, without any store."""

from datetime import UTC, date, datetime
from functools import cache

import agenda_types
import procedure_types
from adapters.memory import MemoryPublications
from domain.access.publishing import Act, Decision, Definition, Publication, PublicationAct
from domain.ids import AccountId, AdministrationId
from procedure_types.offered import Offered, TypeCatalogue
from procedure_types.uploading import examine, parts_of

ATLANTIA, MESETA = AdministrationId("atlantia"), AdministrationId("meseta")
TODAY = date(2026, 11, 26)
DECISION = Decision(approved_by="Dirección General", approved_on=date(2026, 11, 3), document="Resolución 3/2026")


@cache
def shipped() -> Offered:
    items = agenda_types.load()
    return Offered(procedure_types.load(items=items), items, procedure_types.load_mechanisms())


def definitions_of(pasted: str, offered: Offered) -> tuple[Definition, ...]:
    found = examine(parts_of("pegado", pasted), offered, ATLANTIA)
    assert found.problems == ()
    return found.definitions


def proposed(pasted: str, id: str = "pub_1", starts_on: date = TODAY, offered: Offered | None = None) -> Publication:
    return Publication(
        id=id,
        administration=ATLANTIA,
        decision=DECISION,
        definitions=definitions_of(pasted, offered or shipped()),
        acts=(done(Act.PROPOSED, starts_on),),
    )


def approved(pasted: str, id: str = "pub_1", starts_on: date = TODAY, offered: Offered | None = None) -> Publication:
    one = proposed(pasted, id, starts_on, offered)
    return one.but(acts=(*one.acts, done(Act.APPROVED, TODAY)))


def done(act: Act, effective_on: date = TODAY) -> PublicationAct:
    by = AccountId(f"acc_{act.value}")
    at = datetime(2026, 11, 26, 9, tzinfo=UTC)
    return PublicationAct(act=act, by=by, at=at, why="Lo piden los juzgados.", effective_on=effective_on)


def catalogue(store: MemoryPublications) -> TypeCatalogue:
    return TypeCatalogue(shipped().shipped, shipped().shipped_items, shipped().mechanisms, store)


def offered_with(*publications: Publication) -> Offered:
    return shipped().with_publications(publications)
