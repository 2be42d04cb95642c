"""What a new password has to be: long enough, and not what anybody tries who knows the person or the place."""

import pytest

from domain.access.accounts import LONGEST_PASSWORD, Account
from domain.access.passwords import refuse_weak_password
from domain.errors import Refusal
from domain.ids import AccountId, AdministrationId
from domain.types.vocabulary import StaffRole

IRIA = Account(
    id=AccountId("acc_1"), administration=AdministrationId("atlantia"), name="Iria Outeiro Barral",
    email="iria.outeiro@justicia.example", roles=(StaffRole.CLERK,),
)  # fmt: skip


@pytest.mark.parametrize(
    "password", ["tres palabras sin sentido", "k3vq-92zp", "Iria compra 12 melones", "siete gatos " * 80]
)
def test_a_long_password_of_any_signs_is_good(password: str) -> None:
    refuse_weak_password(password, IRIA)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("sol y 7", "password_too_short"),
        ("a" * (LONGEST_PASSWORD + 1), "password_too_long"),
        ("outeiro.iria", "password_guessable"),
        ("BarralOuteiro12", "password_guessable"),
        ("Estrado-2026", "password_guessable"),
        ("atlantiajusticia", "password_guessable"),
        ("12345678", "password_guessable"),
        ("iloveyou2", "password_guessable"),
        ("Barcelona92", "password_guessable"),
        ("q1w2e3r4t5", "password_guessable"),
        ("P@ssw0rd2024", "password_guessable"),
        ("abcdefghijklmnop", "password_guessable"),
        ("aaaaaaaaaaaaaa", "password_guessable"),
        ("aihofpqw", "password_guessable"),  # ten million guesses
        ("0ut31r0b4rr4l", "password_guessable"),  # her surnames, in other signs
    ],
)
def test_what_anybody_tries_first_is_refused(password: str, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        refuse_weak_password(password, IRIA)
