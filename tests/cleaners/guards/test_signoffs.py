"""Lines under a story that name who talked, translated or recorded are kept."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.guards.signoffs import find_signoffs, is_signoff, load_closing_words

STORY = "<p>The ferry has crossed the river for ninety years.</p>"
LINE = "Interview: Nele Harms"


def list_found(page: str, kept: int = 1) -> list[str]:
    cut = cut_blocks(parse_html(page))
    words = np.array([len(text.split()) for text in cut.texts], float)
    lengths = np.array([len(text) for text in cut.texts], float)
    links = cut.arrays.link_chars / lengths
    features: Any = SimpleNamespace(words=words, links=links)
    is_kept = np.arange(len(cut.texts)) < kept
    return [cut.texts[index] for index in find_signoffs(is_kept, links < 0.15, features, cut)]


@pytest.mark.parametrize("line", load_closing_words()["match"])
def test_line_that_names_who_made_the_text_is_a_signoff(line: str) -> None:
    assert is_signoff(line)


@pytest.mark.parametrize("line", load_closing_words()["keep"])
def test_line_that_only_looks_alike_is_none(line: str) -> None:
    assert not is_signoff(line)


@pytest.mark.parametrize(
    "page",
    [
        f"<div>{STORY}<p class=sign>{LINE}</p></div>",
        f"<div>{STORY}<div><p><i>{LINE}</i></p></div><p><a href=/x>More</a></p></div>",
        f"<div>{STORY}<div class=bio><p>Ada Quill drives it.</p></div><p>{LINE}</p></div>",
        f"<div><div>{STORY}</div></div><div><p>{LINE}</p></div>".join(("<article>", "</article>")),
    ],
)
def test_signoff_under_the_story_is_found(page: str) -> None:
    assert list_found(page) == [LINE]


def test_kept_signoff_is_found_too_and_so_is_the_next() -> None:
    page = f"<div>{STORY}<p>{LINE}</p><p>Aus dem Englischen von Ida Wolff</p></div>"
    assert list_found(page, kept=2) == [LINE, "Aus dem Englischen von Ida Wolff"]


@pytest.mark.parametrize(
    "page",
    [
        f"<div>{STORY}<p><a href=/x>{LINE}</a></p></div>",
        f"<div>{STORY}</div><aside><p>{LINE}</p></aside>",
        f"<div>{STORY}</div><section><p>Read</p><p>{LINE}</p></section>",
        f"<div>{STORY}<p>À suivre</p><p><a href=/x>La ligne rouge</a></p></div>",
    ],
)
def test_line_elsewhere_and_label_of_links_are_none(page: str) -> None:
    assert list_found(page) == []
