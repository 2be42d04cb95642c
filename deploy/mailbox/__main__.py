"""Starts the mail server: SMTP and its pages in one process and one event loop."""

import argparse
import asyncio
import contextlib
import logging
from pathlib import Path

import uvicorn
from aiosmtpd.smtp import SMTP

from deploy.mailbox.maildir import Maildir
from deploy.mailbox.pages import application
from deploy.mailbox.smtp import KeepOnce

LARGEST_MAIL = 32 * 1024 * 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", required=True)
    parser.add_argument("--smtp-port", type=int, required=True)
    parser.add_argument("--http-port", type=int, required=True)
    parser.add_argument("--maildir", type=Path, required=True)
    parser.add_argument("--sms", type=Path, required=True)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd prints addresses at INFO
    asyncio.run(serve(arguments))


async def serve(arguments: argparse.Namespace) -> None:
    """Serve until SIGTERM or Ctrl-C. The pages start last: once they answer, so does SMTP."""
    maildir = Maildir(arguments.maildir)
    mails = await asyncio.get_running_loop().create_server(
        lambda: SMTP(KeepOnce(maildir), hostname="estrado", data_size_limit=LARGEST_MAIL, enable_SMTPUTF8=True),
        arguments.host,
        arguments.smtp_port,
    )
    pages = uvicorn.Config(
        application(maildir, arguments.sms),
        host=arguments.host,
        port=arguments.http_port,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=2,
    )
    with contextlib.closing(mails):
        await uvicorn.Server(pages).serve()


if __name__ == "__main__":
    main()
