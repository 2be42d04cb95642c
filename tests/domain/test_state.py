"""State is what the events add up to: folding, identity, the register's row."""

from datetime import timedelta

import pytest

from domain.actions.help import HelpRequested
from domain.events import EVENTS, apply, begin, fold, read
from domain.events.identity import IdentityConfirmed, IdentityLapsed, IdentityWaived
from domain.events.interruptions import ProcedureInterrupted, ProcedureResumed, SessionReopened
from domain.events.people import ConnectionLost, ParticipantCheckedIn, ParticipantJoined
from domain.events.summons import ProcedureAdjourned, ProcedureRequested, SummonsIssued
from domain.ids import Sha256
from domain.journal.register import as_json, register_row
from domain.procedure.documents import DocumentRef
from domain.procedure.people import Identity, IdentityCheck, Presence
from domain.procedure.state import Procedure
from domain.types.identity_policy import IdentityPolicy
from domain.types.vocabulary import Assurance, IdentityMethod, InterruptionCause, ItemState, Stage
from tests.domain import samples
from tests.domain.samples import APPLICANT, START, stamp, then

CAMERA, PIN = IdentityMethod.ID_DOCUMENT_FRAME, IdentityMethod.PIN_TO_MOBILE


def request_of(procedure: Procedure) -> ProcedureRequested:
    names = ("id", "administration", "body", "office", "case_number", "nig", "scheduled_at", "participants")
    return ProcedureRequested(resolved_type=procedure.type, **{name: getattr(procedure, name) for name in names})


# -- folding ---------------------------------------------------------------------------------------------------------


def test_a_journal_begins_with_the_request_and_with_nothing_else() -> None:
    with pytest.raises(ValueError, match="begins with procedure_requested"):
        fold([(SummonsIssued(scheduled_at=START), stamp(0))])


def test_a_procedure_is_requested_once() -> None:
    procedure = samples.requested()

    with pytest.raises(ValueError, match="requested once"):
        apply(procedure, request_of(procedure), stamp(1))


def test_an_event_that_nobody_knows_is_not_read_as_another() -> None:
    with pytest.raises(KeyError):
        read("procedure_blessed", {})


def test_folding_is_beginning_and_applying_one_after_the_other() -> None:
    request = request_of(samples.requested())
    issued = SummonsIssued(scheduled_at=START + timedelta(days=1))

    folded = fold([(request, stamp(0)), (issued, stamp(5))])

    assert folded == apply(begin(request, stamp(0)), issued, stamp(5))
    assert (folded.stage, folded.changed_at) == (Stage.SUMMONED, stamp(5).at)


def test_every_event_goes_into_the_journal_and_comes_back_by_its_own_name() -> None:
    request = request_of(samples.requested())

    assert read(request.type, request.content()) == request
    assert all(kind.type == name for name, kind in EVENTS.items())


# -- stopping and going on -------------------------------------------------------------------------------------------


def test_a_gap_is_added_to_the_time_absent_and_closed() -> None:
    lost = then(samples.in_session(), ConnectionLost(participant=APPLICANT))
    assert lost.changed_at is not None
    back = then(lost, ParticipantJoined(participant=APPLICANT)).participant(APPLICANT)

    assert (back.presence, back.lost_at, back.absent) == (Presence.CONNECTED, None, timedelta(minutes=1))


def test_resuming_goes_back_to_where_it_stopped() -> None:
    stop = ProcedureInterrupted(cause=InterruptionCause.RECESS, note="", must_act="clerk")

    for before in (samples.in_session(), samples.drafted(), samples.approved()):
        stopped = then(before, stop)
        assert (stopped.stage, stopped.interruptions) == (Stage.INTERRUPTED, 1)
        assert then(stopped, ProcedureResumed()).stage is before.stage


def test_a_new_date_keeps_what_was_done_and_identifies_everybody_anew() -> None:
    adjourned = ProcedureAdjourned(reason="Falta un documento", new_date=START + timedelta(days=9))
    again = then(samples.agenda_done(), adjourned, SessionReopened())

    assert again.stage is Stage.SUMMONED and again.scheduled_at == START + timedelta(days=9)
    assert {item.state for item in again.agenda} == {ItemState.DONE, ItemState.SKIPPED}
    assert all(person.identity == Identity() for person in again.citizens)
    assert all(person.presence is Presence.EXPECTED for person in again.participants)


# -- identity --------------------------------------------------------------------------------------------------------


def known(*methods: IdentityMethod, assurance: Assurance = Assurance.SUBSTANTIAL) -> Identity:
    checks = tuple(
        IdentityCheck(method=method, assurance=assurance, checked_at=START, checked_by="acc_clerk")
        for method in methods
    )
    return Identity(checks=checks)


BOTH = IdentityPolicy(methods=(CAMERA, PIN), every=True, minimum=Assurance.SUBSTANTIAL)
EITHER = BOTH.but(every=False)
STRICT = EITHER.but(minimum=Assurance.HIGH)


@pytest.mark.parametrize(
    ("policy", "identity", "satisfied", "next_method"),
    [
        (BOTH, known(), False, CAMERA),
        (BOTH, known(CAMERA), False, PIN),
        (BOTH, known(PIN), False, CAMERA),
        (BOTH, known(CAMERA, PIN), True, None),
        (EITHER, known(), False, CAMERA),
        (EITHER, known(PIN), True, None),
        (EITHER, known(CAMERA), True, None),
        (STRICT, known(CAMERA), False, PIN),
        (STRICT, known(CAMERA, assurance=Assurance.HIGH), True, None),
        (EITHER.but(methods=(PIN,)), known(CAMERA), False, PIN),
        (BOTH, known().but(waived_by="acc_clerk"), True, None),
        (BOTH, known(CAMERA, PIN).but(lapsed_cause="power_cut"), False, CAMERA),
        (BOTH, known().but(waived_by="acc_clerk", lapsed_cause="power_cut"), False, CAMERA),
    ],
)
def test_an_identity_satisfies_a_policy_or_says_what_comes_next(
    policy: IdentityPolicy, identity: Identity, satisfied: bool, next_method: IdentityMethod | None
) -> None:
    assert identity.satisfies(policy) is satisfied
    assert identity.next_method(policy) == next_method


def test_after_a_lapse_one_old_mechanism_is_not_enough() -> None:
    lapse = IdentityLapsed(participant=APPLICANT, cause="power_cut")
    again = IdentityConfirmed(participant=APPLICANT, method=CAMERA, assurance=Assurance.SUBSTANTIAL)
    procedure = then(samples.in_session(), lapse, again)

    assert procedure.participant(APPLICANT).identity.next_method(procedure.type.procedure.identity) == PIN


def test_a_waiver_does_not_survive_a_lapse() -> None:
    waived = then(samples.in_room(), IdentityWaived(participant=APPLICANT, reason="Conocida de quien preside"))
    policy = waived.type.procedure.identity
    lapsed = then(waived, IdentityLapsed(participant=APPLICANT, cause="power_cut"))

    assert waived.participant(APPLICANT).identity.satisfies(policy)
    assert not lapsed.participant(APPLICANT).identity.satisfies(policy)


# -- the register ----------------------------------------------------------------------------------------------------


def test_what_the_register_shows_in_clear_names_nobody() -> None:
    procedure = then(samples.arrived(), HelpRequested(participant=APPLICANT))
    row = register_row(procedure, seq=7, head=Sha256("a" * 64))
    public = str(as_json(row))

    assert (row.seq, row.stage, row.waiting, row.help) == (7, Stage.CHECKED_IN, 2, 1)
    assert {person.name for person in row.private.people} == {person.name for person in procedure.participants}
    for person in procedure.citizens:
        assert not any(
            str(word) in public for word in (person.name, person.email, person.mobile, person.document_number)
        )


def test_a_protected_procedure_is_listed_under_its_neutral_title() -> None:
    kind = samples.resolved("victim_appointment").procedure
    row = register_row(samples.summoned("victim_appointment"), seq=1, head=Sha256("a" * 64))

    assert kind.neutral_titles is not None and kind.neutral_titles != kind.titles
    assert row.titles == dict(kind.neutral_titles.root)


def test_the_register_says_whose_signature_is_awaited() -> None:
    def awaited(procedure: Procedure) -> tuple[str, ...]:
        return register_row(procedure, seq=1, head=Sha256("a" * 64)).to_sign

    assert awaited(samples.in_session()) == ()
    assert awaited(samples.drafted()) == (samples.CLERK,)
    assert awaited(samples.approved()) == (samples.APPLICANT, samples.RESPONDENT, samples.CLERK)


def test_a_document_is_read_when_every_page_of_it_was_on_screen() -> None:
    assert not samples.shown().document("d1").read_whole(APPLICANT)
    assert samples.read_whole().document("d1").read_whole(APPLICANT)
    assert isinstance(samples.read_whole().document("d1").original, DocumentRef)


def test_a_seat_taken_over_is_free_of_doubt_once_the_person_is_identified_again() -> None:
    taken = samples.taken_over()
    once = then(taken, IdentityConfirmed(participant=APPLICANT, method=CAMERA, assurance=Assurance.SUBSTANTIAL))
    whole = then(once, IdentityConfirmed(participant=APPLICANT, method=PIN, assurance=Assurance.SUBSTANTIAL))

    person = taken.participant(APPLICANT)
    assert (person.presence, person.session, person.place) == (Presence.WAITING, "ses_elsewhere", "own_device")
    assert person.lost_at is not None, "the time without this person counts"
    doubts = [procedure.participant(APPLICANT).seat_taken_over for procedure in (taken, once, whole)]
    assert doubts == [True, True, False], "one of two mechanisms is not enough"


def test_staff_who_say_where_a_person_is_do_not_change_the_computer_of_their_session() -> None:
    told = then(samples.taken_over(), ParticipantCheckedIn(participant=APPLICANT, place="own_device", device="staff"))
    assert (told.participant(APPLICANT).device, told.participant(APPLICANT).session) == ("own", "ses_elsewhere")


def test_another_day_begins_without_the_session_of_the_first() -> None:
    reopened = then(samples.taken_over(), SessionReopened()).participant(APPLICANT)
    assert (reopened.session, reopened.seat_taken_over) == (None, False)
