"""Renewals of a bundle, kept beside it: further time-stamps that keep those inside provable. Part of CHK-02 for whoever
has them.

The bundle stays byte for byte as it is. Renewal n is a container of its own with one RFC 3161 token over the bytes of
the bundle followed by those of renewals 1 to n - 1, and with what that token is validated with: so the next one covers
that too, and an algorithm that weakens is replaced for all of it at once (as hash trees are renewed by RFC 4998, 5.3).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Final

from cryptography.hazmat.primitives import hashes
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

from evidence.canonical import Malformed, sha256_hex
from evidence.certificates import Purpose, holder, judge
from evidence.checks import CLOCKS, NumberedCheck, shown
from evidence.cms import CmsUnreadable, Digest, TimeToken, digest_of, read_token, signed_data
from evidence.container import ContainerRefused, unpack
from evidence.findings import Finding, Result
from evidence.layout import SEAL_TOKEN, FileClass, class_of
from evidence.limits import MAX_RENEWAL_BYTES, MAX_RENEWALS
from evidence.opened import OpenedBundle
from evidence.trust import Trust
from evidence.validation_data import strangers

__all__ = ["TOKEN", "digest_over", "renewal_name", "renewals_at_hand", "seal_token_of", "token_of_renewal"]

CHECK: Final = NumberedCheck("CHK-02")
TOKEN: Final = "token.tst"  # noqa: S105 - a path, not a password
PKI: Final = frozenset({FileClass.CERTIFICATE, FileClass.CRL, FileClass.OCSP})


@dataclass(frozen=True, slots=True)
class _Renewal:
    """One renewal that was read: its token, and what it brings to validate it with."""

    where: str
    token: TimeToken
    opened: OpenedBundle


def renewal_name(number: int) -> str:
    """What renewal `number`, counted from 1, is called in its folder."""
    return f"{number}.zip"


def digest_over(parts: Sequence[bytes]) -> Digest:
    """A `Digest` over bytes that follow each other, which are not copied together."""

    def digest(algorithm: str) -> bytes:
        hasher = hashes.Hash(get_pyca_cryptography_hash(algorithm))
        for part in parts:
            hasher.update(part)
        return hasher.finalize()

    return digest


def renewals_at_hand(bundle: OpenedBundle, data: bytes, folder: Path, trust: Trust) -> Iterator[Finding]:
    """Each renewal of the folder, `1.zip` and so on: over these bytes and the renewals before it, and made in time.

    `data`: the bytes of the bundle.
    """
    names = sorted(path.name for path in folder.iterdir())
    expected = [renewal_name(number) for number in range(1, min(len(names), MAX_RENEWALS) + 1)]
    for name in sorted(set(names) - set(expected)):
        yield CHECK.failed(name, "RENEWAL_UNKNOWN")
    parts, latest = [data], seal_token_of(bundle)
    if latest is None:
        yield CHECK.undecided(SEAL_TOKEN, "NOTHING_TO_RENEW")
        return
    for name in expected:
        if name not in names:
            yield CHECK.failed(name, "RENEWAL_MISSING")
            return
        if (folder / name).stat().st_size > MAX_RENEWAL_BYTES:
            yield CHECK.failed(name, "CONTAINER_TOO_LARGE", limit=MAX_RENEWAL_BYTES)
            return
        content = (folder / name).read_bytes()
        try:
            renewal = _read(name, content, digest_over(parts))
        except (ContainerRefused, Malformed) as refused:
            yield CHECK.failed(f"{name}#{refused.where}", refused.code, **refused.parameters)
            return
        except CmsUnreadable as error:
            yield CHECK.failed(f"{name}#{TOKEN}", error.code)
            return
        yield from _judged(renewal, latest, bundle, trust)
        parts.append(content)
        latest = renewal.token


def seal_token_of(bundle: OpenedBundle) -> TimeToken | None:
    """The time-stamp inside the bundle that the first renewal keeps: all others are under it, or stand by themselves.

    Whether it is over the seal is asked by CHK-02.
    """
    if SEAL_TOKEN not in bundle.members:
        return None
    try:
        return read_token(signed_data(bytes(bundle.read(SEAL_TOKEN))), digest_of(b""))
    except CmsUnreadable:
        return None


def token_of_renewal(content: bytes, over: Digest) -> TimeToken:
    """The token of one renewal; `ContainerRefused`, `Malformed` or `CmsUnreadable` when it is none."""
    return _read("", content, over).token


def _read(name: str, content: bytes, over: Digest) -> _Renewal:
    opened = OpenedBundle(unpack(content))
    for damaged in opened.damaged:
        raise Malformed(damaged, "MEMBER_DAMAGED")
    for path, member in opened.members.items():
        if path == TOKEN:
            continue
        if class_of(path) not in PKI:
            raise Malformed(path, "FILE_NOT_LISTED")
        if PurePosixPath(path).stem != sha256_hex(member):
            raise Malformed(path, "NAME_IS_NOT_HASH")
    return _Renewal(name, read_token(signed_data(bytes(opened.read(TOKEN))), over), opened)


def _judged(renewal: _Renewal, latest: TimeToken, bundle: OpenedBundle, trust: Trust) -> Iterator[Finding]:
    where, token = f"{renewal.where}#{TOKEN}", renewal.token
    if not token.intact:
        yield CHECK.failed(where, "RENEWAL_OF_ANOTHER_FILE")
        return
    carried = renewal.opened.revocation_evidence
    if foreign := strangers(carried, (token.certificate, *token.others), trust.timestamp_roots):
        yield CHECK.failed(renewal.where, "VALIDATION_DATA_OF_OTHERS", items=foreign)
    evidence = carried.with_more(bundle.revocation_evidence).with_more(trust.revocation)
    judgement = judge(token.certificate, token.others, trust.timestamp_roots, evidence, token.time, Purpose.TIMESTAMP)
    told = {"holder": holder(token.certificate), "time": shown(token.time)}
    if judgement.result is not Result.PASS:
        yield Finding(CHECK.check, judgement.result, where, judgement.code, told)
        return
    yield _untimely(where, token.time, latest) or CHECK.passed(
        where, "RENEWAL_INTACT", **told, until=shown(token.certificate.not_valid_after)
    )


def _untimely(where: str, time: datetime, latest: TimeToken) -> Finding | None:
    """As a time-stamp over a document: it comes after what it keeps, and while that could still be believed."""
    if time < latest.time - CLOCKS:
        return CHECK.failed(where, "RENEWAL_TOO_EARLY", time=shown(time), before=shown(latest.time))
    until: datetime = latest.certificate.not_valid_after
    if time > until:
        return CHECK.undecided(where, "RENEWAL_TOO_LATE", time=shown(time), until=shown(until))
    return None
