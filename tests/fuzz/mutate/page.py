"""Damage to web pages: their elements, their source, the archive they are packed in."""

from __future__ import annotations

import quopri
from random import Random

from fuzz.mutate.text import flipped, mutated
from fuzz.mutate.tree import mutated_html

_ARCHIVE = (
    b"From: <x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b; type=text/html\r\n\r\n--b\r\n"
    b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
)


def mutated_page(data: bytes, rng: Random) -> bytes:
    """A page with elements or characters damaged, sometimes packed as an archive."""
    chance = rng.random()
    if data.startswith(_ARCHIVE[:20]) and chance < 0.7:
        head, mark, body = data.partition(b"\r\n\r\n")
        if rng.random() < 0.5:
            return mutated(head.decode("latin-1"), rng).encode("utf-8", errors="replace") + mark + body
        return head + mark + flipped(body, rng)
    if chance < 0.65:
        found = mutated_html(data, rng)
    elif chance < 0.9:
        found = mutated(data.decode("utf-8", errors="replace"), rng).encode("utf-8", errors="replace")
    else:
        found = flipped(data, rng)
    return _ARCHIVE + quopri.encodestring(found) + b"\r\n--b--\r\n" if rng.random() < 0.03 else found
