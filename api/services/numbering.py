"""Which procedure a request asks for: the one that was asked for like that before, whichever key made its id."""

from temporalio.service import RPCError, RPCStatusCode

from api.ports import Ports
from domain.codes.asked import procedure_id
from domain.ids import AdministrationId, ProcedureId, workflow_id


async def id_of(ports: Ports, administration: AdministrationId, asked_as: str) -> ProcedureId:
    newest, *before = [procedure_id(key, administration, asked_as) for key in ports.id_keys()]
    for id in before:
        if await ports.register.get(id) is not None or await _is_started(ports, id):
            return id
    return newest


async def _is_started(ports: Ports, id: ProcedureId) -> bool:
    """Asked for a moment ago: its journal has not begun."""
    try:
        await ports.temporal.get_workflow_handle(workflow_id(id)).describe()
    except RPCError as error:
        # An engine that is away starts nothing either: that is said by whoever starts it.
        return error.status not in (RPCStatusCode.NOT_FOUND, RPCStatusCode.UNAVAILABLE)
    return True
