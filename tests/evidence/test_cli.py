"""The command as a stranger runs it: alone, without the platform, without a network."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import evidence
from evidence.__main__ import main
from evidence.bundle import document_path
from evidence.parts import DocumentKind
from tests.evidence.sample import Sample

PACKAGE = Path(evidence.__file__).parent
OURS = ("domain", "activities", "workflows", "adapters", "settings", "templates", "api", "rooms")


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing of ours but a copy of the verifier."""
    folder = tmp_path_factory.mktemp("alone")
    shutil.copytree(PACKAGE, folder / "evidence", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture(scope="module")
def trust(held: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return held.write_trust(tmp_path_factory.mktemp("trust"))


@pytest.fixture(scope="module")
def bundle(held: Sample, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bundle") / "bundle.zip"
    path.write_bytes(held.bundle)
    return path


def in_isolation() -> list[str]:
    """A prefix that starts a program in a network namespace of its own, with no interface that is up."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return []
    prefix = [unshare, "--user", "--map-root-user", "--net"]
    allowed = subprocess.run([*prefix, "true"], check=False, capture_output=True).returncode == 0
    return prefix if allowed else []


def run(alone: Path, *arguments: str, start: str = "") -> subprocess.CompletedProcess[str]:
    # Sockets are refused as well: a machine that forbids namespaces must not make the promise untested.
    program = (
        "import sys, runpy\n"
        f"sys.path.insert(0, {str(alone)!r})\n"
        "sys.addaudithook(lambda name, _: name == 'socket.connect' and sys.exit('network used'))\n"
        f"{start}\n"
        f"sys.argv = ['evidence', *{list(arguments)!r}]\n"
        "runpy.run_module('evidence', run_name='__main__')\n"
    )
    command = [*in_isolation(), sys.executable, "-I", "-c", program]
    return subprocess.run(command, cwd=alone, check=False, capture_output=True, text=True, timeout=60)


def test_it_passes_alone_and_without_a_network(alone: Path, bundle: Path, trust: Path) -> None:
    nothing_of_ours = f"from importlib.util import find_spec\nassert not any(map(find_spec, {OURS!r}))"
    done = run(alone, "verify", str(bundle), "--trust", str(trust), "--lang", "en", start=nothing_of_ours)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("PASSED. The evidence of procedure 33010/2026 is complete and unchanged")


def test_the_report_speaks_plainly_of_what_the_anchor_is_not(alone: Path, bundle: Path, trust: Path) -> None:
    done = run(alone, "verify", str(bundle), "--trust", str(trust), "--lang", "es")
    assert done.stdout.startswith("PASSED. La evidencia del procedimiento 33010/2026 está completa")
    assert "No es una firma ni una identificación" in done.stdout
    assert "no se sabe solo con la evidencia" in done.stdout


def test_qualification_is_said_only_when_the_verifier_declares_it(
    alone: Path, bundle: Path, trust: Path, tmp_path: Path
) -> None:
    declared = shutil.copytree(trust, tmp_path / "trust")
    (declared / "qualified.json").write_text('{"seal": true, "timestamps": true}')
    done = run(alone, "verify", str(bundle), "--trust", str(declared), "--lang", "en")
    assert "You declare it qualified" in done.stdout
    assert "is not known from the evidence alone" not in done.stdout


def test_the_report_as_json_is_for_programs(alone: Path, bundle: Path, trust: Path) -> None:
    done = run(alone, "verify", str(bundle), "--trust", str(trust), "--json")
    report = json.loads(done.stdout)
    assert report["verdict"] == "PASSED"
    assert len(report["verifier"]["sha256"]) == 64
    assert {"check", "result", "object", "code", "parameters", "text"} == set(report["findings"][0])


def test_without_trust_it_says_indeterminate(alone: Path, bundle: Path) -> None:
    done = run(alone, "verify", str(bundle), "--lang", "en")
    assert done.returncode == 2
    assert done.stdout.startswith("INDETERMINATE. ")
    assert "You did not say whom you trust (--trust)" in done.stdout


def test_a_changed_byte_is_failed_and_named(alone: Path, held: Sample, trust: Path, tmp_path: Path) -> None:
    minutes = document_path(next(one for one in held.parts.documents if one.kind is DocumentKind.MINUTES))
    changed = bytearray(held.bundle)
    changed[held.bundle.index(b"/Title (minutes)") + 9] ^= 1
    (tmp_path / "changed.zip").write_bytes(changed)
    done = run(alone, "verify", str(tmp_path / "changed.zip"), "--trust", str(trust), "--lang", "en")
    assert done.returncode == 1
    assert done.stdout.startswith("FAILED. ")
    assert minutes in done.stdout or "documents/" in done.stdout.splitlines()[0]


@pytest.mark.parametrize(
    "arguments",
    [[], ["verify"], ["verify", "no-such-file.zip"], ["approve", "x"], ["verify", "x", "--lang", "fr"]],
    ids=["nothing", "no file named", "file missing", "unknown command", "unknown language"],
)
def test_wrong_use_is_no_verdict(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    said = capsys.readouterr()
    assert stopped.value.code == 64
    assert "usage" in said.err
    assert said.out == ""


@pytest.mark.parametrize(
    ("name", "content"),
    [("ca.pem", b"not a certificate"), ("chain.json", b'{"chain_id": "one"}'), ("tsa.pem", b"")],
)
def test_a_trust_folder_that_cannot_be_used_is_no_verdict(
    bundle: Path, tmp_path: Path, name: str, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SystemExit) as stopped:
        main(["verify", str(bundle), "--trust", str(tmp_path)])
    assert stopped.value.code == 64
    assert name in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_no_trust(bundle: Path, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["verify", str(bundle), "--trust", str(tmp_path / "nowhere")])
    assert stopped.value.code == 64


def test_a_report_is_written_beside_the_verdict(alone: Path, bundle: Path, trust: Path, tmp_path: Path) -> None:
    names = [tmp_path / f"report.{kind}" for kind in ("pdf", "html", "json", "txt")]
    wanted = [part for name in names for part in ("--report", str(name))]
    done = run(alone, "verify", str(bundle), "--trust", str(trust), "--lang", "es", *wanted)
    assert (done.returncode, done.stderr) == (0, "")
    assert [name.read_bytes()[:4] for name in names] == [b"%PDF", b"<!do", b"{\n  ", b"PASS"]


def test_without_a_typesetter_the_rest_works_and_says_what_is_missing(
    alone: Path, bundle: Path, trust: Path, tmp_path: Path
) -> None:
    page, paper = tmp_path / "report.html", tmp_path / "report.pdf"
    missing = "sys.modules['typst'] = None"
    verify = ("verify", str(bundle), "--trust", str(trust), "--lang", "en", "--report")
    done = run(alone, *verify, str(page), start=missing)
    assert (done.returncode, page.exists()) == (0, True)
    done = run(alone, *verify, str(paper), start=missing)
    assert (done.returncode, paper.exists(), done.stdout) == (64, False, "")
    assert "pip install typst" in done.stderr


def test_a_report_of_an_unknown_kind_is_wrong_use(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["verify", str(bundle), "--report", "report.doc", "--lang", "en"])
    assert stopped.value.code == 64
    assert "report.doc" in capsys.readouterr().err


def test_a_report_that_cannot_be_written_is_no_verdict(alone: Path, bundle: Path, trust: Path, tmp_path: Path) -> None:
    verify = ("verify", str(bundle), "--trust", str(trust), "--lang", "en", "--report")
    done = run(alone, *verify, str(tmp_path / "nowhere" / "report.html"))
    assert (done.returncode, done.stdout[:6]) == (70, "PASSED")
    broken = "import types\nsys.modules['typst'] = types.ModuleType('typst')"
    done = run(alone, *verify, str(tmp_path / "report.pdf"), start=broken)
    assert (done.returncode, "Traceback" in done.stderr) == (70, False)
