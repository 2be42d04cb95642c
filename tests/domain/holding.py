"""Table: which item of the agenda may be opened, filled in, corrected or skipped now."""

from domain.commands import AddItem, Command, CorrectItem, FillItem, OpenItem, SkipItem, SuspendItem
from domain.events.agenda import ItemDone, ItemFilled, ItemOpened, ItemSkipped
from domain.events.identity import IdentityLapsed
from domain.events.interruptions import ProcedureInterrupted
from domain.procedure.state import Procedure
from domain.rules import agenda as rules
from domain.types.item_type import Requirement
from domain.types.vocabulary import InterruptionCause, Verb
from tests.domain.cases import AS_APPLICANT, AS_CLERK, PERMITTED, Case, asking
from tests.domain.held import under_way, with_done
from tests.domain.samples import (
    APPLICANT,
    arrived,
    in_room,
    in_session,
    item_of,
    requested,
    then,
)

AGENDA = requested()
FIRST, HEARD = AGENDA.agenda[0].id, item_of(AGENDA, Verb.HEAR)
SPOKEN = {"speaker": APPLICANT, "summary": "La valla"}
WHY = {"reason": "No procede"}


def running() -> Procedure:
    return then(under_way(), ItemOpened(item=HEARD))


def heard() -> Procedure:
    return then(running(), ItemDone(item=HEARD, values=SPOKEN))


def skipped() -> Procedure:
    return then(under_way(), ItemSkipped(item=HEARD, reason="No procede"))


def stopped() -> Procedure:
    return then(running(), ProcedureInterrupted(cause=InterruptionCause.RECESS, note="", must_act="clerk"))


def one_after_the_other() -> Procedure:
    """The same type with a fixed order."""
    procedure = in_session()
    kind = procedure.type.procedure
    ordered = kind.but(agenda=kind.agenda.but(any_order=False))
    return procedure.but(type=procedure.type.but(procedure=ordered))


def needing(requirement: str) -> Procedure:
    """The hearing of the parties waits for `requirement`."""
    procedure = under_way()
    code = procedure.item(HEARD).code
    demanding = procedure.type.item(code).but(requires=(Requirement(requirement),))
    return procedure.but(type=procedure.type.but(items={**procedure.type.items, code: demanding}))


def not_warned() -> Procedure:
    procedure = needing("warnings_given")
    return procedure.with_participant(procedure.participant(APPLICANT).but(warnings_acknowledged=False))


def nobody_identified() -> Procedure:
    return with_done(in_room(), "A01", "A02", "A04").but(type=needing("identity_valid").type)


def lapsed() -> Procedure:
    return then(needing("identity_valid"), IdentityLapsed(participant=APPLICANT, cause="power_cut"))


def agreeing() -> Procedure:
    procedure = in_session()
    return then(procedure, ItemOpened(item=item_of(procedure, Verb.SETTLE)))


def due(day: str) -> Command:
    values = {"clauses": [{"text": "Paga la valla", "due_on": day}]}
    return asking(FillItem, AS_CLERK, item=item_of(AGENDA, Verb.SETTLE), values=values)


def opening(item: str) -> Command:
    return asking(OpenItem, AS_CLERK, item=item)


def saved_since() -> Procedure:
    return then(running(), ItemFilled(item=HEARD, values={"speaker": APPLICANT}))


def filling(values: dict[str, object], *, done: bool = False, revision: int | None = None) -> Command:
    return asking(FillItem, AS_CLERK, item=HEARD, values=values, done=done, revision=revision)


def correcting(values: dict[str, object], revision: int | None = None) -> Command:
    return asking(CorrectItem, AS_CLERK, item=HEARD, values=values, revision=revision, **WHY)


ADD, OPEN, FILL = rules.may_add_item, rules.may_open_item, rules.may_fill_item
SUSPEND, SKIP, CORRECT = rules.may_suspend_item, rules.may_skip_item, rules.may_correct_item

HOLDING = [
    Case("a term from today on", agreeing, rules.may_fill_item, due("2026-11-20"), PERMITTED),
    Case("a term that has passed", agreeing, rules.may_fill_item, due("2026-11-19"), "date_already_past"),
    Case("an incident", in_session, ADD, asking(AddItem, AS_CLERK, code="A32"), PERMITTED),
    Case("by a party", in_session, ADD, asking(AddItem, AS_APPLICANT, code="A32"), "host_only"),
    Case("before the room", arrived, ADD, asking(AddItem, AS_CLERK, code="A32"), "wrong_stage"),
    Case("what the type does not allow", in_session, ADD, asking(AddItem, AS_CLERK, code="A09"), "item_not_allowed"),
    Case("a second opening", in_session, ADD, asking(AddItem, AS_CLERK, code="A01"), "item_only_once"),
    Case("for a role nobody has", in_session, ADD, asking(AddItem, AS_CLERK, code="A32", role="king"), "role_unknown"),
    Case("any item first", under_way, OPEN, opening(HEARD), PERMITTED),
    Case("a skipped item after all", skipped, OPEN, opening(HEARD), PERMITTED),
    Case("an item that is open", running, OPEN, opening(HEARD), "item_not_to_open"),
    Case("an item that is done", heard, OPEN, opening(HEARD), "item_not_to_open"),
    Case("an item that is not there", in_session, OPEN, opening("i99"), "unknown_item"),
    Case("while stopped", stopped, OPEN, opening(FIRST), "interrupted"),
    Case("out of a fixed order", one_after_the_other, OPEN, opening(HEARD), "item_out_of_order"),
    Case("the first of a fixed order", one_after_the_other, OPEN, opening(FIRST), PERMITTED),
    Case("identified", lambda: needing("identity_valid"), OPEN, opening(HEARD), PERMITTED),
    Case("nobody is identified", nobody_identified, OPEN, opening(HEARD), "identity_missing"),
    Case("an identity lapsed", lapsed, OPEN, opening(HEARD), "identity_lapsed"),
    Case("without the warnings", not_warned, OPEN, opening(HEARD), "requires_warnings_given"),
    Case("without an oath", lambda: needing("oath_taken"), OPEN, opening(HEARD), "requires_oath_taken"),
    Case(
        "without a settlement",
        lambda: needing("settlement_recorded"),
        OPEN,
        opening(HEARD),
        "requires_settlement_recorded",
    ),
    Case("without an outcome", lambda: needing("outcome_recorded"), OPEN, opening(HEARD), "requires_outcome_recorded"),
    Case("half an item", running, FILL, filling({"speaker": APPLICANT}), PERMITTED),
    Case("a whole item", running, FILL, filling({**SPOKEN}, done=True), PERMITTED),
    Case("done without what is required", running, FILL, filling({"speaker": APPLICANT}, done=True), "field_required"),
    Case("a field nobody knows", running, FILL, filling({"mood": "bad"}), "unknown_field"),
    Case("a person nobody knows", running, FILL, filling({"speaker": "p99"}), "unknown_participant"),
    Case("what is no text", running, FILL, filling({"summary": 7}), "field_invalid"),
    Case("an item that is not open", in_session, FILL, filling({}), "item_not_open"),
    Case("puts it off", running, SUSPEND, asking(SuspendItem, AS_CLERK, item=HEARD, **WHY), PERMITTED),
    Case(
        "puts off what is not open",
        in_session,
        SUSPEND,
        asking(SuspendItem, AS_CLERK, item=HEARD, **WHY),
        "item_not_open",
    ),
    Case("leaves it out", in_session, SKIP, asking(SkipItem, AS_CLERK, item=HEARD, **WHY), PERMITTED),
    Case("leaves out what is done", heard, SKIP, asking(SkipItem, AS_CLERK, item=HEARD, **WHY), "item_not_to_skip"),
    Case("leaves it out twice", skipped, SKIP, asking(SkipItem, AS_CLERK, item=HEARD, **WHY), "item_not_to_skip"),
    Case("over what was on screen", running, FILL, filling({**SPOKEN}, revision=0), PERMITTED),
    Case("over what somebody saved since", saved_since, FILL, filling({**SPOKEN}, revision=0), "item_saved_meanwhile"),
    Case("without a word of what it saw", saved_since, FILL, filling({**SPOKEN}), PERMITTED),
    Case("corrects what was on screen", heard, CORRECT, correcting({**SPOKEN}, revision=1), PERMITTED),
    Case("corrects what changed since", heard, CORRECT, correcting({**SPOKEN}, revision=0), "item_saved_meanwhile"),
    Case("corrects it", heard, CORRECT, correcting({**SPOKEN, "summary": "El muro"}), PERMITTED),
    Case("corrects it to nothing", heard, CORRECT, correcting({}), "field_required"),
    Case("corrects what is not done", running, CORRECT, correcting({**SPOKEN}), "item_not_done"),
]
