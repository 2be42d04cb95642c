"""Whom a certificate names (ETSI EN 319 412-1, 5.1.3; EN 319 412-2, 4.2.4), and what it says of itself."""

import re
from dataclasses import dataclass

from asn1crypto import x509
from pyhanko.sign.ades.qualified_asn1 import get_qc_statements

from domain.codes.id_numbers import normalised

_NUMBER = re.compile(r"(?:IDC|PNO|PAS|TIN)([A-Z]{2})-(.{1,30})\Z")
"""`IDCES-00000000T`: of what kind the number is, of which country, and the number."""


@dataclass(frozen=True)
class Holder:
    number: str
    """Normalised."""
    name: str


class NobodyNamed(Exception):
    """It names no natural person: of an organisation, a server, or under a pseudonym."""


def holder_of(certificate: x509.Certificate) -> Holder:
    """Raises `NobodyNamed`, or `ValueError` where the certificate cannot be read."""
    said: dict[str, list[str]] = {}
    for part in certificate.subject.chosen:
        for pair in part:
            said.setdefault(pair["type"].native, []).append(str(pair["value"].native))
    numbers, given, family = (said.get(name, []) for name in ("serial_number", "given_name", "surname"))
    # Twice the same attribute is two people, or one of whom two readers read different halves.
    if [len(numbers), len(given), len(family)] != [1, 1, 1] or "pseudonym" in said:
        raise NobodyNamed
    return Holder(number=_number(numbers[0]), name=f"{given[0]} {family[0]}")


def _number(stated: str) -> str:
    found = _NUMBER.match(stated)
    number = normalised(found[2] if found else stated)
    if not number:
        raise NobodyNamed
    return number


def is_qualified(certificate: x509.Certificate) -> bool:
    """Whether it says that it is a qualified one of a person. Only a believed authority's word for it counts.

    One for seals or websites says so in its type (ETSI EN 319 412-5, 4.2.3); without a type it is a person's.
    """
    stated = {one["statement_id"].native: one["statement_info"] for one in get_qc_statements(certificate)}
    types = stated["qc_type"].native if "qc_type" in stated else ["qct_esign"]
    return "qc_compliance" in stated and list(types) == ["qct_esign"]
