"""The person's own certificate: whom it identifies over a real handshake, whom it does not, and why."""

import base64
import hmac
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from adapters.identity.own_certificate.statement import Statement, read_key, statement_in
from adapters.memory import MemoryExchanges
from deploy.pki.persons import Holder
from domain.errors import Refusal
from tests.adapters.certificates import (
    ANXO,
    MARTA,
    Authority,
    Seat,
    open_authority,
)
from tests.adapters.visits import (
    EXPIRED,
    ORGANISATION,
    PROCEDURE,
    RENAMED,
    REVOKED,
    SIGNING_ONLY,
    UNQUALIFIED,
    Visit,
    private_key,
    public_key,
    statement_of,
    visiting,
)


async def test_the_holder_is_verified_and_the_statement_is_kept(visit: Visit, listener: Seat) -> None:
    statement = await listener.statement(await visit.begin(), ANXO)
    verdict = await visit.come_back(statement)

    assert (verdict.verified, verdict.document_number, verdict.assurance) == (True, "99104321N", None)
    assert verdict.evidence is not None
    assert await visit.vault.get(PROCEDURE, verdict.evidence) == statement.encode()
    said = statement_in(statement, read_key(listener.directory / "statement.pub.pem"))
    assert said.certificate and said.status and said.protocol == "TLSv1.3"
    assert await visit.come_back(statement) == verdict, "the same attempt gets the same verdict"


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (EXPIRED, "certificate_expired"),
        (REVOKED, "certificate_revoked"),
        (UNQUALIFIED, "certificate_not_qualified"),
        (SIGNING_ONLY, "certificate_unsuitable"),
        (MARTA, "provider_number_differs"),
        (RENAMED, "provider_name_differs"),
        (ORGANISATION, "provider_number_differs"),
    ],
    ids=lambda one: one.slug if isinstance(one, Holder) else one,
)
async def test_a_certificate_that_does_not_identify_the_person_is_told_why(
    visit: Visit, person: Holder, why: str
) -> None:
    verdict = await visit.shown(person)
    assert (verdict.verified, verdict.why) == (False, why)


async def test_another_authority_of_the_same_name_is_not_believed_nor_asked(
    listener: Seat, tmp_path: Path, visit: Visit
) -> None:
    with open_authority(tmp_path, ANXO) as stranger:
        fields = await visit.begin()
        page = await replace(listener, authority=_seems(listener.authority, stranger)).show(fields, ANXO)
        verdict = await visit.come_back(statement_of(page))
        assert (verdict.verified, verdict.why) == (False, "certificate_issuer_unknown")
        assert stranger.asked == [], "whoever shows a certificate does not send the listener anywhere"


def _seems(known: Authority, stranger: Authority) -> Authority:
    """The known authority as the listener has it, and a browser with the certificates of the other."""
    seeming = Authority(known.directory, known.holders, known.port)
    seeming.of = stranger.of  # type: ignore[method-assign]
    return seeming


async def test_nobody_is_verified_while_the_authority_does_not_answer(visit: Visit, persons: Authority) -> None:
    with persons.away():
        verdict = await visit.shown(ANXO)
    assert (verdict.verified, verdict.why) == (False, "certificate_status_unknown")
    assert (await visiting(visit.seat).shown(ANXO)).verified


async def test_an_answer_about_another_certificate_says_nothing_of_this_one(visit: Visit, listener: Seat) -> None:
    said = statement_in(await listener.statement(await visit.begin(), ANXO), public_key(listener))
    other = statement_in(await listener.statement(await visit.begin(), MARTA), public_key(listener))
    verdict = await visit.come_back(replace(said, status=other.status).signed(private_key(listener)))
    assert verdict.why == "certificate_status_unknown"


async def test_an_old_answer_of_the_authority_is_none(listener: Seat) -> None:
    """One that was good before a revocation, and was kept."""
    visit = visiting(listener, life=timedelta(hours=5))
    said = statement_in(await listener.statement(await visit.begin(), ANXO), public_key(listener))
    later = said.at + timedelta(hours=3)
    aged = replace(said, at=later).signed(private_key(listener))
    assert (await visit.come_back(aged, later)).why == "certificate_status_unknown"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"audience": "http://elsewhere.example/identity/own_certificate/answer"}, "provider_answer_untrusted"),
        ({"issuer": "https://elsewhere.example"}, "provider_answer_untrusted"),
        ({"request": "0" * 40}, "provider_answer_untrusted"),
        ({"at": timedelta(minutes=5)}, "provider_answer_out_of_time"),
        ({"at": timedelta(minutes=-16)}, "provider_answer_out_of_time"),
        ({"certificate": b"no certificate"}, "certificate_unsuitable"),
        ({"certificate": b""}, "certificate_not_shown"),
        ({"status": b"no answer"}, "certificate_unsuitable"),
    ],
)
async def test_a_statement_that_says_something_else_verifies_nobody(
    visit: Visit, listener: Seat, changed: dict[str, object], why: str
) -> None:
    said = statement_in(await listener.statement(await visit.begin(), ANXO), public_key(listener))
    told = {name: said.at + to if isinstance(to, timedelta) else to for name, to in changed.items()}
    altered: Statement = replace(said, **told)  # type: ignore[arg-type]
    verdict = await visit.come_back(altered.signed(private_key(listener)))
    assert (verdict.verified, verdict.why) == (False, why)


async def test_what_the_listener_did_not_sign_is_not_believed(visit: Visit, listener: Seat) -> None:
    good = await listener.statement(await visit.begin(), ANXO)
    head, body, signature = good.split(".")
    said = statement_in(good, public_key(listener))
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    none, secret = (_coded({"alg": name, "typ": "own-certificate+jwt"}) for name in ("none", "HS256"))
    pem = (listener.directory / "statement.pub.pem").read_bytes()
    by_secret = _in_base64(hmac.digest(pem, f"{secret}.{body}".encode(), "sha256"))
    forged = [
        said.signed(ECKey.generate_key("P-256")),
        f"{none}.{body}.",
        f"{head}.{body}.{signature[:-4]}AAAA",
        f"{head}.{_coded({**claims, 'iat': 1})}.{signature}",
        f"{secret}.{body}.{by_secret}",
        jwt.encode({"alg": "ES256", "typ": "JWT"}, claims, private_key(listener)),
        jwt.encode({"alg": "ES256", "typ": "own-certificate+jwt"}, {**claims, "iat": True}, private_key(listener)),
        jwt.encode({"alg": "ES256", "typ": "own-certificate+jwt"}, {**claims, "handshake": 7}, private_key(listener)),
        jwt.encode({"alg": "ES256", "typ": "own-certificate+jwt"}, {"iat": 7}, private_key(listener)),
        "",
        "x.y.z",
        "ñ",
    ]
    for text_of in forged:
        assert (await visit.come_back(text_of)).why == "provider_answer_untrusted", text_of[:80]
    assert (await visit.come_back(good)).verified


async def test_a_statement_is_good_once(listener: Seat) -> None:
    exchanges = MemoryExchanges()
    visit = visiting(listener, exchanges)
    statement = await listener.statement(await visit.begin(), ANXO)
    assert (await visit.come_back(statement)).verified
    assert (await visit.come_back(statement, attempt="a2")).why == "provider_answer_repeated"

    another = visiting(listener, exchanges)
    fields = await another.begin()
    said = replace(statement_in(statement, public_key(listener)), request=fields["request"])
    moved = said.signed(private_key(listener))
    assert (await another.come_back(moved)).why == "provider_answer_repeated", "one handshake, one identification"


async def test_an_installation_without_it_says_so(listener: Seat) -> None:
    visit = visiting(listener, address="")
    with pytest.raises(Refusal, match="provider_not_set_up"):
        await visit.mechanism.self_check()
    with pytest.raises(Refusal, match="provider_not_set_up"):
        await visit.begin()


async def test_an_installation_may_take_certificates_that_are_not_qualified(listener: Seat) -> None:
    assert (await visiting(listener, qualified_only=False).shown(UNQUALIFIED)).verified


def _coded(value: object) -> str:
    return _in_base64(json.dumps(value).encode())


def _in_base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
