"""Every page as people may meet it: sample acts at every event of their story, in both languages and both images."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import agenda_types
import procedure_types
import territories
from api.access.session import StaffSession
from api.http.problems import problem_text
from api.pages.again import Fault
from api.pages.board.asking import places_of_roles
from api.pages.board.lists import Day
from api.pages.board.view import board_view
from api.pages.citizen.view import STEPS, citizen_view
from api.pages.procedure.access_view import Looked
from api.pages.procedure.documents_view import DocumentView
from api.pages.procedure.items_view import empty_fields
from api.pages.procedure.people_view import person_view
from api.pages.procedure.view import procedure_view
from api.pages.rendering import PageContext, render, seat_of_device
from domain.access.accounts import Account
from domain.access.register import Verification
from domain.actions.help import HelpRequested
from domain.errors import Refusal
from domain.events import fold
from domain.events.documents import DocumentPageRead, DocumentPresented, DocumentUnderstood
from domain.events.identity import IdentityRejected, PinFailed, PinSent, StillCaptured
from domain.events.minutes import MinutesCorrected, MinutesDrafted
from domain.ids import AccountId, AdministrationId, Sha256
from domain.journal.register import register_row
from domain.languages import BASE_LANGUAGES
from domain.procedure.minutes import Heading, Paragraph, Table, WrittenDocument
from domain.procedure.state import Procedure
from domain.refusals.agenda import ITEM_STILL_OPEN
from domain.types.procedure_type import ProcedureType
from domain.types.territory import Administration
from domain.types.vocabulary import StaffRole
from tests.pages.administering import a_device, pages_of_administrators
from tests.pages.calling import calls_of, welcoming
from tests.pages.identifying_with_advice import WITH_ADVICE
from tests.pages.own_account import PASSKEY_ASKED
from tests.pages.placed import LOOKED_AT_PLACE
from tests.pages.recorded import ERASED, WATCHED
from tests.templates.samples import Act, conciliation, document_ref, hearing, life_certificate, victim_appointment

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@cache
def administrations() -> dict[AdministrationId, Administration]:
    return dict(territories.load(types=procedure_types.load(items=agenda_types.load())))


def looks() -> Iterator[PageContext]:
    """Both images, both languages."""
    for administration in administrations().values():
        for language in BASE_LANGUAGES:
            yield PageContext(
                language,
                administration,
                csrf="c" * 43,
                role="staff",
                name="Elena Souto Rial",
                roles=("clerk", "office"),
            )


def busy() -> Act:
    """A conciliation with everything in it that a page may have to show besides the ordinary story."""
    act = conciliation()
    citizen = act.procedure.citizens[0].id
    held = [entry for entry in act.events if type(entry[0]).__name__ not in ("DocumentSigned", "SessionClosed")]
    act.events = held[: next(n for n, (event, _) in enumerate(held) if type(event).__name__ == "DocumentWritten") + 1]
    document = act.procedure.documents[-1]
    bound: dict[str, Any] = {"document": document.id, "participant": citizen}
    act.then(HelpRequested(participant=citizen))
    act.then(DocumentPresented(document=document.id, sha256=document.original.sha256, to=(citizen,)))
    for page in range(1, (document.original.pages or 1) + 1):
        act.then(DocumentPageRead(**bound, document_sha256=document.original.sha256, page=page))
    act.then(DocumentUnderstood(**bound, sha256=document.original.sha256))
    act.then(PinSent(participant=citizen, challenge="c1", purpose=document.id, expires_at=AT + timedelta(minutes=5)))
    return act.then(PinFailed(participant=citizen, challenge="c1", left=2))


def identifying() -> Act:
    """Caller is in the room: a still to judge, a document rejected, a PIN that is out."""
    act = conciliation()
    names = [type(event).__name__ for event, _ in act.events]
    act.events = act.events[: names.index("IdentityConfirmed")]
    citizen = act.procedure.citizens[0].id
    act.then(StillCaptured(participant=citizen, still=document_ref("still")))
    act.then(
        IdentityRejected(participant=citizen, reason="No se lee"),
        StillCaptured(participant=citizen, still=document_ref("s2")),
    )
    return act.then(PinSent(participant=citizen, challenge="c2", purpose="identity", expires_at=AT))


def approving() -> Act:
    act = conciliation()
    act.then(MinutesDrafted(draft=document_ref("draft"), csv="ES00-AAAA"))
    return act.then(MinutesCorrected(block="b2", before="Reconoce.", after="Reconoce las obras.", reason="Faltaba"))


DRAFT = WrittenDocument(
    title="Acta",
    language="es",
    administration="A",
    body="B",
    reference="31/2026",
    blocks=(
        Heading(id="b1", level=2, text="Comparecen"),
        Paragraph(id="b2", text="Reconoce.", events=(3, 4)),
        Table(id="b3", caption="Datos", header=("Dato", "Contenido"), rows=(("Fecha", "22"),)),
    ),
)

LOOKED = Looked("Iria Outeiro", "Clerk", "La página del acto", "Oficio", 12, AT, AT)
STORIES = (
    *(conciliation, busy, identifying, *WITH_ADVICE),
    *(approving, hearing, life_certificate, victim_appointment),
)


def moments() -> Iterator[tuple[Act, Procedure, int]]:
    """Every sample act at every one of its events."""
    for story in STORIES:
        act = story()
        for count in range(2, len(act.events) + 1):
            yield act, fold(act.events[:count]), count


def of_procedure(act: Act, state: Procedure, count: int, context: PageContext) -> Iterator[tuple[str, str]]:
    """Every page that shows this state: (name, HTML)."""
    seat = state.hosts[0]
    running = state.open_item()
    draft = DRAFT if state.minutes and not state.minutes.approved_at else None
    entries = act.journal[:count]
    shown = procedure_view(
        state, count - 1, seat, context, entries, (running.id, running.values) if running else None, draft
    )
    document = next((paper for paper in reversed(shown.documents) if paper.has_copy), None)
    common: dict[str, Any] = {"path": "/x"}
    yield "procedure", render(
        "procedure.html", context, shown=shown, view="both" if document else "video", document=document, page_number=1,
        may_hold=True, erased=None, **common,
    )  # fmt: skip
    yield "evidence", render(
        "evidence.html", context, filed=True, shown=shown, procedure=state, entries=entries, head="0" * 64,
        accesses=(LOOKED,), asked_why=True, **common,
    )  # fmt: skip
    for name, watched in (("recording", WATCHED), ("recording-erased", ERASED)):
        yield name, render("recording.html", context, id=state.id, heading=shown.heading, **watched, **common)
    for person in state.citizens:
        for step in (*STEPS, "end"):
            view = citizen_view(state, person, step, context)
            yield (
                f"citizen-{step}",
                render(f"citizen_{step}.html", context, shown=view, text_version="1", countdown=120, qr="", **common),
            )


def of_lists(context: PageContext) -> Iterator[tuple[str, str]]:
    """Pages that show no single procedure."""
    rows = [register_row(state, seq=count, head="0" * 64) for _, state, count in moments()]  # type: ignore[arg-type]
    rows = [row.but(procedure=f"prc_{number:032x}") for number, row in enumerate(rows)][::7]
    kinds = {state.type.procedure.id: state.type.procedure for _, state, _ in moments()}

    def kind_of(id: str, version: int) -> ProcedureType:
        return kinds[id]

    offices = tuple({office for row in rows for office in row.offices})

    def staff(role: StaffRole) -> StaffSession:
        account = Account(
            id=AccountId("acc_9"), administration=rows[0].administration, name="Uxía", email="u@x.example",
            roles=(role,), offices=offices,
        )  # fmt: skip
        return StaffSession("s", account, "c", "t", AT)

    for role in (StaffRole.CLERK, StaffRole.OFFICE):
        view = board_view(rows, rows, kind_of, staff(role), context)
        template = "board.html" if role is StaffRole.CLERK else "desk.html"
        yield template[:-5], render(
            template, context, shown=view, at=AT, may_act=True, office="Oficina", answer="elsewhere", number="",
            day=Day.at(AT, context), more="next", **calls_of(context),
            path=f"/{template[:-5]}",
        )  # fmt: skip
    found = board_view((), rows, kind_of, staff(StaffRole.CLERK), context)
    for name, shown in (("found", found), ("found-none", None)):
        yield name, render("found.html", context, name="Lago", shown=shown, at=AT, more="next", path="/board/names")
    yield from _simple(context)
    yield from _asking(context)
    state = identifying().then(LOOKED_AT_PLACE).procedure
    people = [person_view(state, person, context) for person in state.citizens]
    paper = DocumentView(
        id="d1", title="Presupuesto", pages=2, sha256="a" * 64, short="aaaa aaaa", character="copia", deposited=True,
        receipt=True, brought=2, signed_before=True, lines=(), signable_here=False, complete=False,
        scans=("Sin analizar, porque aquí no hay antivirus",),
    )  # fmt: skip
    visit = {"id": state.id, "deposits": (("exhibit", "Documento"),), "citizens": (("p1", "Anxo"),), "papers": (paper,)}
    for here in (context, replace(context, scanner="http://127.0.0.1:17070")):
        yield "visit", render(
            "visit.html", here, shown=visit, people=people, title="Acto", number="31/2026", at=AT, stage="in_session",
            stage_words="En sesión", may_upload=True, path="/desk/x",
        )  # fmt: skip


def _asking(context: PageContext) -> Iterator[tuple[str, str]]:
    """The form by which staff ask for an act that declares something, with somebody in each role."""
    kind = conciliation().procedure.type
    admission = kind.procedure.validity.admission
    assert admission is not None
    some = (("conciliation", "Acto de conciliación"), ("mediation", "Mediación"))
    yield "ask", render("ask.html", context, kinds=some, path="/ask")
    yield "ask-for", render(
        "ask_for.html", context, kind="conciliation", title="Conciliación", item="Objeto y partes", directs=True,
        fields_asked=empty_fields(kind.item(admission.item), context), bodies=some, offices=some, own="mediation",
        roles=places_of_roles(kind, context), refusal=None, path="/ask/conciliation",
    )  # fmt: skip


def _simple(context: PageContext) -> Iterator[tuple[str, str]]:
    some = (("life_certificate", "Fe de vida"), ("appointment", "Cita"))
    yield "walk-in", render(
        "walk_in.html", context, kinds=some, bodies=some, soon="2026-11-22T10:30", refusal=None, kind="", path="/",
    )  # fmt: skip
    yield "walk-in-slip", render(
        "walk_in_slip.html", context, id="prc_1", name="Ana Ruiz", at=AT, title="Fe de vida", code="GY0Y-AXQX-W5AH",
        body="Registro Civil", office="Vilar", others=(("p2", "Anxo Lago"),), path="/walk-in/prc_1",
    )  # fmt: skip
    yield from welcoming(context)
    yield "check", render("check.html", context, path="/check")
    for link in ("", "a" * 43):
        seat = seat_of_device(context.administration, a_device(context), context.language)
        yield "office-computer", render("office_computer.html", context, seat=seat, link=link, path="/")
    ours = context.administration
    for after, providers, left in (("", [], None), ("/board", [ours], None), ("", [ours], ours)):
        shown = {"next": after, "providers": providers, "passwords": True, "left": left, "chosen": not after}
        yield "sign-in", render("sign_in.html", context, path="/staff", **shown)
    for passkey in PASSKEY_ASKED:
        yield "passkey", render("passkey.html", context, path="/staff", **passkey)
    yield "account-shown", render("account_shown.html", context, goal="/procedures/x", minutes=5, path="/account")
    known = Verification(sha256=Sha256("a" * 64), sealed_at=AT, titles={"es": "Conciliación"}, body="b")
    for given, mistyped, code in ((known, False, "ES12"), (None, True, ""), (None, False, "ES12"), (None, False, "")):
        yield "verify", render(
            "verify.html", context, typed=code, mistyped=mistyped, code=code, known=given, body="Juzgado",
            path="/verificar",
        )  # fmt: skip
    refusal = problem_text(Refusal(ITEM_STILL_OPEN, item="A11"), context.language)
    yield "problem", render(
        "problem.html", context, refusal=refusal, field="item", faults=(Fault("item", "Elija."),), saved=None,
        ours=False, back="/board", path="/x",
    )  # fmt: skip
    yield from pages_of_administrators(replace(context, roles=("administrator",)))
