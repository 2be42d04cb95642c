"""Where the objects of one revision of a PDF are used: every path that leads to them from the trailer.

pyHanko finds the paths to all objects of a revision when it compares two, and then asks for those of a few. Here they
are found for whoever is asked for, by pyHanko's own rules, through those objects alone that lead there. What each
object refers to is read once for all revisions of the file.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, TypeAlias

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader, RawPdfPath

__all__ = ["FileRevision", "Links"]

Path: TypeAlias = tuple[str | int, ...]
Ref: TypeAlias = generic.Reference
Links: TypeAlias = dict[int, tuple[Any, tuple[Ref, ...]]]
"""By identity of an object that was read: the object, so that nothing else takes its identity, and what it refers to.
"""

CONTAINERS = (generic.IndirectObject, generic.DictionaryObject, generic.ArrayObject)
PAGES: Path = ("/Root", "/Pages")
STRUCTURE: Path = ("/Root", "/StructTreeRoot")


class FileRevision(HistoricalResolver):
    """One revision, the oldest is 0; `links` is shared by those of one file."""

    def __init__(self, reader: PdfFileReader, revision: int, links: Links) -> None:
        super().__init__(reader, revision)
        self._links = links
        self._users: dict[Ref, set[Ref | None]] = {}
        self._pages: dict[Ref, Path] = {}
        self._structure: set[Ref] = set()
        self._found: dict[Ref, set[RawPdfPath]] = {}
        self._read: dict[Ref, Any] = {}

    def _load_reverse_xref_cache(self) -> None:
        """Read everything that the revision uses; raises what pyHanko raises for what cannot be read, or is no tree."""
        if self._users:
            return
        self._pages = self._canonical_places()
        self._structure = self._structure_elements()
        users: dict[Ref, set[Ref | None]] = defaultdict(set)
        waiting: list[tuple[Ref | None, tuple[Ref, ...]]] = [(None, tuple(_references(self.trailer_view)))]
        while waiting:
            user, used = waiting.pop()
            for reference in used:
                if reference not in users:
                    waiting.append((reference, self._used_by(reference)))
                users[reference].add(user)
        self._users = users

    def _get_usages_of_ref(self, ref: Ref) -> set[RawPdfPath]:
        if ref not in self._found:
            leading = self._leading_to(ref)
            paths = set(self._paths(self.trailer_view, (), (), ref, leading)) if None in leading else ()
            self._found[ref] = {RawPdfPath(*path) for path in paths}
        return self._found[ref]

    def _leading_to(self, ref: Ref) -> set[Ref | None]:
        """The object itself, and all through which it can be reached; `None` is the trailer."""
        leading: set[Ref | None] = set()
        waiting: list[Ref | None] = [ref]
        while waiting:
            reference = waiting.pop()
            if reference not in leading:
                leading.add(reference)
                waiting += self._users.get(reference, ()) if reference is not None else ()
        return leading

    def _paths(
        self,
        value: Any,
        path: Path,
        through: tuple[Ref, ...],
        wanted: Ref,
        leading: set[Ref | None],
        *,
        in_structure: bool = False,
    ) -> Iterator[Path]:
        """The paths to `wanted` below a value: a page is entered where the page tree has it alone, an element of the
        logical structure from the structure alone."""
        if isinstance(value, generic.IndirectObject):
            reference = value.reference
            if reference in through:
                return
            if reference == wanted:
                yield path
                return
            if self._pages.get(reference, path) != path or (reference in self._structure and not in_structure):
                return
            through, value = (*through, reference), self._as_read(reference)
        for key, part in _parts(value):
            if key == "/Parent" or (in_structure and key == "/P"):
                continue
            if isinstance(part, generic.IndirectObject) and part.reference not in leading:
                continue
            enters = in_structure or (path == STRUCTURE and key == "/K")
            yield from self._paths(part, (*path, key), through, wanted, leading, in_structure=enters)

    def _used_by(self, reference: Ref) -> tuple[Ref, ...]:
        value = self._as_read(reference)
        if id(value) not in self._links:
            self._links[id(value)] = value, tuple(_references(value))
        return self._links[id(value)][1]

    def _as_read(self, ref: Ref) -> Any:
        """The object as the file has it; what has not changed since is that of the newest revision."""
        if ref not in self._read:
            self._read[ref] = self(ref) if self.reader.encrypted else self._from_file(ref)
        return self._read[ref]

    def _from_file(self, ref: Ref) -> Any:
        try:
            changed = self.reader.xrefs.get_last_change(ref)
        except KeyError:
            changed = self.revision + 1
        return self.reader.get_object(ref, None if changed <= self.revision else self.revision)

    def _canonical_places(self) -> dict[Ref, Path]:
        """Every node of the page tree with its place in it."""
        root = self.root.raw_get("/Pages")
        found: dict[Ref, Path] = {}
        waiting: list[tuple[Any, Path]] = [(root, PAGES)]
        while waiting:
            node, path = waiting.pop()
            if isinstance(node, generic.IndirectObject):
                if node.reference in found:
                    raise PdfReadError("a node of the page tree stands in it twice")
                found[node.reference] = path
            node = node.get_object()
            if path == PAGES or node.get("/Type", None) == "/Pages":
                waiting += [(kid, (*path, "/Kids", place)) for place, kid in enumerate(node["/Kids"])]
        return found

    def _structure_elements(self) -> set[Ref]:
        """Every element of the logical structure that is an object of its own."""
        found: set[Ref] = set()
        waiting: list[Any] = []
        if "/StructTreeRoot" in self.root:
            waiting.append(self.root.raw_get("/StructTreeRoot").get_object())
        while waiting:
            kids = self._followed(_get(waiting.pop(), "/K"))
            for kid in kids if isinstance(kids, generic.ArrayObject) else (kids,):
                element = self._followed(kid)
                if not isinstance(element, generic.DictionaryObject):
                    continue
                if self._followed(_get(element, "/Type")) not in (None, "/StructElem"):
                    continue
                if isinstance(kid, generic.IndirectObject):
                    if kid.reference in found:
                        raise PdfReadError("an element of the structure stands in it twice")
                    found.add(kid.reference)
                waiting.append(element)
        return found

    def _followed(self, value: Any) -> Any:
        """What stands at the end of a chain of references."""
        through: set[Ref] = set()
        while isinstance(value, generic.IndirectObject):
            if value.reference in through:
                raise PdfReadError("references lead to themselves")
            through.add(value.reference)
            value = self._as_read(value.reference)
        return value


def _get(dictionary: Any, key: str) -> Any:
    return dictionary.raw_get(key) if key in dictionary else None


def _parts(value: Any) -> Iterator[tuple[Any, Any]]:
    """What an object is made of that can refer to others."""
    if isinstance(value, generic.DictionaryObject):
        return ((key, part) for key, part in value.items() if isinstance(part, CONTAINERS))
    if isinstance(value, generic.ArrayObject):
        return ((place, part) for place, part in enumerate(value) if isinstance(part, CONTAINERS))
    return iter(())


def _references(value: Any) -> Iterator[Ref]:
    """What a value refers to by itself, but for its way back up."""
    if isinstance(value, generic.IndirectObject):
        yield value.reference
    for key, part in _parts(value):
        if key != "/Parent":
            yield from _references(part)
