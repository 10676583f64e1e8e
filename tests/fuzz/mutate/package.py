"""Damage to zip packages (Word, Excel): in the XML of their parts, to the list of parts, rarely to the zip itself."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from random import Random

from fuzz.mutate.text import flipped
from fuzz.mutate.tree import mutated_xml, smaller_xml

#: The same time in every member, so that the same parts are the same bytes.
_TIME = (1980, 1, 1, 0, 0, 0)


def mutated_package(data: bytes, rng: Random) -> bytes:
    """A package with one to three parts damaged; what is no package any more is flipped here and there."""
    parts = parts_of(data)
    if not parts or rng.random() < 0.02:
        return flipped(data, rng)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        name = rng.choice([*_weighted(parts)])
        chance = rng.random()
        if chance < 0.86:
            parts[name] = mutated_xml(parts[name], rng)
        elif chance < 0.92:
            parts[name] = flipped(parts[name], rng)
        elif chance < 0.95:
            parts[name] = parts[rng.choice(list(parts))]
        elif len(parts) > 1:
            moved = parts.pop(name)
            if rng.random() < 0.4:
                parts[name.replace("1", "2") if "1" in name else f"x{name}"] = moved
    return packed(parts)


def _weighted(parts: dict[str, bytes]) -> Iterator[str]:
    """The parts, those with the content more often."""
    for name in parts:
        yield from [name] * (8 if name.endswith(("document.xml", "sheet1.xml", "sheet2.xml")) else 1)


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a package by name, none where it is damaged."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # whatever zipfile says of what is no zip: there are no parts
        return {}


def packed(parts: dict[str, bytes]) -> bytes:
    """The package of these parts."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _TIME), part, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def smaller_package(data: bytes) -> Iterator[bytes]:
    """The package without a part, then without an element of a part."""
    parts = parts_of(data)
    for name in parts:
        yield packed({other: part for other, part in parts.items() if other != name})
    for name, part in parts.items():
        for less in smaller_xml(part):
            yield packed(parts | {name: less})
