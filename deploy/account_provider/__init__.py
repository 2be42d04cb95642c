"""The simulator of an Administration's account provider in the local stack: OpenID Connect, in a process of its own.

People find it under another host name than the platform: no cookie of ours crosses over.
"""

import json

from deploy import simulators
from deploy.account_provider.place import CLIENT, lay_out, secret_file
from deploy.demo_people import ACCOUNTS
from deploy.keys import write_private
from deploy.part import Part
from deploy.place import LOOPBACK, Place

OF = "atlantia"
"""Whose it is; the other invented Administration has none, and its staff sign in with passwords."""


def part(place: Place) -> Part:
    url, directory = address(place), place.directory("account-provider")

    def prepare() -> None:
        ours = place.url("api")
        lay_out(directory, OF, ours, ours.replace(LOOPBACK, "localhost"))
        people = {account.login: account.name for account in ACCOUNTS if account.administration == OF}
        write_private(directory / "people.json", json.dumps(people, ensure_ascii=False).encode())

    return simulators.part(place, "account-provider", "--url", url, address=url, prepare=prepare)


def address(place: Place) -> str:
    return f"http://localhost:{place.ports['account-provider']}"


def settings(place: Place) -> dict[str, str]:
    secret = str(secret_file(place.directory("account-provider")))
    ours = {"issuer": address(place), "client_id": CLIENT, "client_secret_file": secret, "amr": ["otp"]}
    return {"ESTRADO_ACCOUNT_PROVIDERS": json.dumps({OF: ours})}
