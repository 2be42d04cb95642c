"""This installation as a SAML 2.0 service provider: metadata, signed requests, verified answers (pysaml2, xmlsec1)."""

import base64
import logging
import shutil
import subprocess
from functools import cached_property
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from saml2 import BINDING_HTTP_POST, SAMLError
from saml2.cert import CertificateError
from saml2.client import Saml2Client
from saml2.config import SPConfig
from saml2.metadata import entity_descriptor
from saml2.saml import NAME_FORMAT_URI, NAMEID_FORMAT_PERSISTENT
from saml2.sigver import SigverError
from saml2.xmldsig import DIGEST_SHA256, SIG_RSA_SHA256

from adapters.identity.clave.decryption import opened, without_signature
from adapters.identity.clave.facts import FAMILY_NAME, GIVEN_NAME, LEVELS, NUMBER, Facts, facts_of
from adapters.identity.clave.settings import ClaveSettings
from adapters.identity.clave.shape import SIGNATURE, Untrusted, root_of
from domain.errors import Refusal, TryAgain
from domain.refusals.identity import PROVIDER_NOT_SET_UP

log = logging.getLogger("identity.clave")

# scar: the library writes whole answers, with names and numbers, to the log.
logging.getLogger("saml2").setLevel(logging.CRITICAL + 1)

ATTRIBUTES = (NUMBER, GIVEN_NAME, FAMILY_NAME)

AGES = 100 * 366 * 24 * 3600
"""Seconds. Times are judged by when the browser came (`judging.py`), not by when the library looks: a step that is
tried again hours later has to give the same verdict."""


class ClaveService:
    """Blocking: the library starts a program for each signature."""

    def __init__(self, settings: ClaveSettings, public_url: str) -> None:
        self._settings = settings
        self.entity = settings.entity_id or f"{public_url}/identity/clave"
        self.answer_address = f"{public_url}/identity/clave/answer"

    def metadata(self) -> str:
        """What the provider needs to know of this installation."""
        return str(entity_descriptor(self._config(with_provider=False)))

    def request(self, message: str) -> tuple[str, str]:
        """Address of the provider and the signed request of that id, as a form carries it."""
        address = self.provider_address()
        level = next(name for name, level in LEVELS.items() if level is self._settings.minimum)
        _, signed = self._client.create_authn_request(
            address,
            binding=BINDING_HTTP_POST,
            message_id=message,
            force_authn="true",
            requested_authn_context={"authn_context_class_ref": [level], "comparison": "minimum"},
            sign=True,
            # scar: the algorithms of the configuration are not used here; without these it signs with SHA-1.
            sign_alg=SIG_RSA_SHA256,
            digest_alg=DIGEST_SHA256,
        )
        return address, base64.b64encode(str(signed).encode()).decode()

    def check(self) -> None:
        """Raises `Refusal('provider_not_set_up')`, or `TryAgain`."""
        self.request("_check")
        _ = self._decryption_key

    def provider_address(self) -> str:
        """Where people are identified. Raises `Refusal('provider_not_set_up')`."""
        services = self._client.metadata.service(
            self._provider, "idpsso_descriptor", "single_sign_on_service", BINDING_HTTP_POST
        )
        if not services:
            raise Refusal(PROVIDER_NOT_SET_UP, mechanism="clave")
        return str(services[0]["location"])

    def opened(self, raw: bytes) -> bytes:
        """The answer with its assertion in clear; as it came where it is not encrypted. Raises `Untrusted`."""
        if b"EncryptedAssertion" not in raw:
            return raw
        root, key = root_of(raw, encrypted=True), self._decryption_key
        if key is None:
            raise Untrusted("encrypted, and there is no key to read it with")
        if root.find(f"{SIGNATURE}Signature") is not None:
            # It is over the answer as it came, and would not hold over what the answer becomes.
            self._refuse_wrong_signature(raw)
            raw = without_signature(raw)
        return opened(raw, root, key)

    def _refuse_wrong_signature(self, raw: bytes) -> None:
        try:
            self._client.sec.correctly_signed_response(raw.decode(), require_response_signature=True)
        except OSError as error:
            raise TryAgain(f"xmlsec1: {type(error).__name__}") from error
        except Exception as error:
            raise Untrusted(type(error).__name__) from error

    @cached_property
    def _decryption_key(self) -> RSAPrivateKey | None:
        if self._settings.decryption_key_file is None:
            return None
        try:
            key = load_pem_private_key(self._settings.decryption_key_file.read_bytes(), None)
        except (OSError, ValueError, TypeError) as error:
            log.error("a file of the connection cannot be used", extra={"kind": type(error).__name__})
            raise Refusal(PROVIDER_NOT_SET_UP, mechanism="clave") from error
        if not isinstance(key, RSAPrivateKey):
            raise Refusal(PROVIDER_NOT_SET_UP, mechanism="clave")
        return key

    def verified(self, raw: bytes, message: str) -> Facts:
        """What the one assertion says, whose signature by the provider holds. Raises `Untrusted`."""
        client = self._client
        try:
            response = client.parse_authn_request_response(
                base64.b64encode(raw).decode(), BINDING_HTTP_POST, outstanding={message: "/"}
            )
        except OSError as error:
            raise TryAgain(f"xmlsec1: {type(error).__name__}") from error
        except (SAMLError, SigverError, subprocess.SubprocessError) as error:
            raise Untrusted(type(error).__name__) from error
        except Exception as error:
            # The library has no one root of its errors; whatever it stumbles over is not to be believed.
            log.warning("an answer could not be judged", extra={"kind": type(error).__name__})
            raise Untrusted(type(error).__name__) from error
        if response is None or response.assertion is None:
            raise Untrusted("no assertion")
        facts = facts_of(response.assertion)
        if facts.issuer != self._provider:
            raise Untrusted("of another provider")
        return facts

    @cached_property
    def _client(self) -> Any:
        if not self._settings.complete:
            raise Refusal(PROVIDER_NOT_SET_UP, mechanism="clave")
        try:
            return Saml2Client(self._config(with_provider=True))
        except (OSError, ValueError, CertificateError, SAMLError) as error:
            log.error("a file of the connection cannot be used", extra={"kind": type(error).__name__})
            raise Refusal(PROVIDER_NOT_SET_UP, mechanism="clave") from error

    @property
    def _provider(self) -> str:
        """The one provider of the metadata."""
        known = list(self._client.metadata.with_descriptor("idpsso"))
        if len(known) != 1:
            raise Refusal(PROVIDER_NOT_SET_UP, mechanism="clave")
        return str(known[0])

    def _config(self, *, with_provider: bool) -> Any:
        program = shutil.which("xmlsec1")
        if program is None:
            raise TryAgain("xmlsec1 is not installed")
        settings = self._settings
        told: dict[str, Any] = {
            "entityid": self.entity,
            "xmlsec_binary": program,
            "key_file": str(settings.key_file),
            "cert_file": str(settings.certificate_file),
            "allow_unknown_attributes": True,
            "only_use_keys_in_metadata": True,
            "accepted_time_diff": AGES,
            "service": {"sp": self._role()},
        }
        if not with_provider and settings.decryption_certificate_file is not None:
            # Published only: we open what is encrypted ourselves (`decryption.py`), the library takes any algorithm.
            files = {"key_file": settings.decryption_key_file, "cert_file": settings.decryption_certificate_file}
            told["encryption_keypairs"] = [{name: str(path) for name, path in files.items()}]
        if with_provider:
            told["metadata"] = {"local": [str(settings.provider_metadata)]}
        return SPConfig().load(told)

    def _role(self) -> dict[str, Any]:
        return {
            "name": self._settings.name,
            "endpoints": {"assertion_consumer_service": [(self.answer_address, BINDING_HTTP_POST)]},
            "authn_requests_signed": True,
            "want_assertions_signed": True,
            "want_response_signed": False,
            "allow_unsolicited": False,
            "sp_type": "public",
            "sp_type_in_metadata": False,
            "name_id_policy_format": NAMEID_FORMAT_PERSISTENT,
            "requested_attributes": [
                {
                    "name": name,
                    "friendly_name": name.rsplit("/", 1)[-1],
                    "name_format": NAME_FORMAT_URI,
                    "required": True,
                }
                for name in ATTRIBUTES
            ],
        }
