"""Table: when an act may stop, go on, move, be called off and be closed, and when its minutes are approved."""

from datetime import timedelta

from domain.commands import (
    AdjournProcedure,
    ApproveMinutes,
    CancelProcedure,
    CloseSession,
    CorrectMinutes,
    InterruptProcedure,
    ResumeProcedure,
    RetryStep,
)
from domain.events.agenda import ItemAdded, ItemOpened, ItemSuspended
from domain.events.closing import TroubleReported
from domain.events.documents import DocumentWritten
from domain.events.identity import IdentityLapsed
from domain.events.interruptions import ProcedureInterrupted
from domain.events.minutes import MinutesCorrected
from domain.events.people import ConnectionLost
from domain.ids import ItemId, Sha256
from domain.procedure.state import Procedure
from domain.rules import interruptions, minutes
from domain.types.vocabulary import InterruptionCause, Verb
from tests.domain.cases import AS_APPLICANT, AS_CLERK, AS_OFFICE, PERMITTED, Case, asking
from tests.domain.held import agreed, decreed, with_done
from tests.domain.samples import (
    APPLICANT,
    RESPONDENT,
    START,
    agenda_done,
    approved,
    arrived,
    drafted,
    in_session,
    item_of,
    requested,
    signature,
    signed,
    summoned,
    then,
    with_agreement,
)

STOP = {"cause": InterruptionCause.POWER_CUT, "must_act": "office"}
LATER = {"reason": "Falta un documento", "new_date": START + timedelta(days=4)}
EARLIER = {**LATER, "new_date": START - timedelta(days=1)}
OFF = {"reason": "Desistimiento de la parte"}
END = {"outcome": "agreement"}
WORDS = {"block": "b1", "before": "a", "after": "b", "reason": "Errata"}
ON_SCREEN = {"draft": Sha256("d" * 64), "corrections": 0}


def stopped(*, repeats: bool = True) -> Procedure:
    lapse = IdentityLapsed(participant=APPLICANT, cause="power_cut")
    stop = ProcedureInterrupted(
        cause=InterruptionCause.POWER_CUT, note="", must_act="office", repeats=(APPLICANT,) if repeats else ()
    )
    return then(in_session(), *((lapse, stop) if repeats else (stop,)))


def nobody_came() -> Procedure:
    absence = ProcedureInterrupted(cause=InterruptionCause.ABSENCE, note="", must_act="clerk")
    return then(summoned(), absence)


def stopped_and_lost() -> Procedure:
    return then(stopped(), ConnectionLost(participant=APPLICANT))


def one_open() -> Procedure:
    return then(agenda_done(), ItemAdded(item=ItemId("i90"), code="A32"), ItemOpened(item=ItemId("i90")))


def one_put_off() -> Procedure:
    return then(one_open(), ItemSuspended(item=ItemId("i90"), reason="Después"))


def half_signed() -> Procedure:
    """Everything is done, and the respondent has not signed the agreement."""
    return signed().but(agenda=agenda_done().agenda)


def lapsed_at_the_end() -> Procedure:
    return then(agenda_done(), IdentityLapsed(participant=APPLICANT, cause="connection_lost"))


def paper_wanted() -> Procedure:
    """The same type where somebody must bring a paper."""
    procedure = agenda_done()
    kind = procedure.type.procedure
    wanted = tuple(plan.but(required=plan.code == "exhibit") for plan in kind.documents)
    return procedure.but(type=procedure.type.but(procedure=kind.but(documents=wanted)))


def corrected() -> Procedure:
    return then(drafted(), MinutesCorrected(block="b1", before="a", after="b", reason="Errata"))


def approved_by_somebody_else() -> Procedure:
    """The same type where the approver is a role that the clerk has not."""
    procedure = drafted()
    kind = procedure.type.procedure
    return procedure.but(type=procedure.type.but(procedure=kind.but(minutes=kind.minutes.but(approver="applicant"))))


def in_trouble() -> Procedure:
    return then(drafted(), TroubleReported(code="mail_refused"))


INTERRUPT, RESUME = interruptions.may_interrupt_procedure, interruptions.may_resume_procedure
ADJOURN, CANCEL = interruptions.may_adjourn_procedure, interruptions.may_cancel_procedure
CLOSE, CORRECT = minutes.may_close_session, minutes.may_correct_minutes
APPROVE, RETRY = minutes.may_approve_minutes, minutes.may_retry_step


def everybody_signed() -> Procedure:
    agreement = next(document for document in with_agreement().documents if document.code == "agreement")
    settled = agreement.but(item=item_of(with_agreement(), Verb.SETTLE))
    signatures = (*signature("d1", APPLICANT), *signature("d1", RESPONDENT))
    settled_agenda = with_done(agenda_done(), "A11", "A23")
    return decreed(then(settled_agenda, DocumentWritten(document=settled), *signatures))


def signed_and_failed() -> Procedure:
    """Everybody signed; then it is noted that they do not agree."""
    return with_done(everybody_signed(), "A24", result="no_agreement")


def replaced() -> Procedure:
    """A corrected agreement stands in the place of the one that everybody signed; nobody signs it."""
    procedure = signed_and_failed()
    refused = {person.id: "No es lo hablado" for person in procedure.citizens}
    newer = procedure.document("d1").but(id="d2", signatures=(), refusals=refused)
    return procedure.but(documents=(*procedure.documents, newer))


AGAINST = {"outcome": "no_agreement"}
DESPITE = {**AGAINST, "despite": "Una parte acredita que firmó por error"}

CLOSING = [
    Case(
        "with what was signed", everybody_signed, CLOSE, asking(CloseSession, AS_CLERK, outcome="agreement"), PERMITTED
    ),
    Case("against it", signed_and_failed, CLOSE, asking(CloseSession, AS_CLERK, **AGAINST), "outcome_against_signed"),
    Case("against it, saying why", signed_and_failed, CLOSE, asking(CloseSession, AS_CLERK, **DESPITE), PERMITTED),
    Case("against what was replaced", replaced, CLOSE, asking(CloseSession, AS_CLERK, **AGAINST), PERMITTED),
    Case("the host stops", in_session, INTERRUPT, asking(InterruptProcedure, AS_CLERK, **STOP), PERMITTED),
    Case(
        "the office says that the light went",
        in_session,
        INTERRUPT,
        asking(InterruptProcedure, AS_OFFICE, **STOP),
        PERMITTED,
    ),
    Case("a party stops", in_session, INTERRUPT, asking(InterruptProcedure, AS_APPLICANT, **STOP), "host_only"),
    Case("what has not begun", summoned, INTERRUPT, asking(InterruptProcedure, AS_CLERK, **STOP), "wrong_stage"),
    Case("what is stopped", stopped, INTERRUPT, asking(InterruptProcedure, AS_CLERK, **STOP), "interrupted"),
    Case(
        "for somebody who has no part",
        in_session,
        INTERRUPT,
        asking(InterruptProcedure, AS_CLERK, **{**STOP, "must_act": "king"}),
        "role_unknown",
    ),
    Case(
        "nobody repeats anything", lambda: stopped(repeats=False), RESUME, asking(ResumeProcedure, AS_CLERK), PERMITTED
    ),
    Case("an identity lapsed", stopped, RESUME, asking(ResumeProcedure, AS_CLERK), "identity_lapsed"),
    Case("somebody is not back", stopped_and_lost, RESUME, asking(ResumeProcedure, AS_CLERK), "not_in_room"),
    Case("it runs", in_session, RESUME, asking(ResumeProcedure, AS_CLERK), "wrong_stage"),
    Case("by a party", stopped, RESUME, asking(ResumeProcedure, AS_APPLICANT), "host_only"),
    Case("to another day", in_session, ADJOURN, asking(AdjournProcedure, AS_CLERK, **LATER), PERMITTED),
    Case("before anybody has come", summoned, ADJOURN, asking(AdjournProcedure, AS_CLERK, **LATER), PERMITTED),
    Case("to the past", in_session, ADJOURN, asking(AdjournProcedure, AS_CLERK, **EARLIER), "date_in_the_past"),
    Case("what is over", approved, ADJOURN, asking(AdjournProcedure, AS_CLERK, **LATER), "wrong_stage"),
    Case(
        "by a party to another day", in_session, ADJOURN, asking(AdjournProcedure, AS_APPLICANT, **LATER), "host_only"
    ),
    Case("called off", summoned, CANCEL, asking(CancelProcedure, AS_CLERK, **OFF), PERMITTED),
    Case("nobody came", nobody_came, CANCEL, asking(CancelProcedure, AS_CLERK, **OFF, as_no_show=True), PERMITTED),
    Case(
        "a no-show of somebody who came",
        stopped,
        CANCEL,
        asking(CancelProcedure, AS_CLERK, **OFF, as_no_show=True),
        "nobody_found_absent",
    ),
    Case("called off before the summons", requested, CANCEL, asking(CancelProcedure, AS_CLERK, **OFF), PERMITTED),
    Case("called off by a party", summoned, CANCEL, asking(CancelProcedure, AS_APPLICANT, **OFF), "host_only"),
    Case("called off while held", in_session, CANCEL, asking(CancelProcedure, AS_CLERK, **OFF), "wrong_stage"),
    Case("all is done", agreed, CLOSE, asking(CloseSession, AS_CLERK, **END), PERMITTED),
    Case("by a party at the end", agenda_done, CLOSE, asking(CloseSession, AS_APPLICANT, **END), "host_only"),
    Case("an end nobody knows", agenda_done, CLOSE, asking(CloseSession, AS_CLERK, outcome="draw"), "outcome_unknown"),
    Case("an item is open", one_open, CLOSE, asking(CloseSession, AS_CLERK, **END), "item_still_open"),
    Case("an item was put off", one_put_off, CLOSE, asking(CloseSession, AS_CLERK, **END), "items_pending"),
    Case("items are planned", in_session, CLOSE, asking(CloseSession, AS_CLERK, **END), "items_pending"),
    Case("a signature is missing", half_signed, CLOSE, asking(CloseSession, AS_CLERK, **END), "signature_pending"),
    Case(
        "an identity lapsed at the end",
        lapsed_at_the_end,
        CLOSE,
        asking(CloseSession, AS_CLERK, **END),
        "identity_lapsed",
    ),
    Case("a paper is missing", paper_wanted, CLOSE, asking(CloseSession, AS_CLERK, **END), "document_missing"),
    Case("before the act", arrived, CLOSE, asking(CloseSession, AS_CLERK, **END), "wrong_stage"),
    Case("words corrected", drafted, CORRECT, asking(CorrectMinutes, AS_CLERK, **WORDS), PERMITTED),
    Case(
        "words taken away",
        drafted,
        CORRECT,
        asking(CorrectMinutes, AS_CLERK, **{**WORDS, "after": "  "}),
        "correction_empty",
    ),
    Case("words as on screen", drafted, CORRECT, asking(CorrectMinutes, AS_CLERK, **WORDS, revision=0), PERMITTED),
    Case(
        "words that changed since",
        lambda: then(drafted(), MinutesCorrected(**WORDS)),
        CORRECT,
        asking(CorrectMinutes, AS_CLERK, **WORDS, revision=0),
        "paragraph_corrected_meanwhile",
    ),
    Case("words of a party", drafted, CORRECT, asking(CorrectMinutes, AS_APPLICANT, **WORDS), "authority_only"),
    Case("words of approved minutes", approved, CORRECT, asking(CorrectMinutes, AS_CLERK, **WORDS), "wrong_stage"),
    Case("the words on the screen", drafted, APPROVE, asking(ApproveMinutes, AS_CLERK, **ON_SCREEN), PERMITTED),
    Case("words changed meanwhile", corrected, APPROVE, asking(ApproveMinutes, AS_CLERK, **ON_SCREEN), "draft_changed"),
    Case(
        "the corrected words",
        corrected,
        APPROVE,
        asking(ApproveMinutes, AS_CLERK, **{**ON_SCREEN, "corrections": 1}),
        PERMITTED,
    ),
    Case(
        "another draft",
        drafted,
        APPROVE,
        asking(ApproveMinutes, AS_CLERK, **{**ON_SCREEN, "draft": "e" * 64}),
        "draft_changed",
    ),
    Case(
        "not her business",
        approved_by_somebody_else,
        APPROVE,
        asking(ApproveMinutes, AS_CLERK, **ON_SCREEN),
        "approver_only",
    ),
    Case("approved by a party", drafted, APPROVE, asking(ApproveMinutes, AS_APPLICANT, **ON_SCREEN), "authority_only"),
    Case("try again", in_trouble, RETRY, asking(RetryStep, AS_CLERK), PERMITTED),
    Case(
        "try again for nobody", in_trouble, RETRY, asking(RetryStep, AS_CLERK, participant="p99"), "unknown_participant"
    ),
    Case("all is well", drafted, RETRY, asking(RetryStep, AS_CLERK), "nothing_to_retry"),
    Case("a party tries again", in_trouble, RETRY, asking(RetryStep, AS_APPLICANT), "authority_only"),
]
