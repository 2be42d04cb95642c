"""What somebody else saved while one was writing: shown beside one's own text, which stays in its form."""

from dataclasses import dataclass
from datetime import datetime

from api.commands.form_input import FormInput
from api.deps import Case
from api.pages.procedure.items_view import said
from api.pages.rendering import PageContext
from domain.errors import Refusal
from domain.ids import AccountId
from domain.refusals.agenda import ITEM_SAVED_MEANWHILE
from domain.refusals.minutes import PARAGRAPH_CORRECTED_MEANWHILE


@dataclass(frozen=True)
class SavedMeanwhile:
    by: str
    at: datetime | None
    lines: tuple[tuple[str, str], ...]
    """(label, text)."""
    revision: int
    """With which one's own text is sent again, now that this was seen."""
    before: str = ""
    """What a paragraph says now."""


async def saved_meanwhile(case: Case, form: FormInput, refusal: Refusal) -> SavedMeanwhile | None:
    """None unless that is why it was refused."""
    procedure = (await case.progress()).procedure
    context = PageContext(case.language, case.territory).held_at(procedure.office)
    if refusal.code == ITEM_SAVED_MEANWHILE.code:
        item = procedure.item(form.field("item"))
        lines = said(procedure, item, item.values, context)
        return SavedMeanwhile(await _name(case, item.saved_by), item.saved_at, lines, item.revision)
    if refusal.code == PARAGRAPH_CORRECTED_MEANWHILE.code and procedure.minutes:
        known = [c for c in procedure.minutes.corrections if c.block == form.field("block")]
        last = known[-1]
        return SavedMeanwhile(await _name(case, last.by), last.at, (("", last.after),), len(known), last.after)
    return None


async def _name(case: Case, author: str | None) -> str:
    account = await case.ports.accounts.get(AccountId(author)) if author else None
    return account.name if account else ""
