"""Looking for entries in registers outside, for an application that is signed."""

from collections.abc import Mapping
from datetime import date

from temporalio import activity

from activities.orders import OnProcedure
from domain.base import Value
from domain.errors import PersonMustAct, Refusal
from domain.ports.registers import EntryRegister, SearchResult, SearchTold
from domain.procedure.registry_searches import RegistrySearch
from domain.procedure.state import Procedure
from domain.reading import CaseReading
from domain.types.document_plan import Register


class SearchRegistry(OnProcedure):
    search: str
    """Id of the search in the state."""


class SearchedRegistry(Value):
    result: SearchResult | None = None
    refused: str | None = None
    """Code of why the registry does not tell it."""


class RegistrySearches:
    def __init__(self, cases: CaseReading, registers: Mapping[Register, EntryRegister]) -> None:
        self._cases = cases
        self._registers = registers

    @activity.defn
    async def search_registry(self, order: SearchRegistry) -> SearchedRegistry:
        """`TryAgain` until the registry answers. A repeated order is the same search: it is kept there once."""
        procedure = await self._cases.procedure(order.procedure, order.up_to)
        search = next(one for one in procedure.registry_searches if one.id == order.search)
        try:
            result = await self._registers[search.where].search(searched(procedure, search))
        except Refusal as refusal:
            return SearchedRegistry(refused=refusal.code)
        if result.id != search.id or (result.found == 1) is not bool(result.number and result.details):
            raise PersonMustAct("registry_answer_wrong", search=search.id)
        return SearchedRegistry(result=result)


def searched(procedure: Procedure, search: RegistrySearch) -> SearchTold:
    """What the application says. Law: LRC arts. 80 to 84."""
    document = procedure.document(search.document)
    assert document.item is not None
    said = procedure.item(document.item).values
    applicant = procedure.participant(str(said["applicant"]))
    happened_on = said.get("day")
    return SearchTold(
        id=search.id,
        body=procedure.body,
        case_number=procedure.case_number,
        fact=said["fact"],
        registered=said["registered"],
        registered_id_number=said.get("registered_id_number"),
        happened_on=date.fromisoformat(happened_on) if happened_on else None,
        place=said["entry"],
        applicant_name=applicant.name,
        applicant_id_number=applicant.document_number or "",
        standing=said["standing"],
        purpose=said.get("purpose"),
    )
