"""Evidence in, verdicts out: which blocks of a page are the article."""

from __future__ import annotations

from cleaners.article import Reason, Verdict
from cleaners.cut import Cut
from cleaners.tags import BIT, HIDDEN_BIT

_CHROME_BITS = BIT["nav"] | BIT["footer"] | BIT["aside"] | BIT["form"] | BIT["figure"] | HIDDEN_BIT
# Characters from which a block with few links counts as running text.
_LONG_TEXT = 80
_MAX_LINK_DENSITY = 0.33


def judge_page(cut: Cut) -> tuple[Verdict, ...]:
    """One verdict a block, in order: the text-rich run of the container that holds most text."""
    sizes = [
        len(text)
        if len(text) >= _LONG_TEXT and links / len(text) < _MAX_LINK_DENSITY and not bits
        else 0
        for text, links, bits in zip(
            cut.texts,
            cut.link_chars,
            (cut.bits[home] & _CHROME_BITS for home in cut.homes),
            strict=True,
        )
    ]
    weights = [0.0] * len(cut.parents)
    for home, size in zip(cut.homes, sizes, strict=True):
        weights[home] += size
        if home:
            weights[cut.parents[home]] += 0.7 * size
    best = max(range(len(weights)), key=weights.__getitem__)
    last = cut.ends[best]
    inside = [index for index, home in enumerate(cut.homes) if best <= home <= last]
    rich = [index for index in inside if sizes[index]]
    kept = range(rich[0], rich[-1] + 1) if rich else range(0)
    keep = Verdict(keep=True, reason=Reason.ARTICLE)
    drop = Verdict(keep=False, reason=Reason.NOT_ARTICLE)
    return tuple(
        keep
        if index in kept
        and best <= home <= last
        and not cut.bits[home] & _CHROME_BITS
        and cut.link_chars[index] <= 0.5 * len(cut.texts[index])
        else drop
        for index, home in enumerate(cut.homes)
    )
