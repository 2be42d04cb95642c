"""The evidence of one procedure: compiled under one root, queued for anchoring, finished with its proofs."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Sequence

from temporalio import activity

from activities.bundle_parts import core_parts
from activities.judicial_file import judicial_file
from activities.orders import (
    CompiledRecord,
    CompileRecord,
    FinishBundle,
    FinishedBundle,
    LookForAnchor,
    QueueLeaf,
    SeenAnchor,
)
from domain.errors import TryAgain
from domain.ids import AdministrationId, ProcedureId, Sha256
from domain.installation import StaffDirectory
from domain.journal.anchoring import LeafProof
from domain.journal.chain import JournalEntry
from domain.ports.chain import AnchorBatches, Chain
from domain.ports.documents import JUDICIAL_FILE, DocumentVault
from domain.ports.journal import KeyStore
from domain.ports.signing import Signer, TimestampAuthority
from domain.procedure.state import AnchorReceipt, Procedure
from domain.reading import CaseReading
from domain.types.territory import Administration, Body
from evidence.anchor import ChainProof, LeafOpening, MerkleProof
from evidence.bundle import Core, assemble, build_core
from evidence.canonical import canonical
from evidence.parts import OuterParts

ZIP, PKCS7, TOKEN = "application/zip", "application/pkcs7-signature", "application/timestamp-reply"
CORE, SEAL, SEAL_TOKEN, BUNDLE = "bundle-core", "bundle-seal", "bundle-seal-token", "bundle"


class Evidence:
    """Builds the bundle in two steps, because the anchor speaks about the core."""

    def __init__(
        self,
        cases: CaseReading,
        vault: DocumentVault,
        keys: KeyStore,
        signer: Signer,
        authority: TimestampAuthority,
        batches: AnchorBatches,
        chain: Chain,
        staff: StaffDirectory,
        administrations: dict[AdministrationId, Administration],
    ) -> None:
        self._cases = cases
        self._vault = vault
        self._keys = keys
        self._signer = signer
        self._authority = authority
        self._batches = batches
        self._chain = chain
        self._staff = staff
        self._administrations = administrations

    @activity.defn
    async def compile_record(self, order: CompileRecord) -> CompiledRecord:
        """The core of the bundle over every event up to `up_to`, sealed and time-stamped; the first one made stays."""
        procedure = await self._cases.procedure(order.procedure, order.up_to)
        entries = await self._cases.entries(order.procedure, order.up_to)
        core = Core.from_zip(await self._once(procedure, CORE, ZIP, lambda: self._compile(procedure, entries)))
        seal = await self._once(procedure, SEAL, PKCS7, lambda: self._seal(procedure, core.manifest))
        await self._once(procedure, SEAL_TOKEN, TOKEN, lambda: self._authority.token(_digest(seal)))
        await self._once(procedure, JUDICIAL_FILE, ZIP, lambda: self._file(procedure, entries))
        return CompiledRecord(bundle_root=Sha256(core.bundle_root_hex))

    async def _once(
        self, procedure: Procedure, name: str, media_type: str, make: Callable[[], Awaitable[bytes]]
    ) -> bytes:
        """What is kept under `name`: that of an earlier attempt, or what `make` gives now."""
        kept = await self._vault.find(procedure.id, name)
        if kept is None:
            made = await make()
            kept = await self._vault.put_once(procedure.id, name, made, media_type)
            if kept.sha256 == _digest(made).hex():
                return made
        return await self._vault.get(procedure.id, kept)

    async def _compile(self, procedure: Procedure, entries: Sequence[JournalEntry]) -> bytes:
        body = self._body(procedure)
        earlier = (*body.earlier_seals, *body.earlier_acts_certificates)
        certificates = await self._signer.certificates(await self._certificate_names(procedure), earlier)
        parts = await core_parts(procedure, entries, self._vault, self._keys, certificates)
        return build_core(parts).to_zip()

    async def _certificate_names(self, procedure: Procedure) -> Sequence[str]:
        """Every certificate that signed or sealed something in this procedure, as things are now."""
        body = self._body(procedure)
        names = {body.acts_certificate, body.seal}
        for person in procedure.participants:
            account = await self._staff.get(person.account) if person.account else None
            if account is not None and account.certificate is not None:
                names.add(account.certificate)
        return sorted(names)

    async def _file(self, procedure: Procedure, entries: Sequence[JournalEntry]) -> bytes:
        body = self._body(procedure)
        return await judicial_file(
            procedure, entries, self._vault, lambda index: self._seal(procedure, index), body.dir3 or body.id
        )

    async def _seal(self, procedure: Procedure, data: bytes) -> bytes:
        return await self._signer.seal_detached(data, self._body(procedure).seal)

    def _body(self, procedure: Procedure) -> Body:
        bodies = self._administrations[procedure.administration].bodies
        return next(body for body in bodies if body.id == procedure.body)

    @activity.defn
    async def queue_leaf(self, order: QueueLeaf) -> None:
        """Wait for the next batch. Repeating keeps the first salt."""
        await self._batches.add_leaf(order.procedure, order.bundle_root)

    @activity.defn
    async def look_for_anchor(self, order: LookForAnchor) -> SeenAnchor:
        """For a procedure that waits: nobody need tell it that its leaf is anchored."""
        return SeenAnchor(final=await self._final_proof(order.procedure) is not None)

    @activity.defn
    async def finish_bundle(self, order: FinishBundle) -> FinishedBundle:
        """Core and proofs in one file, kept once."""
        proof = await self._final_proof(order.procedure)
        if proof is None:
            raise TryAgain("the batch is not anchored yet")
        # Named for its block: should the chain replace that before the workflow has heard of this file, the next one
        # is another.
        name = f"{BUNDLE}-{proof.chain.block_hash}"
        kept = await self._vault.find(order.procedure, name)
        if kept is None:
            core, seal, token = await asyncio.gather(
                *(self._kept(order.procedure, name) for name in (CORE, SEAL, SEAL_TOKEN))
            )
            data = assemble(Core.from_zip(core), _outer(proof, seal, token))
            kept = await self._vault.put_once(order.procedure, name, data, ZIP)
        return FinishedBundle(bundle=kept, receipt=_receipt(proof))

    async def _final_proof(self, procedure: ProcedureId) -> LeafProof | None:
        """The kept proof, if the chain still has its block; else the batch is left to be anchored anew."""
        proof = await self._batches.leaf_proof(procedure)
        if proof is None or await self._chain.holds(proof.chain):
            return proof
        await self._batches.forget_proof(
            proof.batch, proof.chain.block_hash, activity.info().current_attempt_scheduled_time
        )
        return None

    async def _kept(self, procedure: ProcedureId, name: str) -> bytes:
        ref = await self._vault.find(procedure, name)
        if ref is None:
            raise TryAgain(f"{name} is not there yet")
        return await self._vault.get(procedure, ref)


def _outer(proof: LeafProof, seal: bytes, seal_token: bytes) -> OuterParts:
    return OuterParts(
        seal=seal,
        seal_token=seal_token,
        leaf=LeafOpening(bytes.fromhex(proof.leaf.salt), bytes.fromhex(proof.leaf.bundle_root)),
        merkle=MerkleProof(
            proof.index,
            proof.size,
            tuple(bytes.fromhex(sibling) for sibling in proof.path),
            bytes.fromhex(proof.root),
        ),
        chain=ChainProof.parse(canonical(proof.chain.content)),
        root_token=proof.token,
    )


def _receipt(proof: LeafProof) -> AnchorReceipt:
    return AnchorReceipt(
        chain_id=proof.chain.chain_id,
        contract=proof.chain.contract,
        tx=proof.chain.transaction,
        block=proof.chain.block_number,
        root=proof.root,
        anchored_at=proof.chain.mined_at,
    )


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
