"""Starts the simulator of registers of criminal records over a directory of its own."""

from deploy.ecris.authorities import Authorities
from deploy.ecris.server import application
from deploy.simulators.serving import options, serve


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--seconds", type=float, default=2.0, help="how long an authority takes to answer")
    chosen = parser.parse_args()
    serve(application(Authorities(chosen.dir, chosen.seconds)), chosen)


if __name__ == "__main__":
    main()
