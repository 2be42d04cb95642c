"""Ways to wrap a genuine assertion into a forged one, so that the signature is over one and the meaning of another."""

from copy import deepcopy
from xml.etree.ElementTree import Element, SubElement

from adapters.identity.clave.shape import PROTOCOL, SAML, SIGNATURE
from tests.adapters.claves import ANXO


def the(root: Element, path: str) -> Element:
    found = root.find(path)
    assert found is not None, path
    return found


def forged(assertion: Element, id: str = "_forged") -> Element:
    """The same assertion, unsigned, of the person whom the attacker wants to be."""
    evil = deepcopy(assertion)
    evil.remove(the(evil, f"{SIGNATURE}Signature"))
    evil.set("ID", id)
    values = [the(attribute, f"{SAML}AttributeValue") for attribute in evil.iter(f"{SAML}Attribute")]
    for value, said in zip(values, (ANXO.number, ANXO.given, ANXO.family), strict=True):
        value.text = said
    return evil


def beside_before(root: Element, signed: Element) -> None:
    root.insert(list(root).index(signed), forged(signed))


def beside_after(root: Element, signed: Element) -> None:
    root.append(forged(signed))


def around(root: Element, signed: Element) -> None:
    evil = forged(signed)
    root.remove(signed)
    evil.append(signed)
    root.append(evil)


def inside(root: Element, signed: Element) -> None:
    signed.append(forged(signed))


def in_the_signature(root: Element, signed: Element) -> None:
    evil = forged(signed)
    signature = the(signed, f"{SIGNATURE}Signature")
    evil.insert(1, signature)
    signed.remove(signature)
    SubElement(signature, f"{SIGNATURE}Object").append(signed)
    root.remove(signed)
    root.append(evil)


def in_the_extensions(root: Element, signed: Element) -> None:
    root.remove(signed)
    extensions = Element(f"{PROTOCOL}Extensions")
    extensions.append(signed)
    root.insert(1, extensions)
    root.append(forged(signed))


def under_one_id(root: Element, signed: Element) -> None:
    root.insert(2, forged(signed, str(signed.get("ID"))))


def signature_moved(root: Element, signed: Element) -> None:
    """The signature of the hidden original stands in the forged one."""
    evil = forged(signed)
    evil.insert(1, deepcopy(the(signed, f"{SIGNATURE}Signature")))
    signed.remove(the(signed, f"{SIGNATURE}Signature"))
    root.append(evil)


def in_another_namespace(root: Element, signed: Element) -> None:
    evil = forged(signed)
    root.remove(signed)
    hidden = SubElement(evil, "{urn:example:nothing}Assertion")
    hidden.append(signed)
    root.append(evil)


def a_response_in_a_response(root: Element, signed: Element) -> None:
    whole = deepcopy(root)
    root.remove(signed)
    root.set("ID", "_outer")
    SubElement(root, f"{PROTOCOL}Extensions").append(whole)
    root.append(forged(signed))


def id_in_lower_case(root: Element, signed: Element) -> None:
    evil = forged(signed)
    evil.set("id", str(signed.get("ID")))
    root.insert(2, evil)


def under_the_status(root: Element, signed: Element) -> None:
    root.remove(signed)
    SubElement(the(root, f"{PROTOCOL}Status"), f"{PROTOCOL}StatusDetail").append(signed)
    evil = forged(signed)
    evil.insert(1, deepcopy(the(signed, f"{SIGNATURE}Signature")))
    root.append(evil)


WRAPPED = (
    beside_before, beside_after, around, inside, in_the_signature, in_the_extensions, under_one_id, signature_moved,
    in_another_namespace, a_response_in_a_response, id_in_lower_case, under_the_status,
)  # fmt: skip
