"""Scores of one extracted text against a reference.

The measures, for a text `pred` and the reference `truth`:

- **word F1**: both texts as bags of lower-cased words. The bag measure of the WCXB benchmark
  (Murrough-Foley, Web Content Extraction Benchmark), with Chinese characters and kana as words of
  their own, because those scripts leave no space between words.
- **perfect**: a page whose word F1 is at least 0.99.
- **residue**: the share of the output's words that stand in lines foreign to the reference (fewer
  than a fifth of the line's word 4-grams occur there).
- **loss**: the share of the reference's words that no 4-gram shared with the output covers.
- **snippets**: how many of the passages that must appear do, and how many of those that must not
  appear do not; letter case and the length of white space do not count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

PERFECT_F1 = 0.99
_GRAM = 4
_FOREIGN_BELOW = 0.2

# Characters that show nothing and would split or disguise a word.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_HAN_KANA = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_HAN_KANA}]|(?:(?![{_HAN_KANA}])\w)+")
# For residue and loss, Hangul and Thai count by the character too: lines are short there.
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\u0e00-\u0e7f"
_FINE_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class WordScore:
    """Precision, recall and F1 of two bags of words, each 0..1."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidueLoss:
    """Boilerplate left in (share of the output) and text lost (share of the truth), each 0..1."""

    residue: float
    loss: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SnippetScore:
    """Counts of wanted snippets found and unwanted snippets absent."""

    found: int
    wanted: int
    absent: int
    unwanted: int


def split_words(text: str) -> list[str]:
    """The lower-cased words of a text, in order."""
    return _WORD.findall(text.translate(_INVISIBLE).lower())


def split_fine_words(text: str) -> list[str]:
    """As `split_words`, with every character of an unspaced script a word of its own."""
    return _FINE_WORD.findall(text.lower())


def score_words(pred: str, truth: str) -> WordScore:
    """Word precision, recall and F1. Two empty texts agree; one empty text scores 0."""
    got, want = split_words(pred), split_words(truth)
    if not got and not want:
        return WordScore(precision=1.0, recall=1.0, f1=1.0)
    hits = (Counter(got) & Counter(want)).total()
    if not hits:
        return WordScore(precision=0.0, recall=0.0, f1=0.0)
    precision, recall = hits / len(got), hits / len(want)
    f1 = 2 * precision * recall / (precision + recall)
    return WordScore(precision=precision, recall=recall, f1=f1)


def is_perfect(score: WordScore) -> bool:
    """Whether a page counts as extracted without an error worth naming."""
    return score.f1 >= PERFECT_F1


def residue_loss(pred: str, truth: str) -> ResidueLoss:
    """Residue and loss of one page; see the module's text for what they count."""
    got, want = split_fine_words(pred), split_fine_words(truth)
    foreign = sum(size for _, size in foreign_lines(pred, truth))
    return ResidueLoss(
        residue=foreign / len(got) if got else 0.0,
        loss=_loss(got, want),
    )


def foreign_lines(pred: str, truth: str) -> list[tuple[str, int]]:
    """The output lines that the truth does not hold, each with its number of words."""
    return _lines_absent(pred, split_fine_words(truth), below=_FOREIGN_BELOW)


def score_snippets(pred: str, wanted: Sequence[str], unwanted: Sequence[str]) -> SnippetScore:
    """How many wanted snippets the output holds, and how many unwanted ones it does not."""
    folded = _fold(pred)
    return SnippetScore(
        found=sum(_fold(snippet) in folded for snippet in wanted),
        wanted=len(wanted),
        absent=sum(_fold(snippet) not in folded for snippet in unwanted),
        unwanted=len(unwanted),
    )


def snippet_f1(scores: Sequence[SnippetScore]) -> float:
    """Harmonic mean of the share of wanted snippets found and of unwanted snippets absent.

    The shares are over all snippets of the set, not means over pages. Nothing wanted or nothing
    unwanted counts as a share of 1.
    """
    wanted = sum(score.wanted for score in scores)
    unwanted = sum(score.unwanted for score in scores)
    found = sum(score.found for score in scores) / wanted if wanted else 1.0
    absent = sum(score.absent for score in scores) / unwanted if unwanted else 1.0
    return 2 * found * absent / (found + absent) if found + absent else 0.0


def _fold(text: str) -> str:
    return " ".join(text.lower().split())


def _grams(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + _GRAM]) for i in range(len(words) - _GRAM + 1)}


def _loss(got: list[str], want: list[str]) -> float:
    if not want:
        return 0.0
    if len(want) < _GRAM:
        return 0.0 if f" {' '.join(want)} " in f" {' '.join(got)} " else 1.0
    grams = _grams(got)
    covered = bytearray(len(want))
    for i in range(len(want) - _GRAM + 1):
        if tuple(want[i : i + _GRAM]) in grams:
            covered[i : i + _GRAM] = b"\1" * _GRAM
    return 1 - sum(covered) / len(want)


def _lines_absent(text: str, other: list[str], *, below: float) -> list[tuple[str, int]]:
    """Lines of `text` that share fewer than `below` of their 4-grams with the words `other`."""
    grams = _grams(other)
    joined = f" {' '.join(other)} "
    absent = []
    for line in text.split("\n"):
        words = split_fine_words(line)
        if not words:
            continue
        if len(words) < _GRAM:
            is_absent = f" {' '.join(words)} " not in joined
        else:
            count = len(words) - _GRAM + 1
            shared = sum(tuple(words[i : i + _GRAM]) in grams for i in range(count))
            is_absent = shared / count < below
        if is_absent:
            absent.append((line.strip(), len(words)))
    return absent
