"""A packaged file of learned weights in, its arrays out, or one clear error."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from io import BytesIO

import numpy as np

from cleaners.errors import ModelError


def read_weights(name: str) -> bytes:
    """The bytes of a packaged file.

    Raises:
        ModelError: it is missing, or cannot be read.
    """
    path = files("cleaners").joinpath(name)
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read: {error.strerror}") from error


@contextmanager
def open_weights(data: bytes, *, version: int) -> Iterator[np.lib.npyio.NpzFile]:
    """The arrays in the bytes of an npz file, to be read inside the block.

    Raises:
        ModelError: they are damaged, or made for another version; also where the block finds so.
    """
    try:
        with np.load(BytesIO(data), allow_pickle=False) as arrays:
            found = int(arrays["version"])
            if found != version:
                raise ModelError(f"weights of version {found}; this code reads {version}")
            yield arrays
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise ModelError(f"the weights are damaged: {error}") from error
