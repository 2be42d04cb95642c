"""The listener for own certificates in the local stack, and what the mechanism needs to know of it.

Browsers do not know its TLS certificate, which it signed itself: they warn of it, here and nowhere else.
"""

from deploy.own_certificate.place import lay_out, of_listener, of_mechanism
from deploy.part import Part
from deploy.place import LOOPBACK, Place, installed
from deploy.probes import answers_https


def part(place: Place) -> Part:
    directory, port = place.directory("own-certificate"), place.ports["own-certificate"]
    own = of_listener(directory, port, place.url("api"))
    return Part(
        name="own-certificate",
        command=(installed("python"), "-m", "adapters.identity.own_certificate"),
        environment={**own, **settings(place)},
        probe=answers_https(f"https://{LOOPBACK}:{port}/healthz", directory / "tls.cert.pem"),
        address=address(place),
        needs=("pki",),
        before_start=lambda: lay_out(directory),
    )


def address(place: Place) -> str:
    """Under another host name than the platform: no cookie of ours crosses over."""
    return f"https://localhost:{place.ports['own-certificate']}"


def settings(place: Place) -> dict[str, str]:
    return of_mechanism(place.directory("own-certificate"), place.directory("pki") / "persons", address(place))
