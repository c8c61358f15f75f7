"""Decides when Python need not look for circles among objects."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Within, or in a function that it decorates, the collector of garbage is off, for all threads.

    A run makes objects by the hundred thousand, none of them in a circle; looking for circles took a sixth of a run
    and two fifths of reading its rows from a database.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
