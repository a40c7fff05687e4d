"""Lines that a page ends inside a paragraph are lines of the text, and are judged one by one."""

from __future__ import annotations

import pytest

from cleaners import clean_html
from cleaners.article import Article, Block, Kind, Reason, Span, Verdict
from cleaners.config import CleanConfig
from cleaners.cutting.paragraphs import find_line_ends
from cleaners.render import render_html, render_markdown

STORY = (
    (
        "The city council voted on Monday evening to rebuild the covered market that burned down "
        "last winter, after a debate of almost four hours."
    ),
    (
        "Traders who lost their stalls have been selling from tents on the square since January "
        "and had asked for a decision before the summer."
    ),
    (
        "Opponents argued that the money was needed more urgently for the two primary schools in "
        "the east of the town, which have leaking roofs."
    ),
)


GERMAN = (
    "Die Händler sagen, sie hätten von den Plänen der Stadt|Neustadt nichts gehört, und dass Zelte "
    "keinen Stürmen|Stand hielten, wie es sie im letzten Herbst gab,|Schneestürme nicht mitgezählt."
)


def clean(*inside: str) -> Article:
    paragraphs = "".join(f"<p>{text}</p>" for text in (STORY[0], STORY[1]))
    page = f"<article><h1>Market</h1>{paragraphs}{''.join(inside)}<p>{STORY[2]}</p></article>"
    return clean_html(page, config=CleanConfig(with_markup=True))


def lines_of(*inside: str) -> list[str]:
    found = clean(*inside).text.split("\n")
    assert found[:2] == list(STORY[:2])
    assert found[-1] == STORY[2]
    return found[2:-1]


@pytest.mark.parametrize(
    ("inside", "lines"),
    [
        (
            "<p><b>Tents since January</b><br>They ask for a roof.</p>",
            "Tents since January|They ask for a roof.",
        ),
        (
            "<p>Q: Who pays?<br/>\nA: The region,\n for a third.</p>",
            "Q: Who pays?|A: The region, for a third.",
        ),
        (
            "<blockquote>Where stalls had stood<br>in rows of wood<br>is <i>ash<br>and rain</i>",
            "Where stalls had stood|in rows of wood|is ash|and rain",
        ),
        (
            "<ul><li>The hall<br>with a roof of glass</li><li>The square</li></ul>",
            "The hall|with a roof of glass|The square",
        ),
        (
            "<p>Write to one of these at any time:<br>www.hall.example<br>a@hall.example</p>",
            "Write to one of these at any time:|www.hall.example|a@hall.example",
        ),
        (
            "<h2>A roof<br>of glass</h2><p>It lets in light.</p>",
            "A roof of glass|It lets in light.",
        ),
        ("<p>A roof<br>\u200b of glass.</p>", "A roof|\u200b of glass."),
        ("<p>A roof of glass.<br>\u200b</p>", "A roof of glass."),
        (
            "<p>Roses are red<br>\u200b<br>Violets are blue</p>",
            "Roses are red \u200b|Violets are blue",
        ),
    ],
)
def test_a_line_ends_where_the_page_ends_it(inside: str, lines: str) -> None:
    assert lines_of(inside) == lines.split("|")


@pytest.mark.parametrize(
    ("wrapped", "lines"),
    [
        # Wrapped by hand, as mail was: its lines end where they are full.
        (
            "The traders say they heard nothing|of it, and that tents do not stand|storms.",
            [0, 0],
        ),
        # A line that ends before the next word would not have fitted is one.
        (
            "Who?|Traders say they have heard nothing|of it, and that tents do not stand|storms.",
            [1, 0, 0],
        ),
        # German nouns have capitals: no line has room for the next word.
        (
            GERMAN,
            [0, 0, 0],
        ),
        ("他们说，比起来|，不但", [0]),
    ],
)
def test_text_that_is_only_wrapped_is_one_line(wrapped: str, lines: list[int]) -> None:
    parts = wrapped.replace("|", "|\n|").split("|")
    breaks = [place for place, part in enumerate(parts) if part == "\n"]
    text = " ".join("".join(parts).split())
    places = [place for place, char in enumerate(wrapped) if char == "|"]
    assert text == wrapped.replace("|", " ")
    expected = [place for place, is_end in zip(places, lines, strict=True) if is_end]
    assert list(find_line_ends(parts, breaks)) == expected


@pytest.mark.parametrize(
    "first",
    ["Some of the links in this article are affiliate ones.", "It is open to all."],
)
def test_a_notice_of_several_lines_goes_whole(first: str) -> None:
    more = (
        "This means that if you click through them to make a purchase, we may earn a small "
        "commission at no additional cost to you."
    )
    found = lines_of(f"<p>{first}<br>{more}</p>")
    assert found == ([] if "affiliate" in first else [first, more])


def test_a_label_of_the_sentence_that_follows_stays() -> None:
    told = "The hall was built in 1911 by the architect of the station, and burned down in winter."
    assert lines_of(f"<p><b>Background:</b><br>{told}</p>") == ["Background:", told]


def test_a_prompt_that_is_a_line_of_a_paragraph_goes_alone() -> None:
    article = clean(
        "<p>The plan is <b>open to all.<br>Subscribe to our newsletter<br>It ends</b> in May,<br>"
        "As it says.</p>"
    )
    kept = [block for block in article.blocks if block.verdict.keep]
    assert [block.text for block in kept[2:-1]] == [
        "The plan is open to all.",
        "It ends in May,\nAs it says.",
    ]
    (dropped,) = (block for block in article.removed if block.verdict.rule)
    assert dropped.text == "Subscribe to our newsletter"
    assert dropped.verdict.reason is Reason.NEWSLETTER
    assert [block.index for block in article.blocks] == list(range(len(article.blocks)))
    bold = [block.text[span.start : span.end] for block in article.blocks for span in block.spans]
    assert bold == ["open to all.", "Subscribe to our newsletter", "It ends"]


def test_markdown_and_html_end_lines_too() -> None:
    kept = Verdict(keep=True, reason=Reason.ARTICLE)
    blocks = (
        Block(
            index=0,
            text="Who pays?\n# The region",
            verdict=kept,
            spans=(Span(start=0, end=9, markup="b"),),
        ),
        Block(index=1, text="Ash\nand rain", verdict=kept, kind=Kind.QUOTATION),
        Block(index=2, text="The hall\nand roof", verdict=kept, kind=Kind.LIST_ITEM, number=1),
        Block(index=3, text="a\nb", verdict=kept, kind=Kind.PREFORMATTED),
    )
    assert render_markdown(blocks) == "\n\n".join(
        (
            "**Who pays?**  \n\\# The region",
            "> Ash  \n> and rain",
            "1. The hall  \n   and roof",
            "```\na\nb\n```",
        )
    )
    assert render_html(blocks) == "\n".join(
        (
            "<article>",
            "<p><strong>Who pays?</strong><br># The region</p>",
            "<blockquote><p>Ash<br>and rain</p></blockquote>",
            "<ol><li>The hall<br>and roof</li></ol>",
            "<pre>a",
            "b</pre>",
            "</article>",
        )
    )


def test_places_are_those_of_the_collapsed_text() -> None:
    parts = ["  One\n", "\n", " two  three ", "\n", "", "\n", "Four"]
    text = " ".join("".join(parts).split())
    ends = find_line_ends(parts, [1, 3, 5])
    assert [text[end] for end in ends] == [" ", " "]
    assert [text[end + 1] for end in ends] == ["t", "F"]
