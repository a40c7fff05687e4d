"""Kept blocks come out as text, Markdown and HTML that mean what they say."""

from __future__ import annotations

import pytest

from cleaners.article import Article, Block, Kind, Reason, Span, Verdict
from cleaners.output.inline import is_safe_href
from cleaners.render import render_html, render_markdown, render_text

KEEP = Verdict(keep=True, reason=Reason.ARTICLE)
DROP = Verdict(keep=False, reason=Reason.NOT_ARTICLE)


def block(text: str, kind: Kind = Kind.PARAGRAPH, *spans: Span, level: int = 0) -> Block:
    return Block(index=0, text=text, verdict=KEEP, kind=kind, level=level, spans=spans)


def span(start: int, end: int, markup: str, href: str = "") -> Span:
    return Span(start=start, end=end, markup=markup, href=href)


PAGE = (
    block("Bridge opens", Kind.HEADING, level=2),
    block("It is *new* & <wide>."),
    Block(index=1, text="Share this", verdict=DROP),
    block("One", Kind.LIST_ITEM, level=1),
    block("Inner", Kind.LIST_ITEM, level=3),
    block("Two", Kind.LIST_ITEM, level=1),
    block("Said A", Kind.QUOTATION),
    block("Said B", Kind.QUOTATION),
    block("x = `1`", Kind.PREFORMATTED),
    block("Team\tPoints", Kind.TABLE_ROW),
    block("A|B", Kind.TABLE_ROW),
    block("A photo", Kind.CAPTION),
)


def test_text_is_one_line_a_kept_block() -> None:
    assert render_text(PAGE[:4]) == "Bridge opens\nIt is *new* & <wide>.\nOne"
    assert render_text(()) == ""


def test_markdown_shows_structure_and_escapes_the_rest() -> None:
    assert render_markdown(PAGE) == "\n\n".join(
        (
            "## Bridge opens",
            r"It is \*new\* & \<wide>.",
            "- One\n    - Inner\n- Two",
            "> Said A\n>\n> Said B",
            "```\nx = `1`\n```",
            "| Team | Points |\n| --- | --- |\n| A\\|B |  |",
            "*A photo*",
        )
    )
    assert render_markdown(()) == ""


def test_html_shows_structure_and_escapes_the_rest() -> None:
    assert render_html(PAGE) == "\n".join(
        (
            "<article>",
            "<h2>Bridge opens</h2>",
            "<p>It is *new* &amp; &lt;wide&gt;.</p>",
            "<ul><li>One<ul><li>Inner</li></ul></li><li>Two</li></ul>",
            "<blockquote><p>Said A</p><p>Said B</p></blockquote>",
            "<pre>x = `1`</pre>",
            "<table><tr><td>Team</td><td>Points</td></tr><tr><td>A|B</td></tr></table>",
            '<p class="caption">A photo</p>',
            "</article>",
        )
    )
    assert render_html(()) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# no heading", r"\# no heading"),
        ("- no list", r"\- no list"),
        ("1. May was warm", r"1\. May was warm"),
        ("2024) was", r"2024\) was"),
        ("> no quotation", r"\> no quotation"),
        ("AT&amp;T and AT&T", r"AT\&amp;T and AT&T"),
        ("snake_case [x]", r"snake\_case \[x\]"),
        ("2024 was warm", "2024 was warm"),
    ],
)
def test_markdown_escapes_what_would_be_markup(text: str, expected: str) -> None:
    assert render_markdown([block(text)]) == expected


def test_fence_is_longer_than_what_it_holds() -> None:
    assert render_markdown([block("````", Kind.PREFORMATTED)]) == "`````\n````\n`````"


def test_spans_become_links_and_emphasis() -> None:
    told = block(
        "See the report now",
        Kind.PARAGRAPH,
        span(4, 14, "a", "https://x.test/a b(c)"),
        span(8, 14, "b"),
        span(15, 18, "code"),
    )
    assert render_markdown([told]) == "See [the **report**](https://x.test/a%20b%28c%29) `now`"
    assert '<a href="https://x.test/a b(c)">the <strong>report</strong></a> <code>now</code>' in (
        render_html([told])
    )


def test_crossing_empty_and_foreign_spans_do_no_harm() -> None:
    messy = block(
        "abcdef",
        Kind.PARAGRAPH,
        span(0, 4, "b"), span(2, 6, "i"), span(3, 3, "b"), span(5, 99, "b"), span(-1, 2, "b"),
        span(4, 6, "blink"),
    )  # fmt: skip
    assert render_html([messy]) == "<article>\n<p><strong>ab<em>cd</em></strong>ef</p>\n</article>"


def test_white_space_stays_outside_of_emphasis() -> None:
    assert render_markdown([block("a bold b", Kind.LINE, span(1, 7, "b"))]) == "a **bold** b"
    assert render_markdown([block("a   b", Kind.LINE, span(1, 4, "b"))]) == "a   b"


def test_endless_nesting_of_spans_ends() -> None:
    deep = block("x" * 10, Kind.PARAGRAPH, *(span(0, 10, "b") for _ in range(5000)))
    assert render_html([deep]).count("<strong>") == 6


@pytest.mark.parametrize(
    ("href", "is_safe"),
    [
        ("https://x.test", True), ("/a:b", True), ("a?b:c", True), ("mailto:a@x.test", True),
        ("javascript:alert(1)", False), ("java\tscript:alert(1)", False),
        ("data:text/html,x", False),
        ("", False), ("  ", False), ("HTTP://x.test", True), ("vbscript:x", False),
    ],
)  # fmt: skip
def test_links_that_could_run_code_are_dropped(href: str, is_safe: bool) -> None:
    assert is_safe_href(href) is is_safe
    linked = block("go", Kind.PARAGRAPH, span(0, 2, "a", href))
    assert ("<a " in render_html([linked])) is is_safe
    assert ("](" in render_markdown([linked])) is is_safe


def test_backticks_in_code_get_a_longer_mark() -> None:
    assert render_markdown([block("a`b", Kind.LINE, span(0, 3, "code"))]) == "``a`b``"


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("a``b", (0, 4), "```a``b```"),
        ("`x`", (0, 3), "`` `x` ``"),
        ("use a_b*c", (4, 9), "use `a_b*c`"),
        (r"use \*", (4, 6), r"use `\*`"),
    ],
)
def test_code_stands_as_it_is(text: str, code: tuple[int, int], expected: str) -> None:
    assert render_markdown([block(text, Kind.PARAGRAPH, span(*code, "code"))]) == expected


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("質問：住民は", [(0, 3, "b")], "質問：住民は"),
        ("「安全」と言う", [(0, 4, "b")], "「安全」と言う"),
        ("He knew.Then", [(3, 8, "b")], "He knew.Then"),
        ("He knew. Then", [(3, 8, "b")], "He **knew.** Then"),
        ("He(knew)", [(2, 8, "b")], "He(knew)"),
        ("5€ a day", [(1, 2, "b")], "5€ a day"),
        ("council", [(0, 4, "b"), (4, 7, "b")], "**council**"),
        ("very bad", [(0, 4, "i"), (4, 8, "i")], "*very bad*"),
        ("mayorOlsen", [(0, 5, "i"), (5, 10, "b")], "*mayor*Olsen"),
        ("told", [(0, 4, "i"), (0, 4, "b")], "***told***"),
        ("so it is told", [(0, 13, "i"), (3, 5, "b")], "*so **it** is told*"),
        ("so it is told", [(0, 13, "i"), (0, 2, "b")], "*so it is told*"),
        ("council", [(0, 7, "i"), (2, 4, "b")], "*council*"),
        ("old report", [(0, 6, "b"), (4, 10, "a")], "**old** [**re**port](/x)"),
        ("the report", [(4, 10, "a"), (4, 10, "b")], "the [**report**](/x)"),
        ("the report", [(0, 10, "b"), (4, 10, "a")], "**the [report](/x)**"),
        ("the report.So", [(0, 11, "b"), (4, 11, "a")], "the [report.](/x)So"),
        ("a code b", [(0, 4, "b"), (2, 6, "code")], "**a** `code` b"),
        ("report", [(0, 6, "code"), (0, 6, "a")], "[`report`](/x)"),
    ],
)
def test_emphasis_stands_only_where_its_marks_are_marks(
    text: str, marks: list[tuple[int, int, str]], expected: str
) -> None:
    spans = [
        span(start, end, markup, "/x" if markup == "a" else "") for start, end, markup in marks
    ]
    assert render_markdown([block(text, Kind.PARAGRAPH, *spans)]) == expected


def items(*told: tuple[int, int | None] | tuple[int, int | None, int]) -> list[Block]:
    """Items of so many levels, with such numbers; the third number is that of the unit."""
    return [
        Block(
            index=place, text="abcdef"[place], verdict=KEEP, kind=Kind.LIST_ITEM,
            level=level, number=number, unit=unit[0] if unit else 10 + place,
        )
        for place, (level, number, *unit) in enumerate(told)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("told", "markdown", "html"),
    [
        ([(2, None), (2, None)], "- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        (
            [(1, None), (3, None), (3, None), (2, None), (1, None)],
            "- a\n    - b\n    - c\n    - d\n- e",
            "<ul><li>a<ul><li>b</li><li>c</li></ul><ul><li>d</li></ul></li><li>e</li></ul>",
        ),
        ([(3, None), (1, None)], "- a\n- b", "<ul><li>a</li></ul><ul><li>b</li></ul>"),
        ([(1, 3), (1, 4)], "3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ([(1, 1), (1, 3)], "1. a\n3. b", '<ol><li>a</li><li value="3">b</li></ol>'),
        (
            [(1, 1, 5), (1, 1, 5), (1, 2)],
            "1. a\n\n   b\n2. c",
            "<ol><li>a<p>b</p></li><li>c</li></ol>",
        ),
        (
            [(2, 1), (2, 2), (1, 2)],
            "1. a\n2. b\n\n2) c",
            '<ol><li>a</li><li>b</li></ol><ol start="2"><li>c</li></ol>',
        ),
        (
            [(1, None, 5), (2, None), (1, None, 5), (1, None)],
            "- a\n    - b\n\n  c\n- d",
            "<ul><li>a<ul><li>b</li></ul><p>c</p></li><li>d</li></ul>",
        ),
        (
            [(1, 1), (1, 2), (1, 1), (1, 2), (1, 1)],
            "1. a\n2. b\n\n1) c\n2) d\n\n1. e",
            "<ol><li>a</li><li>b</li></ol><ol><li>c</li><li>d</li></ol><ol><li>e</li></ol>",
        ),
        ([(1, 1), (1, None)], "1. a\n\n- b", "<ol><li>a</li></ol><ul><li>b</li></ul>"),
        (
            [(1, None), (2, 2), (1, None)],
            "- a\n\n    2. b\n- c",
            '<ul><li>a<ol start="2"><li>b</li></ol></li><li>c</li></ul>',
        ),
        (
            [(1, 1000), (2, None)],
            "1000. a\n      - b",
            '<ol start="1000"><li>a<ul><li>b</li></ul></li></ol>',
        ),
    ],
    ids=[
        "deep",
        "jump",
        "up",
        "start",
        "gap",
        "paragraph",
        "shallower",
        "after-inner",
        "anew",
        "sorts",
        "nested",
        "wide",
    ],
)
def test_lists_nest_by_levels_and_keep_their_numbers(
    told: list[tuple[int, int | None] | tuple[int, int | None, int]], markdown: str, html: str
) -> None:
    assert render_markdown(items(*told)) == markdown
    assert render_html(items(*told)) == f"<article>\n{html}\n</article>"


def test_cells_keep_their_links() -> None:
    linked = span(5, 11, "a", "/x|y"), span(12, 16, "b"), span(3, 11, "i")
    row = block("Team\tPoints\tA|B", Kind.TABLE_ROW, *linked)
    assert render_markdown([row]) == (
        "| Tea*m* | [*Points*](/x\\|y) | **A\\|B** |\n| --- | --- | --- |"
    )
    assert render_html([row]) == (
        "<article>\n<table><tr><td>Tea<em>m</em></td>"
        '<td><a href="/x|y"><em>Points</em></a></td><td><strong>A|B</strong></td></tr></table>\n'
        "</article>"
    )


def test_many_spans_of_a_row_are_written_in_time() -> None:
    spans = [span(at, at + 1, "b") for at in range(0, 40_000, 2)]
    row = block("w\t" * 20_000, Kind.TABLE_ROW, *spans)
    assert render_markdown([row]).count("**w**") == render_html([row]).count("<strong>") == 20_000


def test_a_line_end_in_an_address_is_no_line_of_text() -> None:
    told = block("go\non", Kind.PARAGRAPH, span(0, 2, "a", "http://x.test/a\nb"))
    assert 'b">go</a><br>on</p>' in render_html([told])


def test_quotations_and_tables_in_a_row_stay_apart() -> None:
    said = [
        Block(index=place, text=text, verdict=KEEP, kind=kind, unit=unit)
        for place, (text, kind, unit) in enumerate(
            [
                ("a", Kind.QUOTATION, 3), ("b", Kind.QUOTATION, 3), ("c", Kind.QUOTATION, 4),
                ("d", Kind.TABLE_ROW, 5), ("e", Kind.TABLE_ROW, 6), ("f", Kind.TABLE_ROW, 6),
            ]
        )
    ]  # fmt: skip
    assert render_markdown(said) == "\n\n".join(
        ("> a\n>\n> b", "> c", "| d |\n| --- |", "| e |\n| --- |\n| f |")
    )
    assert render_html(said).count("<blockquote>") == render_html(said).count("<table>") == 2


def test_link_after_an_exclamation_mark_is_no_image() -> None:
    told = block("What a day!the report", Kind.PARAGRAPH, span(11, 21, "a", "/x"))
    assert render_markdown([told]) == r"What a day\![the report](/x)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What is C #", r"## What is C \#"),
        ("C ## ", r"## C \## "),
        ("#", r"## \#"),
        ("C#", "## C#"),
    ],
)
def test_number_signs_that_end_a_heading_are_words(text: str, expected: str) -> None:
    assert render_markdown([block(text, Kind.HEADING, level=2)]) == expected


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/x?a=1&b=2", "/x?a=1&b=2"),
        ("/x?a=1&copy;2", "/x?a=1&amp;copy;2"),
        ("/a\u3000b\xa0c", "/a%E3%80%80b%C2%A0c"),
        ("/a*b`c", "/a%2Ab%60c"),
        ("/straße", "/straße"),
    ],
)
def test_address_of_a_link_comes_out_of_markdown_as_it_was(href: str, expected: str) -> None:
    linked = block("go", Kind.PARAGRAPH, span(0, 2, "a", href))
    assert render_markdown([linked]) == f"[go]({expected})"


@pytest.mark.parametrize("href", ["javascript&colon;alert(1)", "&#106;avascript:alert(1)"])
def test_entities_do_not_hide_what_runs_code(href: str) -> None:
    assert render_markdown([block("go", Kind.PARAGRAPH, span(0, 2, "a", href))]) == "go"


def test_many_spans_of_a_block_are_written_in_time() -> None:
    text = "ab " * 20_000
    spans = [span(at, at + 2, "abi"[at % 2], f"/{at}") for at in range(0, len(text), 3)]
    assert render_markdown([block(text, Kind.PARAGRAPH, *spans)]).count("](") == 10_000


def test_article_offers_both_forms() -> None:
    article = Article(text="Hi", blocks=(block("Hi"),))
    assert article.markdown == "Hi"
    assert article.html == "<article>\n<p>Hi</p>\n</article>"
