"""What page templates call the containers of things: the names of `words/containers.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from cleaners.labels import NAME_BREAK
from cleaners.wordlists import read_word_list

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
    verdict: tuple[str, ...]
    crosshead: tuple[str, ...]
    footnotes: tuple[str, ...]
    post: tuple[str, ...]
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
        verdict=tuple(raw["verdict"]),
        crosshead=tuple(raw["crosshead"]),
        footnotes=tuple(raw["footnotes"]),
        post=tuple(raw["post"]),
        story=tuple(raw["story"]),
        hints=frozenset(part for name in said for part in NAME_BREAK.split(name) if part),
    )


@cache
def gather_names(*sorts: str) -> tuple[str, ...]:
    """The names of some sorts, which are fields of `ContainerNames`, as one list to look for."""
    known = load_container_names()
    return tuple(sorted(frozenset().union(*(getattr(known, sort) for sort in sorts))))


def names_standfirst(key: str) -> bool:
    """Whether a container's class and id say that a standfirst is in it."""
    known = load_container_names()
    # `ArticleDek_root` is written as `article-dek_root` is.
    for name in _HUMP.sub("-", key).lower().split():
        parts = NAME_BREAK.split(name)
        # `sub-title` is one word in two parts.
        said = {*parts, *map("".join, pairwise(parts))}
        if not known.standfirst.isdisjoint(said) and known.standfirst_apart.isdisjoint(parts):
            return True
    return False
