"""What opens the relay of media: made here, checked there, ended by itself; and where the relay may stand."""

import base64
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from api.routes.rooms import relays_of
from domain.codes.relay import relay_credentials
from settings import ApiSettings

AT = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
NEEDED = {name: "/nowhere" for name, field in ApiSettings.model_fields.items() if field.is_required()}
TOLD: dict[str, Any] = {
    **NEEDED,
    **dict.fromkeys((name for name in NEEDED if name.endswith("_port")), "8000"),
    **dict.fromkeys(("temporal_address", "database_url", "s3_endpoint"), "localhost:1"),
}
"""The least that an api is told."""
HERE = ("turn:127.0.0.1:3478?transport=udp", "turn:127.0.0.1:3478?transport=tcp")


def test_the_password_is_what_another_program_computes_of_the_name() -> None:
    made = relay_credentials(b"north", "a1b2", AT)
    assert made.username == f"{int(AT.timestamp())}:a1b2"
    openssl = ["openssl", "dgst", "-sha1", "-hmac", "north", "-binary"]
    by_openssl = subprocess.run(openssl, input=made.username.encode(), capture_output=True, check=True).stdout
    assert made.password == base64.b64encode(by_openssl).decode()


def test_a_browser_is_given_another_name_each_time_and_nothing_where_there_is_no_relay(tmp_path: Path) -> None:
    (secret := tmp_path / "secret").write_text("north\n")
    settings = ApiSettings.model_validate(TOLD | {"media_relay_urls": HERE, "media_relay_secret_file": secret})
    (one,), (other,) = relays_of(settings), relays_of(settings)
    assert one.urls == HERE and one.username != other.username
    assert int(one.username.partition(":")[0]) > datetime.now(UTC).timestamp() + 3500
    assert relays_of(ApiSettings.model_validate(TOLD)) == ()


def test_a_relay_without_secret_or_abroad_ends_the_process_at_its_start(tmp_path: Path) -> None:
    abroad = {"media_relay_urls": ("turns:relay.example:443?transport=tcp",), "media_relay_secret_file": tmp_path / "s"}
    for wrong in ({"media_relay_urls": HERE}, {"media_relay_secret_file": tmp_path / "s"}, abroad):
        with pytest.raises(ValidationError, match=r"together|relay\.example"):
            ApiSettings.model_validate(TOLD | wrong)
    resident = {"resident_hosts": ("relay.example",)}
    assert ApiSettings.model_validate(TOLD | abroad | resident).media_relay_urls == abroad["media_relay_urls"]
