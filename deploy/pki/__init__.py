"""The public-key infrastructure of the local stack: authorities, certificates, time-stamping, OCSP and CRL.

Its keys are made at the first start and are worth nothing outside this machine. In production the same files
and addresses come from a qualified provider, and keys stay in a hardware module.
"""

from deploy.part import Part
from deploy.place import LOOPBACK, Place, installed
from deploy.probes import answers_http

ARCHITECTURE = "estrado"
ISSUING = "issuing"
TSA = "tsa"


def part(place: Place) -> Part:
    port = str(place.ports["pki"])
    directory = str(place.directory("pki"))
    return Part(
        name="pki",
        command=(
            installed("python"),
            "-m",
            "deploy.pki",
            "--host",
            LOOPBACK,
            "--port",
            port,
            "--dir",
            directory,
        ),
        # A fresh CRL proves that the authority can sign; by then every certificate is on disk too.
        probe=answers_http(f"{place.url('pki')}/{ARCHITECTURE}/crls/{ISSUING}/latest.crl"),
        address=place.url("pki"),
    )


def settings(place: Place) -> dict[str, str]:
    return {
        "ESTRADO_TSA_URL": f"{place.url('pki')}/{ARCHITECTURE}/tsa/{TSA}",
        "ESTRADO_OCSP_URL": f"{place.url('pki')}/{ARCHITECTURE}/ocsp/{ISSUING}",
        "ESTRADO_PKI_DIR": str(place.directory("pki")),
    }
