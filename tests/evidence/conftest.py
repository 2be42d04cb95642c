"""What the tests of the evidence share: authorities, a chain, and one valid bundle, each made once a session."""

from collections.abc import Iterator

import pytest

from tests.evidence.authorities import Authorities
from tests.evidence.chain import Chain
from tests.evidence.held import Script, hold
from tests.evidence.sample import Case, Sample, hold_conciliation, hold_single_signing
from tests.evidence.story import Story


@pytest.fixture(scope="session")
def pki(tmp_path_factory: pytest.TempPathFactory) -> Authorities:
    return Authorities(tmp_path_factory.mktemp("pki"))


@pytest.fixture(scope="session")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    node = Chain(tmp_path_factory.mktemp("chain"))
    try:
        yield node
    finally:
        node.stop()


@pytest.fixture(scope="session")
def contract(chain: Chain) -> bytes:
    return chain.deploy()


@pytest.fixture(scope="session")
def sample(pki: Authorities, chain: Chain, contract: bytes) -> Sample:
    """A complete conciliation."""
    return Sample(pki, chain, contract, hold_conciliation(pki))


@pytest.fixture(scope="session")
def lean_sample(pki: Authorities, chain: Chain, contract: bytes) -> Sample:
    """One signature: every kind of object, once."""
    return Sample(pki, chain, contract, hold_single_signing(pki))


@pytest.fixture(scope="session")
def held(pki: Authorities, chain: Chain, contract: bytes) -> Sample:
    """An act that was held from the request to the seal: the one that is PASSED."""
    script = Script(pki)
    parts = hold(script)
    return Sample(pki, chain, contract, Case(Story(), script.documents, script.records, script.references), parts)
