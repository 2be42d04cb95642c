"""What the verifier must know of an EVM chain: how a block header, a transaction and a receipt become
bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from evidence import rlp
from evidence.trie import keccak256

__all__ = [
    "ANCHORED_TOPIC",
    "Header",
    "Log",
    "Receipt",
    "encode_header",
    "encode_receipt",
    "keccak256",
    "read_header",
    "read_receipt",
    "transaction_chain_id",
]

ANCHORED_TOPIC: Final = keccak256(b"Anchored(bytes32,uint256,uint256)")
"""Topic 0 of `Anchored(root indexed, size, batch)`: root of the Merkle tree, number of leaves, number of the
batch."""

HEADER_FIELDS: Final = (
    ("parentHash", 32),
    ("sha3Uncles", 32),
    ("miner", 20),
    ("stateRoot", 32),
    ("transactionsRoot", 32),
    ("receiptsRoot", 32),
    ("logsBloom", 256),
    ("difficulty", None),
    ("number", None),
    ("gasLimit", None),
    ("gasUsed", None),
    ("timestamp", None),
    ("extraData", -1),
    ("mixHash", 32),
    ("nonce", 8),
    ("baseFeePerGas", None),  # London, EIP-1559
    ("withdrawalsRoot", 32),  # Shanghai, EIP-4895
    ("blobGasUsed", None),  # Cancun, EIP-4844
    ("excessBlobGas", None),
    ("parentBeaconBlockRoot", 32),  # Cancun, EIP-4788
    ("requestsHash", 32),  # Prague, EIP-7685
)
"""The fields of a header in consensus order, with their width: bytes of a fixed size, `None` integer, -1 any
bytes."""

FRONTIER_FIELDS: Final = 15
"""Headers before London end at `nonce`; each fork since has only added at the end."""

LEGACY: Final = 0xC0
"""EIP-2718: a first byte of at least this is an untyped (legacy) receipt or transaction, below it is the
type."""

SUCCESS: Final = b"\x01"


@dataclass(frozen=True, slots=True)
class Header:
    """The fields of a block header that the evidence rests on."""

    hash: bytes
    transactions_root: bytes
    receipts_root: bytes
    number: int
    timestamp: int


@dataclass(frozen=True, slots=True)
class Log:
    """One entry of a receipt's log."""

    address: bytes
    topics: tuple[bytes, ...]
    data: bytes


@dataclass(frozen=True, slots=True)
class Receipt:
    succeeded: bool
    logs: tuple[Log, ...]


def encode_header(block: Mapping[str, Any]) -> bytes:
    """The RLP of a block's header from its JSON-RPC form (`eth_getBlockByNumber`, or web3's dictionary).

    Fields of forks that the chain does not have are absent and left out. The caller must compare
    `keccak256(result)` with the block's `hash`: a fork that adds a field unknown here shows itself there.
    """
    fields: list[rlp.Rlp] = []
    for name, width in HEADER_FIELDS:
        value = block.get(name)
        if value is None:
            break
        fields.append(rlp.encode_int(_integer(value)) if width is None else _octets(value))
    return rlp.encode(fields)


def encode_receipt(receipt: Mapping[str, Any]) -> bytes:
    """The consensus encoding of a receipt from its JSON-RPC form: type byte (if typed) and RLP, as EIP-2718
    has it."""
    logs: list[rlp.Rlp] = [
        [_octets(log["address"]), [_octets(topic) for topic in log["topics"]], _octets(log["data"])]
        for log in receipt["logs"]
    ]
    body = rlp.encode(
        [
            rlp.encode_int(_integer(receipt["status"])),
            rlp.encode_int(_integer(receipt["cumulativeGasUsed"])),
            _octets(receipt["logsBloom"]),
            logs,
        ]
    )
    kind = _integer(receipt.get("type") or 0)
    return bytes([kind]) + body if kind else body


def read_header(encoded: bytes) -> Header:
    """The header of which `encoded` is the RLP; `RlpError` if it is none."""
    fields = rlp.decode(encoded)
    if isinstance(fields, bytes) or len(fields) < FRONTIER_FIELDS:
        raise rlp.RlpError("not a block header")
    return Header(
        hash=keccak256(encoded),
        transactions_root=_sized(fields[4], 32),
        receipts_root=_sized(fields[5], 32),
        number=rlp.to_int(fields[8]),
        timestamp=rlp.to_int(fields[11]),
    )


def read_receipt(encoded: bytes) -> Receipt:
    """The receipt in its consensus encoding, typed or not; `RlpError` if it is none."""
    fields = rlp.decode(_untyped(encoded))
    if isinstance(fields, bytes) or len(fields) != 4 or isinstance(fields[3], bytes):
        raise rlp.RlpError("not a receipt")
    return Receipt(succeeded=fields[0] == SUCCESS, logs=tuple(_read_log(log) for log in fields[3]))


def transaction_chain_id(raw: bytes) -> int | None:
    """The chain id that a signed transaction commits to; `None` for a legacy one without replay
    protection."""
    fields = rlp.decode(_untyped(raw))
    if isinstance(fields, bytes) or len(fields) < 9:
        raise rlp.RlpError("not a transaction")
    if raw[0] < LEGACY:
        return rlp.to_int(fields[0])  # EIP-2930, 1559, 4844, 7702: the chain id comes first
    v = rlp.to_int(fields[6])
    return (v - 35) // 2 if v >= 35 else None  # EIP-155


def _read_log(log: rlp.Rlp) -> Log:
    if isinstance(log, bytes) or len(log) != 3 or isinstance(log[1], bytes) or not isinstance(log[2], bytes):
        raise rlp.RlpError("not a log entry")
    return Log(_sized(log[0], 20), tuple(_sized(topic, 32) for topic in log[1]), log[2])


def _untyped(encoded: bytes) -> bytes:
    return encoded if encoded[:1] >= bytes([LEGACY]) else encoded[1:]


def _sized(item: rlp.Rlp, size: int) -> bytes:
    if not isinstance(item, bytes) or len(item) != size:
        raise rlp.RlpError("a field of the wrong size")
    return item


def _octets(value: Any) -> bytes:
    return bytes.fromhex(value.removeprefix("0x")) if isinstance(value, str) else bytes(value)


def _integer(value: Any) -> int:
    if isinstance(value, str):
        return int(value, 16)
    return value if isinstance(value, int) else int.from_bytes(bytes(value), "big")
