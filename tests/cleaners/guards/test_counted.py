"""Stories told as one list, or in parts that count, are kept whole."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.guards.counted import find_counted, find_story_list

ITEM = "<li class=x1><div class=p>{}</div></li>".format
TOLD = "The {} pier is closed until the ice breaks up.".format
TITLE = "<li class=x1><span>{}</span></li>".format
DENIED = ("Harbour two", TOLD("fourth"))


def keep_list(page: str, denied: tuple[str, ...] = DENIED) -> list[str]:
    cut = cut_blocks(parse_html(page))
    features: Any = SimpleNamespace(
        good=np.array([float(text.endswith(".")) for text in cut.texts]),
        words=np.array([float(len(text.split())) for text in cut.texts]),
    )
    kept = np.array([text not in denied for text in cut.texts])
    few_links = np.array(cut.link_chars) == 0
    return [cut.texts[index] for index in find_story_list(kept, few_links, features, cut)]


ITEMS = (
    TITLE("Harbour one") + ITEM(TOLD("first")) + ITEM(TOLD("second")) + TITLE("Harbour two")
) + (ITEM(TOLD("third")) + ITEM(TOLD("fourth")))


def test_items_marked_up_like_the_kept_ones_of_the_list_that_is_the_story_are_kept() -> None:
    assert keep_list(f"<ul>{ITEMS}</ul>") == list(DENIED)


def test_items_of_another_make_and_links_are_not_added() -> None:
    advert = "<li class=ad><div>Advertisement</div></li>"
    link = ITEM("<a href=/x>The oldest harbours</a>")
    denied = (*DENIED, "Advertisement", "The oldest harbours")
    assert keep_list(f"<ul>{ITEMS}{advert}{link}</ul>", denied) == list(DENIED)


def test_list_beside_a_longer_story_or_with_few_told_items_is_left_alone() -> None:
    story = f"<p>{TOLD('last') * 9}</p>"
    assert keep_list(f"{story}<ul>{ITEMS}</ul>") == []
    assert keep_list(f"<ul>{ITEMS.replace(TOLD('third'), 'Closed')}</ul>") == []


def count(numbers: tuple[str, ...], *, kept: bool = True) -> list[str]:
    """The numbered lines that are added, each before a kept paragraph."""
    story = "".join(f"<b class=n>{number} Pier</b><p>It is closed.</p>" for number in numbers)
    cut = cut_blocks(parse_html(story.replace("<b", "<div").replace("</b", "</div")))
    told = np.array([text.endswith(".") for text in cut.texts]) & kept
    told[0] = told[-1] = True
    few_links = np.array(cut.link_chars) == 0
    return [cut.texts[index] for index in find_counted(told, few_links, cut)]


def test_lines_that_count_up_or_down_before_kept_paragraphs_are_kept() -> None:
    assert count(("1.", "2.", "3.")) == ["2. Pier", "3. Pier"]
    assert count(("4)", "3)", "2)")) == ["3) Pier", "2) Pier"]


def test_lines_that_do_not_count_or_head_nothing_are_not_added() -> None:
    assert count(("1.", "2.")) == count(("1.", "4.", "2.")) == []
    assert count(("1.", "2.", "3.", "4."), kept=False) == []
    assert count(("1", "2", "3")) == []


def test_headings_and_bold_lines_that_count_are_kept_linked_or_not() -> None:
    names = ("1. Rye on the Quay", "2. Mending Day", "3. Last Skate")
    entry = "<div><h3><a href=/{0}>{0}</a></h3><ul><li>Fairs</li></ul><p>Come early.</p></div>"
    page = "<p>Three walks.</p>" + "".join(map(entry.format, names))

    def keep(page: str) -> list[str]:
        cut = cut_blocks(parse_html(page))
        told = np.array([text.endswith(".") for text in cut.texts])
        few_links = np.array(cut.link_chars) == 0
        return [cut.texts[index] for index in find_counted(told, few_links, cut)]

    assert keep(page) == [*names]
    assert keep(page.replace("<h3>", "<p><b>").replace("</h3>", "</b></p>")) == [*names]
    assert keep(page.replace("h3", "p")) == []
    assert keep(page.replace("2.", "7.")) == []
