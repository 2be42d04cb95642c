"""The simulator of Cl@ve in the local stack: an identity provider (SAML 2.0) in a process and a site of its own.

People find it under another host name than the platform, as they find Cl@ve: no cookie of ours crosses over.
"""

import json

from deploy import simulators
from deploy.clave.place import lay_out, variables
from deploy.demo_people import DEMOS
from deploy.keys import write_private
from deploy.part import Part
from deploy.place import Place


def part(place: Place) -> Part:
    url = f"http://localhost:{place.ports['clave']}"
    directory = place.directory("clave")

    def prepare() -> None:
        lay_out(directory, url, place.url("api"))
        people = {person.document_number: person.name for demo in DEMOS for person in demo.people}
        write_private(directory / "people.json", json.dumps(people, ensure_ascii=False).encode())

    return simulators.part(place, "clave", "--url", url, address=url, prepare=prepare)


def settings(place: Place) -> dict[str, str]:
    return variables(place.directory("clave"))
