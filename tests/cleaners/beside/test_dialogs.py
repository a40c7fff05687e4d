"""Notices in dialogs are no part of the story under them, unless the story stands in one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from cleaners.beside.dialogs import find_dialogs
from cleaners.cut import cut_blocks
from cleaners.dom import parse_html

NOTICE = "<p>We and our partners store data on your device.</p>"
STORY = "<h1>Bell rings in empty mill</h1><p>Somebody rang the bell of the mill on Monday.</p>"


def find(page: str) -> list[str]:
    cut = cut_blocks(parse_html(f"<body>{page}</body>"))
    share = np.array([float(text.startswith("Bell")) for text in cut.texts])
    words = np.array([float(len(text.split())) for text in cut.texts])
    features = cast("Any", SimpleNamespace(words=words, title_share=share))
    is_apart = find_dialogs(np.full(len(words), 0.5), features, cut)
    return [text for text, found in zip(cut.texts, is_apart.tolist(), strict=True) if found]


@pytest.mark.parametrize(
    "opening",
    ["<dialog>", "<div role=dialog>", "<div role=alertdialog>", "<div aria-modal=true>"],
)
def test_what_a_dialog_says_is_apart(opening: str) -> None:
    close = "</dialog>" if opening == "<dialog>" else "</div>"
    assert len(find(f"{opening}{NOTICE}{close}{STORY}")) == 1


@pytest.mark.parametrize("name", ["modal fade", "site-popup", "pop-up-box", "info_modal"])
def test_what_a_box_named_modal_says_is_apart(name: str) -> None:
    box = f"<div class='{name}'><div>{NOTICE}</div></div>"
    assert len(find(f"{box}{STORY}{STORY}")) == 1
    assert len(find(f"<div role=dialog>{NOTICE}</div>{STORY}{STORY}{box}")) == 2


def test_what_stands_after_a_box_named_modal_is_not_apart() -> None:
    box = f"<div class=modal><div class=modal><p>Close</p></div>{NOTICE}</div>"
    assert find(f"{box}{STORY}<p>And more of it.</p>")[0] == "Close"
    assert len(find(f"{box}{STORY}<p>And more of it.</p>")) == 2


@pytest.mark.parametrize(
    "page",
    [
        f"<div role=dialog>{STORY}</div><footer>{NOTICE * 3}</footer>",
        f"<div role=dialog>{STORY[STORY.index('<p>') :]}</div><p>Menu</p>",
        f"<div aria-modal=false>{NOTICE}</div>{STORY}",
        f"<div class=modal-body>{STORY}</div><footer>{NOTICE * 3}</footer>",
        f"<div class=popup>{STORY[STORY.index('<p>') :]}</div><p>Menu</p>",
        f"<div class=multimodal>{NOTICE}</div>{STORY}",
    ],
    ids=[
        *("the headline", "most of the text", "no dialog"),
        *("the headline, named", "most of the text, named", "another name"),
    ],
)
def test_a_story_in_a_dialog_is_not_apart(page: str) -> None:
    assert find(page) == []
