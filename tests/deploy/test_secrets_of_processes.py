"""What a running process holds in its environment: the media process, met by strangers, has its own secrets alone."""

from pathlib import Path

from bench.installation import prepare
from deploy.stack import Stack
from settings import ApiSettings, RoomsSettings, Settings


def variables(servers: Stack, name: str) -> dict[str, str]:
    """Those of ours, of the part that runs as `name`."""
    prepare(servers)
    servers.need(name)
    pid = servers.supervisor.processes()[name].pid
    said = Path(f"/proc/{pid}/environ").read_bytes().decode().split("\0")
    return dict(line.split("=", 1) for line in said if line.startswith("ESTRADO_"))


def test_the_api_holds_nothing_of_chain_mail_and_signatures(servers: Stack, settings: Settings) -> None:
    held = variables(servers, "api")
    assert held.keys() <= {f"ESTRADO_{name.upper()}" for name in ApiSettings.model_fields}
    assert settings.evm_private_key.get_secret_value() not in held.values()


def test_the_media_process_holds_no_secret_but_its_own(servers: Stack, settings: Settings) -> None:
    held = variables(servers, "rooms")
    assert held.keys() <= {f"ESTRADO_{name.upper()}" for name in RoomsSettings.model_fields}
    secrets = (
        settings.database_url,
        settings.s3_secret_key.get_secret_value(),
        settings.evm_private_key.get_secret_value(),
        str(settings.master_key_file),
        str(settings.codec_key_file),
    )
    assert not [secret for secret in secrets if secret in held.values()]
    assert held["ESTRADO_TOKEN_KEY_FILE"] == str(settings.token_key_file)
