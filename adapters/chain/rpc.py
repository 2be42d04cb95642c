"""JSON-RPC to one EVM node: answers as the node wrote them, errors as ours. Knows nothing of anchoring."""

from typing import Any

import aiohttp
from web3 import AsyncHTTPProvider
from web3.types import RPCEndpoint

from domain.errors import PersonMustAct, TryAgain

SECONDS_TO_ANSWER = 10


class NodeRefused(TryAgain):
    """The node answered with an error, which `str()` ends with. Whoever knows that it is final says so instead."""


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
        if error := answer.get("error"):
            raise NodeRefused(f"{method}: {error if isinstance(error, str) else error['message']}")
        return answer.get("result")

    async def integer(self, method: str, *params: Any) -> int:
        """The result of a call that answers a quantity."""
        return int(await self.call(method, *params), 16)

    async def on_expected_chain(self) -> None:
        """Raises PersonMustAct `wrong_chain`: a node of another chain must not be given our transactions."""
        found = await self.integer("eth_chainId")
        if found != self.chain_id:
            raise PersonMustAct("wrong_chain", expected=self.chain_id, found=found)

    async def close(self) -> None:
        await self._provider.disconnect()
