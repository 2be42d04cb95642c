"""One way to the interface: what is sent, what comes back, and asking again as the interface wants it asked."""

import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from typing import IO, Any
from urllib.parse import urlencode

AGAIN = (202, 429, 503)
"""Not finished, too often, a server is away: repeat it with the same key after `Retry-After`."""

FIRST_WAIT, LONGEST_WAIT = 0.2, 2.0
"""Seconds between two tries."""


NONE: Mapping[str, str | None] = {}
Headers = Mapping[str, str | None]
"""Names and values; what is None is left out."""
Query = Mapping[str, Any]
"""Names and values of an address; what is None is left out."""


class NoAnswer(Exception):
    """Nobody there, or cut off half-way: nobody knows whether it was done."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    """Names in small letters."""
    content: bytes = field(repr=False)

    def json(self) -> Any:
        """Raises `ValueError`."""
        return json.loads(self.content)

    @property
    def wait(self) -> float:
        """Seconds until it is worth asking again, as the answer says and no longer than we care to wait."""
        said = self.headers.get("retry-after", "")
        return min(float(said), LONGEST_WAIT) if said.isdigit() else FIRST_WAIT

    def problem(self) -> dict[str, Any]:
        """The problem of a refusal (RFC 9457); empty when the answer is none."""
        try:
            said = self.json()
        except ValueError:
            return {}
        return said if isinstance(said, dict) else {}


class Refused(Exception):
    """The interface said no, with a problem that a program decides by."""

    def __init__(self, asked: str, answer: Answer) -> None:
        problem = answer.problem()
        super().__init__(f"{asked}: {answer.status} {problem}")
        self.status = answer.status
        self.code = str(problem.get("code", ""))
        self.params: dict[str, Any] = problem.get("params", {})


class _StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, req: Any, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str) -> None:
        return None


_OPENER = urllib.request.build_opener(_StayHere)


class Connection:
    """`url`: of the installation, without `/api`. `headers` go with each request, `seconds`: how long one may take."""

    def __init__(self, url: str, headers: Mapping[str, str], seconds: float = 60.0, tries: int = 100) -> None:
        self._url = url.rstrip("/")
        self._headers = {"User-Agent": "estrado-conformance/1", **headers}
        self._seconds = seconds
        self._tries = tries

    def ask(self, method: str, path: str, body: object = None, headers: Headers = NONE, query: Query = NONE) -> Answer:
        """Once, whatever is answered. Raises `NoAnswer`."""
        given = {name: value for name, value in query.items() if value is not None}
        url = self._url + path + (f"?{urlencode(given, doseq=True)}" if given else "")
        content = None if body is None else json.dumps(body).encode()
        said = {name: value for name, value in headers.items() if value is not None}
        sent = self._headers | said | ({} if content is None else {"Content-Type": "application/json"})
        return posted(url, content, sent, self._seconds, method)

    def until_done(
        self, method: str, path: str, body: object = None, headers: Headers = NONE, query: Query = NONE
    ) -> Answer:
        """Until it is done or refused: the same request, under the same key. Raises `Refused` and `NoAnswer`."""
        for _ in range(self._tries):
            wait = FIRST_WAIT
            try:
                answer = self.ask(method, path, body, headers, query)
                if (answer.status < 300 or answer.status == 304) and answer.status not in AGAIN:
                    return answer
                if answer.status not in AGAIN:
                    raise Refused(f"{method} {path}", answer)
                wait = answer.wait
            except NoAnswer:
                pass
            time.sleep(wait)
        raise NoAnswer(f"{method} {path}: no answer for long")


def posted(url: str, content: bytes | None, headers: Mapping[str, str], seconds: float, method: str = "POST") -> Answer:
    """What an address answers; redirections are not followed. Raises `NoAnswer`."""
    request = urllib.request.Request(url, content, dict(headers), method=method)
    try:
        with _OPENER.open(request, timeout=seconds) as opened:
            return _read(opened)
    except urllib.error.HTTPError as error:
        with error:
            return _read(error)
    except (OSError, http.client.HTTPException) as trouble:
        raise NoAnswer(f"{method} {url}: {trouble}") from trouble


def _read(opened: Any) -> Answer:
    headers = {name.lower(): value for name, value in opened.headers.items()}
    return Answer(int(opened.status), headers, opened.read())
