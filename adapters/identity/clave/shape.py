"""A strict look at an answer before any library judges it: one response, one assertion, one reading of each.

Whoever wraps a signed assertion into another answer needs a second assertion, a second meaning of an id, or something
that two parsers read differently. None of these gets through here (SAML 2.0 security considerations; F-53).
"""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

LARGEST = 256 * 1024
DEEPEST = 64

SAML, PROTOCOL, SIGNATURE = (
    "{urn:oasis:names:tc:SAML:2.0:assertion}",
    "{urn:oasis:names:tc:SAML:2.0:protocol}",
    "{http://www.w3.org/2000/09/xmldsig#}",
)
_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
_ENC = "http://www.w3.org/2001/04/xmlenc#"

SIGNING = {f"{_MORE}rsa-sha256", f"{_MORE}rsa-sha384", f"{_MORE}rsa-sha512", f"{_MORE}ecdsa-sha256"}
DIGESTS = {f"{_ENC}sha256", f"{_ENC}sha512", f"{_MORE}sha384"}
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
TRANSFORMS = ["http://www.w3.org/2000/09/xmldsig#enveloped-signature", EXCLUSIVE]

_DECLARATION = re.compile(r"^<\?xml version=[\"']1\.0[\"']( encoding=[\"'][Uu][Tt][Ff]-8[\"'])?( standalone=\S+)? ?\?>")

_ONCE = ("Issuer", "Signature", "Subject", "Conditions", "AuthnStatement", "AttributeStatement")


class Untrusted(Exception):
    """The answer is not to be believed; the text says why, for the log and the tests."""


def root_of(raw: bytes, *, encrypted: bool = False) -> Element:
    """The parsed answer. Raises `Untrusted` for anything but one plain, small `Response`.

    `encrypted`: with one encrypted assertion, and none in clear.
    """
    if len(raw) > LARGEST:
        raise Untrusted("too large")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Untrusted("not UTF-8") from error
    # Neither a DTD with its entities, nor a comment or CDATA that cuts a value in two, nor an instruction.
    if "<!" in text or "<?" in _DECLARATION.sub("", text, count=1) or "\0" in text:
        raise Untrusted("not plain XML")
    try:
        root: Element = fromstring(raw, forbid_dtd=True)
    except (ParseError, DefusedXmlException) as error:
        raise Untrusted("not XML") from error
    if root.tag != f"{PROTOCOL}Response":
        raise Untrusted("not a response")
    if encrypted and [_name(one) for one in root if "Assertion" in _name(one)] != ["EncryptedAssertion"]:
        raise Untrusted("not one encrypted assertion")
    _refuse_ambiguity(root, {"EncryptedAssertion"} if encrypted else set())
    return root


def refuse_unsigned(root: Element) -> None:
    """Raises `Untrusted` unless there is one assertion, signed itself, with each of its parts once."""
    found = [element for element in root.iter() if _name(element) == "Assertion"]
    if len(found) != 1 or found[0] not in list(root) or found[0].tag != f"{SAML}Assertion":
        raise Untrusted("not one assertion")
    (assertion,) = found
    counted = Counter(child.tag for child in assertion)
    if counted[f"{SIGNATURE}Signature"] != 1:
        raise Untrusted("the assertion is not signed")
    if any(counted[f"{SIGNATURE if name == 'Signature' else SAML}{name}"] != 1 for name in _ONCE):
        raise Untrusted("a part is missing or there twice")
    names = Counter(attribute.get("Name") for attribute in assertion.iter(f"{SAML}Attribute"))
    if any(times > 1 for times in names.values()):
        raise Untrusted("an attribute is there twice")


def _refuse_ambiguity(root: Element, taken: set[str]) -> None:
    for element, depth in _with_depth(root):
        if depth > DEEPEST:
            raise Untrusted("too deep")
        if (name := _name(element)) in {"EncryptedAssertion", "EncryptedID", "EncryptedAttribute", "Object"} - taken:
            raise Untrusted(f"{name} is not taken")
    if sum(_name(element) == "Response" for element in root.iter()) > 1:
        raise Untrusted("a response in a response")
    ids = [value for element in root.iter() for key, value in element.items() if key.split("}")[-1].lower() == "id"]
    if len(set(ids)) < len(ids):
        raise Untrusted("an id is there twice")
    carriers = [root, *root.findall(f"{SAML}Assertion")]
    signatures = [element for element in root.iter() if _name(element) == "Signature"]
    expected = [(carrier, child) for carrier in carriers for child in carrier.findall(f"{SIGNATURE}Signature")]
    if len(signatures) != len(expected) or len({id(carrier) for carrier, _ in expected}) != len(expected):
        raise Untrusted("a signature is where none belongs")
    for carrier, signature in expected:
        _refuse_odd_signature(carrier, signature)


def _refuse_odd_signature(carrier: Element, signature: Element) -> None:
    """Over exactly the element in which it stands, by algorithms that hold."""
    signed = signature.findall(f"{SIGNATURE}SignedInfo")
    references = [reference for one in signed for reference in one.findall(f"{SIGNATURE}Reference")]
    if len(signed) != 1 or len(references) != 1:
        raise Untrusted("not one reference")
    (reference,) = references
    if not carrier.get("ID") or reference.get("URI") != f"#{carrier.get('ID')}":
        raise Untrusted("signed is something else")
    if _algorithms(reference, "Transforms/Transform") != TRANSFORMS:
        raise Untrusted("transforms")
    if _algorithms(signed[0], "CanonicalizationMethod") != [EXCLUSIVE]:
        raise Untrusted("canonicalisation")
    if not {*_algorithms(signed[0], "SignatureMethod")} <= SIGNING or not signed[0].findall(
        f"{SIGNATURE}SignatureMethod"
    ):
        raise Untrusted("signature algorithm")
    if not {*_algorithms(reference, "DigestMethod")} <= DIGESTS:
        raise Untrusted("digest algorithm")


def _algorithms(inside: Element, path: str) -> list[str]:
    steps = "/".join(f"{SIGNATURE}{step}" for step in path.split("/"))
    return [found.get("Algorithm", "") for found in inside.findall(steps)]


def _with_depth(root: Element) -> Iterator[tuple[Element, int]]:
    waiting = [(root, 1)]
    while waiting:
        element, depth = waiting.pop()
        yield element, depth
        waiting += [(child, depth + 1) for child in element]


def _name(element: Element) -> str:
    return str(element.tag).split("}")[-1]
