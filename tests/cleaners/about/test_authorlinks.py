"""A link to a writer's page names the author where it stands between headline and story."""

from __future__ import annotations

import pytest

from cleaners.about.head import read_head
from cleaners.dom import parse_html
from cleaners.metadata import read_metadata

URL = "https://www.harbour-post.test/news/2021/03/04/bridge-opens"
TITLE = "<title>Bridge opens</title>"
HEADING = "<h1>Bridge opens</h1>"
DECK = f"\n<p class=deck>{'The bridge that the town has waited for opens at last. ' * 3}</p>\n \n"
STORY = f"<p>{'The mayor of the town cut the ribbon at noon on Monday. ' * 3}</p>" * 3
LINK = "<a href=/author/jane-doe>Jane Doe</a>"


def authors(html: str) -> tuple[str, ...]:
    return read_metadata(read_head(parse_html(TITLE + html)), url=URL).authors


@pytest.mark.parametrize(
    "line",
    [
        LINK,
        f"<div>{LINK} | 4 March 2021</div>",
        f"<div>Posted on 4 March 2021 by {LINK} in Oslo</div>",
        f"<div>4 March 2021 {LINK} for The Courier</div>",
        "<a href=/autor/jane-doe/>Jane Doe</a>",
        "<a href=/auteur/jane-doe>Jane Doe</a>",
        "<a href=/redaktion/jane-doe.html>Jane Doe</a>",
        "<a href=https://harbour-post.test/blog/authors/jane-doe>By Jane Doe</a>",
        "<p>By <a href=/people/jane-doe>Jane Doe</a></p>",
        "<span>Von</span><a href=/profile/17>Jane Doe</a>",
        "<a href=/author/jane-doe><img src=/j.jpg></a>" + LINK,
        "<a href=/author/jane-doe><b>Jane Doe</b><i>Jane Doe</i></a>",
        f"Written by: {LINK} Edited by: <a href=/author/bo-ek>Bo Ek</a>",
    ],
)
@pytest.mark.parametrize("deck", ["", DECK], ids=["plain", "deck"])
def test_link_to_a_writer_between_headline_and_story_names_the_author(line: str, deck: str) -> None:
    assert authors(f"<main>{HEADING}{deck}<div>{line}</div>{STORY}</main>") == ("Jane Doe",)


def test_links_that_are_joined_are_one_byline() -> None:
    other = "<a href=/author/bo-ek>Bo Ek</a>"
    assert authors(f"{HEADING}<div>{LINK} and {other}</div>{STORY}") == ("Jane Doe", "Bo Ek")
    assert authors(f"{HEADING}<ul><li>{LINK}</li><li>{other}</ul>{STORY}") == ("Jane Doe", "Bo Ek")


@pytest.mark.parametrize(
    "html",
    [
        f"{HEADING}<div>More by {LINK}</div>{STORY}",
        f"{HEADING}<a href=/author/jane-doe>More by Jane Doe</a>{STORY}",
        f"{HEADING}<div>Photos by {LINK}</div>{STORY}",
        f"{HEADING}<div>Contact: {LINK}</div>{STORY}",
        f"{HEADING}<p>The writer {LINK} died on Monday.</p>{STORY}",
        f"{HEADING}<p>{LINK} died on Monday.</p>{STORY}",
        f"{HEADING}<p>{LINK}'s new book is out.</p>{STORY}",
        f"{HEADING}<p>It was written for {LINK} and sent.</p>{STORY}",
        f"{HEADING}{STORY}<div>{LINK}</div>",
        f"{HEADING}{'<p>The <b>mayor</b> of <i>this</i> town said so.</p>' * 20}<div>{LINK}</div>",
        f"{HEADING}<div class=related><h3>Ferry stops</h3>{LINK}</div>{STORY}",
        f"{HEADING}<aside>{LINK}</aside>{STORY}",
        f"{HEADING}<div class=comments>{LINK}</div>",
        f"{HEADING}<a href=/people/ann-lee>Ann Lee</a>{STORY}",
        f"{HEADING}<a href=https://social.test/author/jane-doe>Jane Doe</a>{STORY}",
        f"{HEADING}<a href=/author/>All Authors</a><a href=/authors>Our Writers</a>{STORY}",
        f"{HEADING}<a href=/author/desk>The people who write</a>{STORY}",
        f"<nav>{LINK}</nav>{HEADING}{STORY}",
        LINK + STORY,
    ],
    ids=[
        "more", "more in link", "photos", "contact", "story", "begins", "hers", "for", "after",
        "pieces", "related", "aside", "comments",
        "person", "other host", "lists", "no name", "menu", "no headline",
    ],
)  # fmt: skip
def test_link_that_may_be_to_somebody_else_names_nobody(html: str) -> None:
    assert authors(html) == ()


def test_byline_and_data_go_before_links() -> None:
    assert authors(f"{HEADING}<p class=byline>By Bo Ek</p>{LINK}{STORY}") == ("Bo Ek",)
    assert authors(f"<meta name=author content='Bo Ek'>{HEADING}{LINK}{STORY}") == ("Bo Ek",)
