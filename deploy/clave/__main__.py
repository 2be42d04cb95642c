"""Starts the simulator of Cl@ve over a directory that was laid out (`deploy/clave/place.py`)."""

import logging

from deploy.clave.issuing import Provider
from deploy.clave.pages import application
from deploy.simulators.serving import options, serve


def main() -> None:
    parser = options(__doc__)
    parser.add_argument("--url", required=True)
    chosen = parser.parse_args()
    # Answers hold names and numbers, and the library would write them to the log.
    logging.getLogger("saml2").setLevel(logging.CRITICAL + 1)
    serve(application(chosen.dir, Provider(chosen.dir, chosen.url)), chosen)


if __name__ == "__main__":
    main()
