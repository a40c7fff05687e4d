"""Tables: cells of data, and rows with every figure under its column."""

import numpy as np
import pytest
from pace import within

from cleaners import CleanConfig, clean_html
from cleaners.article import Block, Kind, Reason, Span, Verdict
from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.shape.tables import find_cells, join_cells

KEEP = Verdict(keep=True, reason=Reason.ARTICLE)
DROP = Verdict(keep=False, reason=Reason.NOT_ARTICLE)
LINE = "The evening boat sails at half past seven from the old pier all through the summer months."


def join(table: str, dropped: str = "") -> list[str]:
    """The texts of the blocks of a table, all of them cells, but for those that are `dropped`."""
    cut = cut_blocks(parse_html(f"<table>{table}</table>"))
    blocks = tuple(
        Block(
            index=index,
            text=text,
            verdict=DROP if text in dropped.split() else KEEP,
            kind=Kind.TABLE_ROW,
        )
        for index, text in enumerate(cut.texts)
    )
    return [block.text for block in join_cells(blocks, cut)]


def list_cells(page: str) -> list[str]:
    cut = cut_blocks(parse_html(page))
    words = np.array([float(len(text.split())) for text in cut.texts])
    return [text for text, cell in zip(cut.texts, find_cells(cut, words), strict=True) if cell]


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("<tr><td>a<td>b<tr><td>c<td>d", ["a\tb", "c\td"]),
        ("<tr><th><th>2019<th>2024<tr><td>x<td>1<td>2", ["\t2019\t2024", "x\t1\t2"]),
        ("<tr><td>x<td> <td>9<tr><td>y<td></td><td>3", ["x\t\t9", "y\t\t3"]),
        ("<tr><td colspan=2>x<td>9", ["x\t\t9"]),
        ("<tr><td rowspan=2>x<td>1<tr><td>2<tr><td>y<td>3", ["x\t1", "\t2", "y\t3"]),
        ("<tr><td><p>a</p></td><td><div>b</div></td>", ["a\tb"]),
        ("<tr><td>14<br><br>of them 3 arson</td><td>b", ["14 of them 3 arson\tb"]),
        ("<tr><td>a<td>b</table><table><tr><td>c<td>d", ["a\tb", "c\td"]),
        ("<tr><td colspan=9999>a<td>b", ["a" + "\t" * 100 + "b"]),
        ("<tr><td colspan=0 rowspan=x>a<td>b", ["a\tb"]),
    ],
)
def test_every_cell_stands_in_its_column(table: str, rows: list[str]) -> None:
    assert join(table) == rows


def test_a_dropped_cell_stays_by_itself_and_parts_its_row() -> None:
    assert join("<tr><td>a<td>b<td>c<td>d", dropped="b") == ["a", "b", "c\td"]
    assert join("<tr><td>a<td>b<td><td>d", dropped="a") == ["a", "b\t\td"]


def test_spans_move_with_their_cells() -> None:
    cut = cut_blocks(parse_html("<table><tr><td>a<td><td>b</table>"))
    spans = (Span(start=0, end=1, markup="b"),)
    cells = tuple(
        Block(index=index, text=text, verdict=KEEP, kind=Kind.TABLE_ROW, spans=spans)
        for index, text in enumerate("ab")
    )
    (row,) = join_cells(cells, cut)
    assert [(span.start, span.end) for span in row.spans] == [(0, 1), (3, 4)]


def test_blocks_without_tables_stay_as_they_are() -> None:
    blocks = (Block(index=0, text="a", verdict=KEEP),)
    assert join_cells(blocks, cut_blocks(parse_html("<p>a"))) is blocks


def test_cells_of_data_are_told_from_columns_of_a_layout() -> None:
    assert list_cells("<table><tr><td>a<td>b<tr><td>c<td>d") == ["a", "b", "c", "d"]
    assert list_cells("<table><tr><td><p>a<td>b<tr><td>c<td>") == ["a", "b", "c"]
    assert list_cells("<table><tr><td>a<tr><td>b") == []
    story = f"{LINE}<br><br>{LINE}"
    for column in (story, f"a<br><br>b<br><br>c<br><br>{LINE}"):
        assert list_cells(f"<table><tr><td>menu<td>{column}") == []
    inner = "<table><tr><td>a<td>b</table>"
    assert list_cells(f"<table><tr><td>menu<td>{story}{inner}") == ["a", "b"]


def test_story_in_a_cell_of_an_old_page_keeps_its_paragraphs() -> None:
    lines = [f"Boat {n} sailed on day {n}. {LINE}" for n in range(9)]
    page = (
        "<html><title>Boats sail</title><body><table><tr><td width=120><a href=/n>News</a><br>"
        f"<a href=/s>Sport</a></td><td><b>Boats sail</b><br><br>{'<br><br>'.join(lines)}</td></tr>"
    )
    for config in (CleanConfig(), CleanConfig(keep_tables=False)):
        assert clean_html(page, config=config).text.split("\n")[-9:] == lines


def test_cells_outside_rows_are_no_cells_of_data() -> None:
    told = "".join(f"<p>Boat {n} sailed on day {n}. {LINE}</p>" for n in range(5))
    for inside in ("<td>14<td>15", "<td>a<td>b<tr><td>c<td>d"):
        shadow = f"<div><template shadowrootmode=open>{inside}</template></div>"
        for page in (f"{told}{shadow}{told}", f"<table><tr><td>{shadow}<td>x</table>{told}"):
            assert "Boat 4 sailed" in clean_html(f"<title>Boats</title>{page}").text


def test_tables_take_time_in_proportion_to_their_size() -> None:
    rows = "<tr>" + "<td rowspan=9999>a" * 100 + "<tr><td colspan=9999>b" * 10_000
    inner = "<table>" + "<tr><td>c<td>d" * 5_000
    for page in (f"<table>{rows}", "<table><tr><td>x<td>" * 50 + inner):
        cut = cut_blocks(parse_html(page))
        blocks = tuple(
            Block(index=index, text=text, verdict=KEEP, kind=Kind.TABLE_ROW)
            for index, text in enumerate(cut.texts)
        )
        with within(1.5):
            join_cells(blocks, cut)
