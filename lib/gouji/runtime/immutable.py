"""Makes dataclasses of values that never change.

A frozen dataclass sets each field through `object.__setattr__`, which takes four times as long, and a document
consists of thousands of them. The type checker, not the running program, makes sure that nothing changes one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def immutable(*, order: bool = False, slots: bool = True, repr: bool = True) -> Callable[[type[T]], type[T]]:
    """Makes a class a dataclass that is equal and hashed by its fields. The type checker refuses assignments to
    them."""
    return dataclass(slots=slots, unsafe_hash=True, order=order, repr=repr)
