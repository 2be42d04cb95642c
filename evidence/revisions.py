"""What each revision of a PDF changed: after a signature, nothing but further signatures and what validates them.

Each revision is compared with the one before it. pyHanko does the comparing; what is allowed is said here, because its
own strict policy lets form fields be filled in and a title be replaced.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from xml.etree import ElementTree

from pyhanko.pdf_utils import generic, misc
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DocInfoRule,
    DSSCompareRule,
    FormUpdatingRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    ReferenceUpdate,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    SuspiciousModification,
    XrefStreamRule,
)
from pyhanko.sign.diff_analysis.form_rules_api import FieldComparisonContext, FormUpdate, _list_fields
from pyhanko.sign.fields import enumerate_sig_fields

from evidence.stamps import misplaced
from evidence.usages import FileRevision, Links
from evidence.validation_data import Stores, keeps_to_validation_data

__all__ = ["History", "review"]

CATALOGUE_MAY_CHANGE: Final = frozenset({"/AcroForm", "/DSS", "/Extensions", "/Metadata", "/Version"})
INFO_MAY_CHANGE: Final = frozenset({"/ModDate", "/Producer"})
"""When and by which program the file was written last: every program that signs writes it."""
XMP_MAY_CHANGE: Final = frozenset(
    {
        "{http://ns.adobe.com/xap/1.0/}ModifyDate",
        "{http://ns.adobe.com/xap/1.0/}MetadataDate",
        "{http://ns.adobe.com/pdf/1.3/}Producer",
    }
)
RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
XMP_TOOLKIT: Final = "{adobe:ns:meta/}xmptk"
FORM_MAY_CHANGE: Final = frozenset({"/Fields", "/SigFlags"})
"""What of a form may change, or be there when it is made: the list of signatures, and the flag that there are some."""
BYTE_RANGE: Final = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")


@dataclass(frozen=True, slots=True)
class History:
    """The revisions of one file, the oldest is 0."""

    revisions: int
    broken: frozenset[int]
    """Those that changed more than one signature, or validation data, bring with them."""
    lost: tuple[str, ...]
    """Signature fields that an earlier revision had filled and a later one has not."""
    ranges: frozenset[tuple[int, int, int, int]]
    """Every ByteRange anywhere in the file, whether or not the form still speaks of it."""


def review(reader: PdfFileReader, content: bytes) -> History:
    """Go through all revisions from the first signature on."""
    broken, lost = set(), []
    before: dict[str, bool] = {}
    links: Links = {}
    stored: Stores = {}
    revisions = [FileRevision(reader, number, links) for number in range(reader.total_revisions)]
    for number, resolver in enumerate(revisions):
        fields = {str(name): (value is not None, field) for name, value, field in enumerate_sig_fields(resolver)}
        filled = {name: is_filled for name, (is_filled, _) in fields.items()}
        lost += [name for name, was in before.items() if was and not filled.get(name)]
        signed = [name for name, is_filled in filled.items() if is_filled and not before.get(name)]
        if number and (signed or any(before.values())):
            new = [field for name, (_, field) in fields.items() if name not in before]
            empty = [name for name, is_filled in filled.items() if not is_filled and name not in before]
            carried = keeps_to_validation_data(stored, resolver)
            stored = stored if carried is None else carried
            if (
                len(signed) > 1
                or carried is None
                or empty
                or misplaced(resolver, new)
                or not _allowed(revisions[number - 1], resolver, bool(signed))
            ):
                broken.add(number)
        before = filled
    ranges = frozenset((int(a), int(b), int(c), int(d)) for a, b, c, d in BYTE_RANGE.findall(content))
    return History(reader.total_revisions, frozenset(broken), tuple(dict.fromkeys(lost)), ranges)


def _allowed(old: HistoricalResolver, new: HistoricalResolver, signs: bool) -> bool:
    """Without a signature of its own a revision may bring validation data only (PAdES B-LT)."""
    try:
        level = POLICY.apply(old, new).modification_level
    except (SuspiciousModification, misc.PdfError, NotImplementedError):
        return False
    return bool(level <= (ModificationLevel.FORM_FILLING if signs else ModificationLevel.LTA_UPDATES))


class InfoKept(DocInfoRule):  # type: ignore[misc, unused-ignore]
    """The description of the file says what it said."""

    def apply(self, old: HistoricalResolver, new: HistoricalResolver) -> Iterable[ReferenceUpdate]:
        if _description(old) != _description(new):
            raise SuspiciousModification("the description of the file was changed")
        yield from super().apply(old, new)  # type: ignore[no-untyped-call, unused-ignore]


def _description(resolver: HistoricalResolver) -> dict[str, Any]:
    reference = resolver.trailer_view.get_value_as_reference("/Info", optional=True)
    entries = {} if reference is None else resolver.get_object(reference)
    return {name: found for name, found in entries.items() if name not in INFO_MAY_CHANGE}


class MetadataKept(MetadataUpdateRule):  # type: ignore[misc, unused-ignore]
    """The XMP says what it said, however it is written."""

    def apply(self, old: HistoricalResolver, new: HistoricalResolver) -> Iterable[ReferenceUpdate]:
        yield from super().apply(old, new)  # type: ignore[no-untyped-call, unused-ignore]
        before, after = _facts(old), _facts(new)
        if before != after:
            raise SuspiciousModification("the metadata were changed")


def _facts(resolver: HistoricalResolver) -> Counter[tuple[str, str]]:
    if "/Metadata" not in resolver.root:
        return Counter()
    raw = resolver.root.get_value_as_reference("/Metadata").get_object()
    if not isinstance(raw, generic.StreamObject):
        raise SuspiciousModification("the metadata are no stream")
    if b"<!" in raw.data.replace(b"<!--", b""):
        raise SuspiciousModification("the metadata declare a type of document")
    return Counter(_said(ElementTree.fromstring(raw.data)))  # noqa: S314 - without declarations nothing can grow


def _said(root: Any) -> Iterator[tuple[str, str]]:
    """Name and value of each property, whether it stands in an attribute or between tags."""
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in XMP_MAY_CHANGE:
            continue
        text = (element.text or "").strip()
        if text:
            yield element.tag, text
        for name, value in element.attrib.items():
            if name == RDF + "resource":
                yield element.tag, value
            elif not (name in XMP_MAY_CHANGE or name == XMP_TOOLKIT or name.startswith(RDF)):
                yield name, value


class SignatureForm(FormUpdatingRule):  # type: ignore[misc, unused-ignore]
    """pyHanko's rule expects that there is a form; the first signature makes it."""

    def apply(self, old: HistoricalResolver, new: HistoricalResolver) -> Iterable[tuple[ModificationLevel, FormUpdate]]:
        if "/AcroForm" in old.root or "/AcroForm" not in new.root:
            yield from super().apply(old, new) if "/AcroForm" in old.root else ()
            return
        form = new.root["/AcroForm"]
        if not isinstance(form, generic.DictionaryObject) or not set(form) <= FORM_MAY_CHANGE:
            raise SuspiciousModification("the new form holds more than signatures")
        for holder, key in ((new.root, "/AcroForm"), (form, "/Fields")):
            made = holder.raw_get(key)
            if isinstance(made, generic.IndirectObject):
                if not old.is_ref_unassignable(made.reference):
                    raise SuspiciousModification("the new form replaces something else")
                update = FormUpdate(updated_ref=made.reference, field_name=None)
                yield ModificationLevel.LTA_UPDATES, update
        specs = dict(_list_fields(generic.ArrayObject(), form["/Fields"], old_path=None))
        context = FieldComparisonContext(field_specs=specs, old=old, new=new)
        for rule in self.field_rules:
            yield from rule.apply(context)


POLICY: Final = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(CATALOGUE_MAY_CHANGE),
        InfoKept().as_qualified(ModificationLevel.LTA_UPDATES),
        XrefStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        ObjectStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        DSSCompareRule().as_qualified(ModificationLevel.LTA_UPDATES),
        MetadataKept().as_qualified(ModificationLevel.LTA_UPDATES),  # type: ignore[no-untyped-call, unused-ignore]
    ],
    form_rule=SignatureForm([SigFieldCreationRule(), SigFieldModificationRule()], FORM_MAY_CHANGE),
)
"""Form filling, default appearances, scripts and everything else that is not named here is refused."""
