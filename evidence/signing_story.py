"""The story of each signature as the journal tells it: which pages were read, who authenticated, what was
signed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

from evidence.canonical import Malformed
from evidence.journal import Event
from evidence.layout import EVENTS, OPENINGS
from evidence.opened import OpenedBundle
from evidence.shapes import Shape

__all__ = [
    "DECLINED",
    "HANDWRITTEN",
    "Authentication",
    "ByHand",
    "Means",
    "PageRead",
    "Signing",
    "SigningStory",
    "read_story",
]

PAGE_READ: Final = "document_page_read"
AUTHENTICATED: Final = "signature_authenticated"
SIGNED: Final = "document_signed"
HANDWRITTEN: Final = "signature_handwritten"
DECLINED: Final = "handwriting_declined"
TAKEN_OVER: Final = "seat_taken_over"
STORY: Final = frozenset({PAGE_READ, AUTHENTICATED, SIGNED, HANDWRITTEN, DECLINED})


class Means(StrEnum):
    """How the person signed."""

    AUTHENTICATED_ACT = "authenticated_act"
    """Without a certificate of their own: identity proved afresh, then an explicit act."""
    OWN_CERTIFICATE = "own_certificate"
    """With their own certificate: the signature speaks for itself."""
    SEAL = "seal"
    """Sealed by the body: nobody's act, and no record."""


@dataclass(frozen=True, slots=True)
class PageRead:
    seq: int
    participant: str
    document_sha256: str
    page: int


@dataclass(frozen=True, slots=True)
class Authentication:
    seq: int
    participant: str
    document_sha256: str
    mechanism: str


@dataclass(frozen=True, slots=True)
class Signing:
    seq: int
    participant: str
    original_sha256: str
    signed_sha256: str
    means: Means
    spoken: bool
    """Both hashes stand among the event's subjects, where they count even if the data are withheld."""
    level: str
    """Of the signature (ETSI EN 319 142-1), as the journal announces it; empty when it does not."""

    @property
    def where(self) -> str:
        return f"{EVENTS}#{self.seq}"


@dataclass(frozen=True, slots=True)
class ByHand:
    """Somebody signed by hand too, or said that they do without: then there is no digest."""

    seq: int
    participant: str
    document_sha256: str
    sha256: str = ""
    image_sha256: str = ""
    key: str = ""


@dataclass(frozen=True)
class SigningStory:
    """All of it, in the order of the journal."""

    reads: tuple[PageRead, ...]
    authentications: tuple[Authentication, ...]
    signings: tuple[Signing, ...]
    by_hand: tuple[ByHand, ...]
    left: tuple[tuple[int, str], ...]
    """When somebody else sat down as whom: what one hand wrote is not signed by the next."""
    untold: tuple[int, ...]
    """Events of the story whose data are not in the bundle."""

    @cached_property
    def _by_reader(self) -> Mapping[tuple[str, str], list[PageRead]]:
        found: dict[tuple[str, str], list[PageRead]] = {}
        for read in self.reads:
            found.setdefault((read.participant, read.document_sha256), []).append(read)
        return found

    def reads_of(self, participant: str, document_sha256: str) -> Sequence[PageRead]:
        """What this person read of this document."""
        return self._by_reader.get((participant, document_sha256), ())

    def by_hand_before(self, signing: Signing) -> ByHand | None:
        """What the signer last did of it, where they were when they signed."""
        since = max((seq for seq, who in self.left if who == signing.participant and seq < signing.seq), default=-1)
        of_signing = (signing.participant, signing.original_sha256)
        found = [one for one in self.by_hand if (one.participant, one.document_sha256) == of_signing]
        return next((one for one in reversed(found) if since < one.seq < signing.seq), None)


def read_story(bundle: OpenedBundle) -> SigningStory:
    """Collect the story from the events and their openings; `Malformed` when the data of one lack a field."""
    told = list(_told(bundle))
    return SigningStory(
        reads=tuple(_page_read(event, shape) for event, shape in told if event.type == PAGE_READ),
        authentications=tuple(_authentication(event, shape) for event, shape in told if event.type == AUTHENTICATED),
        signings=tuple(_signing(event, shape) for event, shape in told if event.type == SIGNED),
        by_hand=tuple(_by_hand(event, shape) for event, shape in told if event.type in (HANDWRITTEN, DECLINED)),
        left=tuple((event.seq, shape.text("participant")) for event, shape in told if event.type == TAKEN_OVER),
        untold=tuple(event.seq for event in bundle.events if event.type in STORY and bundle.opened(event) is None),
    )


def _told(bundle: OpenedBundle) -> Iterator[tuple[Event, Shape]]:
    for event in bundle.events:
        data: Mapping[str, Any] | None = bundle.opened(event)
        if data is not None:
            yield event, Shape(dict(data), f"{OPENINGS}#{event.seq}")


def _page_read(event: Event, data: Shape) -> PageRead:
    return PageRead(event.seq, data.text("participant"), data.digest("document_sha256"), data.integer("page"))


def _authentication(event: Event, data: Shape) -> Authentication:
    return Authentication(event.seq, data.text("participant"), data.digest("document_sha256"), data.text("mechanism"))


def _by_hand(event: Event, data: Shape) -> ByHand:
    who, document = data.text("participant"), data.digest("document_sha256")
    if event.type == DECLINED:
        return ByHand(event.seq, who, document)
    kept = data.shape("handwriting", frozenset(data.value.get("handwriting") or ()))
    return ByHand(event.seq, who, document, kept.digest("sha256"), data.digest("image_sha256"), data.digest("key"))


def _signing(event: Event, data: Shape) -> Signing:
    try:
        means = Means(data.value.get("means", Means.AUTHENTICATED_ACT))
    except ValueError:
        raise Malformed(data.where, "FIELD_WRONG", field="means") from None
    original, signed = data.digest("original_sha256"), data.digest("signed_sha256")
    spoken = {original, signed} <= set(event.subjects)
    level = data.value.get("level")
    announced = level if isinstance(level, str) else ""
    return Signing(event.seq, data.text("participant"), original, signed, means, spoken, announced)
