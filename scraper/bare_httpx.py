"""httpx without its command line, which would bring rich and pygments into every start."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["httpx"]


@contextmanager
def _without_module(name: str) -> Iterator[None]:
    """Lets the import of a module fail, as it does where it is not installed."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment] # documented: ModuleNotFoundError
    try:
        yield
    finally:
        del sys.modules[name]


# httpx is ready for that: the libraries of its command line are an extra. What there is of them is
# here for ours, and takes a sixth of the CPU of a start.
with _without_module("httpx._main"):
    import httpx
