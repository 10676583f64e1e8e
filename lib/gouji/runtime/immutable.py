"""Classes of values: dataclasses that are never changed.

A frozen dataclass sets each field through `object.__setattr__`, and takes four times as long to make as one that is
not; a document is thousands of them. That nothing changes one is checked where types are, not when it runs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def immutable(*, order: bool = False, slots: bool = True) -> Callable[[type[T]], type[T]]:
    """Makes a class a dataclass, equal and hashed by its fields, whose fields nothing may assign to."""
    return dataclass(slots=slots, unsafe_hash=True, order=order)
