"""Deploying the anchor contract: once, and never trusting what merely stands at the address."""

import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.chain.contract import SOURCE, anchor_contract
from adapters.chain.contract.compile import compile_anchor
from adapters.chain.deploy import deploy_anchor
from adapters.chain.rpc import Rpc
from deploy.place import PROJECT
from deploy.stack import Stack
from domain.errors import PersonMustAct
from settings import Settings


@pytest.fixture(scope="session")
def node(servers: Stack, settings: Settings) -> Settings:
    servers.need("anvil")
    return settings


@pytest.fixture
async def rpc(node: Settings) -> AsyncIterator[Rpc]:
    rpc = Rpc(node.evm_rpc_url, node.evm_chain_id)
    yield rpc
    await rpc.close()


def endpoint(settings: Settings) -> tuple[str, int, str]:
    return settings.evm_rpc_url, settings.evm_chain_id, settings.evm_private_key.get_secret_value()


def test_the_committed_bytecode_is_what_the_source_compiles_to() -> None:
    assert compile_anchor(SOURCE) == anchor_contract()


async def test_deploying_again_finds_the_contract(node: Settings, tmp_path: Path) -> None:
    kept = tmp_path / "anchor.json"
    address = await deploy_anchor(*endpoint(node), kept)
    assert await deploy_anchor(*endpoint(node), kept) == address
    assert await deploy_anchor(*endpoint(node), tmp_path / "nothing.json", configured=address) == address


def test_the_command_prints_the_same_address_each_time(node: Settings, servers: Stack, tmp_path: Path) -> None:
    environment = {**os.environ, **servers.env, "ESTRADO_VAR_DIR": str(tmp_path), "ESTRADO_ANCHOR_CONTRACT": ""}

    def said() -> str:
        command = [sys.executable, "-m", "adapters.chain.deploy"]
        done = subprocess.run(command, env=environment, cwd=PROJECT, capture_output=True, text=True, check=True)
        return done.stdout.split()[-1]

    first = said()
    assert said() == first
    assert json.loads((tmp_path / "anchor.json").read_text())["address"] == first


async def test_a_contract_that_vanished_with_its_chain_is_deployed_anew(node: Settings, tmp_path: Path) -> None:
    kept = tmp_path / "anchor.json"
    kept.write_text('{"address": "0x' + "cd" * 20 + '"}')
    assert await deploy_anchor(*endpoint(node), kept) != "0x" + "cd" * 20


async def test_foreign_code_at_the_configured_address_stops_the_deployment(
    node: Settings, tmp_path: Path, rpc: Rpc
) -> None:
    contract = await deploy_anchor(*endpoint(node), tmp_path / "anchor.json")
    code = anchor_contract().code_at_address("0x" + "22" * 20)
    await rpc.call("anvil_setCode", contract, "0x" + code.hex())
    with pytest.raises(PersonMustAct) as refused:
        await deploy_anchor(*endpoint(node), tmp_path / "none.json", configured=contract)
    assert refused.value.code == "contract_differs"
