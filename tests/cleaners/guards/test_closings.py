"""Lists that a colon leads in, notes of the newsroom, and short last sentences are kept."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from cleaners.cut import cut_blocks
from cleaners.cutting.columns import Cut
from cleaners.dom import parse_html
from cleaners.guards.closings import (
    find_footnotes,
    find_lead_ins,
    find_led_lists,
    find_life_dates,
    find_notes,
    find_numbered_notes,
    find_own_ending,
    find_short_ending,
    find_verdicts,
)
from cleaners.words.notes import is_note, load_note_words


def cut_page(page: str) -> Cut:
    return cut_blocks(parse_html(page))


def few_links(cut: Cut) -> Any:
    return np.array([linked == 0 for linked in cut.link_chars])


def list_led(page: str, kept: list[int], head: float = 0.9) -> list[str]:
    cut = cut_page(page)
    found = find_led_lists(np.array(kept, bool), np.full(len(kept), head), few_links(cut), cut)
    return [cut.texts[index] for index in found]


ITEMS = "<ul><li>Harbour School</li><li>Mill Lane</li></ul>"


@pytest.mark.parametrize(
    "page",
    [
        f"<p>These schools are closed:</p>{ITEMS}<p>Ends.</p>",
        f"<div><p>本日の結果：</p></div>{ITEMS}",
        "<p>These schools are closed:</p><p>- Harbour School</p><p>– Mill Lane</p>",
        "<p>These schools are closed:</p><p>1. Harbour School</p><p>2. Mill Lane</p><p>Ends.</p>",
        "<p>These are closed:</p><ul><li>Mill, as <a href=/x>told</a>.</li><li>Quay</li></ul>",
    ],
)
def test_list_that_a_colon_leads_in_is_found_with_all_its_items(page: str) -> None:
    kept = [1] + [0] * (len(cut_page(page).texts) - 1)
    assert len(list_led(page, kept)) == 2


@pytest.mark.parametrize(
    "page",
    [
        f"<p>These schools are closed.</p>{ITEMS}",
        "<p>Read more:</p><ul><li><a href=/a>Harbour School</a></li><li>Mill Lane</li></ul>",
        f"<p>These schools are closed:</p><aside>{ITEMS}</aside>",
        f"<p>These schools are closed:</p><nav>{ITEMS}</nav>",
        f"<p>These schools are closed:</p><div><div><div>{ITEMS}</div></div><p>Menu</p></div>",
        "<p>These schools are closed:</p><ul><li>Harbour School</li></ul>",
        "<p>He said:</p><p>“No.”</p><p>“Never.”</p>",
        "<p>Our tips:</p><ul><li><a href=/a>The harbour froze.</a></li><li>Mill Lane</li></ul>",
    ],
)
def test_links_other_boxes_and_sentences_are_no_led_list(page: str) -> None:
    kept = [1] + [0] * (len(cut_page(page).texts) - 1)
    assert list_led(page, kept) == []


def test_list_under_a_line_that_is_not_kept_is_left() -> None:
    assert list_led(f"<p>One.</p><p>Follow us on:</p>{ITEMS}", [1, 0, 0, 0]) == []


@pytest.mark.parametrize("line", load_note_words()["match"])
def test_note_is_told_by_its_beginning(line: str) -> None:
    assert is_note(line)


@pytest.mark.parametrize("line", load_note_words()["keep"])
def test_sentence_that_looks_alike_is_no_note(line: str) -> None:
    assert not is_note(line)


def list_notes(page: str, kept: list[int]) -> list[str]:
    cut = cut_page(page)
    words = np.array([len(text.split()) for text in cut.texts], float)
    features: Any = SimpleNamespace(words=words)
    found = find_notes(np.array(kept, bool), few_links(cut), features, cut)
    return [cut.texts[index] for index in found]


@pytest.mark.parametrize(
    "note",
    [
        "<div class=note><p>Correction: The bridge is 40 metres long.</p></div>",
        "<aside class=editors-note>The Post regrets the wrong length of the bridge.</aside>",
        "<div id=article-correction><p>The bridge is 40 metres long, not 50.</p></div>",
        "<p>* Les prénoms ont été modifiés</p>",
        "<p>(*) Tous les prénoms ont été modifiés</p>",
        "<p>NDLR : M. Morel n'a pas répondu à nos appels</p>",
    ],
)
def test_note_beside_the_story_is_found(note: str) -> None:
    assert len(list_notes(f"<p>Story.</p><div>Share</div>{note}<p>x</p>", [1, 0, 0, 0])) == 1
    assert len(list_notes(f"{note}<p>Story.</p>", [0, 1])) == 1


@pytest.mark.parametrize(
    "note",
    [
        "<nav class=corrections><p>All corrections of this week are listed here.</p></nav>",
        "<div class=corrections><p><a href=/c>All corrections of this week, listed.</a></p></div>",
        "<div class=correction><p>Send us your correction</p></div>",
        "<div class=note><p>The bridge is 40 metres long, not 50.</p></div>",
        "<p>Corrections: write to corrections@paper.example or call us</p>",
        "<p>Update: as it happened</p>",
    ],
)
def test_links_prompts_and_other_boxes_are_no_notes(note: str) -> None:
    assert list_notes(f"<p>Story.</p>{note}", [1, 0]) == []


def test_label_of_a_note_may_have_a_line_of_its_own() -> None:
    page = "<p>It is over.</p><div><p>{}</p><p>The bridge is 40 metres long.</p></div>"
    found = list_notes(page.format("Correction:"), [1, 0, 0])
    assert sorted(found) == ["Correction:", "The bridge is 40 metres long."]
    assert list_notes(page.format("Read also:"), [1, 0, 0]) == []
    heading = page.replace("<p>{}</p>", "<h3>{}</h3>")
    found = list_notes(
        heading.format("Correction 13 March 2026").replace("<p>The", "<p>Update: The"), [1, 0, 0]
    )
    assert sorted(found) == ["Correction 13 March 2026", "Update: The bridge is 40 metres long."]


def test_day_of_an_update_alone_is_no_note_even_with_a_stop() -> None:
    page = "<p>It is over.</p><div class=note><p>{}</p></div>"
    assert list_notes(page.format("Aktualizacja: 5 marca 2024 r."), [1, 0]) == []
    told = "Aktualizacja: 5 marca 2024 r. most został ponownie otwarty."
    assert list_notes(page.format(told), [1, 0]) == [told]


def test_note_far_from_the_story_is_of_another_one() -> None:
    far = "<p>Teaser.</p>" * 8 + "<p>Correction: The bridge is 40 metres long.</p>"
    assert list_notes(f"<p>Story.</p>{far}", [1] + [0] * 9) == []


@pytest.mark.parametrize(
    ("after", "found"),
    [
        ("<p>It worked.</p>", 1),
        ("<p id=p2>It worked.</p>", 1),
        ("<p>It worked</p>", None),
        ("<p><a href=/x>It worked.</a></p>", None),
        ("<p class=note>It worked.</p>", None),
        ("<div><p>It worked.</p></div>", None),
        ("", None),
    ],
)
def test_short_ending_is_marked_up_like_the_block_before(after: str, found: int | None) -> None:
    cut = cut_page(f"<article><p id=p1>Story.</p>{after}</article>")
    kept = np.array([True] + [False] * (len(cut.texts) - 1))
    assert find_short_ending(kept, np.full(len(kept), 0.3), cut) == found
    assert find_short_ending(kept, np.full(len(kept), 0.2), cut) is None


def test_short_ending_may_have_a_box_of_its_own_as_the_others_have() -> None:
    box = "<div class=text><p>{}</p></div>"
    page = "".join(map(box.format, ("Story.", "More of it.", "It froze again.")))
    kept, doubted = np.array([True, True, False]), np.array([0.9, 0.9, 0.3])
    assert find_short_ending(kept, doubted, cut_page(page)) == 2
    other = page.replace("<div class=text><p>It", "<div class=promo><p>It")
    assert find_short_ending(kept, doubted, cut_page(other)) is None


def test_list_that_is_led_in_may_have_a_box_of_its_own() -> None:
    page = f"<div><div><p>Two schools close:</p></div><div><div>{ITEMS}</div></div></div>"
    assert list_led(page, [1, 0, 0]) == ["Harbour School", "Mill Lane"]


def test_line_that_leads_a_kept_list_in_is_kept() -> None:
    page = f"<p>It is over.</p><div><p>Two schools close:</p>{ITEMS}</div>"
    cut = cut_page(page)
    kept, doubted = np.array([True, False, True, True]), np.array([0.9, 0.1, 0.9, 0.9])
    assert find_lead_ins(kept, doubted, few_links(cut), cut) == [1]
    assert find_lead_ins(kept, np.array([0.9, 0.04, 0.9, 0.9]), few_links(cut), cut) == []
    assert find_lead_ins(np.array([True, False, False, False]), doubted, few_links(cut), cut) == []
    other = cut_page("<p>It is over.</p><p>Two schools close</p>" + ITEMS)
    assert find_lead_ins(kept, doubted, few_links(other), other) == []


def test_label_alone_in_a_box_with_its_kept_list_is_kept() -> None:
    page = f"<p>It is over.</p><div><div>Closed</div>{ITEMS}</div>"
    kept, doubted = np.array([True, False, True, True]), np.array([0.9, 0.1, 0.9, 0.9])
    cut = cut_page(page)
    assert find_lead_ins(kept, doubted, few_links(cut), cut) == [1]
    for other in (
        page.replace("<div><div>", "<aside><div>").replace("</ul></div>", "</ul></aside>"),
        page.replace("Closed", "Closed " * 20),
    ):
        cut = cut_page(other)
        assert find_lead_ins(kept, doubted, few_links(cut), cut) == []
    shared = cut_page(page.replace("</ul>", "</ul><p>More</p>"))
    kept, doubted = np.array([*kept, False]), np.array([*doubted, 0.0])
    assert find_lead_ins(kept, doubted, few_links(shared), shared) == []


def test_list_under_a_crosshead_that_the_model_believes_is_led_in_too() -> None:
    page = f"<p>Two schools close.</p><h2>Closed</h2>{ITEMS}"
    assert list_led(page, [1, 1, 0, 0]) == ["Harbour School", "Mill Lane"]
    assert list_led(page, [1, 1, 0, 0], head=0.4) == []
    assert list_led(page, [1, 0, 0, 0]) == []
    assert list_led("<h2>Closed</h2><ul><li><a href=/a>A</a><li>B</ul>", [1, 0, 0]) == []


def test_list_of_writer_and_day_under_a_standfirst_set_as_a_heading_is_not_led_in() -> None:
    page = (
        "<article><h2>The ferry stays in port</h2><ul><li>Ada Brook</li><li>7 March 2026</li></ul>"
        "<p>The harbour of the town is frozen.</p></article>"
    )
    assert list_led(page, [1, 0, 0, 1]) == []
    assert list_led(page.replace("7 March 2026", "and the crew"), [1, 0, 0, 1]) != []
    after = f"<p>It began on Monday.</p>{page}"
    assert list_led(after, [1, 1, 0, 0, 1]) == ["Ada Brook", "7 March 2026"]


def test_short_ending_under_a_crosshead_is_marked_up_like_what_stands_before_that() -> None:
    cut = cut_page("<p>Story.</p><h3>And when?</h3><p>Nobody knows.</p><div>Follow us.</div>")
    kept, doubted = np.array([True, True, False, False]), np.array([0.9, 0.9, 0.12, 0.3])
    assert find_short_ending(kept, doubted, cut) == 2
    assert find_short_ending(kept, np.array([0.9, 0.9, 0.08, 0.3]), cut) is None
    cut = cut_page("<p>Story.</p><h3>And when?</h3><div>Follow us.</div>")
    assert find_short_ending(kept[:3], doubted[:3], cut) is None
    cut = cut_page("<p>Story.</p><table><tr><td>Ice</table><p>Nobody knows.</p>")
    assert find_short_ending(kept[:3], np.array([0.9, 0.9, 0.3]), cut) == 2


def test_short_ending_in_japanese_may_be_what_somebody_says() -> None:
    cut = cut_page("<p>橋は冬までに直る。</p><p>市長は「間に合います」</p>")
    assert find_short_ending(np.array([True, False]), np.array([0.9, 0.3]), cut) == 1


def test_short_ending_may_be_signed_in_brackets() -> None:
    cut = cut_page("<p>Story.</p><p>It worked. (Reuters)</p>")
    assert find_short_ending(np.array([True, False]), np.full(2, 0.3), cut) == 1
    cut = cut_page("<p>Story.</p><p>Picture (Reuters)</p>")
    assert find_short_ending(np.array([True, False]), np.full(2, 0.3), cut) is None


def test_labelled_line_after_another_ends_a_line_up() -> None:
    cut = cut_page("<p>Home: Hart, Reed.</p><p>Away: Quill, Stein</p><p>Attendance: 1,873</p>")
    assert find_short_ending(np.array([True, True, False]), np.full(3, 0.3), cut) == 2
    cut = cut_page("<p>They won</p><p>Attendance: 1,873</p>")
    assert find_short_ending(np.array([True, False]), np.full(2, 0.3), cut) is None


def list_verdicts(page: str) -> list[str]:
    """What is added of a page of which the first paragraph is kept."""
    cut = cut_page(page)
    words = np.array([len(text.split()) for text in cut.texts], float)
    good = np.array([float(text.endswith(".")) for text in cut.texts])
    features: Any = SimpleNamespace(words=words, good=good)
    kept = np.arange(len(words)) == 0
    return [cut.texts[at] for at in find_verdicts(kept, few_links(cut), features, cut)]


REVIEW = f"<p>{'We saw the film twice. ' * 20}</p>"
VERDICT = (
    "<div class={}><h3>Fazit</h3><p>It rewards whoever stays.</p><div>4/5</div>"
    "<ul><li>Handsome</li></ul><p><a href=/shop>Buy a ticket now.</a></p></div>"
)


@pytest.mark.parametrize(
    "name", ["verdict", "review-summary", "js-fazit", '"c-box review__verdict"']
)
def test_box_of_a_verdict_keeps_its_text_headings_and_items(name: str) -> None:
    wanted = ["Fazit", "It rewards whoever stays.", "Handsome"]
    assert list_verdicts(REVIEW + VERDICT.format(name)) == wanted
    assert list_verdicts(f"<div>{REVIEW}</div><aside>{VERDICT.format(name)}</aside>") == wanted


def test_box_of_another_name_apart_far_off_or_as_long_as_the_story_is_no_verdict() -> None:
    verdict = VERDICT.format("verdict")
    assert list_verdicts(REVIEW + VERDICT.format("summary")) == []
    assert list_verdicts(REVIEW + VERDICT.format("verdicts-list")) == []
    assert list_verdicts(verdict + REVIEW.replace("We", "They")) == []
    assert list_verdicts(f"{REVIEW}<footer>{verdict}</footer>") == []
    assert list_verdicts(REVIEW + "<p>An advertisement</p>" * 6 + verdict) == []
    assert list_verdicts(REVIEW[:60] + verdict) == []
    assert list_verdicts(REVIEW + "<div class=verdict><p>4/5</p></div>") == []


ENDING = "The film runs until March at the harbour cinema."


@pytest.mark.parametrize(
    ("after", "found"),
    [
        (f"<p class=fin>{ENDING}</p>", 2),
        (f"<div class=fin><p>{ENDING}</p></div>", 2),
        (f"<p class=fin>{ENDING} (Mara Finch)</p>", 2),
        (f"<p class=fin>{ENDING[:-1]}</p>", None),
        (f"<p class=fin>{ENDING} <a href=/x>More</a></p>", None),
        (f"<p class=related>{ENDING}</p>", None),
        (f"<ul><li>{ENDING}</ul>", None),
        ("<p class=fin>It is over.</p>", None),
    ],
)
def test_last_sentence_may_have_a_class_of_its_own(after: str, found: int | None) -> None:
    cut = cut_page(f"<article><p>It froze on Monday.</p><p>All stayed.</p>{after}</article>")
    words: Any = SimpleNamespace(words=np.array([float(len(t.split())) for t in cut.texts]))
    kept = np.arange(len(cut.texts)) < 2
    assert find_own_ending(kept, words, cut) == found
    apart = cut_page(f"<div><p>It froze on Monday.</p><p>All stayed.</p></div>{after}")
    assert find_own_ending(kept, words, apart) is None


def list_footnotes(page: str) -> list[str]:
    cut = cut_page(f"<article><p>It froze on Monday.</p>{page}</article>")
    words: Any = SimpleNamespace(words=np.array([float(len(t.split())) for t in cut.texts]))
    kept = np.arange(len(cut.texts)) == 0
    return [cut.texts[index] for index in find_footnotes(kept, few_links(cut), words, cut)]


def test_footnotes_under_the_story_are_kept_without_what_leads_back() -> None:
    told = "The harbour froze in 1911 as well, for a week."
    for box in ("<section role=doc-endnotes>", "<ol class='wp-block-footnotes'>", "<div id=fn>"):
        notes = f"{box}<li>{told} \u21a9\ufe0e</li><li>1</li><li><a href=/x>Ice in 1911</a></li>"
        wanted = [] if "fn" in box else [f"{told} \u21a9\ufe0e"]
        assert list_footnotes(notes) == wanted
    assert list_footnotes(f"<form class=footnotes><p>{told}</p></form>") == []


def list_numbered(told: str, under: str) -> list[str]:
    cut = cut_page(f"<article><p>{told}</p>{under}</article>")
    words: Any = SimpleNamespace(words=np.array([float(len(t.split())) for t in cut.texts]))
    return [cut.texts[at] for at in find_numbered_notes(np.arange(len(cut.texts)) == 0, words, cut)]


def test_notes_with_numbers_that_the_story_asks_for_are_kept() -> None:
    notes = "<div><p>{} The harbour froze in <a href=/x>1911</a> as well.</p></div>"
    for number in ("[1]", "(1)", "[<a href=#n1>1</a>]"):
        found = list_numbered(f"It froze {number} on Monday.", notes.format(number))
        assert [text[3:] for text in found] == [" The harbour froze in 1911 as well."]
    assert list_numbered("It froze on Monday.", notes.format("[1]")) == []
    assert list_numbered("It froze [2] on Monday.", notes.format("[1]")) == []
    assert list_numbered("It froze [1].", f"<nav>{notes.format('[1]')}</nav>") == []
    assert list_numbered("It froze [1].", "<p>[1] More of it.</p>") == []
    assert list_numbered("It froze [1].", "<p>[1] More on the ice of 1911</p>") == []


def test_sources_under_a_heading_are_kept_with_linked_ones_among_them() -> None:
    items = "<ul><li><a href=/x>Council minutes</a></li><li>A letter of 3 May</li></ul>"
    assert len(list_led(f"<p>It is false.</p><h3>Sources</h3>{items}", [1, 1, 0, 0])) == 2
    assert list_led(f"<p>It is false.</p><h3>More</h3>{items}", [1, 1, 0, 0]) == []
    linked = items.replace("A letter of 3 May", "<a href=/y>A letter</a>")
    assert list_led(f"<p>It is false.</p><h3>Sources</h3>{linked}", [1, 1, 0, 0]) == []


def test_number_may_stand_before_a_note() -> None:
    assert is_note("(1) Les prénoms ont été modifiés.")
    assert is_note("1. Les prénoms ont été modifiés.")
    assert not is_note("2 Les prénoms ont été modifiés.")


def test_line_of_particulars_ends_a_story() -> None:
    cut = cut_page("<p>It worked.</p><p>It runs until June 5. Box office: 020 7946 0000</p>")
    assert find_short_ending(np.array([True, False]), np.full(2, 0.3), cut) == 1
    assert find_short_ending(np.array([True, False]), np.full(2, 0.2), cut) is None


LIFE = "Ada Mary Quill, swimming teacher, born 4 June 1928; died 27 February 2026"


@pytest.mark.parametrize(
    ("after", "found"),
    [
        (f"<p class=dates>{LIFE}</p>", [2]),
        (
            "<p class=dates>Ada Ek, Wirtin, geboren 4. Juni 1928, gestorben am 7. Mai 2026</p>",
            [2],
        ),
        (f"<p class=dates>{LIFE[:60]}</p>", []),
        ("<p class=dates>4 June 1928 – 27 February 2026</p>", []),
        (f"<p class=related>{LIFE}</p>", []),
        (f"<p class=dates><a href=/x>{LIFE}</a></p>", []),
        ("<p class=d>Published on 4 June 2026 at noon, updated on 5 June 2026 at noon</p>", []),
    ],
)
def test_dates_of_a_life_end_an_obituary(after: str, found: list[int]) -> None:
    cut = cut_page(f"<article><p>She taught.</p><p>All of us swam.</p>{after}</article>")
    words: Any = SimpleNamespace(words=np.array([float(len(t.split())) for t in cut.texts]))
    assert find_life_dates(np.arange(len(cut.texts)) < 2, words, cut) == found
