"""`python -m evidence verify FILE --trust FOLDER`: the verifier at the command line.

`python -m evidence strokes FILE --keys FOLDER --out FOLDER` opens what was signed by hand, for an expert.
"""

import argparse
import gc
import locale
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NoReturn

from evidence.postponed import do_without_cffi, postpone_signing

if __name__ == "__main__":
    gc.disable()  # nothing of what is imported is garbage: looking for some is a tenth of what a verification costs
postpone_signing()
do_without_cffi()
from evidence.canonical import Malformed  # noqa: E402
from evidence.container import ContainerRefused  # noqa: E402
from evidence.findings import Report  # noqa: E402
from evidence.report import render_json, render_text  # noqa: E402
from evidence.texts import LANGUAGES  # noqa: E402
from evidence.trust import TrustUnreadable, load_trust  # noqa: E402
from evidence.verifier import verify  # noqa: E402

__all__ = ["main"]

USAGE_ERROR: Final = 64
"""EX_USAGE of sysexits.h: nothing was verified. 2, argparse's own, already means INDETERMINATE here."""

BROKEN: Final = 70
"""EX_SOFTWARE: the verifier itself broke down, or could not write. Nothing was shown to be wrong with the evidence."""


OBJECTS_BETWEEN_LOOKS: Final = 100_000
"""A process that judges one file and ends looks for garbage seldom: that is a tenth of what a verification costs."""


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors cannot be taken for a verdict."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(USAGE_ERROR, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Verify one bundle and print the report. Returns 0 PASSED, 1 FAILED, 2 INDETERMINATE, 64 wrong use, 70 broken."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    if chosen.command == "strokes":
        return _open_strokes(parser, chosen)
    # pyHanko logs each rejected certificate with a traceback; the report says the same in words
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    try:
        if chosen.report:
            _check_writable(chosen)
        trust = load_trust(chosen.trust) if chosen.trust is not None else None
        report = verify(chosen.file, trust, chosen.segments, chosen.renewals)
    except (TrustUnreadable, OSError) as error:
        parser.error(str(error))
    except Exception as error:
        return _broken(error)
    return _told(report, chosen)


def _check_writable(chosen: argparse.Namespace) -> None:
    """Before anything is verified; `OSError` when a report cannot be written."""
    from evidence.written_report import ReportNotWritable, check_writable

    try:
        for path in chosen.report:
            check_writable(path, chosen.lang)
    except ReportNotWritable as error:
        raise OSError(str(error)) from error


def _told(report: Report, chosen: argparse.Namespace) -> int:
    """Print the report, and write those that were asked for. Whatever breaks here is no verdict."""
    try:
        render = render_json if chosen.json else render_text
        sys.stdout.write(render(report, chosen.lang).rstrip("\n") + "\n")
        if chosen.report:
            from evidence.written_report import write_report

            for path in chosen.report:
                write_report(report, path, chosen.lang)
    except Exception as error:
        return _broken(error)
    return report.verdict.exit_code


def _broken(error: Exception) -> int:
    # scar: a traceback ends a program with 1, which here means FAILED
    sys.stderr.write(f"{type(error).__name__}: {error}\n")
    return BROKEN


def _open_strokes(parser: Parser, chosen: argparse.Namespace) -> int:
    """Returns 0, or 1 when some strokes do not open with these keys beside what they are bound to."""
    from evidence.strokes import StrokesUnreadable, write_strokes

    try:
        for path in write_strokes(chosen.file, chosen.keys, chosen.out):
            sys.stdout.write(f"{path}\n")
    except StrokesUnreadable as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except (Malformed, ContainerRefused, OSError, ValueError) as error:
        parser.error(str(error))
    return 0


def _parser() -> Parser:
    parser = Parser(prog="python -m evidence", description="Evidence bundles / Archivos de evidencias")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=Parser)
    command = commands.add_parser("verify", help="verify a bundle offline / comprobar sin conexión")
    command.add_argument("file", type=Path, help="the bundle / el archivo de evidencias")
    command.add_argument("--trust", type=Path, help="folder with ca.pem, tsa.pem, bodies.json, chain.json")
    command.add_argument("--segments", type=Path, help="folder with the segments of its recording: 0.webm, 1.webm…")
    command.add_argument("--renewals", type=Path, help="folder with the renewed time-stamps of it: 1.zip, 2.zip…")
    command.add_argument("--json", action="store_true", help="report as JSON / informe en JSON")
    command.add_argument(
        "--report",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="write a report for a judge too: *.pdf, *.html, *.json, *.txt / escribir además un informe",
    )
    command.add_argument("--lang", choices=LANGUAGES, default=_language(), help="es | en")
    opening = commands.add_parser("strokes", help="open what was signed by hand / abrir las firmas manuscritas")
    opening.add_argument("file", type=Path, help="the bundle / el archivo de evidencias")
    opening.add_argument(
        "--keys", type=Path, required=True, help="folder with the administration's private keys (*.pem)"
    )
    opening.add_argument("--out", type=Path, required=True, help="folder for the InkML files")
    return parser


def _language() -> str:
    spoken = (locale.getlocale()[0] or "")[:2]
    return spoken if spoken in LANGUAGES else "en"


if __name__ == "__main__":
    gc.freeze()
    gc.enable()
    gc.set_threshold(OBJECTS_BETWEEN_LOOKS)
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.exit(main())
