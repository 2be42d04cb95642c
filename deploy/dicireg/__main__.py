"""Starts the simulator of the civil registry over its directory."""

from deploy.dicireg.pages import application
from deploy.simulators.serving import options, serve

if __name__ == "__main__":
    chosen = options(__doc__).parse_args()
    serve(application(chosen.dir), chosen)
