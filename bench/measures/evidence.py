"""What a signature costs beside a raw one, and what a stranger pays to judge a bundle."""

import asyncio
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.measures.effects import SIGNER
from bench.measures.figures import Aim, Figure, quantile
from bench.measures.ground import Ground, Played
from bench.trust import trust_folder
from domain.ports.signing import SignatureRequest
from domain.types.signature_levels import SignatureLevel

P95 = 0.95


async def measure_signature(ground: Ground, known: Played, *, times: int) -> Figure:
    """PAdES B-LT with its visible stamp and strict validation; raw: the library's own call, nothing validated."""
    (pdf, _), *_ = (await ground.effects(known.procedure)).documents
    request = SignatureRequest(
        field_name="bench",
        certificate=SIGNER,
        reason="bench",
        appearance=("bench", "bench"),
        slot=0,
        level=SignatureLevel.B_LT,
    )
    ours, raw = [], []
    for _ in range(times):
        since = time.perf_counter()
        await ground.house.installation.signer.sign_pdf(pdf, request)
        between = time.perf_counter()
        await ground.raw.sign(pdf, "bench")
        ours.append(1000 * (between - since))
        raw.append(1000 * (time.perf_counter() - between))
    return Figure(
        "pades_signature_p95_ms", quantile(ours, P95), "ms", quantile(raw, P95), "pyHanko alone, not validated"
    )


async def measure_verifier(ground: Ground, known: Played) -> Figure:
    """The verifier as a program of its own, as a stranger runs it; against Python that starts and ends."""
    procedure, house = known.procedure, ground.house
    assert procedure.bundle is not None
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        bundle = folder / "bundle.zip"
        bundle.write_bytes(await house.installation.vault.get(procedure.id, procedure.bundle))
        trust = await trust_folder(folder / "trust", house.settings)
        judged = await _seconds("-m", "evidence", "verify", str(bundle), "--trust", str(trust), "--json")
        empty = await _seconds("-c", "")
    return Figure("bundle_verification_s", judged, "s", empty, "Python that starts and ends", Aim(0.7))


async def _seconds(*arguments: str) -> float:
    since = time.perf_counter()
    command = [sys.executable, *arguments]
    await asyncio.to_thread(subprocess.run, command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - since
