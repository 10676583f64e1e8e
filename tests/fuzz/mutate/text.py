"""Damage to text: lines, cells, digits, and characters that are awkward."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random

from fuzz.mutate.awkward import awkward

#: What may be printed where nobody expects it, and what other programs make of numbers.
AWKWARD: tuple[str, ...] = awkward("text")
_NUMBER = re.compile(r"[-−]?[0-9][0-9,]*(?:\.[0-9]+)?%?")
_LINES = re.compile(r"(?<=\n)")


def mutated(text: str, rng: Random) -> str:
    """The text with one to four damages."""
    for _ in range(rng.choice((1, 1, 1, 2, 3, 4))):
        text = rng.choice(_DAMAGES)(text, rng)
    return text


def mutated_bytes(data: bytes, rng: Random) -> bytes:
    """The same for a file's bytes: nearly always its text, sometimes its encoding or single bytes."""
    encoding = "gb18030" if rng.random() < 0.1 else "utf-8"
    text = mutated(data.decode("utf-8", errors="replace"), rng)
    written = text.encode(encoding, errors="replace")
    if rng.random() < 0.03:
        written = text.encode("utf-16", errors="replace")
    return flipped(written, rng) if rng.random() < 0.05 else written


def flipped(data: bytes, rng: Random) -> bytes:
    """Single bytes changed, taken out or put in, or the end cut off."""
    found = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(found) + 1)
        kind = rng.randrange(4)
        if kind == 0:
            found[at:at] = rng.randbytes(rng.randint(1, 4))
        elif kind == 1:
            del found[at : at + rng.randint(1, 8)]
        elif kind == 2 and at < len(found):
            found[at] ^= 1 << rng.randrange(8)
        elif rng.random() < 0.1:
            del found[at:]
    return bytes(found)


def digits(text: str, rng: Random) -> str:
    """One printed number replaced: another digit, a sign, a point moved, nothing, or something awkward."""
    numbers = list(_NUMBER.finditer(text))
    if not numbers:
        return text
    one = rng.choice(numbers)
    printed = one[0]
    at = rng.randrange(len(printed))
    other = rng.choice(
        (
            printed[:at] + rng.choice("0123456789") + printed[at + 1 :],
            printed[:at] + printed[at + 1 :],
            printed[:at] + printed[at : at + 1] + printed[at:],
            f"-{printed}",
            f"({printed})",
            printed.replace(".", "") or "0",
            rng.choice(numbers)[0],
            str(rng.randrange(10 ** rng.randint(1, 12))),
            f"{rng.randrange(10**8)}.{rng.randrange(10 ** rng.randint(1, 9))}",
            rng.choice(("", "0", "0.00", "-", "—", "无")),
            rng.choice(AWKWARD),
        )
    )
    return text[: one.start()] + other + text[one.end() :]


def _awkward(text: str, rng: Random) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(AWKWARD) + text[at:]


def _line(text: str, rng: Random) -> str:
    """A line taken out, doubled, moved, joined to the next, or many of them taken out."""
    lines = _LINES.split(text)
    at, to = rng.randrange(len(lines)), rng.randrange(len(lines))
    kind = rng.randrange(6)
    if kind == 0:
        del lines[at]
    elif kind == 1:
        lines.insert(to, lines[at])
    elif kind == 2:
        lines[at], lines[to] = lines[to], lines[at]
    elif kind == 3:
        lines[at] = lines[at].rstrip("\n")
    elif kind == 4:
        del lines[min(at, to) : max(at, to)]
    else:
        lines[to:to] = lines[min(at, to) : max(at, to)][:60]
    return "".join(lines)


def _cell(text: str, rng: Random) -> str:
    """A tab put in, taken out or doubled: cells and rows that are too many or too few."""
    tabs = [one.start() for one in re.finditer("\t", text)]
    if not tabs or rng.random() < 0.2:
        at = rng.randrange(len(text) + 1)
        return f"{text[:at]}\t{text[at:]}"
    at = rng.choice(tabs)
    return text[:at] + rng.choice(("", "\t\t", "\n", "\n\n\t", " ")) + text[at + 1 :]


def _cut(text: str, rng: Random) -> str:
    """A few characters taken out, or doubled."""
    at = rng.randrange(len(text) + 1)
    to = at + rng.randint(1, 12)
    return text[:at] + text[to:] if rng.random() < 0.6 else text[:to] + text[at:]


_DAMAGES: tuple[Callable[[str, Random], str], ...] = (digits, digits, digits, _awkward, _awkward, _line, _cell, _cut)


def smaller(data: bytes) -> Iterator[bytes]:
    """The bytes without a part: halves first, then less and less; whole lines, then whatever stands there."""
    for parts in (data.splitlines(keepends=True), [data[at : at + 1] for at in range(len(data))]):
        size = max(len(parts) // 2, 1)
        while size:
            for at in range(0, len(parts), size):
                yield b"".join(parts[:at] + parts[at + size :])
            size //= 2
        if len(data) > 2000:
            return
