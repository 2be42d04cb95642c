"""What a finding says and where, with people and papers by the names that the account of the act gives them."""

import re
from typing import Final

from evidence.findings import Finding, Report
from evidence.layout import EVENTS
from evidence.plain import plain
from evidence.texts import Texts, shown

__all__ = ["place", "sentence"]

PEOPLE: Final = ("participant", "actor")
"""Parameters that are what the journal calls somebody."""
EVENT: Final = re.compile(re.escape(EVENTS) + r"#(\d+)")


def sentence(finding: Finding, report: Report, texts: Texts) -> str:
    """In words. People stand by their name, what the journal calls them beside it."""
    told = shown(finding)
    names = {plain(one.id): one.name for one in report.account.people} if report.account else {}
    for key in PEOPLE:
        called = str(told.get(key, ""))
        if names.get(called, called) != called:
            told[key] = f"{names[called]} [{called}]"
    return texts.findings[finding.code].format(**told)


def place(finding: Finding, report: Report, texts: Texts) -> str:
    """The object of a finding: an event by its number, a document by its title, and where to find it."""
    found = plain(finding.object)
    if not found:
        return texts.report["bundle_itself"]
    if event := EVENT.fullmatch(finding.object):
        return texts.report["event"].format(seq=event[1], object=found)
    path = finding.object.partition("#")[0]
    documents = report.account.documents if report.account else ()
    title = next((one.title for one in documents if one.path == path and one.title), "")
    return f"{title} ({found})" if title and title != found else found
