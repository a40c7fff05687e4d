"""Boxes of questions and answers, or of minutes, are kept beside the story."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
from pace import within

from cleaners.cut import cut_blocks
from cleaners.cutting.keys import OWN_ID, number_shapes
from cleaners.dom import parse_html
from cleaners.guards.toldboxes import find_told_boxes

LEAD = "<p>Kept: the ferry has crossed the river for ninety years.</p>"
TURN = "<div class=qa><div class=q><b>{}</b></div><div class=a><p>{}</p></div></div>"
TALK = (("How many hives?", "A hundred."), ("Does he come?", "On Mondays."), ("Truly.", "Ask him."))
ENTRY = '<li class="entry entry--{}"><span class=box><div>{}</div><p>{}</p></span></li>'
MINUTES = ("90.+4", "84.", "71'", "14:05", "1.")


def list_told(page: str, sure: float = 0.9) -> list[str]:
    cut = cut_blocks(parse_html(f"<body><main>{page}</main></body>"))
    kept = np.array([text.startswith("Kept") for text in cut.texts])
    features: Any = SimpleNamespace(
        words=np.array([len(text.split()) for text in cut.texts], float),
        good=np.array([float(text.endswith(".")) for text in cut.texts]),
    )
    found = find_told_boxes(kept, np.where(kept, sure, 0.01), features, cut)
    return [cut.texts[index] for index in found]


def make_minutes(minutes: tuple[str, ...] = MINUTES) -> str:
    entries = (ENTRY.format(at % 2, each, f"Said {at}.") for at, each in enumerate(minutes))
    return f"<section><h3>As it happened</h3><ol>{''.join(entries)}</ol></section>"


def test_boxes_of_questions_and_answers_are_kept_whole() -> None:
    talk = "".join(TURN.format(*turn) for turn in TALK)
    assert list_told(LEAD + talk) == [text for turn in TALK for text in turn]


def test_entries_of_minutes_are_kept_without_the_minutes_and_with_their_heading() -> None:
    wanted = [f"Said {at}." for at in range(5)]
    assert sorted(list_told(LEAD + make_minutes())) == ["As it happened", *wanted]
    shared = make_minutes().replace("</p>", "</p><div>Share</div>")
    assert sorted(list_told(LEAD + shared)) == ["As it happened", *wanted]
    assert list_told(LEAD + make_minutes(MINUTES[:4])) == []
    assert list_told(LEAD + make_minutes(("1", "2", "3", "4", "5"))) == []


def test_linked_boxes_questions_alone_and_boxes_far_from_a_sure_story_are_none() -> None:
    talk = "".join(TURN.format(*turn) for turn in TALK)
    assert list_told(LEAD + talk.replace("A hundred.", "<a href=/x>A hundred.</a>")) == []
    assert list_told(LEAD + talk.replace(".<", "<")) == []
    assert list_told(LEAD + talk.replace("?", ".")) == []
    assert list_told(f"{LEAD}<aside>{talk}</aside>") == []
    assert list_told(LEAD + talk, sure=0.5) == []
    assert list_told(f"{LEAD}<div><div><div><div>{talk}</div></div></div></div>") == []


def test_many_boxes_are_looked_at_in_time_in_proportion_to_them() -> None:
    with within(4):
        assert (
            len(list_told(LEAD + "".join(TURN.format(f"{at}?", f"{at}.") for at in range(6_000))))
            == 12_000
        )


def test_modifiers_and_states_part_no_shapes() -> None:
    keys = ("entry entry--goal", f"entry odd {OWN_ID}b", "entry", "entry--goal", "entry big",
        "entry first entry--card", "row odd", "row even", "")  # fmt: skip
    names = {key: number for number, key in enumerate(keys)}
    shapes = number_shapes(list(range(len(keys))), names)
    assert shapes[0] == shapes[1] == shapes[2] == shapes[5]
    assert shapes[6] == shapes[7]
    assert len(set(shapes)) == 5
    plain = {"entry": 0, "entry big": 1}
    assert number_shapes([0, 1, 1], plain) == [0, 1, 1]
