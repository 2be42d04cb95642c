"""The EVM node of the local stack and the account that pays for anchoring on it."""

from eth_account import Account

from deploy.part import Part
from deploy.place import Place, installed
from deploy.probes import answers_json_rpc, json_rpc

# 31337 is what development nodes call themselves; no public chain has it, so a transaction cannot be replayed
# there.
CHAIN_ID = 31337
ENOUGH_WEI = 10**24


def part(place: Place) -> Part:
    state = place.directory("anvil") / "state.json"
    return Part(
        name="anvil",
        command=(
            *(installed("python"), "-m", "deploy.chain_node"),
            *("--port", str(place.ports["anvil"]), "--chain-id", str(CHAIN_ID), "--state", str(state)),
        ),
        probe=answers_json_rpc(place.url("anvil"), "eth_chainId"),
        address=place.url("anvil"),
        before_start=lambda: state.parent.mkdir(parents=True, exist_ok=True),
        once_healthy=lambda: fund_payer(place),
    )


def settings(place: Place) -> dict[str, str]:
    return {
        "ESTRADO_EVM_RPC_URL": place.url("anvil"),
        "ESTRADO_EVM_CHAIN_ID": str(CHAIN_ID),
        "ESTRADO_EVM_PRIVATE_KEY": place.secrets.evm_private_key,
        # A block for each transaction and none without: a second confirmation would come with the next batch only.
        "ESTRADO_ANCHOR_CONFIRMATIONS": "1",
    }


def fund_payer(place: Place) -> None:
    """Give our account money once: the node's own accounts have keys that the whole world knows."""
    payer = Account.from_key(place.secrets.evm_private_key).address
    url = place.url("anvil")
    if int(str(json_rpc(url, "eth_getBalance", payer, "latest")), 16) < ENOUGH_WEI // 2:
        json_rpc(url, "anvil_setBalance", payer, hex(ENOUGH_WEI))
