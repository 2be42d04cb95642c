"""What a transaction offers for being mined, and what it takes to replace one under its nonce. Sends nothing."""

from typing import Any, NamedTuple

import rlp  # type: ignore[import-untyped]
from eth_utils.address import to_checksum_address

from adapters.chain.rpc import Rpc

MOST_TIMES = 10
"""Beyond ten times what the chain asks today the price is not what keeps a transaction from being mined."""


class SignedCall(NamedTuple):
    """A signed transaction of ours, read back."""

    to: str
    gas: int
    data: bytes
    fees: dict[str, int]
    """As the chain's kind of transaction names them."""

    @property
    def root(self) -> str:
        """The root that it anchors: first argument of its call, 0x hex."""
        return "0x" + self.data[4:36].hex()


def read_call(raw: str) -> SignedCall:
    """Legacy, EIP-2930 or EIP-1559; their fields stand in the order in which the standards list them."""
    encoded = bytes.fromhex(raw.removeprefix("0x"))
    if encoded[0] == 0x02:
        _, _, tip, most, gas, to, _, data, *_ = rlp.decode(encoded[1:])
        fees = {"maxPriorityFeePerGas": _number(tip), "maxFeePerGas": _number(most)}
    else:
        _, *fields = rlp.decode(encoded[1:]) if encoded[0] == 0x01 else (None, *rlp.decode(encoded))
        _, price, gas, to, _, data, *_ = fields
        fees = {"gasPrice": _number(price)}
    return SignedCall(to_checksum_address(to), _number(gas), data, fees)


async def fees_today(rpc: Rpc) -> dict[str, int]:
    """EIP-1559 where the chain has a base fee, else one gas price (Besu and Quorum without fees answer 0)."""
    block = await rpc.call("eth_getBlockByNumber", "latest", False)
    if block.get("baseFeePerGas") is None:
        return {"gasPrice": await rpc.integer("eth_gasPrice")}
    tip = await rpc.integer("eth_maxPriorityFeePerGas")
    # Twice the base fee lasts six full blocks of growth (12.5 % each).
    return {"maxPriorityFeePerGas": tip, "maxFeePerGas": 2 * int(block["baseFeePerGas"], 16) + tip}


def raised(offered: dict[str, int], today: dict[str, int]) -> dict[str, int] | None:
    """Enough for a replacement: today's price, and an eighth more than before (geth and Besu ask for a tenth).

    None when what was offered is many times today's price already.
    """
    most = max(offered.values())
    if most >= MOST_TIMES * max(today.values()):
        return None
    return {name: max(asked, offered.get(name, most) * 9 // 8 + 1) for name, asked in today.items()}


def _number(encoded: Any) -> int:
    return int.from_bytes(encoded, "big")
