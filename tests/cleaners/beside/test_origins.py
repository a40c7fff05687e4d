"""The last line that names one source goes; sources of facts, and what else has a colon, stay."""

from __future__ import annotations

import numpy as np
import pytest

from cleaners.beside.origins import find_origin
from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.outline import Outline

STORY = "<p>The harbour froze over on Monday.</p><p>Fishermen of the town stayed at home.</p>"


def drop(page: str, *, vouched: frozenset[int] = frozenset()) -> list[str]:
    cut = cut_blocks(parse_html(f"<body>{page}</body>"))
    outline = Outline(
        cut=cut,
        kinds=np.zeros(len(cut.texts), np.uint8),
        kept=np.ones(len(cut.texts), bool),
        last=len(cut.texts),
        probabilities=np.ones(len(cut.texts)),
        links=np.zeros(len(cut.texts)),
        vouched=vouched,
    )
    kept = {block.index: block for block in outline.make_kept()}
    return [kept[index].text for index in find_origin(kept, outline)]


@pytest.mark.parametrize(
    "line",
    ["Source: Town Gazette", "Πηγή: harbour.example", "Источник: Вестник порта", "来源：港口报"],
)
def test_last_line_that_names_where_the_story_is_from_goes(line: str) -> None:
    assert drop(f"{STORY}<p>{line}</p>") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Sources: Town Gazette",
        "Source: Port Office, Town Hall",
        "Source: a survey of all the ports",
        "Source: ",
        "Interview: Ann Reed",
        "Source of the river",
    ],
)
def test_line_that_names_several_sources_or_none_stays(line: str) -> None:
    assert drop(f"{STORY}<p>{line}</p>") == []


def test_source_amid_the_story_or_under_next_to_nothing_or_vouched_for_stays() -> None:
    assert drop(f"{STORY}<p>Source: Town Gazette</p>{STORY}") == []
    assert drop("<p>The harbour froze over.</p><p>Source: Town Gazette</p>") == []
    assert drop(f"{STORY}<p>Source: Town Gazette</p>", vouched=frozenset({2})) == []
