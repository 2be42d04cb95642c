"""The independent checker of invariants: reads journal, store, mailbox and chain, never the workflow."""

import email
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.policy import default as modern
from pathlib import Path

from web3 import Web3

from domain.events import state_of
from domain.ids import ProcedureId
from domain.installation import Installation
from domain.journal.chain import JournalEntry
from domain.procedure.state import Procedure
from domain.types.vocabulary import Stage


@dataclass
class Inspection:
    """What an inspection of one procedure found; `broken` is empty when every invariant holds."""

    procedure: ProcedureId
    broken: list[str] = field(default_factory=list)

    def demand(self, holds: bool, invariant: str, what: str) -> None:
        if not holds:
            self.broken.append(f"{invariant}: {what}")


class Checker:
    """Looks at one installation from outside."""

    def __init__(self, installation: Installation, mail: Path, rpc_url: str, anchor_contract: str) -> None:
        self._here = installation
        self._mail = mail
        self._web3 = Web3(Web3.HTTPProvider(rpc_url))
        self._contract = Web3.to_checksum_address(anchor_contract)

    async def inspect(self, procedure: ProcedureId, acknowledged: Sequence[int]) -> Inspection:
        """Check I1-I5 and I7 of a procedure that should have ended. `acknowledged`: the numbers of its receipts."""
        found = Inspection(procedure)
        entries = await self._here.journal.read(procedure)
        state = state_of(entries)
        self._journal(found, entries, acknowledged)
        await self._signatures(found, state)
        await self._anchors(found, state)
        self._mails(found, state)
        found.demand(state.stage is Stage.CLOSED, "I7", f"stands at {state.stage} with trouble {state.trouble}")
        return found

    def _journal(self, found: Inspection, entries: list[JournalEntry], acknowledged: Sequence[int]) -> None:
        lines = [json.loads(entry.line) for entry in entries]
        numbers = [line["seq"] for line in lines]
        found.demand(set(acknowledged) <= set(numbers), "I1", "an acknowledged event is not in the journal")
        found.demand(numbers == list(range(len(lines))), "I2", "numbers have gaps or repetitions")
        previous = ["0" * 64] + [entry.hash for entry in entries]
        found.demand([line["prev"] for line in lines] == previous[: len(lines)], "I2", "the chain is broken")
        times = [datetime.fromisoformat(line["at"]) for line in lines]
        found.demand(times == sorted(times), "I11", "time runs backwards")

    async def _signatures(self, found: Inspection, state: Procedure) -> None:
        for document in state.documents:
            signers = Counter(signature.signer for signature in document.signatures)
            for signer, times in signers.items():
                found.demand(times == 1, "I3", f"{signer} signed {document.id} {times} times")
            content = await self._here.vault.get(state.id, document.current)
            made = content.count(b"/Type /Sig\n") or content.count(b"/ETSI.CAdES.detached")
            found.demand(
                made == len(signers), "I3", f"{document.id} carries {made} signatures for {len(signers)} signers"
            )

    async def _anchors(self, found: Inspection, state: Procedure) -> None:
        proof = await self._here.batches.leaf_proof(state.id)
        found.demand(proof is not None and state.anchor is not None, "I4", "no anchor")
        if proof is None:
            return
        topic = Web3.keccak(text="Anchored(bytes32,uint256,uint256)")
        logs = self._web3.eth.get_logs(
            {
                "address": self._contract,
                "fromBlock": 0,
                "topics": [Web3.to_hex(topic), "0x" + proof.root],
            }
        )
        found.demand(len(logs) == 1, "I4", f"the root is on the chain {len(logs)} times")
        found.demand(state.bundle is not None, "I4", "no bundle")
        if state.bundle is not None:
            found.demand(bool(await self._here.vault.get(state.id, state.bundle)), "I4", "an empty bundle")

    def _mails(self, found: Inspection, state: Procedure) -> None:
        received = Counter(message_id(path) for path in (self._mail / "new").iterdir())
        ids = [notice.message_id for notice in state.notices]
        found.demand(len(set(ids)) == len(ids), "I5", "a notice was journaled twice")
        kinds = Counter((notice.kind, notice.recipient) for notice in state.notices)
        found.demand(all(n == 1 for n in kinds.values()), "I5", "somebody was told twice")
        for id in ids:
            found.demand(received[id] == 1, "I5", f"{id} is in the mailbox {received[id]} times")


def message_id(path: Path) -> str:
    """The Message-ID of a kept mail."""
    return str(email.message_from_bytes(path.read_bytes(), policy=modern)["Message-ID"])
