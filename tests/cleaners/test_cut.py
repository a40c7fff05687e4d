"""From a document to blocks and containers."""

import pytest
from pace import within

from cleaners.cut import cut_blocks
from cleaners.cutting.columns import TIME_MARK, Cut
from cleaners.cutting.tags import BIT, BODY_BIT, DIALOG_BIT, HIDDEN_BIT, SORT, SORTS
from cleaners.dom import parse_html


def cut(html: str) -> Cut:
    return cut_blocks(parse_html(html))


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("", []),
        ("<p>One</p><p>Two</p>", ["One", "Two"]),
        ("text in the body", ["text in the body"]),
        ("<p>a <b>bold</b>, <i>it</i>alic</p>", ["a bold, italic"]),
        ("<p>one<br>line</p>", ["one line"]),
        ("<p>one<br><br>two</p>", ["one", "two"]),
        ("<p>one<br> <br>two</p>", ["one", "two"]),
        ("<p>one<span class='x br'></span>line</p>", ["one line"]),
        ("<p>one<span class=br></span><span class=br></span>two</p>", ["one", "two"]),
        ("<p>on<span class=bread></span>e<i></i> <span class=br>li</span>ne</p>", ["one line"]),
        ("<div>before<p>in</p>after</div>", ["before", "in", "after"]),
        ("<table><tr><td>a</td><td>b</td></tr></table>", ["a", "b"]),
        ("<dl><dt>term</dt><dd>what</dd></dl>", ["term", "what"]),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", ["a", "b"]),
        ("<p>a<script>var b</script><style>c</style>d</p>", ["ad"]),
        ("<p>text</p><noscript><p>copy</p></noscript>", ["text"]),
        ("<noscript><iframe src=a /></noscript><p>text</p>", ["text"]),
        ("<head><noscript><p>enable</p></noscript><title>t</title></head><p>text</p>", ["text"]),
        ("<x-card><y-text>custom</y-text></x-card>", ["custom"]),
        ("<p>the <x-term>euro</x-term>, and <x-i></x-i> more</p>", ["the euro, and more"]),
        ("<p>in <s:c><s:p>Leeds</s:p></s:c> was</p>", ["in Leeds was"]),
        ("<p>in <!-- --><x-h>the</x-h><!-- --> town</p>", ["in the town"]),
        ("<p>a <b>b</b> <x-i>c</x-i></p>", ["a b c"]),
        ("<p>in <button>administration</button> since</p>", ["in administration since"]),
        ("<h3> <button>How did it start?</button></h3><p>x", ["How did it start?", "x"]),
        (
            "<dt><button aria-expanded=false><b>Who pays for it?</b></button></dt><dd>Nobody",
            ["Who pays for it?", "Nobody"],
        ),
        ("<div><button>Who pays for it?</button></div><p>x", ["Who pays for it?", "x"]),
        ("<div><button data-toggle=c>Who has to pay</button></div><p>x", ["Who has to pay", "x"]),
        ("<div><button>Who pays?</button></div><p>x", ["Who pays?", "x"]),
        ("<div><button>Really?</button></div><p>x", ["x"]),
        ("<div><button aria-expanded=false>Share</button></div><p>x", ["x"]),
        ("<div><button>Send us a tip</button></div><p>x", ["x"]),
        ("<p>橋は閉鎖へ<br>　市は月曜<br>日に決めた", ["橋は閉鎖へ", "市は月曜 日に決めた"]),
        ("<p>結果<br>■男子<br>■女子", ["結果", "■男子", "■女子"]),
        ("<p>&zwj;</p><p>\u200b \ufeff</p><p>a\u00adb</p>", ["a\u00adb"]),
        ("<p>It is over.\u200b</p><p>It is. \u2060</p>", ["It is over.", "It is."]),
        ("<h3>Title <button>Share</button></h3><p>end <button>more</button></p>", ["Title", "end"]),
        ("<object data=a.swf />text<p>more", ["text", "more"]),
        ("<map name=m><area><p>text", ["text"]),
        ("<p>if <math><mi>Q</mi><mo>=</mo><mn>1</mn></math>, then", ["if Q=1, then"]),
        (
            "<p><math><semantics><mrow><mi>x</mi></mrow><annotation>\\x</annotation></semantics></math>",
            ["x"],
        ),
        (
            "<p>a <x-tip><x-label>Jersey firm</x-label><x-icon></x-icon></x-tip> of two</p>",
            ["a Jersey firm of two"],
        ),
        ("<math> <semantics> <mrow><mi>x</mi></mrow></semantics></math>", ["x"]),
        ("<p>About <math><mfrac><mn>3</mn><mn>4</mn></mfrac></math> of it", ["About 3/4 of it"]),
        ("<p><math><msup><mn>10</mn> <mn>6</mn></msup></math> bricks", ["10^6 bricks"]),
        (
            "<span><span><math><mi>F</mi></math></span><i aria-hidden=true>F</i></span> <i>is</i>",
            ["F is"],
        ),
        ("<p><ruby>京<rp>(</rp><rt>きょう</rt></ruby>に行く", ["京に行く"]),
        ("a<bgsound src=x>b<basefont size=2>c<noframes><p>no</p></noframes>", ["abc"]),
        ("<div><template shadowroot=open>old</template></div>", ["old"]),
        (
            "<p>1</p><template id=B:0></template><p>3</p><div hidden id=S:0><p>2</p></div><p>4</p>",
            ["1", "2", "3", "4"],
        ),
        ("<template id=B:0></template><template id=B:0></template><p hidden id=S:1>x", ["x"]),
        ("text <x-card><p>in a card</p></x-card>", ["text", "in a card"]),
        ("<x-a>one</x-a> <x-a>two</x-a>", ["one", "two"]),
        ("<p>a<template><p>never shown</p></template>b</p>", ["ab"]),
        ("<x-a><template shadowrootmode=open>in<i>s</i></template>light</x-a>", ["ins", "light"]),
        ("<x-a><template shadowrootmode=closed><p>b <slot>c</slot></template></x-a>", ["b c"]),
        ("<div><template shadowrootmode=open><u><template shadowrootmode=open>x", ["x"]),
        ("<p> \n\t </p><p>x</p>", ["x"]),
        ("<p>&nbsp;</p>", []),
        ("<pre>\n a\n  b\n</pre>", [" a\n  b"]),
        ("<pre>a<br><br>b<br>c</pre>", ["a\n\nb\nc"]),
        ("<pre><span>a</span>\n<span>b</span></pre>", ["a\nb"]),
    ],
)
def test_nothing_is_lost_and_nothing_glued(html, texts):
    assert cut(html).texts == texts


def test_a_block_knows_its_links_and_strong_text():
    columns = cut('<p><a href="/x">four</a> and <b>bold</b></p>')
    assert columns.link_chars == [4]
    assert columns.link_counts == [1]
    assert list(columns.arrays.strong_chars) == [4]


def test_white_space_of_the_markup_does_not_count_as_link():
    columns = cut("<p><a href=/x>\n      a link\n      on two lines\n    </a> and more</p>")
    assert columns.texts == ["a link on two lines and more"]
    assert columns.link_chars == [len("a link on two lines")]


@pytest.mark.parametrize(
    ("html", "length"),
    [
        ("<p>abc <a href=/x>  x  y  </a> tail</p>", len("x y")),
        ("<pre><a href=/x>a\n        b\n</a></pre>", len("a\n        b\n")),
    ],
)
def test_links_are_as_long_as_their_text_is_here(html, length):
    assert list(cut(html).link_chars) == [length]


def test_an_image_link_does_not_count_for_the_next_block():
    columns = cut('<div><a href="/x"><img src="y"></a></div><p>text</p>')
    assert columns.link_counts == [0]
    assert list(columns.marks) == [0]


def test_a_date_line_carries_a_mark():
    assert list(cut("<p><time>Monday</time></p>").marks) == [TIME_MARK]


def test_a_block_knows_what_its_first_inline_element_calls_itself():
    columns = cut('<p><span class="lead" itemprop="name">x</span></p><p>y</p>')
    assert columns.inner_keys == ["lead name", ""]


def test_containers_know_their_parents_and_all_they_hold():
    columns = cut("<div><section><p>a</p></section></div><p>b</p>")
    assert [SORTS[sort] for sort in columns.sorts] == ["body", "div", "section", "p", "p"]
    assert list(columns.parents) == [-1, 0, 1, 2, 0]
    assert list(columns.ends) == [4, 3, 3, 3, 4]
    assert list(columns.arrays.depths) == [0, 1, 2, 3, 1]
    assert list(columns.homes) == [3, 4]


def test_a_container_is_named_by_class_id_role_and_itemprop():
    columns = cut('<div class="a b" id="c" role="main" itemprop="articleBody">x</div>')
    assert columns.keys == ["", "a b c role_main ip_articleBody"]
    assert columns.bits[1] & BODY_BIT


def test_what_a_container_is_holds_for_all_inside():
    columns = cut("<nav><div><p>x</p></div></nav><p>y</p>")
    assert [bool(columns.bits[home] & BIT["nav"]) for home in columns.homes] == [True, False]


@pytest.mark.parametrize(
    "attribute", ["hidden", 'aria-hidden="true"', 'style="color: red; display: none"']
)
def test_hidden_text_is_cut_and_marked(attribute):
    columns = cut(f"<div {attribute}><p>x</p></div>")
    assert columns.texts == ["x"]
    assert columns.bits[columns.homes[0]] & HIDDEN_BIT


def test_panel_whose_tab_is_not_open_is_not_hidden():
    columns = cut('<div role="tabpanel" hidden><p>x</p></div>')
    assert not columns.bits[columns.homes[0]] & HIDDEN_BIT


@pytest.mark.parametrize("element", ["dialog", "div role=dialog", 'div aria-modal="true"'])
def test_what_opens_over_the_page_is_cut_and_marked(element):
    columns = cut(f"<{element}><p>x</p></{element.split()[0]}><p>y</p>")
    assert [bool(columns.bits[home] & DIALOG_BIT) for home in columns.homes] == [True, False]


def test_deep_nesting_does_not_end_the_walk():
    columns = cut("<i><div>" * 2_000 + "deep")
    assert columns.texts == ["deep"]
    assert columns.arrays.depths[-1] == 2_000


@pytest.mark.parametrize(
    "page",
    ["<p>" + "<a href=x>word</a> " * 20_000, "<b>" * 4_000 + "<p>x</p>" * 4_000],
    ids=["many links in one block", "many open elements around many blocks"],
)
def test_markup_of_any_number_of_elements_is_read_in_time(page):
    document = parse_html(page)
    with within(3):
        columns = cut_blocks(document, with_markup=True)
    assert all(spans for spans in columns.spans)


def test_spans_are_placed_in_the_collapsed_text():
    columns = cut_blocks(
        parse_html("<p>\n a <b> b\n c</b>d <i> </i><a href=y>\n e </a><br> f<em>g<br><br>h</em>"),
        with_markup=True,
    )
    assert columns.texts == ["a b cd e fg", "h"]
    marked = [
        [(text[span.start : span.end], span.markup, span.href) for span in spans]
        for text, spans in zip(columns.texts, columns.spans, strict=True)
    ]
    assert marked == [[("b c", "b", ""), ("e", "a", "y"), ("g", "i", "")], [("h", "i", "")]]


def test_line_break_after_a_whole_sentence_ends_a_paragraph():
    told = "The council voted on Tuesday to keep the ferry running through the winter, they said."
    soft = "The harbour master said that the boats were ready and that all the crews"
    quoted = "“Nobody will be left behind on the islands this winter,” said the mayor (a sailor.)"
    page = f"<div>{told}<br>{soft}<br>would be paid.<br />{quoted}<br>Yes.<br>No.</div>"
    assert cut(page).texts == [told, f"{soft} would be paid.", quoted, "Yes. No."]


@pytest.mark.parametrize(
    ("told", "number"),
    [
        ("<i>The ferry is to sail again from Monday on, said the harbour master.</i> <br>x", 2),
        ("The ferry is to sail again from Monday on, said the harbour master.[1]<br>x", 2),
        ("सोमवार से नौका फिर चलेगी, बंदरगाह के प्रमुख ने कहा, और लोगों ने उनकी बात मानी।<br>x", 2),
        ("<li>The ferry is to sail again from Monday on, said the harbour master.<br>x", 1),
        ("<table><td>The ferry is to sail from Monday on, said the harbour master.<br>x", 1),
    ],
)
def test_line_break_parts_paragraphs_but_no_items_and_cells(told, number):
    assert len(cut(f"<div>{told}</div>").texts) == number


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("10<sup>15</sup> bytes", "10^15 bytes"),
        ("<b>20,000</b><sup>6</sup>", "20,000^6"),
        ("10<sup>−6</sup>", "10^−6"),
        ("in 2010<sup><a href='#n'>4</a></sup>", "in 2010^4"),
        ("$1,999<sup>99</sup> at 17<sup>00</sup>", "$1,999.99 at 17.00"),
        ("12 m<sup>2</sup>", "12 m2"),
        ("4 <sup>1</sup>/<sub>2</sub>", "4 1/2"),
        ("the 4<sup>th</sup>", "the 4th"),
        ("<sup>1</sup> Source", "1 Source"),
    ],
)
def test_raised_digits_are_no_digits_of_the_number_before_them(markup: str, text: str) -> None:
    assert cut(f"<p>{markup}</p>").texts == [text]
    assert cut_blocks(parse_html(f"<p>{markup}</p>"), with_markup=True).texts == [text]


def test_line_break_after_a_sentence_in_a_script_without_spaces_ends_a_paragraph():
    told = "二十日、隅田川で花火大会が開かれ、多くの人が集まった。"
    assert cut(f"<div>{told}<br>　天気は晴れ。<br>次の日</div>").texts == [
        told,
        "天気は晴れ。 次の日",
    ]


def test_anchor_and_heading_that_links_to_itself_are_no_links() -> None:
    page = """<h2><a name=x>One</a></h2><h2><a href="#two">Two</a></h2><h2><a href=/3>Three</a></h2>
        <p>note <a href="#n1">1</a>"""
    made = cut(page)
    assert list(made.link_chars) == [0, 0, 5, 1]
    assert list(made.link_counts) == [0, 0, 1, 1]


def test_elements_marked_up_alike_are_so_whatever_their_own_ids() -> None:
    page = """<div id=main class=text><p id=a>x</p><p id=b>y</p><p>z</p><p class=c id=d>1</p>
        <p class=c>2</p></div><div id=side class=text><p id=e>3</p></div>
        <div id=part-1>4</div><div id=part-2>5</div>"""
    made = cut(page)
    marks = [made.mark(home) for home in made.homes]
    assert marks[0] == marks[1] == marks[2] != marks[3] == marks[4]
    assert marks[5] != marks[0]
    assert marks[6] == marks[7]
    main, side = (made.parents[made.homes[index]] for index in (0, 5))
    assert made.mark(main) != made.mark(side)


def test_summary_of_details_is_a_heading() -> None:
    made = cut("<details><summary>Who pays?</summary><p>Nobody.</p></details>")
    assert [made.sorts[home] for home in made.homes] == [SORT["h4"], SORT["p"]]


def test_container_in_a_heading_is_that_heading() -> None:
    made = cut("<h3><div>Nine weeks</div></h3><div>x</div>")
    assert [made.sorts[home] for home in made.homes] == [SORT["h3"], SORT["div"]]


def test_markup_around_unseen_signs_at_the_end_stops_with_the_text() -> None:
    made = cut_blocks(parse_html("<p>One <b>two.\u200b</b></p>"), with_markup=True)
    assert made.texts == ["One two."]
    assert [[(span.start, span.end) for span in spans] for spans in made.spans] == [[(4, 8)]]


def test_block_of_unseen_signs_leaves_no_markup_behind() -> None:
    page = "<p><a href=/x><b>\u200b</b></a></p><p>One <b>two</b></p>"
    made = cut_blocks(parse_html(page), with_markup=True)
    assert made.texts == ["One two"]
    assert [[(span.start, span.end) for span in spans] for spans in made.spans] == [[(4, 7)]]
