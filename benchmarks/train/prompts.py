"""`python -m benchmarks.train.prompts CORPORA`: fit the model of prompts, and score it.

It learns from the examples of the rule files, from lines that were written for it (`lines/*.toml`
beside this file: in each language prompts, and lines of stories that come near them), and from the
lines of human extractions of articles, none of which is taken for a prompt. Writes
`cleaners/prompts.npz`. Needs the extra `train`.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from benchmarks.train.corpora import FOLDS, FULL_TEXT_SETS, read_samples
from cleaners.hearing.promptmodel import BUCKETS, SMOOTHED, VERSION, list_tokens
from cleaners.matching.phrases import list_rule_files
from cleaners.words.wordlists import list_word_lists, read_word_list

_ROOT = Path(__file__).parents[2]
_LINES = Path(__file__).with_name("lines")
# Words of a line at least and at most that teaches, and its characters.
_WORDS, _MOST_CHARS = range(5, 51), 320
# What each near miss counts beside a line of an article: they were written to be hard.
_NEAR = 2.0
_STRENGTH = 5.0
# Words that stand in no prompt are rated if so many lines of articles hold them.
_FREQUENT = 20
# Logarithms of a word's rate between which it says nothing, and bounds of it; lines added to both.
_TELLING, _LOWEST, _HIGHEST, _ADDED = 0.7, -2.0, 3.0, 0.3
_LEVELS = 127


@dataclass(frozen=True, slots=True)
class Line:
    """One line to learn from, or to be scored by; its fold is that of its site, or of itself.

    `is_near` says that it was written to be no prompt, but close to one.
    """

    text: str
    lang: str
    fold: int
    is_prompt: bool = False
    is_near: bool = False


def read_own_lines() -> Iterator[Line]:
    """The examples of the rule files and word lists, and the lines written for this."""
    sources = [
        (file.name.removesuffix(".toml"), rule["match"], rule["keep"])
        for file in list_rule_files()
        for rule in tomllib.loads(file.read_text(encoding="utf-8"))["rule"]
    ]
    for lang in list_word_lists("prompts"):
        words = read_word_list(f"prompts/{lang}")
        sources.append((lang, words.get("match", []), words.get("keep", [])))
    for path in sorted(_LINES.glob("*.toml")):
        written = tomllib.loads(path.read_text(encoding="utf-8"))
        sources.append((path.stem, written["asks"], written["tells"]))
    for lang, asks, tells in sources:
        for number, text in enumerate(asks):
            if len(text.split()) in _WORDS:
                yield Line(text, lang, number % FOLDS, is_prompt=True)
        for number, text in enumerate(tells):
            yield Line(text, lang, number % FOLDS, is_near=True)


def read_truths(corpora: Path) -> Iterator[Line]:
    """The lines of human extractions of articles that are short enough to be scored."""
    for name in FULL_TEXT_SETS:
        for sample in read_samples(corpora, name):
            if sample.page_type != "article":
                continue
            for text in map(str.strip, (sample.truth or "").split("\n")):
                if len(text) <= _MOST_CHARS and len(text.split()) in _WORDS:
                    yield Line(text, sample.lang, sample.fold)


def count_tokens(lines: Sequence[Line]) -> csr_matrix:
    """One row a line, of its tokens, each with the same share."""
    tokens = [sorted(list_tokens(line.text)) for line in lines]
    sizes = np.array([len(each) for each in tokens])
    values = np.repeat(1 / np.sqrt(sizes + SMOOTHED), sizes)
    starts = np.concatenate(([0], sizes.cumsum()))
    return csr_matrix((values, np.concatenate(tokens), starts), shape=(len(lines), BUCKETS))


def fit_weights(
    rows: csr_matrix, lines: Sequence[Line], chosen: NDArray[np.bool_]
) -> tuple[NDArray[np.int8], float, float]:
    """Weights in steps, the size of a step, and the bias, from some of the lines."""
    targets = np.array([line.is_prompt for line in lines])
    model = LogisticRegression(C=_STRENGTH, max_iter=500, solver="liblinear", random_state=0)
    weights = np.array([_NEAR if line.is_near else 1.0 for line in lines])
    model.fit(rows[chosen], targets[chosen], weights[chosen])
    found = model.coef_[0]
    scale = float(np.abs(found).max() / _LEVELS)
    return np.round(found / scale).astype(np.int8), scale, float(model.intercept_[0])


def rate_words(lines: Sequence[Line]) -> dict[str, float]:
    """How much more frequent words are in prompts than in other lines of their language.

    As logarithms, of the words that tell something; of a word of several languages in the one that
    has most lines with it.
    """
    sizes = Counter((line.lang, line.is_prompt) for line in lines)
    said: dict[tuple[str, bool], Counter[str]] = defaultdict(Counter)
    for line in lines:
        said[line.lang, line.is_prompt].update(set(line.text.lower().split()))
    found: dict[str, tuple[int, float]] = {}
    for lang in sorted({line.lang for line in lines if line.is_prompt}):
        asked, told = said[lang, True], said[lang, False]
        often = np.log(sizes[lang, True] / max(1, sizes[lang, False]))
        for word in sorted({*asked, *(each for each, count in told.items() if count >= _FREQUENT)}):
            rate = np.log(asked[word] + _ADDED) - np.log(told[word] + _ADDED) - often
            if abs(rate) >= _TELLING:
                number = asked[word] + told[word]
                value = float(np.clip(rate, _LOWEST, _HIGHEST))
                found[word] = max(found.get(word, (0, 0.0)), (number, value))
    return {word: value for word, (_, value) in sorted(found.items())}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    options = parser.parse_args()
    lines = [*read_own_lines(), *read_truths(options.corpora)]
    rows = count_tokens(lines)
    folds = np.array([line.fold for line in lines])
    scores = np.zeros(len(lines))
    for fold in range(FOLDS):
        weights, scale, bias = fit_weights(rows, lines, folds != fold)
        scores[folds == fold] = rows[folds == fold] @ (weights * scale) + bias
    print_scores(lines, scores)
    weights, scale, bias = fit_weights(rows, lines, folds >= 0)
    words = rate_words(lines)
    buffer = BytesIO()
    np.savez_compressed(
        buffer,
        version=np.array(VERSION),
        weights=weights,
        scale=np.array(scale, np.float32),
        bias=np.array(bias, np.float32),
        words=np.array(" ".join(words)),
        rates=np.array([*words.values()], np.float16),
    )
    (_ROOT / "cleaners" / "prompts.npz").write_bytes(buffer.getvalue())
    print(f"written, {len(buffer.getvalue())} bytes")


def print_scores(lines: Sequence[Line], scores: NDArray[np.float64]) -> None:
    """By probability, the share of prompts, near misses and lines of articles that are above it."""
    is_prompt = np.array([line.is_prompt for line in lines])
    is_near = np.array([line.is_near for line in lines])
    for probability in (0.3, 0.5, 0.7, 0.8, 0.9, 0.95):
        above = scores > np.log(probability / (1 - probability))
        shares = [above[each].mean() for each in (is_prompt, is_near, ~is_prompt & ~is_near)]
        print(
            "above {:.2f}: prompts {:.3f}, near misses {:.4f}, articles {:.5f}".format(
                probability, *shares
            )
        )


if __name__ == "__main__":
    main()
