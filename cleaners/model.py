"""The learned weights, and features in, probabilities of being article text out.

Three forests. The sieve is small and throws out what nobody could take for the article, three
blocks of four. The first stage judges the rest one by one, the second again with what the first
said of everything around. A block's probability is the mean of the two stages.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleaners.errors import ModelError
from cleaners.features import Features
from cleaners.forest import Forest, squash
from cleaners.surroundings import measure_surroundings
from cleaners.tokens import TokenTable, build_table

VERSION = 1
"""Counts up when the meaning of a feature or an array changes; weights of another are refused."""

_WEIGHTS = Path(__file__).with_name("model.npz")
# Blocks the sieve finds less probable than this go no further: on the development corpora they
# hold less than 0.1 % of the articles' words, out of fold.
SIEVE_BELOW = 0.007

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Everything learned. `names` scores class and id tokens, `words` text tokens.

    `features` are the names of the rows that the forests number; the second stage sees the
    surroundings first and those rows after. `confidence` are the weights of the page-level
    estimate, its constant last.
    """

    names: TokenTable
    words: TokenTable
    features: tuple[str, ...]
    sieve: Forest
    first: Forest
    second: Forest
    confidence: Values


def score_blocks(features: Features, model: Model) -> Values:
    """For each block the probability (0..1) that it is article text.

    Raises:
        ModelError: the weights ask for a feature that nobody measures.
    """
    rows = _choose_rows(features, model.features)
    sieved = squash(model.sieve.add_up(rows))
    left = np.flatnonzero(sieved >= SIEVE_BELOW)
    if not len(left):
        return sieved
    first = sieved.copy()
    first[left] = squash(model.first.add_up(rows[:, left]))
    around = measure_surroundings(first, features.places, features.chars)
    both = np.concatenate((around[:, left], rows[:, left]))
    final = first.copy()
    final[left] = 0.5 * (first[left] + squash(model.second.add_up(both)))
    return final


def _choose_rows(features: Features, names: tuple[str, ...]) -> NDArray[np.float32]:
    places = {name: index for index, name in enumerate(features.names)}
    missing = [name for name in names if name not in places]
    if missing:
        raise ModelError(f"the weights want features that are not measured: {missing[:3]}")
    return features.rows[[places[name] for name in names]]


@cache
def load_model() -> Model:
    """The packaged weights, read once.

    Raises:
        ModelError: the file is missing, damaged, or made for another version.
    """
    try:
        data = _WEIGHTS.read_bytes()
    except OSError as error:
        raise ModelError(f"{_WEIGHTS}: cannot be read: {error.strerror}") from error
    return parse_model(data)


def parse_model(data: bytes) -> Model:
    """The model in the bytes of an npz file.

    Raises:
        ModelError: they are damaged, or made for another version.
    """
    try:
        with np.load(BytesIO(data), allow_pickle=False) as arrays:
            version = int(arrays["version"])
            if version != VERSION:
                raise ModelError(f"weights of version {version}; this code reads {VERSION}")
            return Model(
                names=_parse_table(arrays, "names"),
                words=_parse_table(arrays, "words"),
                features=tuple(str(arrays["features"]).split()),
                sieve=_parse_forest(arrays, "sieve"),
                first=_parse_forest(arrays, "first"),
                second=_parse_forest(arrays, "second"),
                confidence=arrays["confidence"].astype(np.float64),
            )
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise ModelError(f"the weights are damaged: {error}") from error


def _parse_table(arrays: np.lib.npyio.NpzFile, name: str) -> TokenTable:
    return build_table(arrays[f"{name}_hashes"], arrays[f"{name}_scores"].astype(np.float32))


def _parse_forest(arrays: np.lib.npyio.NpzFile, name: str) -> Forest:
    return Forest(
        features=arrays[f"{name}_features"],
        thresholds=arrays[f"{name}_thresholds"],
        masks=arrays[f"{name}_masks"],
        leaves=arrays[f"{name}_leaves"],
    )


def write_model(model: Model) -> bytes:
    """The bytes of an npz file that `parse_model` reads back."""
    arrays: dict[str, NDArray[np.generic]] = {
        "version": np.array(VERSION),
        "features": np.array(" ".join(model.features)),
        "confidence": model.confidence,
    }
    for name, table in (("names", model.names), ("words", model.words)):
        hashes, scores = table.entries()
        arrays[f"{name}_hashes"] = hashes
        arrays[f"{name}_scores"] = scores.astype(np.float16)
    for name, forest in (("sieve", model.sieve), ("first", model.first), ("second", model.second)):
        arrays[f"{name}_features"] = forest.features
        arrays[f"{name}_thresholds"] = forest.thresholds
        arrays[f"{name}_masks"] = forest.masks
        arrays[f"{name}_leaves"] = forest.leaves
    buffer = BytesIO()
    np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]  # numpy types the names as bool
    return buffer.getvalue()
