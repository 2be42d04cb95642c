"""A type is rehearsed: scripted people hold it in memory, and its minutes are written from what they did."""

from dataclasses import dataclass
from datetime import datetime

from domain.errors import Refusal
from domain.procedure.minutes import Paragraph, WrittenDocument
from domain.procedure.state import Procedure
from domain.types.procedure_type import ResolvedType
from domain.types.territory import Administration
from domain.types.vocabulary import Family, Side
from rehearsal.acting import Play
from rehearsal.casting import request
from rehearsal.in_memory import MemoryCourtroom, TooLong
from templates.minutes import draft_minutes
from templates.texts import text

DEPOSITED = "exhibit"
"""What scripted people bring, where the type takes papers."""


@dataclass(frozen=True)
class Rehearsal:
    """How far they came."""

    procedure: Procedure
    """As they left it."""
    court: MemoryCourtroom
    refusal: Refusal | None = None
    """What refused them; None: they reached the end."""
    too_long: bool = False
    rehearsable: bool = True
    """False for requests to other States: what follows there is the answer of somebody else."""

    @property
    def held(self) -> bool:
        return self.refusal is None and not self.too_long and self.rehearsable

    @property
    def item(self) -> str | None:
        """The code of the item that was open when they were refused."""
        running = self.procedure.open_item()
        return running.code if running else None

    @property
    def items(self) -> tuple[tuple[str, str], ...]:
        """Each item with what became of it."""
        return tuple((item.code, item.state.value) for item in self.procedure.agenda)


async def rehearse(resolved: ResolvedType, administration: Administration, at: datetime, language: str) -> Rehearsal:
    """From the arrival to the last signature, beginning at `at`. In seconds; nothing is kept."""
    kind = resolved.procedure
    accounts = {role.code: f"acc_{role.code}" for role in kind.roles if role.side is Side.AUTHORITY}
    asked = request(
        resolved, administration, id=f"prc_{0:032x}", scheduled_at=at, accounts=accounts, language=language,
    )  # fmt: skip
    court = MemoryCourtroom(asked, at)
    if kind.family is Family.COOPERATION:
        return Rehearsal(await court.procedure(), court, rehearsable=False)
    play = Play(court, "rehearsal", paper=b"paper" if kind.document(DEPOSITED) else None)
    try:
        await _act(play)
    except Refusal as refusal:
        return Rehearsal(await court.procedure(), court, refusal)
    except TooLong:
        return Rehearsal(await court.procedure(), court, too_long=True)
    return Rehearsal(await court.procedure(), court)


async def _act(play: Play) -> None:
    await play.arrive()
    await play.enter()
    await play.identify()
    await play.hold_agenda()
    await play.close()
    await play.approve_and_sign()


def sample_of(rehearsal: Rehearsal, administration: Administration, language: str) -> WrittenDocument:
    """Its minutes, marked as a rehearsal where every page says what it is, and in its first paragraph."""
    words = draft_minutes(rehearsal.procedure, administration, rehearsal.court.entries, language)
    mark = text("minutes.rehearsal.mark", language)
    first = Paragraph(id="rehearsal", text=text("minutes.rehearsal.what", language))
    return words.but(
        title=f"{mark}: {words.title}", reference=f"{mark} · {words.reference}", body=f"{mark} · {words.body}",
        blocks=(first, *words.blocks),
    )  # fmt: skip
