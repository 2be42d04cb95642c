"""Which certificates may seal for a body, and wrap what people sign before it: the verifier says it.

A certificate that leads to a trusted root says who holds it, not for whom they may speak: below the same root stand
every citizen and every web server of the country.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeAlias

from asn1crypto import x509

from evidence.canonical import Malformed
from evidence.shapes import Shape

__all__ = [
    "BODIES_FILE",
    "BodyNames",
    "Office",
    "Permitted",
    "bearers",
    "permits",
    "read_names",
    "read_permitted",
    "signs_for",
]

BODIES_FILE: Final = "bodies.json"
ATTRIBUTES: Final = frozenset(
    {"common_name", "organization_name", "organization_identifier", "organizational_unit_name"}
)
"""What of a certificate's subject may be asked for. Best is `organization_identifier` (ETSI EN 319 412-1, 5.1.4)."""

BodyNames: TypeAlias = Mapping[str, Mapping[str, frozenset[str]]]
"""By Administration and body: what it is called, in each of its languages and at any time."""


class Office(StrEnum):
    """What a certificate is permitted to do."""

    SEAL = "seal"
    ACTS = "acts"


@dataclass(frozen=True, slots=True)
class Permitted:
    """One line of `bodies.json`: a certificate, or every one of a subject, for one Administration."""

    office: Office
    administration: str
    bodies: frozenset[str]
    """Empty: all bodies of the Administration."""
    sha256: str | None
    subject: Mapping[str, str]

    def names(self, certificate: x509.Certificate) -> bool:
        """Whether it is about this certificate; everything that the line states must hold."""
        if self.sha256 is not None and certificate.sha256.hex() != self.sha256:
            return False
        native = certificate.subject.native
        return all(native.get(key) == value for key, value in self.subject.items())


def permits(
    permitted: Sequence[Permitted], office: Office, certificate: x509.Certificate, administration: str, body: str | None
) -> bool | None:
    """Whether the certificate may; `None` when that cannot be said.

    That is when nobody was named for this Administration, or when it may for some bodies and which one holds the
    procedure is not known.
    """
    lines = [one for one in permitted if (one.office, one.administration) == (office, administration)]
    if not lines:
        return None
    fitting = [one for one in lines if one.names(certificate)]
    if any(not one.bodies or body in one.bodies for one in fitting):
        return True
    return None if fitting and body is None else False


def signs_for(
    permitted: Sequence[Permitted], office: Office, certificate: x509.Certificate, administration: str
) -> tuple[str, ...]:
    """The bodies of the Administration that the lines about this certificate name."""
    lines = [one for one in permitted if (one.office, one.administration) == (office, administration)]
    return tuple(sorted({body for one in lines if one.names(certificate) for body in one.bodies}))


def bearers(names: BodyNames, name: str) -> frozenset[tuple[str, str]]:
    """Whom the verifier knows by that name, as (Administration, body); capitals and spaces make no other name of it."""
    return frozenset(
        (administration, body)
        for administration, bodies in names.items()
        for body, called in bodies.items()
        if _folded(name) in map(_folded, called)
    )


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def read_permitted(value: Mapping[str, Any]) -> tuple[Permitted, ...]:
    """The lines of `bodies.json`; `Malformed` when one is not as it must be."""
    shape = Shape(dict(value), BODIES_FILE, {"certificates"}, {"names"})
    return tuple(_line(entry) for entry in shape.array("certificates"))


def read_names(value: Mapping[str, Any]) -> BodyNames:
    """What `bodies.json` says that bodies are called; `Malformed` when it is not as it must be."""
    administrations = Shape(value.get("names", {}), f"{BODIES_FILE}#names").value
    return {
        administration: {body: _names(body, called) for body, called in Shape(bodies, BODIES_FILE).value.items()}
        for administration, bodies in administrations.items()
    }


def _names(body: str, called: Any) -> frozenset[str]:
    if not isinstance(called, list) or not called or not all(map(_is_text, called)):
        raise Malformed(BODIES_FILE, "FIELD_WRONG", field=body)
    return frozenset(called)


def _line(value: Any) -> Permitted:
    optional = {"bodies", "sha256", "subject"}
    shape = Shape(value, BODIES_FILE, {"office", "administration"}, optional)
    subject = value.get("subject", {})
    bodies = value.get("bodies", [])
    if not isinstance(subject, dict) or not set(subject) <= ATTRIBUTES or not all(map(_is_text, subject.values())):
        raise Malformed(BODIES_FILE, "FIELD_WRONG", field="subject")
    if not isinstance(bodies, list) or not all(map(_is_text, bodies)):
        raise Malformed(BODIES_FILE, "FIELD_WRONG", field="bodies")
    if not subject and "sha256" not in value:
        raise Malformed(BODIES_FILE, "FIELD_MISSING", field="sha256")
    try:
        office = Office(shape.text("office"))
    except ValueError:
        raise Malformed(BODIES_FILE, "FIELD_WRONG", field="office") from None
    sha256 = shape.digest("sha256") if "sha256" in value else None
    return Permitted(office, shape.text("administration"), frozenset(bodies), sha256, subject)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)
