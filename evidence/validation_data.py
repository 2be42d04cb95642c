"""What a PDF carries so that its signatures can be validated later (`/DSS`), and that it carries nothing besides.

Whoever signs after somebody else writes there too. So it is held to what it is for: certificates of the signatures that
are in the document, and answers of their authorities about them.
"""

import hashlib
import zlib
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import lru_cache
from itertools import chain
from typing import Any, Final, TypeAlias, cast

from asn1crypto import algos, crl, ocsp, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.rw_common import PdfHandler
from pyhanko_certvalidator.sig_validate import DEFAULT_SIGNATURE_VALIDATOR

from evidence.certificates import RevocationEvidence, once
from evidence.der import is_der
from evidence.limits import MAX_VALIDATION_BYTES

__all__ = ["KINDS", "Stores", "carried_by", "keeps_to_validation_data", "strangers"]

KINDS: Final[Mapping[str, Any]] = {
    "/Certs": x509.Certificate,
    "/OCSPs": ocsp.OCSPResponse,
    "/CRLs": crl.CertificateList,
}
STREAM: Final = frozenset({"/Length", "/Filter"})
Stores: TypeAlias = Mapping[str, tuple[generic.Reference, ...]]
"""The objects that each array of the store lists, in their order."""


def keeps_to_validation_data(before: Stores, resolver: PdfHandler) -> Stores | None:
    """What the store lists in this revision; `None` if it is more than DER of its kind, or less than it listed before.

    ISO 32000-2, 12.8.4.3. Per-signature lists (`/VRI`) are not planned: what is for whom is seen from what it says.
    """
    if "/DSS" not in resolver.root:
        return None if before else {}
    store = resolver.root["/DSS"]
    if not isinstance(store, generic.DictionaryObject) or not set(store) <= {"/Type", *KINDS}:
        return None
    if store.get("/Type", "/DSS") != "/DSS":
        return None
    found = carried_by(store)
    if found is None or not all(map(_is_one_value, chain.from_iterable(found.values()))):
        return None
    listed = {name: tuple(entry.reference for entry in store[name]) for name in found}
    if any(len(set(references)) != len(references) for references in listed.values()):
        return None
    kept = all(set(references) <= set(listed.get(name, ())) for name, references in before.items())
    return listed if kept else None


def carried_by(store: generic.DictionaryObject) -> Mapping[str, list[bytes]] | None:
    """What each array of the store lists, inflated; `None` for what is no plain stream, or more than may be in all."""
    found: dict[str, list[bytes]] = {}
    left = MAX_VALIDATION_BYTES
    for name in KINDS.keys() & store.keys():
        entries, found[name] = store[name], []
        for entry in entries if isinstance(entries, generic.ArrayObject) else (None,):
            content = _content(entry, left)
            if content is None:
                return None
            left -= len(content)
            found[name].append(content)
    return found


def _content(entry: Any, most: int) -> bytes | None:
    stream = entry.get_object() if isinstance(entry, generic.IndirectObject) else None
    if not isinstance(stream, generic.StreamObject) or not set(stream) <= STREAM:
        return None
    content: bytes = stream.encoded_data
    if "/Filter" in stream:
        if stream["/Filter"] != "/FlateDecode":
            return None
        try:
            content = zlib.decompressobj().decompress(content, most + 1)
        except zlib.error:
            return None
    return content if len(content) <= most else None


@lru_cache(maxsize=64)
def _is_one_value(data: bytes) -> bool:
    return is_der(data)


def strangers(
    carried: RevocationEvidence, signers: Iterable[x509.Certificate], roots: Iterable[x509.Certificate]
) -> int:
    """How much of it is about none of `signers`, nor about those above them, or not from the authority it names.

    `roots` are whom the verifier trusts: what a root signed is looked at only where it is given.
    """
    certificates, answers, lists = (
        [once(one) for one in found] for found in (carried.certificates, carried.ocsp_responses, carried.crls)
    )
    authorities = [*certificates, *map(once, roots)]
    needed = {one.sha256: one for one in map(once, signers)}
    waiting = list(needed.values())
    while waiting:
        below = waiting.pop()
        found = [one for one in authorities if one.sha256 not in needed and _holds(_issued, one, below)]
        for answer in answers:
            if _holds(_speaks_of, answer, below):
                found += [
                    one for one in map(once, answer.basic_ocsp_response["certs"] or ()) if one.sha256 not in needed
                ]
        needed |= {one.sha256: one for one in found}
        waiting += found
    known = [*needed.values(), *(one for one in authorities if one.sha256 not in needed and one not in certificates)]
    checks = [(_is_certificate_of_theirs, certificates), (_is_list_of_theirs, lists), (_is_answer_about_them, answers)]
    return sum(not _holds(check, one, known) for check, found in checks for one in found)


def _holds(check: Callable[[Any, Any], bool], one: Any, of: Any) -> bool:
    try:
        return check(one, of)
    except Exception:
        # scar: asn1crypto reads when it is asked; what is DER of something else ends in nearly anything then
        return False


def _is_certificate_of_theirs(one: x509.Certificate, known: list[x509.Certificate]) -> bool:
    above = [own for own in known if own.subject.hashable == one.issuer.hashable]
    return one in known and (not above or any(_issued(own, one) for own in above))


def _issued(authority: x509.Certificate, below: x509.Certificate) -> bool:
    if not authority.ca or authority.subject.hashable != below.issuer.hashable:
        return False
    return _is_signed(
        below["signature_value"].native, below["tbs_certificate"].dump(), authority, below["signature_algorithm"]
    )


def _speaks_of(answer: ocsp.OCSPResponse, certificate: x509.Certificate) -> bool:
    return any(_is_about(single, certificate) for single in answer.response_data["responses"])


def _is_about(answer: ocsp.SingleResponse, certificate: x509.Certificate) -> bool:
    asked = answer["cert_id"]
    if asked["serial_number"].native != certificate.serial_number:
        return False
    name = hashlib.new(asked["hash_algorithm"]["algorithm"].native, certificate.issuer.dump(), usedforsecurity=False)
    return bool(asked["issuer_name_hash"].native == name.digest())


def _is_list_of_theirs(one: crl.CertificateList, known: list[x509.Certificate]) -> bool:
    named = [own for own in known if own.issuer.hashable == one.issuer.hashable]
    authorities = [own for own in known if own.subject.hashable == one.issuer.hashable]
    parts = one["signature"].native, one["tbs_cert_list"].dump()
    return bool(named) and (
        not authorities or any(_is_signed(*parts, own, one["signature_algorithm"]) for own in authorities)
    )


def _is_answer_about_them(one: ocsp.OCSPResponse, known: list[x509.Certificate]) -> bool:
    content = one.basic_ocsp_response
    parts = content["signature"].native, content["tbs_response_data"].dump()
    held = [own.sha256 for own in known]
    return (
        one["response_status"].native == "successful"
        and all(own.sha256 in held and _may_answer(own, known) for own in content["certs"] or ())
        and all(any(_is_about(single, own) for own in known) for single in content["tbs_response_data"]["responses"])
        and any(_is_signed(*parts, own, content["signature_algorithm"]) for own in known)
    )


def _may_answer(responder: x509.Certificate, known: Iterable[x509.Certificate]) -> bool:
    purposes = responder.extended_key_usage_value
    signs_answers = responder.ca or (purposes is not None and "ocsp_signing" in purposes.native)
    return bool(signs_answers) and any(_issued(one, responder) for one in known)


def _is_signed(signature: bytes, content: bytes, by: x509.Certificate, algorithm: Any) -> bool:
    return _verified(signature, content, by.public_key.dump(), cast(Hashable, algorithm.dump()))


@lru_cache(maxsize=256)
def _verified(signature: bytes, content: bytes, key: bytes, algorithm: Any) -> bool:
    """The few of a procedure are met in each of its documents."""
    try:
        DEFAULT_SIGNATURE_VALIDATOR.validate_signature(
            signature,
            content,
            x509.PublicKeyInfo.load(key),
            algos.SignedDigestAlgorithm.load(algorithm),
        )
    except Exception:
        # scar: a key of another kind than the algorithm ends in TypeError or AttributeError
        return False
    return True
