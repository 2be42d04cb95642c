"""The kit passes a receiver that is right, and tells each that is broken what is wrong with it."""

import json
import shutil
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import pytest

import conformance
from conformance.receiving import Receiving
from conformance.report import Line, explained, tried, words
from tests.conformance.receivers import receiver

BROKEN = [
    ("ignores_signature", "wrong_signature", "wrong_signature_taken"),
    ("ignores_signature", "unsigned", "unsigned_taken"),
    ("ignores_signature", "other_body", "other_body_taken"),
    ("ignores_signature", "other_id", "other_id_taken"),
    ("minds_presence_alone", "wrong_signature", "wrong_signature_taken"),
    ("takes_old", "old", "old_taken"),
    ("takes_old", "from_tomorrow", "future_taken"),
    ("signs_other_json", "taken", "genuine_refused"),
    ("reads_first_signature", "two_signatures", "second_signature_refused"),
    ("reads_first_signature", "other_version", "second_signature_refused"),
    ("counts_doubles", "doubled", "dealt_with_twice"),
    ("looks_then_stores", "doubled_at_once", "dealt_with_twice"),
    ("answers_first", "stored_first", "answered_before_stored"),
    ("stores_what_it_refuses", "wrong_signature", "refused_but_stored"),
    ("refuses_as_broken", "old", "refused_as_broken"),
    ("refuses_news", "unknown_event", "news_refused"),
    ("minds_fields", "unknown_field", "news_refused"),
    ("refuses_earlier", "out_of_order", "earlier_refused"),
    ("drops_earlier", "out_of_order", "earlier_dropped"),
    ("minds_capitals", "header_case", "header_case_refused"),
    ("reads_one_packet", "slow", "slow_refused"),
    ("redirects", "taken", "redirected"),
    ("too_slow", "taken", "too_slow"),
]
"""How the receiver is broken -> a check that fails, and what it says."""


PAUSE = 0.2


def test_a_receiver_that_is_right_passes(tmp_path: Path) -> None:
    with receiver(tmp_path) as told:
        found = list(tried(Receiving(told, PAUSE).checks()))

    assert [line for line in found if line.verdict != "PASSED"] == []
    assert len(found) == 17


@pytest.mark.parametrize(("fault", "check", "why"), BROKEN, ids=[f"{fault}-{check}" for fault, check, _ in BROKEN])
def test_a_broken_receiver_is_told_what_is_wrong(fault: str, check: str, why: str, tmp_path: Path) -> None:
    with receiver(tmp_path, fault) as told:
        [line] = tried([one for one in Receiving(told, PAUSE).checks() if one[0] == check])

    assert (line.verdict, line.why) == ("FAILED", why)
    spoken = [explained(line, language) for language in ("es", "en")]
    assert len(set(spoken)) == 2 and all(len(one) > 40 for one in spoken)


def test_a_receiver_that_shows_nothing_passes_only_what_can_be_seen(tmp_path: Path) -> None:
    with receiver(tmp_path, "counts_doubles") as told:
        blind = replace(told, stored=[])
        found = {line.check: line for line in tried(Receiving(blind, PAUSE).checks())}

    assert {line.check for line in found.values() if line.verdict == "NOT_TRIED"} == {
        "stored_first", "doubled", "doubled_at_once",
    }  # fmt: skip
    assert all(line.verdict != "FAILED" for line in found.values())


def test_nobody_there_fails_and_says_so(tmp_path: Path) -> None:
    with receiver(tmp_path) as told:
        pass
    [line] = tried(Receiving(told, PAUSE).checks()[:1])

    assert (line.verdict, line.why) == ("FAILED", "no_answer")


@pytest.mark.parametrize(("fault", "ended"), [("", 0), ("takes_old", 1)])
def test_the_folder_alone_is_enough_with_nothing_installed(fault: str, ended: int, tmp_path: Path) -> None:
    here = Path(conformance.__file__).parent
    shutil.copytree(here, tmp_path / "conformance", ignore=shutil.ignore_patterns("__pycache__"))
    with receiver(tmp_path, fault) as told:
        (tmp_path / "kit.json").write_text(json.dumps({"receiver": asdict(told)}))
        done = run(tmp_path, "kit.json", "--language", "en", "--json", "report.json")

    assert done.returncode == ended, done.stdout + done.stderr
    assert "It refuses a message of an hour ago" in done.stdout
    report = json.loads((tmp_path / "report.json").read_text())
    failed = [one for one in report["checks"] if one["verdict"] == "FAILED"]
    assert report["verdict"] == ("FAILED" if fault else "PASSED")
    assert [one["check"] for one in failed] == (["old", "from_tomorrow"] if fault else [])
    assert all(one["es"] and one["en"] for one in failed)


@pytest.mark.parametrize(
    ("content", "named"),
    [("{", "kit.json"), ('{"receiver": {"url": "http://x"}}', "secret"), ('{"api": {"adress": ""}}', "adress")],
)
def test_settings_that_cannot_be_read_are_named(content: str, named: str, tmp_path: Path) -> None:
    shutil.copytree(Path(conformance.__file__).parent, tmp_path / "conformance")
    (tmp_path / "kit.json").write_text(content)
    done = run(tmp_path, "kit.json")

    assert done.returncode == 64
    assert named in done.stderr


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """As another team runs it: no package of ours or of others is there."""
    asked = [sys.executable, "-S", "-m", "conformance", *arguments]
    return subprocess.run(asked, cwd=folder, capture_output=True, text=True)


def test_both_languages_have_the_same_words_with_the_same_names() -> None:
    spanish, english = words("es"), words("en")

    assert {group: sorted(known) for group, known in spanish.items()} == {g: sorted(k) for g, k in english.items()}
    assert all(spanish[group].values() and english[group].values() for group in spanish)
    assert Line("old", "PASSED").why == ""
