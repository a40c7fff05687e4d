"""The learned weights, and features in, probabilities of being article text out."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from cleaners.errors import ModelError
from cleaners.features import Features
from cleaners.measures.network import Layer, Network, squash
from cleaners.measures.tokens import TokenTable, build_table
from cleaners.weights import open_weights, read_weights

VERSION = 7
"""Counts up when the meaning of a feature or an array changes; weights of another are refused."""

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Everything learned. `names` scores class and id tokens, `words` text tokens.

    `features` are the names of the rows that the network numbers. `confidence` are the weights of
    the page-level estimate, its constant last.
    """

    names: TokenTable
    words: TokenTable
    features: tuple[str, ...]
    network: Network
    confidence: Values


def score_blocks(features: Features, model: Model) -> Values:
    """For each block the probability (0..1) that it is article text.

    Raises:
        ModelError: the weights were learned from other features than are measured.
    """
    if features.names != model.features:
        strange = sorted(set(features.names) ^ set(model.features))
        raise ModelError(f"the weights were learned from other features: {strange[:3]}")
    judged = model.network.judge(features.rows, features.choices, features.signatures)
    return features.runs.spread(squash(judged))


@cache
def load_model() -> Model:
    """The packaged weights, read once.

    Raises:
        ModelError: the file is missing, damaged, or made for another version.
    """
    return parse_model(read_weights("model.npz"))


def parse_model(data: bytes) -> Model:
    """The model in the bytes of an npz file.

    Raises:
        ModelError: they are damaged, or made for another version.
    """
    with open_weights(data, version=VERSION) as arrays:
        return Model(
            names=_parse_table(arrays, "names"),
            words=_parse_table(arrays, "words"),
            features=tuple(str(arrays["features"]).split()),
            network=_parse_network(arrays),
            confidence=arrays["confidence"].astype(np.float64),
        )


def _parse_table(arrays: np.lib.npyio.NpzFile, name: str) -> TokenTable:
    return build_table(arrays[f"{name}_hashes"], arrays[f"{name}_scores"].astype(np.float32))


def _parse_network(arrays: np.lib.npyio.NpzFile) -> Network:
    def read(name: str) -> NDArray[np.float32]:
        return arrays[f"network_{name}"].astype(np.float32)

    layers = [
        Layer(**{each.name: read(f"{each.name}{number}") for each in fields(Layer)})
        for number in range(int(arrays["network_layers"]))
    ]
    return Network(
        mean=read("mean"),
        scale=read("scale"),
        inputs=read("inputs"),
        chosen=read("chosen"),
        starts=arrays["network_starts"].astype(np.int64),
        bias=read("bias"),
        layers=tuple(layers),
        outputs=read("outputs"),
        constant=float(read("constant")),
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
    network = model.network
    for each in fields(Network):
        if each.name != "layers":
            arrays[f"network_{each.name}"] = np.asarray(getattr(network, each.name))
    arrays["network_layers"] = np.array(len(network.layers))
    for number, layer in enumerate(network.layers):
        for each in fields(Layer):
            arrays[f"network_{each.name}{number}"] = getattr(layer, each.name)
    for name, values in arrays.items():
        if name.startswith("network_") and values.dtype == np.float32:
            # The trainer has rounded the weights to half precision already.
            arrays[name] = values.astype(np.float16)
    buffer = BytesIO()
    np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]  # numpy types the names as bool
    return buffer.getvalue()
