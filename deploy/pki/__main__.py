"""Serves the local PKI: issues what is missing, then answers time-stamp, OCSP and CRL requests."""

import argparse
import logging
import signal
import sys
from pathlib import Path
from types import FrameType

from certomancer.integrations.animator import AnimatorArchStore
from certomancer.registry import ArchLabel
from werkzeug.serving import make_server

from deploy.demo_people import DEMOS
from deploy.pki import ARCHITECTURE
from deploy.pki.answers import Answers
from deploy.pki.issue import export, load_architecture
from deploy.pki.persons import PERSONS, holder, load_persons


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--dir", type=Path, required=True)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")

    architecture = load_architecture(arguments.dir, f"http://{arguments.host}:{arguments.port}")
    export(architecture, arguments.dir)
    people = [holder(str(person.document_number), str(person.name)) for demo in DEMOS for person in demo.people]
    persons = load_persons(arguments.dir / "persons", f"http://{arguments.host}:{arguments.port}", people)
    services = Answers(
        AnimatorArchStore({ArchLabel(ARCHITECTURE): architecture, ArchLabel(PERSONS): persons}),
        with_web_ui=False,  # it would hand out private keys
        allow_time_override=False,  # a time-stamp must not be what the asker says
    )
    signal.signal(signal.SIGTERM, leave)
    make_server(arguments.host, arguments.port, services, threaded=True).serve_forever()


def leave(signum: int, frame: FrameType | None) -> None:
    sys.exit(0)


if __name__ == "__main__":
    main()
