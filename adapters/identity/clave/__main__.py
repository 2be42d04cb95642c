"""`python -m adapters.identity.clave PUBLIC_URL` prints the metadata with which this installation is registered."""

import sys

from adapters.identity.clave.service import ClaveService
from adapters.identity.clave.settings import ClaveSettings

if __name__ == "__main__":
    sys.stdout.write(ClaveService(ClaveSettings(), sys.argv[1].rstrip("/")).metadata())
