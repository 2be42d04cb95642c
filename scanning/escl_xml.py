"""What eSCL says in XML: what a scanner can do, how it is, and what it is asked for.

Names of elements as programs that speak eSCL use them: the specification of the Mopria Alliance was not at hand.
What a scanner says is read without entities and by local names: makers differ in their namespaces.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from scanning.scanner import JPEG, PNG, RESOLUTION, Colours, ScannerTrouble

LARGEST = 1024**2
"""Bytes of what a scanner says of itself."""
LONGEST_NAME = 80
MODES: dict[Colours, tuple[str, ...]] = {"grey": ("Grayscale8", "RGB24"), "colour": ("RGB24", "Grayscale8")}
"""In order of preference."""
A4_WIDTH, A4_HEIGHT = 2480, 3508
"""In 300ths of an inch, eSCL's unit of length."""
FEEDER, GLASS = "Feeder", "Platen"

JAMMED = {"ScannerAdfJam", "ScannerAdfMispick", "ScannerAdfMultipickDetected"}
OPENED = {"ScannerAdfHatchOpen"}
REASONS = {"MediaJam": "paper_jam", "CoverOpen": "cover_open", "InterlockOpen": "cover_open", "MediaEmpty": "no_paper"}


@dataclass(frozen=True)
class Source:
    """The glass or the feeder."""

    width: int
    height: int
    """The most it takes, in 300ths of an inch."""
    modes: frozenset[str]
    formats: frozenset[str]
    resolutions: frozenset[int]


@dataclass(frozen=True)
class Abilities:
    name: str
    version: str
    sources: dict[str, Source]


@dataclass(frozen=True)
class Status:
    feeder: str
    """`ScannerAdfLoaded`, `ScannerAdfEmpty`...; empty when there is no feeder."""
    reasons: frozenset[str]
    jobs: dict[str, str]
    """How each job is, by the last part of its address."""

    def trouble(self) -> str | None:
        """What the person at the scanner has to settle."""
        if self.feeder in JAMMED:
            return "paper_jam"
        if self.feeder in OPENED:
            return "cover_open"
        return next((code for reason, code in REASONS.items() if any(reason in one for one in self.reasons)), None)


def abilities_of(content: bytes) -> Abilities:
    root = _read(content, "ScannerCapabilities")
    sources = {}
    for name, holder in ((GLASS, "PlatenInputCaps"), (FEEDER, "AdfSimplexInputCaps")):
        for held in _named(root, holder):
            sources[name] = Source(
                width=_number(held, "MaxWidth", A4_WIDTH),
                height=_number(held, "MaxHeight", A4_HEIGHT),
                modes=frozenset(_texts(held, "ColorMode")),
                formats=frozenset([*_texts(held, "DocumentFormat"), *_texts(held, "DocumentFormatExt")]),
                resolutions=frozenset(int(one) for one in _texts(held, "XResolution") if one.isdecimal()),
            )
    if not sources:
        raise ScannerTrouble("scanner_garbled")
    name = next((text for text in _texts(root, "MakeAndModel") if text), "eSCL")
    printable = "".join(letter for letter in name if letter.isprintable())[:LONGEST_NAME]
    return Abilities(printable, next(iter(_texts(root, "Version")), "2.0"), sources)


def status_of(content: bytes) -> Status:
    root = _read(content, "ScannerStatus")
    jobs = {}
    for job in _named(root, "JobInfo"):
        address, state = next(iter(_texts(job, "JobUri")), ""), next(iter(_texts(job, "JobState")), "")
        jobs[address.rstrip("/").rpartition("/")[2]] = state
    reasons = frozenset([*_texts(root, "StateReason"), *_texts(root, "JobStateReason")])
    return Status(next(iter(_texts(root, "AdfState")), ""), reasons, jobs)


def settings(abilities: Abilities, source: str, colours: Colours) -> bytes:
    """A request for pages of A4, or of what the scanner takes, at the least resolution that is enough."""
    can = abilities.sources[source]
    mode = next((one for one in MODES[colours] if one in can.modes), MODES[colours][0])
    picture = PNG if PNG in can.formats and JPEG not in can.formats else JPEG
    enough = sorted(one for one in can.resolutions if one >= RESOLUTION)
    resolution = enough[0] if enough else RESOLUTION
    version = abilities.version if abilities.version.replace(".", "").isdecimal() else "2.0"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<scan:ScanSettings xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm">
<pwg:Version>{version}</pwg:Version>
<scan:Intent>Document</scan:Intent>
<pwg:ScanRegions><pwg:ScanRegion><pwg:ContentRegionUnits>escl:ThreeHundredthsOfInches</pwg:ContentRegionUnits>
<pwg:XOffset>0</pwg:XOffset><pwg:YOffset>0</pwg:YOffset>
<pwg:Width>{min(A4_WIDTH, can.width)}</pwg:Width><pwg:Height>{min(A4_HEIGHT, can.height)}</pwg:Height>
</pwg:ScanRegion></pwg:ScanRegions>
<pwg:InputSource>{source}</pwg:InputSource>
<scan:ColorMode>{mode}</scan:ColorMode>
<pwg:DocumentFormat>{picture}</pwg:DocumentFormat>
<scan:DocumentFormatExt>{picture}</scan:DocumentFormatExt>
<scan:XResolution>{resolution}</scan:XResolution><scan:YResolution>{resolution}</scan:YResolution>
</scan:ScanSettings>
""".encode()


def _read(content: bytes, name: str) -> Element:
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as strange:
        raise ScannerTrouble("scanner_garbled") from strange
    if _local(root) != name:
        raise ScannerTrouble("scanner_garbled")
    return root


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _named(root: Element, name: str) -> Iterator[Element]:
    return (element for element in root.iter() if _local(element) == name)


def _texts(root: Element, name: str) -> Iterator[str]:
    return ((element.text or "").strip() for element in _named(root, name))


def _number(root: Element, name: str, otherwise: int) -> int:
    told = next(iter(_texts(root, name)), "")
    return int(told) if told.isdecimal() and len(told) < 6 and int(told) else otherwise
