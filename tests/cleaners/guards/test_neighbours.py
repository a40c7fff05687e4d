"""The nearest block that stands, and the container that holds several."""

from __future__ import annotations

import numpy as np

from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.guards.neighbours import find_shared, find_standing

STORY = "<p>It froze.</p>"


def find_after(between: str, most_lines: int) -> str:
    """The text of the block found after the first of a page."""
    cut = cut_blocks(parse_html(f"{STORY}{between}<p>It thawed.</p>"))
    stands = np.array([text.startswith("It ") for text in cut.texts])
    found = find_standing(1, 1, stands, cut, most_lines=most_lines)
    return cut.texts[found] if found >= 0 else ""


def test_short_lines_are_passed_over_up_to_a_number() -> None:
    assert find_after("", 0) == "It thawed."
    assert find_after("<div>Advertisement</div>", 1) == "It thawed."
    assert find_after("<div>Advertisement</div>", 0) == ""
    assert find_after(f"<div>{'Much more than a label says. ' * 3}</div>", 1) == ""


def test_links_to_other_stories_are_passed_over_whatever_their_length() -> None:
    card = f"<a href=/x>{'A headline of another story ' * 4}</a>"
    assert find_after(f"<div>{card}</div>", 0) == "It thawed."
    assert find_after(f"<div>{card}</div>" * 9, 0) == ""


def test_label_before_a_link_is_passed_over_with_it() -> None:
    link = f"<a href=/x>{'A headline of another story ' * 3}</a>"
    assert find_after(f"<div>Read also: {link}</div>", 0) == "It thawed."
    told = "The council, which met on Monday, said that it would read "
    assert find_after(f"<div>{told}{link}</div>", 0) == ""


def test_captions_are_passed_over() -> None:
    figure = f"<figure><img src=x><figcaption>{'A boat in the ice. ' * 5}</figcaption></figure>"
    assert find_after(figure, 0) == "It thawed."
    assert find_after(figure * 4, 0) == ""


def test_small_boxes_of_several_blocks_are_passed_over_where_lines_are() -> None:
    told = "All that the harbour says, in your letter box each Monday, and for free at that."
    box = f"<div class=news><h3>The letter</h3><p>{told}</p><p>Sign up</p></div>"
    assert find_after(box, 1) == "It thawed."
    assert find_after(box, 0) == ""
    assert find_after(box * 3, 3) == ""
    assert find_after(f"<div><p>{told}</p></div>", 1) == ""
    assert find_after(f"<div>{'<p>' + told + '</p>'}{'<p>' + told * 6 + '</p>'}</div>", 1) == ""


def test_box_that_holds_what_stands_is_not_left() -> None:
    told = "All that the harbour says, in your letter box each Monday, and for free at that."
    cut = cut_blocks(
        parse_html(f"<div>{STORY}<div><p>{told}</p><p>{told}</p><p>It sank.</p></div></div>")
    )
    stands = np.array([text.startswith("It ") for text in cut.texts])
    assert find_standing(1, 1, stands, cut, most_lines=1) == -1


def test_container_that_holds_all_is_the_innermost_one() -> None:
    cut = cut_blocks(parse_html("<div><section><p>A</p><ul><li>B</ul></section><p>C</p></div>"))
    container = cut.homes[cut.texts.index("B")]
    assert find_shared(container, (0, 1), cut) == cut.parents[cut.homes[0]]
    assert find_shared(container, (0, 2), cut) == cut.parents[cut.homes[2]]


def test_small_box_of_an_unknown_element_is_passed_over_as_others_are() -> None:
    words = "Our letter of the morning tells you what has happened, and why it does matter to you."
    box = f"<sign-up><p>First thing</p><p>{words}</p></sign-up>"
    assert find_after(box, 1) == "It thawed."
