"""What an assertion says, once its signature holds."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import Element

from adapters.identity.clave.shape import PROTOCOL, Untrusted
from domain.types.vocabulary import Assurance

NATURAL_PERSON = "http://eidas.europa.eu/attributes/naturalperson/"
NUMBER, GIVEN_NAME, FAMILY_NAME = (
    f"{NATURAL_PERSON}{name}" for name in ("PersonIdentifier", "CurrentGivenName", "CurrentFamilyName")
)
LEVELS = {f"http://eidas.europa.eu/LoA/{level.value}": level for level in Assurance}
STATUS = "urn:oasis:names:tc:SAML:2.0:status:"


@dataclass(frozen=True)
class Facts:
    id: str
    issuer: str
    audiences: tuple[str, ...]
    recipient: str
    answers: str
    """Id of the request."""
    issued: datetime
    good_from: datetime
    good_until: datetime
    authenticated: datetime
    assurance: Assurance
    number: str
    name: str


def statuses_of(root: Element) -> tuple[str, ...]:
    """The status and what it says besides, without their common prefix."""
    found = root.findall(f"{PROTOCOL}Status//{PROTOCOL}StatusCode")
    return tuple(code.get("Value", "").removeprefix(STATUS) for code in found)


def facts_of(assertion: Any) -> Facts:
    """Of the assertion whose signature was verified, as the library read it. Raises `Untrusted`."""
    try:
        (confirmation,) = assertion.subject.subject_confirmation
        (statement,) = assertion.authn_statement
        bearer = confirmation.subject_confirmation_data
        if confirmation.method != "urn:oasis:names:tc:SAML:2.0:cm:bearer" or bearer.not_before is not None:
            raise Untrusted("not a bearer's")
        conditions = assertion.conditions
        said = {
            attribute.name: " ".join((value.text or "").strip() for value in attribute.attribute_value)
            for attribute in assertion.attribute_statement[0].attribute
        }
        return Facts(
            id=assertion.id,
            issuer=assertion.issuer.text.strip(),
            audiences=tuple(one.text.strip() for each in conditions.audience_restriction for one in each.audience),
            recipient=bearer.recipient,
            answers=bearer.in_response_to,
            issued=_moment(assertion.issue_instant),
            good_from=_moment(conditions.not_before),
            good_until=min(_moment(conditions.not_on_or_after), _moment(bearer.not_on_or_after)),
            authenticated=_moment(statement.authn_instant),
            assurance=LEVELS[statement.authn_context.authn_context_class_ref.text.strip()],
            number=said[NUMBER],
            name=f"{said[GIVEN_NAME]} {said[FAMILY_NAME]}",
        )
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise Untrusted("a part of the assertion is missing") from error


def _moment(said: str) -> datetime:
    moment = datetime.fromisoformat(said)
    if moment.tzinfo is None:
        raise ValueError(said)
    return moment.astimezone(UTC)
