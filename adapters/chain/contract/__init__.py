"""The anchor contract: `anchor.vy` is what it says, `anchor.json` what the compiler made of it.

The compiled form is committed, so that nobody needs a compiler to run the project or to check what is on a chain;
`python -m adapters.chain.contract` makes it again.
"""

import json
from functools import cache
from pathlib import Path

from domain.base import Value

SOURCE = Path(__file__).with_name("anchor.vy")
COMPILED = Path(__file__).with_name("anchor.json")


class CompiledContract(Value):
    compiler: str
    abi: list[dict[str, object]]
    bytecode: str
    """What a deployment sends, hex with 0x."""
    runtime: str
    """What then stands at the address, hex with 0x, but for the owner that the deployment adds at its end."""

    def code_at_address(self, owner: str) -> bytes:
        """The code of an instance that `owner` deployed: immutables follow the code, padded to 32 bytes."""
        return bytes.fromhex(self.runtime[2:]) + bytes(12) + bytes.fromhex(owner[2:])


@cache
def anchor_contract() -> CompiledContract:
    """The committed ABI and bytecode."""
    return CompiledContract.model_validate(json.loads(COMPILED.read_text()), extra="forbid")
