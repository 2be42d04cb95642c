"""The regional system as a process of its own: `python -m bench.regional SETTINGS.json`.

It asks for a procedure, follows it and others that it is named, takes the evidence of those that close away, has it
verified, and writes `report.json` beside its settings. It ends once everything that it follows has ended.
"""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from bench.regional.interface import Interface, connected
from bench.regional.system import RegionalSystem


async def serve(settings: dict[str, Any], folder: Path) -> dict[str, Any]:
    """`settings`: url, key, secret and port; `request` to begin with; ids to `follow`; `seconds` to wait for each."""
    system = RegionalSystem(Interface(connected(settings["url"], settings["key"])), folder / "system")
    system.secret = settings["secret"]
    await system.open(settings["port"])
    try:
        begun = await system.interface.ask_for(settings["request"])
        await system.hears(begun["id"], "procedure.summoned", settings["seconds"])
        followed = []
        for procedure in settings["follow"]:
            await system.hears(procedure, "procedure.closed", settings["seconds"])
            followed.append(await system.receive_file(procedure))
        return {
            "begun": {"procedure": begun["id"], "events": system.inbox.events_of(begun["id"])},
            "followed": followed,
            "messages": len(system.inbox.messages),
            "repeated": system.inbox.repeated,
            "forged": system.forged,
            "in_order": system.inbox.in_order(),
        }
    finally:
        await system.close()


def main() -> int:
    path = Path(sys.argv[1])
    report = asyncio.run(serve(json.loads(path.read_text()), path.parent))
    (path.parent / "report.json").write_text(json.dumps(report, indent=2) + "\n")
    good = report["in_order"] and not report["forged"]
    return 0 if good and all(one["verdict"] == "PASSED" for one in report["followed"]) else 1


if __name__ == "__main__":
    sys.exit(main())
