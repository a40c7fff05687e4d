"""Where blocks stand in, numbers about it out: their containers' text, links, names and shape."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaners.cut import Cut
from cleaners.letters import Floats, Ints
from cleaners.tokens import TokenTable, list_key_tokens, score_tokens

_LEVELS = 5
_FAR = 6.0
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Per block: its container, that one's parent, sort and name score, and its signature.

    Two blocks have the same signature where their containers and those containers' parents agree
    in sort and name: list entries, teasers, paragraphs of one text. `rows` are the features.
    """

    homes: Ints
    grand: Ints
    sorts: Ints
    near: Floats
    signatures: Ints
    rows: tuple[tuple[str, NDArray[np.generic]], ...]


def measure_places(
    cut: Cut, *, chars: Values, linked: Values, good: Values, table: TokenTable
) -> Places:
    """The places of all blocks. `good` is each block's running text, in characters."""
    homes = np.array(cut.homes)
    parents = np.maximum(np.array(cut.parents), 0)
    sorts, depths, ends = np.array(cut.sorts), np.array(cut.depths), np.array(cut.ends)
    rows: list[tuple[str, NDArray[np.generic]]] = []

    lines = [homes]
    for _ in range(_LEVELS - 1):
        lines.append(parents[lines[-1]])
    rows.extend((f"sort{level}", sorts[lines[level - 1]]) for level in (1, 2, 3))
    rows.append(("depth", depths[homes]))
    names = _number_names(cut)
    near = _add_names(rows, cut, table, names=names, lines=lines)
    sums = _sum_containers(homes, ends, (chars, linked, good, np.ones(len(homes))))
    _add_sums(rows, lines, sums)
    best = _add_best(rows, cut, lines, sums, good)
    _add_position(rows, homes, best, ends, depths)
    signatures = _sign(sorts, names, parents, homes)
    _add_signatures(rows, signatures, chars=chars, linked=linked, good=good)
    return Places(
        homes=homes,
        grand=lines[1],
        sorts=sorts[homes],
        near=near,
        signatures=signatures,
        rows=tuple(rows),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """The distinct names of a page, and which one each container and inner element has."""

    keys: tuple[str, ...]
    which: Ints
    inner: Ints


def _number_names(cut: Cut) -> _Names:
    numbers: dict[str, int] = {}
    which = [numbers.setdefault(key, len(numbers)) for key in cut.keys]
    inner = [numbers.setdefault(key, len(numbers)) for key in cut.inner_keys]
    return _Names(keys=tuple(numbers), which=np.array(which), inner=np.array(inner))


def _add_names(
    rows: list[tuple[str, NDArray[np.generic]]],
    cut: Cut,
    table: TokenTable,
    *,
    names: _Names,
    lines: list[Ints],
) -> Floats:
    """Add the name scores of the container, its ancestors, and of the whole path to it."""
    scores = score_tokens(list_key_tokens(names.keys), table)
    mean, low, high = (part[names.which] for part in (scores.mean, scores.low, scores.high))
    rows.extend((f"near{level}", mean[lines[level - 1]]) for level in (1, 2, 3))
    for level in (1, 2):
        rows.append((f"near_low{level}", low[lines[level - 1]]))
        rows.append((f"near_high{level}", high[lines[level - 1]]))
    rows.append(("inner_mean", scores.mean[names.inner]))
    rows.append(("inner_low", scores.low[names.inner]))
    rows.append(("inner_high", scores.high[names.inner]))
    homes = lines[0]
    parents = np.array(cut.parents)
    rows.append(("far", _carry_down(np.add, mean, parents)[homes]))
    rows.append(("far_low", _carry_down(np.minimum, low, parents)[homes]))
    rows.append(("far_high", _carry_down(np.maximum, high, parents)[homes]))
    near: Floats = mean[homes]
    return near


def _carry_down(combine: np.ufunc, scores: Floats, parents: Ints) -> Values:
    """For each container its score combined with those of all its ancestors.

    Every round doubles how far each container sees, so depth costs its logarithm. Above the body
    stands one more place that says nothing: scores low and high are 0 or beyond it.
    """
    carried = np.append(scores.astype(np.float64), 0.0)
    above = np.append(np.where(parents < 0, len(scores), parents), len(scores))
    while (above != len(scores)).any():
        carried = combine(carried, carried[above])
        above = above[above]
    return carried[:-1]


def _sum_containers(homes: Ints, ends: Ints, values: tuple[Values, ...]) -> list[Values]:
    """For each container, the sum of each value over all blocks inside it, at any depth."""
    order = np.argsort(homes, kind="stable")
    sorted_homes = homes[order]
    low = np.searchsorted(sorted_homes, np.arange(len(ends)), "left")
    high = np.searchsorted(sorted_homes, ends, "right")
    sums = []
    for value in values:
        total = np.append(0.0, np.cumsum(value[order]))
        sums.append(total[high] - total[low])
    return sums


def _add_sums(
    rows: list[tuple[str, NDArray[np.generic]]], lines: list[Ints], sums: list[Values]
) -> None:
    chars, linked, good, count = sums
    total, total_good = max(1.0, chars[0]), max(1.0, good[0])
    some = np.maximum(1, chars)
    share, links, numbers = chars / total, linked / some, np.log1p(count)
    good_share, rich = good / total_good, good / some
    average = np.log1p(chars / np.maximum(1, count))
    for level, line in enumerate(lines[:4]):
        rows.append((f"share{level}", share[line]))
        rows.append((f"linked{level}", links[line]))
        rows.append((f"blocks{level}", numbers[line]))
        rows.append((f"good{level}", good_share[line]))
    rows.append(("average1", average[lines[1]]))
    rows.append(("rich1", rich[lines[1]]))
    rows.append(("rich2", rich[lines[2]]))
    # How many levels up half of the page's running text is gathered.
    level_of_half = np.full(len(lines[0]), _FAR)
    for level in range(len(lines) - 1, -1, -1):
        level_of_half[good_share[lines[level]] >= 0.5] = level
    rows.append(("half_level", level_of_half))


def _add_best(
    rows: list[tuple[str, NDArray[np.generic]]],
    cut: Cut,
    lines: list[Ints],
    sums: list[Values],
    good: Values,
) -> int:
    """Add distances to the container with most running text near it; return that container."""
    size = len(cut.parents)
    direct = (
        np.bincount(lines[0], good, size)
        + np.bincount(lines[1], good, size)
        + 0.3 * np.bincount(lines[2], good, size)
    )
    best = int(direct.argmax())
    homes = lines[0]
    common = np.full(len(homes), 40.0)
    ancestor, level = best, 0
    while ancestor >= 0:
        inside = (homes >= ancestor) & (homes <= cut.ends[ancestor]) & (common > level)
        common[inside] = level
        ancestor, level = cut.parents[ancestor], level + 1
    rows.append(("to_best", common))
    chars, linked, good_sums, _ = sums
    rows.append(("best_share", np.full(len(homes), good_sums[best] / max(1.0, good_sums[0]))))
    rows.append(("best_links", np.full(len(homes), linked[best] / max(1.0, chars[best]))))
    return best


def _add_position(
    rows: list[tuple[str, NDArray[np.generic]]],
    homes: Ints,
    best: int,
    ends: Ints,
    depths: Ints,
) -> None:
    index = np.arange(len(homes))
    inside = np.flatnonzero((homes >= best) & (homes <= ends[best]))
    # The best container holds running text, but a page may have none; then the first block stands.
    first, last = (int(inside[0]), int(inside[-1])) if len(inside) else (0, 0)
    rows.append(("in_best", (homes >= best) & (homes <= ends[best])))
    rows.append(("best_depth", depths[homes] - depths[best]))
    rows.append(("since_first", np.clip(index - first, -50, 50)))
    rows.append(("until_last", np.clip(last - index, -50, 50)))
    rows.append(("best_position", (index - first) / len(homes)))


def _sign(sorts: Ints, names: _Names, parents: Ints, homes: Ints) -> Ints:
    """A number per block, the same for blocks whose place is marked up the same way."""
    own = names.which * 64 + sorts
    pair = own * (64 * len(names.keys)) + own[parents]
    _, which = np.unique(pair[homes], return_inverse=True)
    return which


def _add_signatures(
    rows: list[tuple[str, NDArray[np.generic]]],
    signatures: Ints,
    *,
    chars: Values,
    linked: Values,
    good: Values,
) -> None:
    number = np.bincount(signatures)
    size, links, rich = (np.bincount(signatures, value) for value in (chars, linked, good))
    per_signature = (
        ("signature_blocks", np.log1p(number)),
        ("signature_share", size / max(1.0, chars.sum())),
        ("signature_good", rich / max(1.0, good.sum())),
        ("signature_links", links / np.maximum(1, size)),
        ("signature_average", np.log1p(size / number)),
    )
    rows.extend((name, values[signatures]) for name, values in per_signature)
