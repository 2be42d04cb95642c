"""Table: the same of what offices do: statements, certificates, filings, legal aid, service, voluntary jurisdiction."""
# ruff: noqa: E501  (a table: one attempt a line)

from domain.commands import Command, FillItem
from domain.events.agenda import ItemOpened
from domain.events.registry_searches import RegistrySearchAnswered, RegistrySearchRefused
from domain.ids import ItemId, ParticipantId
from domain.procedure.state import Procedure
from domain.rules import agenda, minutes
from domain.rules.registry_searches import searches_to_request
from rehearsal.plausible import plausible_values
from tests.domain.cases import PERMITTED, Case, asking
from tests.domain.held import with_done
from tests.domain.held_types import begun, cut_off, ended, leaves_out, never_came, refusing, written
from tests.domain.samples import START, in_session, signature, signed_with_certificate, then
from tests.domain.validly import let_in, seat
from tests.domain.validly_elsewhere import ends, opens

OPEN, FILL, SKIP = agenda.may_open_item, agenda.may_fill_item, agenda.may_skip_item
CLOSE = minutes.may_close_session
INTERPRETER, LAWYER = ParticipantId("p9"), ParticipantId("p8")
S, V = "statement_in_investigation", "voluntary_jurisdiction_hearing"
R, D, L, N = "register_certificate", "document_delivery", "legal_aid_application", "service_at_office"


def investigation(*codes: str, **words: object) -> Procedure:
    """Before the judge, the clerk being in the room."""
    procedure = in_session(S)
    return with_done(then(procedure, *let_in(seat(procedure, "clerk"))), "A01", "A02", "A04", *codes, **words)


def told(*left_out: str, signed: bool = True) -> Procedure:
    procedure = ended(S, *left_out)
    present = {person.id: person for person in investigation().participants}
    procedure = procedure.but(participants=tuple(present[person.id] for person in procedure.participants))
    return procedure if "A14" in left_out else written(procedure, "statement", "A14", signed=signed)


def interpreted(*, signed: bool) -> Procedure:
    """The witness spoke through somebody; all others have signed the statement."""
    procedure = told()
    interpreter = procedure.participant(seat(procedure, "witness")).but(
        id=INTERPRETER, role="interpreter", name="Olena Bondar"
    )
    procedure = procedure.but(participants=(*procedure.participants, interpreter))
    return then(procedure, *signature("d1", INTERPRETER, "1")) if signed else procedure


def not_authorised() -> Procedure:
    """The witness and the judge have signed the statement, and the clerk has not."""
    procedure = told(signed=False)
    judge, witness = seat(procedure, "judge"), seat(procedure, "witness")
    return then(procedure, *signature("d1", witness, "1"), signed_with_certificate("d1", judge, "1"))


def assisted(*, signed: bool) -> Procedure:
    """The witness had a lawyer; all others have signed the statement."""
    procedure = told()
    lawyer = procedure.participant(seat(procedure, "witness")).but(id=LAWYER, role="lawyer", name="Uxía Varela Rey")
    procedure = procedure.but(participants=(*procedure.participants, lawyer))
    return then(procedure, *signature("d1", LAWYER, "1")) if signed else procedure


def being_told() -> Procedure:
    procedure = investigation(*SWORN)
    return then(procedure, ItemOpened(item=statement(procedure)))


def statement(procedure: Procedure) -> ItemId:
    return next(one.id for one in procedure.agenda if one.code == "A14")


def fills_statement(*without: str) -> Command:
    procedure = being_told()
    item = procedure.item(statement(procedure))
    values = plausible_values(procedure.type.item("A14"), procedure, item)
    kept = {name: value for name, value in values.items() if name not in without}
    return asking(FillItem, opens(S, "A14").author, item=item.id, values=kept, done=True)


SWORN = ("A06", "A09", "A10")
STATEMENT = [
    Case("an oath before the judge tells of the duty to be truthful", investigation, OPEN, opens(S, "A09"), "item_too_early"),
    Case("an oath after it", lambda: investigation("A06"), OPEN, opens(S, "A09"), PERMITTED),
    Case("a statement before the oath", lambda: investigation("A06"), OPEN, opens(S, "A14"), "item_too_early"),
    Case("a statement before name and ties are told", lambda: investigation("A06", "A09"), OPEN, opens(S, "A14"), "item_too_early"),
    Case("a statement", lambda: investigation(*SWORN), OPEN, opens(S, "A14"), PERMITTED),
    Case("a statement after a refused oath", lambda: investigation(*SWORN, result="refused"), OPEN, opens(S, "A14"), "requires_oath_taken"),
    Case("a statement of somebody under age of criminal liability, who is exempt", lambda: investigation(*SWORN, result="exempt"), OPEN, opens(S, "A14"), PERMITTED),
    Case("a statement without the clerk", lambda: never_came(investigation(*SWORN), "clerk"), OPEN, opens(S, "A14"), "presence_missing"),
    Case("a statement while the clerk is cut off", lambda: cut_off(investigation(*SWORN), "clerk"), OPEN, opens(S, "A14"), "presence_not_live"),
    Case("a statement without the judge", lambda: never_came(investigation(*SWORN), "judge"), OPEN, opens(S, "A14"), "presence_missing"),
    Case("a confrontation before the statement", lambda: investigation(*SWORN), OPEN, opens(S, "A15"), "item_too_early"),
    Case("leaves out the reading of rights", investigation, SKIP, leaves_out(S, "A06"), "item_required"),
    Case("heard", told, CLOSE, ends(S, "heard"), PERMITTED),
    Case("heard, and the statement is not signed", lambda: refusing(told(signed=False)), CLOSE, ends(S, "heard"), "signature_pending"),
    Case("heard, and nothing was told", lambda: told("A14"), CLOSE, ends(S, "heard"), "outcome_needs_item"),
    Case("heard through an interpreter who does not sign", lambda: refusing(interpreted(signed=False)), CLOSE, ends(S, "heard"), "signature_pending"),
    Case("heard through an interpreter who signs too", lambda: interpreted(signed=True), CLOSE, ends(S, "heard"), PERMITTED),
    Case("heard, and the clerk does not authorise the statement", lambda: refusing(not_authorised()), CLOSE, ends(S, "heard"), "signature_pending"),
    Case("heard with a lawyer who does not sign", lambda: refusing(assisted(signed=False)), CLOSE, ends(S, "heard"), "signature_pending"),
    Case("heard with a lawyer who signs too", lambda: assisted(signed=True), CLOSE, ends(S, "heard"), PERMITTED),
    Case("a statement whose author is not told of the right to read it", being_told, FILL, fills_statement("reading"), "field_required"),
    Case("a statement whose author is not told of the duty to come to the trial", being_told, FILL, fills_statement("summons_ahead"), "field_required"),
    Case("a statement, both being told", being_told, FILL, fills_statement(), PERMITTED),
    Case("not heard, and there is a statement", told, CLOSE, ends(S, "not_heard"), "outcome_excludes_item"),
    Case("not heard", lambda: told("A14"), CLOSE, ends(S, "not_heard"), PERMITTED),
]  # fmt: skip


def concluded(*left_out: str, ruled: bool = True) -> Procedure:
    words: dict[str, object] = {"A26": True} if ruled else {}
    procedure = ended(V, *left_out, **words)
    return written(procedure, "ruling", "A26") if ruled else procedure


VOLUNTARY = [
    Case("decided before the applicant is heard", lambda: begun(V), OPEN, opens(V, "A26"), "item_too_early"),
    Case("decided before the conclusions", lambda: begun(V, "A11"), OPEN, opens(V, "A26"), "item_too_early"),
    Case("decided after them", lambda: begun(V, "A11", "A30"), OPEN, opens(V, "A26"), PERMITTED),
    Case("heard before anybody is identified", lambda: in_session(V), OPEN, opens(V, "A11"), "item_too_early"),
    Case("heard without the applicant", lambda: never_came(begun(V), "applicant"), OPEN, opens(V, "A11"), "presence_missing"),
    Case("concluded while the applicant is cut off", lambda: cut_off(begun(V, "A11"), "applicant"), OPEN, opens(V, "A30"), "presence_not_live"),
    Case("decided in the act", concluded, CLOSE, ends(V, "decided"), PERMITTED),
    Case("decided in the act, and no ruling", lambda: concluded(ruled=False), CLOSE, ends(V, "decided"), "outcome_needs_item"),
    Case("to be decided, and there is a ruling", concluded, CLOSE, ends(V, "ready_for_ruling"), "outcome_excludes_item"),
    Case("to be decided", lambda: concluded(ruled=False), CLOSE, ends(V, "ready_for_ruling"), PERMITTED),
    Case("decided without the applicant, who desists", lambda: never_came(concluded(), "applicant"), CLOSE, ends(V, "decided"), "outcome_needs_person"),
    Case("decided by whoever is cut off", lambda: cut_off(concluded(), "presiding"), CLOSE, ends(V, "decided"), "presence_not_live"),
]  # fmt: skip


def issued(*left_out: str, **words: object) -> Procedure:
    procedure = written(ended(R, *left_out, A26=True, **words), "application", "A49")
    return written(procedure, "certificate", "A26")


def noted(**words: object) -> Procedure:
    """And the registrar notes by hand what stands there."""
    return issued(A29=True, **words)


def searched(found: int | None, *, by_hand: bool = False, refused: str = "") -> Procedure:
    """The registry answers so; with neither it has not answered yet."""
    procedure = noted() if by_hand else issued()
    [asked] = searches_to_request(procedure)
    procedure = then(procedure, asked)
    if refused:
        return then(procedure, RegistrySearchRefused(id=asked.id, code=refused))
    if found is None:
        return procedure
    answer = RegistrySearchAnswered(
        id=asked.id, register_name="Registro Civil", reference="C-1", searched_at=START, found=found
    )
    return then(procedure, answer)


CERTIFICATE = [
    Case("a certificate before anybody asks for it", lambda: begun(R), OPEN, opens(R, "A26"), "item_too_early"),
    Case("asked for before anybody is identified", lambda: in_session(R), OPEN, opens(R, "A49"), "item_too_early"),
    Case("asked for by somebody who is cut off", lambda: cut_off(begun(R), "applicant"), OPEN, opens(R, "A49"), "presence_not_live"),
    Case("asked for", lambda: begun(R), OPEN, opens(R, "A49"), PERMITTED),
    Case("issued", noted, CLOSE, ends(R, "issued"), PERMITTED),
    Case("issued, and nobody knows what stands there", issued, CLOSE, ends(R, "issued"), "outcome_needs_item"),
    Case("issued of the one entry that there is", lambda: searched(1), CLOSE, ends(R, "issued"), PERMITTED),
    Case("issued, that there is none", lambda: searched(0), CLOSE, ends(R, "issued"), PERMITTED),
    Case("issued of one of several, and nobody says which", lambda: searched(3), CLOSE, ends(R, "issued"), "outcome_needs_item"),
    Case("issued of one of several, which is noted", lambda: searched(3, by_hand=True), CLOSE, ends(R, "issued"), PERMITTED),
    Case("issued before the registry answers", lambda: searched(None), CLOSE, ends(R, "issued"), "outcome_awaits_search"),
    Case("issued though the registry withholds it", lambda: searched(None, by_hand=True, refused="registry_restricted"), CLOSE, ends(R, "issued"), "outcome_withheld"),
    Case("issued to somebody else than they say", lambda: searched(None, by_hand=True, refused="registry_standing"), CLOSE, ends(R, "issued"), "outcome_withheld"),
    Case("issued by hand where there is no connection", lambda: searched(None, by_hand=True, refused="register_not_connected"), CLOSE, ends(R, "issued"), PERMITTED),
    Case("protected data issued to somebody without the right to them", lambda: noted(standing="no_standing"), CLOSE, ends(R, "issued"), "outcome_needs_item"),
    Case("protected data issued to whoever represents the person", lambda: noted(standing="representative"), CLOSE, ends(R, "issued"), PERMITTED),
    Case("not issued, and it was", issued, CLOSE, ends(R, "not_issued"), "outcome_excludes_item"),
    Case("not issued", lambda: ended(R), CLOSE, ends(R, "not_issued"), PERMITTED),
    Case("issued, and the application was never written", lambda: ended(R, A26=True), CLOSE, ends(R, "issued"), "outcome_needs_document"),
]  # fmt: skip


def filed(*left_out: str) -> Procedure:
    return written(ended(D, *left_out), "filing", "A52")


FILING = [
    Case("filed before the papers are scanned", lambda: begun(D), OPEN, opens(D, "A52"), "item_too_early"),
    Case("filed once they are", lambda: begun(D, "A17"), OPEN, opens(D, "A52"), PERMITTED),
    Case("filed by somebody who has gone", lambda: cut_off(begun(D, "A17"), "filer"), OPEN, opens(D, "A52"), "presence_not_live"),
    Case("papers filed", filed, CLOSE, ends(D, "filed"), PERMITTED),
    Case("papers filed, and nothing was scanned", lambda: filed("A17"), CLOSE, ends(D, "filed"), "outcome_needs_item"),
    Case("papers filed, and no receipt of it", lambda: ended(D), CLOSE, ends(D, "filed"), "outcome_needs_document"),
    Case("no papers filed, and there are", filed, CLOSE, ends(D, "not_filed"), "outcome_excludes_item"),
]  # fmt: skip


def applied(**words: object) -> Procedure:
    return written(ended(L, **words), "application", "A51")


LEGAL_AID = [
    Case("legal aid asked for before anybody is identified", lambda: in_session(L), OPEN, opens(L, "A51"), "item_too_early"),
    Case("legal aid asked for by somebody who is cut off", lambda: cut_off(begun(L), "applicant"), OPEN, opens(L, "A51"), "presence_not_live"),
    Case("applied", applied, CLOSE, ends(L, "applied"), PERMITTED),
    Case("applied without consent to look data up", lambda: applied(data_consent="not_given"), CLOSE, ends(L, "applied"), "outcome_needs_item"),
    Case("applied, and not signed", lambda: refusing(written(ended(L), "application", "A51", signed=False)), CLOSE, ends(L, "applied"), "outcome_needs_signature"),
    Case("not applied, for want of that consent", lambda: applied(data_consent="not_given"), CLOSE, ends(L, "not_applied"), PERMITTED),
]  # fmt: skip


def served(*, signed: bool = True) -> Procedure:
    return written(ended(N), "record_of_service", "A48", signed=signed)


def refused_service() -> Procedure:
    """The addressee does not sign; whoever serves does, and says so."""
    procedure = refusing(written(ended(N), "record_of_service", "A48", signed=False))
    last = procedure.documents[-1]
    officials = {person.id: "No firma la persona destinataria" for person in procedure.hosts}
    return procedure.with_document(last.but(refusals={**last.refusals, **officials}))


SERVICE = [
    Case("served before it is known on whom", lambda: in_session(N), OPEN, opens(N, "A48"), "item_too_early"),
    Case("served on somebody who is not there", lambda: never_came(begun(N), "addressee"), OPEN, opens(N, "A48"), "presence_missing"),
    Case("served on somebody who is", lambda: begun(N), OPEN, opens(N, "A48"), PERMITTED),
    Case("served and signed for", served, CLOSE, ends(N, "served"), PERMITTED),
    Case("served, and not signed for", refused_service, CLOSE, ends(N, "served"), "outcome_needs_signature"),
    Case("refused, which takes effect all the same", refused_service, CLOSE, ends(N, "refused"), PERMITTED),
    Case("refused, and nothing was handed over", lambda: ended(N, "A48"), CLOSE, ends(N, "refused"), "outcome_needs_item"),
    Case("could not be served, and it was", served, CLOSE, ends(N, "not_served"), "outcome_excludes_item"),
    Case("without identification", lambda: in_session(N), SKIP, leaves_out(N, "A02"), "item_required"),
]  # fmt: skip

AT_OFFICES: list[Case] = [*STATEMENT, *VOLUNTARY, *CERTIFICATE, *FILING, *LEGAL_AID, *SERVICE]
