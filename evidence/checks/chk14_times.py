"""CHK-14: the times fit each other: events, time-stamps and the block, each with the tolerance that clocks need."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from evidence.anchor import ChainProof
from evidence.checks import CLOCKS, Findings, NumberedCheck, shown
from evidence.cms import CmsUnreadable, digest_of, read_token, signed_data
from evidence.ethereum import read_header
from evidence.findings import Finding
from evidence.layout import CHAIN, EVENTS, ROOT_TOKEN, SEAL_TOKEN, FileClass
from evidence.opened import PDF, OpenedBundle
from evidence.pdf import PdfSignature, PdfUnreadable
from evidence.rlp import RlpError
from evidence.signature_record import read_record
from evidence.signing_story import Authentication, Signing, SigningStory, read_story
from evidence.trust import Trust

__all__ = ["check"]

CHECK = NumberedCheck("CHK-14")

CLOSING: Final = timedelta(days=7)
"""Between the last event and its seal. Longer is possible, when something broke down, and says less."""

LAST_DATE: Final = 2**37


def check(bundle: OpenedBundle, trust: Trust) -> Findings:
    """Events before the seal, each signature between its authentication and its event, seal before batch and block."""
    seal = _token_time(bundle, SEAL_TOKEN)
    problems = [*_signature_problems(bundle, seal), *_record_problems(bundle), *_closing_problems(bundle, seal)]
    yield from problems
    if not problems and seal is not None:
        yield CHECK.passed(EVENTS, "TIMES_COHERENT", time=shown(seal), minutes=CLOCKS // timedelta(minutes=1))


def _closing_problems(bundle: OpenedBundle, seal: datetime | None) -> Iterator[Finding]:
    if seal is None:
        yield CHECK.undecided(SEAL_TOKEN, "NO_TIME_TO_COMPARE")
        return
    last = bundle.events[-1] if bundle.events else None
    if last is not None:
        at = datetime.fromisoformat(last.at)
        if at > seal + CLOCKS:
            yield CHECK.failed(f"{EVENTS}#{last.seq}", "EVENT_AFTER_THE_SEAL", at=shown(at), seal=shown(seal))
        elif at < seal - CLOSING:
            yield CHECK.undecided(f"{EVENTS}#{last.seq}", "SEALED_LONG_AFTER", at=shown(at), seal=shown(seal))
    batch = _token_time(bundle, ROOT_TOKEN)
    if batch is not None and batch < seal - CLOCKS:
        yield CHECK.failed(ROOT_TOKEN, "BATCH_BEFORE_THE_SEAL", time=shown(batch), seal=shown(seal))
    block = _block_time(bundle)
    if block is not None and block < seal - CLOCKS:
        yield CHECK.failed(f"{CHAIN}#header", "BLOCK_BEFORE_THE_SEAL", time=shown(block), seal=shown(seal))
    if block is not None and batch is not None and block < batch - CLOCKS:
        yield CHECK.failed(f"{CHAIN}#header", "BLOCK_BEFORE_THE_BATCH", time=shown(block), batch=shown(batch))


def _signature_problems(bundle: OpenedBundle, seal: datetime | None) -> Iterator[Finding]:
    """The time-stamp of each signature: not before its authentication, not after the event that tells of it."""
    story = read_story(bundle)
    at = [datetime.fromisoformat(event.at) for event in bundle.events]
    for document in bundle.documents:
        if document.media_type != PDF or not document.kind.ours or document.path not in bundle.members:
            continue
        try:
            signatures = bundle.pdf(document.path).signatures
        except PdfUnreadable:  # said by CHK-05
            continue
        tokens = [(one.field, one.token.time) for one in signatures if one.token is not None]
        for field, time in tokens:
            if seal is not None and time > seal + CLOCKS:
                where = f"{document.path}#{field}"
                yield CHECK.failed(where, "SIGNED_AFTER_THE_SEAL", time=shown(time), seal=shown(seal))
        yield from _signed(story, at, document.sha256, signatures)


def _signed(
    story: SigningStory, at: list[datetime], sha256: str, signatures: tuple[PdfSignature, ...]
) -> Iterator[Finding]:
    """The signings of one document against the time-stamps of its signatures, one by one."""
    signings = _made(story.signings, sha256)
    own = [one.token.time for one in signatures if one.cms is not None and one.token is not None]
    if len(own) != len(signings):
        return  # which signature is whose is said by CHK-08
    for signing, time in zip(signings, own, strict=True):
        begun = _authenticated(story.authentications, signing)
        if time > at[signing.seq] + CLOCKS:
            yield CHECK.failed(signing.where, "SIGNED_AFTER_ITS_EVENT", time=shown(time), at=shown(at[signing.seq]))
        if begun is not None and time < at[begun.seq] - CLOCKS:
            yield CHECK.failed(
                signing.where, "SIGNED_BEFORE_ITS_AUTHENTICATION", time=shown(time), at=shown(at[begun.seq])
            )
        if begun is None and time < at[signing.seq] - CLOSING:
            yield CHECK.undecided(
                signing.where, "EVENT_LONG_AFTER_ITS_SIGNATURE", time=shown(time), at=shown(at[signing.seq])
            )


def _made(signings: tuple[Signing, ...], latest: str) -> list[Signing]:
    """The signings that made the document whose digest is `latest`, in their order."""
    originals = {one.original_sha256 for one in signings if one.signed_sha256 == latest}
    found = [one for one in signings if one.original_sha256 in originals]
    return found if found and found[-1].signed_sha256 == latest else []


def _authenticated(authentications: tuple[Authentication, ...], signing: Signing) -> Authentication | None:
    of = (signing.participant, signing.original_sha256)
    found = [one for one in authentications if (one.participant, one.document_sha256) == of and one.seq < signing.seq]
    return found[-1] if found else None


def _record_problems(bundle: OpenedBundle) -> Iterator[Finding]:
    """What each record says of its two instants, against the events."""
    story = read_story(bundle)
    at = [datetime.fromisoformat(event.at) for event in bundle.events]
    signings = {(one.participant, one.original_sha256): one for one in story.signings}
    for path in bundle.paths(FileClass.SIGNATURE_RECORD):
        record = read_record(bundle.members[path], path)
        signing = signings.get((record.participant, record.document_sha256))
        begun = _authenticated(story.authentications, signing) if signing else None
        if signing is None or begun is None:
            continue  # said by CHK-08
        if abs(record.authenticated_at - at[begun.seq]) > CLOCKS:
            yield CHECK.failed(path, "RECORD_TIME_DIFFERS", field="authenticated_at", seq=begun.seq)
        if not at[begun.seq] - CLOCKS <= record.signed_at <= at[signing.seq] + CLOCKS:
            yield CHECK.failed(path, "RECORD_TIME_DIFFERS", field="signed_at", seq=signing.seq)


def _token_time(bundle: OpenedBundle, path: str) -> datetime | None:
    if path not in bundle.members:
        return None
    try:
        # Whether it stamps what it should is asked by CHK-02 and CHK-11.
        return read_token(signed_data(bytes(bundle.read(path))), digest_of(b"")).time
    except CmsUnreadable:
        return None


def _block_time(bundle: OpenedBundle) -> datetime | None:
    if CHAIN not in bundle.members:
        return None
    try:
        header = read_header(ChainProof.parse(bundle.read(CHAIN)).header)
    except RlpError:
        return None
    return datetime.fromtimestamp(min(header.timestamp, LAST_DATE), UTC)
