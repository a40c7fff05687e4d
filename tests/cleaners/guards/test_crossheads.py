"""Headings and questions between kept paragraphs are kept, labels and prompts are not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from cleaners.cut import cut_blocks
from cleaners.cutting.columns import Cut
from cleaners.dom import parse_html
from cleaners.guards.crossheads import (
    find_answers,
    find_asked,
    find_crossheads,
    find_linked_names,
    find_list_heads,
    find_marked_crossheads,
    find_questions,
    find_series,
)


def cut_page(page: str) -> Cut:
    return cut_blocks(parse_html(f"<article>{page}</article>"))


def features_of(cut: Cut, title_share: float = 0.0) -> Any:
    return SimpleNamespace(
        words=np.array([len(text.split()) for text in cut.texts], float),
        good=np.array([float(text.endswith(".")) for text in cut.texts]),
        title_share=np.full(len(cut.texts), title_share),
    )


def list_marked(page: str, kept: list[int], probability: float = 0.05) -> list[str]:
    cut = cut_page(page)
    few_links = np.array([linked == 0 for linked in cut.link_chars])
    found = find_marked_crossheads(
        np.array(kept, bool), np.full(len(kept), probability), few_links, features_of(cut), cut
    )
    return [cut.texts[index] for index in found]


PAGE = "<p>One.</p><{tag}>Who pays</{end}><p>Two.</p><{tag}>What comes next</{end}><p>Three.</p>"
KEPT = [1, 0, 1, 0, 1]


@pytest.mark.parametrize("tag", ["p class=subhead", "div class=sub_tit", "p class=x id={}"])
def test_lines_marked_up_alike_between_kept_paragraphs_are_crossheads(tag: str) -> None:
    page = (
        PAGE.format(tag=tag, end=tag.split(maxsplit=1)[0])
        .replace("{}", "a", 1)
        .replace("{}", "b", 1)
    )
    assert list_marked(page, KEPT) == ["Who pays", "What comes next"]


@pytest.mark.parametrize(
    "page",
    [
        PAGE.format(tag="p", end="p"),
        PAGE.format(tag="p class=ad", end="p").replace("What comes next", "Who pays"),
        PAGE.format(tag="p class=more", end="p").replace("Who pays", "<a href=/x>Who pays</a>"),
        PAGE.format(tag="p class=note", end="p").replace("Who pays", "Nobody pays."),
        PAGE.format(tag="p class=sub", end="p").replace("<p>One.", "<div><p>One.</div>"),
    ],
)
def test_labels_links_and_single_lines_are_no_crossheads(page: str) -> None:
    assert list_marked(page, KEPT) == []


def test_marked_crosshead_stands_between_kept_blocks_and_is_not_denied() -> None:
    page = PAGE.format(tag="p class=subhead", end="p")
    assert list_marked(page, [1, 0, 1, 0, 0]) == []
    assert list_marked(page, KEPT, 0.01) == []


@pytest.mark.parametrize(
    ("line", "probability", "is_crosshead"),
    [
        ("<b>Who pays</b>", 0.2, True),
        ("<b>Who pays</b>", 0.1, False),
        ("<b>Who</b> pays", 0.2, False),
        ("<b>Pays</b>", 0.2, False),
        ("<b>Who pays:</b>", 0.2, False),
        ("<b><a href=/x>Who pays</a></b>", 0.2, False),
    ],
)
def test_one_likely_line_in_bold_is_a_crosshead(
    line: str, probability: float, is_crosshead: bool
) -> None:
    page = f"<p>One.</p><aside><a href=/y>Other</a></aside><p>{line}</p><p>Two.</p>"
    assert bool(list_marked(page, [1, 0, 0, 1], probability)) is is_crosshead
    assert list_marked(page.replace("<p>One.", "<div><p>One.</div>"), [1, 0, 0, 1], 0.2) == []


@pytest.mark.parametrize(
    ("between", "after", "found"),
    [
        ("<p>Advertisement</p>", "<p>Three.</p>", [2]),
        ("<p>Advertisement</p><figure>Bridge</figure>", "<p>Three.</p>", [2]),
        ("<p>One link</p><p>Another</p><p>A third</p>", "<p>Three.</p>", []),
        ("<p>Advertisement</p>", "<div><p>Three.</p></div>", [2]),
        ("<p>Advertisement</p>", "<div><p>Three.</p><p>Five.</p></div>", []),
    ],
)
def test_heading_heads_what_follows_an_advertisement_under_it(
    between: str, after: str, found: list[int]
) -> None:
    cut = cut_page(f"<p>One.</p><p>Two.</p><h2>Who pays</h2>{between}{after}<p>Four.</p>")
    kept = np.array([text.endswith(".") for text in cut.texts])
    assert find_crossheads([2], kept, features_of(cut), cut) == found


def test_heading_of_the_first_level_is_a_crosshead_but_not_the_headline_again() -> None:
    cut = cut_page("<p>One.</p><h1>Who pays</h1><p>Two.</p>")
    kept = np.array([True, False, True])
    assert find_crossheads([1], kept, features_of(cut), cut) == [1]
    assert find_crossheads([1], kept, features_of(cut, 0.6), cut) == []


@pytest.mark.parametrize(
    ("middle", "found"),
    [
        ("<p><b>Who pays?</b></p>", [1]),
        ("<div class=q>«Who pays?»</div>", [1]),
        ("<p>誰が払うのか？</p>", [1]),
        ("<p>Who pays</p>", []),
        ("<div><p>Who pays?</p></div>", []),
    ],
)
def test_question_between_kept_blocks_beside_it_is_kept(middle: str, found: list[int]) -> None:
    cut = cut_page(f"<p>One.</p>{middle}<p>Two.</p>")
    kept, may_stay = np.array([True, False, True]), np.ones(3, bool)
    assert find_questions(kept, may_stay, cut) == found
    assert find_questions(np.array([True, False, False]), may_stay, cut) == []
    assert find_questions(kept, ~may_stay, cut) == []


def list_answers(page: str, probability: float = 0.2) -> list[int]:
    cut = cut_page(page)
    kept = np.array([text.endswith(("?", "One.")) for text in cut.texts])
    few_links = np.array(cut.link_chars) == 0
    probabilities = np.where(kept, 0.9, probability)
    return find_answers(kept, probabilities, few_links, features_of(cut), cut)


def test_answer_right_under_a_kept_heading_that_asks_is_kept() -> None:
    page = "<p>One.</p><div><h3>Who pays?</h3><div><p>The town does.</p></div></div>"
    assert list_answers(page) == [2]
    assert list_answers(page, probability=0.1) == []
    assert list_answers(page.replace("h3", "p")) == []
    assert list_answers(page.replace("The town", "<a href=/x>The town</a>")) == []
    apart = "<p>One.</p><div><div><h3>Who pays?</h3></div></div><div><p>Log in here.</p></div>"
    assert list_answers(apart) == []


def test_question_and_answer_set_like_a_kept_pair_are_kept() -> None:
    pair = "<div class=item><h3>Who {}?</h3><div><p>{}.</p></div></div>"
    page = "<p>One.</p>" + pair.format("pays", "The town") + pair.format("sails", "Ada")

    def find(page: str, probabilities: tuple[float, float] = (0.1, 0.2)) -> list[int]:
        cut = cut_page(page)
        kept = np.arange(len(cut.texts)) < 3
        told = np.array([0.9] * 3 + [*probabilities])
        few_links = np.array(cut.link_chars) == 0
        return find_answers(kept, told, few_links, features_of(cut), cut)

    assert find(page) == [3, 4]
    assert find(page, (0.01, 0.2)) == find(page, (0.1, 0.1)) == []
    assert find(page.replace("Who sails?", "Who sails.")) == []
    assert find(page.replace("item><h3>Who sails", "ad><h3>Who sails")) == []


def test_lines_in_bold_between_kept_paragraphs_are_crossheads() -> None:
    page = PAGE.format(tag="p", end="p")
    for line in ("Who pays", "What comes next"):
        page = page.replace(line, f"<strong>{line}</strong>")
    assert list_marked(page, KEPT) == ["Who pays", "What comes next"]
    assert list_marked(page.replace("pays</strong>", "</strong>pays"), KEPT) == []


def test_short_questions_and_answers_between_kept_blocks_are_kept_together() -> None:
    turns = ("Do you sleep at all?", "Seldom.", "And on Sundays?", "Then as well.")
    page = f"<p>One.</p>{''.join(f'<p>{turn}</p>' for turn in turns)}<p>Two.</p>"
    cut, kept, may_stay = cut_page(page), np.array([1, 0, 0, 0, 0, 1], bool), np.ones(6, bool)
    assert find_questions(kept, may_stay, cut) == [1, 2, 3, 4]
    assert find_questions(kept, may_stay & (np.arange(6) != 2), cut) == []
    assert find_questions(kept, may_stay, cut_page(page.replace("?", "."))) == []
    long = page.replace("<p>Two", "<p>Really?</p>" * 3 + "<p>Two")
    kept = np.array([1, *[0] * 7, 1], bool)
    assert find_questions(kept, np.ones(9, bool), cut_page(long)) == []


def list_heads(page: str, kept: list[int]) -> list[str]:
    cut = cut_page(page)
    may_head = np.ones(len(kept), bool)
    found = find_list_heads(np.array(kept, bool), may_head, features_of(cut), cut)
    return [cut.texts[index] for index in found]


def test_heading_between_a_kept_block_and_a_list_heads_the_list() -> None:
    page = "<p>One.</p><h3>What comes next</h3><ul><li>Ice</li><li>Thaw</li></ul><p>Two.</p>"
    assert list_heads(page, [1, 0, 0, 0, 1]) == ["What comes next"]
    bold = page.replace("h3>", "p>").replace("What comes next", "<b>What comes next</b>")
    assert list_heads(bold, [1, 0, 0, 0, 1]) == ["What comes next"]
    assert list_heads(bold.replace("b>", "i>"), [1, 0, 0, 0, 1]) == []
    assert list_heads(page, [0, 0, 0, 0, 1]) == []
    assert list_heads(page, [1, 0, 1, 0, 1]) == []
    assert list_heads(page.replace("li>", "p>").replace("ul>", "div>"), [1, 0, 0, 0, 1]) == []


def list_series(page: str, kept: list[int]) -> list[str]:
    cut = cut_page(page)
    found = find_series(np.array(kept, bool), np.ones(len(kept), bool), features_of(cut), cut)
    return [cut.texts[index] for index in found]


def test_headings_alike_that_each_head_a_kept_block_are_a_series() -> None:
    days = ("14 October 2018", "21 June 2022", "May 2024")
    entry = "<div class=entry><h4 class=day id=d{0}>{1}</h4><p>Then {0}.</p></div>"
    entries = "".join(entry.format(*each) for each in enumerate(days))
    page = f"<p>Lead.</p>{entries}"
    kept = [1] + [0, 1] * 3
    assert list_series(page, kept) == [*days]
    assert list_series(page, [1, 0, 1, 0, 1, 0, 0]) == []
    assert list_series(page.replace("21 June 2022", "May 2024"), kept) == []
    assert list_series(page.replace("h4", "p"), kept) == []
    apart = page.replace("</h4>", "</h4></div><div>")
    assert list_series(apart, kept) == []
    # Those that are kept already count towards the series.
    assert list_series(page, [1, 1, 1, 0, 1, 1, 1]) == [days[1]]
    assert list_series(page, [1] * 7) == []
    assert list_series(page.replace("21 June 2022", "May 2024"), [1, 1, 1, 0, 1, 1, 1]) == []


def list_names(page: str, kept: list[int], probability: float = 0.05) -> list[str]:
    cut = cut_page(page)
    probabilities = np.full(len(kept), probability)
    found = find_linked_names(np.array(kept, bool), probabilities, features_of(cut), cut)
    return [cut.texts[index] for index in found]


def test_linked_names_that_each_head_a_kept_block_are_a_series() -> None:
    names = ("The Green Mill", "Harbour Swim", "Winter Light")
    entry = "<div><h3><a href=/{0}>{1}</a></h3><p>Then {0}.</p></div>"
    page = "<p>Lead.</p>" + "".join(entry.format(*each) for each in enumerate(names))
    kept = [1] + [0, 1] * 3
    assert list_names(page, kept) == [*names]
    assert list_names(page, kept, 0.02) == []
    assert list_names(page, [1, 0, 1, 0, 1, 0, 0]) == []
    assert list_names(page.replace("</a>", " opens its doors again this winter</a>"), kept) == []


def find_heads(page: str, head: str = "Who pays") -> list[str]:
    """What is found of a page where all that ends with a stop is kept."""
    cut = cut_page(page)
    kept = np.array([text.endswith(".") for text in cut.texts])
    found = find_crossheads([cut.texts.index(head)], kept, features_of(cut), cut)
    return [cut.texts[index] for index in found]


def test_heading_may_stand_in_several_boxes_of_its_own() -> None:
    boxed = "<div class=row><div class=cell><div class=head><h2>Who pays</h2></div></div></div>"
    told = "<div class=row><div class=cell><p>{}</p></div></div>".format
    assert find_heads(told("One.") + boxed + told("Two.")) == ["Who pays"]
    ad = "<div class=row><p>Advertisement</p></div>"
    assert find_heads(told("One.") + told("Two.") + boxed + ad + told("Three.")) == ["Who pays"]
    assert find_heads(f"<div>{told('One.')}{boxed}</div><footer><p>Two.</p></footer>") == []


def test_heading_in_a_box_may_head_text_that_has_no_element_of_its_own() -> None:
    box = "<div class=box><h2>Who pays</h2></div>"
    assert find_heads(f"<div>One.<br><br>{box}Two.</div>") == ["Who pays"]
    assert find_heads(f"<div><p>One.</p></div><div>{box}Two.</div>") == []


def test_line_that_the_template_calls_a_crosshead_may_stand_alone_and_beside_labels() -> None:
    line = "<div class='post-intertitulo'>Who pays</div>"
    page = f"<p>One.</p>{line}<p>Advertisement</p><p>Two.</p>"
    assert list_marked(page, [1, 0, 0, 1]) == ["Who pays"]
    assert list_marked(page, [1, 0, 0, 0]) == []
    assert list_marked(page.replace("intertitulo", "label"), [1, 0, 0, 1]) == []


def test_turns_set_as_the_others_of_an_interview_are_kept() -> None:
    pair = "<p class=q>Who pays{}?</p><p class=a>{} pays.</p>".format
    pairs = [pair(number, f"Number {number}") for number in range(4)]
    cut = cut_page("".join(pairs) + "<p>All pay.</p>")
    kept = np.ones(9, bool)
    kept[[4, 5]] = False
    assert find_asked(kept, ~kept, cut) == [4, 5]
    assert find_asked(kept, np.zeros(9, bool), cut) == []
    cut = cut_page("".join(pairs).replace("class=a>Number 1", "class=b>Number 1") + "<p>All.</p>")
    assert find_asked(kept, ~kept, cut) == []


def test_line_that_a_japanese_sign_leads_in_between_paragraphs_is_a_crosshead() -> None:
    page = "<p>一つ。</p><p>{}</p><p>二つ。</p>"
    for sign in "■◆▽":
        assert list_marked(page.format(f"{sign}干拓が残したもの"), [1, 0, 1]) == [
            f"{sign}干拓が残したもの"
        ]
    doubted = page.format("■干拓が残したもの")
    assert len(list_marked(doubted, [1, 0, 1], 0.005)) == 1
    assert list_marked(doubted, [1, 0, 1], 0.004) == []
    assert list_marked(page.format("干拓が残したもの"), [1, 0, 1]) == []
    assert list_marked(page.format("■干拓が残したもの"), [1, 0, 0]) == []
