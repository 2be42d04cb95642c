"""Signing by hand: what the browser encrypted is looked at from outside and stored; nobody here can open it."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from pydantic import Field, ValidationError

from api.commands.form_input import FormInput
from api.commands.json_forms import JsonForm
from api.commands.page_forms import PageForm
from api.deps import Case
from api.http.openapi import RequestBody
from domain.commands import Command, HandwriteSignature
from domain.errors import Refusal
from domain.ids import CommandId, Sha256
from domain.procedure.documents import DocumentRef
from domain.procedure.handwriting import IMAGE_BYTES, LEAST_STROKES, UNCOMPRESSED, HandwrittenSignature
from domain.refusals.handwriting import HANDWRITING_KEY_CHANGED, HANDWRITING_UNREADABLE
from domain.rules.handwriting import may_handwrite_signature

Fields = dict[str, Any]


class SentHandwriting(HandwrittenSignature, RequestBody):
    """What a browser or a system sends: a key that is not known is answered, since it may be strokes in the clear."""


def read_handwriting(text: str) -> SentHandwriting:
    """What a page sends. Raises `Refusal('handwriting_unreadable')`."""
    try:
        return SentHandwriting.model_validate_json(text)
    except ValidationError as error:
        raise Refusal(HANDWRITING_UNREADABLE) from error


async def stored(case: Case, command: HandwriteSignature, written: HandwrittenSignature) -> DocumentRef:
    """Where it is kept, once it is of whom and what the command says, to a key in use.

    Raises `Refusal`: the rule's, and `handwriting_unreadable`, `handwriting_key_changed`, `handwriting_empty`.
    """
    if (written.procedure, written.participant, written.document_sha256) != (
        case.id,
        command.participant,
        command.sha256,
    ):
        raise Refusal(HANDWRITING_UNREADABLE)
    if written.key not in {key.id for key in case.ports.handwriting_keys(case.row.administration)}:
        raise Refusal(HANDWRITING_KEY_CHANGED)
    written.refuse_without_ink()
    # The rule is asked before anything is stored: what is stored cannot be deleted for years (Object Lock).
    may_handwrite_signature((await case.progress()).procedure, command)
    return await case.ports.vault.put(case.id, written.canonical(), "application/json")


def _of(written: HandwrittenSignature) -> Fields:
    """The fields of the command that it says, with a place that is not one yet."""
    content = written.canonical()
    digest = Sha256(sha256(content).hexdigest())
    nowhere = DocumentRef(key="", version_id="", sha256=digest, size=len(content), media_type="application/json")
    return {"content": nowhere, "image_sha256": written.image_sha256, "key": written.key}


@dataclass(frozen=True)
class HandwritingForm(PageForm):
    """A form whose one large field was encrypted in the browser."""

    async def keep(self, case: Case, form: FormInput, command: Command) -> Command:
        """The command with what was stored for it."""
        assert isinstance(command, HandwriteSignature)
        return command.but(content=await stored(case, command, read_handwriting(form.field("handwriting"))))


def _typed(form: FormInput) -> Mapping[str, Any]:
    bound = {"document": form.field("document"), "sha256": form.field("sha256"), "participant": form.participant}
    return {**bound, **_of(read_handwriting(form.field("handwriting")))}


async def _with_stored(case: Case, said: Fields) -> Fields:
    written: HandwrittenSignature = said["handwriting"]
    fields = {**{name: value for name, value in said.items() if name != "handwriting"}, **_of(written)}
    author = case.author((await case.progress()).procedure)
    asked = HandwriteSignature(id=CommandId("asked-first"), author=author, **fields)
    return {**fields, "content": await stored(case, asked, written)}


_BLANK = bytes(IMAGE_BYTES)

EXAMPLE: Fields = {
    "procedure": "prc_0193f0a05b7c8c3e9d2b4a6c8e0f1a2b",
    "participant": "p1",
    "document_sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "image_sha256": sha256(_BLANK).hexdigest(),
    "key": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
    "image": b64encode(_BLANK).decode(),
    "strokes": b64encode(bytes([UNCOMPRESSED, *bytes(LEAST_STROKES)])).decode(),
}

PAGE = HandwritingForm(_typed)
JSON = JsonForm(
    without=frozenset({"content", "image_sha256", "key"}),
    instead={"handwriting": (SentHandwriting, Field(description="As a browser encrypts it."))},
    complete=_with_stored,
)
