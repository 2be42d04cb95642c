"""The folder that keeps mails: a Maildir in which a mail's name is the digest of its Message-ID.

Whether a mail was kept before is asked of the file system itself, with one atomic link: no index can
disagree.
"""

import email
import email.policy
import hashlib
import os
import secrets
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path


class Maildir:
    """`new/` holds the kept mails, one file each; `tmp/` those that are being written."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        for part in ("tmp", "new", "cur"):
            (directory / part).mkdir(parents=True, exist_ok=True)

    def keep(self, content: bytes) -> bool:
        """Put a mail on disk for good. False if one with its Message-ID was there already.

        On return the mail, old or new, survives a crash of this process and of the machine.
        """
        name = name_of(content)
        half = self.directory / "tmp" / secrets.token_hex(8)
        with half.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(half, self.directory / "new" / name)
        except FileExistsError:
            return False
        finally:
            half.unlink()
        self._settle()
        return True

    def _settle(self) -> None:
        """A new name in a folder is durable only once the folder itself is written (fsync(2))."""
        folder = os.open(self.directory / "new", os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def names(self) -> Iterator[str]:
        """The kept mails, the latest first."""
        files = sorted((self.directory / "new").iterdir(), key=lambda file: file.stat().st_mtime_ns, reverse=True)
        return (file.name for file in files)

    def read(self, name: str) -> EmailMessage:
        """A kept mail. Raises FileNotFoundError, also for a name that no mail can have."""
        if not name.isalnum():
            raise FileNotFoundError(name)
        content = (self.directory / "new" / name).read_bytes()
        return email.message_from_bytes(content, policy=email.policy.default)


def name_of(content: bytes) -> str:
    """SHA-256 of the Message-ID; of the whole mail when it has none, which cannot be told from a copy of itself."""
    message = email.message_from_bytes(content, policy=email.policy.compat32)
    identity = str(message.get("Message-ID", "")).strip()
    return hashlib.sha256(identity.encode() if identity else content).hexdigest()
