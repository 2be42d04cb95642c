"""Nothing is written that nobody reads: vulture finds the names; what it cannot see stands here with its reason."""

import re
from functools import cache
from pathlib import Path

from vulture import Vulture

from domain.commands import COMMANDS
from tests.architecture.tracked import PACKAGES, PROJECT, files, text

EQUIPMENT = ("bench", "deploy", "rehearsal")
"""What tests are made with: a test is a user of it. Of everything else a test alone is no user."""

CALLED_BY_A_FRAMEWORK = [
    "@activity.defn",
    "@workflow.*",
    "@handles",
    "@router.*",
    "@*.rule",
    "@field_validator",
    "@model_validator",
]

READ_BY_NAME = (".html", ".jinja", ".yaml", ".toml", ".typ")
"""Templates name properties, declarations name words of the vocabularies."""

MADE = ("conformance/client.py", "conformance/shapes.py")
"""Made from the description of the interface: whole, for systems of others."""

USED_ELSEWHERE = {
    "model_config": "pydantic reads it",
    "yaml_implicit_resolvers": "PyYAML reads it",
    "intercept_activity": "Temporal calls it",
    "async_sign_raw": "pyHanko calls it",
    "container_ref": "pyHanko reads it",
    "__instancecheck__": "Python calls it",
    "utcnow": "whoever asks the clock calls it",
    "time_ns": "whoever asks the clock calls it",
    "serve_ocsp_response": "certomancer calls it",
    "recv": "aiortc calls it",
    **dict.fromkeys(
        ("iceServers", "iceTransportPolicy", "target_bitrate", "_handle_rtp_data", "_RTCRtpReceiver__decoder_queue"),
        "aiortc reads it",
    ),
    **dict.fromkeys(
        ("first_frame_s", "frames_per_s", "frozen_s", "round_trip_ms", "answer_p99_ms", "memory_mb"),
        "stands in a report of the bench",
    ),
    **dict.fromkeys(("memory_slope_mb_per_hour", "recorded_segments"), "stands in a report of the bench"),
    "oldest_at": "for whoever looks after the anchoring",
    "create_stamp": "pyHanko calls it, with `text_params`",
    "text_params": "pyHanko calls `create_stamp` with it",
    "handle_DATA": "aiosmtpd calls it",
    **dict.fromkeys(("do_POST", "log_message"), "http.server calls it"),
    **dict.fromkeys(("redirect_request", "fp", "newurl"), "urllib calls and passes it"),
    "signum": "the signal module passes it",
    **dict.fromkeys(("ice_servers", "relay_only"), "the page reads it"),
    "recalcTimestamp": "fontTools reads it",
    "flavor": "fontTools reads it",
    "MAX_IMAGE_PIXELS": "Pillow reads it",
    "OutputIntents": "pikepdf writes it into the document",
    "ViewerPreferences": "pikepdf writes it into the document",
    "_data": "aiortc's jitter buffer reads it",
    "dts": "PyAV writes it into the file",
    **dict.fromkeys(("time_base", "pix_fmt", "bit_rate", "framerate", "sample_rate", "thread_count"), "PyAV reads it"),
    "_stream_id": "aiortc reads it",
    "_send_keyframe": "aiortc calls it",
    "abs_send_time": "aiortc writes it into the packet",
    "sdpMLineIndex": "aiortc reads it",
    "__signature__": "Temporal reads it",
    "_load_reverse_xref_cache": "pyHanko calls it",
    "_get_usages_of_ref": "pyHanko calls it",
    "Pool": "named in an annotation between quotes",
    "S3Client": "named in an annotation between quotes",
    "understood_by": "goes out as JSON",
    "next_cursor": "goes out as JSON",
    "enrolled_by": "goes out as JSON",
    **dict.fromkeys(("access_token", "token_type", "expires_in", "error_description"), "RFC 6749 names it"),
    **dict.fromkeys(
        (
            *("token_endpoint", "response_types_supported", "grant_types_supported", "scopes_supported"),
            *("token_endpoint_auth_methods_supported", "token_endpoint_auth_signing_alg_values_supported"),
            *("tls_client_certificate_bound_access_tokens", "mtls_endpoint_aliases", "service_documentation"),
        ),
        "RFC 8414 and RFC 8705 name it",
    ),
    **dict.fromkeys(("declarant_name", "applicant_name", "applicant_id_number"), "the register outside reads it"),
    "last_seq": "stands in the journal, for whoever reads it",
    "by_external_id": "for systems of Administrations, which know a procedure by a number of their own",
    "compiler": "stands in anchor.json, for whoever compiles the contract again",
}
"""Name -> who uses it. Nothing gets in without a reason, and nothing stays that has found a reader."""


@cache
def found() -> dict[str, str]:
    """Name -> where, of everything that vulture takes for unused and no template or declaration names."""
    production = _unused([folder for folder in PACKAGES if folder not in EQUIPMENT], users=EQUIPMENT)
    equipment = _unused(list(EQUIPMENT), users=(*(p for p in PACKAGES if p not in EQUIPMENT), "tests"))
    rules = {f"may_{command}" for command in COMMANDS}  # domain/rules/table.py finds them by the name of the command
    named = rules | {word for path in files() if path.suffix in READ_BY_NAME for word in re.findall(r"\w+", text(path))}
    return {name: where for name, where in (production | equipment).items() if not {name, name.lower()} & named}


def _unused(folders: list[str], users: tuple[str, ...]) -> dict[str, str]:
    scan = Vulture(ignore_decorators=CALLED_BY_A_FRAMEWORK)
    paths = [path for path in files() if path.suffix == ".py"]
    for path in paths:
        if path.parts[0] in (*folders, *users) or len(path.parts) == 1:
            scan.scan(text(path), filename=PROJECT / path)
    return {
        item.name: f"{place}:{item.first_lineno}"
        for item in scan.get_unused_code()
        if (place := Path(item.filename).relative_to(PROJECT)).parts[0] in folders or len(place.parts) == 1
        if str(place) not in MADE
    }


def test_nothing_is_written_that_nobody_reads() -> None:
    assert {name: where for name, where in found().items() if name not in USED_ELSEWHERE} == {}


def test_no_reason_outlives_what_it_excuses() -> None:
    assert sorted(set(USED_ELSEWHERE) - set(found())) == []


def test_what_nobody_reads_is_found(tmp_path: Path) -> None:
    scan = Vulture(ignore_decorators=CALLED_BY_A_FRAMEWORK)
    scan.scan("def forgotten() -> None: ...\n@router.get('/')\ndef route() -> None: ...\n", filename=tmp_path / "a.py")

    assert [item.name for item in scan.get_unused_code()] == ["forgotten"]
