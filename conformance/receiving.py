"""Their receiver as it lives with us: samples that are right, wrong, old, doubled, out of order, slow, newly signed."""

import http.client
import subprocess
import threading
import time
from collections.abc import Mapping
from urllib.parse import urlsplit

from conformance.connection import Answer, NoAnswer, posted
from conformance.report import Check, NotTried, Wrong
from conformance.samples import Sample, other_secret
from conformance.settings import Receiver

HOUR = 3600
SECONDS_OF_A_SLOW_LINE = 1.0


class Receiving:
    def __init__(self, settings: Receiver, pause: float = SECONDS_OF_A_SLOW_LINE) -> None:
        """`pause`: seconds between the two halves of what comes over a slow line."""
        self._settings = settings
        self._pause = pause
        self._seq = 0

    def checks(self) -> list[tuple[str, Check]]:
        return [
            ("taken", self.taken),
            ("stored_first", self.stored_first),
            ("unsigned", self.unsigned),
            ("wrong_signature", self.wrong_signature),
            ("other_body", self.other_body),
            ("other_id", self.other_id),
            ("old", self.old),
            ("from_tomorrow", self.from_tomorrow),
            ("two_signatures", self.two_signatures),
            ("other_version", self.other_version),
            ("doubled", self.doubled),
            ("doubled_at_once", self.doubled_at_once),
            ("out_of_order", self.out_of_order),
            ("unknown_event", self.unknown_event),
            ("unknown_field", self.unknown_field),
            ("header_case", self.header_case),
            ("slow", self.slow),
        ]

    def taken(self) -> None:
        self._takes(self._sample(), "session.opened")

    def stored_first(self) -> None:
        """Stored when it answers, not some time after: a receiver that dies in between has lost it."""
        self._stored()
        sample = self._sample()
        self._takes(sample, sample.event)
        if sample.id not in self._stored():
            raise Wrong("answered_before_stored", id=sample.id)

    def unsigned(self) -> None:
        sample = self._sample()
        headers = {name: value for name, value in self._signed(sample).items() if name != "webhook-signature"}
        self._refuses(sample, headers, "unsigned_taken")

    def wrong_signature(self) -> None:
        sample = self._sample()
        self._refuses(sample, sample.signed(other_secret()), "wrong_signature_taken")

    def other_body(self) -> None:
        """Signed for another body: somebody changed it on its way."""
        sample, other = self._sample(), self._sample()
        signature = Sample(other.event, other.seq, other.procedure, sample.happened_at, id=sample.id)
        self._refuses(sample, self._signed(signature), "other_body_taken")

    def other_id(self) -> None:
        """A message that was recorded, under a new id: it would count as a new one."""
        sample = self._sample()
        headers = self._signed(sample) | {"webhook-id": self._sample().id}
        self._refuses(sample, headers, "other_id_taken", headers["webhook-id"])

    def old(self) -> None:
        sample = self._sample().moved(-HOUR)
        self._refuses(sample, self._signed(sample), "old_taken")

    def from_tomorrow(self) -> None:
        sample = self._sample().moved(24 * HOUR)
        self._refuses(sample, self._signed(sample), "future_taken")

    def two_signatures(self) -> None:
        """While a secret is changed both sign, and the one that counts here may stand second."""
        sample = self._sample()
        self._takes(
            sample, "v1,… v1,…", sample.signed(other_secret(), self._settings.secret), "second_signature_refused"
        )

    def other_version(self) -> None:
        """A signature of another version of the standard beside the one that is known."""
        sample = self._sample()
        headers = self._signed(sample)
        headers["webhook-signature"] = f"v1a,AAAA {headers['webhook-signature']}"
        self._takes(sample, "v1a,… v1,…", headers, "second_signature_refused")

    def doubled(self) -> None:
        """An answer may be lost: the same message comes again, under its id and newly signed."""
        sample = self._sample()
        self._takes(sample, "1")
        self._takes(sample.moved(1), "2", wrong="double_refused")
        self._once(sample)

    def doubled_at_once(self) -> None:
        sample = self._sample()
        answers: list[Answer] = []
        both = [threading.Thread(target=lambda: answers.append(self._send(sample))) for _ in range(2)]
        for one in both:
            one.start()
        for one in both:
            one.join()
        statuses = [answer.status for answer in answers]
        # One of the two may be put off (409, 425, 429, 503): it is sent again.
        if len(statuses) < 2 or not any(200 <= one < 300 for one in statuses):
            raise Wrong("double_refused", sample="2", answered=", ".join(map(str, statuses)) or "-")
        self._once(sample)

    def out_of_order(self) -> None:
        """A message that was given up is sent again by hand after later ones: it is news all the same."""
        earlier, later = self._sample(), self._sample()
        self._takes(later, str(later.seq))
        self._takes(earlier, str(earlier.seq), wrong="earlier_refused")
        if self._settings.stored and not {earlier.id, later.id} <= set(self._stored()):
            raise Wrong("earlier_dropped", id=earlier.id)

    def unknown_event(self) -> None:
        self._takes(self._sample("procedure.of_a_later_version"), "procedure.of_a_later_version", wrong="news_refused")

    def unknown_field(self) -> None:
        sample = self._sample(of_a_later_version="1")
        self._takes(sample, "data.of_a_later_version", wrong="news_refused")

    def header_case(self) -> None:
        sample = self._sample()
        headers = {name.title(): value for name, value in self._signed(sample).items()}
        self._takes(sample, "Webhook-Id", headers, "header_case_refused")

    def slow(self) -> None:
        """A body that comes in two parts, over a slow line."""
        sample = self._sample()
        try:
            status = self._sent_slowly(sample)
        except (OSError, http.client.HTTPException) as trouble:
            raise Wrong("slow_refused", answered=trouble) from None
        if not 200 <= status < 300:
            raise Wrong("slow_refused", answered=status)

    def _sample(self, event: str = "session.opened", **more: str) -> Sample:
        self._seq += 1
        return Sample(event, self._seq, self._settings.procedure, int(time.time()), more=more)

    def _signed(self, sample: Sample) -> dict[str, str]:
        return sample.signed(self._settings.secret)

    def _send(self, sample: Sample, headers: Mapping[str, str] | None = None) -> Answer:
        signed = self._signed(sample) if headers is None else headers
        sent = {"Content-Type": "application/json", **signed}
        began = time.monotonic()
        try:
            answer = posted(self._settings.url, sample.body, sent, self._settings.seconds)
        except NoAnswer as trouble:
            if time.monotonic() - began >= self._settings.seconds:
                raise Wrong("too_slow", seconds=self._settings.seconds) from trouble
            raise
        return answer

    def _takes(
        self, sample: Sample, name: str, headers: Mapping[str, str] | None = None, wrong: str = "genuine_refused"
    ) -> None:
        answer = self._send(sample, headers)
        if 300 <= answer.status < 400:
            raise Wrong("redirected", answered=answer.status)
        if not 200 <= answer.status < 300:
            raise Wrong(wrong, sample=name, answered=answer.status)

    def _refuses(self, sample: Sample, headers: Mapping[str, str], wrong: str, id: str = "") -> None:
        """With 4xx, and nothing of it is kept: 5xx says that it should be tried again."""
        answer = self._send(sample, headers)
        if answer.status < 400:
            raise Wrong(wrong, answered=answer.status)
        if answer.status >= 500:
            raise Wrong("refused_as_broken", answered=answer.status)
        if self._settings.stored and (id or sample.id) in self._stored():
            raise Wrong("refused_but_stored", id=id or sample.id)

    def _once(self, sample: Sample) -> None:
        if (times := self._stored().count(sample.id)) != 1:
            raise Wrong("dealt_with_twice" if times else "lost", id=sample.id, times=times)

    def _stored(self) -> list[str]:
        if not self._settings.stored:
            raise NotTried("no_command")
        done = subprocess.run(self._settings.stored, capture_output=True, text=True)
        if done.returncode:
            raise Wrong("command_failed", command=" ".join(self._settings.stored), said=done.stderr[-500:])
        return done.stdout.split()

    def _sent_slowly(self, sample: Sample) -> int:
        to, half = urlsplit(self._settings.url), len(sample.body) // 2
        kind = http.client.HTTPSConnection if to.scheme == "https" else http.client.HTTPConnection
        line = kind(to.hostname or "", to.port, timeout=self._settings.seconds)
        try:
            line.putrequest("POST", (to.path or "/") + (f"?{to.query}" if to.query else ""))
            sent = {"Content-Type": "application/json", "Content-Length": str(len(sample.body)), **self._signed(sample)}
            for name, value in sent.items():
                line.putheader(name, value)
            line.endheaders(sample.body[:half])
            time.sleep(self._pause)
            line.send(sample.body[half:])
            return line.getresponse().status
        finally:
            line.close()
