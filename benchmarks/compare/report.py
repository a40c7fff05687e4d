"""Results -> tables of figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, quantiles

import numpy as np

from benchmarks.compare.run import Result
from benchmarks.compare.tools import FLOOR
from benchmarks.metrics import is_perfect, snippet_f1

RIVAL = "trafilatura"
_RESAMPLES = 2_000
_SEED = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """Means over the pages of one set, or language of a set, that one tool gave."""

    tool: str
    pages: int
    f1: float
    precision: float
    recall: float
    perfect: float
    residue: float
    loss: float
    snippets: float
    failed: int
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Speed of one tool: pages per second, its ratio to the rival, milliseconds a page.

    `times_floor_p99` is the 99th percentile over pages of its time in units of the bare parse.
    """

    tool: str
    pages_per_second: float
    ratio: float
    mean_ms: float
    p99_ms: float
    times_floor_p99: float


def measure_accuracy(results: Sequence[Result]) -> list[Accuracy]:
    """One row a tool, in the order of first appearance; the bare parse left out.

    `low` and `high` bound the difference of word F1 to the rival (95 %, paired bootstrap over
    pages); nan where there is no rival or no text truth.
    """
    rival = {(row.page.set, row.page.id): row for row in results if row.tool == RIVAL}
    table = []
    for tool in dict.fromkeys(row.tool for row in results):
        if tool == FLOOR:
            continue
        rows = [row for row in results if row.tool == tool]
        words = [row.words for row in rows if row.words]
        lines = [row.residue for row in rows if row.residue]
        low, high = _interval(rows, rival) if tool != RIVAL else (float("nan"),) * 2
        table.append(
            Accuracy(
                tool=tool,
                pages=len(rows),
                f1=_mean(score.f1 for score in words),
                precision=_mean(score.precision for score in words),
                recall=_mean(score.recall for score in words),
                perfect=_mean(float(is_perfect(score)) for score in words),
                residue=_mean(score.residue for score in lines),
                loss=_mean(score.loss for score in lines),
                snippets=snippet_f1([row.snippets for row in rows if row.snippets])
                if any(row.snippets for row in rows)
                else float("nan"),
                failed=sum(row.failed for row in rows),
                low=low,
                high=high,
            )
        )
    return table


def measure_pace(results: Sequence[Result]) -> list[Pace]:
    """One row a tool that was timed. Pages per second is the number of pages over their time."""
    floor = {(r.page.set, r.page.id): r.seconds for r in results if r.tool == FLOOR}
    means = {
        tool: fmean(row.seconds for row in results if row.tool == tool)
        for tool in dict.fromkeys(row.tool for row in results if row.seconds > 0)
    }
    table = []
    for tool, mean in means.items():
        rows = [row for row in results if row.tool == tool]
        times = [row.seconds for row in rows]
        keys = [(row.page.set, row.page.id) for row in rows]
        ratios = [
            row.seconds / floor[key] for row, key in zip(rows, keys, strict=True) if key in floor
        ]
        table.append(
            Pace(
                tool=tool,
                pages_per_second=1 / mean,
                ratio=means[RIVAL] / mean if RIVAL in means else float("nan"),
                mean_ms=mean * 1e3,
                p99_ms=_p99(times) * 1e3,
                times_floor_p99=_p99(ratios) if ratios else float("nan"),
            )
        )
    return table


def render_accuracy(title: str, table: Iterable[Accuracy]) -> str:
    """The table as aligned text."""
    head = (
        f"{'tool':24} {'pages':>5} {'F1':>6} {'prec':>6} {'rec':>6} {'perf':>5} {'resid':>6} "
        f"{'loss':>6} {'snip':>6} {'fail':>4}  F1 against {RIVAL}"
    )
    lines = [title, head]
    for row in table:
        figures = " ".join(
            _figure(value, width)
            for value, width in (
                (row.f1, 6), (row.precision, 6), (row.recall, 6), (row.perfect, 5),
                (row.residue, 6), (row.loss, 6), (row.snippets, 6),
            )
        )  # fmt: skip
        interval = "" if np.isnan(row.low) else f"{row.low:+.4f} .. {row.high:+.4f}"
        lines.append(f"{row.tool:24} {row.pages:5} {figures} {row.failed:4}  {interval}".rstrip())
    return "\n".join(lines)


def render_pace(title: str, table: Iterable[Pace]) -> str:
    """The table as aligned text."""
    lines = [
        title,
        f"{'tool':24} {'pages/s':>8} {'x rival':>8} {'mean ms':>8} {'p99 ms':>8} {'p99/parse':>9}",
    ]
    lines.extend(
        f"{row.tool:24} {row.pages_per_second:8.1f} {row.ratio:8.2f} {row.mean_ms:8.2f} "
        f"{row.p99_ms:8.1f} {row.times_floor_p99:9.1f}"
        for row in table
    )
    return "\n".join(lines)


def _interval(rows: Sequence[Result], rival: dict[tuple[str, str], Result]) -> tuple[float, float]:
    """The 2.5th and 97.5th percentile of the mean difference over resampled pages."""
    gaps = [
        row.words.f1 - other.words.f1
        for row in rows
        if row.words
        and (other := rival.get((row.page.set, row.page.id))) is not None
        and other.words
    ]
    if not gaps:
        return float("nan"), float("nan")
    values = np.array(gaps)
    draws = np.random.default_rng(_SEED).integers(0, len(values), (_RESAMPLES, len(values)))
    means = values[draws].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return fmean(listed) if listed else float("nan")


def _p99(values: Sequence[float]) -> float:
    return quantiles(values, n=100)[-1] if len(values) > 1 else values[0]


def _figure(value: float, width: int) -> str:
    return f"{'-':>{width}}" if np.isnan(value) else f"{value:{width}.{min(4, width - 2)}f}"
