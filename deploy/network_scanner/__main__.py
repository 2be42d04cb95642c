"""Starts the simulator of a network scanner: `python -m deploy.network_scanner --host ... --port ... --dir ...`."""

from deploy.network_scanner.protocol import application
from deploy.simulators.serving import options, serve

PATIENCE = 60.0


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--patience", type=float, default=PATIENCE, help="seconds after which a job nobody asks ends")
    chosen = parser.parse_args()
    serve(application(chosen.dir, chosen.patience), chosen)


if __name__ == "__main__":
    main()
