"""Personal codes and mailboxes are found wherever they stand, never printed, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from openplans.privacy import personal_data

LITHUANIAN = ["38703181745", "33309240064", "49001010001", "60106150077", "50106151610"]
LATVIAN = ["010190-12345", "311299-20001", "150615-21234", "320101-12345", "391234-00001"]
MAILBOXES = ["vardenis@pavyzdys.example", "v.pavarde+x@mokykla.pavyzdys.example", "a_b-c@x.example"]


def control_digit(ten: str) -> str:
    """Return the control digit of a Lithuanian code by its published rule, written apart from the code under test."""
    for shift in (0, 2):
        total = sum(int(digit) * ((position + shift) % 9 + 1) for position, digit in enumerate(ten))
        if total % 11 != 10:
            return str(total % 11)
    return "0"


@pytest.mark.parametrize("code", LITHUANIAN)
def test_the_examples_of_codes_have_their_control_digit(code: str) -> None:
    assert control_digit(code[:10]) == code[10]


@pytest.mark.parametrize("code", [*LITHUANIAN, *LATVIAN])
@pytest.mark.parametrize("around", ["{}", "a. k. {}.", "https://pavyzdys.example/{}?x", "({})", "id:{};"])
def test_a_personal_code_is_found_and_masked(code: str, around: str) -> None:
    assert list(personal_data(around.format(code))) == [("OP702", f"{code[0]}…{code[-1]}")]


@pytest.mark.parametrize("mailbox", MAILBOXES)
def test_a_mailbox_is_found_and_masked(mailbox: str) -> None:
    assert list(personal_data(f"Rašykite {mailbox}, lauksime")) == [("OP701", f"{mailbox[0]}…{mailbox[-1]}")]


@pytest.mark.parametrize(
    "text",
    [
        *(code[:10] + str((int(code[10]) + 1) % 10) for code in LITHUANIAN),
        "38713181745",
        "38703401745",
        "12345678901",
        "300000000",
        "1234567890123",
        "990190-12345",
        "011390-12345",
        "010190-92345",
        "+370 600 00000",
        "2026-10-05",
        "EUR 40000",
        "@moksleiviai",
        "a@b",
    ],
)
def test_other_numbers_and_signs_are_no_personal_data(text: str) -> None:
    assert list(personal_data(f"Numeris {text} sąraše")) == []


def test_everything_in_a_text_is_found() -> None:
    text = f"{LITHUANIAN[0]}, {LATVIAN[0]} ir {MAILBOXES[0]}; {LITHUANIAN[1]}"
    assert sorted(code for code, _ in personal_data(text)) == ["OP701", "OP702", "OP702", "OP702"]


def test_all_control_digits_of_a_thousand_codes_are_told_right_from_wrong() -> None:
    for number in range(1000):
        ten = f"3900101{number:03d}"
        found = [digit for digit in "0123456789" if list(personal_data(ten + digit))]
        assert found == [control_digit(ten)]
