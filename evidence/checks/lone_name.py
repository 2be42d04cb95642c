"""Of CHK-15 of minutes alone: whoever sealed them may seal for the body that they name."""

from collections.abc import Iterator

from evidence.bodies import Office, bearers
from evidence.checks import NumberedCheck
from evidence.findings import Finding
from evidence.lone import LONE, LoneDocument
from evidence.trust import Trust

__all__ = ["sealed_name_problems"]

WORDS = NumberedCheck("CHK-15")


def sealed_name_problems(document: LoneDocument, trust: Trust) -> Iterator[Finding]:
    """Of minutes alone, which have no journal: the name in them against whom the certificate of their seal is for."""
    name = document.words.body if document.words else ""
    named = bearers(trust.body_names, name)
    for signature in document.signed.signatures if document.signed and named else ():
        if signature.cms is None:
            continue
        certificate = signature.cms.certificate
        lines = [one for one in trust.permitted if one.office is Office.SEAL and one.names(certificate)]
        fitting = {
            (administration, body)
            for administration, body in named
            if any(one.administration == administration and (not one.bodies or body in one.bodies) for one in lines)
        }
        told = {"name": name, "body": ", ".join(sorted(body for _, body in fitting or named))}
        if lines and fitting:
            yield WORDS.passed(f"{LONE}#{signature.field}", "MINUTES_NAME_THE_BODY", **told)
        elif lines:
            yield WORDS.failed(f"{LONE}#{signature.field}", "SEALED_BY_ANOTHER_BODY", **told)
