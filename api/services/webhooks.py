"""The addresses of an Administration's systems, as its administrators keep them: by the interface or on a page."""

from temporalio.service import RPCError

from api.access.session import StaffSession
from api.http.problems import NotFound
from api.ports import Ports, now
from domain.access.coverage import Coverage
from domain.access.webhooks import Endpoint, RegisteredEndpoint, refuse_unfit
from workflows.webhooks import TellSystemWorkflow, telling_id


async def register(
    ports: Ports, session: StaffSession, label: str, url: str, coverage: Coverage, *, private: bool
) -> RegisteredEndpoint:
    """Raises `Refusal('webhook_address_unfit')` and `Refusal('too_many_webhooks')`."""
    refuse_unfit(url, private=private)
    account = session.account
    return await ports.webhooks.register(account.administration, label, url, account.id, now(), coverage)


async def endpoint_of(ports: Ports, session: StaffSession, id: str) -> Endpoint:
    """Raises `NotFound` for another Administration's and for one that was removed."""
    for known in await ports.webhooks.of_administration(session.account.administration):
        if known.id == id:
            return known
    raise NotFound()


async def send_again(ports: Ports, endpoint: Endpoint, message: str) -> None:
    """Raises `NotFound`. Whoever is telling that address and waits, waits no more."""
    if not await ports.webhooks.send_again(endpoint.id, message, now()):
        raise NotFound()
    try:
        await ports.temporal.get_workflow_handle(telling_id(endpoint.id)).signal(TellSystemWorkflow.try_again)
    except RPCError:
        return  # nobody is telling it now: the next look of the schedule finds the message
