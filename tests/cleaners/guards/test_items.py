"""Linked items of a story's own list and lists of linked names stay; buttons do not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.guards.items import find_doubted_lists, find_linked_items, find_linked_lists

LINK = "<a href=/x>{}</a>"


def find(*items: str, probability: float = 0.3) -> list[str]:
    """What is added of a list of which the unlinked items are kept, and the text around it."""
    listed = "".join(f"<li>{item}</li>" for item in items)
    page = f"<body><p>Take with you:</p><ul>{listed}</ul><p>Pack on the day before.</p></body>"
    cut = cut_blocks(parse_html(page))
    kept = cut.arrays.link_chars == 0
    found = find_linked_items(kept, np.where(kept, 0.9, probability), cut)
    return [cut.texts[index] for index in found]


def test_linked_items_among_kept_ones_are_kept() -> None:
    assert find("A rope", LINK.format("A tent"), "Two cups") == ["A tent"]
    assert find("A rope", LINK.format("A tent"), LINK.format("A stove"), "A cup", "A map") == [
        "A tent",
        "A stove",
    ]


def test_first_or_last_item_is_kept_where_half_of_the_list_is() -> None:
    assert find("A rope", "A map", LINK.format("A tent")) == ["A tent"]
    links = [LINK.format(name) for name in ("A tent", "A stove")]
    assert find("A rope", *links) == []


def test_item_in_a_paragraph_of_its_own_is_kept() -> None:
    assert find("<p>A rope</p>", f"<p>{LINK.format('A tent')}</p>", "<p>A map</p>") == ["A tent"]


def test_buttons_that_say_the_same_and_what_the_model_denies_are_not() -> None:
    button = LINK.format("See the offer")
    assert find("A rope", button, "A map", button, "A cup") == []
    assert find("A rope", LINK.format("A tent"), "A map", probability=0.01) == []


def test_list_of_links_is_not() -> None:
    assert find(*(LINK.format(name) for name in ("Tents", "Stoves", "Maps"))) == []


@pytest.mark.parametrize(
    ("after", "found"),
    [
        ("", ["A rope", "A map"]),
        (f"<p>Read also: {LINK.format('Ten tents that last')}</p>", ["A rope", "A map"]),
        ("<p>Advertisement</p>", []),
    ],
)
def test_doubted_list_stays_between_kept_blocks_with_links_between(
    after: str, found: list[str]
) -> None:
    items = "<ul><li>A rope</li><li>A map</li></ul>"
    cut = cut_blocks(parse_html(f"<p>Take with you</p>{items}{after}<p>Pack today.</p>"))
    kept = np.array([text in {"Take with you", "Pack today."} for text in cut.texts])
    assert [cut.texts[at] for at in find_doubted_lists(kept, ~kept, cut)] == found


SECTION = "<h3>Tool {0}</h3><p>What tool {0} does.</p><ul><li>{1}</li><li>{1}</li></ul>"


def list_linked(page: str, probability: float = 0.1) -> list[str]:
    """What is added of a page of which headings and paragraphs are kept."""
    cut = cut_blocks(parse_html(f"<article>{page}<p>That is all.</p></article>"))
    kept = np.array([cut.keys[home] != "no" for home in cut.homes])
    kept &= (cut.arrays.link_chars == 0) & np.array([text != "Or none" for text in cut.texts])
    features = SimpleNamespace(words=np.array([len(text.split()) for text in cut.texts], float))
    probabilities = np.where(kept, 0.9, probability)
    found = find_linked_lists(kept, probabilities, cast("Any", features), cut)
    return [cut.texts[index] for index in found]


def write_sections(item: str, number: int = 2) -> str:
    return "".join(SECTION.format(each, item) for each in range(number))


def test_lists_of_linked_names_in_the_sections_of_a_story_are_kept() -> None:
    names = write_sections(LINK.format("Harbour 117"))
    assert list_linked(names) == ["Harbour 117"] * 4
    assert (
        list_linked(names.replace("li>", "h4>").replace("<h4>", "<li><h4>")) == ["Harbour 117"] * 4
    )
    assert "Or none" in list_linked(names.replace("</ul>", "<li class=no>Or none</li></ul>"))


@pytest.mark.parametrize(
    "page",
    [
        write_sections(LINK.format("Harbour 117"), 1),
        write_sections(LINK.format("Council votes to close the old harbour bridge")),
        write_sections(LINK.format("Harbour 117")).replace("<ul>", "<p class=no>See</p><ul>"),
        write_sections(LINK.format("Harbour 117")).replace("ul>", "aside>"),
        write_sections(LINK.format("Harbour 117")).replace("<ul>", "<div><p>X</p></div><ul>"),
    ],
    ids=["one list", "headlines", "not beside a kept block", "no list", "beside a box"],
)
def test_other_linked_lists_are_not(page: str) -> None:
    assert list_linked(page) == []


def test_linked_names_that_the_model_denies_are_not_kept() -> None:
    assert list_linked(write_sections(LINK.format("Harbour 117")), probability=0.01) == []
