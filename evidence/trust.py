"""Whom the verifier chooses to trust. Nothing of this comes from the bundle: a bundle cannot vouch for
itself."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from asn1crypto import crl, ocsp, pem, x509

from evidence.bodies import BODIES_FILE, BodyNames, Permitted, read_names, read_permitted
from evidence.canonical import Malformed
from evidence.certificates import RevocationEvidence
from evidence.shapes import Shape

__all__ = ["Checkpoint", "Trust", "TrustUnreadable", "load_trust", "read_trust"]

REVOCATION: Final = "revocation"
REVOCATION_KINDS: Final = (".crl", ".ocsp")


class TrustUnreadable(Exception):
    """The trust folder cannot be used; the message says which file and why."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Blocks of one chain that the verifier obtained by itself (its own node, two explorers, a witness)."""

    chain_id: int
    contract: bytes
    blocks: Mapping[int, bytes]


@dataclass(frozen=True, slots=True)
class Trust:
    """The verifier's own anchors. What is left empty leads to INDETERMINATE, never to a guess."""

    signature_roots: tuple[x509.Certificate, ...] = ()
    """`ca.pem`: roots for signatures and for the seal."""
    timestamp_roots: tuple[x509.Certificate, ...] = ()
    """`tsa.pem`: roots for time-stamps."""
    checkpoint: Checkpoint | None = None
    """`chain.json`."""
    permitted: tuple[Permitted, ...] = ()
    """`bodies.json`: whose seal is a body's own, and who wraps what people sign before it."""
    body_names: BodyNames = field(default_factory=dict)
    """The same: what each body is called."""
    revocation: RevocationEvidence = field(default_factory=RevocationEvidence)
    """`revocation/`: lists and answers that the verifier fetched, for minutes that come without their bundle's."""
    qualified_seal: bool = False
    qualified_timestamps: bool = False
    """`qualified.json`: what the verifier found to be qualified in the European trusted list. It decides no
    verdict, only the words on legal weight (Regulation (EU) 910/2014, arts. 35 and 41)."""


FILES: Final = ("ca.pem", "tsa.pem", "chain.json", BODIES_FILE, "qualified.json")


def load_trust(folder: Path) -> Trust:
    """Read a trust folder; `TrustUnreadable` if it is none or a file in it is not what its name says."""
    if not folder.is_dir():
        raise TrustUnreadable(f"{folder}: not a folder")
    revocation = [path for kind in REVOCATION_KINDS for path in sorted((folder / REVOCATION).glob(f"*{kind}"))]
    try:
        files = {name: (folder / name).read_bytes() for name in FILES if (folder / name).exists()}
        files |= {f"{REVOCATION}/{path.name}": path.read_bytes() for path in revocation}
    except OSError as error:
        raise TrustUnreadable(str(error)) from error
    return read_trust(files)


def read_trust(files: Mapping[str, bytes]) -> Trust:
    """The same from the contents of the files, by their names in the folder."""
    qualified = _json(files, "qualified.json")
    permitted, body_names = _bodies(_json(files, BODIES_FILE))
    return Trust(
        signature_roots=_certificates(files, "ca.pem"),
        timestamp_roots=_certificates(files, "tsa.pem"),
        checkpoint=_checkpoint(_json(files, "chain.json")),
        permitted=permitted,
        body_names=body_names,
        revocation=RevocationEvidence(
            crls=tuple(_parsed(crl.CertificateList, files, name) for name in files if name.endswith(".crl")),
            ocsp_responses=tuple(_parsed(ocsp.OCSPResponse, files, name) for name in files if name.endswith(".ocsp")),
        ),
        qualified_seal=bool(qualified) and qualified.get("seal") is True,
        qualified_timestamps=bool(qualified) and qualified.get("timestamps") is True,
    )


def _certificates(files: Mapping[str, bytes], name: str) -> tuple[x509.Certificate, ...]:
    if name not in files:
        return ()
    try:
        blocks = [der for label, _, der in pem.unarmor(files[name], multiple=True) if label == "CERTIFICATE"]
        roots = tuple(x509.Certificate.load(der, strict=True) for der in blocks)
        for root in roots:
            root.native  # noqa: B018 - asn1crypto parses lazily: read it now, so that a bad root is said here
    except (ValueError, TypeError) as error:
        raise TrustUnreadable(f"{name}: {error}") from error
    if not roots:
        raise TrustUnreadable(f"{name}: no certificate in it")
    return roots


def _parsed(kind: Any, files: Mapping[str, bytes], name: str) -> Any:
    """DER, or PEM."""
    try:
        content = files[name]
        value = kind.load(pem.unarmor(content)[2] if pem.detect(content) else content, strict=True)
        value.native  # noqa: B018 - as above
    except (ValueError, TypeError, KeyError) as error:
        raise TrustUnreadable(f"{name}: {error}") from error
    return value


def _json(files: Mapping[str, bytes], name: str) -> dict[str, Any]:
    if name not in files:
        return {}
    try:
        value = json.loads(files[name].decode())
    except ValueError as error:
        raise TrustUnreadable(f"{name}: {error}") from error
    if not isinstance(value, dict):
        raise TrustUnreadable(f"{name}: not a JSON object")
    return value


def _bodies(value: dict[str, Any]) -> tuple[tuple[Permitted, ...], BodyNames]:
    try:
        return (read_permitted(value), read_names(value)) if value else ((), {})
    except Malformed as error:
        raise TrustUnreadable(f"{BODIES_FILE}: {error}") from error


def _checkpoint(value: dict[str, Any]) -> Checkpoint | None:
    if not value:
        return None
    try:
        shape = Shape({**value, "contract": str(value.get("contract")).lower()}, "chain.json")
        blocks = value.get("blocks")
        if not isinstance(blocks, dict):
            raise Malformed("chain.json", "FIELD_WRONG", field="blocks")
        hashes = {
            int(number): Shape({"hash": str(found).lower()}, "chain.json").blob("hash", 32)
            for number, found in blocks.items()
        }
        return Checkpoint(shape.integer("chain_id"), shape.blob("contract", 20), hashes)
    except (Malformed, ValueError) as error:
        raise TrustUnreadable(f"chain.json: {error}") from error
