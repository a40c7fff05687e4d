"""Trafilatura as a second opinion; the only door to it.

Its import takes about as long as cleaning fifty pages, so it happens on the first question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cleaners.article import Block, Reason, Verdict

_GRAM = 4
# Share of a block's word 4-grams that must stand in the witness's text to call it vouched for.
_VOUCHED = 0.6
# Width of the doubt: the witness decides only about blocks whose probability lies inside.
_DOUBT_LOW, _DOUBT_HIGH = 0.2, 0.8
# A witness whose text is a small part of what the model is sure of has missed the article.
_LEAST_AGREEMENT = 0.3


def ask_witness(html: str, *, url: str = "") -> str:
    """The article text as trafilatura sees it, one line a block; empty where it sees none."""
    import trafilatura  # noqa: PLC0415 - slow, and needed by few; this is its door

    if not html.strip():
        return ""
    try:
        text = trafilatura.extract(html, url=url or None, include_comments=False)
    except Exception:  # noqa: BLE001 - an opinion that cannot be had is no opinion
        return ""
    return text or ""


def judge_with_witness(blocks: Sequence[Block], testimony: str) -> tuple[Block, ...]:
    """The blocks with the verdict turned on those the model doubts and the witness decides.

    A doubted block that stands in `testimony` is kept, one that does not is dropped. Nothing
    changes where the testimony is empty, or shares too little with what the model is sure of.
    """
    heard = _split_words(testimony)
    if not heard:
        return tuple(blocks)
    grams = {tuple(heard[i : i + _GRAM]) for i in range(len(heard) - _GRAM + 1)}
    joined = f" {' '.join(heard)} "
    vouched = [_is_vouched(block.text, grams, joined) for block in blocks]
    sure = [
        (len(block.text), said)
        for block, said in zip(blocks, vouched, strict=True)
        if block.verdict.score is not None and block.verdict.score > _DOUBT_HIGH
    ]
    agreed = sum(size for size, said in sure if said)
    if sure and agreed < _LEAST_AGREEMENT * sum(size for size, _ in sure):
        return tuple(blocks)
    return tuple(_weigh(block, said=said) for block, said in zip(blocks, vouched, strict=True))


def _weigh(block: Block, *, said: bool) -> Block:
    verdict = block.verdict
    is_doubted = (
        verdict.score is not None
        and _DOUBT_LOW <= verdict.score <= _DOUBT_HIGH
        and verdict.reason in {Reason.ARTICLE, Reason.NOT_ARTICLE, Reason.AFTER_END}
    )
    if not is_doubted or verdict.keep == said:
        return block
    reason = Reason.ARTICLE if said else Reason.NOT_ARTICLE
    return replace(
        block,
        verdict=Verdict(keep=said, reason=reason, rule="witness", score=verdict.score),
    )


def _is_vouched(text: str, grams: set[tuple[str, ...]], joined: str) -> bool:
    words = _split_words(text)
    if not words:
        return False
    if len(words) < _GRAM:
        return f" {' '.join(words)} " in joined
    count = len(words) - _GRAM + 1
    return sum(tuple(words[i : i + _GRAM]) in grams for i in range(count)) >= _VOUCHED * count


def _split_words(text: str) -> list[str]:
    """Lower-cased words; a long run without spaces counts by the character, as in Chinese."""
    words: list[str] = []
    for word in text.lower().split():
        words.extend(word if len(word) > 30 or word[0] >= "\u2e80" else (word,))
    return words
