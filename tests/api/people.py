"""Those who knock at the application: each an HTTP client with what that person would have in the browser."""

import json
import time
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

import territories
from domain.codes.key_files import keys_in
from domain.codes.pins import summons_code_of
from domain.ids import AdministrationId, ParticipantId, ProcedureId
from domain.rules.working_time import next_working_moment
from domain.types.vocabulary import WorkingTime
from settings import Settings

CLERK = "iria.outeiro@justicia.atlantia.example"
OTHER_CLERK = "breixo.lameiro@justicia.atlantia.example"
OFFICIAL = "noa.ferreiro@justicia.atlantia.example"
OFFICE = "xoel.vilas@justicia.atlantia.example"
OTHER_OFFICE = "antia.baamonde@justicia.atlantia.example"
ADMINISTRATOR = "roi.estevez@justicia.atlantia.example"
OTHER_ADMINISTRATOR = "sabela.novo@justicia.atlantia.example"
AUDITOR = "marina.couto@justicia.atlantia.example"
FOREIGN_CLERK = "alonso.briviesca@justicia.meseta.example"
FOREIGN_OFFICE = "tello.arroyo@justicia.meseta.example"
FOREIGN_AUDITOR = "ordono.salces@justicia.meseta.example"
FOREIGN_ADMINISTRATOR = "jimena.ontoria@justicia.meseta.example"


def fresh() -> dict[str, str]:
    """A header for a new intention."""
    return {"Idempotency-Key": str(uuid.uuid4())}


class House:
    def __init__(self, app: FastAPI, settings: Settings, logins: Path) -> None:
        self.app = app
        self.settings = settings
        self.url = settings.public_url
        self.logins_file = logins
        self._open: list[httpx.Client] = []
        self._staff: dict[str, httpx.Client] = {}
        self._once: str | None = None

    @property
    def logins(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self.logins_file.read_text())
        return content

    def client(self, **headers: str) -> httpx.Client:
        client = httpx.Client(base_url=self.url, timeout=30, headers=headers)
        self._open.append(client)
        return client

    def staff(self, login: str) -> httpx.Client:
        """Signed in once; whoever signs out or forges something asks for `another`."""
        if login not in self._staff:
            self._staff[login] = self.another(login)
        return self._staff[login]

    def another(self, login: str) -> httpx.Client:
        client = self.client()
        answer = client.post(
            "/api/v1/sessions", json={"login": login, "password": self.password(login)}, headers=fresh()
        )
        assert answer.status_code == 201, answer.text
        client.headers["X-CSRF-Token"] = answer.json()["csrf"]
        return client

    def password(self, login: str) -> str:
        return str(self.logins["accounts"][login]["password"])

    def machine(self, administration: str = "atlantia") -> httpx.Client:
        return self.client(authorization=f"Bearer {self.logins['api_keys'][administration]['key']}")

    def follower(self) -> httpx.Client:
        """A machine whose key takes nothing away."""
        issued = self.another(ADMINISTRATOR).post("/api/v1/api-keys", json={"label": "Avisos"}, headers=fresh())
        return self.client(authorization=f"Bearer {issued.json()['text']}")

    def citizen(self, procedure: str, participant: str, office: str | None = None) -> httpx.Client:
        """Sat down with the code of the summons; at an enrolled computer when `office` is given."""
        client = self.client()
        if office in self.logins["computers_of_players"]:
            client.cookies.set("estrado-device", self.logins["computers_of_players"][office]["token"])
        elif office:
            enrolling = self.another(ADMINISTRATOR)
            enrolling.post("/api/v1/devices", json={"office": office, "label": "Banco 1"}, headers=fresh())
            client.cookies.set("estrado-device", enrolling.cookies["estrado-device"])
        answer = client.post(
            "/api/v1/citizen/sessions", json={"code": self.code(procedure, participant)}, headers=fresh()
        )
        assert answer.status_code == 201, answer.text
        client.headers["X-CSRF-Token"] = answer.json()["csrf"]
        return client

    def arrived(self, procedure: str, participant: str, office: str | None = None) -> httpx.Client:
        """Sat down, and said so: from here on this session may act."""
        client = self.citizen(procedure, participant, office)
        answer = command(client, procedure, "check_in", participant=participant)
        assert answer.status_code == 200, answer.text
        return client

    def code(self, procedure: str, participant: str) -> str:
        key = keys_in(self.settings.code_keys_file.read_bytes())[0]
        return summons_code_of(key, ProcedureId(procedure), ParticipantId(participant))

    def conciliation(self, **changes: Any) -> str:
        """A procedure asked for by the regional system, with its summons issued."""
        answer = self.machine().post("/api/v1/procedures", json=asked(**changes), headers=fresh())
        # 202 where the engine takes longer to write it down than anybody is kept waiting: it is asked for all the same.
        assert answer.status_code in (201, 202), answer.text
        procedure = str(answer.json()["id"])
        wait_for(self.machine(), procedure, "summoned")
        return procedure

    def conciliation_once(self) -> str:
        """The same one each time, for what changes nothing."""
        if self._once is None:
            self._once = self.conciliation()
        return self._once

    def close(self) -> None:
        for client in self._open:
            client.close()


IN_TIME = timedelta(days=60)
"""After every term of the law, August and Christmas included."""


def open_hours(at: datetime) -> datetime:
    """`at`, or when the courts open next: nobody is summoned by night or on a Sunday."""
    administration = territories.load()[AdministrationId("atlantia")]
    # A town keeps days of its own; a day later is good everywhere.
    for office in administration.offices:
        at = next_working_moment(WorkingTime.COURT, administration, office.id, at)
    return at


def person(role: str, name: str, **rest: Any) -> dict[str, Any]:
    return {"role": role, "name": name, "birth_date": "1961-04-09"} | rest


DECLARED = {
    "object": "Pago de la reparación de una valla.",
    "matter": "civil",
    "amount": "1200.00",
    "parties": "capable",
    "domicile": "here",
}
"""On what the conciliation is, and between whom."""


def asked(**changes: Any) -> dict[str, Any]:
    begins = open_hours(datetime.now(UTC) + IN_TIME)
    body: dict[str, Any] = {
        "type": "conciliation",
        "body": "peace-court-lira",
        "office": "ojm-lira",
        "case_number": "31/2026",
        "external_id": f"SGP-{uuid.uuid4().hex[:12]}",
        "scheduled_at": begins.isoformat(),
        "declared": DECLARED if changes.get("type", "conciliation") == "conciliation" else None,
        "participants": [
            person("applicant", "Anxo Ruiz Seoane", document_number="99104321N", office="ojm-vilar"),
            person("respondent", "Marta Lago Prieto", document_number="99218765P", office="ojm-lira"),
        ],
    }
    return body | changes


def wait_for(client: httpx.Client, procedure: str, stage: str) -> dict[str, Any]:
    """The status once the procedure is at `stage`."""
    for _ in range(600):
        status = client.get(f"/api/v1/procedures/{procedure}").json()
        if status.get("stage") == stage:
            return dict(status)
        time.sleep(0.05)
    raise AssertionError(f"never {stage}: {status}")


def command(client: httpx.Client, procedure: str, name: str, **body: Any) -> httpx.Response:
    return client.post(f"/api/v1/procedures/{procedure}/commands/{name}", json=body, headers=fresh())
