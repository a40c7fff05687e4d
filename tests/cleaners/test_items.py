"""Linked items of a story's own list stay; buttons and lists of links do not."""

from __future__ import annotations

import numpy as np

from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.items import find_linked_items

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
