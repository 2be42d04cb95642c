"""Everything that Temporal keeps of us, encrypted and bound to its workflow: payloads, words and traces of failures.

On every client and worker from the first day. What comes back in clear, altered or from another workflow was not
written by us for this place and reaches no handler: it would be a way to whisper commands into a procedure past every
check.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import PydanticPayloadConverter
from temporalio.converter import (
    ActivitySerializationContext,
    CompositePayloadConverter,
    DataConverter,
    DefaultFailureConverterWithEncodedAttributes,
    PayloadCodec,
    SerializationContext,
    WithSerializationContext,
    WorkflowSerializationContext,
)

from adapters.key_ring import KeyRing
from domain.errors import PersonMustAct

ENCODING = b"binary/encrypted"
REFUSED = b"refused/not-ours"
"""An encoding that no converter knows."""
KEY_ID = "encryption-key-id"
BOUND_TO = "encryption-bound-to"
"""The workflow that a payload is of. Absent from what 0.2 and earlier wrote."""
_CONTEXT = "temporal-payload"

_STARTED_BY_A_SCHEDULE = re.compile(r"-\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$")
"""What a schedule adds to the id of a workflow whose input it keeps."""


class AesGcmCodec(PayloadCodec, WithSerializationContext):
    """AES-256-GCM with the ring's current key; the id of the key and the workflow are in the metadata.

    `bind`: off while processes of 0.2 still read what this one writes.
    """

    def __init__(self, ring: KeyRing, *, bind: bool = True, workflow: str | None = None) -> None:
        self._ring = ring
        self._bind = bind
        self._workflow = workflow

    def with_context(self, context: SerializationContext) -> "AesGcmCodec":
        """The same for the payloads of one workflow: others are refused, and what is sealed opens only there."""
        if not isinstance(context, WorkflowSerializationContext | ActivitySerializationContext):
            return self
        if context.workflow_id is None:
            return self
        workflow = _STARTED_BY_A_SCHEDULE.sub("", context.workflow_id)
        return AesGcmCodec(self._ring, bind=self._bind, workflow=workflow)

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return [self._sealed(payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Raises `PersonMustAct('unknown_key')`: an operator can bring the key back.

        A payload that is not ours comes out as one that cannot be converted: the SDK then drops a signal and refuses
        an update or a query. Scar: raising here instead let a single signal sent by hand stop its workflow for ever.
        """
        return [self._opened(payload) for payload in payloads]

    def _sealed(self, payload: Payload) -> Payload:
        metadata = {"encoding": ENCODING, KEY_ID: self._ring.current.encode()}
        workflow = self._workflow if self._bind else None
        if workflow is not None:
            metadata[BOUND_TO] = workflow.encode()
        return Payload(metadata=metadata, data=self._ring.seal(payload.SerializeToString(), _context(workflow)))

    def _opened(self, payload: Payload) -> Payload:
        if payload.metadata.get("encoding") != ENCODING:
            return _refused()
        key = payload.metadata.get(KEY_ID, b"").decode("ascii", "replace")
        # Without a workflow of its own (an operator looks at payloads) the one that was sealed with it counts.
        workflow = payload.metadata[BOUND_TO].decode("utf-8", "replace") if BOUND_TO in payload.metadata else None
        if workflow is not None and self._workflow not in (None, workflow):
            return _refused()
        try:
            return Payload.FromString(self._ring.open(key, payload.data, _context(workflow)))
        except PersonMustAct as trouble:
            if trouble.code == "unknown_key":
                raise
            return _refused()


def _context(workflow: str | None) -> str:
    return _CONTEXT if workflow is None else f"{_CONTEXT}.v2:{workflow}"


def _refused() -> Payload:
    return Payload(metadata={"encoding": REFUSED})


class SharedPayloadConverter(CompositePayloadConverter):
    """Pydantic models as JSON. What pydantic has to learn of a type is learnt once, not at each of the SDK's steps."""

    _learnt = tuple(PydanticPayloadConverter().converters.values())

    def __init__(self) -> None:
        super().__init__(*self._learnt)


class BoundDataConverter(DataConverter):
    """For each workflow only the codec is another. The SDK would make every part anew, for each payload."""

    def with_context(self, context: SerializationContext) -> Self:
        codec = self.payload_codec
        bound = codec.with_context(context) if isinstance(codec, AesGcmCodec) else codec
        if bound is codec:
            return self
        converter = object.__new__(type(self))
        vars(converter).update(vars(self), payload_codec=bound)
        return converter


def data_converter(codec_key_file: Path, *, bind: bool = True) -> DataConverter:
    """The converter of every Temporal client: pydantic models, encrypted with the key file's first key."""
    return BoundDataConverter(
        payload_converter_class=SharedPayloadConverter,
        payload_codec=AesGcmCodec(KeyRing.read(codec_key_file), bind=bind),
        # Without this, messages and stack traces of failures stay readable in the history.
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )
