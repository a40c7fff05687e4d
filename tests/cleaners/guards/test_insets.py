"""Guards for journalism: tables, lists, code and told captions inside the story."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from cleaners.cut import cut_blocks
from cleaners.cutting.columns import Cut
from cleaners.dom import parse_html
from cleaners.features import Features
from cleaners.guards.insets import (
    find_closing_table,
    find_lists,
    find_tables,
    find_told_captions,
)
from cleaners.guards.notation import find_code, find_formulas

FIRST = "<p>The evening boat is back.</p>"
LAST = "<p>Tickets are on sale at the pier.</p>"
ROWS = "<tr><th>From May</th><th>Leaves</th></tr><tr><td>Noon</td><td>12.10</td></tr>"


def measure(cut: Cut) -> Features:
    words = np.array([float(len(text.split())) for text in cut.texts])
    good = np.array([float(text.endswith(".")) for text in cut.texts]) * words
    return cast(Any, SimpleNamespace(words=words, good=good))


def keep_cells(page: str, dropped: set[str], probability: float = 0.0) -> set[str]:
    cut = cut_blocks(parse_html(f"<body><div>{page}</div></body>"))
    kept = np.array([text not in dropped for text in cut.texts])
    found = find_tables(kept, np.full(len(kept), probability), measure(cut), cut)
    return {cut.texts[index] for index in found}


CELLS = {"From May", "Leaves", "Noon", "12.10"}


def test_table_between_two_kept_paragraphs_is_kept_whole() -> None:
    page = f"{FIRST}<table>{ROWS}</table>{LAST}"
    assert keep_cells(page, CELLS) == CELLS
    assert keep_cells(page, {"Leaves", "Noon"}) == {"Leaves", "Noon"}


def test_table_that_is_not_denied_may_have_a_title_and_a_source_around_it() -> None:
    page = f"{FIRST}<div>Boats</div><table>{ROWS}</table><div>Source: harbour</div>{LAST}"
    dropped = CELLS | {"Boats", "Source: harbour"}
    assert keep_cells(page, dropped, probability=0.1) == CELLS
    assert keep_cells(page, dropped, probability=0.05) == set()


def test_table_of_figures_about_linked_names_is_kept() -> None:
    names = ("Tern", "Gull", "Skua", "Auk", "Plover")
    row = "<tr><td><a href=/{0}>{0}</a></td><td>{1}</td></tr>"
    rows = "".join(row.format(name, 40 + place) for place, name in enumerate(names))
    page = f"{FIRST}<table>{rows}</table>{LAST}"
    cells = {*names, "40", "41", "42", "43", "44"}
    assert keep_cells(page, cells) == cells
    assert keep_cells(page.replace("<td>4", "<td><a href=/x>4</a>"), cells) == set()
    headline = "Tern seen on the old pier again after many years"
    assert keep_cells(page.replace(">Tern", f">{headline}"), {*cells, headline}) == set()
    assert keep_closing(f"{FIRST}{LAST}<table>{rows}</table>") == set()


def test_table_between_two_kept_paragraphs_may_have_a_caption() -> None:
    page = f"{FIRST}<table><caption>On weekdays</caption>{ROWS}</table>{LAST}"
    assert keep_cells(page, CELLS | {"On weekdays"}) == CELLS
    assert (
        keep_cells(page.replace("<table>", "<p>Ad</p><table>"), CELLS | {"On weekdays", "Ad"})
        == set()
    )


def test_row_of_one_cell_over_all_columns_is_a_row_of_data() -> None:
    row = "<tr><td colspan=2>{}</td></tr>"
    table = "".join(map(row.format, ("Goals: 31 Ek", "Booked: Holm", "Crowd: 4,211")))
    page = f"{FIRST}<table><tr><td>Ek</td><td>2:0</td></tr>{table}</table>{LAST}"
    cells = {"Ek", "2:0", "Goals: 31 Ek", "Booked: Holm", "Crowd: 4,211"}
    assert keep_cells(page, cells) == cells
    assert keep_cells(page.replace(" colspan=2", ""), cells) == set()


def test_table_after_the_last_paragraph_is_not_added() -> None:
    assert keep_cells(f"{FIRST}{LAST}<table>{ROWS}</table>", CELLS) == set()
    assert keep_cells(f"<table>{ROWS}</table>{FIRST}{LAST}", CELLS) == set()


def test_table_that_is_mostly_kept_is_kept_whole_wherever_it_stands() -> None:
    assert keep_cells(f"{FIRST}{LAST}<table>{ROWS}</table>", {"Noon", "Leaves"}) == {
        "Noon",
        "Leaves",
    }
    layout = ROWS.replace("Noon", "Noon<br><br>Night<br><br>Day")
    assert keep_cells(f"{FIRST}{LAST}<table>{layout}</table>", {"Noon", "Leaves"}) == set()


NIGHT = "<tr><td>Night</td><td>23.40</td></tr>"
GRID = f"<table>{ROWS.replace('Leaves', 'Leaves at 12')}{NIGHT}</table>"


def keep_closing(page: str) -> set[str]:
    """What is added of a page whose paragraphs are kept."""
    cut = cut_blocks(parse_html(f"<body><div>{page}</div></body>"))
    kept = np.array([text.endswith(".") for text in cut.texts])
    return {cut.texts[index] for index in find_closing_table(kept, measure(cut), cut)}


def test_table_of_figures_right_after_the_last_paragraph_is_kept() -> None:
    cells = {"From May", "Leaves at 12", "Noon", "12.10", "Night", "23.40"}
    assert keep_closing(f"{FIRST}{LAST}{GRID}") == cells
    assert keep_closing(f"{FIRST}{LAST}<div>{GRID}</div><p>Menu</p>") == cells


def test_closing_table_may_have_a_caption_and_stand_beside_the_box_of_the_text() -> None:
    cells = {"From May", "Leaves at 12", "Noon", "12.10", "Night", "23.40"}
    table = GRID.replace("<table>", "<table><caption>On weekdays</caption>")
    assert keep_closing(f"{FIRST}{LAST}{table}") == cells
    assert keep_closing(f"<div>{FIRST}{LAST}</div>{table}") == cells


def test_table_without_figures_or_outside_the_container_of_the_story_is_not_added() -> None:
    words = GRID.replace("12.10", "On foot").replace("23.40", "By boat").replace(" at 12", "")
    assert keep_closing(f"{FIRST}{LAST}{words}") == set()
    assert keep_closing(f"{FIRST}{LAST}<p>Timetable</p>{GRID}") == set()
    assert keep_closing(f"<article>{FIRST}{LAST}</article><div><p>Menu</p>{GRID}</div>") == set()
    assert keep_closing(f"{FIRST}{LAST}<aside>{GRID}</aside>") == set()


def test_table_of_links_is_not_added() -> None:
    rows = ROWS.replace("Noon", "<a href=/x>Noon</a>").replace(
        "From May", "<a href=/y>From May</a>"
    )
    assert keep_cells(f"{FIRST}<table>{rows}</table>{LAST}", CELLS) == set()


def test_table_of_one_column_is_not_added() -> None:
    rows = "".join(f"<tr><td>{text}</td></tr>" for text in ("From May", "Leaves", "Noon", "12.10"))
    assert keep_cells(f"{FIRST}<table>{rows}</table>{LAST}", CELLS) == set()


def test_table_of_two_cells_is_not_added() -> None:
    page = f"{FIRST}<table><tr><td>Noon</td><td>12.10</td></tr></table>{LAST}"
    assert keep_cells(page, CELLS) == set()


def test_table_of_one_row_is_kept_where_it_has_several_cells_and_no_links() -> None:
    cells = "".join(f"<td>{text}</td>" for text in ("From May", "Leaves", "Noon", "12.10"))
    page = f"{FIRST}<table><tr>{cells}</tr></table>{LAST}"
    assert keep_cells(page, CELLS) == {"From May", "Leaves", "Noon", "12.10"}
    assert keep_cells(page.replace("Noon", "<a href=/x>Noon</a>"), CELLS) == set()
    assert keep_cells(page.replace("12.10", "Sail"), CELLS | {"Sail"}) == set()


def test_table_with_a_column_of_text_is_layout_and_not_added() -> None:
    rows = ROWS.replace("Noon", "The boat sails at noon. " * 15)
    dropped = CELLS | {("The boat sails at noon. " * 15).strip()}
    assert keep_cells(f"{FIRST}<table>{rows}</table>{LAST}", dropped) == set()


def test_table_inside_a_table_of_layout_is_judged_by_itself() -> None:
    inner = f"{FIRST}<table>{ROWS}</table>{LAST}"
    page = f"<table><tr><td>Menu</td><td>{inner}</td></tr><tr><td>Home</td><td>Up</td></tr></table>"
    assert keep_cells(page, CELLS | {"Menu", "Home", "Up"}) == CELLS


STOPS = {"Pier", "Lighthouse", "Fish market"}
LIST = "<ul><li>Pier</li><li>Lighthouse</li><li>Fish market</li></ul>"
TERMS = "<dl><dt>Pier</dt><dd>Lighthouse</dd><div><dt>Fish market</dt></div></dl>"


def keep_items(page: str, dropped: set[str] = STOPS, probability: float = 0.0) -> set[str]:
    cut = cut_blocks(parse_html(f"<body><div>{page}</div></body>"))
    kept = np.array([text not in dropped for text in cut.texts])
    found = find_lists(kept, np.full(len(kept), probability), cut)
    return {cut.texts[index] for index in found}


@pytest.mark.parametrize("items", [LIST, TERMS, LIST.replace("ul>", "ol>")])
def test_list_between_two_kept_paragraphs_is_kept_whole(items: str) -> None:
    assert keep_items(f"{FIRST}{items}{LAST}") == STOPS
    assert keep_items(f"{FIRST}{items}{LAST}", {"Pier"}) == {"Pier"}


def test_list_in_a_box_of_its_own_between_paragraphs_in_theirs_is_kept() -> None:
    boxes = "".join(f"<div><section>{each}</section></div>" for each in (FIRST, LIST, LAST))
    assert keep_items(boxes) == STOPS


def test_list_in_a_box_with_a_heading_of_its_own_is_kept_with_it() -> None:
    box = f"<div class=facts><h4>Stops</h4>{TERMS}</div>"
    assert keep_items(FIRST + box + LAST, STOPS | {"Stops"}) == STOPS | {"Stops"}
    assert keep_items(FIRST + box, STOPS | {"Stops"}) == set()
    titled = box.replace("h4>", "div>")
    assert keep_items(FIRST + titled + LAST, STOPS | {"Stops"}) == STOPS | {"Stops"}
    linked = titled.replace("Stops", "<a href=/x>Stops</a>")
    assert keep_items(FIRST + linked + LAST, STOPS | {"Stops"}) == set()
    assert keep_items(FIRST + titled.replace("Stops", "Stops " * 20) + LAST, STOPS) == set()
    more = box.replace("<h4>", "<p>Advertisement</p><h4>")
    assert keep_items(FIRST + more + LAST, STOPS | {"Stops", "Advertisement"}) == set()


def test_list_in_columns_is_one_list() -> None:
    columns = f"<div><div>{LIST}</div><div><ul><li>Mill</li><li>Quay</li></ul></div></div>"
    dropped = STOPS | {"Mill", "Quay"}
    assert keep_items(f"{FIRST}{columns}{LAST}", dropped) == dropped
    linked = columns.replace("Quay", "<a href=/quay>Quay</a>")
    assert keep_items(f"{FIRST}{linked}{LAST}", dropped) == set()
    assert keep_items(f"{FIRST}{columns}", dropped) == set()


def test_list_at_the_edge_of_the_story_or_in_another_part_of_the_page_is_not_added() -> None:
    assert keep_items(f"{FIRST}{LAST}{LIST}") == set()
    assert keep_items(f"{LIST}{FIRST}{LAST}") == set()
    assert keep_items(f"{LIST}", {"Lighthouse"}) == set()
    assert (
        keep_items(f"<main>{FIRST}<p>More.</p></main>{LIST}<div>{LAST}<p>More.</p></div>") == set()
    )


def test_list_that_is_not_denied_may_have_labels_and_cards_around_it() -> None:
    card = (
        "<div>Read also</div><div><a href=/x>Another story, about quite another harbour</a></div>"
    )
    items = "<ul><li>The ferry leaves at noon</li><li>The bus leaves at one</li></ul>"
    said = {"The ferry leaves at noon", "The bus leaves at one"}
    dropped = said | {"Read also", "Another story, about quite another harbour"}
    page = f"{FIRST}{card}{items}{LAST}"
    assert keep_items(page, dropped, 0.1) == said
    assert keep_items(page, dropped, 0.05) == set()
    assert keep_items(f"{FIRST}{card}{items}", dropped, 0.1) == set()
    labels = "<ul><li>Text</li><li>Pictures: 2</li></ul>"
    dropped |= {"Text", "Pictures: 2"}
    assert keep_items(f"{FIRST}{card}{labels}{LAST}", dropped, 0.1) == set()


def test_list_with_a_link_is_not_added() -> None:
    assert keep_items(f"{FIRST}{LIST.replace('Pier', '<a href=/pier>Pier</a>')}{LAST}") == set()


def test_list_in_a_form_is_added_only_where_the_story_is_in_it_too() -> None:
    assert keep_items(f"{FIRST}<form>{LIST}</form>{LAST}") == set()
    assert keep_items(f"<form>{FIRST}{LIST}{LAST}</form>") == STOPS
    assert keep_items(f"{FIRST}{LIST.replace('<ul', '<ul hidden')}{LAST}") == set()


CODE = "<pre>git init</pre>"


def keep_code(page: str, probability: float = 0.2) -> list[str]:
    """What is added of a page whose paragraphs are kept."""
    cut = cut_blocks(parse_html(f"<body><div>{page}</div></body>"))
    kept = np.array([f"<p>{text}" in page for text in cut.texts])
    found = find_code(kept, np.full(len(kept), probability), cut)
    return [cut.texts[index] for index in found]


def test_code_between_kept_paragraphs_is_kept() -> None:
    assert keep_code(f"{FIRST}{CODE}{LAST}") == ["git init"]
    assert keep_code(f"{FIRST}{CODE}<pre>git add boat</pre>{LAST}") == ["git init", "git add boat"]


def test_code_with_one_other_line_beside_it_is_kept() -> None:
    assert keep_code(f"{FIRST}<span>Terminal</span>{CODE}<button>Copy</button>{LAST}") == [
        "git init"
    ]


def test_code_at_the_edge_of_the_story_or_far_from_it_is_not_added() -> None:
    assert keep_code(f"{FIRST}{LAST}{CODE}") == keep_code(f"{CODE}{FIRST}{LAST}") == []
    lines = "<div>Menu</div><div>Login</div>"
    assert keep_code(f"{FIRST}{lines}{CODE}{LAST}") == []


def test_code_that_the_model_denies_is_not_added() -> None:
    assert keep_code(f"{FIRST}{CODE}{LAST}", probability=0.04) == []


TOLD = "<figure><img src=x><figcaption id=c{0}>Picture {0}: {1}.</figcaption></figure>"
LONG = "the ferry leaves the ice behind and nobody on board says a word until the harbour is seen"


def list_captions(page: str) -> list[int]:
    cut = cut_blocks(parse_html(page))
    kept = np.array([text.startswith("Kept") for text in cut.texts])
    few_links = np.array([linked == 0 for linked in cut.link_chars])
    words = np.array([len(text.split()) for text in cut.texts], float)
    good = np.array([float(text.endswith(".")) for text in cut.texts])
    features = cast(Any, SimpleNamespace(words=words, good=good))
    return find_told_captions(kept, few_links, features, cut)


def test_captions_that_tell_more_than_the_text_beside_them_are_the_story() -> None:
    essay = "".join(TOLD.format(number, LONG) for number in range(4))
    assert list_captions(f"<p>Kept lead.</p>{essay}") == [1, 2, 3, 4]
    assert list_captions(f"<p>Kept {LONG * 9}.</p>{essay}") == []
    assert list_captions(f"<p>Kept lead.</p><aside>{essay}</aside>") == []
    for credit in ("Photograph: Ada Quill", "(Ada Quill/Courier)", "© Ada Quill", "| A. Quill"):
        signed = essay.replace(".</fig", f". {credit}</fig")
        assert list_captions(f"<p>Kept lead.</p>{signed}") == [1, 2, 3, 4]
    assert list_captions(f"<p>Kept lead.</p>{essay.replace('.</fig', '</fig')}") == []
    pair = "".join(TOLD.format(number, LONG) for number in range(2))
    assert list_captions(f"<p>Kept lead.</p>{pair}") == []
    short = "".join(TOLD.format(number, "the ferry") for number in range(9))
    assert list_captions(f"<p>Kept lead.</p>{short}") == []


def test_shorter_captions_that_tell_more_than_what_is_kept_among_them_are_the_story() -> None:
    amid = "the ferry leaves the ice behind and nobody on board says a word"
    essay = [TOLD.format(number, amid) for number in range(4)]
    essay.insert(2, "<p>Kept word.</p>")
    lead = f"<p>Kept {LONG * 9}.</p>"
    assert list_captions(f"{lead}{''.join(essay)}{lead}") == [1, 2, 4, 5]
    assert list_captions(f"{lead}{''.join(essay[:2] + essay[3:])}{lead}") == []
    essay.insert(2, lead)
    assert list_captions("".join(essay)) == []


def test_list_after_a_list_of_links_stands_for_itself() -> None:
    links = "<ul><li><a href=/a>Another story</a></li><li><a href=/b>A third</a></li></ul>"
    dropped = {"Another story", "A third", "Mill", "Quay"}
    own = "<ul><li>Mill</li><li>Quay</li></ul>"
    assert keep_items(f"{FIRST}{own}{links}{LAST}", dropped, probability=0.1) == set()
    told = {"Mill Lane Nursery School", "Quay Street Infants"}
    own = "<ul><li>Mill Lane Nursery School</li><li>Quay Street Infants</li></ul>"
    page = f"{FIRST}{links}{own}{LAST}"
    assert keep_items(page, told | {"Another story", "A third"}, probability=0.1) == told


def test_list_may_stand_beside_a_caption() -> None:
    caption = "<figure><figcaption>The quay</figcaption></figure>"
    dropped = {*STOPS, "The quay"}
    assert keep_items(f"{FIRST}{caption}{LIST}{LAST}", dropped) == STOPS
    assert keep_items(f"{FIRST}{LIST}{caption}{LAST}", dropped) == STOPS
    assert keep_items(f"{FIRST}{LIST}{caption}<p>The quay</p>{LAST}", dropped) == set()


def test_list_among_many_captions_is_not_added() -> None:
    captions = "".join(f"<figure><figcaption>The quay {n}</figcaption></figure>" for n in range(4))
    dropped = {*STOPS, *(f"The quay {n}" for n in range(4))}
    assert keep_items(f"{FIRST}{captions}{LIST}{LAST}", dropped) == set()


def test_formula_between_kept_paragraphs_is_kept() -> None:
    formula = "<div><math><mi>v</mi><mo>=</mo><mn>3</mn></math></div>"
    assert keep_formula(f"{FIRST}{formula}{LAST}") == ["v=3"]
    assert keep_formula(f"{FIRST}{formula}<div>Menu</div>{LAST}") == []
    assert keep_formula(f"{FIRST}<div>v=3</div>{LAST}") == []
    assert keep_formula(f"{formula}{FIRST}{LAST}{formula}") == []


def keep_formula(page: str) -> list[str]:
    cut = cut_blocks(parse_html(f"<body>{page}</body>"))
    kept = np.array([text.endswith(".") for text in cut.texts])
    found = find_formulas(kept, np.ones(len(kept), bool), cut)
    return [cut.texts[index] for index in found]
