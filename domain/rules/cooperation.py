"""When a request to a foreign authority may be sent, and with which outcome it may end."""

from domain.commands import SubmitRequest
from domain.errors import Refusal
from domain.procedure.documents import CaseDocument
from domain.procedure.state import Procedure
from domain.refusals.lexnet import (
    INSTRUMENT_UNKNOWN,
    OUTCOME_NOT_ANSWERED,
    REQUEST_CHANGED,
    REQUEST_NOT_SIGNED,
    REQUEST_NOT_WRITTEN,
    REQUEST_SENT,
    REQUEST_SENT_UNCHANGED,
)
from domain.rules.common import as_host, at_stage
from domain.rules.lexnet import names_of, within_annex_iv
from domain.types.cooperation import AnswerKind, CooperationPlan, Instrument
from domain.types.vocabulary import Stage


def may_submit_request(procedure: Procedure, command: SubmitRequest) -> None:
    """The host sends the request that they have read."""
    as_host(procedure, command)
    at_stage(procedure, Stage.PREPARATION)
    main = written_request(procedure)
    if main.id != command.document or main.original.sha256 != command.sha256:
        raise Refusal(REQUEST_CHANGED)
    ready_to_send(procedure)


def ready_to_send(procedure: Procedure) -> CaseDocument:
    """The request, signed by everybody of its plan and fit for LexNET. Raises the `Refusal` of what it lacks."""
    main = written_request(procedure)
    for signer in procedure.asked_to_sign(main):
        if not main.signed_by(signer):
            raise Refusal(REQUEST_NOT_SIGNED, said=procedure.participant(signer).name)
    instrument_of(procedure)
    enclosed = to_send(procedure)
    within_annex_iv(enclosed, plan_of(procedure).most_bytes)
    sent = procedure.cooperation.sent if procedure.cooperation else None
    files = {document.current.sha256 for document in enclosed}
    if sent is not None and sent.refused is None and {file.sha256 for file in sent.files} == files:
        raise Refusal(REQUEST_SENT_UNCHANGED)
    return main


def plan_of(procedure: Procedure) -> CooperationPlan:
    """What the type says of it. Raises `Refusal('request_not_written')` where it is no request to an authority."""
    if (plan := procedure.type.procedure.cooperation) is None:
        raise Refusal(REQUEST_NOT_WRITTEN)
    return plan


def written_request(procedure: Procedure) -> CaseDocument:
    """The request as it stands now. Raises `Refusal('request_not_written')`."""
    code = plan_of(procedure).document
    written = [document for document in procedure.standing() if document.code == code]
    if not written:
        raise Refusal(REQUEST_NOT_WRITTEN)
    return written[-1]


def said_in_request(procedure: Procedure, field: str) -> str:
    """What was filled in under that name."""
    code = plan_of(procedure).item
    said = (item.values.get(field) for item in procedure.agenda if item.code == code)
    return str(next((value for value in said if value), ""))


def instrument_of(procedure: Procedure) -> Instrument:
    """By the table of the type. Raises `Refusal('instrument_unknown')`."""
    instrument = plan_of(procedure).instrument_for(said_in_request(procedure, "state"))
    if instrument is None:
        raise Refusal(INSTRUMENT_UNKNOWN)
    return instrument


def to_send(procedure: Procedure) -> tuple[CaseDocument, ...]:
    """The request, then what was brought for it, in order."""
    brought = (document for document in procedure.standing() if document.depositor is not None)
    return (written_request(procedure), *brought)


def named_to_send(procedure: Procedure) -> tuple[tuple[str, CaseDocument], ...]:
    documents = to_send(procedure)
    return tuple(zip(names_of(documents), documents, strict=True))


def never_sent(procedure: Procedure) -> None:
    """What another authority has already is not called off here: it ends with an outcome, and its evidence is kept."""
    if procedure.cooperation is not None and procedure.cooperation.submissions:
        raise Refusal(REQUEST_SENT)


def outcome_fits_answer(procedure: Procedure, outcome: str) -> None:
    """Raises `Refusal('outcome_not_answered')`: it ends as it was answered, or is withdrawn after it came back."""
    if procedure.type.procedure.cooperation is None:
        return
    end = procedure.cooperation.end if procedure.cooperation else None
    finals = {kind.value for kind in AnswerKind if kind.final}
    came_back = procedure.stage is Stage.PREPARATION and procedure.cooperation and procedure.cooperation.submissions
    if outcome in finals and (end is None or end.kind.value != outcome):
        raise Refusal(OUTCOME_NOT_ANSWERED)
    if outcome not in finals and not came_back:
        raise Refusal(OUTCOME_NOT_ANSWERED)
