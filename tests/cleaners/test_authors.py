"""The authors are the people that a page names, the house only where it names nobody."""

from __future__ import annotations

import json

import pytest

from cleaners.dom import parse_html
from cleaners.head import read_head
from cleaners.metadata import read_metadata


def authors(html: str, *, text_lines: tuple[str, ...] = ()) -> tuple[str, ...]:
    return read_metadata(read_head(parse_html(html)), text_lines=text_lines).authors


def jsonld(**fields: object) -> str:
    value = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


@pytest.mark.parametrize(
    "house", ["Redazione", "Redaktion", "Redakcja", "La rédaction", "Newsroom", "Web Desk", "Staff"]
)
def test_newsroom_is_the_author_only_where_nobody_is_named(house: str) -> None:
    declared = f"<meta name=author content='{house}'>"
    assert authors(declared) == (house,)
    assert authors(f"{declared}<b itemprop=author>Ann Lee</b>") == ("Ann Lee",)
    assert authors(f"{declared}<p class=byline>By Ann Lee</p>") == ("Ann Lee",)


def test_agency_alone_is_the_author_whatever_else_is_named() -> None:
    declared = "<meta name=author content=dpa>"
    assert authors(f"{declared}<p class=byline>By Ann Lee</p>") == ("dpa",)
