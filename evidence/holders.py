"""Whether a certificate is that of somebody: the name, and the number of the identity document, in its subject."""

import re
import unicodedata
from typing import Any, Final

from asn1crypto import x509

__all__ = ["id_number", "is_of", "name_words"]

ASIDE: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
"""What stands in brackets beside a name: `(FIRMA)`, `(pruebas)`."""
NUMBER: Final = re.compile(r"(?:\d{8}|[XYZ]\d{7})[A-Z]")
"""DNI, NIF or NIE with its letter, as in `IDCES-99330147R` (ETSI EN 319 412-1, 5.1.3)."""
LABELS: Final = frozenset({"DNI", "NIF", "NIE", "CIF"})
"""Issuers write `OUTEIRO BARRAL IRIA - DNI 99330147R` into the common name."""


def is_of(certificate: x509.Certificate, name: str, number: str | None) -> bool:
    """The same names in any order, without accents; and where both state a number, the same number."""
    stated = id_number(certificate)
    if number and stated and NUMBER.fullmatch(number.upper()) and stated != number.upper():
        return False
    words = name_words(name)
    return bool(words) and words in _names(certificate)


def id_number(certificate: x509.Certificate) -> str | None:
    """The number of the identity document that the subject states."""
    subject = certificate.subject.native
    for text in (subject.get("serial_number"), subject.get("common_name")):
        if found := NUMBER.search(_one(text).upper()):
            return found.group()
    return None


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name, to compare: capitals, no accents, sorted, without number and without what is in brackets."""
    plain = unicodedata.normalize("NFKD", ASIDE.sub(" ", name)).upper()
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = re.findall(r"[^\W_]+", letters)
    return tuple(sorted(word for word in words if word not in LABELS and not re.search(r"\d", word)))


def _names(certificate: x509.Certificate) -> set[tuple[str, ...]]:
    subject = certificate.subject.native
    parts = [_one(subject.get(key)) for key in ("given_name", "surname")]
    return {name_words(_one(subject.get("common_name"))), name_words(" ".join(parts) if all(parts) else "")}


def _one(value: Any) -> str:
    """An attribute may stand several times in a subject; then it is a list."""
    return " ".join(map(str, value)) if isinstance(value, list) else str(value or "")
