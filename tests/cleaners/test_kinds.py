"""Kinds told by the names that templates give."""

from __future__ import annotations

from cleaners import Kind, clean_html

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
