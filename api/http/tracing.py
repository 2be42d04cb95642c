"""One span a request, under the caller's trace where it names one (W3C Trace Context).

Whatever the request leads to (the update in the workflow, the activities that follow) becomes part of the same trace.
"""

from opentelemetry import trace
from opentelemetry.propagate import extract
from opentelemetry.trace import SpanKind, StatusCode
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NOT_TRACED = ("/static/", "/healthz")


class Tracing:
    """Outermost, so that even a refusal is in the trace. Costs next to nothing while no traces are recorded."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._tracer = trace.get_tracer("estrado.api")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(NOT_TRACED):
            await self._app(scope, receive, send)
            return
        caller = extract({name: Headers(scope=scope).get(name, "") for name in ("traceparent", "tracestate")})
        with self._tracer.start_as_current_span(scope["method"], caller, SpanKind.SERVER) as span:

            async def noting(message: Message) -> None:
                if message["type"] == "http.response.start":
                    _note(span, scope, message["status"])
                await send(message)

            await self._app(scope, receive, noting)


def _note(span: trace.Span, scope: Scope, status: int) -> None:
    # The route's pattern and not the path: what a stranger types into an address is not ours to keep.
    route = getattr(scope.get("route"), "path", "-")
    span.update_name(f"{scope['method']} {route}")
    span.set_attributes({"http.request.method": scope["method"], "http.route": route})
    span.set_attribute("http.response.status_code", status)
    if status >= 500:
        span.set_status(StatusCode.ERROR)


def current_trace_id() -> str | None:
    """In 32 hexadecimal digits; None outside a trace."""
    context = trace.get_current_span().get_span_context()
    return f"{context.trace_id:032x}" if context.is_valid else None
