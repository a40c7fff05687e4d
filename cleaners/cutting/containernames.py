"""What page templates call the containers of things: the names of `words/containers.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cleaners.cutting.labels import NAME_BREAK, Labels, list_probes, mark_bins, write_pattern
from cleaners.words.wordlists import read_word_list

NAMED = (
    *("comments", "others", "fact_box", "prompt", "appeal", "writer_box", "verdict", "claim"),
    *("crosshead", "footnotes", "post", "note", "quotation", "region_end", "modal"),
)
"""The sorts of containers that `find_names` tells by their names: words, one after the other."""
HINTS = "hints"
"""The sort of those that may speak of captions, bylines or authors, as `ContainerNames` has it."""
# Microdata and link types that name an author (schema.org `author`, HTML `rel=author`).
AUTHOR_NAMES = frozenset({"author", "ip_author"})
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerNames:
    """The names of `words/containers.toml`, by what they say.

    Of caption, byline and author speaks no name whose letters hold none of `hints`.
    """

    hints: frozenset[str]
    caption: frozenset[str]
    caption_short: frozenset[str]
    caption_whole: frozenset[str]
    byline: frozenset[str]
    picture: frozenset[str]
    described: frozenset[str]
    standfirst: frozenset[str]
    standfirst_apart: frozenset[str]
    comments: frozenset[str]
    others: frozenset[str]
    fact_box: frozenset[str]
    prompt: frozenset[str]
    appeal: frozenset[str]
    writer_box: frozenset[str]
    verdict: frozenset[str]
    claim: frozenset[str]
    crosshead: frozenset[str]
    footnotes: frozenset[str]
    post: frozenset[str]
    note: frozenset[str]
    quotation: frozenset[str]
    region_end: frozenset[str]
    modal: frozenset[str]
    story: tuple[str, ...]


@cache
def load_container_names() -> ContainerNames:
    """The packaged names that templates give to the containers of captions and bylines."""
    raw = read_word_list("containers")
    said = {*raw["caption"], *raw["caption_short"], *raw["byline"], *raw["described"]}
    said |= AUTHOR_NAMES | {NAME_BREAK.split(name)[0] for name in raw["caption_whole"]}
    return ContainerNames(
        caption=frozenset(raw["caption"]),
        caption_short=frozenset(raw["caption_short"]),
        caption_whole=frozenset(raw["caption_whole"]),
        byline=frozenset(raw["byline"]),
        picture=frozenset(raw["picture"]),
        described=frozenset(raw["described"]),
        standfirst=frozenset(raw["standfirst"]),
        standfirst_apart=frozenset(raw["standfirst_apart"]),
        comments=frozenset(raw["comments"]),
        others=frozenset(raw["others"]),
        fact_box=frozenset(raw["fact_box"]),
        prompt=frozenset(raw["prompt"]),
        appeal=frozenset(raw["appeal"]),
        writer_box=frozenset(raw["writer_box"]),
        verdict=frozenset(raw["verdict"]),
        claim=frozenset(raw["claim"]),
        crosshead=frozenset(raw["crosshead"]),
        footnotes=frozenset(raw["footnotes"]),
        post=frozenset(raw["post"]),
        note=frozenset(raw["note"]),
        quotation=frozenset(raw["quotation"]),
        region_end=frozenset(raw["region_end"]),
        modal=frozenset(raw["modal"]),
        story=tuple(raw["story"]),
        hints=frozenset(part for name in said for part in NAME_BREAK.split(name) if part),
    )


def find_names(labels: Labels) -> dict[str, frozenset[int]]:
    """By sort of `NAMED`, the numbers of a page's names that hold one of its names.

    And those that hold one of the hints, a few others among them. All sorts are looked for in one
    go: guards ask for several on every page.
    """
    found: dict[str, list[int]] = {sort: [] for sort in (*NAMED, HINTS)}
    marks, patterns = _load_search()
    for number, mark in labels.find_marked(marks).items():
        name = labels.names[number].lower()
        # Nearly all names have one mark.
        rest = mark
        while rest:
            lowest = rest & -rest
            rest -= lowest
            sort, pattern = patterns[lowest]
            if pattern is None or pattern.search(name):
                found[sort].append(number)
    return {sort: frozenset(numbers) for sort, numbers in found.items()}


@cache
def _load_search() -> tuple[NDArray[np.uint16], dict[int, tuple[str, re.Pattern[str] | None]]]:
    """The marks of the sorts, and by its own mark each sort and what finds its names."""
    known = load_container_names()
    lists = [tuple(sorted(getattr(known, sort))) for sort in NAMED]
    marks = mark_bins((*map(list_probes, lists), known.hints))
    patterns = (*map(write_pattern, lists), None)
    pairs = enumerate(zip((*NAMED, HINTS), patterns, strict=True))
    return marks, {1 << at: pair for at, pair in pairs}


def split_humps(key: str) -> str:
    """A name with a hyphen before its inner capitals: `ArticleDek` is said as `article-dek` is."""
    # Most names have no capitals.
    return _HUMP.sub("-", key) if key != key.lower() else key


def names_standfirst(key: str) -> bool:
    """Whether a container's class and id say that a standfirst is in it."""
    known = load_container_names()
    for name in split_humps(key).lower().split():
        parts = NAME_BREAK.split(name)
        # `sub-title` is one word in two parts.
        said = {*parts, *map("".join, pairwise(parts))}
        if not known.standfirst.isdisjoint(said) and known.standfirst_apart.isdisjoint(parts):
            return True
    return False
