"""The simulator over HTTP: a question is put under its id, and looked at under it until it is answered."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from adapters.criminal_records.messages import question_of
from deploy.ecris.authorities import Authorities, Unfit
from deploy.simulators.serving import healthz
from domain.errors import PersonMustAct

XML = "application/xml"


class Server:
    def __init__(self, authorities: Authorities) -> None:
        self._authorities = authorities

    async def put(self, request: Request) -> Response:
        authority, message = request.path_params["authority"], request.path_params["message"]
        if self._authorities.is_down(authority):
            return PlainTextResponse("down\n", status_code=503)
        try:
            self._authorities.take(authority, message, question_of(await request.body()))
        except PersonMustAct as error:
            return PlainTextResponse(f"{error.code}\n", status_code=400)
        except Unfit as error:
            return PlainTextResponse(f"{error}\n", status_code=422)
        return PlainTextResponse("taken\n", status_code=202)

    def get(self, request: Request) -> Response:
        authority, message = request.path_params["authority"], request.path_params["message"]
        if self._authorities.is_down(authority):
            return PlainTextResponse("down\n", status_code=503)
        if not self._authorities.knows(message):
            return PlainTextResponse("unknown\n", status_code=404)
        answer = self._authorities.answer(authority, message)
        return PlainTextResponse("not yet\n", status_code=202) if answer is None else Response(answer, media_type=XML)


def application(authorities: Authorities) -> Starlette:
    server = Server(authorities)
    path = "/authorities/{authority}/messages/{message}"
    return Starlette(
        routes=[
            Route("/healthz", healthz),
            Route(path, server.put, methods=["PUT"]),
            Route(path, server.get, methods=["GET"]),
        ]
    )
