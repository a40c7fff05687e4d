"""Blocks in, one column of numbers each out: what the model sees of a page.

Three groups: what a block says and how it is set (`_add_own`), where it stands (`_add_place`),
and what stands around it (`_add_neighbours`). Everything is a numpy sum, gather or shift over all
blocks of the page; there is no Python loop over blocks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaners.containers import Places, measure_places
from cleaners.cut import Cut
from cleaners.evidence import Evidence
from cleaners.letters import (
    CASELESS,
    COMMA,
    DIGIT,
    LOWER,
    MARK,
    OTHER,
    UNSPACED,
    UPPER,
    Floats,
    Letters,
    clip_text,
    measure_letters,
)
from cleaners.tags import BIT, BODY_BIT, HIDDEN_BIT, SORT
from cleaners.tokens import (
    TokenTable,
    list_text_tokens,
    score_tokens,
)

# Marks inherited from ancestors that tell article from other text; the others brought nothing.
_BITS = (
    *(BIT[name] for name in ("article", "main", "header", "footer", "nav", "aside", "form")),
    *(BIT[name] for name in ("figure", "ul")),
    HIDDEN_BIT,
    BODY_BIT,
)
_HEADINGS = (SORT["h1"], SORT["h4"])
# What neighbours tell about: those beside a block more than those two away.
_NEAR = ("words", "links", "ends", "said", "near1", "far", "title")
_FURTHER = ("words", "said", "near1", "far")
_SHIFTED = ((-2, _FURTHER), (-1, _NEAR), (1, _NEAR), (2, _FURTHER))
# One character of an unspaced script says about as much as 2.5 letters, and 0.6 words.
_WIDTH, _WORD = 1.5, 0.6
# Words from which a block that ends like a sentence counts as running text.
_GOOD_WORDS = 8
_MOST_ROWS = 160
# Title words are looked for in blocks up to this many words.
_TITLE_WORDS = 40
# Characters of a block looked up in the page's own articleBody and description, and the least.
_PROBE, _LEAST_PROBE = 50, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """The matrix, feature by block, and what later stages need of its making.

    `rows[names.index(x)]` is feature x of every block. `chars` is the block's length with
    unspaced scripts widened; `good` the part of it that is running text; `words` its word count.
    """

    names: tuple[str, ...]
    rows: Floats
    chars: NDArray[np.float64]
    good: NDArray[np.float64]
    words: NDArray[np.float64]
    places: Places
    title_share: Floats


class _Rows:
    """Collects named rows. They are written into one array: joining them at the end costs more."""

    def __init__(self, count: int) -> None:
        self.names: dict[str, int] = {}
        self.values = np.empty((_MOST_ROWS, count), np.float32)

    def add(self, name: str, row: NDArray[np.generic] | float) -> None:
        self.values[len(self.names)] = row
        self.names[name] = len(self.names)


def measure_blocks(
    cut: Cut, evidence: Evidence, *, names: TokenTable, words: TokenTable
) -> Features:
    """The features of every block of a page that has at least one.

    `names` scores the tokens of classes and ids, `words` those of texts.
    """
    rows = _Rows(len(cut.texts))
    texts = cut.texts
    letters = measure_letters([clip_text(text) for text in texts])
    lengths = np.fromiter(map(len, texts), np.float64, len(texts))
    clipped = letters.counts.sum(0)
    unspaced = letters.counts[UNSPACED] / clipped
    in_words = np.diff(letters.bounds) * (1 - (1 - _WORD) * unspaced)
    word_count = np.maximum(1.0, in_words * lengths / clipped)
    chars = lengths * (1 + _WIDTH * unspaced)
    links = np.minimum(1.0, np.array(cut.link_chars) / lengths)
    good = chars * (1 - links) * (letters.ends_sentence & (word_count >= _GOOD_WORDS))
    places = measure_places(cut, chars=chars, linked=chars * links, good=good, table=names)

    rows.add("chars", np.log1p(chars))
    rows.add("words", np.log1p(word_count))
    rows.add("links", links)
    _add_own(rows, cut, letters, lengths)
    edge = _add_text_tokens(rows, letters, lengths == clipped, words)
    title_share = _add_evidence(rows, cut, evidence, letters, word_count)
    _add_place(rows, cut, places, chars=chars, good=good, title_share=title_share, edge=edge)
    _add_neighbours(rows, places, chars=chars, good=good, links=links)
    return Features(
        names=tuple(rows.names),
        rows=rows.values[: len(rows.names)],
        chars=chars,
        good=good,
        words=word_count,
        places=places,
        title_share=title_share,
    )


def _add_own(rows: _Rows, cut: Cut, letters: Letters, lengths: NDArray[np.float64]) -> None:
    counts = letters.counts
    size = counts.sum(0)
    sampled = np.maximum(1, np.diff(letters.bounds))
    in_text = np.maximum(1, counts[[LOWER, UPPER, DIGIT, UNSPACED, CASELESS]].sum(0))
    rows.add("link_count", np.array(cut.link_counts))
    rows.add("strong", np.minimum(1.0, np.array(cut.strong_chars) / lengths))
    rows.add("marks", np.array(cut.marks))
    rows.add("commas", counts[COMMA] / sampled)
    rows.add("sentences", letters.sentences / sampled)
    rows.add("ends", letters.ends_sentence)
    rows.add("last", letters.last)
    rows.add("first", letters.first)
    rows.add("digits", counts[DIGIT] / size)
    rows.add("upper", counts[UPPER] / in_text)
    rows.add("unspaced", counts[UNSPACED] / size)
    rows.add("caseless", counts[CASELESS] / size)
    rows.add("symbols", counts[MARK])
    rows.add("others", counts[OTHER])
    rows.add("word_length", in_text / sampled)
    starts, ends = letters.bounds[:-1], letters.bounds[1:]
    capitals = np.append(0, np.cumsum(letters.capital))
    rows.add("capitals", (capitals[ends] - capitals[starts]) / sampled)
    # How common its words are on this page: function words are, in any language.
    _, which, frequency = np.unique(letters.words, return_inverse=True, return_counts=True)
    common = np.append(0.0, np.cumsum(np.log(frequency)[which]))
    rows.add("common", (common[ends] - common[starts]) / sampled)


def _add_text_tokens(
    rows: _Rows, letters: Letters, is_whole: NDArray[np.bool_], table: TokenTable
) -> Floats:
    """Add the token scores of the texts; return those of whole short texts."""
    tokens = list_text_tokens(letters, is_whole)
    words = score_tokens(tokens.words, table)
    rows.add("word_mean", words.mean)
    rows.add("word_low", words.low)
    edges = table.look_up(tokens.edges.ravel()).reshape(tokens.edges.shape)
    for name, row in zip(("head1", "head2", "head3", "tail1", "whole"), edges, strict=True):
        rows.add(name, row)
    said: Floats = words.mean + edges[4]
    rows.add("said", said)
    return said


def _add_evidence(
    rows: _Rows,
    cut: Cut,
    evidence: Evidence,
    letters: Letters,
    word_count: NDArray[np.float64],
) -> Floats:
    """Add overlap with the title, the description and `articleBody`; return the title's."""
    count = len(cut.texts)
    share = np.zeros(count, np.float32)
    if evidence.title:
        title = np.unique(measure_letters([evidence.title]).words)
        hits = np.append(0, np.cumsum(np.isin(letters.words, title)))
        found = hits[letters.bounds[1:]] - hits[letters.bounds[:-1]]
        union = len(title) + np.diff(letters.bounds) - found
        share = np.where(word_count <= _TITLE_WORDS, found / np.maximum(1, union), 0)
        share = share.astype(np.float32)
    rows.add("title", share)
    rows.add("description", _find_probes(cut.texts, evidence.description))
    rows.add("body", _find_probes(cut.texts, evidence.body.replace("\n", " ")))
    return share


def _find_probes(texts: list[str], where: str) -> Floats:
    """For each text: 1 if its beginning stands in `where`, 0 if not, -1 if nobody can say."""
    if not where:
        return np.full(len(texts), -1, np.float32)
    return np.array(
        [
            -1.0 if len(text) < _LEAST_PROBE else float(text[:_PROBE].strip() in where)
            for text in texts
        ],
        np.float32,
    )


def _add_place(
    rows: _Rows,
    cut: Cut,
    places: Places,
    *,
    chars: NDArray[np.float64],
    good: NDArray[np.float64],
    title_share: Floats,
    edge: Floats,
) -> None:
    count = len(chars)
    index = np.arange(count)
    for name, row in places.rows:
        rows.add(name, row)
    bits = np.array(cut.bits)[places.homes]
    for number, bit in enumerate(_BITS):
        rows.add(f"bit{number}", (bits & bit) != 0)
    before, good_before = np.cumsum(chars) - chars, np.cumsum(good) - good
    rows.add("position", index / count)
    rows.add("before", before / max(1.0, chars.sum()))
    rows.add("good_before", good_before / max(1.0, good.sum()))
    rows.add("count", np.log1p(count))
    rows.add("total", np.log1p(chars.sum()))
    rows.add("good_total", np.log1p(good.sum()))
    is_heading = (places.sorts >= _HEADINGS[0]) & (places.sorts <= _HEADINGS[1])
    heading = np.maximum.accumulate(np.where(is_heading, index, -1))
    rows.add("since_heading", np.minimum(index - heading, 30))
    rows.add("heading_said", np.where(heading >= 0, edge[heading], 0))
    rows.add("heading_sort", np.where(heading >= 0, places.sorts[heading], 0))
    rows.add("heading_place", np.where(heading >= 0, places.near[heading], 0))
    strength = title_share * (1 + 0.3 * (places.sorts == SORT["h1"]))
    titled = int(strength.argmax())
    best = title_share[titled]
    after = np.clip(index - titled, -60, 60) if best > 0.3 else np.full(count, 99)
    rows.add("since_title", after)
    rows.add("title_best", best)


def _shift(row: NDArray[np.generic], by: int, fill: float) -> NDArray[np.generic]:
    """The row as seen from blocks `by` places later; `fill` beyond the edges."""
    moved = np.full_like(row, fill)
    if abs(by) >= len(row):
        return moved
    if by > 0:
        moved[by:] = row[:-by]
    else:
        moved[:by] = row[-by:]
    return moved


def _add_neighbours(
    rows: _Rows,
    places: Places,
    *,
    chars: NDArray[np.float64],
    good: NDArray[np.float64],
    links: NDArray[np.float64],
) -> None:
    count = len(chars)
    index = np.arange(count)
    for by, names in _SHIFTED:
        for name in names:
            row = rows.values[rows.names[name]]
            rows.add(f"{name}{by:+d}", _shift(row, by, -1))
    for by in (-1, 1):
        rows.add(f"same_signature{by:+d}", _shift(places.signatures, by, -1) == places.signatures)
    sums = [np.append(0.0, np.cumsum(row)) for row in (good, chars, chars * links)]
    for reach in (3, 6, 15):
        low, high = np.maximum(0, index - reach), np.minimum(count, index + reach + 1)
        good_in, chars_in, links_in = (total[high] - total[low] for total in sums)
        rows.add(f"window_good{reach}", good_in / np.maximum(1, chars_in))
        rows.add(f"window_links{reach}", links_in / np.maximum(1, chars_in))
        rows.add(f"window_chars{reach}", np.log1p(good_in))
    low, high = np.maximum(0, index - 8), np.minimum(count, index + 9)
    rows.add("good_above", np.log1p(sums[0][index] - sums[0][low]))
    rows.add("good_below", np.log1p(sums[0][high] - sums[0][np.minimum(count, index + 1)]))
