"""Damage to PDF: objects, values and references, content streams; written again with a table that finds them all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from fuzz.mutate.awkward import awkward
from fuzz.mutate.text import flipped

_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj\n", re.DOTALL)
_STREAM = re.compile(rb"^(.*?)\nstream\n(.*)\nendstream$", re.DOTALL)
_TOKEN = re.compile(rb"/[A-Za-z0-9]+|-?\d+(?:\.\d+)?|<[0-9A-Fa-f]*>|\[|\]|<<|>>|[A-Za-z*']+|\d+ 0 R")
#: What may stand in the place of a value or an operator.
_VALUES = tuple(one.encode("latin-1") for one in awkward("pdf"))


def mutated_pdf(data: bytes, rng: Random) -> bytes:
    """A PDF with one to four damages."""
    objects = objects_of(data)
    if not objects or rng.random() < 0.04:
        return flipped(data, rng)
    for _ in range(rng.randint(1, 4)):
        number = rng.choice(list(objects))
        chance = rng.random()
        if chance < 0.8:
            objects[number] = _damaged(objects[number], rng)
        elif chance < 0.87:
            objects[number] = objects[rng.choice(list(objects))]
        elif chance < 0.92 and len(objects) > 1:
            del objects[number]
        elif chance < 0.97:
            objects[max(objects) + 1] = objects[number]
        else:
            objects[number] = flipped(objects[number], rng)
    return written(objects)


def _damaged(body: bytes, rng: Random) -> bytes:
    """An object with a token changed, lost, doubled or moved, in its dictionary or in its stream."""
    parts = _STREAM.match(body)
    if parts and rng.random() < 0.75:
        return parts[1] + b"\nstream\n" + _tokens(parts[2], rng) + b"\nendstream"
    if parts:
        return _tokens(parts[1], rng) + b"\nstream\n" + parts[2] + b"\nendstream"
    return _tokens(body, rng)


def _tokens(body: bytes, rng: Random) -> bytes:
    tokens = list(_TOKEN.finditer(body))
    if not tokens:
        return body + rng.choice(_VALUES)
    one, other = rng.choice(tokens), rng.choice(tokens)
    new = rng.choice((rng.choice(_VALUES), other[0], b"", one[0] + b" " + one[0], other[0] + b" " + one[0]))
    return body[: one.start()] + new + body[one.end() :]


def objects_of(data: bytes) -> dict[int, bytes]:
    """The objects of a PDF as `written` writes them, by number."""
    return {int(one[1]): one[2] for one in _OBJECT.finditer(data)}


def written(objects: dict[int, bytes]) -> bytes:
    """The PDF of these objects, the first of which is its catalogue, with a right table; lengths of streams are put
    right where they are plain."""
    found, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in sorted(objects.items()):
        if parts := _STREAM.match(body):
            head = re.sub(rb"/Length \d+", b"/Length %d" % len(parts[2]), parts[1])
            body = head + b"\nstream\n" + parts[2] + b"\nendstream"
        places[number] = len(found)
        found += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(found)
    found += b"xref\n0 1\n0000000000 65535 f \n"
    for number, at in places.items():
        found += b"%d 1\n%010d 00000 n \n" % (number, at)
    size = max(places, default=0) + 1
    return bytes(found) + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)


def smaller_pdf(data: bytes) -> Iterator[bytes]:
    """The PDF without an object, then without lines of its objects."""
    objects = objects_of(data)
    for number in objects:
        yield written({other: body for other, body in objects.items() if other != number})
    for number, body in objects.items():
        lines = body.split(b"\n")
        size = len(lines) // 2
        while size:
            for at in range(0, len(lines), size):
                yield written(objects | {number: b"\n".join(lines[:at] + lines[at + size :])})
            size //= 2
