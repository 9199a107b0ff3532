"""Finding personal data in text before anything is printed, and masking what is found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

_MAILBOX = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
#: What every personal code holds.
_SIX_DIGITS = re.compile(r"\d{6}")
_ELEVEN_DIGITS = re.compile(r"(?<![\d])(\d{11})(?![\d])")
_LATVIAN = re.compile(r"(?<![\d-])(\d{6})-(\d{5})(?![\d-])")
_ADDRESS = re.compile(r"https?://[^\s<>()\"\']+")
#: Where a link opens the room itself: whoever has it can walk in.
_ROOMS = {
    "zoom.us": r"/(j|s|w|my)/",
    "teams.microsoft.com": r"/(l/meetup-join|meet)/",
    "teams.live.com": r"/meet/",
    "meet.google.com": r"/[a-z]{3}-",
    "meet.jit.si": r"/.",
    "webex.com": r"/(meet|join|j\.php)",
    "whereby.com": r"/.",
    "bigbluebutton.org": r"/.",
}


def personal_data(text: str) -> Iterator[tuple[str, str]]:
    """Yield ``(code, masked text)`` for each mailbox (OP701) and personal code (OP702) in ``text``."""
    for match in _MAILBOX.finditer(text) if "@" in text else ():
        yield "OP701", _masked(match[0])
    if _SIX_DIGITS.search(text) is None:
        return
    for match in _ELEVEN_DIGITS.finditer(text):
        if _is_lithuanian_code(match[1]):
            yield "OP702", _masked(match[1])
    for match in _LATVIAN.finditer(text):
        if _is_latvian_code(match[1] + match[2]):
            yield "OP702", _masked(match[0])


def meeting_rooms(text: str) -> Iterator[str]:
    """Yield the host of each address in ``text`` that opens a room for calls: whoever has it can walk in."""
    for address in _ADDRESS.findall(text) if "://" in text else ():
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
        for known, pattern in _ROOMS.items():
            if (host == known or host.endswith(f".{known}")) and re.match(pattern, parts.path):
                yield host


def _masked(found: str) -> str:
    return found[0] + "…" + found[-1]


def _is_lithuanian_code(digits: str) -> bool:
    """Check century, month, day and the two-step control digit of the Lithuanian personal code."""
    if digits[0] not in "3456" or not 1 <= int(digits[3:5]) <= 12 or not 1 <= int(digits[5:7]) <= 31:
        return False
    numbers = [int(digit) for digit in digits]
    for weights in ((1, 2, 3, 4, 5, 6, 7, 8, 9, 1), (3, 4, 5, 6, 7, 8, 9, 1, 2, 3)):
        control = sum(a * b for a, b in zip(weights, numbers, strict=False)) % 11
        if control != 10:
            return control == numbers[10]
    return numbers[10] == 0


def _is_latvian_code(digits: str) -> bool:
    """Check the old form DDMMYY-CNNNN by its day and month, the new form by its prefix 32–39."""
    if digits[:2] in ("32", "33", "34", "35", "36", "37", "38", "39"):
        return True
    return 1 <= int(digits[:2]) <= 31 and 1 <= int(digits[2:4]) <= 12 and digits[6] in "012"
