"""First content of a local installation: invented people with logins, office computers, a key, something to hold.

`python -m deploy.seed` (before the processes start) makes accounts, computers and keys; with `--procedures` (once the
worker serves) also procedures that begin in a few minutes. Both bear repetition. Never for production: the passwords
are derived from a key of the installation and written to `logins.json`.
"""

import argparse
import asyncio
import hashlib
import hmac
import json
import logging
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from adapters.engine.command_line import exit_at_once
from api.app import open_ports
from api.ports import Ports, now
from api.services.gateway import Gateway
from api.services.numbering import id_of
from api.services.requesting import build_request
from deploy.clave.pages import PIN
from deploy.demo_people import ACCOUNTS, ADMINISTRATOR, COMPUTERS, DEMOS, PLAYED, SYSTEMS, Demo, DemoAccount
from deploy.operators import account_id
from domain.access.accounts import Account
from domain.access.api_keys import EVIDENCE, PROCEDURES
from domain.access.register import Board
from domain.codes.asked import asked_by_system
from domain.codes.pins import CODE_ALPHABET
from domain.errors import TryAgain
from domain.ids import AdministrationId, OfficeId, ParticipantId
from domain.journal.register import PersonLine, RegisterRow
from domain.reading import CaseReading
from domain.types.vocabulary import Stage
from settings import Settings

BEFORE_THE_END = (
    *(Stage.REQUESTED, Stage.SUMMONED, Stage.CHECKED_IN, Stage.IN_SESSION, Stage.INTERRUPTED),
    *(Stage.PREPARATION, Stage.SUBMISSION, Stage.AWAITING, Stage.ANSWERED),
)
STILL_ON_TIME = timedelta(minutes=20)
"""A demonstration that should have begun longer ago is left alone, and another one is made."""


def main() -> int:
    logging.basicConfig(level=logging.WARNING)
    told = argparse.ArgumentParser(prog="python -m deploy.seed", description=__doc__)
    told.add_argument("--procedures", action="store_true", help="also procedures, once the worker serves")
    try:
        asyncio.run(seed(Settings(), procedures=told.parse_args().procedures))
    except (TryAgain, TimeoutError):
        print("the engine or the worker does not answer yet: start the stack, then try again", file=sys.stderr)
        return 1
    return 0


async def seed(settings: Settings, *, procedures: bool) -> None:
    """Make what is missing, and print what somebody needs to begin."""
    async with open_ports(settings) as parts:
        kept = Logins(settings.var_dir / "logins.json")
        for demo in ACCOUNTS:
            await _account(parts, demo, kept)
        await _computers(parts, kept)
        await _systems(parts, kept)
        kept.write()
        print(f"logins, office computers and keys: {kept.path}")
        if procedures:
            gateway = Gateway(parts.temporal, CaseReading(parts.journal), settings.build_id)
            for what in DEMOS:
                row = await _procedure(parts, gateway, what)
                zone = ZoneInfo(parts.administrations[row.administration].time_zone(row.office))
                codes = {
                    person.id: await parts.summons.issue(row.procedure, ParticipantId(person.id))
                    for person in citizens(row)
                }
                kept.procedure(what, row, codes, zone)
            kept.write()
            _print(settings, kept)


class Logins:
    """`logins.json`: everything printed once, for its owner's eyes only."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.content: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}

    def section(self, name: str) -> dict[str, Any]:
        section: dict[str, Any] = self.content.setdefault(name, {})
        return section

    def procedure(self, demo: Demo, row: RegisterRow, codes: Mapping[str, str], zone: ZoneInfo) -> None:
        """How to take part in a demonstration: when it begins and with which codes people sit down."""
        self.section("procedures")[demo.name] = {
            "id": row.procedure,
            "title": row.titles["es"],
            "scheduled_at": row.scheduled_at.isoformat(),
            "at": f"{row.scheduled_at.astimezone(zone):%H:%M}",
            "held_by": demo.held_by,
            "approved_by": demo.approved_by,
            "summons_codes": {
                person.id: {
                    "name": person.name,
                    "office": person.office,
                    "code": codes[person.id],
                }
                for person in citizens(row)
            },
        }

    def write(self) -> None:
        self.path.touch(mode=0o600)
        self.path.chmod(0o600)
        self.path.write_text(json.dumps(self.content, indent=2, ensure_ascii=False))


def citizens(row: RegisterRow) -> list[PersonLine]:
    return [person for person in row.private.people if person.account is None]


async def _account(parts: Ports, demo: DemoAccount, kept: Logins) -> None:
    password = password_of(parts.id_keys()[-1], demo.login)
    account = Account(
        id=account_id(demo.login),
        administration=AdministrationId(demo.administration),
        name=demo.name,
        email=demo.login,
        roles=demo.roles,
        offices=tuple(OfficeId(office) for office in demo.offices),
        body=demo.body,
        certificate=demo.certificate,
    )
    await parts.accounts.create(account, demo.login, password)
    kept.section("accounts")[demo.login] = {
        "password": password,
        "name": demo.name,
        "roles": [role.value for role in demo.roles],
        "administration": demo.administration,
        "body": demo.body,
        "offices": list(demo.offices),
    }


def password_of(secret: bytes, login: str) -> str:
    """Twelve signs in three groups, the same at every start: 60 bits that only this installation can compute."""
    digest = hmac.new(secret, f"estrado-seed.v1:{login}".encode(), hashlib.sha256).digest()
    number = int.from_bytes(digest[:8], "big")
    signs = "".join(CODE_ALPHABET[(number >> 5 * place) & 31] for place in range(12)).lower()
    return "-".join(signs[start : start + 4] for start in range(0, 12, 4))


async def _computers(parts: Ports, kept: Logins) -> None:
    for administration, office, label in COMPUTERS:
        by = next(a for a in ACCOUNTS if a.administration == administration and a.roles == ADMINISTRATOR)
        place = AdministrationId(administration), OfficeId(office)
        played = kept.section("computers_of_players").get(office)
        if not played or await parts.devices.find(played["token"]) is None:
            enrolled = await parts.devices.enrol(*place, PLAYED, account_id(by.login), now())
            kept.section("computers_of_players")[office] = {"token": enrolled.token}
        known = kept.section("computers").get(office, {})
        if await parts.devices.linked(known.get("link", ""), now()):
            continue
        if "device" not in known:
            known = {
                "label": label,
                "device": (await parts.devices.enrol(*place, label, account_id(by.login), now())).device.id,
            }
        kept.section("computers")[office] = known | {"link": await parts.devices.link(known["device"], now())}


async def _systems(parts: Ports, kept: Logins) -> None:
    for administration, label in SYSTEMS:
        known = kept.section("api_keys").get(administration)
        if known and await parts.api_keys.find(known["key"]):
            continue
        issued = await parts.api_keys.issue(AdministrationId(administration), label, (PROCEDURES, EVIDENCE), now())
        kept.section("api_keys")[administration] = {"label": label, "key": issued.text}


async def _procedure(parts: Ports, gateway: Gateway, demo: Demo) -> RegisterRow:
    """The demonstration that is still to be held, or a new one that begins in a few minutes."""
    administration = AdministrationId(demo.administration)
    page = await parts.register.board(
        Board(administration=administration, stages=BEFORE_THE_END, since=now() - STILL_ON_TIME), limit=200
    )
    for row in page.rows:
        if (row.external_id or "").startswith(f"demo-{demo.name}-"):
            return row
    begins = now().replace(second=0, microsecond=0) + timedelta(minutes=demo.in_minutes)
    accounts = {login: account_id(login) for _, login in demo.hosts}
    body = demo.request(begins, f"demo-{demo.name}-{begins:%Y%m%d%H%M}", accounts)
    id = await id_of(parts, administration, asked_by_system(body.external_id or ""))
    by = await parts.accounts.get(account_id(demo.held_by))
    await gateway.start(await build_request(parts, administration, id, body, now(), by), account_id(demo.held_by))
    async with asyncio.timeout(60):
        # What is waited for happens in another process.
        while (found := await parts.register.get(id)) is None or found.stage is Stage.REQUESTED:  # noqa: ASYNC110
            await asyncio.sleep(0.2)
    return found


def _print(settings: Settings, kept: Logins) -> None:
    url = settings.public_url
    print(f"\nStaff sign in at {url}/staff")
    for login, account in kept.section("accounts").items():
        print(f"  {login:<46} {account['password']}  {', '.join(account['roles'])}, {account['name']}")
    print("\nOpen a link in the browser that shall be that office computer: once. The next start prints another one")
    for office, computer in kept.section("computers").items():
        print(f"  {office:<18} {url}/office-computer/{computer['link']}")
    print("\nTo be held, in the legal time of each office. One whose people do not come within half an hour ends")
    procedures = kept.section("procedures")
    for procedure in procedures.values():
        print(f"  {procedure['at']}  {procedure['title']}, held by {procedure['held_by']}")
        for seat in procedure["summons_codes"].values():
            print(f"      {seat['code']}  {seat['name']} ({seat['office']})")
    if first := next(iter(procedures.values()), None):
        seat = next(iter(first["summons_codes"].values()))
        print(
            f"\nTry first: open {url} and type {seat['code']} ({seat['name']}); in another browser,"
            f"\nsign in at {url}/staff as {first['held_by']}, find {first['title']} on the board and open its room."
        )
    print(f"\nWho goes to Cl@ve (in the power of attorney) types their number and the PIN {PIN}.")
    print(f"Who scans a paper types the last code in {settings.var_dir}/log/scanner.log.")


if __name__ == "__main__":
    exit_at_once(main())
