"""What a PDF can hold that paper cannot: it may show something else tomorrow, though every signature holds."""

from collections.abc import Iterator
from typing import Any, Final

from evidence.limits import MAX_NAME_TREE_DEPTH
from evidence.stamps import pages_of

__all__ = ["warnings_of"]

STILL: Final = frozenset({"/Link", "/Widget"})
"""Annotations that show nothing of their own, but for the stamps of signatures, which are checked as such."""


def warnings_of(root: Any) -> tuple[str, ...]:
    """Codes of what a judge should know about the document's own content."""
    form = _at(root, "/AcroForm", {})
    fields = list(_fields(_at(form, "/Fields", ())))
    pages = list(pages_of(root))
    annotations = [one.get_object() for page in pages for one in _at(page, "/Annots", ())]
    holders = [root, *pages, *fields, *annotations]
    found = {
        "DOCUMENT_HAS_SCRIPTS": _runs(root) or any("/AA" in one or _acts(one, "/A") for one in holders),
        "DOCUMENT_HAS_LAYERS": "/OCProperties" in root,
        "DOCUMENT_HAS_FORM": "/XFA" in form or any(_kind(field) != "/Sig" for field in fields),
        "DOCUMENT_HAS_EMPTY_SIGNATURE": any(_kind(field) == "/Sig" and "/V" not in field for field in fields),
        "DOCUMENT_HAS_NOTES": any(_at(one, "/Subtype", "") not in STILL for one in annotations),
    }
    return tuple(code for code, is_so in found.items() if is_so)


def _runs(root: Any) -> bool:
    return "/JavaScript" in _at(root, "/Names", {}) or _acts(root, "/OpenAction")


def _acts(holder: Any, key: str) -> bool:
    """An action other than going to a place of the document; a link to an address on the web is told by its text."""
    action = _at(holder, key, None)
    return isinstance(action, dict) and _at(action, "/S", "/GoTo") not in ("/GoTo", "/URI")


def _fields(roots: Any) -> Iterator[Any]:
    """The terminal fields, each once, however the tree is knotted."""
    waiting, seen = list(roots), set()
    while waiting:
        reference = waiting.pop()
        if reference.reference in seen:
            continue
        seen.add(reference.reference)
        field = reference.get_object()
        kids = [kid for kid in _at(field, "/Kids", ()) if "/T" in kid.get_object()]
        waiting += kids
        if not kids:
            yield field


def _kind(field: Any) -> str:
    for _ in range(MAX_NAME_TREE_DEPTH):
        if "/FT" in field or "/Parent" not in field:
            break
        field = _at(field, "/Parent", {})
    return str(_at(field, "/FT", ""))


def _at(dictionary: Any, key: str, default: Any) -> Any:
    return dictionary[key].get_object() if key in dictionary else default
