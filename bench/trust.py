"""What a verifier would choose to trust, gathered from the local stack: its roots and a checkpoint of its chain.

Only for the local stack and its demonstration. A real verifier gets these from the trusted lists and from nodes of
their own choice, never from whoever made the evidence.
"""

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from web3 import Web3

import territories
from adapters.signing.trust import trust_files
from adapters.wiring import anchor_address
from domain.ids import ProcedureId
from domain.installation import Installation
from domain.procedure.documents import DocumentRef
from settings import Settings


async def trust_folder(folder: Path, settings: Settings) -> Path:
    """Write `ca.pem`, `tsa.pem`, `bodies.json` and `chain.json` into `folder` and return it."""
    await asyncio.to_thread(_write, folder, settings)
    return folder


def _write(folder: Path, settings: Settings) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in trust_files(settings.pki_dir, territories.load().values()).items():
        (folder / name).write_bytes(content)
    web3 = Web3(Web3.HTTPProvider(settings.evm_rpc_url))
    blocks = {
        str(number): Web3.to_hex(web3.eth.get_block(number)["hash"]) for number in range(web3.eth.block_number + 1)
    }
    checkpoint = {"chain_id": settings.evm_chain_id, "contract": anchor_address(settings), "blocks": blocks}
    (folder / "chain.json").write_text(json.dumps(checkpoint, indent=2))


async def verdict_on(
    installation: Installation, settings: Settings, bundle: DocumentRef, procedure: ProcedureId, folder: Path
) -> dict[str, Any]:
    """What the offline verifier, run as a stranger runs it, says of a bundle. Writes into `folder`."""
    file = folder / "bundle.zip"
    file.write_bytes(await installation.vault.get(procedure, bundle))
    trust = await trust_folder(folder / "trust", settings)
    ran = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "evidence", "verify", str(file), "--trust", str(trust), "--json"],
        capture_output=True,
        check=False,
    )
    report: dict[str, Any] = json.loads(ran.stdout)
    return report
