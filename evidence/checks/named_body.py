"""Of CHK-15: the minutes call the body that held the act by a name of its own, and not of another body.

A seal shows for which code of a body somebody may speak; people read its name. Who was named for what the verifier says
(`names` of `bodies.json`); a body that it does not name is called what the minutes call it.
"""

from collections.abc import Iterator

from evidence.bodies import bearers
from evidence.checks import NumberedCheck
from evidence.findings import Finding
from evidence.minutes import MinutesWords
from evidence.opened import OpenedBundle
from evidence.people import read_people
from evidence.trust import Trust

__all__ = ["name_problems"]

CHECK = NumberedCheck("CHK-15")


def name_problems(bundle: OpenedBundle, where: str, words: MinutesWords, trust: Trust) -> Iterator[Finding]:
    """The name in the minutes against the code in the journal; nothing where one of them, or the names, are missing."""
    administration, body = bundle.manifest.procedure.administration, read_people(bundle).body
    if not words.body or body is None or body not in trust.body_names.get(administration, {}):
        return
    told, named = {"name": words.body, "body": body}, bearers(trust.body_names, words.body)
    if (administration, body) in named:
        yield CHECK.passed(where, "MINUTES_NAME_THE_BODY", **told)
    elif named:
        yield CHECK.failed(where, "MINUTES_NAME_ANOTHER_BODY", **told)
    else:
        yield CHECK.warned(where, "BODY_NAME_NOT_KNOWN", **told)
