"""Containers told by their names."""

from __future__ import annotations

from cleaners.beside.boxes import list_boxes
from cleaners.cut import cut_blocks
from cleaners.cutting.keys import OWN_ID
from cleaners.dom import parse_html


def name_boxes(page: str, sort: str) -> list[str]:
    cut = cut_blocks(parse_html(page))
    return [cut.keys[box] for box in list_boxes(cut, range(len(cut.texts)))[sort]]


def test_containers_are_found_by_a_whole_word_of_their_names() -> None:
    page = "<div class=Comments><p>x</div><div class=commentary>y</div><div id=a_comments-2>z</div>"
    assert name_boxes(page, "comments") == ["Comments", f"{OWN_ID}a_comments-2"]
    assert name_boxes("<p>x", "comments") == []


def test_words_of_a_name_stand_one_after_the_other_whatever_parts_them() -> None:
    page = "<p>x</p>".join(f"<div class={name}>y</div>" for name in ("about_the_author", "author"))
    assert name_boxes(page, "writer_box") == ["about_the_author"]
    page = "<div class='artefact-box fact'><p>x</div>"
    assert name_boxes(page, "fact_box") == []


def test_words_of_a_name_may_stand_anywhere_in_it() -> None:
    page = "<div class=c-fact-box__text><p>x</div><div class=myfactbox>y</div>"
    assert name_boxes(page, "fact_box") == ["c-fact-box__text"]


def test_only_containers_around_the_blocks_are_asked() -> None:
    page = "<div class=comments><div><p>x</div></div><div class=comments>y</div>"
    cut = cut_blocks(parse_html(page))
    assert list_boxes(cut, [0])["comments"] == [1]
    assert list_boxes(cut, [])["comments"] == []
