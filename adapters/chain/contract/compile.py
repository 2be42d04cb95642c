"""Turns Vyper source into what `anchor.json` holds. Needed by developers and tests, never in service."""

from pathlib import Path

import vyper
from vyper.compiler import compile_code

from adapters.chain.contract import CompiledContract


def compile_anchor(source: Path) -> CompiledContract:
    """Compile with the installed compiler; the source names the only version it is meant for."""
    made = compile_code(source.read_text(), output_formats=["abi", "bytecode", "bytecode_runtime"])
    return CompiledContract(
        compiler=vyper.__version__, abi=made["abi"], bytecode=made["bytecode"], runtime=made["bytecode_runtime"]
    )
