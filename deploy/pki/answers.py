"""What the local PKI answers over HTTP, in the form that every reader takes."""

from asn1crypto import ocsp
from certomancer.integrations.animator import Animator
from certomancer.registry import ArchLabel, ServiceLabel
from werkzeug.wrappers import Request, Response

__all__ = ["Answers"]


class Answers(Animator):  # type: ignore[misc, unused-ignore]
    """certomancer's own, but for the instants of OCSP answers."""

    def serve_ocsp_response(self, request: Request, *, label: str, arch: str) -> Response:
        """Standard: no fractions of a second (RFC 6960, 4.2.2.1; RFC 5280, 4.1.2.5.2). Scar: pyca reads no others."""
        at = self.at_time(request).replace(microsecond=0)  # type: ignore[no-untyped-call, unused-ignore]
        responder = self.architectures[ArchLabel(arch)].service_registry.summon_responder(ServiceLabel(label), at)
        answer = responder.build_ocsp_response(ocsp.OCSPRequest.load(request.stream.read()))
        return Response(answer.dump(), mimetype="application/ocsp-response")
