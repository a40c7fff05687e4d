"""Blocks as values: spans and fronts."""

import pickle
from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from cleaners import CleanConfig, clean_html
from cleaners.article import Block, Kind, PageType, Reason, Span, Verdict
from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.evidence import Evidence
from cleaners.features import measure_blocks
from cleaners.judge import Judgement
from cleaners.model import load_model
from cleaners.output.inline import move_spans
from cleaners.shape.blocks import count_running, drop_front, make_blocks

KEEP = Verdict(keep=True, reason=Reason.ARTICLE)
DROP = Verdict(keep=False, reason=Reason.NOT_ARTICLE)


def test_blocks_made_of_columns_are_those_made_one_by_one():
    (made,) = make_blocks([3], ["Frozen."], [KEEP], [Kind.HEADING], [0.5])
    alone = Block(index=3, text="Frozen.", verdict=KEEP, kind=Kind.HEADING, link_density=0.5)
    assert made == alone
    assert hash(made) == hash(alone)
    assert repr(made) == repr(alone)
    assert pickle.loads(pickle.dumps(made)) == alone
    with pytest.raises(FrozenInstanceError):
        made.text = "Thawed."


@pytest.mark.parametrize(
    ("by", "end", "placed"),
    [(0, 9, [(2, 5)]), (3, 9, [(5, 8)]), (-3, 9, [(0, 2)]), (-6, 9, []), (0, 4, [(2, 4)])],
)
def test_spans_move_with_their_text(by, end, placed):
    spans = move_spans((Span(start=2, end=5, markup="i"),), by, end)
    assert [(span.start, span.end) for span in spans] == placed


def test_links_and_emphasis_are_recorded_where_asked_for():
    paragraph = (
        'The <b>harbour</b> wall, <a href="/wall">built in 1890</a>, gave way on Tuesday night '
        "after hours of heavy seas, the council said, and forty families had to leave."
    )
    page = f"<article><h1>Wall</h1><p>{paragraph}</p><p>{paragraph}</p></article>"
    blocks = clean_html(page, config=CleanConfig(with_markup=True)).blocks
    spans = [(blocks[1].text[s.start : s.end], s.markup, s.href) for s in blocks[1].spans]
    assert spans == [("harbour", "b", ""), ("built in 1890", "a", "/wall")]
    assert all(not block.spans for block in clean_html(page).blocks)


def test_a_link_around_containers_belongs_to_each_block_inside():
    html = '<a href="/x"><div> one </div><div>two</div></a>three'
    spans = cut_blocks(parse_html(html), with_markup=True).spans
    assert [[(s.start, s.end, s.href) for s in some] for some in spans] == [
        [(0, 3, "/x")],
        [(0, 3, "/x")],
        [],
    ]


def test_only_text_outside_links_counts_as_running() -> None:
    teaser = "<ul><li><a href=/a>One boat more</a> Gazette</li></ul>"
    cut = cut_blocks(parse_html(f"{teaser}<p>It sails again.</p><p>No</p>"))
    model = load_model()
    features = measure_blocks(cut, Evidence(), names=model.names, words=model.words)
    judgement = Judgement(kept=np.array([True, True, False]), expected_f1=0.9)
    assert count_running(features, judgement) == 3


def test_front_of_teasers_has_no_text_and_a_told_one_keeps_it() -> None:
    lines = ("One boat more", "It sails again.")
    blocks = tuple(Block(index=n, text=text, verdict=KEEP) for n, text in enumerate(lines))
    dropped = drop_front(blocks, PageType.SECTION, words=149, confidence=0.79)
    assert {block.verdict.rule for block in dropped} == {"page-type-section"}
    assert drop_front(blocks, PageType.SECTION, words=150, confidence=0.1) == blocks
    assert drop_front(blocks, PageType.SECTION, words=3, confidence=0.8) == blocks
    assert drop_front(blocks, PageType.ARTICLE, words=3, confidence=0.1) == blocks
