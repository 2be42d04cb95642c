"""`python -m conformance.cli OPERATION ...`: each operation of the client from the command line.

`ESTRADO_URL` and `ESTRADO_KEY` (a key, or a token) say where and who. It ends with 0: done; 1: refused, the problem is
on the error output; 2: no answer; 3: nothing has changed since the ETag that was shown (`..._if_changed`).
"""

import argparse
import inspect
import json
import os
import sys
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from conformance.client import Client
from conformance.connection import Connection, NoAnswer, Refused

DONE, REFUSED, NO_ANSWER, NOT_CHANGED = range(4)
WANTS = inspect.Parameter.empty


def operations() -> Iterator[tuple[str, Callable[..., Any]]]:
    """The methods of the client, by the names that they have here: `read-status` is `read_status`."""
    for name, method in inspect.getmembers(Client, inspect.isfunction):
        if not name.startswith("_"):
            yield name.replace("_", "-"), method


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(prog="python -m conformance.cli", description=__doc__)
    commands = whole.add_subparsers(dest="operation", required=True)
    for name, method in operations():
        one = commands.add_parser(name, help=method.__doc__, description=method.__doc__)
        for parameter in list(inspect.signature(method).parameters.values())[1:]:
            _add(one, parameter)
        one.add_argument("--output", type=Path, metavar="FILE", help="where to write what is answered")
        one.set_defaults(method=method.__name__)
    return whole


def _add(one: argparse.ArgumentParser, parameter: inspect.Parameter) -> None:
    if parameter.name == "body":
        one.add_argument("body", type=_json, help="a file of JSON, or - for the standard input")
    elif parameter.name == "key":
        one.add_argument("--key", default=None, help="the Idempotency-Key; a new one where it is left out")
    elif parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
        one.add_argument(parameter.name)
    else:
        several = {"action": "append"} if "list[" in str(parameter.annotation) else {}
        one.add_argument(f"--{parameter.name.replace('_', '-')}", dest=parameter.name, **several)  # type: ignore[arg-type]


def _json(name: str) -> Any:
    return json.loads(sys.stdin.read() if name == "-" else Path(name).read_text("utf-8"))


def run(client: Client, said: Mapping[str, Any]) -> bytes | None:
    """What is answered, as it is written; None where nothing has changed. Raises `Refused` and `NoAnswer`."""
    method = getattr(client, said["method"])
    known = inspect.signature(method).parameters
    given = {name: said[name] for name in known}
    if "key" in given and given["key"] is None:
        given["key"] = str(uuid.uuid4())
        print(f"Idempotency-Key: {given['key']}", file=sys.stderr)
    found = method(**given)
    if found is None or isinstance(found, bytes):
        return found
    if isinstance(found, tuple):
        found = {"etag": found[1], "content": found[0]}
    return json.dumps(found, ensure_ascii=False, indent=2).encode() + b"\n"


def main(arguments: Sequence[str] | None = None, environment: Mapping[str, str] = os.environ) -> int:
    said = vars(parser().parse_args(arguments))
    headers = {"Authorization": f"Bearer {environment.get('ESTRADO_KEY', '')}"}
    try:
        found = run(Client(Connection(environment["ESTRADO_URL"], headers)), said)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return REFUSED
    except NoAnswer as trouble:
        print(trouble, file=sys.stderr)
        return NO_ANSWER
    if found is None:
        return NOT_CHANGED
    if said["output"]:
        said["output"].write_bytes(found)
    else:
        sys.stdout.buffer.write(found)
    return DONE


if __name__ == "__main__":
    sys.exit(main())
