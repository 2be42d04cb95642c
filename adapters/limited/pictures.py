"""A limited process with one job on pictures of strangers, and how it is started: it tells its result, and ends."""

import json
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, TypeVar

from pydantic import ValidationError

from adapters.limited.calls import leave_calls
from adapters.limited.files import leave_files
from adapters.limited.limits import MEMORY, leave_network, limit_resources
from adapters.limited.processes import LimitedProcess
from adapters.limited.work import Work
from domain.base import Value
from domain.errors import PersonMustAct, TryAgain

Told = TypeVar("Told", bound=Value)
Look = Callable[[Sequence[bytes]], dict[str, Any]]


def serve_one_job(module: str, look: str, memory: int = MEMORY) -> None:
    """Limits itself before `module` brings any parser, waits on its input for its one job, says what came of it.

    `memory`: bytes that it may have, addresses that nothing stands at included.
    """
    limit_resources(memory)
    leave_network()
    leave_files()
    leave_calls()
    if not (told := sys.stdin.read()):  # whoever started this has gone
        return
    work = Work(json.loads(told), *map(int, sys.argv[1:]))
    # Only now, under the limits: importing runs the libraries' own code.
    done: Look = getattr(import_module(module), look)
    try:
        work.say(result=done([work.part(number + 1) for number in range(work.parts)]))
    except PersonMustAct as refusal:
        work.say(refusal=refusal.code, params=refusal.params)
    os._exit(0)


async def looked_at(program: str, pictures: Sequence[bytes], seconds: float, told: type[Told]) -> Told:
    """What the module `program` makes of them. Raises `TryAgain` where it ended before it said anything of use."""
    ending = await (await LimitedProcess.start(program)).work({"do": "look"}, pictures, seconds)
    if "refusal" in ending.said:
        raise PersonMustAct(ending.said["refusal"], **ending.said["params"])
    try:
        return told.model_validate(ending.said.get("result"))
    except ValidationError as error:
        raise TryAgain(f"pictures were not looked at: the process ended with {ending.status}") from error
