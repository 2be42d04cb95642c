"""The trust folder of this installation, honestly labelled, for somebody who tries the verifier."""

import io
import json
import zipfile
from collections.abc import Mapping

from domain.journal.anchoring import LeafProof

README = """\
ES  Esta carpeta contiene lo que esta misma instalación tiene por raíces de confianza y por punto de control
    de la cadena. Sirve para probar el verificador. Quien audita debe obtener las raíces de las autoridades de
    certificación y de sellado de tiempo de la lista de confianza oficial, y el bloque de un nodo en el que
    confíe: la confianza en nosotros no puede venir de nosotros.

EN  This folder holds what this installation itself takes for trust roots and for the checkpoint of the chain.
    It is for trying the verifier out. An auditor gets the roots of certification and time-stamping authorities
    from the official trusted list, and the block from a node that he trusts: trust in us cannot come from us.

    python -m evidence verify BUNDLE.zip --trust THIS_FOLDER
"""

_EPOCH = (1980, 1, 1, 0, 0, 0)


def trust_folder(roots: Mapping[str, bytes], proof: LeafProof) -> bytes:
    """A zip with `ca.pem`, `tsa.pem`, `chain.json` (form: docs/evidence-format.md) and a note on what it is worth."""
    checkpoint = {
        "chain_id": proof.chain.chain_id,
        "contract": proof.chain.contract,
        "blocks": {str(proof.chain.block_number): proof.chain.block_hash},
    }
    files = {**roots, "chain.json": json.dumps(checkpoint, indent=2).encode(), "README.txt": README.encode()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in sorted(files.items()):
            folder.writestr(zipfile.ZipInfo(name, _EPOCH), content)
    return packed.getvalue()
