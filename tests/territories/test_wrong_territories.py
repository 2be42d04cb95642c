"""Wrong profiles are refused with file, line and word, and so is a logo that could run or fetch."""

import shutil
from pathlib import Path

import pytest

import territories
from territories.lint import RULES

WRONG = (
    ('brand: "#0b4f6c"', 'brand: "#9bc4d6"', "colours_can_be_read", "#9bc4d6"),
    ('link: "#0a5c8f"', 'link: "#6fa8c9"', "colours_can_be_read", "#6fa8c9"),
    ('focus: "#b3541e"', 'focus: "#ffdd00"', "colours_can_be_read", "#ffdd00"),
    ('accent: "#1f6f54"', "accent: green", "badly_formed", "green"),
    ("logo: logo.svg", "logo: ../meseta/logo.svg", "logo_is_a_titled_drawing", "../meseta/logo.svg"),
    ("logo: logo.svg", "logo: none.svg", "logo_is_a_titled_drawing", "none.svg"),
    ("id: atlantia", "id: thule", "id_is_the_folder", "thule"),
    ("languages: [es, en]", "languages: [gl, es, en]", "languages_are_known", "gl"),
    ("languages: [es, en]", "languages: [es, xx]", "languages_are_known", "xx"),
    ("languages: [es, en]", "languages: [es, en, es]", "languages_are_known", "es"),
    ("id: ojm-lira,", "id: ojm-vilar,", "entries_differ", "ojm-vilar"),
    ("kind: court}", "kind: tribunal}", "unknown_word", "tribunal"),
    ("kind: court}", "kind: court, time_zone: Europe/Lira}", "time_zones_exist", "Europe/Lira"),
    ("kind: court}", "kind: court, bodies: [court-lira]}", "offices_serve_known_bodies", "court-lira"),
    ("{peace-court-lira: 31", "{court-lira: 31", "distances_are_to_known_bodies", "court-lira"),
    ("{peace-court-lira: 31", "{peace-court-lira: 3100", "distances_are_to_known_bodies", "peace-court-lira"),
    ("municipality: Lira\n    seal", "dir3: E0499\n    municipality: Lira\n    seal", "badly_formed", "E0499"),
    ("type: conciliation", "type: conciliacion", "enabled_types_exist", "conciliacion"),
    (
        "document: Resolución 3/2026",
        "bodies: [court-lira]\n    document: Resolución 3/2026",
        "types_are_enabled_at_known_places",
        "court-lira",
    ),
    (
        "document: Resolución 3/2026",
        "offices: [ojm-nowhere]\n    document: Resolución 3/2026",
        "types_are_enabled_at_known_places",
        "ojm-nowhere",
    ),
    (
        "document: Resolución 3/2026",
        'starts_on: "mañana"\n    document: Resolución 3/2026',
        "approvals_have_a_day",
        "mañana",
    ),
    ('approved_on: "2026-02-02"', 'approved_on: "2026-02-30"', "approvals_have_a_day", "2026-02-30"),
    ("subdivision: GA", "subdivision: XX", "community_is_known", "XX"),
    (
        "seal: seal-court-ponte-nova",
        "seal: seal-peace-court-lira",
        "certificates_are_of_one_body",
        "seal-peace-court-lira",
    ),
    (
        "acts_certificate: acts-court-ponte-nova",
        "acts_certificate: acts-peace-court-lira",
        "certificates_are_of_one_body",
        "acts-peace-court-lira",
    ),
    ("acts_certificate:", "acts_certificat:", "unknown_key", "acts_certificat"),
)


def copied(tmp_path: Path) -> Path:
    shutil.copytree(territories.SHIPPED / "atlantia", tmp_path / "atlantia")
    return tmp_path / "atlantia"


@pytest.mark.parametrize(("good", "bad", "code", "word"), WRONG, ids=[f"{w[2]}-{w[3]}" for w in WRONG])
def test_a_wrong_profile_is_refused_at_its_line(good: str, bad: str, code: str, word: str, tmp_path: Path) -> None:
    profile = copied(tmp_path) / "profile.yaml"
    text = profile.read_text("utf-8")
    assert good in text
    profile.write_text(text.replace(good, bad, 1))
    with pytest.raises(territories.TypeFileError) as refused:
        territories.load(tmp_path, types=["conciliation"])
    found = next(problem for problem in refused.value.problems if (problem.code, problem.word) == (code, word))
    assert found.file == "atlantia/profile.yaml"
    assert found.line == text[: text.index(good)].count("\n") + 1
    assert word in found.message and word in found.texts.in_language("es")


def test_every_rule_is_seen_to_refuse() -> None:
    assert {rule.id for rule in RULES.rules} <= {wrong[2] for wrong in WRONG}


@pytest.mark.parametrize(
    "drawing",
    [
        "<svg><path d='M0 0'/></svg>",
        "<svg><title>T</title><script>1</script></svg>",
        "<svg onload='x()'><title>T</title></svg>",
        "<svg><title>T</title><image href='https://elsewhere.example/x.png'/></svg>",
        "<svg><title>T</title><path fill='url(https://elsewhere.example)'/></svg>",
        "<!DOCTYPE svg><svg><title>T</title></svg>",
    ],
    ids=["untitled", "script", "handler", "image", "fetch", "doctype"],
)
def test_a_logo_that_could_run_or_fetch_is_refused(drawing: str, tmp_path: Path) -> None:
    (copied(tmp_path) / "logo.svg").write_text(drawing)
    with pytest.raises(territories.TypeFileError, match="logo_is_a_titled_drawing"):
        territories.load(tmp_path)


def test_a_folder_of_profiles_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(territories.TypeFileError, match="there is no folder `nowhere`"):
        territories.load(tmp_path / "nowhere")
