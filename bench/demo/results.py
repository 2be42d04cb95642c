"""What a played procedure left: minutes, bundle, mails, anchor, and the verdict of the offline verifier."""

import asyncio
import email
import json
import shutil
import subprocess
import sys
from email.policy import default as modern
from pathlib import Path
from typing import Any

from bench.trust import trust_folder
from domain.installation import Installation
from domain.procedure.criminal_records import NO_RECORDS
from domain.procedure.documents import CaseDocument
from domain.procedure.state import Procedure
from settings import Settings


class Results:
    """Gathers under one folder; paths in the report are relative to the project."""

    def __init__(self, folder: Path, project: Path, settings: Settings, installation: Installation) -> None:
        self._folder = folder
        self._project = project
        self._settings = settings
        self._here = installation

    async def gather(self, name: str, state: Procedure, kills: list[dict[str, str]]) -> dict[str, Any]:
        """One entry of the report."""
        folder = self._folder / name
        folder.mkdir(parents=True, exist_ok=True)
        bundle, minutes = folder / "bundle.zip", folder / "minutes.pdf"
        assert state.bundle is not None and state.anchor is not None
        assert state.minutes is not None and state.minutes.document is not None
        bundle.write_bytes(await self._here.vault.get(state.id, state.bundle))
        sealed = state.document(state.minutes.document).current
        minutes.write_bytes(await self._here.vault.get(state.id, sealed))
        trust = await trust_folder(self._folder / "trust", self._settings)
        return {
            "id": state.id,
            "type": state.type.procedure.id,
            "family": state.type.procedure.family.value,
            "outcome": state.outcome,
            "minutes_pdf": self._relative(minutes),
            "bundle": self._relative(bundle),
            "mails": [self._mail(folder, notice.kind, notice.message_id) for notice in state.notices],
            "anchor": {"chain_id": state.anchor.chain_id, "tx": state.anchor.tx, "root": state.anchor.root},
            "trust": self._relative(trust),
            "verdict": await verdict(bundle, trust),
            "kills": kills,
            "mechanisms": sorted({check.method for person in state.citizens for check in person.identity.checks}),
            "recording": recording_of(state),
            "signed_by": signed_by(state),
            "signatures": {d.title: [s.signer for s in d.signatures] for d in state.documents if d.signatures},
        }

    def _mail(self, folder: Path, kind: str, message_id: str) -> dict[str, Any]:
        kept = [path for path in (self._settings.var_dir / "mail" / "new").iterdir() if _id(path) == message_id]
        copy = folder / f"mail-{kind}-{message_id[1:9]}.eml"
        if kept:
            shutil.copy(kept[0], copy)
        return {"kind": kind, "message_id": message_id, "in_mailbox": len(kept), "file": self._relative(copy)}

    def _relative(self, path: Path) -> str:
        return str(path.relative_to(self._project))


def _id(path: Path) -> str:
    return str(email.message_from_bytes(path.read_bytes(), policy=modern)["Message-ID"])


async def verdict(bundle: Path, trust: Path) -> str:
    """The word of the offline verifier, run where there is no network when the system lets us."""
    command = [sys.executable, "-m", "evidence", "verify", str(bundle), "--trust", str(trust), "--json"]
    isolated = ["unshare", "--net", "--map-root-user"] if shutil.which("unshare") else []
    ran = await asyncio.to_thread(subprocess.run, [*isolated, *command], capture_output=True, check=False)
    if isolated and not ran.stdout:
        ran = await asyncio.to_thread(subprocess.run, command, capture_output=True, check=False)
    return str(json.loads(ran.stdout)["verdict"])


def recording_of(state: Procedure) -> str:
    """`signed`: it is the minutes, and who signs them signs what fixes it; `kept`: beside them; `failed`; `none`."""
    if state.recording is None:
        return "none"
    if state.recording.manifest is None:
        return "failed"
    return "signed" if state.recording_is_minutes else "kept" if state.recording.whole else "failed"


def result_of(state: Procedure) -> dict[str, Any]:
    """What a procedure came to, field by field, without what differs from run to run: times, hashes, keys, places."""
    return {
        "type": state.type.sha256,
        "stage": state.stage,
        "outcome": state.outcome,
        "agenda": [(item.code, item.state, item.values, item.skip_reason, item.corrections) for item in state.agenda],
        "people": [
            (p.id, p.role, p.name, p.document_number, sorted(check.method for check in p.identity.checks))
            for p in state.participants
        ],
        "consents": [(p.id, [(consent.scope, consent.given) for consent in p.consents]) for p in state.participants],
        "documents": [
            (d.code, d.title, d.character, d.original.media_type, d.original.pages, sorted(signed(d)), d.refusals)
            for d in state.documents
            if not d.readers and d.id not in {entry.receipt for entry in state.register_entries}
        ],
        # The receipt comes when the register answers, before or after the next document.
        "entries": [(one.where, one.number is not None, one.refused) for one in state.register_entries],
        "records": [
            (one.authority, one.answered_at is not None)
            for request in (state.criminal_records or NO_RECORDS).requests
            for one in request.messages
        ],
        "notices": sorted((notice.kind, notice.recipient) for notice in state.notices),
        "interruptions": state.interruptions,
        "recording": recording_of(state),
        "anchored": state.anchor is not None and state.anchor.root != "",
        "bundled": state.bundle is not None,
    }


def signed_by(state: Procedure) -> list[str]:
    """By what means anybody signed anything: methods, and by hand besides."""
    means = {one.method.value for document in state.documents for one in document.signatures}
    written = any(one.content for document in state.documents for one in document.handwritings)
    return sorted(means | ({"handwriting"} if written else set()))


def signed(document: CaseDocument) -> list[tuple[str, str, str]]:
    return [(one.signer, one.method, one.level) for one in document.signatures]


def differences(disturbed: dict[str, Any], undisturbed: dict[str, Any]) -> list[str]:
    """The fields in which two results differ."""
    return [field for field in undisturbed if disturbed[field] != undisturbed[field]]
