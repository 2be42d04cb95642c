"""A signed PDF, read by pyHanko with strict rules and its signatures at once.

pyHanko reads hexadecimal digits one by one, and the signature that it writes has fifteen thousand of them: of judging a
document that was half the work.
"""

import re
from io import BytesIO
from typing import Any, Final

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PDF_WHITESPACE, PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

__all__ = ["SignedFile"]

SIGNATURE: Final = re.compile(rb"(\d+) (\d+) obj\s*<<\s*/Contents\s*<((?:[0-9A-Fa-f]{2})+)>")
"""An object that is a dictionary and begins with those digits, as pyHanko writes a signature. Nothing precedes them
that they could be a part of, and the strict reader refuses a second entry of that name."""
END: Final = b"endobj"


class SignedFile(PdfFileReader):
    """What does not begin as `SIGNATURE` says, or cannot be read without it, is read by pyHanko alone."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._clear = False
        super().__init__(BytesIO(content), strict=True)

    @property
    def encrypt_dict(self) -> generic.DictionaryObject | None:
        """pyHanko looks for it in every section of the file before each object; that there is none does not change."""
        if self._clear:
            return None
        found = super().encrypt_dict
        self._clear = found is None
        return found

    def get_object(self, ref: Any, *how: Any, **named: Any) -> Any:
        current = not how and named.get("revision") is None
        known: dict[tuple[int, int], Any] = self.resolved_objects
        if current and (ref.generation, ref.idnum) not in known:
            signature = self._signature(ref)
            if signature is not None:
                known[ref.generation, ref.idnum] = signature
        return super().get_object(ref, *how, **named)  # type: ignore[no-untyped-call]

    def _signature(self, ref: Any) -> generic.DictionaryObject | None:
        place = self.xrefs[ref]
        found = SIGNATURE.match(self._content, place) if isinstance(place, int) else None
        if found is None or self.encrypted or (int(found[1]), int(found[2])) != (ref.idnum, ref.generation):
            return None
        reference = generic.Reference(ref.idnum, ref.generation, self)
        end = self._content.find(END, found.end())
        other = BytesIO(b"<</Contents<>" + self._content[found.end() : end])
        try:
            read = generic.read_object(other, reference)
        except PdfError:
            return None
        if type(read) is not generic.DictionaryObject or end < 0 or other.read().strip(PDF_WHITESPACE):
            return None
        contents = generic.pdf_string(bytes.fromhex(found[3].decode()))
        contents.container_ref = reference
        read[generic.pdf_name("/Contents")] = contents
        return read
