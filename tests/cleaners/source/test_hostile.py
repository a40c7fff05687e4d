"""What is counted at a glance is never less than what a parser would find."""

from __future__ import annotations

import random

import numpy as np
import pytest

from cleaners.errors import PageTooComplex
from cleaners.source import attributes
from cleaners.source.attributes import count_attributes, count_closed
from cleaners.source.hostile import refuse_hostile
from cleaners.source.tagsoup import (
    AttributeCounter,
    TagSoup,
    find_starts,
    list_names,
    read_attributes,
)

_PIECES = (
    " ",
    "\n",
    "\t ",
    "/",
    "=",
    "==",
    '"',
    "'",
    ">",
    "<",
    "a",
    "bc",
    "<p",
    "</p",
    "x=1",
    "<i ",
)
_VALUES = ('=""', "=''", "='\"'", '=">"', '=" <a b> "', "= 1", " = 'x y'", "=", "", "=/")
_ENDS = (" ", "\n", "/", " / ", "")
# Squares of the attributes of tags, summed: twice the comparisons, at 3 ns each.
_MOST_SQUARES = 1_000_000_000


def list_tags(page: bytes) -> list[list[bytes]]:
    """The names of the attributes of each tag of a page without comments and raw text."""
    soup, tags = TagSoup(page), []
    while (tag := soup.next_tag()) is not None:
        tags.append(list_names(tag.attributes))
    return tags


def make_attributes(chance: random.Random, count: int) -> str:
    ends = [chance.choice(_ENDS) for _ in range(chance.choice((1, 1, 3)))]
    values = [chance.choice(_VALUES) for _ in range(chance.choice((1, 1, 3)))]
    return "".join(f"a{n}{chance.choice(values)}{chance.choice(ends)}" for n in range(count))


@pytest.mark.parametrize("chunk", [1, 2, 7, 1 << 17])
def test_no_attribute_is_left_uncounted(chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attributes, "_CHUNK", chunk)
    found = 0
    for seed in range(150):
        chance = random.Random(seed)
        page = "".join(chance.choices(_PIECES, k=30)) + f"><p {make_attributes(chance, 20)}>"
        names = sum(map(len, list_tags(page.encode())))
        codes = np.frombuffer(page.encode(), np.uint8)
        assert count_attributes(codes) >= names, page
        assert count_attributes(codes, count_closed(codes)) >= names, page
        found += names
    assert found > 2_000


def test_attributes_of_possible_tags_are_counted_as_they_would_be_read() -> None:
    found = 0
    for seed in range(200):
        chance = random.Random(seed)
        page = "".join(chance.choices((*_PIECES, *_VALUES), k=200)).encode()
        counter = AttributeCounter(page)
        for place in find_starts(page, 0, len(page)):
            names = list_names(read_attributes(page, place))
            assert counter.count(place, 10_000) == len(names), page[place:]
            found += len(names)
    assert found > 10_000


def test_possible_tags_in_one_long_name_are_counted_in_time() -> None:
    page = b"<a" * 300_000 + b" a b c"
    counter = AttributeCounter(page)
    counts = {counter.count(place, 10) for place in find_starts(page, 0, len(page))}
    assert counts == {3}


def test_attributes_of_plain_tags_are_counted_twice_at_most() -> None:
    page = b"<p class=a id=b hidden>x</p>" * 1_000
    assert count_attributes(np.frombuffer(page, np.uint8)) <= 2 * 3_000


@pytest.mark.parametrize("seed", range(24))
def test_page_that_is_let_pass_compares_few_attributes(seed: int) -> None:
    chance = random.Random(seed)
    around = ["".join(chance.choices(_PIECES, k=chance.choice((3, 30)))) for _ in range(5)]
    parts = []
    for _ in range(chance.choice((1, 4, 40))):
        parts += chance.choices(around, k=chance.choice((1, 200)))
        parts.append(f"><p {make_attributes(chance, 160_000 // chance.choice((4, 10, 80)))}>x")
    page = "".join(parts).encode()[: 8 << 20]
    try:
        refuse_hostile(page)
    except PageTooComplex:
        return
    assert sum(len(names) ** 2 for names in list_tags(page)) <= _MOST_SQUARES


_LAST_NAMES = " ".join(f"x{n}" for n in range(78_940, 79_000))
_NINE_THOUSANDTH = " ".join(f"n{n}" for n in range(8_980, 9_000))
_THREE_NAMES = [f"n{n}'n{n}\"n{n}" for n in range(60_000)]
_PAIRS = [f"{a}{b}" for a in "abcdefghijklmnopqrstuvwxyz" for b in "abcdefghijklm"]


@pytest.mark.parametrize(
    "page",
    [
        f"<p {' '.join(_PAIRS[:330])}>x" * 9_000,
        "<p>" + "<p " + " ".join(f'a{n}={" " * 20}">"' for n in range(20_000)) + ">x",
        "".join(f"<p x{n}=1>y" for n in range(100_000)),
        "".join(f"<x{n}>y</x{n}>" for n in range(100_000)),
        "".join(f"<br x{n}>" for n in range(79_000)) + f"<br {_LAST_NAMES}>" * 6_500,
        "".join(f"<br n{n}>" for n in range(9_000)) + f"<br {_NINE_THOUSANDTH}>" * 12_000,
        "".join(f"<br {piece}><br x=' {piece}'><br x=\" {piece}\">" for piece in _THREE_NAMES),
    ],
    ids=[
        "short tags",
        "values far from their names",
        "names of attributes",
        "names of elements",
        "names met before",
        "fewer names met before more often",
        "three names a piece",
    ],
)
def test_many_attributes_and_names_are_refused_on_large_pages(page: str) -> None:
    with pytest.raises(PageTooComplex, match=r"attributes|names"):
        refuse_hostile(page.encode())
