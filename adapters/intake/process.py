"""The process in which files of strangers are parsed: `python -m adapters.intake.process GIVEN MADE SAID`.

The arguments are numbers of open files. Limits itself before it imports any parser, then waits on its input for its
one job. Says where it stands and what came of it; when a limit ends it, the last that it said tells where.
"""

import json
import os
import sys
from collections.abc import Callable
from typing import Any

from adapters.limited.calls import leave_calls
from adapters.limited.files import leave_files
from adapters.limited.limits import leave_network, limit_resources
from adapters.limited.work import Work
from domain.errors import PersonMustAct


def main() -> None:
    limit_resources()
    leave_network()
    # Only now, under the limits: importing runs the libraries' own code. It takes longer than fixing a page.
    from adapters.intake.fixing import fix
    from adapters.intake.picturing import picture, words

    leave_files()
    leave_calls(programs=True)  # tesseract
    if told := sys.stdin.read():  # nothing when whoever started this has gone
        work = Work(json.loads(told), *map(int, sys.argv[1:]))
        work.say(begun=True)
        work.say(**result_of({"fix": fix, "picture": picture, "words": words}[work.job["do"]], work))
        os._exit(0)  # everything is written; taking the parsers down would take half as long as fixing a page


def result_of(do: Callable[[Work], dict[str, Any]], work: Work) -> dict[str, Any]:
    try:
        return {"result": do(work)}
    except PersonMustAct as refusal:
        return {"refusal": refusal.code, "params": refusal.params}
    except MemoryError:
        return {"out_of_memory": True}


if __name__ == "__main__":
    main()
