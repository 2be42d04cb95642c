"""The register against a real PostgreSQL: pages of lists, and changes as they happen."""

from collections.abc import Callable
from contextlib import aclosing
from datetime import timedelta
from typing import Any

import pytest

from adapters.postgres.database import Database
from adapters.postgres.journal import JournalPostgres
from adapters.postgres.keys import KeysPostgres
from adapters.postgres.register import RegisterPostgres
from domain.access.register import Board, RegisterChange
from domain.base import Texts
from domain.errors import PersonMustAct, Refusal
from domain.events.base import Event
from domain.events.closing import RecordAnchored
from domain.events.minutes import MinutesApproved, MinutesDrafted, MinutesSealed
from domain.events.signing import DocumentSigned
from domain.events.summons import ProcedureRequested
from domain.ids import AdministrationId, OfficeId, ParticipantId, ProcedureId, Sha256
from domain.journal.chain import ChainHead, JournalEntry, Stamp, advance, entry
from domain.journal.register import RegisterRow
from domain.procedure.documents import CaseDocument, DocumentRef
from domain.procedure.people import Participant
from domain.procedure.state import AnchorReceipt
from domain.types.agenda_plan import AgendaPlan, PlannedItem
from domain.types.identity_policy import IdentityPolicy
from domain.types.information import CitizenInformation
from domain.types.minutes_plan import MinutesPlan
from domain.types.procedure_type import (
    ProcedureType,
    ResolvedType,
    Role,
)
from domain.types.vocabulary import (
    Assurance,
    DocumentCharacter,
    Family,
    IdentityMethod,
    MailContent,
    Privacy,
    Publicity,
    RecordingPolicy,
    Side,
    SignatureMethod,
    Stage,
)
from tests.adapters.conftest import ORDERED, new_procedure
from tests.adapters.written import ATLANTIA, CANARY, NAME_KEY, NOON, chain, row_after

Place = Callable[..., Any]
CSV = "7K3M-Q9TD-04XF-22AB"


@pytest.fixture
def journal(database: Database, keys: KeysPostgres) -> JournalPostgres:
    return JournalPostgres(database, keys, NAME_KEY)


@pytest.fixture
def register(database: Database, keys: KeysPostgres, journal: JournalPostgres) -> RegisterPostgres:
    return RegisterPostgres(database, keys, journal, NAME_KEY)


@pytest.fixture
def entered(keys: KeysPostgres, journal: JournalPostgres) -> Place:
    """Enters a procedure in the register as the journal's writer does."""

    async def enter(**changes: Any) -> RegisterRow:
        procedure = await new_procedure(keys)
        line = chain(procedure, 1)[0]
        row = row_after(line, **changes)
        await journal.append([line], row)
        return row

    return enter


async def test_a_row_comes_back_whole_with_the_names_of_its_people(register: RegisterPostgres, entered: Place) -> None:
    row = await entered()
    assert await register.get(row.procedure) == row
    assert row.private.people[0].name == CANARY


async def test_a_procedure_that_is_not_there_is_none(register: RegisterPostgres) -> None:
    assert await register.get(ProcedureId("prc_none")) is None


async def test_a_board_shows_one_administration_office_body_stage_and_day(
    register: RegisterPostgres, entered: Place
) -> None:
    marina = await entered()
    hills = await entered(offices=(OfficeId("hills"), OfficeId("marina")), stage=Stage.INTERRUPTED)
    tomorrow = await entered(scheduled_at=NOON + timedelta(days=1), body="court-2")
    await entered(administration=AdministrationId("meseta"))

    async def shown(**query: Any) -> list[ProcedureId]:
        return [row.procedure for row in (await register.board(Board(administration=ATLANTIA, **query))).rows]

    assert set(await shown()) == {marina.procedure, hills.procedure, tomorrow.procedure}
    assert await shown(office="hills") == [hills.procedure]
    assert await shown(stages=(Stage.INTERRUPTED, Stage.CLOSED)) == [hills.procedure]
    assert await shown(body="court-2") == [tomorrow.procedure]
    assert await shown(since=NOON + timedelta(hours=1)) == [tomorrow.procedure]
    assert set(await shown(until=NOON + timedelta(hours=1))) == {marina.procedure, hills.procedure}


async def test_pages_show_every_row_once_in_order_of_schedule(register: RegisterPostgres, entered: Place) -> None:
    # Two at each hour: the cursor has to tell rows of the same instant apart.
    rows = [await entered(scheduled_at=NOON + timedelta(hours=n // 2)) for n in range(7)]
    seen: list[RegisterRow] = []
    cursor = None
    while True:
        page = await register.board(Board(administration=ATLANTIA), after=cursor, limit=3)
        seen += page.rows
        cursor = page.cursor
        if cursor is None:
            break
    assert seen == sorted(rows, key=lambda row: (row.scheduled_at, row.procedure))


@pytest.mark.parametrize("cursor", ["x", "bm90IGpzb24=", "WyJhIiwgImIiXQ==", "W10=", "ñ"])
async def test_a_cursor_that_is_none_of_ours_is_refused(register: RegisterPostgres, cursor: str) -> None:
    with pytest.raises(Refusal, match="bad_cursor"):
        await register.board(Board(administration=ATLANTIA), after=cursor)


async def test_a_regional_system_finds_its_own_procedure_only(register: RegisterPostgres, entered: Place) -> None:
    ours = await entered(external_id="EXP-1")
    theirs = await entered(external_id="EXP-1", administration=AdministrationId("meseta"))
    assert await register.by_external_id(ATLANTIA, "EXP-1") == ours
    assert await register.by_external_id(AdministrationId("meseta"), "EXP-1") == theirs
    assert await register.by_external_id(ATLANTIA, "EXP-2") is None


async def test_an_erased_procedure_stays_in_lists_without_people(
    register: RegisterPostgres, keys: KeysPostgres, entered: Place
) -> None:
    erased, other = await entered(), await entered()
    await keys.destroy(erased.procedure, *ORDERED)
    rows = {row.procedure: row for row in (await register.board(Board(administration=ATLANTIA))).rows}
    assert rows[erased.procedure].private.people == ()
    assert rows[other.procedure] == other


async def test_a_private_part_moved_to_another_row_does_not_open(
    register: RegisterPostgres, database: Database, entered: Place
) -> None:
    one, other = await entered(), await entered()
    await database.execute(
        "UPDATE register SET private = (SELECT private FROM register WHERE procedure = $1) WHERE procedure = $2",
        one.procedure,
        other.procedure,
    )
    with pytest.raises(PersonMustAct, match="content_altered"):
        await register.get(other.procedure)


# -- changes ---------------------------------------------------------------------------------------------------------


async def test_listeners_hear_of_every_change_and_of_no_repetition(
    register: RegisterPostgres, journal: JournalPostgres, procedure: ProcedureId
) -> None:
    written = chain(procedure, 3)
    async with aclosing(register.listen()) as one, aclosing(register.listen()) as other:
        assert (await anext(one), await anext(other)) == (None, None)
        for line in (written[0], written[0], written[1], written[2]):
            await journal.append([line], row_after(line, offices=("hills", "marina"), stage=Stage.IN_SESSION))
        for changes in (one, other):
            heard = [await anext(changes) for _ in range(3)]
            assert [change.seq for change in heard if isinstance(change, RegisterChange)] == [0, 1, 2]
        assert isinstance(heard[0], RegisterChange)
        assert (heard[0].procedure, heard[0].administration) == (procedure, ATLANTIA)
        assert (heard[0].offices, heard[0].stage) == (("hills", "marina"), Stage.IN_SESSION)


async def test_nothing_is_heard_of_a_change_that_was_refused(
    register: RegisterPostgres, journal: JournalPostgres, procedure: ProcedureId
) -> None:
    written, rival = chain(procedure, 2), chain(procedure, 1, note="rival")
    await journal.append(written[:1], row_after(written[0]))
    async with aclosing(register.listen()) as changes:
        assert await anext(changes) is None
        with pytest.raises(PersonMustAct):
            await journal.append(rival, row_after(rival[0]))
        await journal.append(written[1:], row_after(written[1]))
        heard = await anext(changes)
        assert isinstance(heard, RegisterChange)
        assert heard.seq == 1


# -- public verification ---------------------------------------------------------------------------------------------


SEALED = DocumentRef(key="k", version_id="v", sha256=Sha256("5" * 64), size=9, media_type="application/pdf", pages=1)
ANCHOR = AnchorReceipt(chain_id=31337, contract="0xc", tx="0xt", block=7, root=Sha256("6" * 64), anchored_at=NOON)


def story(procedure: ProcedureId, privacy: Privacy, *, sealed: bool = True) -> list[JournalEntry]:
    """A journal in which minutes are drafted, approved, signed by the body, sealed and anchored."""
    original = SEALED.but(sha256=Sha256("4" * 64))
    minutes = CaseDocument(
        id="d1",
        code="minutes",
        title="Acta",
        character=DocumentCharacter.ORIGINAL,
        original=original,
        current=original,
    )
    events: list[Event] = [
        requested(procedure, privacy),
        MinutesDrafted(draft=original, csv=CSV),
        MinutesApproved(document=minutes),
    ]
    if sealed:
        events += [
            DocumentSigned(
                document="d1",
                original_sha256=original.sha256,
                signed_sha256=SEALED.sha256,
                signed=SEALED,
                participant="body",
                means=SignatureMethod.SEAL,
                level="B-T",
            ),
            MinutesSealed(),
            RecordAnchored(receipt=ANCHOR),
        ]
    head, lines = ChainHead(), []
    for event in events:
        line = entry(
            head,
            procedure=procedure,
            seed=b"s" * 32,
            stamp=Stamp(actor="acc_1", role="clerk", at=NOON + timedelta(minutes=head.next_seq)),
            type=event.type,
            content=event.content(),
            subjects=event.subjects(),
            build="test",
        )
        head = advance(head, line)
        lines.append(line)
    return lines


def requested(procedure: ProcedureId, privacy: Privacy) -> ProcedureRequested:
    texts = Texts({"es": "Acta de conciliación", "en": "Conciliation minutes"})
    kind = ProcedureType(
        id="conciliation",
        code="P3",
        version=1,
        family=Family.ADR,
        titles=texts,
        legal_basis=("law",),
        information=CitizenInformation(summary=texts),
        roles=tuple(Role(code=side.value, titles=texts, side=side, hosts=side is Side.AUTHORITY) for side in Side),
        identity=IdentityPolicy(methods=(IdentityMethod.PIN_TO_MOBILE,), minimum=Assurance.LOW),
        recording=RecordingPolicy.FORBIDDEN,
        privacy=privacy,
        publicity=Publicity.CLOSED,
        agenda=AgendaPlan(planned=(PlannedItem(item="A01"),)),
        minutes=MinutesPlan(mode="written", template="minutes", approver="authority", mail=MailContent.NONE),
        outcomes={"done": texts},
        retention_years=5,
    )
    return ProcedureRequested(
        id=procedure,
        resolved_type=ResolvedType(procedure=kind, items={}),
        administration=ATLANTIA,
        body="court-1",
        office=OfficeId("marina"),
        case_number="12/2026",
        scheduled_at=NOON,
        participants=(Participant(id=ParticipantId("p1"), role="citizen", name=CANARY),),
    )


async def test_sealed_minutes_are_verified_by_their_code(
    register: RegisterPostgres, journal: JournalPostgres, procedure: ProcedureId
) -> None:
    lines = story(procedure, Privacy.ORDINARY)
    await journal.append(lines, row_after(lines[-1], csv=CSV))
    said = await register.verification(CSV)
    assert said is not None
    assert said.sha256 == SEALED.sha256
    assert said.sealed_at == NOON + timedelta(minutes=4)
    assert said.titles["en"] == "Conciliation minutes"
    assert (said.body, said.anchor) == ("court-1", ANCHOR)


@pytest.mark.parametrize("privacy", [Privacy.RESTRICTED, Privacy.PROTECTED])
async def test_of_protected_minutes_only_hash_and_hour_are_told(
    register: RegisterPostgres, journal: JournalPostgres, procedure: ProcedureId, privacy: Privacy
) -> None:
    lines = story(procedure, privacy)
    await journal.append(lines, row_after(lines[-1], csv=CSV, privacy=privacy))
    said = await register.verification(CSV)
    assert said is not None
    assert said.model_dump(exclude={"sha256", "sealed_at"}) == {"titles": {}, "body": None, "anchor": None}
    assert said.sha256 == SEALED.sha256


async def test_an_unknown_code_says_nothing(register: RegisterPostgres) -> None:
    assert await register.verification("0000-0000-0000-0000") is None
    assert await register.by_csv("0000-0000-0000-0000") is None


async def test_minutes_that_are_not_sealed_cannot_be_verified(
    register: RegisterPostgres, journal: JournalPostgres, procedure: ProcedureId
) -> None:
    lines = story(procedure, Privacy.ORDINARY, sealed=False)
    # Even if a row carried the code too early, the journal decides.
    await journal.append(lines, row_after(lines[-1], csv=CSV))
    assert await register.verification(CSV) is None
