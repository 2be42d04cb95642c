"""The process in which deposited files are parsed: `python -m adapters.intake.process`, told a folder on its input.

Limits itself before it imports any parser, then waits for its one job. Reads `job.json` and `part-N`, writes
`fixed.pdf` and `result.json`; when a limit ends it, there is no result, and that is the answer.
"""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from adapters.intake.limits import leave_network, limit_resources
from domain.errors import Refusal

BEGUN = "begun"
"""The file that says that a process took the job: whatever is missing afterwards, the parts were the reason."""


def main() -> None:
    limit_resources()
    leave_network()
    # Only now, under the limits: importing runs the libraries' own code. It takes longer than fixing a page.
    from adapters.intake.fixing import fix

    if told := sys.stdin.read():  # nothing when whoever started this has gone
        folder = Path(told)
        (folder / BEGUN).touch()
        (folder / "result.json").write_text(json.dumps(result_of(fix, folder)))
        os._exit(0)  # everything is written; taking the parsers down would take half as long as fixing a page


def result_of(fix: Callable[[Path], int], folder: Path) -> dict[str, Any]:
    try:
        return {"pages": fix(folder)}
    except Refusal as refusal:
        return {"refusal": refusal.code, "params": refusal.params}


if __name__ == "__main__":
    main()
