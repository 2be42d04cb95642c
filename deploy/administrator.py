"""The account of an administrator: `python -m deploy.administrator ADMINISTRATION "NAME" ADDRESS`, by whoever runs the
installation, with the settings of the api.

For the first one, who makes all others on the page «Accounts», and for the day on which no administrator can get in.
"""

import argparse
import asyncio
import secrets
import sys
from datetime import UTC, datetime

from adapters.key_ring import KeyRing
from adapters.postgres.accounts import AccountsPostgres
from adapters.postgres.database import Database
from adapters.postgres.keeping_accounts import AccountKeepingPostgres
from domain.access.keeping_accounts import AccountDetails, refuse_unfit
from domain.errors import EstradoError
from domain.ids import AccountId, AdministrationId
from domain.types.vocabulary import StaffRole
from procedure_types.declared import load as load_declared
from settings import ApiSettings


async def administrator(settings: ApiSettings, administration: str, name: str, address: str) -> str:
    """The link with which that person chooses their password. Raises `KeyError` for an unknown Administration, and
    what `refuse_unfit` and `AccountKeeping.create` do."""
    declared = load_declared(settings.types_dirs, settings.identity_dirs)
    ours = declared.administrations[AdministrationId(administration)]
    details = AccountDetails(name=name.strip(), email=address.strip(), roles=(StaffRole.ADMINISTRATOR,))
    refuse_unfit(details, ours)
    account = details.of(AccountId(f"acc_{secrets.token_hex(8)}"), ours.id)
    async with Database.connect(settings.database_url, connections=1) as database:
        ring = KeyRing.read(settings.master_key_file)
        keeping = AccountKeepingPostgres(database, AccountsPostgres(database), ring)
        link = await keeping.create_by_command(account, datetime.now(UTC))
    return f"{settings.public_url}/choose-password/{link}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m deploy.administrator", description=__doc__)
    parser.add_argument("administration", help="id of the Administration, as its folder is called")
    parser.add_argument("name", help="given name and surnames")
    parser.add_argument("address", help="e-mail address, with which the person signs in")
    asked = parser.parse_args()
    try:
        link = asyncio.run(administrator(ApiSettings(), asked.administration, asked.name, asked.address))
    except KeyError:
        sys.stderr.write(f"no Administration has the id {asked.administration}\n")
        return 1
    except EstradoError as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    sys.stdout.write(f"{link}\nGood once, for 48 hours. Hand it to {asked.name} in a safe way.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
