"""Sections of a story after a box that was taken for its end are kept."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.guards.sequels import find_closing_sections

SECTION = "<section><h3 class=t>{}</h3><p class=b>{}</p><p class=b>{}</p></section>".format
STORY = SECTION("What happened", "It froze.", "Boats stayed in.") + SECTION(
    "Why it did", "The wind turned.", "Nobody minded."
)
CARD = "<div><h4>Read also</h4><a href=/x>Another harbour</a></div>"
END = SECTION("What is next", "It thaws.", "Boats leave again.")


def keep_sections(end: str, probability: float = 0.1, *, story: str = STORY) -> list[str]:
    """What is added after a story and a card."""
    cut = cut_blocks(parse_html(f"<article>{story}{CARD}{end}</article>"))
    number = cut.texts.index("Read also")
    kept = np.arange(len(cut.texts)) < number
    good = np.array([float(text.endswith(".")) for text in cut.texts])
    features: Any = SimpleNamespace(good=good)
    few_links = np.array(cut.link_chars) == 0
    probabilities = np.where(kept, 0.9, probability)
    found = find_closing_sections(kept, probabilities, few_links, features, cut)
    return [cut.texts[index] for index in found]


def test_section_marked_up_like_those_before_the_card_is_kept() -> None:
    assert keep_sections(END) == ["What is next", "It thaws.", "Boats leave again."]
    assert keep_sections(END, probability=0.09) == []
    listed = "<section><h3 class=t>Who helps</h3><ul><li>The town.</li></ul></section>"
    assert keep_sections(listed) == ["Who helps", "The town."]
    signed = END.replace("thaws.", "thaws. (AA)").replace("again.", "again")
    assert keep_sections(signed) == ["What is next", "It thaws. (AA)", "Boats leave again"]


def test_one_crosshead_before_the_card_is_enough() -> None:
    one = STORY.replace("<h3 class=t>What happened</h3>", "")
    assert keep_sections(END, story=one) == ["What is next", "It thaws.", "Boats leave again."]
    none = one.replace("<h3 class=t>Why it did</h3>", "")
    assert keep_sections(END, story=none) == []


def test_section_of_another_make_or_without_a_sentence_or_outside_is_not_added() -> None:
    assert keep_sections(END.replace("class=t", "class=promo")) == []
    assert keep_sections(END.replace("class=b", "class=promo")) == []
    assert keep_sections(END.replace("<section", "<section class=letter")) == []
    assert keep_sections(END.replace("thaws.", "thaws").replace("again.", "again")) == []
    assert keep_sections(f"</article>{END}") == []
    assert keep_sections(END.replace("It thaws.", "<a href=/x>It thaws.</a>"))[1:] == [
        "Boats leave again."
    ]
