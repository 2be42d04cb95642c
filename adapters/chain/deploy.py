"""Puts the anchor contract on the chain, once: `python -m adapters.chain.deploy` prints its address.

What stands at the address is compared with the committed bytecode, byte by byte, at every run: roots must never be
given to a contract that is not ours.
"""

import asyncio
import json
import sys
import tempfile
from pathlib import Path

import rlp  # type: ignore[import-untyped]
from eth_account import Account
from eth_account.signers.local import LocalAccount
from eth_typing import HexStr
from web3 import Web3

from adapters.chain.contract import anchor_contract
from adapters.chain.fees import fees_today
from adapters.chain.rpc import Rpc
from domain.errors import PersonMustAct, TryAgain

GAS = 1_000_000
ASK_TIMES = 600
"""Ten times a second: a minute for the deployment to be mined."""


async def deploy_anchor(rpc_url: str, chain_id: int, private_key: str, kept: Path, configured: str = "") -> str:
    """The address of the contract on this chain, deployed if `kept` (a JSON file) knows of none that stands there.

    Raises PersonMustAct `wrong_chain`; `contract_differs` when other code, or another owner's, stands at the address
    that was `configured`.
    """
    rpc, account = Rpc(rpc_url, chain_id), Account.from_key(private_key)
    try:
        await rpc.on_expected_chain()
        known = kept_address(kept)
        address = configured or known
        if address and await is_ours(rpc, address, account.address):
            return Web3.to_checksum_address(address)
        if configured and configured != known:
            raise PersonMustAct("contract_differs", contract=configured)
        return await deploy(rpc, account, kept)
    finally:
        await rpc.close()


async def deploy(rpc: Rpc, account: LocalAccount, kept: Path) -> str:
    """Send the deployment and wait until it stands. The address is on disk before anything is sent."""
    nonce = await rpc.integer("eth_getTransactionCount", account.address, "pending")
    # Yellow paper, section 7: the address of a new contract follows from who creates it and with which nonce.
    address = Web3.to_checksum_address(Web3.keccak(rlp.encode([bytes.fromhex(account.address[2:]), nonce]))[12:])
    signed = account.sign_transaction(
        {
            "data": HexStr(anchor_contract().bytecode),
            "gas": GAS,
            **await fees_today(rpc),
            "nonce": nonce,
            "value": 0,
            "chainId": rpc.chain_id,
        }
    )
    keep(kept, {"address": address, "chain_id": rpc.chain_id, "transaction": signed.hash.to_0x_hex()})
    await rpc.call("eth_sendRawTransaction", signed.raw_transaction.to_0x_hex())
    for _ in range(ASK_TIMES):
        if await rpc.call("eth_getTransactionReceipt", signed.hash.to_0x_hex()) is not None:
            break
        await asyncio.sleep(0.1)
    if not await is_ours(rpc, address, account.address):
        raise PersonMustAct("contract_differs", contract=address)
    return address


async def is_ours(rpc: Rpc, address: str, owner: str) -> bool:
    """Whether exactly the committed code, owned by `owner`, stands at the address."""
    code = await rpc.call("eth_getCode", address, "latest")
    return bytes.fromhex(code.removeprefix("0x")) == anchor_contract().code_at_address(owner)


def kept_address(path: Path) -> str:
    """The address of an earlier deployment; empty if there was none."""
    return str(json.loads(path.read_text())["address"]) if path.exists() else ""


def keep(path: Path, content: dict[str, object]) -> None:
    """Write a JSON file whole, by a rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, suffix=".part", delete=False) as half:
        json.dump(content, half, indent=2)
    Path(half.name).replace(path)


def main() -> int:
    # Read here alone: as a library, this module is given what it needs.
    from settings import AnchoringSettings

    settings = AnchoringSettings()
    deployment = deploy_anchor(
        settings.evm_rpc_url,
        settings.evm_chain_id,
        settings.evm_private_key.get_secret_value(),
        settings.var_dir / "anchor.json",
        settings.anchor_contract,
    )
    try:
        print(asyncio.run(deployment))  # noqa: T201 - a command-line program
    except (PersonMustAct, TryAgain) as trouble:
        print(f"the anchor contract could not be deployed: {trouble}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
