"""Our side as a client sees it: being told, the lists and acts that want a person, and the evidence taken away."""

import base64
import hashlib
import io
import subprocess
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from conformance.asking import PROCEDURES, Asking, fresh
from conformance.client import Client
from conformance.connection import Connection, Refused
from conformance.hearing import Listener
from conformance.judging import expect, header, shaped
from conformance.report import Check, NotTried, Wrong
from conformance.settings import Api
from conformance.shapes import CancelProcedure

REASON: CancelProcedure = {"reason": "Prueba de conformidad."}
LONG_AGO = '"0-0000000000000000-0000000000000000"'
CANCELLED = "procedure.cancelled"
FIRST_EVENTS = ["procedure.requested", "procedure.summoned"]


class Following:
    def __init__(self, settings: Api, asking: Asking, listener: Listener | None) -> None:
        self._settings = settings
        self._asking = asking
        self._listener = listener
        self._person: Client | None = None
        self._cancelling = fresh()

    def checks(self) -> list[tuple[str, Check]]:
        return [
            ("told", self.told),
            ("listed", self.listed),
            ("timeline", self.timeline),
            ("state_expected", self.state_expected),
            ("cancelled", self.cancelled),
            ("told_cancelled", self.told_cancelled),
            ("documents", self.documents),
            ("bundle", self.bundle),
            ("verified", self.verified),
        ]

    def told(self) -> None:
        """The events so far: signed, each once, in order, with our number and nothing about people."""
        created = self._asking.created
        self._hear(FIRST_EVENTS[-1])
        messages = self._heard().of(created)
        if (events := [one["type"] for one in messages][:2]) != FIRST_EVENTS:
            raise Wrong("told_otherwise", expected=", ".join(FIRST_EVENTS), told=", ".join(events))
        for one in messages:
            if one.keys() != {"type", "timestamp", "data"} or one["data"].keys() != {"procedure", "external_id", "seq"}:
                raise Wrong("message_other", message=one)
            if one["data"]["external_id"] != self._asking.external_id:
                raise Wrong("number_lost", sent=self._asking.external_id, answered=one["data"]["external_id"])
        numbers = [one["data"]["seq"] for one in messages]
        if numbers != sorted(set(numbers)):
            raise Wrong("told_out_of_order", numbers=numbers)
        if self._heard().forged:
            raise Wrong("told_forged", times=self._heard().forged)

    def listed(self) -> None:
        """Page by page with the cursor: each once, and the new one among them."""
        person, created = self._signed_in(), self._asking.created
        seen: list[str] = []
        cursor: str | None = None
        while True:
            page = person.list_procedures(newest_first=True, cursor=cursor, limit=20)
            seen += [line["status"]["id"] for line in page["items"]]
            cursor = page["next_cursor"]
            if len(seen) != len(set(seen)):
                raise Wrong("listed_twice", procedure=next(one for one in seen if seen.count(one) > 1))
            if created in seen:
                return
            if cursor is None:
                raise Wrong("not_listed", procedure=created, lines=len(seen))

    def timeline(self) -> None:
        """What was told by webhook stands in the timeline under the same number."""
        created = self._asking.created
        lines = {one["seq"] for one in self._signed_in().read_timeline(created)["items"]}
        told = {one["data"]["seq"] for one in self._heard().of(created)} if self._listener else {0}
        if missing := sorted(told - lines):
            raise Wrong("not_in_timeline", numbers=missing)

    def state_expected(self) -> None:
        """Calling off in a state that is over: refused, with the ETag of now, and nothing is done."""
        created, asked = self._asking.created, "POST /procedures/{id}/commands/cancel_procedure"
        person = self._signed_in()
        try:
            person.cancel_procedure(created, REASON, key=self._cancelling, if_match=LONG_AGO)
        except Refused as refused:
            if (refused.status, refused.code) != (412, "state_moved_on"):
                raise Wrong("code_other", asked=asked, expected="state_moved_on", answered=refused.code) from refused
            if person.read_status_if_changed(created, etag=refused.params.get("etag")) is not None:
                raise Wrong("etag_not_told", asked=asked, told=refused.params.get("etag")) from refused
        else:
            raise Wrong("state_ignored", asked=asked)

    def cancelled(self) -> None:
        """Called off twice under one key, that of what was refused before, in the state as it is: done once."""
        created, key = self._asking.created, self._cancelling
        person = self._signed_in()
        found = person.read_status_if_changed(created)
        tag = found[1] if found else None
        first = person.cancel_procedure(created, REASON, key=key, if_match=tag)
        again = person.cancel_procedure(created, REASON, key=key, if_match=tag)
        if first != again:
            raise Wrong("done_twice", first=first["seq"], second=again["seq"])
        answer = self._asking.connection.ask("GET", f"{PROCEDURES}/{created}")
        if (stage := shaped(answer, "Status", "GET /procedures/{id}")["stage"]) != "cancelled":
            raise Wrong("stage_other", expected="cancelled", answered=stage)

    def told_cancelled(self) -> None:
        self._signed_in()
        self._hear(CANCELLED)

    def documents(self) -> None:
        """Each is what the list and its header say: a transfer that was cut or changed is noticed."""
        asked = "GET /procedures/{id}/documents"
        answer = expect(self._asking.connection.ask("GET", f"{PROCEDURES}/{self._closed()}/documents"), 200, asked)
        lines = answer.json()
        if not lines:
            raise Wrong("no_documents", procedure=self._closed())
        for line in lines:
            path = f"{PROCEDURES}/{self._closed()}/documents/{line['id']}.pdf"
            found = expect(self._asking.connection.ask("GET", path), 200, path)
            told = header(found, "Repr-Digest", path)
            digest = hashlib.sha256(found.content)
            if told != f"sha-256=:{base64.b64encode(digest.digest()).decode()}:":
                raise Wrong("digest_other", document=line["id"], told=told)
            if digest.hexdigest() != line["current"]:
                raise Wrong("document_other", document=line["id"])

    def bundle(self) -> None:
        content = self._fetched("bundle.zip")
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                damaged = packed.testzip()
        except zipfile.BadZipFile:
            damaged = "bundle.zip"
        if damaged:
            raise Wrong("bundle_damaged", file=damaged)

    def verified(self) -> None:
        """By the offline verifier, with what the sandbox says of itself as trust."""
        self._closed()
        if not self._settings.verifier:
            raise NotTried("no_verifier")
        with tempfile.TemporaryDirectory() as name:
            bundle, trust = Path(name) / "bundle.zip", Path(name) / "trust"
            bundle.write_bytes(self._fetched("bundle.zip"))
            with zipfile.ZipFile(io.BytesIO(self._fetched("trust.zip"))) as packed:
                packed.extractall(trust)
            asked = [*self._settings.verifier, str(bundle), "--trust", str(trust)]
            done = subprocess.run(asked, capture_output=True, text=True)
        if done.returncode:
            raise Wrong("not_verified", ended=done.returncode, said=(done.stdout + done.stderr)[-2000:])

    def _fetched(self, name: str) -> bytes:
        path = f"{PROCEDURES}/{self._closed()}/{name}"
        return expect(self._asking.connection.ask("GET", path), 200, f"GET {path}").content

    def _closed(self) -> str:
        if self._settings.closed is None:
            raise NotTried("nothing_closed")
        return self._settings.closed

    def _heard(self) -> Any:
        if self._listener is None:
            raise NotTried("no_listener")
        return self._listener.heard

    def _hear(self, event: str) -> None:
        heard, created = self._heard(), self._asking.created
        if not heard.waits_for(created, event, self._settings.seconds):
            code = "told_forged" if heard.forged else "not_told"
            raise Wrong(code, event=event, procedure=created, seconds=self._settings.seconds, times=heard.forged)

    def _signed_in(self) -> Client:
        person = self._settings.person
        if person is None:
            raise NotTried("no_person")
        if self._person is None:
            answer = Connection(self._settings.url, {}).ask(
                "POST", "/api/v1/sessions", {"login": person.login, "password": person.password},
                {"Idempotency-Key": fresh()},
            )  # fmt: skip
            said = shaped(expect(answer, 201, "POST /sessions"), "SignedIn", "POST /sessions")
            cookie = header(answer, "Set-Cookie", "POST /sessions").partition(";")[0]
            self._person = Client(Connection(self._settings.url, {"Cookie": cookie, "X-CSRF-Token": said["csrf"]}))
        return self._person
