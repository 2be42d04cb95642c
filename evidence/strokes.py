"""Opening strokes for an expert, offline: the Administration's private keys decrypt them, and they become InkML (W3C).

Nothing here is used by the verifier, and no private key is ever near an installation.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from evidence.container import unpack
from evidence.handwriting import Handwriting, read_handwriting
from evidence.layout import FileClass, class_of

__all__ = ["StrokesUnreadable", "inkml", "open_bundle", "open_strokes", "read_keys", "write_strokes"]

HPKE: Final = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
INKML: Final = "http://www.w3.org/2003/InkML"
Keys = Mapping[str, EllipticCurvePrivateKey]


class StrokesUnreadable(Exception):
    """These strokes cannot be opened with these keys, or are not of this document."""


def read_keys(folder: Path) -> Keys:
    """Every private key on P-256 of a folder (`*.pem`), by the digest of its public half: keys are changed."""
    found = {}
    for path in sorted(folder.glob("*.pem")):
        key = load_pem_private_key(path.read_bytes(), password=None)
        if isinstance(key, EllipticCurvePrivateKey) and isinstance(key.curve, SECP256R1):
            der = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
            found[hashlib.sha256(der).hexdigest()] = key
    return found


def write_strokes(bundle: Path, keys: Path, out: Path) -> list[Path]:
    """One InkML file for each signature by hand of a bundle, named for its digest. Raises what `open_bundle` does."""
    found = list(open_bundle(bundle, read_keys(keys)))
    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    written = [out / f"{sha256}.inkml" for sha256, _ in found]
    for path, (_, ink) in zip(written, found, strict=True):
        path.write_bytes(ink)
    return written


def open_bundle(bundle: Path, keys: Keys) -> Iterator[tuple[str, bytes]]:
    """Of every handwritten signature of a bundle: its digest, and its strokes as InkML.

    Raises `StrokesUnreadable`; `Malformed` and `ContainerRefused` for a damaged bundle, which is to be verified first.
    """
    for path, content in sorted(unpack(bundle.read_bytes()).members.items()):
        if class_of(path) is FileClass.HANDWRITING:
            handwriting = read_handwriting(content, path)
            yield Path(path).stem, inkml(handwriting, open_strokes(handwriting, keys))


def open_strokes(handwriting: Handwriting, keys: Keys) -> dict[str, Any]:
    """What the browser encrypted. Raises `StrokesUnreadable`."""
    key = keys.get(handwriting.key)
    if key is None:
        raise StrokesUnreadable(f"none of these keys is {handwriting.key}")
    try:
        clear = HPKE.decrypt(handwriting.strokes, key, info=handwriting.context)
    except (InvalidTag, ValueError) as error:
        raise StrokesUnreadable("not encrypted to this key for this document, person and drawing") from error
    told: dict[str, Any] = json.loads(clear)
    if told.get("document_sha256") != handwriting.document_sha256:
        raise StrokesUnreadable("written for another document")
    return told


def inkml(handwriting: Handwriting, told: Mapping[str, Any]) -> bytes:
    """Channels as ISO/IEC 19794-7 names them: X and Y in CSS pixels, T in milliseconds, F (force) from 0 to 1."""
    ink = Element("ink", {"xmlns": INKML, "documentID": f"sha256-{handwriting.document_sha256}"})
    for kind in ("procedure", "participant", "key"):
        SubElement(ink, "annotation", {"type": kind}).text = getattr(handwriting, kind)
    for kind in ("began_at", "pointer", "width", "height"):
        SubElement(ink, "annotation", {"type": kind}).text = str(told[kind])
    form = SubElement(SubElement(ink, "context"), "traceFormat")
    for name, more in (("X", {"units": "px"}), ("Y", {"units": "px"}), ("T", {"units": "ms"}), ("F", {"max": "1"})):
        SubElement(form, "channel", {"name": name, "type": "decimal", **more})
    for stroke in told["strokes"]:
        SubElement(ink, "trace").text = ", ".join(" ".join(f"{value:g}" for value in point) for point in stroke)
    indent(ink)
    written: bytes = tostring(ink, encoding="utf-8", xml_declaration=True)
    return written
