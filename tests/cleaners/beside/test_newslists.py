"""Lists of news with times go beside a sure story; tickers, forums and a story's own lists stay."""

from __future__ import annotations

import time

import numpy as np

from cleaners.beside.newslists import find_news_lists
from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.outline import Outline

LONG = (
    "The harbour froze over on Monday for the first time in nine years, and the fishermen of the "
    "town stayed at home, they said."
)
STORY = f"<div class=story>{f'<p>{LONG}</p>' * 4}</div>"


def drop(page: str, *unkept: str, probability: float = 0.95) -> list[str]:
    """The texts of the kept blocks that go; the model is sure of sentences about the harbour."""
    outline = draw(page, *unkept, probability=probability)
    kept = {block.index: block for block in outline.make_kept()}
    return [kept[index].text for index in find_news_lists(kept, outline)]


def draw(page: str, *unkept: str, probability: float = 0.95) -> Outline:
    cut = cut_blocks(parse_html(f"<body>{page}</body>"))
    return Outline(
        cut=cut,
        kinds=np.zeros(len(cut.texts), np.uint8),
        kept=np.array([not text.startswith(unkept) for text in cut.texts]),
        last=len(cut.texts),
        probabilities=np.array(
            [probability if text == LONG else 0.5 for text in cut.texts], np.float64
        ),
        links=np.minimum(1.0, np.array(cut.link_chars) / list(map(len, cut.texts))),
    )


def news(number: int, text: str = "", *, at: str = "10:1{} ", tag: str = "p") -> str:
    return "".join(
        f"<{tag}>{at.format(n)}<a href=/{n}>A boat comes home to port</a></{tag}>{text}"
        for n in range(number)
    )


def test_headlines_with_clock_times_beside_a_story_go_with_what_is_under_them() -> None:
    excerpt = "<p>Two boats came home on Sunday.</p>"
    heads = [f"10:1{n} A boat comes home to port" for n in range(4)]
    assert drop(f"{STORY}<div>{news(4)}</div>") == heads
    assert drop(f"<div>{news(4)}</div>{STORY}") == heads
    assert len(drop(f"{STORY}<div><h2>More news</h2>{news(4, excerpt)}</div>")) == 9


def test_times_may_stand_in_lines_of_their_own_and_be_days() -> None:
    for at in ("</p><p>10:1{}</p><p>", "</p><p>1{}.11.2011</p><p>", "1{}/11/11 "):
        assert drop(f"{STORY}<div>{news(4, at=at)}</div>")


def test_headlines_of_which_only_excerpts_are_kept_tell_the_list() -> None:
    excerpt = "<p>Two boats came home on Sunday.</p>"
    page = f"{STORY}<div>{news(4, excerpt)}</div>"
    assert drop(page, "10:1") == ["Two boats came home on Sunday."] * 4


def test_few_headlines_and_headlines_without_times_or_links_stay() -> None:
    assert drop(f"{STORY}<div>{news(3)}</div>") == []
    assert drop(f"{STORY}<div>{news(5, at='')}</div>") == []
    assert drop(f"{STORY}<div>{news(5)}</div>".replace("<a ", "<b ")) == []


def test_list_in_the_box_of_the_story_or_around_it_stays() -> None:
    assert drop(STORY.replace("</div>", f"<div>{news(5)}</div></div>")) == []
    assert drop(f"<div>{STORY}{news(5)}</div>") == []


def test_entries_that_tell_more_than_an_excerpt_stay() -> None:
    for text in ("<p>Two boats came home.</p>" * 3, f"<p>{LONG * 4}</p>"):
        assert drop(f"{STORY}<div>{news(5, text)}</div>") == []
    assert drop(f"{STORY}<div><p>{LONG}</p>{news(5)}</div>") == []


def test_list_beside_a_short_or_doubted_story_stays() -> None:
    assert drop(f"<div><p>{LONG}</p><p>{LONG}</p></div><div>{news(5)}</div>") == []
    assert drop(f"{STORY}<div>{news(5)}</div>", probability=0.8) == []


def test_lists_are_found_in_time_proportional_to_their_number() -> None:
    def time_lists(count: int) -> float:
        outline = draw(STORY + f"<div>{news(4)}</div>" * count)
        kept = {block.index: block for block in outline.make_kept()}
        started = time.process_time()
        assert len(find_news_lists(kept, outline)) == 4 * count
        return time.process_time() - started

    few = min(time_lists(100) for _ in range(3))
    assert min(time_lists(800) for _ in range(3)) < 0.1 + 20 * few
