"""First probabilities in, what stands around each block out: the rows of the second stage.

The first stage judges blocks one by one. Articles are runs: a doubtful block among sure ones is
article text, a sure-looking one after the end is not. These rows say how the neighbours, the
relatives in the tree, and everything before and after were judged.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleaners.containers import Places
from cleaners.letters import Floats

Values = NDArray[np.float64]

_STEPS = (-4, -3, -2, -1, 1, 2, 3, 4)
_REACHES = (2, 6, 15)
# A block this probable counts as surely inside, for distances.
_SURE = 0.6
_FAR = 40


def measure_surroundings(first: Values, places: Places, chars: Values) -> Floats:
    """One row a measure, one column a block. `first` holds the first stage's probabilities."""
    rows: list[NDArray[np.generic]] = [first]
    count = len(first)
    padded = np.concatenate((np.full(4, -0.1), first, np.full(4, -0.1)))
    rows.extend(padded[4 + step : 4 + step + count] for step in _STEPS)
    weight = np.sqrt(chars)
    for group in (places.homes, places.grand, places.signatures):
        mass = np.bincount(group, first * weight)
        rows.append((mass / np.maximum(np.bincount(group, weight), 1e-9))[group])
    inside = first * chars
    total = max(float(inside.sum()), 1e-9)
    running = np.cumsum(inside)
    rows.append((running - inside) / total)
    rows.append(1 - running / total)
    rows.append(np.full(count, first.max()))
    rows.append(np.full(count, np.log1p(total)))
    rows.append(np.full(count, total / max(1.0, float(chars.sum()))))
    rows.extend(_measure_windows(first, weight))
    rows.extend(_measure_distances(first, chars))
    return np.array(rows, np.float32)


def _measure_windows(first: Values, weight: Values) -> list[Values]:
    """Mean probability around, above and below, by reach."""
    count = len(first)
    index = np.arange(count)
    mass = np.append(0.0, np.cumsum(first * weight))
    size = np.append(0.0, np.cumsum(weight))
    rows = []
    after = np.minimum(count, index + 1)
    for reach in _REACHES:
        low, high = np.maximum(0, index - reach), np.minimum(count, index + reach + 1)
        rows.append((mass[high] - mass[low]) / (size[high] - size[low]))
        rows.append((mass[index] - mass[low]) / np.maximum(size[index] - size[low], 1e-9))
        rows.append((mass[high] - mass[after]) / np.maximum(size[high] - size[after], 1e-9))
    return rows


def _measure_distances(first: Values, chars: Values) -> list[NDArray[np.generic]]:
    """Highest probability before and after, and how far, in blocks and text, the sure ones are."""
    count = len(first)
    index = np.arange(count)
    up = np.maximum.accumulate(first)
    down = np.maximum.accumulate(first[::-1])[::-1]
    sure = first > _SURE
    last = np.maximum.accumulate(np.where(sure, index, -_FAR))
    following = np.minimum.accumulate(np.where(sure, index, count + _FAR)[::-1])[::-1]
    ends = np.append(0.0, np.cumsum(chars))
    gap_above = ends[index] - ends[np.clip(last + 1, 0, index)]
    gap_below = ends[np.clip(following, index + 1, count)] - ends[index + 1]
    return [
        np.append(0.0, up[:-1]),
        np.append(down[1:], 0.0),
        np.minimum(index - last, _FAR),
        np.minimum(following - index, _FAR),
        np.log1p(gap_above),
        np.log1p(gap_below),
    ]
