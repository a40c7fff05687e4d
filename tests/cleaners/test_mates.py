"""Guards for journalism: what stands like the kept blocks stays."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from cleaners.cut import cut_blocks
from cleaners.cutting.columns import Cut
from cleaners.dom import parse_html
from cleaners.judge import Judgement
from cleaners.mates import keep_mates

PAGE = """<body><div class=text>
<p>The harbour froze over on Monday for the first time in nine years, fishermen said.</p>
<p>Crossing on foot</p>
<p>Children walked to the island school across the ice, watched by two volunteers.</p>
<p>The ferry company cancelled all its sailings until the end of the month on safety grounds.</p>
<p><a href=/x>Ten pictures of the ice</a></p>
<p>Nobody minded.</p>
<div class=promo>Subscribe now</div>
</div></body>"""
SENTENCES = [1, 0, 1, 1, 0, 1, 0]


def features_of(cut: Cut, **rows: Any) -> Any:
    """The features that the guards ask for: those given, and how much of each block is links."""
    lengths = np.array([len(text) for text in cut.texts])
    words = np.array([len(text.split()) for text in cut.texts], float)
    links = np.minimum(1.0, np.array(cut.link_chars) / lengths)
    return SimpleNamespace(**{"links": links, "words": words, **rows})


def keep(kept: list[int], probabilities: list[float], good: list[int] = SENTENCES) -> list[int]:
    judgement = Judgement(kept=np.array(kept, bool), expected_f1=0.9)
    cut = cut_blocks(parse_html(PAGE))
    features = features_of(cut, good=np.array(good, float), title_share=np.zeros(len(good)))
    wider = keep_mates(judgement, np.array(probabilities), features, cut)
    return wider.kept.astype(int).tolist()


def test_crosshead_among_kept_paragraphs_is_kept() -> None:
    assert keep([1, 0, 1, 1, 0, 1, 0], [0.9, 0.2, 0.9, 0.9, 0.2, 0.9, 0.2])[1] == 1


def test_short_last_paragraph_like_the_kept_ones_is_kept() -> None:
    assert keep([1, 1, 1, 1, 0, 0, 0], [0.9, 0.9, 0.9, 0.9, 0.2, 0.2, 0.2])[5] == 1


def test_prompt_after_the_last_paragraph_is_not_kept_for_being_a_paragraph() -> None:
    good = [1, 0, 1, 1, 0, 0, 0]
    assert keep([1, 1, 1, 1, 0, 0, 0], [0.9, 0.9, 0.9, 0.9, 0.2, 0.2, 0.2], good)[5] == 0


def test_line_above_the_headline_is_not_kept_for_being_a_paragraph() -> None:
    page = (
        "<body><p>Kittiwake Township</p><p>Notice of the ice</p>"
        "<p>The harbour froze over on Monday.</p><p>All stayed ashore.</p><p>Nobody minded.</p>"
    )
    cut = cut_blocks(parse_html(page))
    judgement = Judgement(kept=np.array([0, 1, 1, 1, 1], bool), expected_f1=0.9)
    for share, kept in ((1.0, 0), (0.0, 1)):
        title_share = np.array([0, share, 0, 0, 0])
        features = features_of(cut, good=np.array([0.0, 0, 1, 1, 1]), title_share=title_share)
        wider = keep_mates(judgement, np.array([0.2, 0.8, 0.9, 0.9, 0.9]), features, cut)
        assert wider.kept.tolist() == [kept, 1, 1, 1, 1]


def test_list_and_the_heading_above_it_are_kept_together_between_kept_paragraphs() -> None:
    page = (
        "<body><div><p>The harbour froze over on Monday.</p><h3>Rules of the ice</h3>"
        "<ul><li>Walk, and never drive</li><li>Stay near the shore</li></ul>"
        "<p>Nobody has fallen in so far.</p></div></body>"
    )
    cut = cut_blocks(parse_html(page))
    features = features_of(cut, good=np.array([1.0, 0, 0, 0, 1]), title_share=np.zeros(5))
    judgement = Judgement(kept=np.array([1, 0, 0, 0, 1], bool), expected_f1=0.9)
    for heading, kept in ((0.07, [1, 1, 1, 1, 1]), (0.01, [1, 0, 0, 0, 1])):
        probabilities = np.array([0.9, heading, 0.02, 0.02, 0.9])
        wider = keep_mates(judgement, probabilities, features, cut)
        assert wider.kept.astype(int).tolist() == kept


@pytest.mark.parametrize(
    ("box", "kept"),
    [
        ("div class=article-body", [0, 1, 0]),
        ("section itemprop=articleBody", [0, 1, 0]),
        ("div", [0, 0, 0]),
    ],
)
def test_story_of_an_article_that_nothing_else_tells_is_what_the_template_calls_so(
    box: str, kept: list[int]
) -> None:
    end = box.split(maxsplit=1)[0]
    page = f"<p>Menu</p><{box}><p>The ferry is late today.</p></{end}><p>Imprint</p>"
    cut = cut_blocks(parse_html(page))
    features = features_of(cut, good=np.zeros(3), title_share=np.zeros(3))
    judgement = Judgement(kept=np.zeros(3, bool), expected_f1=0.0)
    for is_article, wanted in ((True, kept), (False, [0, 0, 0])):
        wider = keep_mates(judgement, np.full(3, 0.01), features, cut, is_article=is_article)
        assert wider.kept.astype(int).tolist() == wanted


def test_block_of_links_is_never_added() -> None:
    assert keep([1, 1, 1, 1, 0, 1, 0], [0.9] * 4 + [0.49, 0.9, 0.1])[4] == 0


def test_block_of_another_class_is_not_a_mate() -> None:
    assert keep([1, 1, 1, 1, 0, 1, 0], [0.9] * 4 + [0.2, 0.9, 0.4])[6] == 0


def test_doubted_sentence_stays_and_a_denied_one_does_not() -> None:
    assert keep([1, 0, 0, 0, 0, 0, 0], [0.9, 0, 0.43, 0.05, 0, 0, 0]) == [1, 0, 1, 0, 0, 0, 0]


def test_nothing_is_added_where_nothing_was_kept() -> None:
    assert keep([0] * 7, [0.49] * 7) == [0] * 7


def keep_page(
    page: str, kept: list[int], probability: float, good: list[int] | None = None
) -> list[int]:
    judgement = Judgement(kept=np.array(kept, bool), expected_f1=0.9)
    cut = cut_blocks(parse_html(page))
    running = np.zeros(len(kept)) if good is None else np.array(good, float)
    features = features_of(cut, good=running, title_share=np.zeros(len(kept)))
    probabilities = np.where(np.array(kept, bool), 0.9, probability)
    return keep_mates(judgement, probabilities, features, cut).kept.astype(int).tolist()


def test_crosshead_right_before_a_kept_paragraph_is_kept() -> None:
    page = "<p>One.</p><article><header><h3>Head</h3></header><div><p>Two.</p></div></article>"
    assert keep_page(page, [1, 0, 1], 0.2) == [1, 1, 1]


def test_heading_before_the_first_kept_block_is_not_a_crosshead() -> None:
    assert keep_page("<h2>Head</h2><p>One.</p><p>Two.</p>", [0, 1, 1], 0.2) == [0, 1, 1]


def test_items_of_a_list_that_is_kept_in_part_are_kept() -> None:
    page = "<p>Three things:</p><ul><li>night trains</li><li>wagons</li><li>tickets</li></ul>"
    assert keep_page(page, [1, 0, 1, 0], 0.2) == [1, 1, 1, 1]


def test_one_kept_item_is_enough_for_a_list_between_kept_blocks() -> None:
    items = "<ul><li>largest marrow</li><li>best jam</li><li>cake</li><li>dog</li></ul>"
    page = f"<section><p>Many won.</p></section>{items}<p>Nobody minded.</p>"
    assert keep_page(page, [1, 0, 1, 0, 0, 1], 0.2) == [1] * 6
    assert keep_page(page, [1, 0, 1, 0, 0, 0], 0.2) == [1, 0, 1, 0, 0, 0]
    page = f"<section><p>Two.</p><p>Many won.</p></section>{items}<p>Nobody minded.</p>"
    assert keep_page(page, [1, 1, 0, 1, 0, 0, 1], 0.05) == [1, 1, 0, 1, 0, 0, 1]


def test_list_between_kept_blocks_that_is_doubted_and_not_denied_is_kept() -> None:
    items = "<ul><li>largest marrow</li><li>best jam</li><li>cake</li><li>dog</li></ul>"
    page = f"<section><p>Two.</p><p>Many won.</p></section>{items}<p>Nobody minded.</p>"
    edges = [1, 1, 0, 0, 0, 0, 1]
    assert keep_page(page, edges, 0.25) == [1] * 7
    assert keep_page(page, edges, 0.15) == edges
    assert keep_page(page.replace("cake", "<a href=/x>cake</a>"), edges, 0.25) == edges
    assert keep_page(page.replace("<ul>", "<aside><ul>"), edges, 0.25) == edges
    alone = "<section><p>Two.</p><p>Won.</p></section><ul><li>marrow</li></ul><p>Nobody minded.</p>"
    assert keep_page(alone, [1, 1, 0, 1], 0.25) == [1, 1, 0, 1]


def test_list_right_beside_the_paragraphs_around_it_is_kept_however_short_its_items() -> None:
    items = "<dl><dt>Jam</dt><dd>Ned</dd><dt>Dog</dt><dd>Biscuit</dd></dl>"
    page = f"<p>Many won.</p>{items}<p>Nobody minded.</p>"
    assert keep_page(page, [1, 0, 0, 0, 0, 1], 0.02) == [1] * 6


def test_list_of_which_nothing_is_kept_stays_out() -> None:
    page = "<p>Story.</p><ul><li>Sport</li><li>Culture</li></ul>"
    assert keep_page(page, [1, 0, 0], 0.2) == [1, 0, 0]


HEADED = """<body><article><header><h1>Harbour frozen</h1><p>Deck.</p></header>
<p>Credit</p><ol><li>One.</li><li>Two.</li></ol><p>Three.</p></article><p>Footer.</p></body>"""


def keep_placed(page: str, kept: list[int], *, probability: float, is_news: bool) -> list[int]:
    """What is kept of a page whose first block is the headline and whose sentences end so."""
    cut = cut_blocks(parse_html(page))
    good = np.array([float(text.endswith(".")) for text in cut.texts])
    title = np.array([1.0] + [0.0] * (len(kept) - 1))
    features = features_of(
        cut,
        good=good,
        title_share=title,
        words=np.full(len(kept), 20.0),
        described=np.array([float(text == "Described") for text in cut.texts]),
    )
    judgement = Judgement(kept=np.array(kept, bool), expected_f1=0.9)
    probabilities = np.where(np.array(kept, bool), 0.9, probability)
    wider = keep_mates(judgement, probabilities, features, cut, is_news=is_news, is_article=is_news)
    return wider.kept.astype(int).tolist()


STORY = [0, 0, 0, 1, 1, 1, 0]


def test_sentence_under_the_headline_of_a_news_article_is_its_standfirst() -> None:
    found = keep_placed(HEADED, STORY, probability=0.09, is_news=True)
    assert found == [0, 1, 0, 1, 1, 1, 0]


def test_standfirst_without_its_last_full_stop_is_kept() -> None:
    page = HEADED.replace("Deck.", "Booked for an hour. Stayed all night")
    assert keep_placed(page, STORY, probability=0.09, is_news=True)[1] == 1


def keep_signed(lines: str) -> list[str]:
    """What is kept of what stands between a headline and a story, `lines` first."""
    deck = "The ferry stays in port for a week, and the post comes by plane."
    page = f"<h1>Harbour frozen</h1>{lines}<p>{deck}</p><p>Credit</p><p>One.</p><p>Two.</p>"
    cut = cut_blocks(parse_html(page))
    size = len(cut.texts)
    kept = np.array([text in {"One.", "Two."} for text in cut.texts])
    good = np.array([float(text.endswith(".")) for text in cut.texts])
    zeros = np.zeros(size)
    title = np.array([1.0] + [0.0] * (size - 1))
    features = features_of(cut, good=good, title_share=title, described=zeros)
    judgement = Judgement(kept=kept, expected_f1=0.9)
    wider = keep_mates(judgement, np.where(kept, 0.9, 0.09), features, cut, is_news=True)
    return [text for text, keeps in zip(cut.texts, wider.kept & ~kept, strict=True) if keeps]


def test_standfirst_without_any_stop_stands_right_under_the_headline() -> None:
    deck = "The ferry stays in port and the post comes by plane"
    assert keep_signed(f"<p>{deck}</p>")[:1] == [deck]
    for line in (
        f"<p>{deck} until 08:02 at the least</p>",
        f"<p>{deck} until 3.4.2026 at the least</p>",
        f"<p>{deck}:</p>",
        "<p>By Ann Reed and Joe Ek of the harbour desk</p>",
        f"<ul><li>{deck}</li></ul>",
        f"<figure>{deck}</figure>",
        f"<p>{deck}<img src=x></p>",
        "<p>Six words say too little here</p>",
    ):
        assert not any(text.startswith((deck, "By", "Six")) for text in keep_signed(line))


def test_standfirst_that_stands_under_each_copy_of_the_headline_is_kept_once() -> None:
    deck = "The ferry stays in port for a week, and the post comes by plane."
    head = f"<div><h1>Harbour frozen</h1><p>{deck}</p></div>"
    cut = cut_blocks(parse_html(f"{head * 2}<p>One.</p><p>Two.</p>"))
    title = np.array([float(text == "Harbour frozen") for text in cut.texts])
    good = np.array([float(text.endswith(".")) for text in cut.texts])
    features = features_of(cut, good=good, title_share=title, described=np.zeros(6))
    kept = np.array([0, 0, 0, 0, 1, 1], bool)
    judgement = Judgement(kept=kept, expected_f1=0.9)
    wider = keep_mates(judgement, np.where(kept, 0.9, 0.09), features, cut, is_news=True)
    assert wider.kept.tolist() == [False, False, False, True, True, True]


def test_standfirst_may_stand_under_the_writers_and_the_date() -> None:
    deck = "The ferry stays in port for a week, and the post comes by plane."
    signed = "<p><a href=/ann>Ann Reed</a></p><p>6 January 2026</p>"
    assert keep_signed("") == keep_signed(signed) == [deck]
    assert keep_signed(signed * 3) == []
    dates = "<p>Published 7 March 2026 at 11.14 pm. Updated 8 March 2026 at 8.02 am.</p>"
    assert keep_signed(dates) == [deck]
    told = "Ann Reed writes for us about boats, ice and the people who live from both"
    assert keep_signed(f"<p>6 January 2026</p><p>{told}</p>") == []


def test_standfirst_may_stand_under_a_caption_that_the_model_denies() -> None:
    deck = "The ferry stays in port for a week, and the post comes by plane."
    caption = "Skippers look out over the frozen harbour on Monday morning. Photo: Ek"
    page = f"<h1>Harbour frozen</h1><div>{caption}</div><p>{deck}</p><p>One.</p><p>Two.</p>"
    cut = cut_blocks(parse_html(page))
    features = features_of(
        cut,
        good=np.array([float(text.endswith(".")) for text in cut.texts]),
        title_share=np.array([1.0, 0, 0, 0, 0]),
        described=np.zeros(5),
    )
    judgement = Judgement(kept=np.array([0, 0, 0, 1, 1], bool), expected_f1=0.9)
    probabilities = np.array([0.01, 0.01, 0.09, 0.9, 0.9])
    wider = keep_mates(judgement, probabilities, features, cut, is_news=True)
    assert wider.kept.tolist() == [False, False, True, True, True]


def test_notice_that_the_page_says_again_is_no_standfirst() -> None:
    deck = "The ferry stays in port for a week, and the post comes by plane."
    assert keep_signed("") == [deck]
    assert keep_signed(f"<p>{deck}</p>") == []


def test_label_link_or_denied_line_under_the_headline_is_no_standfirst() -> None:
    for line in ("Deck:", "<a href=/x>Deck.</a>"):
        page = HEADED.replace("Deck.", line)
        assert keep_placed(page, STORY, probability=0.09, is_news=True)[1] == 0
    assert keep_placed(HEADED, STORY, probability=0.01, is_news=True)[1] == 0


def test_sentence_under_the_headline_of_another_page_is_left_to_the_model() -> None:
    assert keep_placed(HEADED, STORY, probability=0.09, is_news=False) == STORY
    assert keep_placed(HEADED, STORY, probability=0.35, is_news=False)[1] == 1


TOLD = HEADED.replace("<p>Credit</p>", "<h2 class='{name}'>{text}</h2>")


def keep_told(*, probability: float, is_news: bool, name: str = "", text: str = "Said") -> int:
    page = TOLD.format(name=name, text=text)
    return keep_placed(page, STORY, probability=probability, is_news=is_news)[2]


def test_line_before_the_story_that_its_container_calls_a_subtitle_is_kept() -> None:
    assert keep_told(name="font--subhead big", probability=0.1, is_news=True) == 1
    assert keep_told(name="font--subhead big", probability=0.1, is_news=False) == 0
    assert keep_told(name="article-subtitle", probability=0.35, is_news=False) == 1
    assert keep_told(name="subject leader", probability=0.35, is_news=True) == 0
    assert keep_told(name="with-form article-intro", probability=0.1, is_news=True) == 1


def test_named_subtitle_is_believed_sooner_on_a_page_that_tells_a_story() -> None:
    page = TOLD.format(name="article-subtitle", text="Said").replace("<li>Two.", "<li>2." * 3)
    kept = [0, 0, 0, 1, 1, 1, 1, 1, 0]
    assert keep_placed(page, kept, probability=0.1, is_news=False)[2] == 1
    described = page.replace("article-subtitle", "note").replace("Said", "Described")
    assert keep_placed(described, kept, probability=0.1, is_news=False)[2] == 0


def keep_wrapped(wrapper: str) -> int:
    page = HEADED.replace("<p>Credit</p>", wrapper)
    return keep_placed(page, STORY, probability=0.1, is_news=True)[2]


def test_name_of_a_standfirst_may_be_that_of_a_box_that_holds_nothing_else() -> None:
    assert keep_wrapped("<div class=chapo><p>Said</p></div>") == 1
    assert keep_wrapped("<section class=chapo><div><p>Said</p></div></section>") == 1
    assert keep_wrapped("<div class=chapo><div><div><p>Said</p></div></div></div>") == 0
    around = HEADED.replace("<header>", "<div class=chapo><header>")
    around = around.replace("<p>Credit</p>", "<p>Credit</p></div>")
    assert keep_placed(around, STORY, probability=0.1, is_news=True)[2] == 0


def test_excerpt_of_another_story_in_a_list_is_no_standfirst_whatever_its_name() -> None:
    assert keep_wrapped("<div class=post-excerpt>Said</div>") == 1
    assert keep_wrapped("<ul><li class=post-excerpt>Said</li></ul>") == 0


def test_standfirst_may_be_a_list_of_its_name_without_links() -> None:
    assert keep_wrapped("<ul class=subtitle-list><li>Said</li></ul>") == 1
    assert keep_wrapped("<ul class=lede><li><a href=/x>Said</a></li></ul>") == 0
    assert keep_wrapped("<ul class=entries><li>Said</li></ul>") == 0


def test_standfirst_is_named_by_microdata_too() -> None:
    assert keep_wrapped("<div itemprop=description><p>Said</p></div>") == 1
    assert keep_wrapped("<p itemprop=caption>Said</p>") == 0


def test_box_or_note_before_the_story_that_is_named_like_a_subtitle_is_left_to_the_model() -> None:
    for name in ("newsletter-intro", "lead-form", "cookie__summary", "author-excerpt big"):
        assert keep_told(name=name, probability=0.35, is_news=True) == 0


def test_line_before_the_story_that_describes_the_page_is_kept() -> None:
    assert keep_told(text="Described", probability=0.1, is_news=True) == 1
    assert keep_told(text="<a href=/x>Described</a>", probability=0.1, is_news=True) == 0
    assert keep_told(text="Described", probability=0.02, is_news=True) == 1
    assert keep_told(text="Described", probability=0.005, is_news=True) == 0


def test_plain_last_paragraph_beside_the_list_that_holds_the_rest_is_kept() -> None:
    kept = [0, 0, 0, 1, 1, 0, 0]
    assert keep_placed(HEADED, kept, probability=0.09, is_news=False) == STORY
    assert keep_placed(HEADED, kept, probability=0.01, is_news=False) == kept


def test_last_paragraph_with_a_name_or_outside_the_story_is_not_added() -> None:
    kept = [0, 0, 0, 1, 1, 0, 0]
    named = HEADED.replace("<p>Three.", "<p class=bio>Three.")
    assert keep_placed(named, kept, probability=0.09, is_news=False) == kept
    outside = HEADED.replace(
        "<p>Three.</p></article>", "</article><section><p>Three.</p></section>"
    )
    assert keep_placed(outside, kept, probability=0.09, is_news=False) == kept


def keep_faded(label: str, probability: float) -> int:
    """Whether the last paragraph before a barrier is kept, which has a class of its own."""
    page = f"<div><p>One.</p><p>Two.</p>{label}<p class=fade-out>Three.</p></div>"
    count = page.count("</p>") + label.count("</aside>")
    kept = [1, 1] + [0] * (count - 2)
    good = np.array([1, 1] + [0] * (count - 3) + [1])
    cut = cut_blocks(parse_html(page))
    judgement = Judgement(kept=np.array(kept, bool), expected_f1=0.9)
    features = features_of(cut, good=good, title_share=np.zeros(count))
    probabilities = np.where(np.array(kept, bool), 0.9, probability)
    return int(keep_mates(judgement, probabilities, features, cut).kept[-1])


def test_paragraph_after_a_label_is_kept_for_the_paragraphs_beside_it() -> None:
    label = "<aside>Read also</aside>"
    assert keep_faded(label, 0.3) == 1
    assert keep_faded(label, 0.2) == 0
    assert keep_faded(label + label.replace("also", "more"), 0.3) == 0
    assert keep_faded("<p>Read also</p><aside>More</aside>", 0.3) == 0


TALK = [
    ("Who called you?", "A neighbour."),
    ("How many came?", "Nine crews."),
    ("And now?", "Yes."),
]


def keep_turns(boxes: str, probability: float = 0.2) -> list[str]:
    """What is added of a page whose paragraphs are kept."""
    first = "<p>The mill burned for two nights, and nobody saw who lit the fire.</p>"
    cut = cut_blocks(parse_html(f"<div>{first}{boxes}<p>The mill is to be rebuilt by spring.</p>"))
    size = len(cut.texts)
    kept = np.array([True, *[False] * (size - 2), True])
    judgement = Judgement(kept=kept, expected_f1=0.9)
    zeros = np.zeros(size)
    features = features_of(cut, good=zeros, title_share=zeros, words=zeros + 5, described=zeros)
    wider = keep_mates(judgement, np.where(kept, 0.9, probability), features, cut)
    return [text for text, keeps in zip(cut.texts, wider.kept, strict=True) if keeps][1:-1]


def test_turns_of_a_talk_in_boxes_all_alike_between_paragraphs_are_kept() -> None:
    turns = "".join(f"<div class=qa><b>{q}</b><div>{a}</div></div>" for q, a in TALK)
    assert keep_turns(turns) == [text for turn in TALK for text in turn]
    assert keep_turns(turns, probability=0.05) == []
    for apart in (
        turns.replace("Nine crews", "<a href=/x>Nine crews</a>"),
        turns.replace("class=qa", "class=box", 1),
        turns.replace("<div class=qa", "<aside class=qa").replace("</div></div>", "</div></aside>"),
        f"<div>{turns.replace('Nine crews', '<a href=/x>Nine crews</a>')}</div>",
    ):
        assert keep_turns(apart) == []


def keep_boxed(boxes: str, kept: str, probability: float = 0.2) -> list[str]:
    """What is added of a page of which a paragraph at either end, and the texts of `kept`, are."""
    first, last = (
        "The mill burned for two nights, and nobody saw who lit it.",
        "It is to be rebuilt.",
    )
    cut = cut_blocks(parse_html(f"<div><p>{first}</p>{boxes}<p>{last}</p></div>"))
    size = len(cut.texts)
    is_kept = np.array([text in {first, last} or text in kept for text in cut.texts])
    judgement = Judgement(kept=is_kept, expected_f1=0.9)
    zeros = np.zeros(size)
    features = features_of(cut, good=zeros, title_share=zeros, words=zeros + 5, described=zeros)
    wider = keep_mates(judgement, np.where(is_kept, 0.9, probability), features, cut)
    return [text for text, keeps in zip(cut.texts, wider.kept & ~is_kept, strict=True) if keeps]


def test_short_lines_of_boxes_all_alike_that_mostly_hold_kept_ones_are_kept() -> None:
    boxes = "".join(f"<details><summary>{q}</summary><p>{a}</p></details>" for q, a in TALK)
    asked = "Who called you? How many came? And now?"
    assert keep_boxed(boxes, asked) == [answer for _, answer in TALK]
    assert keep_boxed(boxes, asked, probability=0.05) == []
    linked = boxes.replace("Nine crews.", "<a href=/x>Nine crews.</a>")
    assert keep_boxed(linked, asked) == ["A neighbour.", "Yes."]
    assert keep_boxed(linked, "Who called you?") == []


def test_box_right_after_the_last_kept_one_is_kept_where_all_are_alike() -> None:
    entries = [f"<div class=entry><p>Entry {number}.</p></div>" for number in range(8)]
    page = f"<div>{''.join(entries)}<div class=ad><p>One more.</p></div></div>"
    assert keep_page(page, [1] * 6 + [0] * 3, 0.2) == [1] * 7 + [0] * 2
    assert keep_page(page, [1] * 8 + [0], 0.2) == [1] * 8 + [0]
    assert keep_page(page, [1] * 6 + [0] * 3, 0.05) == [1] * 6 + [0] * 3
    # Running text is no label of what stands after the story.
    told = [1] * 6 + [0, 1, 1, 0]
    apart = page.replace(
        "<div class=entry><p>Entry 6", "<p>See more</p><div class=entry><p>Entry 6"
    )
    assert keep_page(apart, [1] * 6 + [0] * 4, 0.2, told) == told
    # Posts of a live report stand several containers deep.
    deep = page.replace("<p>Entry", "<article><div><p>Entry").replace(
        "</p></div>", "</p></div></article></div>"
    )
    assert keep_page(deep, [1] * 6 + [0] * 3, 0.2) == [1] * 7 + [0] * 2


def test_form_around_the_whole_page_sets_nothing_apart() -> None:
    note = "<div><p>Correction: The dog, not the cat, won the first prize.</p></div>"
    story = "<p>Two of many won.</p><p>Nobody minded that.</p>"
    assert keep_page(f"<form>{story}{note}</form>", [1, 1, 0], 0.02) == [1, 1, 1]
    assert keep_page(f"{story}<form>{note}</form>", [1, 1, 0], 0.02) == [1, 1, 0]
