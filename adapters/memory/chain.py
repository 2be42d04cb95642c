"""A chain and its batches in memory: shapes are right, nothing is proved."""

import hashlib
from datetime import UTC, datetime

from domain.ids import ProcedureId, Sha256
from domain.journal.anchoring import (
    Batch,
    ChainProof,
    Leaf,
    LeafProof,
    PreparedTransaction,
    inclusion_path,
    merkle_root,
    padded_size,
)

CONTRACT = "0x" + "11" * 20


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class MemoryChain:
    def __init__(self) -> None:
        self.sent: list[str] = []

    async def prepare(self, root: Sha256, size: int) -> PreparedTransaction:
        return PreparedTransaction(raw="0x00", hash="0x" + _hash(root), nonce=0, chain_id=1, contract=CONTRACT)

    async def broadcast(self, transaction: PreparedTransaction) -> None:
        if transaction.hash not in self.sent:
            self.sent.append(transaction.hash)

    async def proof(self, transaction: PreparedTransaction) -> ChainProof | None:
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
            "tx_hash": transaction.hash,
            "tx_proof": ["0x80"],
            "receipt": "0xc0",
            "receipt_proof": ["0x80"],
            "log_index": 0,
        }
        mined = datetime.fromtimestamp(0, UTC)
        return ChainProof(block_number=1, block_hash=block, mined_at=mined, content=content)


class MemoryBatches:
    def __init__(self) -> None:
        self._waiting: dict[ProcedureId, Leaf] = {}
        self._batches: dict[str, Batch] = {}
        self._transactions: dict[str, PreparedTransaction] = {}
        self._proofs: dict[str, tuple[ChainProof, bytes]] = {}

    async def add_leaf(self, procedure: ProcedureId, bundle_root: Sha256) -> None:
        if not any(leaf.procedure == procedure for batch in self._batches.values() for leaf in batch.leaves):
            salt = _hash(f"salt {procedure}")
            self._waiting.setdefault(procedure, Leaf(procedure=procedure, salt=salt, bundle_root=bundle_root))

    async def close_batch(self, batch: str) -> Batch | None:
        if batch not in self._batches and self._waiting:
            leaves = list(self._waiting.values())
            for n in range(padded_size(len(leaves)) - len(leaves)):
                filler = _hash(f"{batch} {n}")
                leaves.append(Leaf(procedure=None, salt=filler, bundle_root=Sha256(filler)))
            root = Sha256(merkle_root([leaf.hash for leaf in leaves]).hex())
            self._batches[batch] = Batch(name=batch, leaves=tuple(leaves), root=root)
            self._waiting.clear()
        return self._batches.get(batch)

    async def keep_transaction(self, batch: str, transaction: PreparedTransaction) -> PreparedTransaction:
        return self._transactions.setdefault(batch, transaction)

    async def transaction(self, batch: str) -> PreparedTransaction | None:
        return self._transactions.get(batch)

    async def keep_proof(self, batch: str, proof: ChainProof, token: bytes) -> None:
        self._proofs.setdefault(batch, (proof, token))

    async def leaf_proof(self, procedure: ProcedureId) -> LeafProof | None:
        for name, (proof, token) in self._proofs.items():
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
                        token=token,
                        transaction=self._transactions[name],
                        chain=proof,
                    )
        return None
