"""Long runs of links are told by their ends."""

from __future__ import annotations

import numpy as np

from cleaners.article import Kind
from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.measures.runs import find_runs, take_blocks
from cleaners.page import clean_html

STORY = (
    "<p>The harbour froze on Monday, and the boats that had not left stayed where they were.</p>"
)


def make_menu(count: int, text: str = "Entry") -> str:
    entries = "".join(f"<li><a href=/{number}>{text} {number}</a></li>" for number in range(count))
    return f"<ul>{entries}</ul>"


def list_seen(html: str) -> list[str]:
    cut = cut_blocks(parse_html(html))
    return take_blocks(cut, find_runs(cut).places).texts


def test_of_a_long_run_of_links_only_the_ends_are_seen() -> None:
    seen = list_seen(f"{STORY}{make_menu(6)}{STORY}")
    assert seen[1:-1] == ["Entry 0", "Entry 5"]


def test_short_runs_long_links_and_text_are_seen() -> None:
    assert len(list_seen(f"{STORY}{make_menu(3)}{STORY}")) == 5
    assert (
        len(
            list_seen(
                make_menu(6, "A headline that says at some length what the whole story is about")
            )
        )
        == 6
    )
    assert len(list_seen(STORY * 6)) == 6


def test_a_run_may_begin_and_end_the_page() -> None:
    assert list_seen(make_menu(40)) == ["Entry 0", "Entry 39"]


def test_what_is_said_of_the_ends_holds_for_the_entries_between() -> None:
    cut = cut_blocks(parse_html(f"{STORY}{make_menu(5)}{STORY}"))
    runs = find_runs(cut)
    assert runs.places.tolist() == [0, 1, 5, 6]
    values = np.array([9.0, 1.0, 3.0, 7.0])
    assert runs.fill(values).tolist() == [9.0, 1.0, 2.0, 2.0, 2.0, 3.0, 7.0]
    both = runs.fill(np.array([values, -values]))
    assert both[1].tolist() == [-9.0, -1.0, -2.0, -2.0, -2.0, -3.0, -7.0]
    assert runs.place(values, -1.0).tolist() == [9.0, 1.0, -1.0, -1.0, -1.0, 3.0, 7.0]


def test_the_ends_of_one_list_are_told_together() -> None:
    runs = find_runs(cut_blocks(parse_html(f"{STORY}{make_menu(5)}{STORY}{make_menu(3)}")))
    values = np.array([9.0, 1.0, 3.0, 7.0, 4.0, 5.0, 6.0])
    assert runs.spread(values).tolist() == [9.0, 2.0, 2.0, 2.0, 2.0, 2.0, 7.0, 4.0, 5.0, 6.0]


def test_the_ends_of_links_that_stand_in_no_list_are_told_apart() -> None:
    links = "".join(f"<p><a href=/{number}>Place {number}</a></p>" for number in range(5))
    breaks = "<br><br>".join(f"<a href=/{number}>Place {number}</a>" for number in range(5))
    for html in (links, f"<p>{breaks}</p>"):
        runs = find_runs(cut_blocks(parse_html(html)))
        assert runs.spread(np.array([1.0, 3.0])).tolist() == [1.0, 2.0, 2.0, 2.0, 3.0]


def test_what_a_block_stands_for_adds_up() -> None:
    runs = find_runs(cut_blocks(parse_html(f"{STORY}{make_menu(5)}{STORY}")))
    words = np.array([16.0, 2.0, 2.0, 2.0, 2.0, 4.0, 16.0])
    assert runs.gather(words).tolist() == [16.0, 6.0, 6.0, 16.0]


def test_a_heading_is_never_inside_a_run() -> None:
    links = "".join(f"<p><a href=/{number}>Place {number}</a></p>" for number in range(3))
    for level in (1, 2, 3, 4):
        title = f"<h{level}><a href=/s>Harbour freezes over</a></h{level}>"
        assert "Harbour freezes over" in list_seen(f"{STORY}{links}{title}{links}{STORY}")


def test_a_linked_headline_among_links_is_the_title_and_no_other() -> None:
    links = "<p><a href=/n>News</a></p><p><a href=/w>West coast</a></p>"
    title = "<h1><a href=/s>Harbour freezes over</a></h1>"
    page = (
        f"<title>Harbour freezes over</title><body><nav><a href=/>Home</a></nav><article>{links}"
        f"{title}{links}{STORY * 5}</article>"
    )
    kinds = {block.text: block.kind for block in clean_html(page).blocks}
    assert [text for text, kind in kinds.items() if kind is Kind.TITLE] == ["Harbour freezes over"]


def test_white_space_in_a_link_makes_no_entry_of_a_line_of_text() -> None:
    lines = "".join(
        f"<li><a href=/{number}>\n{' ' * 60}Day {number}\n{' ' * 60}</a> the ferry stops</li>"
        for number in range(5)
    )
    assert len(list_seen(f"<ul>{lines}</ul>")) == 5


def test_entries_of_the_list_of_one_end_alone_follow_that_end() -> None:
    runs = find_runs(cut_blocks(parse_html(f"{make_menu(3)}<nav>{make_menu(4)}</nav>")))
    assert runs.places.tolist() == [0, 6]
    assert runs.spread(np.array([0.9, 0.1])).tolist() == [0.9] * 3 + [0.1] * 4


def test_chosen_blocks_keep_all_that_is_measured_of_them() -> None:
    page = f"{STORY}{make_menu(5)}<p><em class=note>Not all</em> boats left.</p>"
    cut = cut_blocks(parse_html(page))
    places = find_runs(cut).places
    seen = take_blocks(cut, places)
    assert seen.texts == [cut.texts[place] for place in places.tolist()]
    assert seen.lengths.tolist() == [len(text) for text in seen.texts]
    for name in ("homes", "link_chars", "link_counts", "strong_chars", "marks", "inner_numbers"):
        column, whole = getattr(seen, name), getattr(cut.arrays, name)
        assert column.tolist() == whole.take(places).tolist()
    assert seen.bits.tolist() == cut.arrays.home_bits.take(places).tolist()


def test_every_entry_of_a_dropped_menu_is_reported() -> None:
    article = clean_html(
        f"<body><nav>{make_menu(12)}</nav><article><h1>Ice</h1>{STORY * 5}</article>"
    )
    entries = [block for block in article.blocks if block.text.startswith("Entry")]
    assert len(entries) == 12
    assert not any(block.verdict.keep for block in entries)
    assert [block.index for block in article.blocks] == list(range(len(article.blocks)))
