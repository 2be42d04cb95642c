"""A report as a file: the end of its name says how it is written."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from evidence.findings import Report
from evidence.paper_html import render_html
from evidence.paper_making import lay_out
from evidence.paper_pdf import TypesetterMissing, render_pdf, typesetter
from evidence.report import render_json, render_text
from evidence.texts import load_texts

__all__ = ["ReportNotWritable", "check_writable", "write_report", "written"]

WRITERS: Final[Mapping[str, Callable[[Report, str], bytes]]] = {
    ".pdf": lambda report, language: render_pdf(lay_out(report, language)),
    ".html": lambda report, language: render_html(lay_out(report, language)).encode(),
    ".json": lambda report, language: render_json(report, language).encode() + b"\n",
    ".txt": lambda report, language: render_text(report, language).encode(),
}


class ReportNotWritable(Exception):
    """The message says why, and what to do instead."""


def check_writable(path: Path, language: str) -> None:
    """Before anything is verified: the kind is known, and what it needs is installed; else `ReportNotWritable`."""
    said = load_texts(language).paper
    if path.suffix not in WRITERS:
        raise ReportNotWritable(said["report_kind_unknown"].format(name=path.name))
    if path.suffix == ".pdf":
        try:
            typesetter()
        except TypesetterMissing as error:
            raise ReportNotWritable(said["typesetter_missing"]) from error


def write_report(report: Report, path: Path, language: str) -> None:
    path.write_bytes(written(report, path.suffix, language))


def written(report: Report, kind: str, language: str) -> bytes:
    """The report as a file of that kind: one of `WRITERS`."""
    return WRITERS[kind](report, language)
