"""Guards for journalism: quotations inside the story, and embedded posts."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np

from cleaners.cut import cut_blocks
from cleaners.cutting.columns import Cut
from cleaners.dom import parse_html
from cleaners.features import Features
from cleaners.guards.quotations import (
    find_closing_posts,
    find_led_quotations,
    find_letters,
    find_quotations,
)

FIRST = "<p>The evening boat is back.</p>"
LAST = "<p>Tickets are on sale at the pier.</p>"
POST = (
    "<blockquote><p>What a crowd!</p>&mdash; Harbour Office <a href=#>June 6, 2026</a></blockquote>"
)
SIGNED = "— Harbour Office June 6, 2026"


def measure(cut: Cut) -> Features:
    words = np.array([float(len(text.split())) for text in cut.texts])
    good = np.array([float(text.endswith(".")) for text in cut.texts]) * (words >= 5)
    return cast(Any, SimpleNamespace(good=good, words=words))


def keep_quotes(page: str, dropped: set[str], probability: float = 0.3) -> list[str]:
    cut = cut_blocks(parse_html(f"<body><div>{page}</div></body>"))
    kept = np.array([text not in dropped for text in cut.texts])
    few_links = np.array(cut.link_chars) == 0
    probabilities = np.where(kept, 0.9, probability)
    found = find_quotations(kept, probabilities, few_links, measure(cut), cut)
    return [cut.texts[index] for index in found]


def test_quotation_after_the_sentence_that_leads_to_it_is_kept() -> None:
    page = f"{FIRST}<blockquote><p>We moved the sheep at four.</p></blockquote>"
    said = "We moved the sheep at four."
    assert keep_quotes(page, {said}) == [said]
    assert keep_quotes(page, {said}, probability=0.1) == []


WORDS = "We moved the sheep at four."


def test_quotation_between_kept_paragraphs_is_kept_however_doubted() -> None:
    quote = f"<figure><blockquote>{WORDS}</blockquote><figcaption>The farmer</figcaption></figure>"
    dropped = {WORDS, "The farmer"}
    assert keep_quotes(f"{FIRST}{quote}{LAST}", dropped, probability=0.01) == [WORDS]
    assert keep_quotes(f"{FIRST}{quote}", dropped, probability=0.01) == []
    apart = f"{FIRST}<aside>{quote}</aside>{LAST}"
    assert keep_quotes(apart, dropped, probability=0.01) == []
    linked = quote.replace("the sheep", "<a href=/x>the sheep</a>")
    assert keep_quotes(f"{FIRST}{linked}{LAST}", dropped, probability=0.01) == []


def test_pull_quote_may_be_short_or_lack_its_stop() -> None:
    for said in ("Stay at home.", "We moved the sheep at four"):
        page = f"{FIRST}<blockquote><p>{said}</p><cite>The farmer</cite></blockquote>{LAST}"
        assert keep_quotes(page, {said, "The farmer"}, probability=0.01) == [said]
    page = f"{FIRST}<blockquote><p>All boats</p></blockquote>{LAST}"
    assert keep_quotes(page, {"All boats"}, probability=0.01) == []


def test_quotation_in_a_box_of_its_own_and_beside_a_card_is_kept() -> None:
    box = f"<div><div><figure><blockquote>{WORDS}</blockquote><cite>Ek</cite></figure></div></div>"
    boxed = "<div><div>{}</div></div>".format
    page = f"{boxed(FIRST)}{box}{boxed(LAST)}"
    assert keep_quotes(page, {WORDS, "Ek"}, probability=0.01) == [WORDS]
    card = f"<a href=/x>{'Another story altogether. ' * 4}</a>"
    page = f"{FIRST}<div>{card}</div><blockquote>{WORDS}</blockquote>{LAST}"
    dropped = {WORDS, ("Another story altogether. " * 4).strip()}
    assert keep_quotes(page, dropped, probability=0.01) == [WORDS]


def test_quotation_that_repeats_the_story_is_left_to_the_model() -> None:
    quote = f"<blockquote>{WORDS}</blockquote>"
    story = f"<p>\u201cWe moved the sheep \u2013 at four\u201d, she said.</p>{quote}{LAST}"
    assert keep_quotes(story, {WORDS}, probability=0.01) == []
    assert keep_quotes(story.replace("sheep", "cows", 1), {WORDS}, probability=0.01) == [WORDS]


def test_quotation_elsewhere_is_not_added() -> None:
    box = "<section><div><blockquote><p>We love it.</p></blockquote></div></section>"
    assert keep_quotes(f"{FIRST}<p>Menu</p>{box}", {"Menu", "We love it."}) == []
    assert keep_quotes(f"{FIRST}<section><div>{box}</div></section>", {"We love it."}) == []


def test_words_of_a_quoted_post_are_kept_without_its_signature() -> None:
    dropped = {"What a crowd!", "— Harbour Office June 6, 2026"}
    assert keep_quotes(f"{FIRST}{POST}{LAST}", dropped, probability=0.01) == ["What a crowd!"]


def test_post_after_the_story_is_not_added() -> None:
    dropped = {"What a crowd!", "— Harbour Office June 6, 2026"}
    assert keep_quotes(f"{FIRST}{LAST}{POST}", dropped) == []


def test_quotation_that_is_kept_already_is_left_alone() -> None:
    assert keep_quotes(f"{FIRST}<blockquote><p>We moved.</p></blockquote>", set()) == []


def test_words_of_a_quoted_post_are_kept_whatever_of_them_is_link() -> None:
    linked = POST.replace("crowd!", "crowd! <a href=/p>pics.example/ferry</a>")
    said = "What a crowd! pics.example/ferry"
    assert keep_quotes(f"{FIRST}{linked}{LAST}", {said, SIGNED}, probability=0.01) == [said]
    bare = POST.replace("What a crowd!", "<a href=/p>pics.example/ferry</a>")
    dropped = {"pics.example/ferry", SIGNED}
    assert keep_quotes(f"{FIRST}{bare}{LAST}", dropped, probability=0.01) == []


def test_post_after_the_label_of_an_advertisement_is_kept() -> None:
    dropped = {"What a crowd!", SIGNED, "Advertisement", "Book a cabin", "Sail with us"}
    labels = "<div>Advertisement</div><div>Book a cabin</div>"
    assert keep_quotes(f"{FIRST}{labels}{POST}{LAST}", dropped, probability=0.01) == [
        "What a crowd!"
    ]
    more = f"{labels}<div>Sail with us</div>"
    assert keep_quotes(f"{FIRST}{more}{POST}{LAST}", dropped, probability=0.01) == []
    long = "Book a cabin for the whole of the summer and take a friend along for half the price"
    page = f"{FIRST}<div>{long}</div>{POST}{LAST}"
    assert keep_quotes(page, dropped | {long}, probability=0.01) == []


def test_each_of_several_posts_in_a_row_is_kept() -> None:
    second = POST.replace("What a crowd!", "And a brass band!")
    dropped = {"What a crowd!", "And a brass band!", SIGNED}
    assert keep_quotes(f"{FIRST}{POST}{second}{LAST}", dropped, probability=0.01) == [
        "What a crowd!",
        "And a brass band!",
    ]


def test_post_is_told_by_the_name_of_its_quotation_or_by_its_signature() -> None:
    named = "<blockquote class=bluesky-embed><p>What a crowd!</p><p>Seen from deck</p></blockquote>"
    dropped = {"What a crowd!", "Seen from deck"}
    page = f"{FIRST}{named}{LAST}"
    assert keep_quotes(page, dropped, probability=0.01) == ["What a crowd!", "Seen from deck"]
    page = page.replace("bluesky-embed", "box")
    assert keep_quotes(page, dropped, probability=0.01) == ["What a crowd!"]
    twice = POST.replace("Harbour Office", "Harbour Office (<a href=#>@harbour</a>)")
    dropped = {"What a crowd!", "— Harbour Office (@harbour) June 6, 2026"}
    assert keep_quotes(f"{FIRST}{twice}{LAST}", dropped, probability=0.01) == ["What a crowd!"]


def test_line_of_a_post_that_gives_its_time_is_left_out() -> None:
    dated = "<p>A post by <a href=#>Harbour Office</a> on <time>June 6</time></p>"
    post = f"<blockquote class=instagram-media><p>What a crowd!</p>{dated}</blockquote>"
    dropped = {"What a crowd!", "A post by Harbour Office on June 6"}
    assert keep_quotes(f"{FIRST}{post}{LAST}", dropped, probability=0.01) == ["What a crowd!"]


def keep_closing(page: str) -> list[str]:
    """What is added of a page of which the paragraphs outside posts are kept."""
    cut = cut_blocks(parse_html(f"<body><div>{page}</div></body>"))
    kept = np.array([text.endswith(".") for text in cut.texts])
    return [cut.texts[index] for index in find_closing_posts(kept, cut)]


def test_posts_that_a_story_ends_with_are_kept() -> None:
    second = POST.replace("What a crowd!", "And a brass band!")
    assert keep_closing(f"{FIRST}{LAST}{POST}") == ["What a crowd!"]
    assert keep_closing(f"{FIRST}{LAST}{POST}{second}") == ["What a crowd!", "And a brass band!"]
    boxes = "".join(f"<div>{each}</div>" for each in (FIRST, LAST, POST))
    assert keep_closing(boxes) == ["What a crowd!"]


def test_post_further_down_or_in_another_part_of_the_page_is_not_added() -> None:
    assert keep_closing(f"{FIRST}{LAST}<p>Menu</p>{POST}") == []
    assert keep_closing(f"<main>{FIRST}{LAST}</main><section><h2>Menu</h2>{POST}</section>") == []
    assert keep_closing(f"<main>{FIRST}{LAST}</main><section>{POST}{POST}</section>") == []
    assert keep_closing(f"{FIRST}{LAST}{POST.replace('&mdash;', 'by')}") == []


LETTER = (
    "<blockquote><p>Dear keeper,</p><p>We saw your light on Monday night.</p>"
    "<p>It brought all of us home.</p><p>Yours, A. Holm</p></blockquote>"
)
EDGES = ["Dear keeper,", "Yours, A. Holm"]


def test_letter_is_quoted_with_its_salutation_and_its_signature() -> None:
    def keep(page: str) -> list[str]:
        cut = cut_blocks(parse_html(f"<body><div>{page}</div></body>"))
        kept = np.array([text.endswith(".") for text in cut.texts])
        few_links = np.array(cut.link_chars) == 0
        return [cut.texts[index] for index in find_letters(kept, few_links, measure(cut), cut)]

    assert keep(f"{FIRST}{LETTER}{LAST}") == EDGES
    assert keep(f"{FIRST}{LETTER}") == []
    assert keep(f"{FIRST}{LETTER.replace('A. Holm', '<a href=/x>A. Holm</a>')}{LAST}") == []
    said = "<blockquote><p>We saw your light on Monday night.</p><p>A. Holm</p></blockquote>"
    assert keep(f"{FIRST}{said}{LAST}") == []


def test_statement_that_a_colon_leads_in_is_kept_at_the_end() -> None:
    def keep(page: str) -> list[str]:
        cut = cut_blocks(parse_html(f"<body><div>{page}</div></body>"))
        kept = np.arange(len(cut.texts)) == 0
        found = find_led_quotations(kept, np.array(cut.link_chars) == 0, cut)
        return [cut.texts[index] for index in found]

    lead = "<p>The harbour office told us:</p>"
    said = "<blockquote><p>We regret it.</p><p>We will pay</p></blockquote>"
    assert keep(f"{lead}{said}") == ["We regret it.", "We will pay"]
    assert keep(f"{lead[:-5]}.</p>{said}") == []
    assert keep(f"{lead}<p>Menu</p>{said}") == []
    assert keep(f"{lead}<aside>{said}</aside>") == []
    assert keep(f"{lead}{said.replace('We regret', '<a href=/x>We regret</a>')}") == []


def test_quotation_in_a_box_named_for_it_is_kept_between_kept_paragraphs() -> None:
    signed = "<div class=quote__author>The farmer</div>"
    quote = f"<div class=story__quote><div class=quote__text>{WORDS}</div>{signed}</div>"
    dropped = {WORDS, "The farmer"}
    assert keep_quotes(f"{FIRST}{quote}{LAST}", dropped, probability=0.01) == [WORDS]
    assert keep_quotes(f"{FIRST}{quote}", dropped, probability=0.01) == []


def test_line_without_a_stop_in_a_box_named_for_a_quotation_stays_out() -> None:
    line = "Sheep that crossed the river at four"
    quote = f"<div class=pull-quote>{line}</div>"
    assert keep_quotes(f"{FIRST}{quote}{LAST}", {line}, probability=0.01) == []
