"""Which item may be opened, filled in, done, corrected or skipped now."""

from collections.abc import Mapping
from typing import Any

from domain.commands import AddItem, CorrectItem, FillItem, OpenItem, SkipItem, SuspendItem
from domain.errors import Refusal
from domain.procedure.agenda import AgendaItem
from domain.procedure.people import Presence
from domain.procedure.state import Procedure
from domain.refusals.agenda import (
    ITEM_NOT_ALLOWED,
    ITEM_NOT_DONE,
    ITEM_NOT_OPEN,
    ITEM_NOT_TO_OPEN,
    ITEM_NOT_TO_SKIP,
    ITEM_ONLY_ONCE,
    ITEM_OUT_OF_ORDER,
    ITEM_SAVED_MEANWHILE,
    REQUIRES_OATH_TAKEN,
    REQUIRES_OUTCOME_RECORDED,
    REQUIRES_SETTLEMENT_RECORDED,
    REQUIRES_WARNINGS_GIVEN,
)
from domain.refusals.booking import ROLE_UNKNOWN
from domain.refusals.declared import Declared
from domain.rules.admission import answers_are_allowed, what_has_to_be_said_is_said
from domain.rules.beside import whoever_helps_is_there
from domain.rules.common import as_host, at_stage, identified
from domain.rules.days import on_a_day_that_can_be
from domain.rules.decisions import choices_follow
from domain.rules.register_entries import noting_is_right, what_is_entered_stands
from domain.rules.validity import (
    each_is_another,
    each_is_there,
    item_is_valid,
    minutes_are_shown,
    of_whom_it_is,
    skipping_is_valid,
    swears,
    sworn,
)
from domain.types.item_type import Requirement
from domain.types.item_values import checked_values
from domain.types.vocabulary import ItemState, Stage, Verb

UNTIL_DRAFTED = (Stage.IN_SESSION, Stage.PREPARATION)


def may_add_item(procedure: Procedure, command: AddItem) -> None:
    as_host(procedure, command)
    at_stage(procedure, *UNTIL_DRAFTED)
    if command.code not in procedure.type.items:
        raise Refusal(ITEM_NOT_ALLOWED, item=command.code, allowed=sorted(procedure.type.items))
    if command.role is not None:
        _declared(procedure, command.role)
    known = [item for item in procedure.agenda if item.code == command.code and item.state is not ItemState.SKIPPED]
    if known and not procedure.type.item(command.code).repeatable:
        raise Refusal(ITEM_ONLY_ONCE, item=command.code)


def may_open_item(procedure: Procedure, command: OpenItem) -> None:
    as_host(procedure, command)
    at_stage(procedure, *UNTIL_DRAFTED)
    item = procedure.item(command.item)
    if item.state not in (ItemState.PLANNED, ItemState.SUSPENDED, ItemState.SKIPPED):
        raise Refusal(ITEM_NOT_TO_OPEN, item=item.code, state=item.state.value)
    if not procedure.type.procedure.agenda.any_order:
        _in_order(procedure, item)
    item_is_valid(procedure, command, item)
    whoever_helps_is_there(procedure, item)
    requirements_hold(procedure, item)


def may_fill_item(procedure: Procedure, command: FillItem) -> None:
    as_host(procedure, command)
    at_stage(procedure, *UNTIL_DRAFTED)
    item = procedure.item(command.item)
    if item.state is not ItemState.OPEN:
        raise Refusal(ITEM_NOT_OPEN, item=item.code, state=item.state.value)
    _was_on_screen(item, command.revision)
    if command.done:
        item_is_valid(procedure, command, item)
        requirements_hold(procedure, item)
        minutes_are_shown(procedure, item)
    values = checked_values(procedure.type.item(item.code), command.values, complete=command.done)
    _refer_to_what_exists(procedure, item, values)
    of_whom_it_is(procedure, item, values)
    on_a_day_that_can_be(procedure, item, values)
    answers_are_allowed(procedure, item, values)
    if command.done:
        what_has_to_be_said_is_said(procedure, item, values)
        choices_follow(procedure, item, values)
        noting_is_right(procedure, item, values)
        each_is_there(procedure, item, values)
        whoever_helps_is_there(procedure, item, values)
        _holds_of_whom_it_is_about(procedure, item, values)


def canonical_prefilled(procedure: Procedure, item: AgendaItem, values: dict[str, Any]) -> dict[str, Any]:
    """What a system knows of an item beforehand, by the rules of what is typed; it may be unfinished.

    Raises `Refusal` as `may_fill_item` does.
    """
    known = checked_values(procedure.type.item(item.code), values, complete=False)
    _refer_to_what_exists(procedure, item, known)
    of_whom_it_is(procedure, item, known)
    on_a_day_that_can_be(procedure, item, known)
    answers_are_allowed(procedure, item, known)
    return known


def may_suspend_item(procedure: Procedure, command: SuspendItem) -> None:
    as_host(procedure, command)
    at_stage(procedure, *UNTIL_DRAFTED)
    item = procedure.item(command.item)
    if item.state is not ItemState.OPEN:
        raise Refusal(ITEM_NOT_OPEN, item=item.code, state=item.state.value)


def may_skip_item(procedure: Procedure, command: SkipItem) -> None:
    as_host(procedure, command)
    at_stage(procedure, *UNTIL_DRAFTED)
    item = procedure.item(command.item)
    if item.state in (ItemState.DONE, ItemState.SKIPPED):
        raise Refusal(ITEM_NOT_TO_SKIP, item=item.code, state=item.state.value)
    skipping_is_valid(procedure, item)


def may_correct_item(procedure: Procedure, command: CorrectItem) -> None:
    as_host(procedure, command)
    at_stage(procedure, *UNTIL_DRAFTED)
    item = procedure.item(command.item)
    if item.state is not ItemState.DONE:
        raise Refusal(ITEM_NOT_DONE, item=item.code, state=item.state.value)
    _was_on_screen(item, command.revision)
    what_is_entered_stands(procedure, item)
    values = checked_values(procedure.type.item(item.code), command.values, complete=True)
    what_has_to_be_said_is_said(procedure, item, values)
    choices_follow(procedure, item, values)
    noting_is_right(procedure, item, values)
    _refer_to_what_exists(procedure, item, values)
    of_whom_it_is(procedure, item, values)
    _holds_of_whom_it_is_about(procedure, item, values)
    on_a_day_that_can_be(procedure, item, values)
    answers_are_allowed(procedure, item, values)


def _was_on_screen(item: AgendaItem, revision: int | None) -> None:
    """Nobody writes over what they have not seen. None: whoever asks does not say what they saw."""
    if revision is not None and revision != item.revision:
        raise Refusal(ITEM_SAVED_MEANWHILE, item=item.code, revision=item.revision)


def typed_over(item: AgendaItem, revision: int | None) -> int:
    """The revision over which something was typed; that of now where nobody says.

    Raises `Refusal('item_saved_meanwhile')`: typing that comes late does not return over what was saved since.
    """
    if revision is not None and revision < item.revision:
        raise Refusal(ITEM_SAVED_MEANWHILE, item=item.code, revision=item.revision)
    return item.revision if revision is None else revision


REQUIRED: Mapping[Requirement, Declared] = {
    Requirement.OATH_TAKEN: REQUIRES_OATH_TAKEN,
    Requirement.WARNINGS_GIVEN: REQUIRES_WARNINGS_GIVEN,
    Requirement.SETTLEMENT_RECORDED: REQUIRES_SETTLEMENT_RECORDED,
    Requirement.OUTCOME_RECORDED: REQUIRES_OUTCOME_RECORDED,
}
"""What is said when a requirement does not hold; of identity, what its own rule says."""


def requirements_hold(procedure: Procedure, item: AgendaItem) -> None:
    """Raises the refusal of the first requirement of the item's type that does not hold."""
    for requirement in procedure.type.item(item.code).requires:
        if requirement is Requirement.IDENTITY_VALID:
            for person in procedure.citizens:
                if person.presence in (Presence.ADMITTED, Presence.CONNECTED, Presence.LOST):
                    identified(procedure, person)
        elif not _holds(procedure, requirement):
            raise Refusal(REQUIRED[requirement], item=item.code)


def _holds(procedure: Procedure, requirement: Requirement) -> bool:
    if requirement is Requirement.WARNINGS_GIVEN:
        arrived = [p for p in procedure.citizens if p.presence is not Presence.EXPECTED]
        return all(person.warnings_acknowledged for person in arrived)
    if requirement is Requirement.OATH_TAKEN:
        return _done(procedure, Verb.SWEAR)
    if requirement is Requirement.SETTLEMENT_RECORDED:
        return _done(procedure, Verb.SETTLE)
    return _done(procedure, Verb.SETTLE) or _done(procedure, Verb.FAIL_TO_SETTLE) or _done(procedure, Verb.RULE)


def _done(procedure: Procedure, verb: Verb) -> bool:
    done = ((procedure.type.item(item.code), item) for item in procedure.agenda if item.state is ItemState.DONE)
    return any(kind.verb is verb and not kind.is_void(item.values) for kind, item in done)


def _holds_of_whom_it_is_about(procedure: Procedure, item: AgendaItem, values: Mapping[str, object]) -> None:
    """What is required of a person is required of the very person whom the item is about."""
    kind = procedure.type.item(item.code)
    each_is_another(procedure, item, values)
    if Requirement.OATH_TAKEN not in kind.requires:
        return
    if kind.about is not None and kind.about in values:
        sworn(procedure, item, str(values[kind.about]))
    for person in (procedure.participant(str(values[name])) for name in kind.also_about if name in values):
        if swears(procedure, person):
            sworn(procedure, item, person.id)


def _in_order(procedure: Procedure, item: AgendaItem) -> None:
    for earlier in procedure.agenda:
        if earlier.id == item.id:
            return
        if earlier.state in (ItemState.PLANNED, ItemState.SUSPENDED):
            raise Refusal(ITEM_OUT_OF_ORDER, item=item.code, first=earlier.code)


def _declared(procedure: Procedure, role: str) -> None:
    known = [declared.code for declared in procedure.type.procedure.roles]
    if role not in known:
        raise Refusal(ROLE_UNKNOWN, role=role, known=known)


def _refer_to_what_exists(procedure: Procedure, item: AgendaItem, values: dict[str, object]) -> None:
    for field in procedure.type.item(item.code).fields:
        value = values.get(field.name)
        if value is None:
            continue
        if field.kind.value == "participant":
            procedure.participant(str(value))
        elif field.kind.value == "document":
            procedure.document(str(value))
