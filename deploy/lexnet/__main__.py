"""Starts the simulator of LexNET over its directory."""

from deploy.lexnet.pages import application
from deploy.simulators.serving import options, serve

if __name__ == "__main__":
    chosen = options(__doc__).parse_args()
    serve(application(chosen.dir), chosen)
