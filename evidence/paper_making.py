"""Lays a report out as a paper: what most readers want first, what only an expert reads last."""

from collections.abc import Iterator

from evidence import __version__
from evidence.account import Account
from evidence.account_text import administration_words, article_of, article_title, body_words
from evidence.finding_text import place, sentence
from evidence.findings import Finding, Report, Result, Verdict
from evidence.indications import read_indications
from evidence.moments import written
from evidence.paper import Block, Bullets, Heading, Paper, Rows, Text, few
from evidence.paper_account import happened, people_and_signatures, step_by_step
from evidence.plain import plain
from evidence.report import summary, tool_digest, unproven, weights
from evidence.texts import Texts, load_texts

__all__ = ["lay_out"]

RECORDING_SAID = 20
"""Findings on the recording that stand beside what the journal tells of it; all are in the technical part."""


def lay_out(report: Report, language: str) -> Paper:
    """The paper of one report in one of the languages."""
    texts = load_texts(language)
    act = report.account.act if report.account else None
    reference = " ".join(filter(None, (act.titles.get(language, ""), act.number))) if act else ""
    return Paper(
        language=language,
        title=texts.paper["title"],
        reference=reference or plain(report.procedure or texts.report["NO_PROCEDURE"]),
        verdict=report.verdict.value,
        word=texts.paper[f"word_{report.verdict.value}"],
        summary=summary(report, texts),
        page=texts.paper["page"],
        dated=act.closed_at if act else "",
        blocks=tuple(_blocks(report, texts)),
    )


def _blocks(report: Report, texts: Texts) -> Iterator[Block]:
    account = report.account
    yield Rows((texts.paper["datum"], texts.paper["content"]), tuple(_facts_of(report, texts)), (26, 74))
    for title, result in (("failed", Result.FAIL), ("open", Result.INDETERMINATE), ("warned", Result.WARNING)):
        yield from _places(report, texts, title, result)
    if report.verdict is Verdict.FAILED and account is not None:
        yield Text(texts.account["said" if account.from_journal else "said_lone"])
    if account is not None:
        yield from people_and_signatures(account, texts)
    yield from _requirements(report, texts)
    yield Heading(texts.account["not_proven"])
    yield Bullets(tuple(unproven(report, texts)))
    if account is not None:
        yield from step_by_step(account, texts)
        recording = [sentence(one, report, texts) for one in report.findings if one.check == "CHK-09"]
        yield from happened(account, recording[:RECORDING_SAID], texts)
    supported = tuple(line.removeprefix("- ") for line in weights(report, texts))
    if supported:
        yield Heading(texts.report["support"])
        yield Bullets(supported)
    yield from _technical(report, texts)


def _facts_of(report: Report, texts: Texts) -> Iterator[tuple[str, str]]:
    said = texts.paper
    yield said["asked_by"], said["asked_by_law"]
    if report.account is not None:
        yield from _act(report.account, texts)
    if report.procedure or not report.lone:
        yield said["procedure"], plain(report.procedure or texts.report["NO_PROCEDURE"])
    yield said["trust"], said["trust_given" if report.trusted else "trust_missing"]
    yield said["file"], report.bundle_sha256


def _act(account: Account, texts: Texts) -> Iterator[tuple[str, str]]:
    act, said = account.act, texts.paper
    named = " ".join(filter(None, (act.titles.get(texts.language, ""), act.number)))
    if named:
        yield said["act"], named
    if act.opened_at:
        ended = written(act.closed_at) if act.closed_at else "—"
        yield said["held"], said["from_to"].format(first=written(act.opened_at), last=ended)
    if body := body_words(act, texts):
        yield said["body"], body
    if administration := administration_words(act, texts):
        yield said["administration"], administration
    if outcome := act.outcomes.get(texts.language):
        yield said["outcome"], outcome


def _places(report: Report, texts: Texts, title: str, result: Result) -> Iterator[Block]:
    found = [one for one in report.findings if one.result is result]
    if found:
        yield Heading(texts.report[title])
        rows = few(((place(one, report, texts), sentence(one, report, texts)) for one in found), texts.paper["more"])
        yield Rows((texts.paper["object"], texts.paper["what"]), rows, (34, 66))


def _requirements(report: Report, texts: Texts) -> Iterator[Block]:
    if not report.requirements:
        return
    said = texts.paper
    yield Heading(texts.account["requirements"])
    rows = []
    for one in report.requirements:
        why = texts.account[f"why_{one.why}"].format(whom=plain(one.whom))
        rows.append((article_of(one), article_title(one, texts), said[f"answer_{one.answer.value}"], why))
    if not report.lone:
        yield Text(said["answers_lead"])
    yield Rows(
        (said["article"], said["requirement"], said["answer"], said["why"]), few(rows, said["more"]), (9, 25, 18, 48)
    )
    yield Text(texts.account["article_61"].strip())


def _technical(report: Report, texts: Texts) -> Iterator[Block]:
    said = texts.paper
    yield Heading(said["technical"])
    yield Rows((said["datum"], said["content"]), tuple(_tool(report, texts)), (26, 74))
    indications = read_indications(report.findings)
    if indications:
        yield Heading(said["indications"], 3)
        yield Text(said["indications_lead"])
        rows = few(((plain(one.object), one.main, one.sub or "—") for one in indications), said["more"])
        yield Rows((said["object"], said["indication"], said["sub_indication"]), rows, (56, 20, 24))
    yield Heading(texts.report["table"], 3)
    order = sorted(report.findings, key=lambda one: one.check)
    rows = few(((_check(one, texts), one.result.value, _said(one, report, texts)) for one in order), said["more"])
    yield Rows((said["check"], said["result"], said["what"]), rows, (19, 19, 62))


def _tool(report: Report, texts: Texts) -> Iterator[tuple[str, str]]:
    yield texts.paper["file"], report.bundle_sha256
    if report.bundle_root is not None:
        yield texts.paper["root"], report.bundle_root
    yield texts.paper["tool"].format(version=__version__), tool_digest()


def _check(finding: Finding, texts: Texts) -> str:
    return f"{finding.check}\n{texts.checks[finding.check]}"


def _said(finding: Finding, report: Report, texts: Texts) -> str:
    return f"{sentence(finding, report, texts)}\n{place(finding, report, texts)}"
