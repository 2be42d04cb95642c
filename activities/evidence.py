"""The evidence of one procedure: compiled under one root, queued for anchoring, finished with its proofs."""

import hashlib
from collections.abc import Sequence

from temporalio import activity

from activities.bundle_parts import core_parts
from activities.case_reading import CaseReading
from activities.orders import CompiledRecord, CompileRecord, FinishBundle, FinishedBundle, QueueLeaf
from domain.anchoring import LeafProof
from domain.documents import DocumentRef
from domain.errors import TryAgain
from domain.ids import AdministrationId, ProcedureId, Sha256
from domain.installation import StaffDirectory
from domain.ports import AnchorBatches, DocumentVault, KeyStore, Signer, TimestampAuthority
from domain.procedure import AnchorReceipt, Procedure
from domain.territory import Administration
from evidence.anchor import ChainProof, LeafOpening, MerkleProof
from evidence.bundle import Core, assemble, build_core
from evidence.canonical import canonical
from evidence.parts import OuterParts

ZIP = "application/zip"
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
        staff: StaffDirectory,
        administrations: dict[AdministrationId, Administration],
    ) -> None:
        self._cases = cases
        self._vault = vault
        self._keys = keys
        self._signer = signer
        self._authority = authority
        self._batches = batches
        self._staff = staff
        self._administrations = administrations

    @activity.defn
    async def compile_record(self, order: CompileRecord) -> CompiledRecord:
        """The core of the bundle over every event up to `up_to`, sealed and time-stamped; the first one made stays."""
        kept = await self._vault.find(order.procedure, CORE)
        if kept is None:
            kept = await self._compile(order)
        core = Core.from_zip(await self._vault.get(order.procedure, kept))
        procedure = await self._cases.procedure(order.procedure, order.up_to)
        seal = await self._seal(procedure, core)
        await self._token(order.procedure, SEAL_TOKEN, seal)
        return CompiledRecord(bundle_root=Sha256(core.bundle_root_hex))

    async def _compile(self, order: CompileRecord) -> DocumentRef:
        entries = await self._cases.entries(order.procedure, order.up_to)
        procedure = await self._cases.procedure(order.procedure, order.up_to)
        certificates = await self._signer.certificates(await self._certificate_names(procedure))
        parts = await core_parts(procedure, entries, self._vault, self._keys, certificates)
        return await self._vault.put_once(order.procedure, CORE, build_core(parts).to_zip(), ZIP)

    async def _certificate_names(self, procedure: Procedure) -> Sequence[str]:
        """Every certificate that signed or sealed something in this procedure."""
        administration = self._administrations[procedure.administration]
        names = {administration.acts_certificate, *(body.seal for body in administration.bodies)}
        for person in procedure.participants:
            account = await self._staff.get(person.account) if person.account else None
            if account is not None and account.certificate is not None:
                names.add(account.certificate)
        return sorted(names)

    async def _seal(self, procedure: Procedure, core: Core) -> bytes:
        kept = await self._vault.find(procedure.id, SEAL)
        if kept is None:
            administration = self._administrations[procedure.administration]
            certificate = next(body.seal for body in administration.bodies if body.id == procedure.body)
            der = await self._signer.seal_detached(core.manifest, certificate)
            kept = await self._vault.put_once(procedure.id, SEAL, der, "application/pkcs7-signature")
        return await self._vault.get(procedure.id, kept)

    async def _token(self, procedure: ProcedureId, name: str, over: bytes) -> bytes:
        kept = await self._vault.find(procedure, name)
        if kept is None:
            token = await self._authority.token(_digest(over))
            kept = await self._vault.put_once(procedure, name, token, "application/timestamp-reply")
        return await self._vault.get(procedure, kept)

    @activity.defn
    async def queue_leaf(self, order: QueueLeaf) -> None:
        """Wait for the next batch. Repeating keeps the first salt."""
        await self._batches.add_leaf(order.procedure, order.bundle_root)

    @activity.defn
    async def finish_bundle(self, order: FinishBundle) -> FinishedBundle:
        """Core and proofs in one file, kept once."""
        proof = await self._batches.leaf_proof(order.procedure)
        if proof is None:
            raise TryAgain("the batch is not anchored yet")
        kept = await self._vault.find(order.procedure, BUNDLE)
        if kept is None:
            data = assemble(await self._core(order.procedure), await self._outer(order.procedure, proof))
            kept = await self._vault.put_once(order.procedure, BUNDLE, data, ZIP)
        return FinishedBundle(bundle=kept, receipt=_receipt(proof))

    async def _core(self, procedure: ProcedureId) -> Core:
        return Core.from_zip(await self._kept(procedure, CORE))

    async def _outer(self, procedure: ProcedureId, proof: LeafProof) -> OuterParts:
        return OuterParts(
            seal=await self._kept(procedure, SEAL),
            seal_token=await self._kept(procedure, SEAL_TOKEN),
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

    async def _kept(self, procedure: ProcedureId, name: str) -> bytes:
        ref = await self._vault.find(procedure, name)
        if ref is None:
            raise TryAgain(f"{name} is not there yet")
        return await self._vault.get(procedure, ref)


def _receipt(proof: LeafProof) -> AnchorReceipt:
    return AnchorReceipt(
        chain_id=proof.transaction.chain_id,
        contract=proof.transaction.contract,
        tx=proof.transaction.hash,
        block=proof.chain.block_number,
        root=proof.root,
        anchored_at=proof.chain.mined_at,
    )


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
