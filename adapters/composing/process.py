"""The process in which a stretch is composed: `python -m adapters.composing.process GIVEN MADE SAID`.

Limits itself before it imports any decoder, waits on its input for its one job, writes the clusters, says how long each
is, and ends. Part 1 is the typeface, the others are the segments that the job names.
"""

import json
import os
import sys

from adapters.limited.calls import leave_calls
from adapters.limited.files import leave_files
from adapters.limited.limits import allow_time_for, leave_network, limit_resources
from adapters.limited.work import Work

PAGES_WORTH = 90
"""Of CPU time, as pages of a deposit are counted: half a minute of twelve people takes some forty seconds."""
BEHIND_PEOPLE = 10
"""On the scale of `nice`: whoever holds an act on the same machine goes first."""


def main() -> None:
    limit_resources()
    leave_network()
    os.nice(BEHIND_PEOPLE)
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # numpy would take the memory of a thread for each processor
    leave_files()
    leave_calls()
    if not (told := sys.stdin.read()):  # whoever started this has gone
        return
    work = Work(json.loads(told), *map(int, sys.argv[1:]))
    # Only now, under the limits: importing runs the libraries' own code.
    from adapters.composing.stretch import blocks_of
    from adapters.composing.webm import clusters_of
    from domain.ports.composing import Layout
    from domain.procedure.playing import Stretch

    allow_time_for(PAGES_WORTH)
    layout = Layout.model_validate_json(work.job["layout"])
    stretch = Stretch.model_validate_json(work.job["stretch"])
    segments = {n: work.part(number) for number, n in enumerate(work.job["segments"], 2)}
    told_of = []
    for cluster, content in clusters_of(blocks_of(layout, stretch, segments, work.part(1))):
        work.keep(content)
        told_of.append(cluster.model_dump())
    work.say(clusters=told_of)
    os._exit(0)


if __name__ == "__main__":
    main()
