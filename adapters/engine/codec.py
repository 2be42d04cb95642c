"""Everything that Temporal keeps of us, encrypted: payloads, and the words and traces of failures.

On every client and worker from the first day. What comes back in clear was not written by us and reaches no handler:
it would be a way to whisper commands into a procedure past every check.
"""

from collections.abc import Sequence
from pathlib import Path

from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import PydanticPayloadConverter
from temporalio.converter import (
    CompositePayloadConverter,
    DataConverter,
    DefaultFailureConverterWithEncodedAttributes,
    PayloadCodec,
)

from adapters.key_ring import KeyRing

ENCODING = b"binary/encrypted"
REFUSED = b"refused/not-encrypted"
"""An encoding that no converter knows."""
KEY_ID = "encryption-key-id"
_CONTEXT = "temporal-payload"


class AesGcmCodec(PayloadCodec):
    """AES-256-GCM with the ring's current key; the id of the key is in the metadata."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return [self._sealed(payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Raises `PersonMustAct('unknown_key')` and `PersonMustAct('content_altered')`.

        A payload in clear comes out as one that cannot be converted: the SDK then drops a signal and refuses an
        update or a query. Scar: raising here instead let a single signal sent by hand stop its workflow for ever.
        """
        return [self._opened(payload) for payload in payloads]

    def _sealed(self, payload: Payload) -> Payload:
        return Payload(
            metadata={"encoding": ENCODING, KEY_ID: self._ring.current.encode()},
            data=self._ring.seal(payload.SerializeToString(), _CONTEXT),
        )

    def _opened(self, payload: Payload) -> Payload:
        if payload.metadata.get("encoding") != ENCODING:
            return Payload(metadata={"encoding": REFUSED})
        key = payload.metadata.get(KEY_ID, b"").decode("ascii", "replace")
        return Payload.FromString(self._ring.open(key, payload.data, _CONTEXT))


class SharedPayloadConverter(CompositePayloadConverter):
    """Pydantic models as JSON. What pydantic has to learn of a type is learnt once, not at each of the SDK's steps."""

    _learnt = tuple(PydanticPayloadConverter().converters.values())

    def __init__(self) -> None:
        super().__init__(*self._learnt)


def data_converter(codec_key_file: Path) -> DataConverter:
    """The converter of every Temporal client: pydantic models, encrypted with the key file's first key."""
    return DataConverter(
        payload_converter_class=SharedPayloadConverter,
        payload_codec=AesGcmCodec(KeyRing.read(codec_key_file)),
        # Without this, messages and stack traces of failures stay readable in the history.
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )
