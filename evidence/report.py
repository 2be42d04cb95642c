"""The report: for a judge, one sentence, then what supports it and with what weight, then every finding."""

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from evidence import __version__
from evidence.account_json import account_json
from evidence.account_text import account_lines, requirement_lines
from evidence.finding_text import place, sentence
from evidence.findings import Finding, Report, Result, Verdict
from evidence.indications import read_indications
from evidence.plain import plain
from evidence.texts import Texts, load_texts, shown

__all__ = ["render_json", "render_text", "summary", "tool_digest", "unproven", "weights"]

INDENT = "  "


@cache
def tool_digest() -> str:
    """SHA-256 over the verifier's own files (path, NUL, content, in order): a report says which tool made
    it."""
    root = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted(path for path in root.rglob("*") if path.suffix in (".css", ".py", ".toml", ".typ")):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def render_json(report: Report, language: str) -> str:
    """The report as JSON: codes and parameters for programs, sentences beside them for people."""
    texts = load_texts(language)
    value: dict[str, Any] = {
        "format": "estrado-verification",
        "version": 1,
        "verdict": report.verdict.value,
        "object": "minutes" if report.lone else "bundle",
        "summary": summary(report, texts),
        "bundle_sha256": report.bundle_sha256,
        "bundle_root": report.bundle_root,
        "procedure": _plain(report.procedure),
        "administration": _plain(report.administration),
        "trust_given": report.trusted,
        "verifier": {"version": __version__, "sha256": tool_digest()},
        **account_json(report.account, report.requirements, texts),
        "not_proven": unproven(report, texts),
        "indications": [
            {"object": plain(one.object), "main": one.main, "sub": one.sub} for one in read_indications(report.findings)
        ],
        "findings": [
            {
                "check": finding.check,
                "result": finding.result.value,
                "object": plain(finding.object),
                "code": finding.code,
                "parameters": shown(finding),
                "text": sentence(finding, report, texts),
            }
            for finding in report.findings
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=2)


def render_text(report: Report, language: str) -> str:
    """The report in words."""
    texts = load_texts(language)
    lines = [f"{report.verdict.value}. {summary(report, texts)}"]
    lines += _section(texts, "failed", _places(report, texts, Result.FAIL))
    lines += _section(texts, "open", _places(report, texts, Result.INDETERMINATE))
    lines += _section(texts, "warned", _places(report, texts, Result.WARNING))
    lines += _section(texts, "support", weights(report, texts))
    lines += _account(report, texts)
    lines += _section(texts, "table", _table(report, texts))
    lines.append("")
    if report.procedure:
        lines.append(texts.report["procedure"].format(procedure=_plain(report.procedure)))
    lines.append(texts.report["bundle"].format(sha256=report.bundle_sha256))
    if report.bundle_root is not None:
        lines.append(texts.report["root"].format(root=report.bundle_root))
    lines.append(texts.report["tool"].format(version=__version__, digest=tool_digest()))
    return "\n".join(lines) + "\n"


def summary(report: Report, texts: Texts) -> str:
    """The verdict in one sentence."""
    failures = [finding for finding in report.findings if finding.result is Result.FAIL]
    undecided = [finding for finding in report.findings if finding.result is Result.INDETERMINATE]
    key = f"LONE_{report.verdict.value}" if report.lone else report.verdict.value
    return texts.report[key].format(
        procedure=_named(report) or texts.report["NO_PROCEDURE"],
        failures=len({finding.check for finding in failures}),
        object=place(failures[0], report, texts) if failures else "",
        undecided=len(undecided),
    )


def _named(report: Report) -> str | None:
    """By the number that people know it by, once nothing contradicts it."""
    number = report.account.act.number if report.account and report.verdict is Verdict.PASSED else ""
    return _plain(number or report.procedure)


def _section(texts: Texts, title: str, lines: Iterator[str]) -> list[str]:
    found = list(lines)
    return ["", texts.report[title], *(INDENT + line for line in found)] if found else []


def _account(report: Report, texts: Texts) -> list[str]:
    """What the journal tells, then what the law asks of it and what it does not prove."""
    lines: list[str] = []
    if report.verdict is Verdict.FAILED and report.account is not None:
        lines += ["", texts.account["said" if report.account.from_journal else "said_lone"]]
    sections = list(account_lines(report.account, texts)) if report.account is not None else []
    if report.requirements:
        sections.append(("requirements", list(requirement_lines(report.requirements, texts))))
    sections.append(("not_proven", [f"- {line}" for line in unproven(report, texts)]))
    for title, found in sections:
        if found:
            lines += ["", texts.account[title], *(INDENT + line for line in found)]
    return lines


def unproven(report: Report, texts: Texts) -> list[str]:
    """What nobody may read out of it; of minutes alone first what they lack."""
    return [*(texts.lone.values() if report.lone else ()), *texts.not_proven.values()]


def _places(report: Report, texts: Texts, result: Result) -> Iterator[str]:
    for finding in report.findings:
        if finding.result is result:
            yield f"- {place(finding, report, texts)}: {sentence(finding, report, texts)}"


def weights(report: Report, texts: Texts) -> Iterator[str]:
    """Only what was established is said to support anything, and a failed bundle is supported by nothing."""
    if report.verdict is Verdict.FAILED:
        return
    established = {finding.code for finding in report.findings if finding.result is Result.PASS}
    for codes, weight in (
        ({"FILES_COMPLETE"}, "files"),
        ({"SEALED"}, "seal_qualified" if report.qualified_seal else "seal_unknown"),
        (
            {"SEAL_TIMESTAMPED", "ROOT_TIMESTAMPED", "TIMESTAMP_CERTIFICATE_TRUSTED"},
            "timestamp_qualified" if report.qualified_timestamps else "timestamp_unknown",
        ),
        ({"JOURNAL_UNBROKEN"}, "journal"),
        ({"SIGNATURE_INTACT"}, "signatures"),
        ({"SIGNED_BY_AUTHENTICATED_ACT"}, "authenticated_act"),
        ({"HANDWRITING_BOUND"}, "handwriting"),
        ({"DOCUMENT_TIMESTAMP_INTACT"}, "archive"),
        ({"RENEWAL_INTACT"}, "renewal"),
        ({"ON_CHAIN"}, "chain"),
    ):
        if codes & established:
            yield f"- {texts.weight[weight]}"


def _table(report: Report, texts: Texts) -> Iterator[str]:
    for finding in sorted(report.findings, key=_order):
        check = f"{finding.check} {texts.checks[finding.check]}"
        yield f"{check:<34} {finding.result.value:<14} {place(finding, report, texts)}"
        yield f"{INDENT}{sentence(finding, report, texts)}"


def _plain(text: str | None) -> str | None:
    return None if text is None else plain(text)


def _order(finding: Finding) -> str:
    return finding.check
