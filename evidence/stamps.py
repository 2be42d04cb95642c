"""Where the visible stamp of a signature may stand: at the foot of the last page, beside the others, over no text."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from pyhanko.pdf_utils.reader import HistoricalResolver

from evidence.limits import MAX_NAME_TREE_DEPTH

__all__ = ["FOOT", "misplaced", "pages_of"]

FOOT: Final = 145.0
"""Points from the lower edge: 50 mm, which the minutes leave empty for stamps, and a little for rounding."""

MAX_PAGES: Final = 20_000
"""Minutes of a long hearing have hundreds; a page tree is walked no further."""

Box = tuple[float, float, float, float]


def misplaced(resolver: HistoricalResolver, fields: Iterable[Any]) -> bool:
    """Whether the picture of one of these new signature fields could hide or imitate what the pages say."""
    pages = None
    for reference in fields:
        field = reference.get_object()
        if "/Kids" in field:
            return True  # one signature, one picture: a second one would stand wherever it likes
        left, bottom, right, top = _box(field["/Rect"])
        if left == right or bottom == top:
            continue
        pages = list(pages_of(resolver.root)) if pages is None else pages
        last = pages[-1]
        edge = _box(_inherited(last, "/MediaBox"))
        others = [one for one in (each.get_object() for each in last.get("/Annots", ())) if _is_stamp(one)]
        touching = [one for one in others if _overlap(_box(one["/Rect"]), (left, bottom, right, top))]
        elsewhere = any(reference in page.get("/Annots", ()) for page in pages[:-1])
        if elsewhere or len(touching) != 1 or top - edge[1] > FOOT or bottom < edge[1]:
            return True
    return False


def _is_stamp(annotation: Any) -> bool:
    return annotation.get("/Subtype") == "/Widget" and "/Rect" in annotation


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _box(edges: Sequence[Any]) -> Box:
    a, b, c, d = (float(edge) for edge in edges)
    return min(a, c), min(b, d), max(a, c), max(b, d)


def _inherited(page: Any, key: str) -> Any:
    for _ in range(MAX_NAME_TREE_DEPTH):
        if key in page:
            break
        page = page["/Parent"]
    return page[key]


def pages_of(root: Any) -> Iterator[Any]:
    """The pages in their order. ValueError when the tree is none: a node twice, no end, or something else in it."""
    seen: set[Any] = set()
    waiting = [root.raw_get("/Pages")]
    while waiting:
        reference = waiting.pop()
        if reference.reference in seen or len(seen) > MAX_PAGES:
            raise ValueError("the pages are no tree")
        seen.add(reference.reference)
        node = reference.get_object()
        kind = node.get("/Type")
        if kind == "/Pages":
            waiting += [node["/Kids"].raw_get(place) for place in reversed(range(len(node["/Kids"])))]
        elif kind == "/Page":
            yield node
        else:
            raise ValueError("something else than a page among the pages")
