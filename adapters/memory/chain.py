"""A chain and its batches in memory: shapes are right, nothing is proved."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

from domain.errors import PersonMustAct
from domain.ids import ProcedureId, Sha256
from domain.journal.anchoring import (
    MOST_LEAVES,
    AnchoredBatch,
    AnchoringState,
    Batch,
    ChainProof,
    KeptTransaction,
    Leaf,
    LeafProof,
    PreparedTransaction,
    Sent,
    Sighting,
    Standing,
    inclusion_path,
    merkle_root,
    padded_size,
)

CONTRACT = "0x" + "11" * 20
EPOCH = datetime.fromtimestamp(0, UTC)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class MemoryChain:
    """Mines what it is sent, at once; can be told to refuse with a code, as a chain in trouble does."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.refuses: str | None = None

    async def prepare(self, root: Sha256, size: int) -> PreparedTransaction:
        self._answer()
        return PreparedTransaction(raw="0x00", hash="0x" + _hash(root), nonce=0, chain_id=1, contract=CONTRACT)

    async def reprice(self, transaction: PreparedTransaction) -> PreparedTransaction | None:
        return None

    async def broadcast(self, transaction: PreparedTransaction) -> Sent:
        self._answer()
        if transaction.hash not in self.sent:
            self.sent.append(transaction.hash)
        return Sent.ACCEPTED

    async def look_for(self, root: Sha256, transactions: Sequence[PreparedTransaction]) -> Sighting:
        self._answer()
        mined = next((one for one in transactions if one.hash in self.sent), None)
        if mined is None:
            return Sighting(standing=Standing.ABSENT)
        return Sighting(standing=Standing.FINAL, proof=_proof(mined.hash))

    async def holds(self, proof: ChainProof) -> bool:
        self._answer()
        return proof.transaction in self.sent

    async def replaced(self, proofs: Sequence[ChainProof]) -> tuple[ChainProof, ...]:
        return tuple([one for one in proofs if not await self.holds(one)])

    def _answer(self) -> None:
        if self.refuses is not None:
            raise PersonMustAct(self.refuses)


def _proof(transaction: str) -> ChainProof:
    block = "0x" + _hash("block")
    content: dict[str, object] = {
        "v": 1,
        "chain_id": 1,
        "contract": CONTRACT,
        "block_number": 1,
        "block_hash": block,
        "header": "0xc0",
        "tx_index": 0,
        "tx_raw": "0x00",
        "tx_hash": transaction,
        "tx_proof": ["0x80"],
        "receipt": "0xc0",
        "receipt_proof": ["0x80"],
        "log_index": 0,
    }
    return ChainProof(block_number=1, block_hash=block, mined_at=EPOCH, content=content)


class MemoryBatches:
    def __init__(self) -> None:
        self._waiting: dict[ProcedureId, Leaf] = {}
        self._batches: dict[str, Batch] = {}
        self._tokens: dict[str, bytes] = {}
        self._transactions: dict[str, dict[int, KeptTransaction]] = {}
        self._proofs: dict[str, ChainProof] = {}
        self._trouble: tuple[str, datetime] | None = None

    async def add_leaf(self, procedure: ProcedureId, bundle_root: Sha256) -> None:
        placed = [leaf for batch in self._batches.values() for leaf in batch.leaves if leaf.procedure == procedure]
        kept = placed[0] if placed else self._waiting.get(procedure)
        if kept is None:
            salt = _hash(f"salt {procedure}")
            self._waiting[procedure] = Leaf(procedure=procedure, salt=salt, bundle_root=bundle_root)
        elif kept.bundle_root != bundle_root:
            raise PersonMustAct("bundle_root_differs", procedure=procedure)

    async def unanchored(self) -> Batch | None:
        return next((batch for name, batch in self._batches.items() if name not in self._proofs), None)

    async def close_batch(self) -> Batch | None:
        left = await self.unanchored()
        if left is not None or not self._waiting:
            return left
        name, leaves = f"b{len(self._batches)}", list(self._waiting.values())[:MOST_LEAVES]
        self._waiting = {leaf.procedure: leaf for leaf in list(self._waiting.values())[MOST_LEAVES:] if leaf.procedure}
        for n in range(padded_size(len(leaves)) - len(leaves)):
            filler = _hash(f"{name} {n}")
            leaves.append(Leaf(procedure=None, salt=filler, bundle_root=Sha256(filler)))
        root = Sha256(merkle_root([leaf.hash for leaf in leaves]).hex())
        self._batches[name] = Batch(name=name, leaves=tuple(leaves), root=root)
        return self._batches[name]

    async def keep_token(self, batch: str, token: bytes) -> bytes:
        return self._tokens.setdefault(self._known(batch), token)

    async def token(self, batch: str) -> bytes | None:
        return self._tokens.get(batch)

    async def keep_transaction(
        self, batch: str, transaction: PreparedTransaction, *, place: int, at: datetime
    ) -> KeptTransaction:
        kept = self._transactions.setdefault(self._known(batch), {})
        return kept.setdefault(place, KeptTransaction(**transaction.model_dump(), waits_since=at))

    async def transactions(self, batch: str) -> tuple[KeptTransaction, ...]:
        return tuple(self._transactions.get(batch, {}).values())

    async def keep_proof(self, batch: str, proof: ChainProof) -> None:
        self._proofs.setdefault(self._known(batch), proof)

    async def forget_proof(self, batch: str, block_hash: str, at: datetime) -> None:
        kept = self._proofs.get(batch)
        if kept is not None and kept.block_hash == block_hash:
            del self._proofs[batch]
            signed = self._transactions.get(batch, {})
            self._transactions[batch] = {place: one.but(waits_since=at) for place, one in signed.items()}

    async def anchored_last(self, count: int, skip: int = 0) -> tuple[AnchoredBatch, ...]:
        names = [name for name in reversed(self._batches) if name in self._proofs][skip : skip + count]
        return tuple(
            AnchoredBatch(name=name, root=self._batches[name].root, chain=self._proofs[name]) for name in names
        )

    async def keep_trouble(self, code: str | None, at: datetime) -> None:
        if code is None:
            self._trouble = None
        elif self._trouble is None or self._trouble[0] != code:
            self._trouble = (code, at)

    async def waiting(self) -> AnchoringState:
        placed = [leaf for name, batch in self._batches.items() if name not in self._proofs for leaf in batch.leaves]
        leaves = len(self._waiting) + sum(leaf.procedure is not None for leaf in placed)
        code, since = self._trouble or (None, None)
        return AnchoringState(code=code, since=since, leaves=leaves, oldest_at=EPOCH if leaves else None)

    async def leaf_proof(self, procedure: ProcedureId) -> LeafProof | None:
        for name, proof in self._proofs.items():
            leaves = self._batches[name].leaves
            for index, leaf in enumerate(leaves):
                if leaf.procedure == procedure:
                    path = inclusion_path([kept.hash for kept in leaves], index)
                    return LeafProof(
                        batch=name,
                        leaf=leaf,
                        index=index,
                        size=len(leaves),
                        path=tuple(sibling.hex() for sibling in path),
                        root=self._batches[name].root,
                        token=self._tokens[name],
                        chain=proof,
                    )
        return None

    def _known(self, batch: str) -> str:
        if batch not in self._batches:
            raise PersonMustAct("unknown_batch", batch=batch)
        return batch
