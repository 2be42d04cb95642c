"""What the clerk need not type, what nobody loses, and what those who only look are told."""

from datetime import UTC, datetime

from api.access.session import StaffSession
from api.pages.board.view import board_view
from api.pages.procedure.items_view import form_view
from api.pages.procedure.prefill import known_values
from api.pages.procedure.view import procedure_view
from domain.access.accounts import Account
from domain.ids import AccountId
from domain.journal.register import register_row
from domain.types.vocabulary import StaffRole
from templates.texts import text
from tests.pages.procedure_page import procedure_page
from tests.pages.shown import approving, busy, looks
from tests.templates.samples import ANXO, ELENA, conciliation, victim_appointment

LOOK = next(look for look in looks() if look.language == "es")
AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def test_what_the_platform_knows_is_filled_in_when_a_point_is_opened() -> None:
    procedure = busy().procedure
    known = {item.code + (item.role or ""): known_values(procedure, item, LOOK) for item in procedure.agenda}
    assert known["A01clerk"] == {"presiding": ELENA}
    assert known["A11applicant"] == {"speaker": ANXO}
    assert [row["person"] for row in known["A02clerk"]["persons"]] == [person.id for person in procedure.citizens]
    assert {row["method"] for row in known["A02clerk"]["persons"]} == {"both"}
    assert known["A04clerk"]["text_version"] == "2026-1"
    assert {"person": ANXO} in known["A04clerk"]["acknowledged"]


def test_what_was_typed_before_somebody_else_saved_the_point_can_still_be_read() -> None:
    act = conciliation()
    opened = [n for n, (event, _) in enumerate(act.events) if type(event).__name__ == "ItemOpened"]
    act.events = act.events[: opened[0] + 1]
    state = act.procedure
    running = state.open_item()
    assert running is not None
    field = next(f for f in state.type.item(running.code).fields if f.kind.value in ("text", "line"))
    shown = procedure_view(
        state, 9, state.hosts[0], LOOK, (), (running.id, {field.name: "Lo de otra persona"}), None,
        {field.name: "Lo que yo escribía"},
    )  # fmt: skip
    page = procedure_page(shown, LOOK)
    assert "Lo de otra persona" in page[page.index('<form id="form-') :]
    assert "Lo que yo escribía" in page[page.index('data-test="unsaved"') : page.index('<form id="form-')]


def test_what_is_to_be_read_out_is_before_whoever_reads_it() -> None:
    for look in (look for look in looks() if look.administration.id == "atlantia"):
        read = {
            item.code: form_view(procedure, item, {}, look, {}).to_read
            for procedure in (conciliation().procedure, victim_appointment().procedure)
            for item in procedure.agenda
        }
        notice, rights = " ".join(read["A04"]), victim_appointment().procedure.type.procedure.information.rights
        assert look.administration.data_protection.in_language(look.language) in notice
        assert text("pages.citizen.no_recording_by_you_why", look.language) in notice
        assert read["A06"] == tuple(one.in_language(look.language) for one in rights)
        assert read["A11"] == ()


def test_who_only_looks_is_not_told_to_sign_or_approve() -> None:
    state = approving().procedure
    row = register_row(state, seq=9, head="0" * 64)  # type: ignore[arg-type]

    def told(role: StaffRole) -> str:
        account = Account(
            id=AccountId("acc_9"), administration=row.administration, name="Uxía", email="u@x.example", roles=(role,),
            offices=row.offices,
        )  # fmt: skip
        view = board_view((row,), (), lambda *_: state.type.procedure, StaffSession("s", account, "c", "t", AT), LOOK)
        return view.to_sign[0].to_do

    assert told(StaffRole.CLERK) == "Lea y apruebe el acta."
    assert told(StaffRole.AUDITOR) != told(StaffRole.CLERK)
    assert "apruebe" not in procedure_view(state, 9, None, LOOK).next.words.split(".")[0].replace(
        "la apruebe quien", ""
    )
