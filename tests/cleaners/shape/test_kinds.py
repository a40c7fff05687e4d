"""Kinds told by the names that templates give."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from cleaners import Kind, clean_html
from cleaners.cut import cut_blocks
from cleaners.cutting.containernames import names_standfirst
from cleaners.dom import parse_html
from cleaners.evidence import read_evidence
from cleaners.features import measure_blocks
from cleaners.model import load_model
from cleaners.shape.kinds import KINDS, name_kinds
from cleaners.words.credits import find_credits

CREDITS = tomllib.loads(files("cleaners").joinpath("words/credits.toml").read_text("utf-8"))

STORY = """<html lang=en><body><article><h1>Harbour frozen</h1>
<p class="article-byline">By Ada Quill and Tom Reed</p>
<p>The harbour froze over on Monday for the first time in nine years, fishermen said.</p>
<div class=pic><p class="wp-caption-text">The harbour on Monday. Photo: Ada Quill</p></div>
<p>Children walked to the island school across the ice, watched by two volunteers.</p>
<p>The ferry company cancelled all its sailings until the end of the month on safety grounds.</p>
</article></body></html>"""


def kinds_of(page: str) -> dict[str, Kind]:
    return {block.text[:12]: block.kind for block in clean_html(page).blocks}


def test_paragraph_of_class_caption_is_a_caption_and_stays_out() -> None:
    article = clean_html(STORY)
    caption = next(block for block in article.blocks if block.text.endswith("Photo: Ada Quill"))
    assert caption.kind is Kind.CAPTION
    assert not caption.verdict.keep


def test_short_line_of_class_byline_is_a_byline() -> None:
    assert kinds_of(STORY)["By Ada Quill"] is Kind.BYLINE


def test_long_text_under_the_name_of_a_caption_is_no_caption() -> None:
    long = " ".join(["The mayor told the long story of the quay and its many owners."] * 8)
    page = STORY.replace("The harbour on Monday. Photo: Ada Quill", long)
    assert kinds_of(page)["The mayor to"] is Kind.PARAGRAPH


def name_caption(name: str, text: str) -> Kind:
    page = STORY.replace("wp-caption-text", name).replace(
        "The harbour on Monday. Photo: Ada Quill", text
    )
    return kinds_of(page)[text[:12]]


@pytest.mark.parametrize(
    "name", ["cap", "img_desc", "photo-credit", "Bildunterschrift", "pic_cap2"]
)
def test_short_line_under_an_abbreviated_name_is_a_caption(name: str) -> None:
    assert name_caption(name, "The harbour at noon, from the quay") is Kind.CAPTION


@pytest.mark.parametrize(("picture", "kind"), [("<img>", Kind.CAPTION), ("", Kind.PARAGRAPH)])
def test_inline_caption_belongs_to_the_picture_in_its_line(picture: str, kind: Kind) -> None:
    caption = "The harbour at noon, from the quay."
    page = STORY.replace(
        "<p>Children",
        f"<div><span>{picture}<em class=img_desc>{caption}</em></span><br><br></div><p>Children",
    )
    blocks = clean_html(page).blocks
    assert next(block for block in blocks if block.text == caption).kind is kind


@pytest.mark.parametrize("name", ["drop-cap", "desc", "image", "image-text", "recap", "source"])
def test_name_that_says_something_else_too_makes_no_caption(name: str) -> None:
    assert name_caption(name, "The harbour at noon, from the quay") is Kind.PARAGRAPH


def test_sentence_under_an_abbreviated_name_is_no_caption() -> None:
    text = "The clinics of the town keep other hours over the holidays, so call before you go."
    assert name_caption("img_desc", text) is Kind.PARAGRAPH


TABLE = """<html><head><title>The Quay Gazette - Harbour frozen over at last</title></head><body>
<table><tr><td><b>{head}</b><br>{line}<br><br>
The harbour froze over on Monday for the first time in nine years, fishermen said.<br><br>
Children walked to the island school across the ice, watched by two volunteers.<br><br>
The ferry company cancelled all its sailings until the end of the month on safety grounds.
</td></tr></table></body></html>"""


def kind_of_first(head: str, line: str) -> Kind:
    return clean_html(TABLE.format(head=head, line=line)).blocks[0].kind


def test_headline_and_byline_in_one_cell_are_the_title() -> None:
    assert kind_of_first("Harbour frozen over at last", "by Ada Quill, 4 May 2005") is Kind.TITLE


def test_first_words_that_repeat_the_headline_and_go_on_are_no_title() -> None:
    told = "by hand, said those who cut the ice."
    assert kind_of_first("Harbour frozen over at last", told) is not Kind.TITLE
    assert kind_of_first("Harbour frozen", "by Ada Quill") is not Kind.TITLE


def find_credit_in(line: str) -> int:
    """Where the credit of a line begins; -1 where it has none."""
    return dict(find_credits([line])).get(0, -1)


@pytest.mark.parametrize("line", CREDITS["match"])
def test_line_that_ends_with_a_picture_credit_is_a_caption(line: str) -> None:
    assert find_credit_in(line) >= 0


@pytest.mark.parametrize("line", CREDITS["keep"])
def test_line_that_tells_of_pictures_is_no_caption(line: str) -> None:
    assert find_credit_in(line) < 0


def test_kept_caption_without_markup_is_told_by_its_credit() -> None:
    page = STORY.replace('<p class="wp-caption-text">', "<p>").replace("<div class=pic>", "<div>")
    document, model = parse_html(page), load_model()
    cut = cut_blocks(document)
    features = measure_blocks(
        cut, read_evidence(document, cut), names=model.names, words=model.words
    )
    every = np.ones(len(cut.texts), bool)
    for kept, kind in ((every, Kind.CAPTION), (~every, Kind.PARAGRAPH)):
        kinds = name_kinds(cut, features, kept, every.astype(float))
        (place,) = (i for i, text in enumerate(cut.texts) if text.startswith("The harbour on"))
        assert KINDS[kinds[place]] is kind


def test_quotation_or_table_that_a_figure_holds_is_no_caption() -> None:
    picture = next(line for line in STORY.splitlines() if "wp-caption-text" in line)
    figure = "<figure>{}<figcaption>The harbour on Monday</figcaption></figure>"
    quote = "<blockquote><p>“It never froze like this,” said the oldest skipper.</p></blockquote>"
    kinds = kinds_of(STORY.replace(picture, figure.format(quote)))
    assert kinds["“It never fr"] is Kind.QUOTATION
    table = "<table><tr><td>Boats on land<td>14</table>"
    kinds = kinds_of(STORY.replace(picture, figure.format(table)))
    assert kinds["Boats on lan"] is not Kind.CAPTION


def kinds_by_model(page: str, unsure: str, probability: float) -> dict[str, Kind]:
    """The kinds where all is kept, the block that begins with `unsure` at a probability."""
    document = parse_html(page)
    cut, model = cut_blocks(document), load_model()
    evidence = read_evidence(document, cut)
    features = measure_blocks(cut, evidence, names=model.names, words=model.words)
    probabilities = np.array([probability if t.startswith(unsure) else 0.99 for t in cut.texts])
    kinds = name_kinds(cut, features, np.ones(len(cut.texts), bool), probabilities)
    return {text[:12]: KINDS[kind] for text, kind in zip(cut.texts, kinds.tolist(), strict=True)}


PICTURED = STORY.replace('<p class="wp-caption-text">', "<p>").replace(" Photo: Ada Quill", "")


@pytest.mark.parametrize("name", ["caption", "newsitem-image main", "photo-box"])
def test_doubted_line_right_inside_the_container_of_a_picture_is_its_caption(name: str) -> None:
    page = PICTURED.replace("class=pic", f"class='{name}'")
    assert kinds_by_model(page, "The harbour on", 0.6)["The harbour "] is Kind.CAPTION


def test_line_that_is_sure_or_in_no_picture_is_no_caption() -> None:
    page = PICTURED.replace("class=pic", "class=image")
    assert kinds_by_model(page, "The harbour on", 0.9)["The harbour "] is Kind.PARAGRAPH
    page = PICTURED.replace("class=pic", "class=text")
    assert kinds_by_model(page, "The harbour on", 0.6)["The harbour "] is Kind.PARAGRAPH


def test_story_that_is_told_in_the_container_of_a_picture_stays() -> None:
    page = PICTURED.replace("<article>", "<article class=image-story>")
    assert kinds_by_model(page, "The", 0.6)["The ferry co"] is Kind.PARAGRAPH


SCENES = [
    f"On day {n} the ferry sailed to island {n + 3}, said the harbour master of port {n * 7}, and "
    f"the crew of boat {n * 5} was paid for {n * 11} hours of work."
    for n in range(12)
]


@pytest.mark.parametrize(
    "scene",
    [
        "<figure><img src=a><figcaption>{}</figcaption></figure>",
        "<figure class=c><img src=a><div><p>{}</p></div></figure>",
        "<div class=slide><img src=a><div class=caption>{}</div></div>",
    ],
)
def test_story_told_in_captions_is_a_story(scene: str) -> None:
    told = "".join(map(scene.format, SCENES))
    page = f"<html><title>Ferry sails</title><body><main><article><h1>Ferry sails</h1>{told}"
    assert clean_html(page).text.split("\n") == SCENES


def test_figure_that_never_ends_takes_no_story_with_it() -> None:
    first, *others = (f"<p>{scene}</p>" for scene in SCENES)
    told = f"{first}<figure><img src=a>{''.join(others)}"
    page = f"<html><title>Ferry sails</title><body><main><article><h1>Ferry sails</h1>{told}"
    assert clean_html(page).text.split("\n") == SCENES


def test_list_in_a_figure_is_a_list() -> None:
    told = "".join(f"<p>{scene}</p>" for scene in SCENES[2:])
    items = f"<figure><ul><li>{SCENES[0]}<li>{SCENES[1]}</ul></figure>"
    article = clean_html(f"<title>Ferry</title><article><h1>Ferry</h1>{told}{items}{told}")
    kinds = {block.text: block.kind for block in article.blocks}
    assert {kinds[SCENES[0]], kinds[SCENES[1]]} == {Kind.LIST_ITEM}


@pytest.mark.parametrize(
    "entry",
    [
        "<p><time>12:31</time> Corner for the visitors.</p>",
        "<h3><time>2013</time> The last tenant leaves.</h3>",
        "<p><a rel=author href=/a>Anna Hart</a> saw the ferry sail to the island on Monday.</p>",
        "<p><span class=author>GREAVES:</span> Everyone we had.</p>",
    ],
)
def test_time_or_name_inside_the_story_begins_a_line_of_it(entry: str) -> None:
    first, *others = (f"<p>{scene}</p>" for scene in SCENES)
    page = f"<title>Ferry</title><article><h1>Ferry</h1>{first}{entry}{''.join(others)}"
    said = cut_blocks(parse_html(entry)).texts[0]
    assert clean_html(page).text.split("\n")[:3] == [SCENES[0], said, SCENES[1]]


def test_time_and_name_above_the_story_are_none_of_it() -> None:
    head = "<p class=byline>By Anna Hart</p><p><time>12 May 2024</time></p>"
    told = "".join(f"<p>{scene}</p>" for scene in SCENES)
    page = f"<title>Ferry</title><article><h1>Ferry</h1>{head}{told}"
    assert clean_html(page).text.split("\n") == SCENES


def name_first(line: str, probability: float, name: str = "") -> Kind:
    """The kind of a line above a story that the model gives so much."""
    told = "".join(f"<p>{scene}</p>" for scene in SCENES)
    document = parse_html(f"<title>Ferry</title><h1>Ferry</h1><p {name}>{line}</p>{told}")
    cut = cut_blocks(document)
    model = load_model()
    evidence = read_evidence(document, cut)
    features = measure_blocks(cut, evidence, names=model.names, words=model.words)
    kept = np.arange(len(cut.texts)) > 0
    probabilities = np.where(np.arange(len(kept)) == 1, probability, 0.9)
    return KINDS[name_kinds(cut, features, kept, probabilities, title="Ferry")[1]]


def test_labelled_date_that_the_model_is_sure_of_is_the_story() -> None:
    assert name_first("Died: February 24th, 2026", 0.75) is Kind.PARAGRAPH
    assert name_first("Died: February 24th, 2026", 0.3) is Kind.DATE
    assert name_first("Published: February 24th, 2026", 0.75) is Kind.DATE
    assert name_first("February 24th, 2026", 0.75) is Kind.DATE
    assert name_first("Tuesday, February 24th, 2026 12:55", 0.75) is Kind.DATE


def test_line_above_the_story_is_what_its_name_and_its_words_say() -> None:
    dated, sourced = "Business News of Thursday, 12 March 2026", "Source: Ada Quill, Contributor"
    assert name_first(dated, 0.75, "id=date") is Kind.DATE
    assert name_first(dated, 0.75, "class=articleDate") is Kind.DATE
    assert name_first(sourced, 0.75, "class=source") is Kind.BYLINE
    assert name_first(dated, 0.75) is name_first(sourced, 0.75) is Kind.PARAGRAPH
    assert name_first("Business News of Thursday", 0.75, "id=date") is Kind.PARAGRAPH
    assert name_first("The source of the river", 0.75, "class=source") is Kind.PARAGRAPH
    assert name_first(dated, 0.75, "class=update-box") is Kind.PARAGRAPH


def test_lead_that_says_what_the_headline_says_is_the_story() -> None:
    said = "The ferry to the outer islands sailed again on Monday, nine years after the last one."
    head = f"<title>{said}</title><article><h1>{said}</h1>"
    assert clean_html(f"{head}<p>{said}</p>").text == said
    told = "".join(f"<p>{scene}</p>" for scene in SCENES)
    assert clean_html(f"{head}<p>{said}</p>{told}").text.split("\n") == [said, *SCENES]


def test_line_that_is_a_credit_alone_is_told_from_a_caption_with_one() -> None:
    credit = "Photo: Ada Quill"
    assert (find_credit_in(credit), find_credit_in(f"({credit})")) == (0, 0)
    assert find_credit_in(f"The pier in May. {credit}") > 0


@pytest.mark.parametrize(
    "line", ["Best picture: Oppenheimer", "Melhor fotografia: Bárbara Alvarez", "Årets bild: Isen"]
)
def test_award_for_a_picture_is_no_credit(line: str) -> None:
    assert find_credit_in(line) < 0


def name_page(page: str) -> dict[str, Kind]:
    """The kinds of a page of which all is kept."""
    cut = cut_blocks(parse_html(page))
    number = len(cut.texts)
    features = cast(
        Any,
        SimpleNamespace(
            words=np.array([len(text.split()) for text in cut.texts], float),
            good=np.array([float(text.endswith(".")) for text in cut.texts]),
            title_share=np.zeros(number),
        ),
    )
    kinds = name_kinds(cut, features, np.ones(number, bool), np.full(number, 0.9))
    return dict(zip(cut.texts, (KINDS[code] for code in kinds), strict=True))


def test_name_of_a_standfirst_may_be_written_with_humps() -> None:
    assert names_standfirst("ArticleDek_root__x3Fd")
    assert names_standfirst("hero postStandfirst")
    assert names_standfirst("storydeck")
    assert not names_standfirst("PreviewDecking_root")


@pytest.mark.parametrize("name", ["detail-sapo", "article__announce", "nota-copete", "sous-titre"])
def test_standfirst_is_told_by_what_templates_of_many_languages_call_it(name: str) -> None:
    assert names_standfirst(name)


def test_standfirst_post_and_byline_are_told_by_name_and_place() -> None:
    kinds = name_page(
        "<h1>Harbour frozen</h1><div class=entry-sub-title>Boats stay in.</div>"
        "<p>By Anna Hart</p><p>Ice came.</p><p class=lead>It stays.</p><p>By Tom Reed</p>"
        "<blockquote class=twitter-tweet><p>What ice!</blockquote><blockquote>Cold.</blockquote>"
    )
    assert kinds == {
        "Harbour frozen": Kind.HEADING,
        "Boats stay in.": Kind.STANDFIRST,
        "By Anna Hart": Kind.BYLINE,
        "Ice came.": Kind.PARAGRAPH,
        "It stays.": Kind.PARAGRAPH,
        "By Tom Reed": Kind.PARAGRAPH,
        "What ice!": Kind.EMBED,
        "Cold.": Kind.QUOTATION,
    }


@pytest.mark.parametrize("name", ["spip_doc_titre", "crayon doc-7 spip_doc_descriptif"])
def test_texts_under_documents_of_a_publishing_system_are_captions(name: str) -> None:
    assert name_caption(name, "The harbour at noon, from the quay.") is Kind.CAPTION


def test_blockquote_around_the_story_is_there_for_its_indent() -> None:
    paragraph = "<p>The harbour froze over on Monday, day {}, and the fishermen stayed at home.</p>"
    story = "".join(paragraph.format(number) for number in range(1, 7))
    page = "<html><body><h1>Harbour frozen</h1>{}</body></html>"
    around = page.format(f"<blockquote>{story}</blockquote>")
    inside = page.format(
        story.replace("<p>", "<blockquote>", 1).replace("</p>", "</blockquote>", 1)
    )
    assert Kind.QUOTATION not in {block.kind for block in clean_html(around).blocks}
    assert Kind.QUOTATION in {block.kind for block in clean_html(inside).blocks}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Von unserem Redaktionsmitglied Jan Holm", Kind.BYLINE),
        ("Published by Helm", Kind.PARAGRAPH),
    ],
)
def test_byline_may_follow_the_standfirst(line: str, kind: Kind) -> None:
    page = STORY.replace("<div class=pic>", f"<p>{line}</p><div class=pic>")
    cut = cut_blocks(parse_html(page))
    features = measure_blocks(
        cut,
        read_evidence(parse_html(page), cut),
        names=load_model().names,
        words=load_model().words,
    )
    kept = np.array([text == line or len(text) > 70 for text in cut.texts])
    kinds = name_kinds(cut, features, kept, np.full(len(kept), 0.9))
    assert KINDS[kinds[cut.texts.index(line)]] is kind


GALLERY = "<figure><img src=x><figcaption><p>{}</p></figcaption></figure>"
SHOWN = (
    "The beach has gained three hundred metres.",
    "Anglers were there from first light.",
    "The piers floated as high as the quay.",
)


def name_gallery(shown: tuple[str, ...], after: str = "") -> list[bool]:
    """Which of the shown sentences are paragraphs where all of the page is kept and doubted."""
    page = f"<p>The tide was high.</p>{''.join(map(GALLERY.format, shown))}{after}"
    cut = cut_blocks(parse_html(page))
    size = len(cut.texts)
    features: Any = SimpleNamespace(
        words=np.array([float(len(text.split())) for text in cut.texts]),
        good=np.array([float(text.endswith(".")) for text in cut.texts]),
        title_share=np.zeros(size),
    )
    found = name_kinds(cut, features, np.ones(size, bool), np.full(size, 0.2))
    kinds = {text: KINDS[kind] for text, kind in zip(cut.texts, found, strict=True)}
    return [kinds[text] is Kind.PARAGRAPH for text in shown]


def test_captions_that_are_all_but_a_standfirst_of_what_is_kept_are_the_story() -> None:
    assert name_gallery(SHOWN) == [True] * 3
    assert name_gallery(SHOWN[:2]) == [False] * 2
    assert name_gallery((*SHOWN[:2], "The piers")) == [False] * 3
    assert name_gallery(SHOWN, "<p>It fell again at noon.</p>") == [False] * 3
