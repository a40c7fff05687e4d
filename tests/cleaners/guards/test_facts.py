"""Facts at the end of a story and under a line with a colon are kept; links and labels are not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.guards.facts import find_closing_facts, find_led_facts

FACTS = {"When": "Friday, 7.30 p.m.", "Where": "Net Loft, Quay Lane", "Tickets": "at the door"}
STORY = "<p><b>The choir sings on Friday.</b></p>"
LINES = [line for fact in FACTS.items() for line in fact]


def set_facts(row: str, box: str = "div") -> str:
    return f"<{box}>{''.join(row.format(*fact) for fact in FACTS.items())}</{box}>"


def ask(find: Any, page: str) -> list[str]:
    """What a guard adds of a page of which is kept what stands in `<b>` as a whole."""
    cut = cut_blocks(parse_html(f"<body><main>{page}</main></body>"))
    features = SimpleNamespace(words=np.array([len(text.split()) for text in cut.texts], float))
    kept = cut.arrays.strong_chars == [len(text) for text in cut.texts]
    return [cut.texts[index] for index in find(kept, cast(Any, features), cut)]


TERMS = set_facts("<dt>{}</dt><dd>{}</dd>", "dl")
ROWS = set_facts("<div class=row><div class=label>{}</div><div class=value>{}</div></div>")


@pytest.mark.parametrize("facts", [TERMS, ROWS])
def test_labels_and_values_right_after_the_last_paragraph_are_kept(facts: str) -> None:
    assert ask(find_closing_facts, STORY + facts) == LINES
    assert ask(find_closing_facts, f"{STORY}<div class=ad>Advertisement</div>{facts}") == LINES


def test_list_of_labels_in_bold_right_after_the_last_paragraph_is_kept() -> None:
    items = set_facts("<li><strong>{}:</strong> {}</li>", "ul")
    assert ask(find_closing_facts, STORY + items) == [": ".join(fact) for fact in FACTS.items()]
    assert ask(find_closing_facts, STORY + items.replace("strong", "span")) == []


def test_row_with_a_link_is_left_out() -> None:
    more = "<div class=row><div class=label>Yours?</div><div class=value><a href=/x>Claim</a></div>"
    assert ask(find_closing_facts, STORY + ROWS[: -len("</div>")] + more + "</div></div>") == LINES


@pytest.mark.parametrize(
    "page",
    [
        STORY + TERMS.replace("7.30 p.m.", "at seven"),
        STORY + TERMS.replace("Where", "When"),
        STORY + TERMS.replace("at the door", "<a href=/x>here</a>"),
        STORY + TERMS.replace("Friday, 7.30 p.m.", "at 7 or later " * 9),
        f"{STORY}<form>{TERMS}</form>",
        f"<div>{STORY}</div>{TERMS}",
        f"{STORY}<p>Somebody else sang on Thursday.</p>{TERMS}",
    ],
)
def test_facts_without_a_figure_with_links_or_elsewhere_are_not(page: str) -> None:
    assert ask(find_closing_facts, page) == []


LEAD = "<p>These numbers were drawn:</p>"
DRAWN = "<ul><li>4</li><li>19</li></ul>"


def test_line_with_a_colon_beside_paragraphs_stays_with_its_list() -> None:
    assert ask(find_led_facts, LEAD + DRAWN + STORY) == ["These numbers were drawn:", "4", "19"]
    assert ask(find_led_facts, LEAD + DRAWN.replace("4", "<a href=/x>4</a>") + STORY) == []
    assert ask(find_led_facts, LEAD + DRAWN + STORY.replace("<p>", "<p class=note>")) == []
    assert ask(find_led_facts, LEAD.replace("drawn:", "drawn") + DRAWN + STORY) == []


def test_line_with_a_colon_before_a_kept_table_stays() -> None:
    table = "<table><tr><td><b>Ek</b></td><td><b>2</b></td></tr></table>"
    assert ask(find_led_facts, LEAD + table) == ["These numbers were drawn:"]
    assert ask(find_led_facts, LEAD + table.replace("b>", "i>")) == []
