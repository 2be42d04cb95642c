"""Our side as a client sees it: asking for a procedure, asking again, being refused, and where it stands."""

import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from conformance.connection import AGAIN, FIRST_WAIT, Answer, Connection
from conformance.judging import expect, header, problem, shaped
from conformance.report import Check, NotTried, Wrong
from conformance.settings import Api

PROCEDURES = "/api/v1/procedures"
UNKNOWN = f"{PROCEDURES}/prc_{'0' * 32}"
WEEKS_AHEAD = 13
"""After every term and August."""


def fresh() -> str:
    return str(uuid.uuid4())


class Asking:
    """The checks of one trial, which are about one procedure: `created`, once the first of them has asked for it."""

    def __init__(self, settings: Api) -> None:
        self._settings = settings
        self.connection = Connection(settings.url, {"Authorization": f"Bearer {settings.key}", "Accept-Language": "en"})
        self._key = fresh()
        day = datetime.now(UTC) + timedelta(weeks=WEEKS_AHEAD)
        day += timedelta(days=(1 - day.weekday()) % 7)
        number = uuid.uuid4().hex[:12]
        self._request: dict[str, Any] = {
            **settings.request,
            "case_number": f"KIT-{number}",
            "external_id": f"KIT-{number}",
            "scheduled_at": day.replace(hour=9, minute=30, second=0, microsecond=0).isoformat(),
        }
        self._first: Answer | None = None

    def checks(self) -> list[tuple[str, Check]]:
        return [
            ("stranger_refused", self.stranger_refused),
            ("key_needed", self.key_needed),
            ("created", self.is_created),
            ("repeated", self.repeated),
            ("key_reused", self.key_reused),
            ("number_repeated", self.number_repeated),
            ("number_used_otherwise", self.number_used_otherwise),
            ("refusal_explained", self.refusal_explained),
            ("not_found", self.not_found),
            ("status", self.status),
            ("not_changed", self.not_changed),
            ("followed", self.followed),
        ]

    @property
    def created(self) -> str:
        """The id of the procedure. Raises `NotTried`."""
        if self._first is None:
            raise NotTried("nothing_created")
        return str(self._first.json()["id"])

    def _needs_created(self) -> None:
        _ = self.created

    @property
    def external_id(self) -> str:
        return str(self._request["external_id"])

    def stranger_refused(self) -> None:
        stranger = Connection(self._settings.url, {"Authorization": "Bearer estrado_nobody"})
        answer = stranger.ask("GET", UNKNOWN)
        if answer.status != 401:
            raise Wrong("stranger_let_in", answered=answer.status)

    def key_needed(self) -> None:
        answer = self.connection.ask("POST", PROCEDURES, self._request)
        if answer.status < 300:
            raise Wrong("done_without_key", answered=answer.status)
        problem(answer, 400, "idempotency_key_missing", "POST /procedures")

    def is_created(self) -> None:
        asked = "POST /procedures"
        answer = self._ask(self._request, self._key)
        earliest = answer.problem().get("params", {}).get("earliest")
        if answer.status == 409 and earliest:
            self._request["scheduled_at"], self._key = earliest, fresh()
            answer = self._ask(self._request, self._key)
        expect(answer, 201, asked)
        said = shaped(answer, "Status", asked)
        self._first = answer
        if header(answer, "Location", asked) != f"{PROCEDURES}/{said['id']}":
            raise Wrong("header_other", asked=asked, header="Location", value=answer.headers["location"])
        header(answer, "X-Request-Id", asked)
        if said["external_id"] != self.external_id:
            raise Wrong("number_lost", sent=self.external_id, answered=said["external_id"])

    def repeated(self) -> None:
        """The same key and request: the same answer, and it says that it is a repetition."""
        asked = "POST /procedures (2)"
        created = self.created
        answer = expect(self._ask(self._request, self._key), 201, asked)
        if (other := shaped(answer, "Status", asked)["id"]) != created:
            raise Wrong("made_twice", first=created, second=other)
        if answer.headers.get("idempotency-replayed") != "true":
            raise Wrong("replay_not_said")

    def key_reused(self) -> None:
        self._needs_created()
        other = self._request | {"external_id": f"{self.external_id}-2"}
        answer = self._ask(other, self._key)
        if answer.status < 300:
            raise Wrong("key_ignored", answered=answer.status)
        problem(answer, 422, "idempotency_key_reused", "POST /procedures")

    def number_repeated(self) -> None:
        asked = "POST /procedures"
        created = self.created
        answer = expect(self._ask(self._request, fresh()), 201, asked)
        if (other := shaped(answer, "Status", asked)["id"]) != created:
            raise Wrong("number_made_twice", number=self.external_id, first=created, second=other)

    def number_used_otherwise(self) -> None:
        self._needs_created()
        other = self._request | {"case_number": f"{self.external_id}-X"}
        problem(self._ask(other, fresh()), 409, "number_used_otherwise", "POST /procedures")

    def refusal_explained(self) -> None:
        """In the language that is asked for, and with the place that is wrong."""
        wrong = {name: value for name, value in self._request.items() if name != "participants"}
        titles = set()
        for language in ("es", "en"):
            headers = {"Idempotency-Key": fresh(), "Accept-Language": language}
            answer = self.connection.ask("POST", PROCEDURES, wrong, headers)
            said = problem(answer, 422, "request_invalid", "POST /procedures")
            if not any("participants" in one.get("pointer", "") for one in said.get("errors", ())):
                raise Wrong("place_not_named", pointer="/participants")
            titles.add(said["title"])
        if len(titles) != 2:
            raise Wrong("not_translated", title=titles.pop())

    def not_found(self) -> None:
        problem(self.connection.ask("GET", UNKNOWN), 404, "not_found", "GET /procedures/{id}")

    def status(self) -> None:
        asked = "GET /procedures/{id}"
        answer = expect(self.connection.ask("GET", f"{PROCEDURES}/{self.created}"), 200, asked)
        said = shaped(answer, "Status", asked)
        header(answer, "ETag", asked)
        if said["external_id"] != self.external_id:
            raise Wrong("number_lost", sent=self.external_id, answered=said["external_id"])

    def not_changed(self) -> None:
        """It may change between two looks while it is being summoned: a third one decides."""
        for _ in range(20):
            tag = header(self._look(), "ETag", "GET /procedures/{id}")
            answer = self._look(tag)
            if answer.status == 304:
                if answer.content or not answer.headers.get("etag"):
                    raise Wrong("not_changed_with_content")
                return
            if answer.headers.get("etag") == tag:
                raise Wrong("not_changed_ignored", tag=tag, answered=answer.status)
        raise Wrong("never_at_rest")

    def followed(self) -> None:
        """By looking alone, as a system does that can be told nothing: until the summons is out."""
        created, waited = self.created, 0.0
        while (stage := self._look().json()["stage"]) == "requested":
            waited += _sleep(FIRST_WAIT)
            if waited > self._settings.seconds:
                raise Wrong("never_summoned", procedure=created, stage=stage, seconds=self._settings.seconds)

    def _look(self, tag: str = "") -> Answer:
        headers = {"If-None-Match": tag} if tag else {}
        return self.connection.ask("GET", f"{PROCEDURES}/{self.created}", headers=headers)

    def _ask(self, request: dict[str, Any], key: str) -> Answer:
        """Under that key until it is finished: what is not finished yet is asked for again."""
        waited = 0.0
        while True:
            answer = self.connection.ask("POST", PROCEDURES, request, {"Idempotency-Key": key})
            if answer.status not in AGAIN or waited > self._settings.seconds:
                return answer
            waited += _sleep(answer.wait)


def _sleep(seconds: float) -> float:
    time.sleep(seconds)
    return seconds
