"""What the mailbox of the local stack holds for an address."""

import re
import time

from deploy.mailbox.maildir import Maildir
from tests.api.people import House

LINK = re.compile(r"(/choose-password/[\w-]+)\s")


def mails(house: House, address: str) -> list[str]:
    """Subject and plain text of each mail to `address`, the first first."""
    maildir = Maildir(house.logins_file.parent / "mail")
    found = [mail for name in maildir.names() if (mail := maildir.read(name))["To"] == address]
    return [f"{mail['Subject']}\n{mail.get_body(('plain',)).get_content()}" for mail in reversed(found)]


def told(house: House, address: str, number: int, about: str = "") -> list[str]:
    """Those that hold the words `about`, once there are `number` of them."""
    for _ in range(300):
        if len(found := [mail for mail in mails(house, address) if about in mail]) >= number:
            return found
        time.sleep(0.1)
    raise AssertionError(f"{len(found)} mails, not {number}: {found}")


def mailed_link(house: House, address: str, number: int = 1) -> str:
    """The path of the link of that number: the worker tells the address of the stack's own api."""
    found = LINK.search(told(house, address, number, "/choose-password/")[number - 1])
    assert found
    return found[1]
