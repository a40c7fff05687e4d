"""A story that goes on in a second box is kept whole."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.guards.continued import find_continued


def paragraphs(*names: str, mark: str = " class=text") -> str:
    told = "{} of the ferry crew waited for the ice to break up, and nobody went home."
    return "".join(f"<p{mark}>{told.format(name)}</p>" for name in names)


FIRST = ("One", "Two", "Three")
MORE = ("Four", "Five")
METER = "<div>You can read no more this month</div>"


def go_on(page: str, probability: float = 0.9) -> list[str]:
    """The first words of what is added after the first three paragraphs of a page."""
    cut = cut_blocks(parse_html(page))
    kept = np.array([text.split()[0] in FIRST for text in cut.texts])
    features: Any = SimpleNamespace(
        good=np.array([float(text.endswith(".")) for text in cut.texts]),
        words=np.array([float(len(text.split())) for text in cut.texts]),
    )
    few_links = np.array(cut.link_chars) == 0
    probabilities = np.where(kept, probability, 0.01)
    found = find_continued(kept, probabilities, few_links, features, cut)
    return [cut.texts[index].split()[0] for index in sorted(found)]


def test_hidden_paragraphs_marked_up_like_the_story_are_kept() -> None:
    rest = f"<div hidden>{paragraphs(*MORE)}</div>"
    assert go_on(f"<div>{paragraphs(*FIRST)}{METER}{rest}</div>") == ["Four", "Five"]
    assert go_on(f"<div>{paragraphs(*FIRST)}</div>{METER}<div>{rest}</div>") == ["Four", "Five"]


def test_crossheads_among_them_are_kept_and_lines_are_not() -> None:
    inside = f"{paragraphs('Four')}<h3>Spring</h3>{paragraphs('Five')}<p>Share</p>"
    assert go_on(f"<div>{paragraphs(*FIRST)}<div>{inside}</div></div>") == [
        *("Four", "Spring", "Five"),
    ]
    line = "<p class=head>{}</p>".format
    story = paragraphs("One", "Two") + line("Winter") + paragraphs("Three")
    inside = f"{paragraphs('Four')}{line('Spring')}{paragraphs('Five')}"
    assert go_on(f"<div>{story}<div>{inside}</div></div>") == ["Four", "Spring", "Five"]


def test_paragraphs_without_a_class_are_kept_in_one_box_beside_the_story() -> None:
    story, more = paragraphs(*FIRST, mark=""), paragraphs(*MORE, "Six", mark="")
    assert go_on(f"<main><div>{story}</div>{METER}<div>{more}</div></main>") == [*MORE, "Six"]
    two = paragraphs(*MORE, mark="")
    assert go_on(f"<main><div>{story}</div>{METER}<div>{two}</div></main>") == []
    assert go_on(f"<main><div>{story}{METER}{more}</div></main>") == []


def test_lines_of_a_box_nested_in_that_of_the_story_are_kept() -> None:
    told = "{} of the crew waited for the ice to break up, and nobody at all went home."
    story = "<br><br>".join(map(told.format, FIRST))
    more = "<br><br>".join(map(told.format, (*MORE, "Six")))
    page = f"<div class=tx>{story}<aside>Advertisement</aside><div class=more>{more}</div></div>"
    assert go_on(page) == ["Four", "Five", "Six"]


def test_boxes_for_other_things_are_not_the_story() -> None:
    for box in (
        "<div class=related>{}</div>",
        "<div class=comments>{}</div>",
        "<div class='author-box'>{}</div>",
        "<aside>{}</aside>",
        "<form>{}</form>",
        "<ul><li>{}</li></ul>",
    ):
        rest = box.format(paragraphs(*MORE))
        assert go_on(f"<div>{paragraphs(*FIRST)}{METER}{rest}</div>") == []


def test_one_paragraph_or_one_far_away_is_not_added() -> None:
    assert go_on(f"<div>{paragraphs(*FIRST)}<div>{paragraphs('Four')}</div></div>") == []
    assert go_on(f"<div>{paragraphs(*FIRST)}{METER * 12}<div>{paragraphs(*MORE)}</div></div>") == []
    again = f"<div hidden>{paragraphs('One', 'Two')}</div>"
    assert go_on(f"<div>{paragraphs(*FIRST)}{again}</div>") == []


def test_text_that_the_model_doubts_throughout_does_not_go_on() -> None:
    page = f"<div>{paragraphs(*FIRST)}{METER}<div hidden>{paragraphs(*MORE)}</div></div>"
    assert go_on(page, probability=0.4) == []
