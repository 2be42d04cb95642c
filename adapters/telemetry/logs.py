"""One line of JSON per happening, on standard error, with nothing in it that somebody said or is called.

Errors are told by kind and place. Their words are left out: a database repeats the value that it refused, a relay the
address, and asyncio prints both.
"""

import logging
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from opentelemetry import trace
from pythonjsonlogger.json import JsonFormatter

OURS = ("api", "rooms", "worker", "deploy", "workflows", "estrado")
"""Loggers whose sentences we wrote ourselves: their values are ids, codes and numbers."""

QUIET = ("uvicorn.access", "aioice", "aiortc", "aiohttp.access", "botocore", "httpx", "httpcore")
"""They log addresses, paths and session descriptions: where people connect from is nobody's business."""

FRAMES = 4

Fault = tuple[type[BaseException], BaseException, TracebackType | None]


def configure(process: str, level: int = logging.INFO) -> None:
    """The one configuration of logs, for every process. `process` is named in each line."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(WordlessFormatter(process))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in ("uvicorn", "uvicorn.error", "temporalio"):
        logging.getLogger(name).setLevel(max(level, logging.WARNING))


class WordlessFormatter(JsonFormatter):
    """time, level, logger, process, message; `error` and `at` for faults; `trace_id` inside a trace."""

    def __init__(self, process: str) -> None:
        super().__init__(json_ensure_ascii=False)
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S") + f".{record.msecs:03.0f}",
            "level": record.levelname,
            "logger": record.name,
            "process": self._process,
            "message": sentence(record),
        }
        span = trace.get_current_span().get_span_context()
        if span.is_valid:
            line["trace_id"] = f"{span.trace_id:032x}"
        if record.exc_info and record.exc_info[1] is not None:
            line |= {"error": kind(record.exc_info[1]), "at": place(record.exc_info[1])}
        return self.jsonify_log_record(line)


def sentence(record: logging.LogRecord) -> str:
    """What the record says: with its values where the sentence is ours, else without them and only its first line."""
    if record.name.split(".")[0] in OURS:
        args = record.args
        if isinstance(args, Mapping):
            return str(record.msg) % {name: wordless(value) for name, value in args.items()}
        return str(record.msg) % tuple(map(wordless, args)) if args else str(wordless(record.msg))
    first = str(wordless(record.msg)).splitlines() or [""]
    return first[0][:200]


def wordless(value: object) -> object:
    """An error as its kind; everything else as it is."""
    return kind(value) if isinstance(value, BaseException) else value


def kind(error: BaseException) -> str:
    """`PersonMustAct(unknown_key)`, `TimeoutError`: the kind, and the code where the error has one of ours."""
    code = getattr(error, "code", None) or getattr(error, "type", None)
    return f"{type(error).__name__}({code})" if isinstance(code, str) else type(error).__name__


def place(error: BaseException) -> str:
    """The last calls before the error, the innermost first: `journal.py:93 < database.py:71`."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
