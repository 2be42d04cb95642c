"""One table says of every command who may ask for it and how: routes, pages and description are made from it."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic import BaseModel
from starlette.datastructures import FormData, UploadFile

from api.access.permissions import CallerKind, permits
from api.app import create_app
from api.commands.form_input import FormInput
from api.commands.row import CommandRow
from api.commands.table import TABLE
from domain.commands import COMMANDS, Command
from domain.rules.table import RULES
from settings import Settings
from tests.api.test_permissions import permissions_of
from tests.domain.cases import AS_CLERK
from tests.domain.samples import in_session

PROJECT = Path(__file__).resolve().parents[2]

CLERK, OFFICIAL, OFFICE = CallerKind.CLERK, CallerKind.OFFICIAL, CallerKind.OFFICE
CITIZEN = CallerKind.CITIZEN
HOSTS = {CLERK, OFFICIAL}

ALLOWED: dict[str, set[CallerKind]] = {
    "check_in": HOSTS | {OFFICE, CITIZEN},
    "take_seat": HOSTS,
    "attest_autonomy": {OFFICE},
    "check_secure_place": {OFFICE},
    "acknowledge_warnings": {CITIZEN},
    "give_consent": {CITIZEN},
    "withdraw_consent": {CITIZEN},
    "ask_help": {CITIZEN},
    "answer_help": HOSTS | {OFFICE},
    "open_room": HOSTS,
    "admit_participant": HOSTS,
    "dismiss_participant": HOSTS,
    "open_private_room": HOSTS,
    "close_private_room": HOSTS | {CITIZEN},
    "ask_for_floor": {CITIZEN},
    "withdraw_floor_request": {CITIZEN},
    "give_floor": HOSTS,
    "record_again": HOSTS,
    "mute_participant": HOSTS,
    "unmute_participant": HOSTS,
    "mute_everyone": HOSTS,
    "unmute_everyone": HOSTS,
    "ask_criminal_record": HOSTS,
    "submit_request": HOSTS,
    "begin_identification": HOSTS | {OFFICE, CITIZEN},
    "take_pose": HOSTS,
    "stop_identification": HOSTS | {OFFICE, CITIZEN},
    "complete_identification": HOSTS | {OFFICE, CITIZEN},
    "correct_participant": HOSTS,
    "capture_still": HOSTS,
    "confirm_id_document": HOSTS,
    "reject_id_document": HOSTS,
    "send_pin": HOSTS | {OFFICE, CITIZEN},
    "enter_pin": {CITIZEN},
    "waive_identity": HOSTS,
    "add_item": HOSTS,
    "open_item": HOSTS,
    "fill_item": HOSTS,
    "suspend_item": HOSTS,
    "skip_item": HOSTS,
    "correct_item": HOSTS,
    "deposit_document": HOSTS | {OFFICE, CITIZEN},
    "present_document": HOSTS,
    "read_page": {CITIZEN},
    "understand_document": {CITIZEN},
    "handwrite_signature": {CITIZEN},
    "decline_handwriting": {CITIZEN},
    "sign_document": {CITIZEN},
    "sign_with_certificate": HOSTS,
    "record_missing_signature": HOSTS,
    "refuse_signature": HOSTS | {CITIZEN},
    "interrupt_procedure": HOSTS | {OFFICE},
    "resume_procedure": HOSTS,
    "adjourn_procedure": HOSTS,
    "cancel_procedure": HOSTS,
    "retry_step": HOSTS,
    "close_session": HOSTS,
    "correct_minutes": HOSTS,
    "approve_minutes": HOSTS,
}
"""Who may ask for what, written a second time on purpose: nobody else may."""


@pytest.fixture(scope="module")
def app() -> FastAPI:
    return create_app(Settings.model_construct(public_url="https://justicia.example", rooms_port=443))


def test_every_command_has_one_row_and_its_rule() -> None:
    assert sorted(row.name for row in TABLE) == sorted(COMMANDS)
    assert {row.name: row.rule for row in TABLE} == {name: RULES[command] for name, command in COMMANDS.items()}
    assert all(row.rule.__name__ == f"may_{row.name}" for row in TABLE)


def test_who_may_ask_for_each_command_is_what_is_written_here() -> None:
    permitted = {row.name: {kind for kind in CallerKind if permits(row.permission, frozenset({kind}))} for row in TABLE}
    assert permitted == ALLOWED


def test_json_and_pages_ask_with_the_permission_of_the_row(app: FastAPI) -> None:
    found: dict[str, list[str]] = {}
    for context in iter_route_contexts(app.routes):
        if isinstance(context.original_route, APIRoute) and (context.path or "").startswith("/"):
            (permission,) = permissions_of(context.dependant)
            found.setdefault(context.path or "", []).append(permission)
    wanted: dict[str, str] = {}
    for row in TABLE:
        if row.json is not None:
            wanted[f"/api/v1/procedures/{{procedure}}/commands/{row.name}"] = row.permission
        if row.form is not None:
            wanted[f"/procedures/{{procedure}}/acts/{row.button}"] = row.permission
        if row.json is None and row.form is None:
            wanted["/api/v1/procedures/{procedure}/uploads"] = row.permission
            wanted["/procedures/{procedure}/uploads"] = row.permission
    commands = {path: by for path, by in found.items() if re.search(r"/(commands|acts)/|procedure}/uploads$", path)}
    assert commands == {path: [permission] for path, permission in wanted.items()}


def test_nothing_else_of_the_interface_names_a_command() -> None:
    names = {command.__name__ for command in COMMANDS.values()}
    elsewhere = [
        f"{file.relative_to(PROJECT)}:{node.lineno}"
        for file in (PROJECT / "api").rglob("*.py")
        if file.parent != PROJECT / "api/commands"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Name) and node.id in names) or (isinstance(node, ast.Attribute) and node.attr in names)
    ]
    assert not elsewhere


def test_every_button_of_a_page_is_a_command_of_the_table() -> None:
    buttons = {row.button for row in TABLE if row.form is not None}
    shown = set(re.findall(r'"([a-z]+-[a-z-]+)"', (PROJECT / "api/pages/procedure/next_step.py").read_text("utf-8")))
    for file in (PROJECT / "templates/pages").rglob("*.html"):
        for found in re.finditer(r"\bm\.act\(\w+, [\w.]+, ([^,]+),", file.read_text(encoding="utf-8")):
            shown |= set(re.findall(r'"([a-z-]+)"', found[1]))
    assert len(shown) > 20
    assert shown <= buttons


CARRIED_OVER = [
    row
    for row in TABLE
    if row.json is not None and row.form is not None and not {"values", "new_date"} & set(row.example)
]


@pytest.mark.parametrize("row", CARRIED_OVER, ids=lambda row: row.name)
def test_a_form_and_a_body_that_say_the_same_are_the_same_command(row: CommandRow) -> None:
    assert row.json is not None
    assert row.form is not None
    body = row.json.body(row.command, row.summary, row.example).model_validate(row.example)
    asked = row.form.command(row.command, typed(row.example))
    for name in set(type(body).model_fields) - set(row.json.instead):
        assert getattr(asked, name) == getattr(body, name), name
    assert asked.author == AS_CLERK


def typed(example: Any) -> FormInput:
    """A form in which somebody typed what the example says."""
    said: list[tuple[str, str | UploadFile]] = [("key", "page-0123456789")]
    answers = {f"answer-{name}": value for name, value in example.get("answers", {}).items()}
    for name, value in {**example, **answers}.items():
        words = {True: "yes", False: "no"}
        value = json.dumps(value) if isinstance(value, dict) else value
        values = value if isinstance(value, list) else [words[value] if isinstance(value, bool) else str(value)]
        said += [(name, each) for each in values]
    where = {"office": None, "place": "court", "device": "staff"}
    return FormInput(FormData(said), in_session(), AS_CLERK, b"secret", where, "Europe/Madrid")


def test_no_request_says_who_asks(app: FastAPI) -> None:
    for row in TABLE:
        if row.json is not None:
            body: type[BaseModel] = row.json.body(row.command, row.summary, row.example)
            assert not set(body.model_fields) & set(Command.model_fields), row.name
            assert not {"proof", "authenticated_at", "device"} & set(body.model_fields), row.name
