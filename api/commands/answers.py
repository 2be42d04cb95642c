"""What somebody answered to a mechanism of identification, as its command carries it: secrets as digests."""

from collections.abc import Mapping

from domain.codes.pins import proof_of
from domain.errors import Refusal
from domain.procedure.state import Procedure
from domain.refusals.identity import IDENTITY_METHOD_NOT_ALLOWED
from domain.refusals.requests import FIELD_INVALID, FIELD_REQUIRED
from domain.types.mechanism import MechanismField


def answers_of(
    procedure: Procedure, mechanism: str, reference: str, typed: Mapping[str, str], pin_key: bytes
) -> dict[str, str]:
    """Raises `Refusal('identity_method_not_allowed')`, `Refusal('field_required')` or `Refusal('field_invalid')`.

    What is typed into a secret field goes no further than this: its keyed digest does.
    """
    policy = procedure.type.procedure.identity
    if mechanism not in policy.every_named:
        raise Refusal(IDENTITY_METHOD_NOT_ALLOWED, method=mechanism, allowed=list(policy.every_named))
    fields = procedure.type.mechanism(mechanism).fields
    answers = {name: value for name, value in typed.items() if name not in {field.name for field in fields}}
    for field in fields:
        value = _plain(field, typed.get(field.name, ""))
        answers[field.name] = proof_of(pin_key, reference, value) if field.secret else value
    return answers


def _plain(field: MechanismField, typed: str) -> str:
    value = "".join(typed.split()) if field.digits else typed.strip()
    if not field.takes(value):
        raise Refusal(FIELD_INVALID if value else FIELD_REQUIRED, field=field.name, kind="")
    return value
