"""What regional systems are told: signatures of the standard, addresses that are called, waits that grow."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.access.webhooks import LONGEST_WAIT, Message, refuse_unfit, wait_after
from domain.addresses import may_be_called
from domain.codes.webhook_signatures import secret_text, signed_headers
from domain.errors import Refusal
from domain.events import EVENTS
from domain.ids import ProcedureId
from domain.journal.told import TOLD

PUBLISHED = bytes.fromhex("31f290f6bf06298aab4f08d43c3f082cf648a362da2da4b0")
"""The secret of the example that the libraries of Standard Webhooks share."""


def test_a_message_is_signed_as_the_libraries_of_the_standard_sign_it() -> None:
    assert secret_text(PUBLISHED) == "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    assert signed_headers([PUBLISHED], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}') == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_while_a_secret_is_changed_both_sign() -> None:
    both = signed_headers([b"new", b"old"], "msg_1", 1, b"{}")["webhook-signature"].split(" ")
    alone = [signed_headers([secret], "msg_1", 1, b"{}")["webhook-signature"] for secret in (b"new", b"old")]
    assert both == alone and len(set(both)) == 2


def test_only_events_that_exist_are_told_and_each_under_its_own_name() -> None:
    assert TOLD.keys() <= EVENTS.keys()
    assert len(set(TOLD.values())) == len(TOLD)


def test_a_message_says_that_something_happened_and_not_what_it_is_about() -> None:
    at = datetime(2026, 11, 20, 12, tzinfo=UTC)
    message = Message(
        id="msg_1", url="https://x.example", secrets=(b"s",), event="session.opened", external_id="SGP-1", seq=7,
        procedure=ProcedureId("prc_1"), happened_at=at, waits_since=at, attempts=0,
    )  # fmt: skip
    assert message.body() == (
        b'{"type":"session.opened","timestamp":"2026-11-20T12:00:00.000000Z",'
        b'"data":{"procedure":"prc_1","external_id":"SGP-1","seq":7}}'
    )


def test_waits_double_up_to_half_an_hour() -> None:
    waits = [wait_after(attempts, timedelta(seconds=5)).total_seconds() for attempts in range(1, 300)]
    assert waits[:10] == [5, 10, 20, 40, 80, 160, 320, 640, 1280, 1800]
    assert set(waits[9:]) == {LONGEST_WAIT.total_seconds()}


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00::1", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::", "not an address",
    ],
)  # fmt: skip
def test_an_address_that_leads_back_into_a_house_is_not_called(address: str) -> None:
    assert not may_be_called(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"])
def test_an_address_of_the_open_internet_is_called(address: str) -> None:
    assert may_be_called(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://sgp.example/hook", "ftp://sgp.example", "https://", "sgp.example", "https://user:pass@sgp.example",
        "https://sgp.example/#x", "https://127.0.0.1/x", "https://[::1]/x", "https://10.0.0.1",
        "https://2130706433/", "https://127.1/", "https://sgp.example:99999/", "https://[::ffff:10.0.0.1]/",
    ],
)  # fmt: skip
def test_an_address_that_nobody_outside_can_mean_is_not_registered(url: str) -> None:
    with pytest.raises(Refusal, match="webhook_address_unfit"):
        refuse_unfit(url, private=False)


def test_a_local_stack_calls_its_own_house_and_still_only_by_http() -> None:
    refuse_unfit("https://sgp.xunta.example:8443/hooks?from=estrado", private=False)
    refuse_unfit("http://127.0.0.1:8090/hooks", private=True)
    with pytest.raises(Refusal, match="webhook_address_unfit"):
        refuse_unfit("file:///etc/passwd", private=True)
