"""The process in which a type is rehearsed: `python -m api.rehearsal_process GIVEN MADE SAID`.

What somebody has just written may be of any size and never end: it takes neither the processor nor the memory of those
who hold acts. The arguments are numbers of open files.
"""

import asyncio
import json
import os
import sys
from datetime import datetime

from adapters.limited.calls import leave_calls
from adapters.limited.files import leave_files
from adapters.limited.limits import leave_network, limit_resources
from adapters.limited.work import Work


def main() -> None:
    limit_resources()
    leave_network()
    # Imported while nobody waits yet: it takes longer than most rehearsals.
    from api.services.rehearsal_view import rehearsal_view
    from domain.types.procedure_type import ResolvedType
    from domain.types.territory import Administration
    from rehearsal.rehearsing import rehearse

    leave_files()
    leave_calls()
    if not (told := sys.stdin.read()):  # whoever started this has gone
        return
    work = Work(json.loads(told), *map(int, sys.argv[1:]))
    resolved = ResolvedType.model_validate_json(work.part(1))
    administration = Administration.model_validate_json(work.part(2))
    language = work.job["language"]
    ended = asyncio.run(rehearse(resolved, administration, datetime.fromisoformat(work.job["at"]), language))
    work.keep(rehearsal_view(ended, administration, language).model_dump_json().encode())
    work.say(result=True)
    os._exit(0)


if __name__ == "__main__":
    main()
