"""Turns Python's garbage collector off while documents are audited."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Keeps Python from looking for circular garbage inside the block.

    The engine makes none: a document's memory is freed with the last reference to it (`make bench` prints the curve).
    Python would search its tens of thousands of objects after every few hundred new ones, which takes a fifth of its
    time. It searches once at the end of the block, so no document should be left by then.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
