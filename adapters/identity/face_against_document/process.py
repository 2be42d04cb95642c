"""The process in which faces are measured: `python -m adapters.identity.face_against_document.process GIVEN MADE SAID`.

Limits itself before it imports any parser, waits on its input for its one job, says the distances, and ends.
"""

import json
import os
import sys

from adapters.limited.calls import leave_calls
from adapters.limited.files import leave_files
from adapters.limited.limits import leave_network, limit_resources
from adapters.limited.work import Work
from domain.errors import PersonMustAct


def main() -> None:
    limit_resources()
    leave_network()
    leave_files()
    leave_calls()
    if not (told := sys.stdin.read()):  # whoever started this has gone
        return
    work = Work(json.loads(told), *map(int, sys.argv[1:]))
    # Only now, under the limits: importing runs the libraries' own code.
    from adapters.identity.face_against_document.measuring import measure

    try:
        work.say(result=measure([work.part(number + 1) for number in range(work.parts)]))
    except PersonMustAct as refusal:
        work.say(refusal=refusal.code, params=refusal.params)
    os._exit(0)


if __name__ == "__main__":
    main()
