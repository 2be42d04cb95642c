"""The process in which evidence of strangers is judged: `python -m adapters.reports.process GIVEN MADE SAID`.

Limits itself before it imports the verifier, waits on its input for its one job, writes the report, and ends.
"""

import json
import os
import sys

from adapters.limited.calls import leave_calls
from adapters.limited.files import leave_files
from adapters.limited.limits import allow_time_for, leave_network, limit_resources
from adapters.limited.work import Work

PAGES_WORTH = 10
"""Of CPU time, as pages of a deposit are counted: the largest bundle takes some ten seconds."""


def main() -> None:
    limit_resources()
    leave_network()
    leave_files()
    leave_calls()
    if not (told := sys.stdin.read()):  # whoever started this has gone
        return
    work = Work(json.loads(told), *map(int, sys.argv[1:]))
    # Only now, under the limits: importing runs the libraries' own code.
    from evidence.trust import read_trust
    from evidence.verifier import verify_bytes
    from evidence.written_report import written

    allow_time_for(PAGES_WORTH)
    names = work.job["trust"]
    trust = read_trust({name: work.part(number) for number, name in enumerate(names, 2)})
    report = verify_bytes(work.part(1), trust)
    work.keep(written(report, work.job["kind"], work.job["language"]))
    work.say(result=report.verdict.value)
    os._exit(0)


if __name__ == "__main__":
    main()
