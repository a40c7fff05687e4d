"""Entries told in boxes are kept where a story goes on in them; shops and teasers are not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np

from cleaners import clean_html
from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.guards.entries import find_entries

ENTRIES = {
    "Harrow Field": "Its hood turns with the head.",
    "Tern Shell": "It weighs less than a sandwich.",
    "Brack Poncho": "You look like a tent in it.",
}
BOX = "<div class=item><h3>{}</h3><div class=text><p>{}</p></div><a href=/buy>Buy</a></div>"
BOXES = "".join(BOX.format(*entry) for entry in ENTRIES.items())
LEAD = "<p>We wore all of them in the rain.</p>"
ALL = [line for entry in ENTRIES.items() for line in entry]


def keep_entries(page: str, *, first: float = 0.2, lead: float = 0.9) -> list[str]:
    """What is added of a page of which the lead is kept, and what stands in `<b>`."""
    cut = cut_blocks(parse_html(f"<body><main>{page}</main></body>"))
    size = len(cut.texts)
    kept = np.arange(size) == 0
    kept |= cut.arrays.strong_chars == [len(text) for text in cut.texts]
    features = SimpleNamespace(
        words=np.array([len(text.split()) for text in cut.texts], float),
        good=np.array([float(text.endswith(".")) for text in cut.texts]),
    )
    probabilities = np.full(size, 0.01)
    probabilities[:3] = (lead, 0.05, first)
    few_links = cut.arrays.link_chars == 0
    found = find_entries(kept, probabilities, few_links, cast(Any, features), cut)
    return [cut.texts[index] for index in found]


def test_headings_and_text_of_boxes_that_go_on_where_the_story_ends_are_kept() -> None:
    assert keep_entries(LEAD + BOXES) == ALL
    assert keep_entries(f"{LEAD}<div class=list>{BOXES}</div>") == ALL
    assert keep_entries(LEAD + BOXES.replace("<h3>", "<div><h3>").replace("</h3>", "</h3></div>"))


def test_boxes_whose_first_the_model_denies_or_that_follow_no_sure_block_are_not() -> None:
    assert keep_entries(LEAD + BOXES, first=0.02) == []
    assert keep_entries(LEAD + BOXES, lead=0.5) == []
    assert keep_entries(f"<div>{LEAD}</div>{BOXES}") == []
    assert keep_entries(f"<div>{LEAD}</div><nav>{BOXES}</nav>") == []


def test_few_boxes_boxes_of_links_and_boxes_headed_alike_are_not() -> None:
    assert keep_entries(LEAD + "".join(BOX.format(*each) for each in [*ENTRIES.items()][:2])) == []
    linked = BOXES.replace("<h3>", "<h3><a href=/x>").replace("</h3>", "</a></h3>")
    assert keep_entries(LEAD + linked) == []
    assert keep_entries(LEAD + BOXES.replace("Buy", "Buy it at the shop of our trust" * 3)) == []
    assert keep_entries(LEAD + BOXES.replace("Tern Shell", "Brack Poncho")) == []


def test_of_a_box_of_which_some_is_kept_the_rest_is_added() -> None:
    some = BOXES.replace("You look like a tent in it.", "<b>You look like a tent.</b>")
    some = some.replace("</b>", "</b></p><p>Nobody minded it.")
    assert keep_entries(LEAD + some) == [*ALL[:4], "Brack Poncho", "Nobody minded it."]


def test_short_answers_and_lines_with_a_colon_tell_as_well() -> None:
    some = BOXES.replace("It weighs less than a sandwich.", "It is sold in three colours:")
    assert "It is sold in three colours:" in keep_entries(LEAD + some)


def test_two_boxes_are_enough_where_they_ask_inside_the_story() -> None:
    asked = {"Who pays for it?": "The town pays.", "And if it snows?": "Then it snows."}
    boxes = "".join(BOX.format(*each) for each in asked.items())
    end = "<p><b>The vote is on Monday.</b></p>"
    assert keep_entries(LEAD + boxes + end) == [line for each in asked.items() for line in each]
    assert keep_entries(LEAD + boxes) == []
    assert keep_entries(LEAD + boxes.replace("?", "") + end) == []


def test_two_boxes_are_enough_where_they_ask_under_a_kept_heading() -> None:
    asked = {"Who pays for it?": "The town pays.", "And if it snows?": "Then it snows."}
    boxes = "".join(BOX.format(*each) for each in asked.items())
    heading = "<h2>Questions</h2>"
    assert keep_entries(heading + boxes) == [line for each in asked.items() for line in each]
    assert keep_entries(heading + boxes, lead=0.5) != []
    assert keep_entries(heading + boxes, first=0.02) == []
    assert keep_entries(heading + boxes.replace("?", "")) == []


def test_items_of_a_list_of_products_are_kept_without_their_shops() -> None:
    items = {
        "Harrow Field Parka": "The hood turns with the head, and a pocket takes a map and a hand.",
        "Tern Shell": "At 240 grams it weighs less than its bag of sandwiches. The zip is stiff.",
        "Brack Poncho": "It covers the handlebars, and you look like a tent. Nobody minded.",
        "Lomax City Mac": "A coat for a short way to the station. It breathes badly.",
    }
    lead = (
        "Our testers walked the coast path for three weeks in April, in whatever fell on it.",
        "We looked at taped seams, hoods and pockets, and washed every coat five times.",
    )
    boxes = "".join(BOX.format(*item) for item in items.items())
    boxes = boxes.replace("Buy", "Buy now at Shop.test")
    page = f"<main><h1>The best raincoats</h1><p>{'</p><p>'.join(lead)}</p>{boxes}</main>"
    assert clean_html(page).text.split("\n") == [
        *lead,
        *(line for item in items.items() for line in item),
    ]


def test_linked_headings_of_kept_entries_are_kept() -> None:
    entry = (
        "<div class=wp-block-group><h3><a href=https://shop.test/{0}>{1}</a></h3>"
        "<p>{2} We wore it for a week on the coast path, and it rained every day.</p></div>"
    )
    page = "".join(entry.format(at, *each) for at, each in enumerate(ENTRIES.items()))
    text = clean_html(f"<div class=entry-content><h1>Three raincoats</h1>{LEAD}{page}</div>").text
    assert [head for head in ENTRIES if head not in text] == []


def test_text_under_a_heading_that_is_kept_already_is_added() -> None:
    some = BOXES.replace("<h3>Tern Shell</h3>", "<h3><b>Tern Shell</b></h3>")
    some += BOX.format("Gull Cape", "You hear nothing in it.")
    wanted = [line for line in ALL if line != "Tern Shell"]
    assert keep_entries(LEAD + some) == [*wanted, "Gull Cape", "You hear nothing in it."]
