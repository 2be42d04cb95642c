"""What an activity could not do, in the engine's terms: try again, or a person must act."""

from typing import Any

from temporalio.exceptions import ApplicationError, ApplicationErrorCategory
from temporalio.worker import (
    ActivityInboundInterceptor,
    ExecuteActivityInput,
    Interceptor,
)

from domain.errors import NotYet, PersonMustAct, Refusal, TryAgain

_FOR_OPERATORS = ApplicationErrorCategory.UNSPECIFIED


class TypedFailures(Interceptor):
    """For every worker: `TryAgain` is retried, `PersonMustAct` is not and keeps its code and parameters."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        return _TypedFailures(next)


class _TypedFailures(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        try:
            return await self.next.execute_activity(input)
        except PersonMustAct as error:
            # A rule that says no is everyday work; anything else is for an operator to look at.
            category = ApplicationErrorCategory.BENIGN if isinstance(error, Refusal) else _FOR_OPERATORS
            raise ApplicationError(
                error.code, error.params, type=error.code, non_retryable=True, category=category
            ) from error
        except TryAgain as error:
            category = ApplicationErrorCategory.BENIGN if isinstance(error, NotYet) else _FOR_OPERATORS
            raise ApplicationError(type(error).__name__, type="try_again", category=category) from error
