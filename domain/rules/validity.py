"""Whether what is done is valid: who must be there, who presides, what comes first, what an end needs.

A type says it in its `validity`, and each line names its article. A type that says nothing is asked nothing: so are
procedures that began before types could say it.
"""

from collections.abc import Iterator, Mapping

from domain.commands import Command
from domain.errors import Refusal
from domain.procedure.agenda import AgendaItem
from domain.procedure.people import IN_THE_ROOM, Participant, Presence
from domain.procedure.state import Procedure
from domain.refusals.validity import (
    ITEM_OF_SOMEBODY_ELSE,
    ITEM_REQUIRED,
    ITEM_TOO_EARLY,
    MINUTES_NOT_SHOWN,
    MINUTES_NOT_WRITTEN,
    NOT_APART,
    OATH_NOT_TAKEN,
    OFFICE_NOT_SWORN,
    PERSON_NAMED_TWICE,
    PRESENCE_MISSING,
    PRESENCE_NOT_LIVE,
    PRESIDES_ONLY,
    QUORUM_MISSING,
)
from domain.rules.admission import item_is_admitted
from domain.rules.seats import acts_rightly
from domain.types.agenda_plan import PlannedItem
from domain.types.document_plan import WrittenWhen
from domain.types.validity import ApartRule, PresenceRule
from domain.types.vocabulary import ItemState, Verb

HERE = (Presence.ADMITTED, Presence.CONNECTED)
LET_IN = {Presence.ADMITTED, Presence.LOST, Presence.LEFT}
"""Admitted, and no image or sound comes from them now."""
NEEDS_NOBODY = (Verb.NOTE, Verb.PAUSE, Verb.ADJOURN)
"""What tells of somebody's absence, or stops for it, can be done without them."""


def presiding(procedure: Procedure, command: Command) -> None:
    """Raises `Refusal('presides_only')`."""
    presides = procedure.type.procedure.validity.presides
    seat = command.author.participant
    if presides and (seat is None or procedure.participant(seat).role != presides.role):
        role = procedure.role(presides.role)
        said = role.titles.in_language(procedure.language)
        raise Refusal(PRESIDES_ONLY, role=role.code, said=said, law=presides.legal_basis)


def item_is_valid(procedure: Procedure, command: Command, item: AgendaItem) -> None:
    """Whether `item` may be opened, or done, by this person with those who are there."""
    item_is_admitted(procedure, item)
    verb = procedure.type.item(item.code).verb
    if verb is Verb.RULE:
        presiding(procedure, command)
    if verb not in NEEDS_NOBODY:
        acts_rightly(procedure, command)
        for refusal in lacking_presence(procedure, item):
            raise refusal
    _whoever_acts_has_sworn(procedure, item)
    for rule in procedure.type.procedure.validity.order:
        if item.code in rule.then:
            _comes_after(procedure, item, rule.first, rule.legal_basis)


def _comes_after(procedure: Procedure, item: AgendaItem, first: str, law: str) -> None:
    """Of items that each person has of their own, what comes first is that person's."""
    for other in procedure.agenda:
        of_another = other.person and item.person and other.person != item.person
        if other.code == first and not of_another and other.state not in (ItemState.DONE, ItemState.SKIPPED):
            said = title_of(procedure, first)
            raise Refusal(ITEM_TOO_EARLY, item=item.code, first=first, said=said, law=law)


def skipping_is_valid(procedure: Procedure, item: AgendaItem) -> None:
    """What is somebody's own can be left out where they never came. Raises `Refusal('item_required')`."""
    line = line_of(procedure, item)
    if item.person and not procedure.appeared(procedure.participant(item.person)):
        return
    if line is not None and line.required:
        said = title_of(procedure, item.code)
        raise Refusal(ITEM_REQUIRED, item=item.code, said=said, law=line.legal_basis or "")


def _whoever_acts_has_sworn(procedure: Procedure, item: AgendaItem) -> None:
    """Law: LEC art. 143.1, LECrim art. 440; whoever interprets swears before they do. Of somebody absent, nothing."""
    for rule in procedure.type.procedure.validity.sworn:
        for person in procedure.participants if item.code in rule.items else ():
            if person.role in rule.roles and person.presence in IN_THE_ROOM and not has_sworn(procedure, person.id):
                raise Refusal(
                    OFFICE_NOT_SWORN, item=item.code, participant=person.id, said=person.name, law=rule.legal_basis
                )


def has_sworn(procedure: Procedure, participant: str) -> bool:
    """Whether an oath or promise of that person is recorded; a refusal is none."""
    for other in procedure.agenda:
        kind = procedure.type.item(other.code)
        if other.state is not ItemState.DONE or kind.verb is not Verb.SWEAR or kind.is_void(other.values):
            continue
        if kind.about is None or other.values.get(kind.about) == participant:
            return True
    return False


def sworn(procedure: Procedure, item: AgendaItem, participant: str) -> None:
    """Law: LEC art. 365; each witness swears or promises. A refusal is recorded, and is no oath."""
    if has_sworn(procedure, participant):
        return
    name = procedure.participant(participant).name
    raise Refusal(OATH_NOT_TAKEN, item=item.code, participant=participant, said=name)


def swears(procedure: Procedure, person: Participant) -> bool:
    """Whether the plan wants the oath of whoever has that role: an accused person who is confronted takes none."""
    planned = procedure.type.procedure.agenda.planned
    return any(procedure.type.item(line.item).verb is Verb.SWEAR and line.role == person.role for line in planned)


def minutes_are_shown(procedure: Procedure, item: AgendaItem) -> None:
    """Law: LJV art. 145.3, LEC art. 145.1.2; whoever is there has before them what they approve.

    Raises `Refusal('minutes_not_written')` or `Refusal('minutes_not_shown')`.
    """
    law = ", ".join(procedure.type.item(item.code).legal_basis)
    for plan in procedure.type.procedure.written(WrittenWhen.OPENED, item.code):
        drafts = [one for one in procedure.standing() if (one.code, one.item) == (plan.code, item.id)]
        if not drafts:
            raise Refusal(MINUTES_NOT_WRITTEN, item=item.code, law=law)
        for person in procedure.citizens:
            if person.presence in HERE and person.id not in drafts[-1].presented_to:
                raise Refusal(MINUTES_NOT_SHOWN, item=item.code, participant=person.id, said=person.name, law=law)


def line_of(procedure: Procedure, item: AgendaItem) -> PlannedItem | None:
    """The line of the plan that `item` stands for; None for an item that was added."""
    plan = procedure.type.procedure.agenda
    place = item.line if plan.has_points_of_each else procedure.agenda.index(item)
    return plan.planned[place] if place is not None and place < len(plan.planned) else None


def title_of(procedure: Procedure, code: str) -> str:
    return procedure.type.item(code).titles.in_language(procedure.language)


def lacking_presence(procedure: Procedure, item: AgendaItem | None) -> Iterator[Refusal]:
    """Law: LEC art. 137 and its like; for an item, or for the whole act where `item` is None.

    Whoever has been let in is present by image and sound alone (LOPJ art. 229.3, LEC art. 137 bis.1).
    """
    for rule in procedure.type.procedure.validity.presence:
        if rule.items and (item is None or item.code not in rule.items):
            continue
        if rule.half:
            yield from _lacking_quorum(procedure, rule)
            continue
        for code in rule.roles:
            found = {person.presence for person in procedure.participants if _counts(procedure, person, code, item)}
            if Presence.CONNECTED not in found:
                missing = PRESENCE_NOT_LIVE if found & LET_IN else PRESENCE_MISSING
                said = procedure.role(code).titles.in_language(procedure.language)
                yield Refusal(missing, role=code, said=said, law=rule.legal_basis)


def _counts(procedure: Procedure, person: Participant, role: str, item: AgendaItem | None) -> bool:
    """Of an item of somebody's own, nobody else of the role counts."""
    own = item.person if item and item.person and procedure.participant(item.person).role == role else None
    return person.role == role and own in (None, person.id)


def _lacking_quorum(procedure: Procedure, rule: PresenceRule) -> Iterator[Refusal]:
    members = [person for person in procedure.participants if person.role in rule.roles]
    here = sum(person.presence is Presence.CONNECTED for person in members)
    if 2 * here < len(members):
        needed = (len(members) + 1) // 2
        yield Refusal(QUORUM_MISSING, present=here, needed=needed, said=", ".join(rule.roles), law=rule.legal_basis)


def separating(procedure: Procedure) -> tuple[ApartRule, ...]:
    """The rules that still keep people apart: one ends when nobody has the item of its `until` before them."""
    waiting = {one.code for one in procedure.agenda if one.state not in (ItemState.DONE, ItemState.SKIPPED)}
    rules = procedure.type.procedure.validity.apart
    return tuple(rule for rule in rules if rule.until is None or rule.until in waiting)


def kept_apart(procedure: Procedure, entering: Participant) -> Iterator[tuple[Participant, str]]:
    """Who has to be let out before `entering` is let in, and the law that says so."""
    for rule in separating(procedure):
        for other in procedure.participants if entering.role in rule.roles else ():
            if other.id != entering.id and other.role in rule.roles and other.presence in IN_THE_ROOM:
                yield other, rule.legal_basis


def stays_apart(procedure: Procedure, entering: Participant) -> None:
    """Raises `Refusal('not_apart')`."""
    for other, law in kept_apart(procedure, entering):
        raise Refusal(NOT_APART, participant=entering.id, other=other.id, said=other.name, law=law)


def each_is_another(procedure: Procedure, item: AgendaItem, values: Mapping[str, object]) -> None:
    """Nobody confronts themselves. Raises `Refusal('person_named_twice')`."""
    kind = procedure.type.item(item.code)
    named: set[object] = {values.get(str(kind.about))}
    for field in kind.also_about:
        person = values.get(field)
        if person is not None and person in named:
            said = procedure.participant(str(person)).name
            raise Refusal(PERSON_NAMED_TWICE, item=item.code, field=field, participant=str(person), said=said)
        named.add(person)


def each_is_there(procedure: Procedure, item: AgendaItem, values: Mapping[str, object]) -> None:
    """Law: LECrim art. 451; people are set against each other face to face.

    Raises `Refusal('presence_missing')` or `Refusal('presence_not_live')`.
    """
    kind = procedure.type.item(item.code)
    named = (values.get(str(field)) for field in (kind.about, *kind.also_about) if kind.also_about)
    for person in (procedure.participant(str(one)) for one in named if one is not None):
        if person.presence is not Presence.CONNECTED:
            missing = PRESENCE_NOT_LIVE if person.presence in LET_IN else PRESENCE_MISSING
            raise Refusal(missing, role=person.role, said=person.name, law=", ".join(kind.legal_basis))


def of_whom_it_is(procedure: Procedure, item: AgendaItem, values: Mapping[str, object]) -> None:
    """An item of somebody's own is about them, and about nobody else.

    Raises `Refusal('item_of_somebody_else')`.
    """
    about = procedure.type.item(item.code).about
    if item.person and about and values.get(about) not in (None, item.person):
        said = procedure.participant(item.person).name
        raise Refusal(ITEM_OF_SOMEBODY_ELSE, item=item.code, participant=item.person, said=said)
