"""Starts the simulator of the register of powers over its directory."""

from deploy.reaj.pages import application
from deploy.simulators.serving import options, serve

if __name__ == "__main__":
    chosen = options(__doc__).parse_args()
    serve(application(chosen.dir), chosen)
