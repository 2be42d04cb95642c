"""What each person was shown, read and signed, step by step, as the journal tells it; and what was found of it."""

from collections.abc import Mapping
from typing import Any, Final

from evidence.account import Fact, SignatureAccount
from evidence.certificates import holder
from evidence.journal import Event
from evidence.opened import OpenedBundle
from evidence.pdf import SignedPdf
from evidence.plain import plain
from evidence.signed_revisions import SignedRevision, read_revisions
from evidence.signing_story import AUTHENTICATED, DECLINED, HANDWRITTEN, PAGE_READ, SIGNED
from evidence.taking_part import mapping, text

__all__ = ["called", "read_signatures", "stamps_of"]

SHOWN: Final = "document_presented"
CODE_SENT: Final = "pin_sent"
SEAL: Final = "seal"
STEPS: Final = {
    PAGE_READ: "page_read",
    "document_understood": "understood",
    HANDWRITTEN: "handwritten",
    DECLINED: "without_handwriting",
    AUTHENTICATED: "authenticated",
}


def read_signatures(
    bundle: OpenedBundle, names: Mapping[str, str], mechanisms: Mapping[str, Any]
) -> tuple[tuple[SignatureAccount, ...], tuple[SignatureAccount, ...]]:
    """The signatures in the order of the journal; and what was shown or read and not signed by whom it was shown to."""
    steps = _Steps(mechanisms)
    titles, revisions = _titles(bundle), read_revisions(bundle)
    signatures = []
    for event in bundle.events:
        data = bundle.opened(event) or {}
        steps.follow(event, data)
        if event.type != SIGNED:
            continue
        who, sha256 = text(data, "participant"), text(data, "original_sha256")
        revision = revisions.get(text(data, "signed_sha256"))
        means = text(data, "means") or "authenticated_act"
        signatures.append(
            SignatureAccount(
                document=plain(sha256),
                title=titles.get(text(data, "document")) or titles.get(sha256, ""),
                person=names.get(who, who),
                means=means,
                steps=(*steps.told.pop((who, sha256), []), Fact("sealed" if means == SEAL else "signed", event.at)),
                holder=_holder(revision),
                proven_at=_proven_at(revision),
                where=revision.where if revision else "",
            )
        )
    readings = (
        SignatureAccount(plain(sha256), titles.get(sha256, ""), names.get(who, who), "", tuple(told))
        for (who, sha256), told in steps.told.items()
    )
    return tuple(signatures), tuple(readings)


class _Steps:
    """Steps towards a signature, by person and document."""

    def __init__(self, mechanisms: Mapping[str, Any]) -> None:
        self.told: dict[tuple[str, str], list[Fact]] = {}
        self._mechanisms = mechanisms
        self._codes: dict[tuple[str, str], str] = {}

    def follow(self, event: Event, data: Mapping[str, Any]) -> None:
        who = text(data, "participant")
        sha256 = text(data, "document_sha256") or text(data, "sha256")
        if event.type == SHOWN:
            to = data.get("to")
            for name in to if isinstance(to, list) else ():
                self._add(str(name), sha256, Fact("shown", event.at))
        elif event.type == CODE_SENT:
            self._codes[who, text(data, "purpose")] = event.at
        elif event.type in STEPS:
            if event.type == AUTHENTICATED and (sent := self._codes.get((who, text(data, "document")))):
                self._add(who, sha256, Fact("code_sent", sent))
            self._add(who, sha256, Fact(STEPS[event.type], event.at, "", self._parameters(event, data)))

    def _add(self, who: str, sha256: str, fact: Fact) -> None:
        self.told.setdefault((who, sha256), []).append(fact)

    def _parameters(self, event: Event, data: Mapping[str, Any]) -> Mapping[str, str]:
        if event.type == PAGE_READ:
            return {"page": str(data.get("page"))}
        return called(text(data, "mechanism"), self._mechanisms) if event.type == AUTHENTICATED else {}


def called(mechanism: str, mechanisms: Mapping[str, Any]) -> dict[str, str]:
    """A mechanism by its code, and by the titles that the type gives it."""
    titles = mapping(mapping(mechanisms, mechanism), "titles")
    return {"mechanism": mechanism, **{f"mechanism_{language}": text(titles, language) for language in titles}}


def _titles(bundle: OpenedBundle) -> dict[str, str]:
    """Titles of documents by their name in the journal and by their digest."""
    found = {document.sha256: document.title for document in bundle.documents}
    for event in bundle.events:
        document = mapping(bundle.opened(event) or {}, "document")
        if document and text(document, "title"):
            found[text(document, "id")] = text(document, "title")
    return found


def stamps_of(pdf: SignedPdf) -> tuple[tuple[str, ...], tuple[str, str] | None]:
    """Times of the time-stamps of its signatures; and of the latest over the whole document, with its end."""
    own = [one.token.time.isoformat() for one in pdf.signatures if one.cms is not None and one.token is not None]
    whole = [one.token for one in pdf.signatures if one.cms is None and one.token is not None]
    if not whole:
        return tuple(own), None
    return tuple(own), (whole[-1].time.isoformat(), whole[-1].certificate.not_valid_after.isoformat())


def _holder(revision: SignedRevision | None) -> str:
    cms = revision.signature.cms if revision else None
    return plain(holder(cms.certificate)) if cms else ""


def _proven_at(revision: SignedRevision | None) -> str:
    token = revision.signature.token if revision else None
    return token.time.isoformat() if token else ""
