"""`python -m conformance SETTINGS.json`: tries our side and theirs, and says what it found. It ends with 0: all passed.

1: something failed. 2: nothing failed, and something was not tried. 64: the settings cannot be read.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from conformance.asking import Asking
from conformance.following import Following
from conformance.hearing import Listener
from conformance.receiving import Receiving
from conformance.report import LANGUAGES, Line, as_json, as_text, summary, tried, verdict_of, words
from conformance.settings import Api, Receiver, SettingsWrong, read

ENDED = {"PASSED": 0, "FAILED": 1, "NOT_TRIED": 2}
USAGE_ERROR = 64


def lines_of(api: Api | None, receiver: Receiver | None) -> Iterator[Line]:
    if api is not None:
        with ExitStack() as stack:
            listener = Listener(api.hearing) if api.hearing else None
            if listener is not None:
                stack.callback(listener.close)
            asking = Asking(api)
            yield from tried(asking.checks())
            yield from tried(Following(api, asking, listener).checks())
    if receiver is not None:
        yield from tried(Receiving(receiver).checks())


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m conformance", description=__doc__)
    parser.add_argument("settings", type=Path, help="the JSON file that docs/conformance.md describes")
    parser.add_argument("--language", choices=LANGUAGES, default="es")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the report here too")
    chosen = parser.parse_args(arguments)
    try:
        api, receiver = read(chosen.settings)
    except SettingsWrong as trouble:
        print(words(chosen.language)["said"]["settings"].format(trouble=trouble), file=sys.stderr)
        return USAGE_ERROR
    found = []
    for line in lines_of(api, receiver):
        found.append(line)
        print(as_text(line, chosen.language), flush=True)
    print(f"\n{summary(found, chosen.language)}")
    if chosen.json:
        chosen.json.write_text(json.dumps(as_json(found), ensure_ascii=False, indent=2) + "\n", "utf-8")
    return ENDED[verdict_of(found)]


if __name__ == "__main__":
    sys.exit(main())
