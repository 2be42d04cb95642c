"""Headers, receipts and tries of an EVM chain as bytes, with the `rlp` library and code of its own.

On purpose not with the verifier's encoders: a mistake would be made here and believed there.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import rlp  # type: ignore[import-untyped]
from eth_utils.conversions import to_bytes, to_int
from eth_utils.crypto import keccak

HEADER = (
    *("parentHash", "sha3Uncles", "miner", "stateRoot", "transactionsRoot", "receiptsRoot", "logsBloom"),
    *("difficulty", "number", "gasLimit", "gasUsed", "timestamp", "extraData", "mixHash", "nonce"),
    *("baseFeePerGas", "withdrawalsRoot", "blobGasUsed", "excessBlobGas", "parentBeaconBlockRoot", "requestsHash"),
)
"""In consensus order (yellow paper 4.4; EIP-1559, 4895, 4844, 4788, 7685): each fork added at the end."""
QUANTITIES = {
    *("difficulty", "number", "gasLimit", "gasUsed", "timestamp"),
    *("baseFeePerGas", "blobGasUsed", "excessBlobGas"),
}
IN_PLACE = 32
"""A node shorter than this stands inside its parent instead of being referred to by its hash."""


def header(block: Mapping[str, Any]) -> bytes:
    """The RLP of a block's header from its JSON-RPC form; fields of forks that the chain has not had are absent."""
    present = [name for name in HEADER if block.get(name) is not None]
    return _rlp([_quantity(block[name]) if name in QUANTITIES else _octets(block[name]) for name in present])


def receipt(told: Mapping[str, Any]) -> bytes:
    """The consensus form of a receipt from its JSON-RPC form (EIP-2718: a type byte first, if it is typed)."""
    logs = [
        [_octets(log["address"]), [_octets(one) for one in log["topics"]], _octets(log["data"])] for log in told["logs"]
    ]
    fields = [_quantity(told["status"]), _quantity(told["cumulativeGasUsed"]), _octets(told["logsBloom"]), logs]
    kind = _quantity(told.get("type") or "0x0")
    return kind + _rlp(fields)


class Position(NamedTuple):
    """One position of a list that a block commits to."""

    root: bytes
    nodes: tuple[bytes, ...]
    """From the root down to the value."""


def position(values: Sequence[bytes], index: int) -> Position:
    """Root of the trie over `values` by their place (yellow paper, appendix D), and the nodes that lead to one."""
    entries = [(_nibbles(_rlp(_minimal(place))), value) for place, value in enumerate(values)]
    path: list[bytes] = []
    top = _rlp(_node(entries, 0, entries[index][0], path))
    return Position(keccak(top), (top, *reversed(path)))


Nibbles = tuple[int, ...]
Entries = Sequence[tuple[Nibbles, bytes]]


def _node(entries: Entries, depth: int, wanted: Nibbles, path: list[bytes]) -> Any:
    """The node over `entries`, which agree in their first `depth` nibbles; nodes below on the way go to `path`."""
    if len(entries) == 1:
        key, value = entries[0]
        return [_packed(key[depth:], ends=True), value]
    shared = depth
    while all(len(key) > shared and key[shared] == entries[0][0][shared] for key, _ in entries):
        shared += 1
    if shared > depth:
        below = _referred(_node(entries, shared, wanted, path), entries, wanted, path)
        return [_packed(entries[0][0][depth:shared], ends=False), below]
    branch: list[Any] = []
    for nibble in range(16):
        under = [(key, value) for key, value in entries if len(key) > depth and key[depth] == nibble]
        branch.append(_referred(_node(under, depth + 1, wanted, path), under, wanted, path) if under else b"")
    here = [value for key, value in entries if len(key) == depth]
    return [*branch, here[0] if here else b""]


def _referred(node: Any, entries: Entries, wanted: Nibbles, path: list[bytes]) -> Any:
    encoded = _rlp(node)
    if len(encoded) < IN_PLACE:
        return node
    if any(key == wanted for key, _ in entries):
        path.append(encoded)
    return keccak(encoded)


def _packed(nibbles: Nibbles, *, ends: bool) -> bytes:
    """Yellow paper, appendix C: a flag for the kind of node and for an odd number of nibbles, then two in a byte."""
    odd = len(nibbles) % 2
    flagged = (2 * ends + odd, *nibbles) if odd else (2 * ends, 0, *nibbles)
    return bytes(high << 4 | low for high, low in zip(flagged[::2], flagged[1::2], strict=True))


def _nibbles(data: bytes) -> Nibbles:
    return tuple(half for byte in data for half in divmod(byte, 16))


def _rlp(item: Any) -> bytes:
    return bytes(rlp.encode(item))


def _octets(text: str) -> bytes:
    return to_bytes(hexstr=text)


def _quantity(text: str) -> bytes:
    return _minimal(to_int(hexstr=text))


def _minimal(number: int) -> bytes:
    """Big-endian without leading zeros; nothing for zero."""
    return number.to_bytes((number.bit_length() + 7) // 8, "big")
