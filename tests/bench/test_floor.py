"""The floor does what the procedure does: as many activities and updates in the same places, as many raw effects."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from bench.__main__ import Sizes, measure
from bench.measures.effects import FLOOR, Effects, stored_sizes
from bench.measures.figures import write_report
from bench.measures.ground import Ground, open_ground
from bench.measures.history import account_of
from deploy.stack import Stack

TINY = Sizes(warm_up=0, procedures=1, at_once=2, rounds=1, updates=3, deaths=1, signatures=1)
MEASURES = {
    "procedure_server_work": "s",
    "procedures_per_minute_2_at_once": "1/min",
    "update_p95_ms": "ms",
    "update_with_activity_p95_ms": "ms",
    "journal_append_p95_ms": "ms",
    "pades_signature_p95_ms": "ms",
    "bundle_verification_s": "s",
    "restart_to_next_step_s": "s",
    "kill_to_next_step_s": "s",
}
"""Every measure and its unit."""


@pytest.fixture
async def ground(servers: Stack) -> AsyncIterator[Ground]:
    async with open_ground(servers) as opened:
        yield opened


@pytest.mark.timeout(300)
async def test_the_floor_does_as_much_as_the_procedure(ground: Ground) -> None:
    real = await ground.play()
    floor, names = real.account.floor, Counter(real.account.names)

    handle, _ = await ground.walk_bare(floor)
    assert account_of(await handle.fetch_history()).floor == floor
    assert floor.activities == names.total()
    assert floor.updates == sum(len(answers) for answers in real.answers.values())

    effects = await ground.effects(real.procedure)
    assert effects.signatures == sum(times for name, times in names.items() if name.startswith(("sign_as", "seal")))
    assert len(effects.mails) == names["send_notice"]
    await raw_effects_are_as_many(ground, effects)


async def raw_effects_are_as_many(ground: Ground, effects: Effects) -> None:
    mailbox = ground.house.stack.var / "mail" / "new"
    mails = {path.name for path in mailbox.iterdir()}
    await ground.raw.repeat(effects)

    sent = [path.stat().st_size for path in mailbox.iterdir() if path.name not in mails]
    assert len(sent) == len(effects.mails)
    assert sum(sent) == pytest.approx(sum(effects.mails), rel=0.1)
    stored = await asyncio.to_thread(stored_sizes, ground.house.settings, FLOOR)
    assert sorted(stored) == sorted(effects.puts)
    signed = await ground.raw.sign_all(effects)
    for pdf, (_, times) in zip(signed, effects.documents, strict=True):
        assert len(PdfFileReader(BytesIO(pdf)).embedded_signatures) == times


@pytest.mark.timeout(600)
async def test_one_run_measures_everything_and_reports_it(ground: Ground, tmp_path: Path) -> None:
    figures = await measure(ground, TINY)
    write_report(tmp_path / "report.json", figures)

    report = json.loads((tmp_path / "report.json").read_text())
    assert {name: line["unit"] for name, line in report.items()} == MEASURES
    for name, line in report.items():
        assert set(line) == {"value", "unit", "against", "ratio"}
        assert line["value"] >= 0 and line["against"] >= 0, name
