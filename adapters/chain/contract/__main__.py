"""Compiles `anchor.vy` with the installed Vyper and writes `anchor.json`. Run it after a change of the source."""

from adapters.chain.contract import COMPILED, SOURCE
from adapters.chain.contract.compile import compile_anchor

COMPILED.write_text(compile_anchor(SOURCE).model_dump_json(indent=2) + "\n")
