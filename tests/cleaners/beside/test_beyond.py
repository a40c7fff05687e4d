"""What stands after the story and outside its box goes where the model is not sure of it."""

from __future__ import annotations

import numpy as np

from cleaners.beside.beyond import find_beyond
from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.outline import Outline

LONG = "The harbour froze over on Monday for the first time in nine years, the fishermen said."
REPLY = "My father fished there all his life and he never saw the ice come in so early as this."
STORY = f"<div class=story><p>{LONG}</p><p>{LONG}</p><p>{LONG}</p></div>"
MENU = "<div class=tools>Print</div>"


def find(page: str, **doubted: float) -> list[str]:
    """What goes of a page whose every block is kept and sure, but for those that begin with a word.

    `doubted` has their probabilities by that word; at 0 a block is not kept.
    """
    cut = cut_blocks(parse_html(f"<body><main>{page}</main></body>"))
    probabilities = np.array([doubted.get(text.split()[0].rstrip(","), 0.8) for text in cut.texts])
    outline = Outline(
        cut=cut,
        kinds=np.zeros(len(cut.texts), np.uint8),
        kept=probabilities > 0,
        last=len(cut.texts) - 1,
        probabilities=probabilities,
        links=np.zeros(len(cut.texts)),
    )
    kept = {block.index: block for block in outline.make_kept()}
    return [cut.texts[index] for index in find_beyond(kept, outline)]


def test_what_readers_wrote_goes_where_only_the_story_is_sure() -> None:
    page = f"{STORY}{MENU}<div class=letters><b>Anna, 9.30</b><p>{REPLY}</p></div>"
    assert find(page, Print=0, Anna=0.5, My=0.6) == ["Anna, 9.30", REPLY]


def test_table_beside_the_story_goes_whatever_its_cells_are() -> None:
    page = f"{STORY}{MENU}<table><tr><td>Rovers</td><td>3:1</td></tr></table>"
    assert find(page, Print=0, Rovers=0.4) == ["Rovers", "3:1"]
    assert find(page, Print=0, Rovers=0.95) == ["3:1"]


def test_paragraph_that_is_sure_is_the_storys_wherever_it_stands() -> None:
    assert find(f"{STORY}{MENU}<div><p>{REPLY}</p></div>", Print=0, My=0.7) == []


def test_what_stands_in_the_box_of_the_story_stays() -> None:
    inside = STORY.replace("</div>", f"{MENU}<p>{REPLY}</p></div>")
    assert find(inside, Print=0, My=0.3) == []
    listed = f"<ul><li>Two boats</li></ul>{STORY}{MENU}<ul><li>My boat</li></ul>"
    assert find(f"<div>{listed}</div>", Print=0, My=0.3) == []


def test_what_follows_the_story_with_nothing_between_stays() -> None:
    assert find(f"{STORY}<div><p>{REPLY}</p></div>", My=0.3) == []


def test_posts_marked_up_alike_stay() -> None:
    post = f"<div class=story><p>{REPLY}</p></div>"
    assert find(f"{STORY}{MENU}{post}{post}", Print=0, My=0.3) == []
    assert find(f"<div>{STORY}</div>{MENU}<div>{post}</div>", Print=0, My=0.3) == []


def test_few_paragraphs_are_no_story_that_outweighs_the_rest() -> None:
    page = f"<div class=story><p>{LONG}</p><p>{LONG}</p></div>{MENU}<ul><li>{REPLY}</li></ul>"
    assert find(page, Print=0, My=0.3) == []
