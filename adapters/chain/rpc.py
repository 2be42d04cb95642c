"""JSON-RPC to one EVM node: answers as the node wrote them, errors as ours. Knows nothing of anchoring."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import aiohttp
from web3 import AsyncHTTPProvider
from web3.types import RPCEndpoint

from domain.errors import PersonMustAct, TryAgain

SECONDS_TO_ANSWER = 10


class NodeRefused(TryAgain):
    """The node answered with an error, which `str()` ends with. Whoever knows that it is final says so instead."""


class Call(NamedTuple):
    """A method of the node with its parameters."""

    method: str
    parameters: tuple[Any, ...] = ()


class Rpc:
    """One node and the chain that it must be on."""

    def __init__(self, url: str, chain_id: int) -> None:
        self.chain_id = chain_id
        self._provider = AsyncHTTPProvider(
            url,
            request_kwargs={"timeout": aiohttp.ClientTimeout(total=SECONDS_TO_ANSWER)},
            exception_retry_configuration=None,  # whoever calls us retries, and knows for how long
        )

    async def call(self, method: str, *params: Any) -> Any:
        """The result of a call. Raises TryAgain when nobody answers, NodeRefused when the answer is an error."""
        try:
            answer = await self._provider.make_request(RPCEndpoint(method), list(params))
        except (aiohttp.ClientError, OSError, ValueError) as reason:
            raise TryAgain(f"the chain node does not answer: {type(reason).__name__}") from reason
        return _result(method, answer)

    async def calls(self, calls: Sequence[Call]) -> list[Any]:
        """The results of several calls, in their order, by one request; one by one from a node that takes only such.

        What they tell may have changed from one to the next, as when they were asked for one after the other.
        """
        try:
            answers = await self._provider.make_batch_request(
                [(RPCEndpoint(name), list(given)) for name, given in calls]
            )
        except aiohttp.ClientResponseError:
            answers = []
        except (aiohttp.ClientError, OSError, ValueError, TypeError, AttributeError) as reason:
            raise TryAgain(f"the chain node does not answer: {type(reason).__name__}") from reason
        if not isinstance(answers, list) or len(answers) != len(calls):
            return [await self.call(name, *given) for name, given in calls]
        return [_result(call.method, answer) for call, answer in zip(calls, answers, strict=True)]

    async def integer(self, method: str, *params: Any) -> int:
        """The result of a call that answers a quantity."""
        return int(await self.call(method, *params), 16)

    async def on_expected_chain(self) -> None:
        """Raises PersonMustAct `wrong_chain`: a node of another chain must not be given our transactions."""
        self.expect(await self.integer("eth_chainId"))

    def expect(self, found: int) -> None:
        """Raises PersonMustAct `wrong_chain` when that is not the identifier of our chain."""
        if found != self.chain_id:
            raise PersonMustAct("wrong_chain", expected=self.chain_id, found=found)

    async def close(self) -> None:
        await self._provider.disconnect()


def _result(method: str, answer: Any) -> Any:
    if error := answer.get("error"):
        raise NodeRefused(f"{method}: {error if isinstance(error, str) else error['message']}")
    if "result" not in answer:
        raise TryAgain(f"the chain node answers {method} with neither result nor error")
    return answer["result"]
