"""Concept paths as text, as `phrases.yaml` writes them."""

from __future__ import annotations

import re
from functools import lru_cache

from gouji.facts.fact import Concept


@lru_cache(maxsize=4096)
def concept_from_path(path: str) -> Concept:
    """`income[total].fiscal` or `three_public.actual.total` as a Concept."""
    if match := re.fullmatch(r"([a-z_.]+)\[(\w+)\]\.(\w+)", path):
        return Concept(*match.groups())
    table, _, column = path.partition(".")
    return Concept(table, "", column)
