"""Calendars of a month go with what stands around the days; other numbers stay."""

from __future__ import annotations

import numpy as np

from cleaners.beside.monthgrids import find_calendars
from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.outline import Outline

STORY = "<p>The ferry goes at 7 and at 9 on all days of the month.</p>"


def drop(page: str, *unkept: str) -> list[str]:
    cut = cut_blocks(parse_html(f"<body>{page}</body>"))
    outline = Outline(
        cut=cut,
        kinds=np.zeros(len(cut.texts), np.uint8),
        kept=np.array([text not in unkept for text in cut.texts]),
        last=len(cut.texts),
        probabilities=np.ones(len(cut.texts)),
        links=np.zeros(len(cut.texts)),
    )
    kept = {block.index: block for block in outline.make_kept()}
    return [kept[index].text for index in find_calendars(kept, cut)]


def month(days: int, write: str = "{}", *, above: str = "") -> str:
    cells = [f"<td>{write.format(day)}</td>" for day in range(1, days + 1)]
    weeks = "".join(f"<tr>{''.join(cells[at : at + 7])}</tr>" for at in range(0, days, 7))
    return f"<table>{above}{weeks}</table>"


def test_days_of_a_month_go_with_names_of_month_and_days_above_them() -> None:
    above = "<tr><td>May</td></tr><tr><td>Mon</td><td>Tue</td></tr>"
    assert drop(f"{STORY}{month(30, above=above)}")[:4] == ["May", "Mon", "Tue", "1"]
    assert len(drop(f"{STORY}{month(28)}{STORY}{month(31, '{:02}')}")) == 59


def test_part_of_a_month_goes_where_the_rest_is_not_kept() -> None:
    unkept = [str(day) for day in range(1, 21)]
    assert drop(f"{STORY}{month(30)}", *unkept) == [str(day) for day in range(21, 31)]


def test_only_the_days_go_from_a_box_that_holds_more() -> None:
    above = f"<tr><td>{STORY * 20}</td></tr>"
    assert len(drop(month(31, above=above))) == 31


def test_numbers_that_are_no_month_stay() -> None:
    assert drop(f"{STORY}{month(27)}") == []
    assert drop(f"{STORY}{month(31, '{}.')}") == []
    assert drop(f"{STORY}{month(31).replace('<td>15</td>', '<td>51</td>')}") == []
    assert drop("<p>3</p><p>0</p><p>45</p>") == []
