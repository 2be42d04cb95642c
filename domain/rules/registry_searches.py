"""What is looked for in a register outside and when, and what follows from it for the act."""

from collections.abc import Iterator

from domain.errors import Refusal
from domain.events.registry_searches import RegistrySearchRequested
from domain.procedure.registry_searches import RegistrySearch
from domain.procedure.state import Procedure
from domain.refusals.register_entries import (
    OUTCOME_AWAITS_SEARCH,
    OUTCOME_WITHHELD,
    REGISTRY_RESTRICTED,
    REGISTRY_STANDING,
)
from domain.refusals.validity import OUTCOME_NEEDS_ITEM
from domain.rules.validity import title_of
from domain.types.validity import OutcomeRule
from domain.types.vocabulary import Stage

WITHHELD = frozenset({REGISTRY_RESTRICTED.code, REGISTRY_STANDING.code})
"""Why an entry is not told, whoever asks for it on: nobody certifies it by hand either. Law: LRC art. 84."""

UNDER_WAY = frozenset({Stage.IN_SESSION, Stage.INTERRUPTED, Stage.ADJOURNED})
"""While the act may still need what stands there; afterwards nothing is looked for."""


def searches_to_request(procedure: Procedure) -> Iterator[RegistrySearchRequested]:
    """Of each application that everybody of its plan has signed, and of which its register was not asked yet."""
    plans = {plan.code: plan.searched_in for plan in procedure.type.procedure.documents if plan.searched_in}
    if not plans or procedure.stage not in UNDER_WAY:
        return
    asked = {search.document for search in procedure.registry_searches}
    for document in procedure.standing():
        plan = plans.get(document.code)
        signers = procedure.asked_to_sign(document)
        if plan and document.id not in asked and signers and all(map(document.signed_by, signers)):
            yield RegistrySearchRequested(
                id=f"{procedure.id}.{document.id}", document=document.id, where=plan.where, noted_in=plan.noted_in
            )


def waiting_searches(procedure: Procedure) -> tuple[RegistrySearch, ...]:
    """Those whose answer the act may still need."""
    if procedure.stage not in UNDER_WAY:
        return ()
    return tuple(search for search in procedure.registry_searches if search.waiting and _stands(procedure, search))


def unsearched(procedure: Procedure, rule: OutcomeRule, code: str, done: set[str]) -> Iterator[Refusal]:
    """What keeps an end from an act in which the document of that code has to have been looked for."""
    plan = procedure.type.procedure.document(code)
    noted_in = plan.searched_in.noted_in if plan and plan.searched_in else ""
    said, law = title_of(procedure, noted_in), rule.legal_basis
    search = _last(procedure, code)
    if search and search.refused in WITHHELD:
        yield Refusal(OUTCOME_WITHHELD, outcome=rule.outcome, item=noted_in, said=said, law=law)
    elif noted_in in done or (search and search.found in (0, 1)):
        return
    elif search and search.waiting:
        yield Refusal(OUTCOME_AWAITS_SEARCH, outcome=rule.outcome, item=noted_in, said=said, law=law)
    else:
        yield Refusal(OUTCOME_NEEDS_ITEM, outcome=rule.outcome, item=noted_in, said=said, law=law)


def _last(procedure: Procedure, code: str) -> RegistrySearch | None:
    searches = (one for one in reversed(procedure.registry_searches) if _stands(procedure, one))
    return next((one for one in searches if procedure.document(one.document).code == code), None)


def _stands(procedure: Procedure, search: RegistrySearch) -> bool:
    return not procedure.was_rewritten(procedure.document(search.document))
