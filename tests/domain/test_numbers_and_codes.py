"""What people type from a card or from paper: identity numbers, verification codes, PINs and summons codes."""

import hashlib
import hmac
import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.codes.csv import csv_of, normalised_csv
from domain.codes.id_numbers import LETTERS, has_right_letter, is_spanish, normalised
from domain.codes.pins import CODE_ALPHABET, pin_of, proof_of, proves, summons_code_hmac, summons_code_of
from domain.ids import ParticipantId, ProcedureId

KEY = b"\x07" * 32
NUMBERS = st.integers(0, 99_999_999)
PREFIXES = {"X": 0, "Y": 1, "Z": 2}


def dni(number: int) -> str:
    return f"{number:08d}{LETTERS[number % 23]}"


def nie(prefix: str, number: int) -> str:
    return f"{prefix}{number:07d}{LETTERS[(PREFIXES[prefix] * 10**7 + number) % 23]}"


@pytest.mark.parametrize("number", ["00000000T", "12345678Z", "X0000000T", "Y0000000Z", "Z0000000M"])
def test_known_numbers_have_their_letter(number: str) -> None:
    assert has_right_letter(number) and is_spanish(number)


@given(NUMBERS, st.integers(0, 7), st.integers(1, 9))
def test_a_wrong_digit_in_a_dni_is_always_noticed(number: int, place: int, more: int) -> None:
    # A difference of one digit is d * 10**n with d from 1 to 9: 23 divides none of them.
    digits = list(dni(number))
    digits[place] = str((int(digits[place]) + more) % 10)

    assert not has_right_letter("".join(digits))


@given(st.sampled_from("XYZ"), st.integers(0, 9_999_999), st.integers(1, 7), st.integers(1, 9))
def test_a_wrong_digit_in_a_nie_is_always_noticed(prefix: str, number: int, place: int, more: int) -> None:
    digits = list(nie(prefix, number))
    digits[place] = str((int(digits[place]) + more) % 10)

    assert not has_right_letter("".join(digits))


@given(st.sampled_from("XYZ"), st.integers(0, 9_999_999), st.sampled_from("XYZ"))
def test_a_wrong_first_letter_of_a_nie_is_always_noticed(prefix: str, number: int, other: str) -> None:
    assert has_right_letter(other + nie(prefix, number)[1:]) is (other == prefix)


@given(NUMBERS, st.sampled_from(string.ascii_uppercase))
def test_only_one_letter_is_right(number: int, letter: str) -> None:
    assert has_right_letter(f"{number:08d}{letter}") is (letter == LETTERS[number % 23])


@given(NUMBERS)
def test_blanks_dots_hyphens_and_case_do_not_matter(number: int) -> None:
    right = dni(number)
    typed = f" {right[:2]}.{right[2:5]}.{right[5:8]}-{right[8].lower()} "

    assert normalised(typed) == right and has_right_letter(typed)


@pytest.mark.parametrize(
    "number", ["", "1234567Z", "123456789Z", "A1234567Z", "PAB123456", "X12345678Z", "12345678", "\u06612345678Z"]
)
def test_other_numbers_are_not_taken_for_spanish_ones(number: str) -> None:
    assert not is_spanish(number) and not has_right_letter(number)


@given(st.binary(min_size=32, max_size=32), st.integers(0, 29), st.sampled_from(CODE_ALPHABET))
def test_any_single_wrong_sign_in_a_verification_code_is_noticed(seed: bytes, place: int, sign: str) -> None:
    signs = [c for c in csv_of(seed) if c != "-"]
    assume(signs[place] != sign)
    signs[place] = sign

    assert normalised_csv("".join(signs)) is None


@given(st.binary(min_size=32, max_size=32), st.integers(4, 28))
def test_two_swapped_neighbours_in_a_verification_code_are_noticed(seed: bytes, place: int) -> None:
    signs = [c for c in csv_of(seed) if c != "-"]
    assume(signs[place] != signs[place + 1])
    signs[place], signs[place + 1] = signs[place + 1], signs[place]

    assert normalised_csv("".join(signs)) is None


@given(st.binary(min_size=32, max_size=32))
def test_a_verification_code_is_read_however_it_was_typed(seed: bytes) -> None:
    code = csv_of(seed)
    body = code[5:].replace("1", "i").replace("0", "o")

    assert code == csv_of(seed)
    assert normalised_csv(code) == normalised_csv(f" es {code[2:4]} {body.lower()}") == code
    assert all(sign in CODE_ALPHABET for sign in code[5:].replace("-", ""))


@pytest.mark.parametrize(
    "typed", ["", "ES", "ES00", "ES12-ABCD", "FR00" + "A" * 26, "ES0A" + "A" * 26, "ES00" + "U" * 26, "ES²1" + "A" * 26]
)
def test_what_is_no_verification_code_is_said_to_be_none(typed: str) -> None:
    assert normalised_csv(typed) is None


@given(st.text(min_size=1))
def test_a_pin_is_six_digits_and_the_same_whenever_it_is_sent_again(challenge: str) -> None:
    pin = pin_of(KEY, challenge)

    assert pin == pin_of(KEY, challenge)
    assert len(pin) == 6 and pin.isdecimal()
    assert proof_of(KEY, challenge, pin) == proof_of(KEY, challenge, pin)


def test_a_proof_is_good_for_one_challenge_one_pin_and_one_key_only() -> None:
    right = proof_of(KEY, "pin_1", "123456")

    assert len({right, *(proof_of(*other) for other in ((KEY, "pin_2", "123456"), (KEY, "pin_1", "123457")))}) == 3
    assert proof_of(b"\x08" * 32, "pin_1", "123456") != right


def test_a_pin_is_proved_as_now_and_as_before_and_no_proof_is_another_digest() -> None:
    pin = pin_of(KEY, "pin_1")
    before = hmac.new(KEY, f"pin_1:{pin}".encode(), hashlib.sha256).hexdigest()

    assert proves(KEY, [KEY], "pin_1", proof_of(KEY, "pin_1", pin)) and proves(KEY, [KEY], "pin_1", before)
    assert not proves(KEY, [KEY], "pin_2", before) and not proves(KEY, [KEY], "pin_1", "")
    # Whoever could choose the challenge must not make of it what another use of the key makes.
    code = "estrado-summons-code.v1"
    assert proof_of(KEY, code, "0" * 12) != hmac.new(KEY, f"{code}:{'0' * 12}".encode(), hashlib.sha256).hexdigest()


@given(st.integers(0, 10**6))
def test_a_summons_code_is_known_however_it_was_typed(number: int) -> None:
    code = summons_code_of(KEY, ProcedureId(f"prc_{number}"), ParticipantId("p1"))
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")

    assert summons_code_hmac(KEY, typed) == summons_code_hmac(KEY, code)
    assert len(code) == 14 and set(code) <= {*CODE_ALPHABET, "-"}


def test_everybody_has_a_summons_code_of_his_own() -> None:
    procedures = [ProcedureId(f"prc_{n}") for n in range(20)]
    people = [ParticipantId(f"p{n}") for n in range(1, 4)]

    assert len({summons_code_of(KEY, procedure, person) for procedure in procedures for person in people}) == 60
