"""Of CHK-15 of minutes alone: whoever sealed, or wrapped what people signed, may do so for the body that they name."""

from collections.abc import Collection, Iterator, Sequence

from evidence.bodies import Office, Permitted, bearers
from evidence.certificates import holder
from evidence.checks import NumberedCheck
from evidence.findings import Finding
from evidence.lone import LONE, LoneDocument
from evidence.pdf import PdfSignature
from evidence.trust import Trust

__all__ = ["named_body_problems"]

WORDS = NumberedCheck("CHK-15")

Bodies = Collection[tuple[str, str]]
"""As (Administration, body)."""


def named_body_problems(document: LoneDocument, trust: Trust) -> Iterator[Finding]:
    """There is no journal: the name in the minutes against whom the certificates of their signatures are for.

    Where the verifier does not know the name, certificates of acts and seal must at least be for one body.
    """
    name = document.words.body if document.words else ""
    named = bearers(trust.body_names, name)
    sealing = [lines for _, lines in _signatures(document, trust, Office.SEAL)]
    for signature, lines in _signatures(document, trust, Office.SEAL) if named else ():
        told = _told(name, named, lines)
        passed = bool(_fitting(named, lines))
        code = "MINUTES_NAME_THE_BODY" if passed else "SEALED_BY_ANOTHER_BODY"
        yield (WORDS.passed if passed else WORDS.failed)(f"{LONE}#{signature.field}", code, **told)
    for signature, lines in _signatures(document, trust, Office.ACTS):
        assert signature.cms is not None
        where, whose = f"{LONE}#{signature.field}", holder(signature.cms.certificate)
        if named and not _fitting(named, lines):
            yield WORDS.failed(where, "LONE_ACT_OF_ANOTHER_BODY", holder=whose, **_told(name, named, lines))
        elif not all(_meet(lines, seal) for seal in sealing):
            yield WORDS.failed(where, "LONE_ACT_OF_OTHER_THAN_SEAL", holder=whose)


def _signatures(
    document: LoneDocument, trust: Trust, office: Office
) -> Iterator[tuple[PdfSignature, Sequence[Permitted]]]:
    """Those by certificates of this use, with the lines that say so. A seal may wrap acts too; then it is a seal."""
    for signature in document.signed.signatures if document.signed else ():
        lines = [one for one in trust.permitted if signature.cms and one.names(signature.cms.certificate)]
        found = [one for one in lines if one.office is office]
        if found and (office is Office.SEAL or len(found) == len(lines)):
            yield signature, found


def _fitting(named: Bodies, lines: Sequence[Permitted]) -> Bodies:
    return {(known, body) for known, body in named if any(_covers(one, known, body) for one in lines)}


def _covers(line: Permitted, administration: str, body: str) -> bool:
    return line.administration == administration and (not line.bodies or body in line.bodies)


def _meet(lines: Sequence[Permitted], others: Sequence[Permitted]) -> bool:
    """Whether there is a body that both are for."""
    return any(
        one.administration == other.administration
        and (not one.bodies or not other.bodies or bool(one.bodies & other.bodies))
        for one in lines
        for other in others
    )


def _told(name: str, named: Bodies, lines: Sequence[Permitted]) -> dict[str, str]:
    return {"name": name, "body": ", ".join(sorted(body for _, body in _fitting(named, lines) or named))}
