"""A line -> how surely it is a publisher's prompt, learned from thousands of them and their likes.

Rules know wordings; publishers ask for the same few things in endless others. A logistic regression
over hashed words, pairs and pieces of words generalises what the examples of all rule files have in
common, over all languages that part words by spaces at once. Few lines of a story have words enough
of those that prompts are made of, so that nearly none is scored at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import repeat
from math import exp, sqrt
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from cleaners.weights import open_weights, read_weights
from cleaners.words.fold import fold_words
from cleaners.words.sentences import COLONS, STOPS, is_question

VERSION = 1
"""Counts up when the meaning of a token or an array changes; weights of another are refused."""
BUCKETS = 1 << 17
"""Tokens are told apart by so many numbers."""
GLANCE, PAGE_GLANCE = 2.0, 5.0
"""What the words of a line come to at least, added up, of what is scored: 5 % of the lines of texts
without residue; fewer of pages, on which more has been said about each line before."""
SMOOTHED = 5
"""What is added to the number of a line's tokens, by whose root their weights' sum is divided."""
# Characters at least and at most, and words, of a line that is scored.
_LEAST_CHARS, _MOST_CHARS, _LEAST_WORDS, _MOST_WORDS = 20, 300, 6, 50
# Of the words that a line comes to so much by, one at least has such a rate.
_HINT = 1.0
_PIECE = 4  # characters of a piece of a word
# No line is a prompt of which a sentence of so many characters is less probable than this. Of
# shorter ones, as buttons at its end are ("Jetzt anmelden."), it has learned too little.
_SENTENCE_CHARS, _BUTTON_CHARS, _LEAST_PART = 12, 18, 0.02
_OPENING = frozenset("\"'“„«»‘‚")
_ZEROS = repeat(0.0)
_SENTENCE_END = re.compile(f"(?<=[{STOPS}])\\s+")
_PART = re.compile(f"[{STOPS}:;]")
_SIGNS = (("?", "?"), ("!", "!"), ("@", "@"), ("$", "€$£₺₽¥"), ('"', '"“”„«»「」『』'))


@dataclass(frozen=True, slots=True)
class PromptModel:
    """The learned weights by number of token, in steps of `scale`, and words in small letters.

    Of each of `words` it says how much more frequent it is in prompts than in stories: a logarithm
    in bounds. `hints` are those of which that is high.
    """

    weights: NDArray[np.int64]
    scale: float
    bias: float
    words: dict[str, float]
    hints: frozenset[str]


def list_tokens(line: str) -> set[int]:
    """The numbers (0 up to `BUCKETS`) of what is looked at in a line.

    That is its words and pairs of words, those that begin a sentence once more, pieces of words
    (endings vary), signs, and about how long it is.
    """
    folded = fold_words(line)
    tokens: set[int] = set()
    before, was_first, is_first, end = "", False, True, 0
    for word, start, stop in zip(folded.words, folded.starts, folded.ends, strict=True):
        # One character is the space between two words.
        is_first = is_first or (start - end > 1 and _PART.search(line, end, start) is not None)
        said = "#" if word[0].isdigit() else word
        tokens.update(_number_pieces(said))
        if is_first:
            tokens.add(_number(f"s{said}"))
        if before:
            tokens.add(_number(f"b{before} {said}"))
            if was_first:
                tokens.add(_number(f"t{before} {said}"))
        before, was_first, is_first, end = said, is_first, False, stop
    tokens.update(_number(name) for name, signs in _SIGNS if any(sign in line for sign in signs))
    tokens.add(_number(f"n{min(9, len(folded.words) // 5)}"))
    return tokens


@lru_cache(maxsize=1 << 14)  # texts repeat their words
def _number_pieces(word: str) -> tuple[int, ...]:
    """The numbers of a word and of its pieces."""
    bound = f"<{word}>"
    pieces = [f"c{bound[at : at + _PIECE]}" for at in range(len(bound) - _PIECE + 1)]
    return tuple(map(_number, (f"u{word}", *pieces)))


def _number(token: str) -> int:
    return crc32(token.encode("utf-8", "surrogatepass")) % BUCKETS


def rate_prompts(lines: Sequence[str], *, least: float, glance: float = GLANCE) -> dict[int, float]:
    """The places of the lines that are prompts with a probability of `least` (0..1) or more; that.

    Most lines are done with at a `glance`: their words are too seldom those of prompts.
    """
    model = load_prompt_model()
    said, is_apart = model.words.get, model.hints.isdisjoint
    rated: dict[int, float] = {}
    for index, line in enumerate(lines):
        if not _LEAST_CHARS <= len(line) <= _MOST_CHARS:
            continue
        words = line.lower().split()
        # Nearly all end here, without being added up.
        if (
            not _LEAST_WORDS <= len(words) <= _MOST_WORDS
            or is_apart(words)
            or sum(map(said, words, _ZEROS)) < glance
        ):
            continue
        if (probability := _rate(line, model)) >= least and _is_whole(line, model):
            rated[index] = probability
    return rated


def _is_whole(line: str, model: PromptModel) -> bool:
    """Whether all of a line that is like a prompt is one: a sentence of the story may stand in it.

    What a line quotes first it tells of. A question may lead to what is asked; one that ends a line
    may as well be an interview's, and a colon leads in what the story lists.
    """
    if line[0] in _OPENING or line.endswith(COLONS) or is_question(line):
        return False
    *parts, last = _SENTENCE_END.split(line)
    if parts and len(last) >= _BUTTON_CHARS:
        parts.append(last)
    told = (each for each in parts if len(each) >= _SENTENCE_CHARS and not is_question(each))
    return all(_rate(each, model) >= _LEAST_PART for each in told)


def _rate(text: str, model: PromptModel) -> float:
    tokens = list_tokens(text)
    # Whole numbers come to the same sum in any order.
    total = int(model.weights.take(list(tokens)).sum()) * model.scale
    return 1.0 / (1.0 + exp(-total / sqrt(len(tokens) + SMOOTHED) - model.bias))


@cache
def load_prompt_model() -> PromptModel:
    """The packaged weights, read once.

    Raises:
        ModelError: the file is missing, damaged, or made for another version.
    """
    return parse_prompt_model(read_weights("prompts.npz"))


def parse_prompt_model(data: bytes) -> PromptModel:
    """The model in the bytes of an npz file.

    Raises:
        ModelError: they are damaged, or made for another version.
    """
    with open_weights(data, version=VERSION) as arrays:
        weights, scale = arrays["weights"].astype(np.int64), float(arrays["scale"])
        rates = arrays["rates"].astype(np.float64).tolist()
        words = dict(zip(str(arrays["words"]).split(" "), rates, strict=True))
        hints = frozenset(word for word, rate in words.items() if rate >= _HINT)
        return PromptModel(weights, scale, float(arrays["bias"]), words, hints)
