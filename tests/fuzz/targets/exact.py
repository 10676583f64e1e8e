"""Exactness: no float anywhere in a value."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any


def no_floats(value: Any) -> None:
    """Raises AssertionError where a float stands anywhere in a value of dataclasses, mappings and sequences."""
    assert not isinstance(value, float), "a float"
    if is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            if one.init:
                no_floats(getattr(value, one.name))
    elif isinstance(value, dict):
        for key, one in value.items():
            no_floats(key)
            no_floats(one)
    elif isinstance(value, list | tuple | frozenset | set):
        for one in value:
            no_floats(one)
