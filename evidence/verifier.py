"""The verifier: opens one file, runs every check, and says what follows. No network, no clock, nothing of
ours."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from evidence.account import Account, Requirement
from evidence.account_reading import read_account
from evidence.canonical import Malformed
from evidence.checks import (
    Check,
    chk01_files,
    chk02_seal,
    chk03_journal,
    chk04_documents,
    chk05_signatures,
    chk06_certificates,
    chk07_index,
    chk08_signature_records,
    chk09_recording,
    chk10_inclusion,
    chk11_root_timestamp,
    chk12_chain,
    chk13_people,
    chk14_times,
    chk15_extent,
    lone,
)
from evidence.container import ContainerRefused, unpack
from evidence.findings import Finding, Report, Result, overall
from evidence.layout import MANIFEST
from evidence.limits import MAX_FINDINGS
from evidence.lone import LONE, LoneDocument, is_lone
from evidence.lone_account import lone_requirements, read_lone_account
from evidence.opened import OpenedBundle
from evidence.renewals import renewals_at_hand
from evidence.requirements import judge_requirements
from evidence.segments import segments_at_hand
from evidence.trust import Trust

__all__ = ["CHECKS", "verify", "verify_bytes"]

CHECKS: Final[tuple[tuple[str, Check], ...]] = (
    ("CHK-01", chk01_files.check),
    ("CHK-02", chk02_seal.check),
    ("CHK-03", chk03_journal.check),
    ("CHK-04", chk04_documents.check),
    ("CHK-05", chk05_signatures.check),
    ("CHK-06", chk06_certificates.check),
    ("CHK-07", chk07_index.check),
    ("CHK-08", chk08_signature_records.check),
    ("CHK-09", chk09_recording.check),
    ("CHK-10", chk10_inclusion.check),
    ("CHK-11", chk11_root_timestamp.check),
    ("CHK-12", chk12_chain.check),
    ("CHK-13", chk13_people.check),
    ("CHK-14", chk14_times.check),
    ("CHK-15", chk15_extent.check),
)
"""Numbers as in the format description."""


def verify(
    path: Path, trust: Trust | None = None, segments: Path | None = None, renewals: Path | None = None
) -> Report:
    """Verify the bundle in a file. `OSError` only when the file cannot be read at all.

    Without `trust` the verdict is at best INDETERMINATE: integrity can be shown, origin and time cannot.
    """
    return verify_bytes(path.read_bytes(), trust, segments, renewals)


def verify_bytes(
    data: bytes, trust: Trust | None = None, segments: Path | None = None, renewals: Path | None = None
) -> Report:
    """Verify a bundle at hand, or minutes alone, which carry their renewals inside.

    For whoever has them, `segments`: the folder with those of its recording; `renewals`: that with its renewals.
    """
    chosen = trust if trust is not None else Trust()
    if is_lone(data):
        return _lone_report(data, chosen, trust)
    bundle: OpenedBundle | None = None
    try:
        bundle = OpenedBundle(unpack(data))
        findings = tuple(_findings(bundle, chosen))
        if segments is not None:
            findings += tuple(segments_at_hand(bundle, segments))
        if renewals is not None:
            findings += tuple(renewals_at_hand(bundle, data, renewals, chosen))
    except ContainerRefused as refused:
        findings = (Finding("CHK-01", Result.FAIL, refused.where, refused.code, refused.parameters),)
    if trust is None:
        findings += (Finding("CHK-06", Result.INDETERMINATE, MANIFEST, "NO_TRUST_GIVEN"),)
    return _report(data, bundle, findings, trust)


def _lone_report(data: bytes, chosen: Trust, trust: Trust | None) -> Report:
    """Of minutes alone, or of any other signed PDF."""
    document = LoneDocument(data, chosen.revocation)
    checks: list[tuple[str, Callable[[], Iterator[Finding]]]] = [
        ("CHK-05", lambda: chk05_signatures.check(document, chosen)),
        ("CHK-06", lambda: chk06_certificates.check(document, chosen)),
        ("CHK-08", lambda: lone.check_signers(document, chosen)),
        ("CHK-08", lambda: lone.check_records(document, chosen)),
        ("CHK-15", lambda: lone.check_words(document, chosen)),
    ]
    findings = tuple(_of_checks(checks))
    if trust is None:
        findings += (Finding("CHK-06", Result.INDETERMINATE, LONE, "NO_TRUST_GIVEN"),)
    report = _report(data, None, findings, trust)
    try:
        procedure, account = document.procedure or None, read_lone_account(document, chosen)
    except Exception:
        # scar: as of the account of a bundle
        procedure, account = None, None
    return replace(report, lone=True, procedure=procedure, account=account, requirements=lone_requirements())


def _findings(bundle: OpenedBundle, trust: Trust) -> Iterator[Finding]:
    return _of_checks([(name, partial(check, bundle, trust)) for name, check in CHECKS])


def _of_checks(checks: Sequence[tuple[str, Callable[[], Iterator[Finding]]]]) -> Iterator[Finding]:
    said: set[tuple[str, str]] = set()
    for name, check in checks:
        try:
            yield from _few(name, check())
        except Malformed as error:
            if (error.where, error.code) in said:
                yield Finding(name, Result.INDETERMINATE, error.where, "CHECK_NOT_POSSIBLE")
            else:
                said.add((error.where, error.code))
                yield Finding(name, Result.FAIL, error.where, error.code, error.parameters)
        except Exception as error:
            # scar: a member of another type than was foreseen ended the verifier with the exit code of FAILED
            broken = {"error": type(error).__name__}
            yield Finding(name, Result.INDETERMINATE, MANIFEST, "CHECK_BROKE_DOWN", broken)


def _few(name: str, findings: Iterator[Finding]) -> Iterator[Finding]:
    """So many of each result as anybody reads: how many there are never changes the verdict."""
    counted = Counter[Result]()
    for finding in findings:
        counted[finding.result] += 1
        if counted[finding.result] <= MAX_FINDINGS:
            yield finding
    more = sum(max(0, count - MAX_FINDINGS) for count in counted.values())
    if more:
        worst = next((one for one in (Result.FAIL, Result.INDETERMINATE) if one in counted), Result.PASS)
        yield Finding(name, worst, MANIFEST, "MORE_FINDINGS", {"more": more})


def _report(data: bytes, bundle: OpenedBundle | None, findings: tuple[Finding, ...], trust: Trust | None) -> Report:
    root = procedure = administration = None
    if bundle is not None and MANIFEST in bundle.members:
        root = bundle.bundle_root.hex()
        try:
            procedure = bundle.manifest.procedure.id
            administration = bundle.manifest.procedure.administration
        except Malformed:
            pass  # said by CHK-01
    return Report(
        verdict=overall(findings),
        findings=findings,
        bundle_sha256=hashlib.sha256(data).hexdigest(),
        bundle_root=root,
        procedure=procedure,
        administration=administration,
        trusted=trust is not None,
        qualified_seal=trust is not None and trust.qualified_seal,
        qualified_timestamps=trust is not None and trust.qualified_timestamps,
        account=_account(bundle, trust),
        requirements=_requirements(bundle, findings),
    )


def _account(bundle: OpenedBundle | None, trust: Trust | None) -> Account | None:
    try:
        return None if bundle is None else read_account(bundle, trust.body_names if trust else {})
    except Exception:
        # scar: what an account is made of may have any form; that it has the right one is asked by the checks
        return None


def _requirements(bundle: OpenedBundle | None, findings: tuple[Finding, ...]) -> tuple[Requirement, ...]:
    try:
        return () if bundle is None else judge_requirements(bundle, findings)
    except Exception:
        # scar: as above
        return ()
