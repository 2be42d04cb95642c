"""Rules and activities refuse with typed errors; Temporal carries them as application errors with code, parameters."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError, ApplicationErrorCategory

with workflow.unsafe.imports_passed_through():
    from domain.errors import PersonMustAct
    from domain.refusals.requests import STATE_MOVED_ON

OUTSIDE_UNAVAILABLE = "outside_unavailable"


@contextmanager
def typed_refusals(request: str | None = None) -> Iterator[None]:
    """Inside: a `PersonMustAct` leaves as a non-retryable `ApplicationError` whose type is its code.

    What an activity could not do because of the world, and not of a rule, carries `request` as its second detail: the
    engine keeps a failed Update under its id for ever, and whoever asks again under the same key tells by it that the
    failure is an earlier one. So does that the state which they named was not the present one.
    """
    try:
        yield
    except PersonMustAct as refusal:
        passing = refusal.code == STATE_MOVED_ON.code
        told: tuple[Any, ...] = (refusal.params, {"request": request}) if passing else (refusal.params,)
        raise ApplicationError(refusal.code, *told, type=refusal.code, non_retryable=True) from refusal
    except ActivityError as error:
        params = params_of(error)
        details = (params,) if is_refused_by_a_rule(error) else (params, {"request": request})
        code = code_of(error)
        raise ApplicationError(code, *details, type=code, non_retryable=True) from error


def is_refused_by_a_rule(error: ActivityError) -> bool:
    """True when what was asked for is wrong, and not the world."""
    cause = error.cause
    return isinstance(cause, ApplicationError) and cause.category is ApplicationErrorCategory.BENIGN


def code_of(error: ActivityError) -> str:
    """The code of what an activity could not do: the refusal's own, or that something outside is unavailable."""
    cause = error.cause
    if isinstance(cause, ApplicationError) and cause.non_retryable and cause.type:
        return cause.type
    return OUTSIDE_UNAVAILABLE


def params_of(error: ActivityError) -> dict[str, Any]:
    """What the words of a refusal by an activity tell; nothing of what will be tried again."""
    cause = error.cause
    known = isinstance(cause, ApplicationError) and cause.non_retryable and cause.details
    return dict(cause.details[0]) if isinstance(cause, ApplicationError) and known else {}
