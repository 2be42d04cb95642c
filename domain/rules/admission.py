"""Whether an act may be held on what it is about, between these people and before this body, and what it may say.

Asked of the request, and again of what turns out while the act lasts: the declaration can be noted anew at any time.
"""

from collections.abc import Mapping
from typing import Any

from domain.errors import Refusal
from domain.events.summons import ProcedureRequested
from domain.procedure.agenda import AgendaItem
from domain.procedure.state import Procedure
from domain.refusals.admission import ACT_EXCLUDED, DECLARATION_NEEDED, MATTER_EXCLUDED, ROLE_NEEDED
from domain.refusals.requests import UNKNOWN_FIELD
from domain.refusals.validity import ANSWER_MISSING, ANSWER_NOT_ALLOWED
from domain.types.admission import ExclusionRule
from domain.types.item_values import checked_values
from domain.types.procedure_type import ResolvedType
from domain.types.vocabulary import BodyKind, ItemState


def may_be_admitted(request: ProcedureRequested, language: str | None = None) -> None:
    """Raises `Refusal` for what is not declared, for what excludes the act, and for whom the law wants besides.

    Told in `language`, that of whoever asks; None: in that of the record.
    """
    say = language or request.language
    kind, admission = request.resolved_type, request.resolved_type.procedure.validity.admission
    if admission is None:
        return
    item = kind.item(admission.item)
    if request.declared is None:
        raise Refusal(
            DECLARATION_NEEDED,
            item=item.code,
            said=item.titles.in_language(say),
            questions=[field.titles.in_language(say) for field in item.fields if field.required],
            law=admission.legal_basis,
        )
    values = checked_values(item, request.declared.values, complete=True)
    if rule := excluding(kind, values, request.body_kind):
        said, instead = _told(rule, kind, values, say)
        # Of several answers that exclude it together, the last is the one that sets it apart.
        raise Refusal(MATTER_EXCLUDED, field=rule.fields[-1], said=said, law=rule.legal_basis, instead=instead)
    summoned = {person.role for person in request.participants}
    for needed in admission.needs:
        for role in needed.roles if needed.holds(values) else ():
            if role not in summoned:
                said = kind.procedure.role(role).at(request.body_kind).titles.in_language(say)
                raise Refusal(ROLE_NEEDED, role=role, said=said, law=needed.legal_basis)


def canonical_declaration(kind: ResolvedType, values: dict[str, Any]) -> dict[str, Any]:
    """What is declared, in canonical form. Raises `Refusal` as for what is typed, and for a type that asks for none."""
    admission = kind.procedure.validity.admission
    if admission is None:
        raise Refusal(UNKNOWN_FIELD, field="declared", known=[])
    return checked_values(kind.item(admission.item), values, complete=True)


def excluding(kind: ResolvedType, values: Mapping[str, Any], body: BodyKind | None) -> ExclusionRule | None:
    """The first rule that `values` break."""
    admission = kind.procedure.validity.admission
    rules = admission.excluded if admission else ()
    return next((rule for rule in rules if rule.holds(values, body)), None)


def declared_now(procedure: Procedure) -> Mapping[str, Any]:
    """What was noted last; before anything was, what whoever asked for the act declared."""
    admission = procedure.type.procedure.validity.admission
    noted = [item for item in procedure.agenda if admission and item.code == admission.item and _is_done(item)]
    if noted:
        return max(noted, key=_saved).values
    return procedure.declared.values if procedure.declared else {}


def excluded_now(procedure: Procedure, language: str | None = None) -> Refusal | None:
    """What keeps the act from going on, since what it is about, or whom it concerns, turned out to be excluded.

    Told in `language`; None: in that of the record.
    """
    say = language or procedure.language
    values, admission = declared_now(procedure), procedure.type.procedure.validity.admission
    rule = excluding(procedure.type, values, procedure.body_kind)
    if rule is None or admission is None:
        return None
    outcomes = procedure.type.procedure.outcomes
    ends = [outcomes[outcome].in_language(say) for outcome in admission.ends_as]
    said, instead = _told(rule, procedure.type, values, say)
    return Refusal(ACT_EXCLUDED, said=said, law=rule.legal_basis, instead=instead, ends=ends)


def item_is_admitted(procedure: Procedure, item: AgendaItem) -> None:
    """Raises `Refusal('act_excluded')`: what goes on with the matter is opened, and done, no more."""
    admission = procedure.type.procedure.validity.admission
    if admission and item.code in admission.bars and (refusal := excluded_now(procedure)):
        raise refusal


def answers_are_allowed(procedure: Procedure, item: AgendaItem, values: Mapping[str, Any]) -> None:
    """Raises `Refusal('answer_not_allowed')`: an item offers choices that the law does not allow in every act."""
    kind, declared = procedure.type.item(item.code), declared_now(procedure)
    for rule in procedure.type.procedure.validity.answers:
        field, value = kind.field(rule.field), values.get(rule.field)
        if (
            field
            and value is not None
            and rule.holds(item.code, procedure.body_kind, declared)
            and value not in rule.choices
        ):
            said, *choices = (field.options[code].in_language(procedure.language) for code in (value, *rule.choices))
            raise Refusal(
                ANSWER_NOT_ALLOWED, item=item.code, field=field.name, said=said, choices=choices, law=rule.legal_basis
            )


def what_has_to_be_said_is_said(procedure: Procedure, item: AgendaItem, values: Mapping[str, Any]) -> None:
    """Raises `Refusal('answer_missing')`: an item leaves open what the law wants of it in this act."""
    kind = procedure.type.item(item.code)
    for rule in procedure.type.procedure.validity.filled:
        for name in rule.fields if rule.holds(item.code, values) else ():
            if values.get(name) in (None, "", []) and (field := kind.field(name)):
                said = field.titles.in_language(procedure.language)
                raise Refusal(ANSWER_MISSING, item=item.code, field=name, said=said, law=rule.legal_basis)


def _told(rule: ExclusionRule, kind: ResolvedType, values: Mapping[str, Any], language: str) -> tuple[str, str]:
    """What was declared, and what can be done instead."""
    admission = kind.procedure.validity.admission
    said = rule.said(kind.item(admission.item), values, language) if admission else ""
    return said, rule.instead.in_language(language)


def _is_done(item: AgendaItem) -> bool:
    return item.state is ItemState.DONE


def _saved(item: AgendaItem) -> float:
    return item.saved_at.timestamp() if item.saved_at else 0.0
