"""The local PKI issues certificates that a strict verifier accepts, and answers for them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig, PKIArchitecture
from pyhanko.keys import load_cert_from_pemder
from pyhanko.sign import timestamps
from pyhanko.sign.signers import SimpleSigner
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathBuildingError
from pyhanko_certvalidator.fetchers.aiohttp_fetchers import AIOHttpFetcherBackend

from deploy.pki import ARCHITECTURE
from deploy.pki.architecture import SIGNERS
from deploy.pki.issue import load_architecture
from deploy.stack import Stack
from settings import Settings


@pytest.fixture
def pki(servers: Stack, settings: Settings) -> Path:
    servers.need("pki")
    return settings.pki_dir


@pytest.mark.parametrize("name", SIGNERS)
def test_every_signer_has_a_key_that_fits_its_certificate(pki: Path, name: str) -> None:
    signer = SimpleSigner.load(
        key_file=str(pki / f"{name}.key.pem"),
        cert_file=str(pki / f"{name}.cert.pem"),
        ca_chain_files=(str(pki / "chain.pem"),),
    )
    assert signer is not None
    assert (pki / f"{name}.key.pem").stat().st_mode & 0o077 == 0


async def test_a_signers_certificate_is_valid_under_revocation_checks(pki: Path) -> None:
    async with AIOHttpFetcherBackend() as fetchers:
        context = ValidationContext(
            trust_roots=[load_cert_from_pemder(str(pki / "roots.pem"))],
            other_certs=[load_cert_from_pemder(str(pki / "chain.pem"))],
            allow_fetching=True,
            revocation_mode="require",
            fetchers=fetchers,
            moment=datetime.now(UTC),
        )
        certificate = load_cert_from_pemder(str(pki / "iria-outeiro.cert.pem"))
        path = await CertificateValidator(certificate, validation_context=context).async_validate_usage(
            {"non_repudiation"}
        )
    assert len(path) == 3


async def test_a_signers_certificate_is_worth_nothing_under_the_time_stamp_root(pki: Path) -> None:
    context = ValidationContext(
        trust_roots=[load_cert_from_pemder(str(pki / "tsa-roots.pem"))],
        other_certs=[load_cert_from_pemder(str(pki / "chain.pem"))],
    )
    certificate = load_cert_from_pemder(str(pki / "iria-outeiro.cert.pem"))
    with pytest.raises(PathBuildingError):
        await CertificateValidator(certificate, validation_context=context).async_validate_usage({"non_repudiation"})


async def test_a_time_stamp_is_given_and_states_the_present(pki: Path, settings: Settings) -> None:
    stamper = timestamps.HTTPTimeStamper(settings.tsa_url)
    token = await stamper.async_timestamp(bytes(32), "sha256")
    stated = token["content"]["encap_content_info"]["content"].parsed["gen_time"].native
    assert abs((datetime.now(UTC) - stated).total_seconds()) < 120


def test_an_older_installation_gets_the_certificates_it_lacks_and_keeps_the_others(tmp_path: Path) -> None:
    load_architecture(tmp_path, "http://127.0.0.1:1")
    description = tmp_path / "architecture.yml"
    content = yaml.safe_load(description.read_text())
    for part in (content["keysets"][ARCHITECTURE]["keys"], content["pki-architectures"][ARCHITECTURE]["certs"]):
        del part["breixo-lameiro"]
    del content["pki-architectures"][ARCHITECTURE]["entities"]["breixo-lameiro"]
    description.write_text(yaml.safe_dump(content, sort_keys=False))
    before = load_architecture_as_it_is(tmp_path)
    after = load_architecture(tmp_path, "http://127.0.0.1:1")
    assert (
        after.get_cert(CertLabel("breixo-lameiro")).subject.native["common_name"] == "Breixo Lameiro Castro (pruebas)"
    )
    for name in set(SIGNERS) - {"breixo-lameiro"}:
        assert after.get_cert(CertLabel(name)).dump() == before.get_cert(CertLabel(name)).dump()


def load_architecture_as_it_is(directory: Path) -> PKIArchitecture:
    config = CertomancerConfig.from_file(
        str(directory / "architecture.yml"), key_search_dir=str(directory), external_url_prefix="http://127.0.0.1:1"
    )
    return config.get_pki_arch(ArchLabel(ARCHITECTURE))


def test_certificates_are_the_same_after_a_restart(own_stack: Stack) -> None:
    own_stack.need("pki")
    directory = own_stack.var / "pki"
    before = {path.name: path.read_bytes() for path in directory.glob("*.pem")}
    assert len(before) == 2 * len(SIGNERS) + 3
    own_stack.halt("pki")
    own_stack.start("pki")
    assert {path.name: path.read_bytes() for path in directory.glob("*.pem")} == before
