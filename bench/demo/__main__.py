"""`make demo`: a whole stack, real browsers, seven procedures, processes killed half-way, all of it left in var/demo.

An eighth, a request to a foreign authority, goes by LexNET: nobody comes before a camera for it.
A regional system begins a procedure by the public interface and is told, signed, of those that are played.
Then the same seven on a stack that nobody disturbs, by keyboard alone: both must come to the same.
"""

import asyncio
import json
import shutil
import sys
from functools import partial
from pathlib import Path
from typing import Any

from playwright.async_api import async_playwright

from adapters.wiring import open_installation
from bench.demo.abroad import SEED, play_abroad
from bench.demo.hands import Pointer
from bench.demo.keyboard import Keyboard
from bench.demo.listening import FOLLOWED, Listener
from bench.demo.playing import Playhouse, closed_state, set_the_stage
from bench.demo.results import Results, differences, result_of
from bench.demo.screen import CHROMIUM, FLAGS
from bench.demo.scripts import SCRIPTS
from bench.installation import settings_of
from deploy.place import PROJECT
from deploy.stack import Stack

FOLDER = PROJECT / "var" / "demo"
SIGNED_BY_HAND = "apud_acta_power"


async def demonstrate(
    stack: Stack, folder: Path, *, disturbed: bool
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Play every script; the entries of the report, and what each procedure came to."""
    settings = settings_of(stack)
    report, came_to = [], []
    hands = Pointer if disturbed else partial(Keyboard, single_keys=True)
    async with open_installation(settings) as installation, async_playwright() as playwright:
        results = Results(folder, PROJECT, settings, installation)
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        for script in SCRIPTS if disturbed else [script.undisturbed() for script in SCRIPTS]:
            print(f"  {script.seed}", flush=True)
            pictures = folder / ("screenshots" if disturbed else "undisturbed/screenshots") / script.seed
            procedure, hand = await Playhouse(stack, settings, browser, pictures, hands).play(script)
            state = await closed_state(installation, procedure)
            came_to.append(result_of(state))
            if disturbed:
                report.append(await results.gather(script.seed, state, hand.kills))
                print(f"    {report[-1]['verdict']}", flush=True)
        await browser.close()
        print(f"  {SEED}", flush=True)
        procedure, kills = await play_abroad(stack, settings, installation, disturbed=disturbed)
        state = await closed_state(installation, procedure)
        came_to.append(result_of(state))
        if disturbed:
            report.append(await results.gather(SEED, state, kills))
            print(f"    {report[-1]['verdict']}", flush=True)
    return report, came_to


def on_a_stack(folder: Path, name: str, *, disturbed: bool) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """A whole stack of its own, from nothing, with everything played on it, and a regional system beside it."""
    with Stack(folder / name) as stack:
        set_the_stage(stack)
        with Listener(settings_of(stack), folder / f"regional-{name}") as listener:
            played = asyncio.run(demonstrate(stack, folder, disturbed=disturbed))
            for entry in played[0]:
                if entry["type"] == FOLLOWED:
                    entry["regional_system"] = listener.heard()
            return played


def main(folder: Path = FOLDER) -> int:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    print("With kills", flush=True)
    report, came_to = on_a_stack(folder, "stack", disturbed=True)
    print("The same, undisturbed and by keyboard alone, to compare with", flush=True)
    _, should_be = on_a_stack(folder, "undisturbed", disturbed=False)
    for entry, disturbed, undisturbed in zip(report, came_to, should_be, strict=True):
        entry["differs_from_undisturbed_in"] = differences(disturbed, undisturbed)
    (folder / "report.json").write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n")
    good = [sound(entry) for entry in report]
    print(f"{folder.relative_to(PROJECT)}/report.json: {sum(good)} of {len(report)} as they should be", flush=True)
    return 0 if all(good) and len(report) == len(SCRIPTS) + 1 else 1


def sound(entry: dict[str, Any]) -> bool:
    """Verified, each notice in the mailbox once, one signature a signer, by hand where asked, killed, recorded, and
    the same as undisturbed."""
    mails = all(mail["in_mailbox"] == 1 for mail in entry["mails"])
    signatures = all(len(set(signers)) == len(signers) for signers in entry["signatures"].values())
    same = entry["differs_from_undisturbed_in"] == []
    told = bool(entry.get("regional_system", "nobody listens"))
    undisturbed = mails and signatures and entry["recording"] != "failed" and same and told
    drawn = entry["type"] != SIGNED_BY_HAND or "handwriting" in entry["signed_by"]
    return entry["verdict"] == "PASSED" and drawn and bool(entry["kills"]) and undisturbed


if __name__ == "__main__":
    sys.exit(main())
