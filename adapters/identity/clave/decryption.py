"""An assertion that is encrypted to this installation is opened before anything else is judged (XML Encryption 1.1).

Anybody can encrypt anything to a public key: what comes out is believed no more than what comes in clear. Only
algorithms that notice every change are taken; CBC and PKCS #1 v1.5 tell, by how they fail, what they hide.
"""

import base64
import binascii
import re
from xml.etree.ElementTree import Element

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from adapters.identity.clave.shape import SAML, Untrusted

ENC, ENC11 = "http://www.w3.org/2001/04/xmlenc#", "http://www.w3.org/2009/xmlenc11#"
_DSIG = "http://www.w3.org/2000/09/xmldsig#"
CONTENT = {f"{ENC11}aes128-gcm": 16, f"{ENC11}aes256-gcm": 32}
"""Algorithm of the content -> bytes of its key."""
TRANSPORT = {f"{ENC}rsa-oaep-mgf1p", f"{ENC11}rsa-oaep"}
DIGESTS: dict[str, hashes.HashAlgorithm] = {
    f"{_DSIG}sha1": hashes.SHA1(),  # noqa: S303  within OAEP it carries no signature
    f"{ENC}sha256": hashes.SHA256(),
    f"{ENC}sha512": hashes.SHA512(),
}
MASKS: dict[str, hashes.HashAlgorithm] = {
    f"{ENC11}mgf1sha1": hashes.SHA1(),  # noqa: S303
    f"{ENC11}mgf1sha256": hashes.SHA256(),
    f"{ENC11}mgf1sha512": hashes.SHA512(),
}
NONCE = 12


def opened(raw: bytes, root: Element, key: RSAPrivateKey) -> bytes:
    """The answer with the assertion in clear in the place of the encrypted one.

    `root`: the same as it was parsed. Raises `Untrusted`, whatever the reason, in the same words.
    """
    (encrypted,) = root.findall(f"{SAML}EncryptedAssertion")
    try:
        clear = _assertion(encrypted, key).decode("utf-8")
    except (Untrusted, InvalidTag, ValueError, binascii.Error) as error:
        raise Untrusted("cannot be decrypted") from error
    text = _without(raw.decode("utf-8"), "EncryptedAssertion", clear)
    return text.encode()


def without_signature(raw: bytes) -> bytes:
    """The answer without the one signature that it has: it holds for the answer as it came."""
    return _without(raw.decode("utf-8"), "Signature", "").encode()


def _assertion(encrypted: Element, key: RSAPrivateKey) -> bytes:
    content, wrapped = _one(encrypted, "EncryptedData"), _one(encrypted, "EncryptedKey")
    size = CONTENT.get(_method(content))
    if size is None or _method(wrapped) not in TRANSPORT:
        raise Untrusted("algorithm")
    secret = key.decrypt(_cipher(wrapped), _padding(wrapped))
    if len(secret) != size:
        raise Untrusted("size of the key")
    cipher = _cipher(content)
    return AESGCM(secret).decrypt(cipher[:NONCE], cipher[NONCE:], None)


def _padding(wrapped: Element) -> OAEP:
    """The hashes that it names; where it names none, the standard says SHA-1 (XML Encryption 1.1, 5.5.2)."""
    method = wrapped.find(f"{{{ENC}}}EncryptionMethod")
    assert method is not None
    digests, masks = method.findall(f"{{{_DSIG}}}DigestMethod"), method.findall(f"{{{ENC11}}}MGF")
    if len(digests) > 1 or len(masks) > 1 or method.findall(f"{{{ENC}}}OAEPparams"):
        raise Untrusted("parameters")
    digest = DIGESTS.get(digests[0].get("Algorithm", "")) if digests else DIGESTS[f"{_DSIG}sha1"]
    mask = MASKS.get(masks[0].get("Algorithm", "")) if masks else MASKS[f"{ENC11}mgf1sha1"]
    if digest is None or mask is None:
        raise Untrusted("hash")
    return OAEP(MGF1(mask), digest, label=None)


def _one(inside: Element, name: str) -> Element:
    found = list(inside.iter(f"{{{ENC}}}{name}"))
    if len(found) != 1:
        raise Untrusted(f"not one {name}")
    return found[0]


def _method(element: Element) -> str:
    methods = element.findall(f"{{{ENC}}}EncryptionMethod")
    return methods[0].get("Algorithm", "") if len(methods) == 1 else ""


def _cipher(element: Element) -> bytes:
    values = element.findall(f"{{{ENC}}}CipherData/{{{ENC}}}CipherValue")
    if len(values) != 1:
        raise Untrusted("not one value")
    return base64.b64decode("".join((values[0].text or "").split()), validate=True)


def _without(text: str, name: str, instead: str) -> str:
    """With `instead` for the one element of that name. In plain XML (`shape.py`) its tags stand nowhere else."""
    pattern = re.compile(rf"<((?:[\w.-]+:)?){name}(?=[\s>]).*?</\1{name}\s*>", re.DOTALL)
    if len(pattern.findall(text)) != 1:
        raise Untrusted(f"not one {name}")
    return pattern.sub(lambda _: instead, text)
