"""Documents without the collector of circular garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Keeps Python from looking for circular garbage meanwhile.

    The engine makes none: what a document takes goes with the last reference to it (`make bench` prints the curve).
    Looking through its tens of thousands of objects every few hundred, as Python does, takes a fifth of its time.
    It looks once when this ends: best when nothing of the document is left by then.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
