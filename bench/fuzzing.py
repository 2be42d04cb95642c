"""Asks every operation of the interface for what its description allows and forbids, at every stage of a procedure.

`python -m bench.fuzzing --cases 20000`, alone on the machine: on a stack of its own, with new requests in each run.
What fails is printed with the request that shows it. Ends with the status of the test that it runs.
"""

import argparse
import os
import subprocess
import sys

from deploy.place import PROJECT

TEST = "tests/api/test_described.py"
FEWEST = 1000


def main() -> int:
    told = argparse.ArgumentParser(prog="python -m bench.fuzzing", description=__doc__)
    told.add_argument("--cases", type=int, default=20_000, help=f"requests in all, {FEWEST} at least (20000)")
    told.add_argument("--only", default="", help="operations of which to ask, as `pytest -k` takes it")
    asked = told.parse_args()
    environment = {**os.environ, "ESTRADO_CASES": str(max(FEWEST, asked.cases))}
    only = ["-k", asked.only] if asked.only else []
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", TEST, *only]
    return subprocess.run(command, cwd=PROJECT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
