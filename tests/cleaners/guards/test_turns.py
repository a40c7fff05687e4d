"""Guards for journalism: paragraphs each of which the template gives a box of its own."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np

from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.guards.turns import find_boxed, find_boxed_paragraphs, find_closing_turns

SAID = ("The ice came early.", "Nobody minded.", "Boats stayed in.", "Nets hung out.", "It thawed.")
BOX = "<div class=row><div class=col><p>{}</p></div></div>"


def keep_boxed(page: str, dropped: dict[str, float]) -> list[str]:
    """What is added of a page of which all is kept but those of such probabilities."""
    cut = cut_blocks(parse_html(f"<body><div>{page}</div></body>"))
    kept = np.array([text not in dropped for text in cut.texts])
    good = np.array([float("." in text) for text in cut.texts])
    words = np.array([float(len(text.split())) for text in cut.texts])
    features = cast(Any, SimpleNamespace(good=good, words=words))
    probabilities = np.array([dropped.get(text, 0.9) for text in cut.texts])
    few_links = np.array(cut.link_chars) == 0
    found = find_boxed_paragraphs(kept, probabilities, few_links, features, cut)
    return [cut.texts[index] for index in found]


BOXES = [BOX.format(text) for text in SAID]
PAGE = "".join(BOXES)


def test_paragraph_in_a_box_like_those_of_the_kept_ones_is_kept_among_and_after_them() -> None:
    assert keep_boxed(PAGE, {SAID[4]: 0.2}) == [SAID[4]]
    assert keep_boxed(PAGE, {SAID[0]: 0.2, SAID[4]: 0.2}) == [SAID[0], SAID[4]]
    assert keep_boxed(PAGE, {SAID[2]: 0.2}) == [SAID[2]]
    assert keep_boxed(PAGE, {SAID[2]: 0.1}) == []


def test_paragraphs_in_boxes_go_on_while_they_are_probable_enough_on_average() -> None:
    assert keep_boxed(PAGE, {SAID[3]: 0.3, SAID[4]: 0.1}) == [SAID[3], SAID[4]]
    assert keep_boxed(PAGE, {SAID[3]: 0.1, SAID[4]: 0.3}) == []
    assert keep_boxed(PAGE, {SAID[3]: 0.5, SAID[4]: 0.02}) == [SAID[3]]


def test_one_label_may_stand_between_paragraphs_in_boxes() -> None:
    label = "<div class=ad>Advertisement</div>"
    dropped = {SAID[4]: 0.2, "Advertisement": 0.1}
    assert keep_boxed("".join((*BOXES[:4], label, BOXES[4])), dropped) == [SAID[4]]
    assert keep_boxed("".join((*BOXES[:4], label, label, BOXES[4])), dropped) == []


def test_line_that_leads_in_may_stand_in_such_a_box_too() -> None:
    lead = "Deputies answered two hundred calls in the week, among them:"
    assert keep_boxed("".join((BOX.format(lead), *BOXES)), {lead: 0.2}) == [lead]
    assert keep_boxed("".join((BOX.format("Read also:"), *BOXES)), {"Read also:": 0.2}) == []


def test_line_link_or_box_of_another_kind_after_the_last_paragraph_is_not_added() -> None:
    for line in ("Read on", "<a href=/x>It thawed.</a>"):
        dropped = {"Read on": 0.4, "It thawed.": 0.4}
        assert keep_boxed("".join((*BOXES[:4], BOX.format(line))), dropped) == []
    other = BOXES[4].replace("class=col", "class=promo")
    assert keep_boxed("".join((*BOXES[:4], other)), {SAID[4]: 0.4}) == []


def test_plain_paragraphs_side_by_side_are_left_to_the_model() -> None:
    plain = "".join(f"<p>{text}</p>" for text in SAID)
    assert keep_boxed(plain, {SAID[4]: 0.4}) == []
    assert keep_boxed("".join(BOXES[2:]), {SAID[4]: 0.4}) == []


def keep_boxes(page: str) -> list[str]:
    """What is added of a page of which is kept what stands in `<b>`, the rest doubted."""
    cut = cut_blocks(parse_html(f"<body><div>{page}</div></body>"))
    kept = cut.arrays.strong_chars == [len(text) for text in cut.texts]
    good = np.array([float("." in text) for text in cut.texts])
    features = cast(Any, SimpleNamespace(good=good))
    found = find_boxed(np.flatnonzero(~kept).tolist(), kept, features, cut)
    return [cut.texts[index] for index in found]


def test_blocks_in_boxes_alike_are_kept_whatever_depth_the_kept_ones_stand_at() -> None:
    box = "<div class=coat><h4>{}</h4><ul><li>{}</li></ul></div>"
    page = box.format("Good", "<b>It is warm.</b>") + box.format("<b>Bad</b>", "Heavy")
    page += box.format("Good", "<b>It is cheap.</b>")
    assert keep_boxes(page) == ["Good", "Heavy", "Good"]
    assert keep_boxes(page.replace("<b>It is cheap.</b>", "Cheap"))[2:] == ["Good", "Cheap"]
    timed = page.replace("<ul>", "<div class=time>Noon, Ann</div><ul>")
    assert keep_boxes(timed) == ["Good", "Heavy", "Good"]


def test_label_of_several_boxes_is_not_kept() -> None:
    box = "<div class=coat><ul><li>Read reviews</li></ul><p><b>{}</b></p></div>"
    page = "".join(map(box.format, SAID))
    assert keep_boxes(page) == []
    assert keep_boxes(page.replace("reviews", "reviews.")) == ["Read reviews."] * 5
    assert keep_boxes(page.replace("reviews", "12")) == ["Read 12"] * 5


TALK = "<p class=q>Who pays?</p><p>The town.</p><p class=q>And when?</p><p>In May.</p>"


def keep_turns(page: str, *doubted: float) -> list[str]:
    """What is added of a page whose last blocks have such probabilities, all others being kept."""
    cut = cut_blocks(parse_html(f"<body><div>{page}</div></body>"))
    number = len(cut.texts) - len(doubted)
    kept = np.arange(len(cut.texts)) < number
    probabilities = np.array([0.9] * number + list(doubted))
    few_links = np.array(cut.link_chars) == 0
    return [cut.texts[at] for at in find_closing_turns(kept, probabilities, few_links, cut)]


def test_last_questions_and_answers_of_an_interview_are_kept() -> None:
    end = "<p class=q>Is it enough?</p><p>No.</p><p class=q>What then?</p><p>We wait.</p>"
    assert keep_turns(TALK + end, 0.2, 0.1, 0.06, 0.1) == [
        "Is it enough?", "No.", "What then?", "We wait.",
    ]  # fmt: skip
    assert keep_turns(TALK + end, 0.2, 0.1, 0.04, 0.1) == ["Is it enough?", "No."]
    assert keep_turns(TALK + "<p class=q>Is it enough?</p><p>No.</p>", 0.1) == ["No."]


def test_an_interview_goes_on_after_a_box_and_where_each_turn_has_a_box_of_its_own() -> None:
    box = "<div class=info><h3>Ada Ek</h3><div>Fisher.</div></div>"
    end = "<p class=q>Is it enough?</p><p>No.</p>"
    assert keep_turns(TALK + box + end, 0.01, 0.01, 0.1, 0.1) == ["Is it enough?", "No."]
    assert keep_turns(TALK + 3 * box + end, *[0.01] * 6, 0.1, 0.1) == []
    boxed = (TALK + end).replace("<p", "<div class=t><p").replace("</p>", "</p></div>")
    assert keep_turns(boxed, 0.1, 0.1) == ["Is it enough?", "No."]


def test_what_asks_after_an_interview_and_is_set_otherwise_is_not_kept() -> None:
    assert keep_turns(f"{TALK}<p>Already a reader?</p><p>Log in.</p>", 0.2, 0.2) == []
    assert keep_turns(f"{TALK}<p class=q>Already a reader?</p><p><a href=/x>Go</a>", 0.2, 0.2) == []
    story = "<p>It froze.</p><p>Boats stayed in.</p><p>Who pays?</p><p>The town.</p>"
    assert keep_turns(f"{story}<p>Already a reader?</p><p>Log in.</p>", 0.2, 0.2) == []


JOINED = "<b>Who pays?</b><br>The town.<br><br><b>And when?</b><br>In May.<br><br>"


def test_last_pairs_that_each_are_one_block_go_on_as_the_others() -> None:
    end = "<b>Is it enough?</b><br>No.<br><br><b>What then?</b><br>We wait."
    assert keep_turns(JOINED + end, 0.1, 0.1) == ["Is it enough? No.", "What then? We wait."]
    assert keep_turns(JOINED + end, 0.1, 0.04) == ["Is it enough? No."]
    assert keep_turns(JOINED + end.replace("?</b><br>No", "</b><br>No"), 0.1, 0.1) == []
    assert keep_turns(f"{JOINED}<div>{end}</div>", 0.1, 0.1) == []
    assert keep_turns(JOINED[: len(JOINED) // 2 - 1] + end, 0.1, 0.1) == []
