"""What must be so before the processes start: schema up to date, anchor contract on the chain, first content.

Runs between servers and processes at every start; each step bears repetition. A step that fails stops the
start, with what it wrote. `--without-people`: no invented people with logins, for whoever brings people of their own.
"""

import argparse
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from deploy.place import PROJECT

MIGRATE = "adapters.postgres.migrate"
DEPLOY_ANCHOR = "adapters.chain.deploy"
HANDWRITING_KEYS = "deploy.handwriting_keys"
SEED = "deploy.seed"


class StepFailed(Exception):
    """A step ended with another code than 0; the message is what it wrote."""


def main() -> int:
    told = argparse.ArgumentParser(prog="python -m deploy.prepare", description=__doc__)
    told.add_argument("--without-people", action="store_true", help="no first content")
    people = not told.parse_args().without_people
    kept = contract_file(Path(os.environ["ESTRADO_VAR_DIR"]))
    try:
        run_step(MIGRATE)
        keep_contract(kept, run_step(DEPLOY_ANCHOR))
        run_step(HANDWRITING_KEYS)
        if people:
            run_step(SEED)
    except StepFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


def contract_file(var: Path) -> Path:
    """Where the address of the anchor contract is kept."""
    return var / "anchor-contract"


def kept_contract(var: Path) -> str:
    """The address of the anchor contract; empty before it was deployed."""
    return contract_file(var).read_text() if contract_file(var).exists() else ""


def run_step(module: str) -> str:
    """Run a module as a program and return its standard output; nothing if this installation has no such
    module.

    Raises StepFailed.
    """
    if not exists(module):
        return ""
    print(f"{module} …", flush=True)
    done = subprocess.run(
        [sys.executable, "-m", module], cwd=PROJECT, env=dict(os.environ), capture_output=True, text=True
    )
    if done.returncode != 0:
        raise StepFailed(f"{module} ended with {done.returncode}\n{done.stdout}{done.stderr}")
    print(done.stdout, end="")
    return done.stdout


def exists(module: str) -> bool:
    """Whether the module can be found, without importing more than the package that holds it."""
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def keep_contract(kept: Path, said: str) -> None:
    """The last line that the deployment printed is the address, the old one if the contract is still there."""
    lines = said.split()
    if lines:
        kept.write_text(lines[-1])
        os.environ["ESTRADO_ANCHOR_CONTRACT"] = lines[-1]


if __name__ == "__main__":
    sys.exit(main())
