"""The search attributes that procedures write. A case whose workflow writes one that is not defined stands still."""

from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

SEARCH_ATTRIBUTES = ("EstradoStage", "EstradoTrouble", "EstradoAdministration", "EstradoType")
"""Keywords. They are stored in clear: states and codes only, never a name or an id of a person."""


async def define_search_attributes(client: Client) -> None:
    """Define what is missing; again changes nothing. Before any worker serves.

    Raises `RPCError` where the engine lets nobody define them from here: an operator does it then, with these names.
    """
    keyword = IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD
    for name in SEARCH_ATTRIBUTES:
        request = AddSearchAttributesRequest(namespace=client.namespace, search_attributes={name: keyword})
        try:
            await client.operator_service.add_search_attributes(request)
        except RPCError as error:
            if error.status is not RPCStatusCode.ALREADY_EXISTS:
                raise
