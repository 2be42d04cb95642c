"""What a procedure type says of documents: which there are, when they are written, and who signs them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from pydantic import Field

from domain.base import Texts, Value
from domain.types.signature_levels import SignatureLevel
from domain.types.vocabulary import DocumentCharacter, DocumentSource, SignatureMethod


class WrittenWhen(StrEnum):
    """The moment at which a generated document is written."""

    DONE = "done"
    """Its item is done: what was put down becomes a document."""
    OPENED = "opened"
    """Its item is opened: the minutes as they stand, to be read before they are approved."""
    UNSIGNED = "unsigned"
    """Somebody did not sign the minutes: who, and why."""


class Register(StrEnum):
    """A register outside in which the platform has something entered."""

    POWERS = "powers"
    """Of powers of attorney for court. Law: RDL 6/2023 art. 74."""
    CIVIL = "civil"
    """The civil registry: births that are declared. Law: LRC arts. 44 and 47."""


class EntryPlan(Value):
    """In which register a document is entered by the platform, once everybody of its plan has signed it."""

    where: Register
    noted_in: str
    """Code of the item in which the number of the entry is noted: it comes filled in; by hand where it is refused."""
    legal_basis: str = Field(min_length=3, max_length=120)
    ends: bool = Field(default=False, exclude_if=lambda ends: not ends)
    """What is entered ends something that stands there: a revocation. The register is asked afterwards what stands."""
    unless: Mapping[str, tuple[str, ...]] = Field(default_factory=dict, exclude_if=lambda choices: not choices)
    """Choices of `from_item`, by field, with which the law wants something else first: it is entered by hand then."""


class SearchPlan(Value):
    """In which register what a document asks about is looked for by the platform, once everybody has signed it."""

    where: Register
    noted_in: str
    """Code of the item that tells what stands there: it comes filled in; by hand where nothing came."""
    legal_basis: str = Field(min_length=3, max_length=120)


class DocumentPlan(Value):
    """A document that this procedure knows: brought by somebody, or written by the platform."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    titles: Texts
    titles_when: dict[str, dict[str, Texts]] = Field(default={}, exclude_if=lambda titles: not titles)
    """A field of kind `choice` of `from_item` -> its choices -> what the document is called instead once it says so."""
    source: DocumentSource
    character: DocumentCharacter
    template: str | None = None
    """For generated ones: the name under `templates/skeletons/documents/`."""
    from_item: str | None = None
    """For generated ones: the agenda item that produces it."""
    only: tuple[str, ...] = Field(default=(), exclude_if=lambda names: not names)
    """Fields of `from_item` that it tells, and no other: what is confidential stays out of it. Empty: all."""
    written_when: WrittenWhen = Field(default=WrittenWhen.DONE, exclude_if=lambda when: when is WrittenWhen.DONE)
    required: bool = False
    commits_to: tuple[str, ...] = Field(default=(), exclude_if=lambda outcomes: not outcomes)
    """Outcomes that do not contradict it: once everybody of the plan has signed it, the act ends with one of these."""
    entered_in: EntryPlan | None = Field(default=None, exclude_if=lambda plan: plan is None)
    """The register in which it is entered."""
    searched_in: SearchPlan | None = Field(default=None, exclude_if=lambda plan: plan is None)
    """The register in which the entry is looked for of which it asks a certificate."""

    def titled(self, values: Mapping[str, Any]) -> Texts:
        """What it is called once its item says `values`: a decree, an order."""
        chosen = (titles.get(str(values.get(field))) for field, titles in self.titles_when.items())
        return next((titles for titles in chosen if titles), self.titles)


class SignaturePlan(Value):
    """Who signs which document, how, and in which order (the order of the lines)."""

    document: str
    signers: tuple[str, ...] = Field(min_length=1)
    """Role codes; `body` is the seal of the justice body."""
    method: SignatureMethod
    level: SignatureLevel = SignatureLevel.B_T
    each_their_own: bool = Field(default=False, exclude_if=lambda own: not own)
    """Each of `signers` signs the documents of their own items alone."""
    handwriting: bool = Field(default=False, exclude_if=lambda asked: not asked)
    """At an office whoever signs without a certificate is also asked to sign by hand on the screen, and may do without.
    Law: RDL 6/2023 art. 29.3."""
