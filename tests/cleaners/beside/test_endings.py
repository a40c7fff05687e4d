"""What follows a sure story goes where the model is not sure of it; paragraphs that go on stay."""

from __future__ import annotations

import numpy as np

from cleaners.article import Kind
from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.outline import Outline
from cleaners.shape.kinds import CODES
from cleaners.strays import drop_strays

LONG = (
    "The harbour froze over on Monday for the first time in nine years, and the fishermen of the "
    "town stayed at home, they said."
)
LAST = "Children walked to the island school across the ice, watched by two volunteers."
ASK = "Do you need a boat for the spring? Write to us and we will call you back."


PLAIN = Kind.PARAGRAPH
KINDS = (("li", Kind.LIST_ITEM), ("td", Kind.TABLE_ROW), ("h2", Kind.HEADING))


def drop(page: str, *unsure: float, sure: float = 0.97, unkept: int = 0) -> list[str]:
    """What goes of a page whose last blocks have the probabilities `unsure`, the others `sure`.

    As many blocks at the end as `unkept` says are not kept.
    """
    cut = cut_blocks(parse_html(f"<body>{page}</body>"))
    number = len(cut.texts)
    outline = Outline(
        cut=cut,
        kinds=np.array(
            [
                CODES[next((kind for tag, kind in KINDS if f"<{tag}>{text}" in page), PLAIN)]
                for text in cut.texts
            ],
            np.uint8,
        ),
        kept=np.arange(number) < number - unkept,
        last=number - 1,
        probabilities=np.array([sure] * (number - len(unsure)) + list(unsure)),
        links=np.array(cut.link_chars) / list(map(len, cut.texts)),
    )
    after = drop_strays(outline.make_kept(), outline)
    return [block.text for block in after if block.verdict.rule == "unsure-end"]


STORY = f"<div><p>{LONG}</p><p>{LONG}</p><p>{LONG}</p></div>"


def test_unsure_blocks_after_the_story_go_up_to_the_first_that_is_sure() -> None:
    assert drop(f"{STORY}<div>{ASK}</div>", 0.55) == [ASK]
    assert drop(f"{STORY}<ul><li>Boats</li><li>Nets</li></ul>", 0.5, 0.58) == ["Boats", "Nets"]
    assert drop(f"{STORY}<div>{ASK}</div><p>Nets</p>", 0.55, 0.61) == []
    assert drop(f"{STORY}<div>{ASK}</div><p>Nets</p>", 0.61, 0.55) == ["Nets"]


def test_unsure_blocks_amid_the_story_stay() -> None:
    assert drop(f"<div>{ASK}</div>{STORY}", 0.4, 0.95, 0.95, 0.95) == []


def test_paragraph_that_goes_on_stays() -> None:
    story = STORY.removesuffix("</div>")
    assert drop(f"{story}<p>{LAST}</p></div>", 0.5) == []
    chinese = "孩子们在冰上走到岛上的学校去，有两名志愿者看着他们。"
    assert drop(f"{story}<p>{chinese}</p></div>", 0.5) == []
    assert drop(f"{story}<p>{chinese}(晓明)</p></div>", 0.5) == []


def test_short_sentence_under_a_last_crosshead_stays() -> None:
    story = STORY.removesuffix("</div>") + "<h2>And when?</h2>"
    assert drop(f"{story}<p>Nobody knows.</p></div>", 0.9, 0.12) == []
    assert drop(f"{story}</div><div>Nobody knows.</div>", 0.9, 0.12) == [
        "And when?",
        "Nobody knows.",
    ]


def test_list_stays_that_a_short_paragraph_follows() -> None:
    story = STORY.removesuffix("</div>") + "<ul><li>Boats</li><li>Nets</li></ul>"
    assert drop(f"{story}<p>The ice held all week.</p></div>", 0.5, 0.5, 0.95) == []
    assert drop(f"{story}<p>More</p></div>", 0.5, 0.5, 0.95) == ["Boats", "Nets"]


def test_paragraphs_without_spaces_are_long_in_fewer_characters() -> None:
    told = "港は九年ぶりに月曜日に凍り、漁師は家にいたと町は話した。"
    page = f"<p>{LONG}</p><p>{LONG}</p><p>{LONG}</p><ul><li>船</li><li>網</li></ul><p>{told}</p>"
    assert drop(f"<div>{page}</div>", 0.5, 0.5, 0.95) == []


def test_paragraph_that_goes_on_in_a_box_of_its_own_like_the_one_before_it_stays() -> None:
    boxes = "".join(f"<div class=row><p>{text}</p></div>" for text in (LONG, LONG, LONG, LAST))
    assert drop(f"<div>{boxes}</div>", 0.5) == []
    other = boxes.replace(f"<div class=row><p>{LAST}", f"<div class=ask><p>{LAST}")
    assert drop(f"<div>{other}</div>", 0.5) == [LAST]


def test_paragraph_after_a_list_of_the_story_stays() -> None:
    story = STORY.removesuffix("</div>") + f"<ul><li>{LONG}</li></ul>"
    assert drop(f"{story}<p>{LAST}</p></div>", 0.5) == []
    assert drop(f"{story}</div><p>{LAST}</p>", 0.5) == [LAST]
    assert drop(f"{story}<div>{LAST}</div></div>", 0.5) == [LAST]


def test_last_line_that_is_no_paragraph_or_stands_elsewhere_goes() -> None:
    story = STORY.removesuffix("</div>")
    assert drop(f"{story}<p>Boats and nets of the town</p></div>", 0.5) == [
        "Boats and nets of the town"
    ]
    assert drop(f"{story}<div>{LAST}</div></div>", 0.5) == [LAST]
    assert drop(f"{STORY}<div><p>{LAST}</p></div>", 0.5) == [LAST]


def test_end_of_a_story_that_the_model_is_not_sure_of_stays() -> None:
    assert drop(f"{STORY}<div>{ASK}</div>", 0.55, sure=0.85) == []
    assert drop(f"<p>{LONG}</p><div>{ASK} {ASK}</div>", 0.55) == []


def test_unsure_items_and_lines_after_the_last_paragraph_go_though_surer_ones_follow() -> None:
    after = "<ul><li>Boats</li></ul><p>We sell them.</p><div>Nets</div><p class=more>Ropes</p>"
    assert drop(f"{STORY}{after}", 0.5, 0.5, 0.5, 0.7) == ["Boats", "Nets"]


def test_items_stay_before_a_paragraph_that_stays() -> None:
    items = "<ul><li>Boats</li><li>Nets</li></ul>"
    assert drop(f"{STORY}{items}<p>{LAST}</p>", 0.2, 0.2, 0.7) == []
    assert drop(f"{STORY}{items}<div><div>{LAST}</div></div>", 0.2, 0.2, 0.5) == [
        *("Boats", "Nets", LAST)
    ]
    assert drop(f"{STORY}{items}<p>We sell them.</p>", 0.2, 0.2, 0.7) == ["Boats", "Nets"]


def test_line_that_heads_a_paragraph_stays() -> None:
    assert drop(f"{STORY}<p>■ Ropes</p><p>The ropes are new.</p>", 0.5, 0.7) == []


def test_list_at_the_end_stands_or_falls_as_a_whole() -> None:
    items = "".join(f"<li>{text}" for text in ("Nets are free.", "Boats", "Sails"))
    assert drop(f"{STORY}<ul>{items}</ul>", 0.7, 0.5, 0.4) == []
    assert drop(f"{STORY}<ul>{items}</ul>", 0.5, 0.5, 0.5) == ["Nets are free.", "Boats", "Sails"]
    wrapped = "<ul><li><p>Nets are free.</li><li><p>Boats</li></ul>"
    assert drop(f"{STORY}{wrapped}", 0.7, 0.5) == []


def test_table_of_which_a_cell_is_sure_stays_whole() -> None:
    rows = "<tr><td>Boats</td><td>12</td></tr><tr><td>Sails</td><td>3</td></tr>"
    table = f"{STORY}<table><tbody>{rows}</tbody></table>"
    assert drop(table, 0.7, 0.5, 0.5, 0.4) == []
    assert drop(table, 0.5, 0.5, 0.5, 0.4) == ["Boats", "12", "Sails", "3"]


def test_heading_falls_with_all_that_is_under_it() -> None:
    assert drop(f"{STORY}<h2>Sources</h2><div>{ASK}</div>", 0.9, 0.5) == ["Sources", ASK]


def test_short_sentence_that_goes_on_is_believed_sooner_than_another_line() -> None:
    story = STORY.removesuffix("</div>")
    assert drop(f"{story}<p>It worked.</p></div>", 0.4) == []
    assert drop(f"{story}<p>It worked.</p></div>", 0.2) == ["It worked."]
    assert drop(f"{story}</div><div>It worked.</div>", 0.4) == ["It worked."]


FAVOUR = "Now that you have read this far, we have a favour to ask"


def test_heading_of_an_appeal_in_a_box_of_its_own_goes() -> None:
    assert drop(f"{STORY}<div><h2>{FAVOUR}</h2></div>", 0.8) == [FAVOUR]
    assert drop(f"<div>{STORY}<h2>{FAVOUR}</h2></div>", 0.8) == []
    assert drop(f"{STORY}<div><h2>Sources</h2></div>", 0.8) == []
    assert drop(f"{STORY}<div><h2>{FAVOUR}</h2><p>{LAST}</p></div>", 0.8, 0.95) == []


def test_story_told_in_headings_stays() -> None:
    heads = "".join(f"<div><h2>{FAVOUR} {number}</h2></div>" for number in range(4))
    assert drop(f"{STORY}{heads}") == []


def test_line_in_bold_or_heading_that_leads_out_to_links_goes() -> None:
    links = "<p><a href=/1>The best pies of the coast</a></p>"
    for line in ("<p><b>More on food:</b></p>", "<h2>More on food:</h2>"):
        assert drop(f"{STORY}{line}{links}", 0.8, 0.3, unkept=1) == ["More on food:"]
        assert drop(f"{STORY}{line}<p>Pies</p>", 0.8, 0.3, unkept=1) == []
    assert drop(f"{STORY}<p>More on food:</p>{links}", 0.8, 0.3, unkept=1) == []
    assert drop(f"{STORY}<p><b>More on food</b></p>{links}", 0.8, 0.3, unkept=1) == []
