"""The headline of a page whose title holds more than that is found on the page."""

from __future__ import annotations

import numpy as np

from cleaners.about.titles import list_pieces
from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.evidence import Evidence
from cleaners.features import SAME_TITLE, measure_blocks
from cleaners.model import load_model
from cleaners.shape.headline import mark_headline

STORY = "<p>The harbour froze over on Monday, and all the boats stayed in port, skippers said.</p>"
TITLE = "Nobody minds the ice | Harbour | The Kittiwake Times of Brackwater Bay"


def find(page: str, title: str = TITLE) -> list[str]:
    """The blocks of a page that count as its headline."""
    cut = cut_blocks(parse_html(page))
    model = load_model()
    evidence = Evidence(title=title)
    features = measure_blocks(cut, evidence, names=model.names, words=model.words)
    probabilities = np.array([0.9 if text.endswith("said.") else 0.1 for text in cut.texts])
    marked = mark_headline(features, probabilities, cut, title)
    found = np.flatnonzero(marked.title_share >= SAME_TITLE).tolist()
    return [cut.texts[index] for index in found]


def test_block_that_is_a_piece_of_the_title_is_the_headline() -> None:
    line = "<div>Nobody minds the ice</div>"
    assert find(f"{line}{STORY}") == ["Nobody minds the ice"]
    assert find(f"<div>Harbour</div>{STORY}") == []
    assert find(f"<ul><li>Nobody minds the ice</li></ul>{STORY}") == []
    assert find(f"<a href=/x>Nobody minds the ice</a>{STORY}") == []


def test_kicker_in_a_line_of_its_own_is_of_the_headline() -> None:
    page = f"<p>Winter<br>Nobody minds the ice</p>{STORY}"
    assert find(page) == ["Winter Nobody minds the ice"]
    assert find(page.replace("Winter", "What the winter was like here")) == []


def test_heading_of_some_words_stands_in_the_title_wherever_that_parts() -> None:
    title = "Ferry crew, on the winter: Nobody here minds the ice at all - Kittiwake Times Online"
    page = f"<h2>Winter Nobody here minds the ice at all</h2>{STORY}"
    assert find(page, title) == ["Winter Nobody here minds the ice at all"]
    assert find(f"<h2>Nobody here minds at all the ice</h2>{STORY}", title) == []


def test_standfirst_that_the_title_holds_too_is_no_headline() -> None:
    title = "Nobody minds the ice - Why the ferry crew went home in the winter : Kittiwake Times"
    deck = "<h2>Why the ferry crew went home in the winter</h2>"
    page = f"<h1>Nobody minds the ice</h1>{deck}{STORY}"
    assert find(page, title) == ["Nobody minds the ice"]


def test_chapter_that_is_called_as_the_page_is_no_headline() -> None:
    assert find(f"{STORY}<h2>Nobody minds the ice</h2>{STORY}") == []


def test_title_is_left_alone_where_a_block_shows_it_whole() -> None:
    page = f"<h1>{TITLE}</h1><div>Nobody minds the ice</div>{STORY}"
    assert find(page) == [TITLE]
    assert find(f"<div>Nobody minds the ice</div>{STORY}", "") == []


def test_title_with_many_separators_has_few_pieces() -> None:
    assert list_pieces("Ice") == ("Ice",)
    assert len(list_pieces("a | " * 1000)) < 60


def test_headline_after_the_name_of_the_site_and_a_colon_is_found() -> None:
    title = "Kittiwake Times: Nobody minds the ice"
    assert find(f"<p><b>Nobody minds the ice</b></p>{STORY}", title) == ["Nobody minds the ice"]
    assert find(f"<p><b>Kittiwake Times</b></p>{STORY}", title) == []
