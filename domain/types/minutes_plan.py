"""Who approves the minutes of a type, how they are written, and to whom they go."""

from pydantic import Field

from domain.base import Texts, Value
from domain.types.vocabulary import MailContent
from domain.types.wording import Wording


class MinutesPlan(Value):
    mode: str = Field(pattern=r"^(written|recording_is_acta|certificate|restricted_note)$")
    template: str
    titles: Texts | None = Field(default=None, exclude_if=lambda titles: titles is None)
    """What the record is called, where the template has no name of its own for it."""
    wording: tuple[Wording, ...] = Field(default=(), exclude_if=lambda wording: not wording)
    """Paragraphs of its own."""
    approver: str
    """Role code of who approves."""
    mail: MailContent
    mail_to: tuple[str, ...] = ()
    mail_documents: tuple[str, ...] = Field(default=(), exclude_if=lambda documents: not documents)
    """Codes of documents that travel with the minutes: what each party has to hold in their hands."""
