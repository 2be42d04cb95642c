"""The trust folder of this installation, honestly labelled, for somebody who tries the verifier."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from textwrap import fill

from domain.journal.anchoring import ChainProof, LeafProof
from domain.languages import BASE_LANGUAGES
from templates.texts import text

_COMMAND = "    python -m evidence verify BUNDLE.zip --trust THIS_FOLDER\n"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def trust_folder(roots: Mapping[str, bytes], proof: LeafProof) -> bytes:
    """A zip of what a verifier chooses to trust (docs/evidence-format.md, section 9), and a note on its worth."""
    files = {**roots, **checkpoint([proof.chain]), "README.txt": _readme().encode()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in sorted(files.items()):
            folder.writestr(zipfile.ZipInfo(name, _EPOCH), content)
    return packed.getvalue()


def checkpoint(proofs: Sequence[ChainProof]) -> dict[str, bytes]:
    """`chain.json` of the blocks in which batches were anchored, as our own node told; nothing where there is none."""
    if not proofs:
        return {}
    known = {
        "chain_id": proofs[0].chain_id,
        "contract": proofs[0].contract,
        "blocks": {str(proof.block_number): proof.block_hash for proof in proofs},
    }
    return {"chain.json": json.dumps(known, indent=2).encode()}


def _readme() -> str:
    """What the folder is worth, in every base language: whoever opens it may read either."""
    notes = (
        fill(text("bundles.trust_folder", code), 110, initial_indent=f"{code.upper()}  ", subsequent_indent="    ")
        for code in BASE_LANGUAGES
    )
    return "\n\n".join((*notes, _COMMAND))
