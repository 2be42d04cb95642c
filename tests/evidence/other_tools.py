"""Other people's programs, as the tests of the evidence ask them: openssl over files of one folder."""

import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

from asn1crypto import cms
from asn1crypto.x509 import Certificate

from evidence.pdf import PdfSignature
from tests.evidence.sample import Sample

__all__ = ["cms_verified", "pem", "run", "signed_by", "stamp_verified", "taken_out", "unzipped"]

FAR = ["-no_check_time"]
"""The certificates of these tests are judged as signatures, not today."""


def unzipped(held: Sample, made: Path) -> Path:
    """The members of a bundle, as any program lays them out, and who is trusted."""
    zipfile.ZipFile(BytesIO(held.bundle)).extractall(made)
    held.write_trust(made)
    for number, one in enumerate(held.pki.revocation_lists):
        (made / f"{number}.crl").write_bytes(one)
        listed = run(made, "openssl", "crl", "-inform", "DER", "-in", f"{number}.crl")
        (made / f"{number}.crl.pem").write_text(listed.stdout)
    (made / "lists.pem").write_text("".join(one.read_text() for one in sorted(made.glob("*.crl.pem"))))
    return made


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True, timeout=60)


def pem(folder: Path, name: str, *certificates: Certificate) -> str:
    text = ""
    for one in certificates:
        (folder / "one.cer").write_bytes(one.dump())
        text += run(folder, "openssl", "x509", "-inform", "DER", "-in", "one.cer").stdout
    (folder / name).write_text(text)
    return name


def taken_out(content: bytes, signature: PdfSignature) -> tuple[bytes, bytes]:
    """The CMS of a signature without its padding, and the bytes that its ByteRange covers."""
    end = content.index(b">", signature.begin)
    padded = bytes.fromhex(content[signature.begin + 1 : end].decode())
    return cms.ContentInfo.load(padded).dump(), content[: signature.begin] + content[end + 1 : signature.end]


def cms_verified(folder: Path, chain: tuple[Certificate, ...], signature: str = "signature.der") -> str:
    trusted = ["-CAfile", "ca.pem", "-certfile", pem(folder, "chain.pem", *chain)] if chain else ["-CAfile", "ca.pem"]
    command = ["openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", signature, "-content", "data"]
    return run(folder, *command, *trusted, "-purpose", "any", *FAR, "-out", "verified").stderr


def signed_by(content: bytes, signature: PdfSignature) -> tuple[bytes, bytes]:
    """The time-stamp of a signature, and what it is over."""
    info = cms.ContentInfo.load(taken_out(content, signature)[0])["content"]["signer_infos"][0]
    token = next(one for one in info["unsigned_attrs"] if one["type"].native == "signature_time_stamp_token")
    return token["values"][0].dump(), info["signature"].native


def stamp_verified(folder: Path, token: bytes, data: bytes) -> str:
    (folder / "token.tst").write_bytes(token)
    (folder / "stamped").write_bytes(data)
    command = ["openssl", "ts", "-verify", "-token_in", "-in", "token.tst", "-data", "stamped", "-CAfile", "tsa.pem"]
    return run(folder, *command).stdout
