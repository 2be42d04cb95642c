"""Each signs with a certificate in their own name, and whoever verifies is told whose certificates are the bodies'."""

import shutil
from pathlib import Path

import pytest

import territories
from adapters.signing.pyhanko import SignerPyhanko
from adapters.signing.timestamps import read_certificates
from adapters.signing.trust import trust_files
from domain.errors import Refusal
from domain.ids import AdministrationId
from domain.ports.signing import Holder, SignatureRequest
from domain.types.signature_levels import SignatureLevel
from evidence.bodies import Office, permits
from evidence.pdf import read_pdf
from evidence.trust import Trust, load_trust
from settings import Settings
from tests.evidence.papers import blank_pdf

PAPER = blank_pdf("minutes", 2)


def signed_by(name: str, slot: int = 0, certificate: str = "iria-outeiro") -> SignatureRequest:
    return SignatureRequest(
        field_name=f"certificate-{slot}",
        certificate=certificate,
        holder=Holder(name=name),
        reason="Firma del acta",
        appearance=("Firmado",),
        slot=slot,
        level=SignatureLevel.B_T,
    )


@pytest.mark.parametrize("name", ["Breixo Lameiro Castro", "Iria Outeiro", ""])
async def test_nobody_signs_with_the_certificate_of_another(signer: SignerPyhanko, name: str) -> None:
    with pytest.raises(Refusal) as refused:
        await signer.sign_pdf(PAPER, signed_by(name))
    assert (refused.value.code, refused.value.params) == ("certificate_of_another", {"name": name})


async def test_whoever_is_named_in_the_certificate_signs_with_it(signer: SignerPyhanko) -> None:
    once = await signer.sign_pdf(PAPER, signed_by("Iria Outeiro Barral"))
    twice = await signer.sign_pdf(once, signed_by("Uxía Carballo Souto", 1, "uxia-carballo"))
    read = read_pdf(twice)
    assert [(one.strict, one.alone, one.unchanged) for one in read.signatures] == [(True, True, True)] * 2
    assert (read.pages, read.lost, read.unread, read.warnings) == (2, (), 0, ())


async def test_the_trust_folder_names_whose_certificate_is_whose(pki: Settings, tmp_path: Path) -> None:
    permitted = folder_of(pki.pki_dir, tmp_path).permitted
    (seal,) = read_certificates(pki.pki_dir / "seal-peace-court-lira.cert.pem")
    (acts,) = read_certificates(pki.pki_dir / "acts-peace-court-lira.cert.pem")
    assert permits(permitted, Office.SEAL, seal, "atlantia", "peace-court-lira")
    assert permits(permitted, Office.ACTS, acts, "atlantia", "peace-court-lira")
    assert permits(permitted, Office.SEAL, acts, "atlantia", "peace-court-lira") is False
    assert permits(permitted, Office.SEAL, seal, "meseta", "peace-court-fuenteluz") is False


@pytest.mark.parametrize(("office", "setting"), [(Office.SEAL, "seal"), (Office.ACTS, "acts_certificate")])
def test_the_certificates_of_a_body_are_good_for_it_alone(
    office: Office, setting: str, pki: Settings, tmp_path: Path
) -> None:
    trust = folder_of(pki.pki_dir, tmp_path)
    bodies = [(one.id, body) for one in territories.load().values() for body in one.bodies]
    held = {body.id: read_certificates(pki.pki_dir / f"{getattr(body, setting)}.cert.pem")[0] for _, body in bodies}
    for owner, certificate in held.items():
        may = [body.id for known, body in bodies if permits(trust.permitted, office, certificate, known, body.id)]
        assert may == [owner]
    for known, body in bodies:
        assert trust.body_names[known][body.id] == set(body.names.root.values())


@pytest.mark.parametrize("office", Office)
def test_what_a_body_signed_with_before_is_named_where_it_is_held(
    office: Office, pki: Settings, tmp_path: Path
) -> None:
    """An installation from before bodies had certificates of their own: its bundles are to be PASSED as ever."""
    older = tmp_path / "pki"
    shutil.copytree(pki.pki_dir, older, ignore=shutil.ignore_patterns("keys", "*.key.pem"))
    earlier = older / f"{office.value}-atlantia.cert.pem"
    shutil.copy(older / f"{office.value}-court-ponte-nova.cert.pem", earlier)
    (certificate,) = read_certificates(earlier)
    permitted = folder_of(older, tmp_path / "trust").permitted
    atlantia = territories.load()[AdministrationId("atlantia")]
    assert all(permits(permitted, office, certificate, atlantia.id, body.id) for body in atlantia.bodies)
    assert permits(permitted, office, certificate, "meseta", "peace-court-fuenteluz") is False


def folder_of(pki_dir: Path, folder: Path) -> Trust:
    """As the local PKI made the certificates, and as a verifier reads the folder."""
    folder.mkdir(exist_ok=True)
    for name, content in trust_files(pki_dir, territories.load().values()).items():
        (folder / name).write_bytes(content)
    return load_trust(folder)
