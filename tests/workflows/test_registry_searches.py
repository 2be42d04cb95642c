"""An application that is signed has its entry looked for, and what stands there enters the act."""

from datetime import timedelta

from adapters.memory import MemoryRegister
from domain.commands import CloseSession, CorrectItem, FillItem, OpenItem, SkipItem
from domain.events import state_of
from domain.procedure.agenda import AgendaItem
from domain.procedure.registry_searches import Detail
from domain.procedure.state import Procedure
from domain.refusals.register_entries import REGISTER_NOT_CONNECTED, REGISTRY_RESTRICTED
from domain.types.document_plan import Register
from domain.types.vocabulary import Stage
from rehearsal.acting import Play
from rehearsal.plausible import plausible_values
from tests.workflows.asking import code_of, events, until
from tests.workflows.court import Court, Room
from tests.workflows.entering import register
from tests.workflows.test_register_entries import minutes_of

NAME = "Según consta en autos"
"""What scripted people put into a line: here the person registered."""
ONE = (Detail(name="Persona inscrita", value="Icía Sieiro"), Detail(name="Lugar", value="Vilar"))


def civil(court: Court, *entries: tuple[Detail, ...]) -> MemoryRegister:
    registry = register(court, Register.CIVIL)
    registry.found[NAME] = entries
    return registry


async def applied(court: Court, name: str) -> tuple[Room, Play]:
    """The application is signed; what stands there is not noted by anybody."""
    room = await court.summon("register_certificate", f"prc_{name}")
    play = Play(room, name)
    await play.arrive()
    await play.enter()
    await play.identify()
    for item in (await room.procedure()).agenda:
        if item.code in ("A29", "A26", "A40"):
            continue
        await play.deal_with(item)
    return room, play


async def ruled(room: Room, play: Play) -> None:
    """The certificate is given, and nothing is noted of the entry but what came by itself."""
    for item in (await room.procedure()).agenda:
        if item.code in ("A26", "A40"):
            await play.deal_with(item)
        elif item.code == "A29" and not item.values:
            await play.say((await room.procedure()).hosts[0], SkipItem, item=item.id, reason="Consta ya")


def answered(procedure: Procedure) -> bool:
    return bool(procedure.registry_searches) and not procedure.registry_searches[-1].waiting


def point(procedure: Procedure, code: str) -> AgendaItem:
    return next(one for one in procedure.agenda if one.code == code)


async def test_one_entry_fills_in_the_item_and_stands_in_the_minutes(court: Court) -> None:
    registry = civil(court, ONE)
    room, play = await applied(court, "one")
    procedure = await until(room, answered)
    [search] = procedure.registry_searches
    assert (search.found, search.number, search.register_name) == (1, "RC-2001-1", "Registro Civil de prueba")
    prefilled = point(procedure, "A29").prefilled
    assert prefilled is not None and prefilled.by == "Registro Civil de prueba"
    assert prefilled.values["entries"] == [one.model_dump() for one in ONE]
    host = procedure.hosts[0]
    await play.say(host, OpenItem, item=point(procedure, "A29").id)
    await play.say(host, FillItem, item=point(procedure, "A29").id, values=prefilled.values, done=True)
    await ruled(room, play)
    await play.close()
    assert "consta un asiento, RC-2001-1" in await minutes_of(court, await room.reaches(Stage.APPROVAL))
    await play.approve_and_sign()
    closed = await room.reaches(Stage.CLOSED)
    assert state_of(await court.installation.journal.read(closed.id)) == closed
    assert registry.asked == 1 and [*registry.searched] == [f"{closed.id}.{search.document}"]


async def test_none_is_certified_as_none(unanchored: Court) -> None:
    civil(unanchored)
    room, play = await applied(unanchored, "none")
    assert (await until(room, answered)).registry_searches[0].found == 0
    await ruled(room, play)
    await play.close()
    assert "no consta ningún asiento" in await minutes_of(unanchored, await room.reaches(Stage.APPROVAL))


async def test_of_several_the_application_says_more_and_is_signed_and_looked_for_again(unanchored: Court) -> None:
    registry = civil(unanchored, ONE, ONE)
    room, play = await applied(unanchored, "several")
    procedure = await until(room, answered)
    assert procedure.registry_searches[0].found == 2 and point(procedure, "A29").prefilled is None
    await ruled(room, play)
    assert await code_of(play.say(procedure.hosts[0], CloseSession, outcome="issued")) == "outcome_needs_item"
    registry.found[NAME] = (ONE,)
    item = point(procedure, "A49")
    more = {**item.values, "day": "1990-05-02"}
    await play.say(procedure.hosts[0], CorrectItem, item=item.id, values=more, reason="Sabe la fecha")
    await play.sign_what_was_written()
    procedure = await until(room, lambda one: len(one.registry_searches) == 2 and answered(one))
    assert [one.found for one in procedure.registry_searches] == [2, 1]
    await play.close()
    assert (await room.reaches(Stage.APPROVAL)).outcome == "issued"


async def test_what_is_withheld_is_not_certified_though_somebody_notes_it_by_hand(unanchored: Court) -> None:
    civil(unanchored, ONE).refuses = REGISTRY_RESTRICTED
    room, play = await applied(unanchored, "withheld")
    procedure = await until(room, answered)
    assert procedure.registry_searches[0].refused == "registry_restricted"
    await play.deal_with(point(procedure, "A29"))
    await ruled(room, play)
    assert await code_of(play.say(procedure.hosts[0], CloseSession, outcome="issued")) == "outcome_withheld"


async def test_what_is_withheld_ends_without_a_certificate_and_the_minutes_say_why(unanchored: Court) -> None:
    civil(unanchored, ONE).refuses = REGISTRY_RESTRICTED
    room, play = await applied(unanchored, "denied")
    procedure = await until(room, answered)
    for code in ("A29", "A26"):
        await play.say(procedure.hosts[0], SkipItem, item=point(procedure, code).id, reason="No tiene derecho")
    await play.deal_with(point(procedure, "A40"))
    await play.say(procedure.hosts[0], CloseSession, outcome="not_issued")
    said = await minutes_of(unanchored, await room.reaches(Stage.APPROVAL))
    assert "El registro no dio acceso al asiento: el asiento tiene datos especialmente protegidos." in said


async def test_while_it_is_down_it_is_asked_on_and_noted_by_hand_or_waited_for(unanchored: Court) -> None:
    registry = civil(unanchored, ONE)
    registry.down = True
    room, play = await applied(unanchored, "down")
    procedure = await until(room, lambda one: bool(one.registry_searches))
    await ruled(room, play)
    host = procedure.hosts[0]
    assert await code_of(play.say(host, CloseSession, outcome="issued")) == "outcome_awaits_search"
    await unanchored.environment.sleep(timedelta(minutes=20))
    assert registry.asked > 3 and (await room.procedure()).registry_searches[0].waiting
    item = point(procedure, "A29")
    values = plausible_values(procedure.type.item("A29"), procedure, item)
    await play.say(host, OpenItem, item=item.id)
    await play.say(host, FillItem, item=item.id, values=values, done=True)
    await play.close()
    said = await minutes_of(unanchored, await room.reaches(Stage.APPROVAL))
    assert "no había contestado cuando terminó el acto" in said
    registry.down = False
    await play.approve_and_sign()
    await room.reaches(Stage.ANCHORING)
    told = await events(unanchored, room)
    assert [told.count(f"registry_search_{what}") for what in ("requested", "answered")] == [1, 0]


async def test_a_registry_that_comes_back_is_heard_and_an_answer_of_something_else_is_told_once(
    unanchored: Court,
) -> None:
    registry = civil(unanchored, ONE)
    registry.answers_wrongly = 2
    room, _ = await applied(unanchored, "wrong")
    procedure = await until(room, lambda one: bool(one.registry_searches and one.registry_searches[0].trouble))
    assert procedure.registry_searches[0].trouble == "registry_answer_wrong"
    for _ in range(2):
        await unanchored.environment.sleep(timedelta(minutes=11))
    await until(room, answered)
    told = await events(unanchored, room)
    assert [told.count(f"registry_search_{what}") for what in ("troubled", "answered")] == [1, 1]


async def test_without_a_connection_it_is_noted_by_hand(unanchored: Court) -> None:
    civil(unanchored).refuses = REGISTER_NOT_CONNECTED
    room, play = await applied(unanchored, "alone")
    procedure = await until(room, answered)
    await ruled(room, play)
    assert await code_of(play.say(procedure.hosts[0], CloseSession, outcome="issued")) == "outcome_needs_item"
