"""Authorities behind one address of the house: the connection to the network of the Union is a machine beside ours."""

from urllib.parse import quote

from adapters.criminal_records.messages import LARGEST, question_xml, reply_of
from adapters.foreign_system import asked
from domain.errors import PersonMustAct, TryAgain
from domain.ports.criminal_records import RecordQuestion, RecordReply, Standing

SECONDS_TO_ANSWER = 10

NOT_CONNECTED, REFUSED = "records_not_connected", "record_question_refused"


class CriminalRecordsHttp:
    """`CriminalRecordsExchange` over HTTP. `address` empty: this installation is connected to no register."""

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/")

    async def standing(self, authority: str, message: str) -> Standing:
        status, content = await self._request("GET", authority, message)
        if status == 404:
            return Standing(known=False)
        if status == 202:
            return Standing(known=True)
        if status != 200:
            raise TryAgain(str(status))
        return Standing(known=True, answer=content)

    async def ask(self, question: RecordQuestion) -> None:
        status, _ = await self._request("PUT", question.authority, question.message, question_xml(question))
        if status in (400, 403, 409, 422):
            raise PersonMustAct(REFUSED)
        if status not in (200, 201, 202):
            raise TryAgain(str(status))

    def reply(self, answer: bytes) -> RecordReply:
        return reply_of(answer)

    async def _request(self, method: str, authority: str, message: str, body: bytes | None = None) -> tuple[int, bytes]:
        if not self._address:
            raise PersonMustAct(NOT_CONNECTED)
        url = f"{self._address}/authorities/{quote(authority)}/messages/{quote(message)}"
        headers = {"content-type": "application/xml"} if body else {}
        return await asked(method, url, seconds=SECONDS_TO_ANSWER, largest=LARGEST, headers=headers, data=body)
