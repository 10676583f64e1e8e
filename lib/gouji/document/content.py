"""Describes what a reader of a format returns: the pieces of a file, and remarks on how it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gouji.document.origin import Origin
from gouji.document.pieces import Piece


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader found in a file.

    `pieces` are in reading order. `format` is the encoding or format, for people. `Document` describes the other
    fields.
    """

    pieces: list[Piece]
    format: str
    anomalies: tuple[str, ...] = ()
    origins: Mapping[int, Origin] = field(default_factory=dict)
    doubtful: Mapping[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)
