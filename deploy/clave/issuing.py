"""The simulator as a SAML 2.0 identity provider: metadata, the requests that it takes, the answers it signs."""

import base64
import re
import secrets
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from saml2 import BINDING_HTTP_POST, class_name, saml, samlp
from saml2.config import IdPConfig
from saml2.metadata import entity_descriptor
from saml2.server import Server
from saml2.sigver import pre_encryption_part, pre_signature_part, signed_instance_factory
from saml2.xmldsig import DIGEST_SHA256, SIG_RSA_SHA256

NATURAL_PERSON = "http://eidas.europa.eu/attributes/naturalperson/"
LEVEL = "http://eidas.europa.eu/LoA/"
STATUS = "urn:oasis:names:tc:SAML:2.0:status:"
BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
GOOD_FOR = timedelta(minutes=5)


@dataclass(frozen=True)
class Asked:
    """A request that was signed by an installation that the simulator knows."""

    message: str
    entity: str
    address: str
    """Where the answer goes."""
    level: str


@dataclass(frozen=True)
class Known:
    """A person as the provider knows them."""

    number: str
    given: str
    family: str


@dataclass(frozen=True)
class Encryption:
    """Algorithms of XML Encryption, and the session key as xmlsec1 names it."""

    content: str
    transport: str
    key: str


GCM = Encryption(
    "http://www.w3.org/2009/xmlenc11#aes256-gcm", "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p", "aes-256"
)


class Provider:
    """Blocking: the library starts a program for each signature."""

    def __init__(self, directory: Path, url: str) -> None:
        self.directory = directory
        self.entity = f"{url}/metadata"
        self._address = f"{url}/sso"
        self._key, self._certificate = directory / "provider.key", directory / "provider.pem"
        self._installation = directory / "installation.xml"
        self._served: Server | None = None

    def metadata(self) -> str:
        return str(entity_descriptor(self._config(with_installation=False)))

    def read(self, form_value: str) -> Asked:
        """Raises whatever the library does for a request that is not signed by the installation."""
        message: Any = self._server.parse_authn_request(form_value, BINDING_HTTP_POST).message
        return Asked(
            message=message.id,
            entity=message.issuer.text,
            address=message.assertion_consumer_service_url,
            level=message.requested_authn_context.authn_context_class_ref[0].text.removeprefix(LEVEL),
        )

    def answer(
        self, asked: Asked, person: Known, level: str, at: datetime | None = None, issuer: str | None = None
    ) -> str:
        """The signed answer, as a form carries it. `at`: by the provider's clock."""
        return self.sign(self.response(asked, self.assertion(asked, person, level, at, issuer), at, issuer))

    def failure(self, asked: Asked, *statuses: str, at: datetime | None = None) -> str:
        """An answer that identifies nobody."""
        response = self.response(asked, None, at)
        inner = None
        for status in reversed(statuses):
            inner = samlp.StatusCode(value=f"{STATUS}{status}", status_code=inner)
        response.status = samlp.Status(status_code=inner)
        return self.sign(response)

    def assertion(
        self, asked: Asked, person: Known, level: str, at: datetime | None = None, issuer: str | None = None
    ) -> Any:
        """Not signed yet."""
        now = at or datetime.now(UTC)
        confirmed = saml.SubjectConfirmationData(
            recipient=asked.address, in_response_to=asked.message, not_on_or_after=_instant(now + GOOD_FOR)
        )
        said = {
            "PersonIdentifier": person.number,
            "CurrentGivenName": person.given,
            "CurrentFamilyName": person.family,
        }
        return saml.Assertion(
            id=f"_{secrets.token_hex(16)}",
            version="2.0",
            issue_instant=_instant(now),
            issuer=self._issuer(issuer),
            subject=saml.Subject(
                name_id=saml.NameID(format=saml.NAMEID_FORMAT_PERSISTENT, text=person.number),
                subject_confirmation=[saml.SubjectConfirmation(method=BEARER, subject_confirmation_data=confirmed)],
            ),
            conditions=saml.Conditions(
                not_before=_instant(now),
                not_on_or_after=_instant(now + GOOD_FOR),
                audience_restriction=[saml.AudienceRestriction(audience=[saml.Audience(text=asked.entity)])],
            ),
            authn_statement=[
                saml.AuthnStatement(
                    authn_instant=_instant(now),
                    authn_context=saml.AuthnContext(
                        authn_context_class_ref=saml.AuthnContextClassRef(text=f"{LEVEL}{level}")
                    ),
                )
            ],
            attribute_statement=[
                saml.AttributeStatement(
                    attribute=[
                        saml.Attribute(
                            name=f"{NATURAL_PERSON}{name}",
                            name_format=saml.NAME_FORMAT_URI,
                            friendly_name=name,
                            attribute_value=[saml.AttributeValue(text=value)],
                        )
                        for name, value in said.items()
                    ]
                )
            ],
        )

    def response(self, asked: Asked, assertion: Any, at: datetime | None = None, issuer: str | None = None) -> Any:
        """Not signed yet."""
        return samlp.Response(
            id=f"_{secrets.token_hex(16)}",
            version="2.0",
            issue_instant=_instant(at or datetime.now(UTC)),
            destination=asked.address,
            in_response_to=asked.message,
            issuer=self._issuer(issuer),
            status=samlp.Status(status_code=samlp.StatusCode(value=f"{STATUS}Success")),
            assertion=[assertion] if assertion is not None else [],
        )

    def sign(self, response: Any, *, only_assertion: bool = False, **algorithms: str) -> str:
        """The assertion, then the response around it."""
        signed = [*response.assertion, *([] if only_assertion else [response])]
        chosen = {"sign_alg": SIG_RSA_SHA256, "digest_alg": DIGEST_SHA256, **algorithms}
        for number, part in enumerate(signed):
            part.signature = pre_signature_part(part.id, self._server.sec.my_cert, number, **chosen)
        text = signed_instance_factory(response, self._server.sec, [(class_name(part), part.id) for part in signed])
        return base64.b64encode(str(text).encode()).decode()

    def encrypted(
        self, asked: Asked, person: Known, level: str, at: datetime | None = None, how: Encryption = GCM
    ) -> str:
        """The answer with its signed assertion encrypted to the installation, and signed around that."""
        assertion = self.signed_alone(self.assertion(asked, person, level, at))
        return self.sign_again(self.around(self.response(asked, None, at), assertion, how))

    def signed_alone(self, assertion: Any) -> str:
        """With every name that it uses declared in itself: what is encrypted has nothing around it."""
        chosen = {"sign_alg": SIG_RSA_SHA256, "digest_alg": DIGEST_SHA256}
        assertion.signature = pre_signature_part(assertion.id, self._server.sec.my_cert, 1, **chosen)
        text = str(signed_instance_factory(assertion, self._server.sec, [(class_name(assertion), assertion.id)]))
        return re.sub(r"^<\?xml[^>]*>\s*", "", text)

    def around(self, response: Any, assertion: str, how: Encryption = GCM) -> str:
        """The response with that assertion, encrypted by another program than that which opens it (xmlsec1)."""
        inside = f'<e:EncryptedAssertion xmlns:e="{saml.NAMESPACE}">{assertion}</e:EncryptedAssertion>'
        whole = re.sub(r"</[\w:]*Response>\s*\Z", lambda end: inside + end[0], str(response))
        template = pre_encryption_part(msg_enc=how.content, key_enc=how.transport)
        certificate = str(self.directory / "decryption.pem")
        return str(self._server.sec.encrypt_assertion(whole, certificate, template, key_type=how.key))

    def sign_again(self, xml: str) -> str:
        """The response alone, as it stands."""
        response: Any = samlp.response_from_string(xml)
        chosen = {"sign_alg": SIG_RSA_SHA256, "digest_alg": DIGEST_SHA256}
        response.signature = pre_signature_part(response.id, self._server.sec.my_cert, 1, **chosen)
        text = self._server.sec.sign_statement(str(response), class_name(response), node_id=response.id)
        return base64.b64encode(str(text).encode()).decode()

    def _issuer(self, issuer: str | None) -> Any:
        return saml.Issuer(text=issuer or self.entity, format=saml.NAMEID_FORMAT_ENTITY)

    @property
    def _server(self) -> Server:
        if self._served is None:
            self._served = Server(config=self._config(with_installation=True))
        return self._served

    def _config(self, *, with_installation: bool) -> Any:
        told: dict[str, Any] = {
            "entityid": self.entity,
            "xmlsec_binary": shutil.which("xmlsec1"),
            "key_file": str(self._key),
            "cert_file": str(self._certificate),
            "only_use_keys_in_metadata": True,
            "service": {
                "idp": {
                    "name": "Cl@ve",
                    "endpoints": {"single_sign_on_service": [(self._address, BINDING_HTTP_POST)]},
                    "want_authn_requests_signed": True,
                }
            },
        }
        if with_installation:
            told["metadata"] = {"local": [str(self._installation)]}
        return IdPConfig().load(told)


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
