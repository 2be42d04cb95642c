"""The part of a verifier's trust folder that certificates make: `ca.pem`, `tsa.pem`, `bodies.json`.

As this installation knows them (form: docs/evidence-format.md, 9). A real verifier gets them elsewhere.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from adapters.signing.timestamps import read_certificates
from domain.types.territory import Administration

ATTRIBUTES = ("organization_identifier", "organization_name", "common_name")
"""By its subject and not by its digest, so that a renewed certificate needs no new folder."""


def trust_files(pki_dir: Path, administrations: Iterable[Administration]) -> dict[str, bytes]:
    """By file name. A certificate that the installation does not hold is left out."""
    known = list(administrations)
    lines = [line for administration in known for line in _lines(pki_dir, administration)]
    names = {one.id: {body.id: sorted({*body.names.root.values()}) for body in one.bodies} for one in known}
    return {
        "ca.pem": (pki_dir / "roots.pem").read_bytes(),
        "tsa.pem": (pki_dir / "tsa-roots.pem").read_bytes(),
        "bodies.json": json.dumps({"certificates": lines, "names": names}, indent=2, ensure_ascii=False).encode(),
    }


def _lines(pki_dir: Path, administration: Administration) -> list[dict[str, Any]]:
    bodies: dict[tuple[str, str], list[str]] = {}
    for body in administration.bodies:
        seals = [("seal", name) for name in (body.seal, *body.earlier_seals)]
        acts = [("acts", name) for name in (body.acts_certificate, *body.earlier_acts_certificates)]
        for use in dict.fromkeys((*seals, *acts)):
            bodies.setdefault(use, []).append(body.id)
    return [
        {"office": office, "administration": administration.id, "subject": dict(subject), "bodies": used}
        for (office, name), used in bodies.items()
        if (subject := _subject(pki_dir / f"{name}.cert.pem"))
    ]


def _subject(path: Path) -> Mapping[str, str]:
    if not path.exists():
        return {}
    (certificate,) = read_certificates(path)
    stated = certificate.subject.native
    return {key: stated[key] for key in ATTRIBUTES if isinstance(stated.get(key), str)}
