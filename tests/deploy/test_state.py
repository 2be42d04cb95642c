"""What servers have said yes to is still there after a restart, an orderly one and a kill on top of it."""

import asyncio
import os
import signal
from collections.abc import Iterator

import asyncpg
import boto3
import pytest
from eth_account import Account
from mypy_boto3_s3 import S3Client
from temporalio.client import Client
from temporalio.common import SearchAttributeKey, SearchAttributePair, TypedSearchAttributes

from bench.installation import settings_of
from deploy.probes import descendants, is_running, json_rpc
from deploy.stack import Stack
from settings import Settings
from tests.conftest import eventually

STATEFUL = ("postgres", "s3", "temporal", "anvil")
STAGE = SearchAttributeKey.for_keyword("EstradoStage")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack that was written to, stopped in order, started again, and then had every server killed."""
    directory = tmp_path_factory.mktemp("state")
    with Stack(directory) as stack:
        stack.need(*STATEFUL)
        write(settings_of(stack))
        before = dict(stack.env)
    with Stack(directory) as stack:
        assert stack.env == before  # ports and passwords are those of last time
        stack.need(*STATEFUL)
        for name in STATEFUL:
            stack.kill(name)
        for name in STATEFUL:
            stack.wait_healthy(name)
        yield stack


def write(settings: Settings) -> None:
    """One thing into each server."""
    asyncio.run(write_row(settings))
    s3(settings).put_object(Bucket=settings.s3_bucket, Key="kept", Body=b"kept bytes")
    asyncio.run(start_workflow(settings))
    send_one_wei(settings)


async def write_row(settings: Settings) -> None:
    connection = await asyncpg.connect(settings.database_url)
    await connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    await connection.close()


async def start_workflow(settings: Settings) -> None:
    client = await Client.connect(settings.temporal_address, namespace=settings.temporal_namespace)
    stage = TypedSearchAttributes([SearchAttributePair(STAGE, "summoned")])
    await client.start_workflow("NobodyRunsThis", id="kept", task_queue="nobody", search_attributes=stage)


def send_one_wei(settings: Settings) -> str:
    """From the node's own account to the payer; the transaction is in a block when this returns.

    The node answers once it knows the transaction, and puts it into a block a moment later.
    """
    accounts = json_rpc(settings.evm_rpc_url, "eth_accounts")
    assert isinstance(accounts, list)
    payment = {"from": accounts[0], "to": payer(settings), "value": "0x1"}
    transaction = str(json_rpc(settings.evm_rpc_url, "eth_sendTransaction", payment))
    eventually(lambda: json_rpc(settings.evm_rpc_url, "eth_getTransactionReceipt", transaction) is not None)
    return transaction


def payer(settings: Settings) -> str:
    return str(Account.from_key(settings.evm_private_key.get_secret_value()).address)


def s3(settings: Settings) -> S3Client:
    return boto3.client(
        "s3",
        endpoint_url=settings.s3_endpoint,
        region_name=settings.s3_region,
        aws_access_key_id=settings.s3_access_key,
        aws_secret_access_key=settings.s3_secret_key.get_secret_value(),
    )


async def test_rows_are_kept(written: Stack) -> None:
    connection = await asyncpg.connect(settings_of(written).database_url)
    assert await connection.fetchval("SELECT answer FROM kept") == 42
    await connection.close()


def test_objects_are_kept(written: Stack) -> None:
    settings = settings_of(written)
    stored = s3(settings).get_object(Bucket=settings.s3_bucket, Key="kept")
    assert stored["Body"].read() == b"kept bytes"


async def test_workflows_are_kept_with_their_search_attributes(written: Stack) -> None:
    settings = settings_of(written)
    client = await Client.connect(settings.temporal_address, namespace=settings.temporal_namespace)
    described = await client.get_workflow_handle("kept").describe()
    assert described.workflow_type == "NobodyRunsThis"
    assert described.typed_search_attributes[STAGE] == "summoned"


def test_the_chain_is_kept_and_paid_for_once(written: Stack) -> None:
    settings = settings_of(written)
    balance = int(str(json_rpc(settings.evm_rpc_url, "eth_getBalance", payer(settings), "latest")), 16)
    assert balance == 10**24 + 1


def test_a_receipt_that_somebody_read_is_of_a_block_that_survives_every_kill(written: Stack) -> None:
    """Killed at once after the answer, again and again, the gate or anvil alone; each block is still the same block."""
    settings, seen = settings_of(written), []
    for victim in ("gate", "node") * 3:
        receipt = receipt_of(settings, send_one_wei(settings))
        seen.append((receipt["transactionHash"], receipt["blockHash"]))
        if victim == "gate":
            written.kill("anvil")
        else:
            [node] = descendants(written.pid("anvil"))
            os.kill(node, signal.SIGKILL)
            eventually(lambda node=node: not is_running(node))  # type: ignore[misc]
        written.wait_healthy("anvil")
        found = [receipt_of(settings, transaction) for transaction, _ in seen]
        assert [(one["transactionHash"], one["blockHash"]) for one in found] == seen
        blocks = [json_rpc(settings.evm_rpc_url, "eth_getBlockByNumber", one["blockNumber"], False) for one in found]
        assert [block["hash"] for block in blocks if isinstance(block, dict)] == [block for _, block in seen]


def receipt_of(settings: Settings, transaction: str) -> dict[str, str]:
    receipt = json_rpc(settings.evm_rpc_url, "eth_getTransactionReceipt", transaction)
    assert isinstance(receipt, dict)
    return receipt


def test_key_files_are_32_bytes_that_only_their_owner_reads(written: Stack) -> None:
    settings = settings_of(written)
    kept = (settings.master_key_file, settings.codec_key_file, settings.token_key_file, settings.room_key_file)
    for path in (*kept, settings.pin_keys_file, settings.code_keys_file):
        assert len(path.read_bytes()) == 32
        assert path.stat().st_mode & 0o077 == 0


def test_the_file_of_settings_is_private_and_read_by_a_shell(written: Stack) -> None:
    path = written.var / "stack.env"
    assert path.stat().st_mode & 0o077 == 0
    said = dict(line.split("=", 1) for line in path.read_text().splitlines())
    assert said.keys() == written.env.keys()
