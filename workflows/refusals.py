"""Rules and activities refuse with typed errors; Temporal carries them as application errors with code, parameters."""

from collections.abc import Iterator
from contextlib import contextmanager

from temporalio.exceptions import ActivityError, ApplicationError

from domain.errors import PersonMustAct


@contextmanager
def typed_refusals() -> Iterator[None]:
    """Inside: a `PersonMustAct` leaves as a non-retryable `ApplicationError` whose type is its code."""
    try:
        yield
    except PersonMustAct as refusal:
        raise as_application_error(refusal) from refusal
    except ActivityError as error:
        cause = error.cause
        if isinstance(cause, ApplicationError) and cause.non_retryable:
            raise ApplicationError(cause.message, *cause.details, type=cause.type, non_retryable=True) from error
        raise ApplicationError("outside_unavailable", {}, type="outside_unavailable") from error


def as_application_error(refusal: PersonMustAct) -> ApplicationError:
    return ApplicationError(refusal.code, refusal.params, type=refusal.code, non_retryable=True)


def code_of(error: ActivityError) -> str:
    """The code of what an activity could not do: the refusal's own, or that something outside is unavailable."""
    cause = error.cause
    if isinstance(cause, ApplicationError) and cause.non_retryable and cause.type:
        return cause.type
    return "outside_unavailable"
