"""What parsing costs is known before it begins: never too little, and hardly too much."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest

from cleaners.dom import Node, parse_html
from cleaners.errors import PageTooComplex
from cleaners.source import hostile, openstack
from cleaners.source.hostile import refuse_hostile
from cleaners.source.nesting import refuse_nesting
from cleaners.source.tagsoup import TagSoup

_NAMES = (  # noqa: SIM905 - names read better as lines of words
    "div span p b i font a li ul ol td tr table tbody caption th svg g path math mi title "
    "foreignObject desc style script form select option button h1 h2 section dd dt dl object "
    "template nobr noscript x-y textarea center em col colgroup input br dialog ruby rt applet"
).split()
_TEXTS = ("x", " ", "<!--c-->", "<![CDATA[ a>b ]]>", "</svg>", "</table>", "</div>", "</p>")
_ATTRIBUTES = ("", "", " x=1", " x=2", "/", ' a="</div>"', " q='>' ")
_REPEATS = 80
_LIMIT = 60
# The parser's own `<html>`, `<head>` and `<tbody>`, and what one repetition may add.
_SLACK = 25


def make_unit(chance: random.Random, known: Sequence[str] = _NAMES) -> str:
    names = chance.sample(known, min(len(known), chance.choice((2, 3, 4, 5, 8))))
    parts = []
    for _ in range(chance.choice((3, 4, 6, 8, 12))):
        draw = chance.random()
        if draw < 0.08:
            parts.append(chance.choice(_TEXTS))
        elif draw < 0.55:
            parts.append(f"<{chance.choice(names)}{chance.choice(_ATTRIBUTES)}>")
        else:
            parts.append(f"</{chance.choice(names)}>")
    return "".join(parts)


def measure_depth(html: str) -> int:
    deepest = 0
    stack: list[tuple[Node | None, int]] = [(parse_html(html).root, 1)]
    while stack:
        node, depth = stack.pop()
        while node is not None:
            deepest = max(deepest, depth)
            if node.first_child is not None:
                stack.append((node.first_child, depth + 1))
            node = node.next
    return deepest


@pytest.mark.parametrize("batch", range(3))
def test_whatever_the_parser_nests_is_counted(batch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openstack, "MAX_DEPTH", _LIMIT)
    deep = 0
    for seed in range(batch * 200, batch * 200 + 200):
        page = make_unit(random.Random(seed)) * _REPEATS
        if measure_depth(page) > _LIMIT + _SLACK:
            deep += 1
            with pytest.raises(PageTooComplex):
                refuse_nesting(page.encode())
    assert deep > 10


# What the quick count leaves out, and among what that nests after all.
_LEFT_OUT = ("td", "th", "tr", "p", "hr", "p", "td")
_AROUND = ("table", "template", "svg", "math", "button", "object", "marquee", "select", "tr", "div")
_MAX_LOOKS = 15_000


_NESTING = (
    "<table><tbody><tr><td>",
    "<table><tbody><tr><th><p>",
    "<table><caption><p>",
    "<object><p>",
    "<applet><p><marquee><p>",
    "<template><tr><td>",
    "<template><p>",
    "<table><tbody><p>",
    "<div><p>",
    "<div><hr><td><p>",
)


def make_nesting(chance: random.Random) -> str:
    names = (*_LEFT_OUT, *chance.sample(_AROUND, chance.choice((0, 0, 1, 2))))
    unit = make_unit(chance, names)
    return make_unit(chance, _AROUND) + unit * chance.choice((100, 150, 300))


@pytest.mark.parametrize("batch", range(4))
def test_elements_left_out_of_the_quick_count_never_nest(
    batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [make_nesting(random.Random(seed)) for seed in range(batch * 200, batch * 200 + 200)]
    pages += [unit * number for unit in _NESTING for number in range(30 + batch, 300, 11)]
    deep = passed = 0
    for page in pages:
        depth = measure_depth(page)
        deep += depth**2 / 2 > _MAX_LOOKS
        codes = np.frombuffer(page.encode(), np.uint8)
        places = np.flatnonzero(codes == ord("<"))
        with monkeypatch.context() as patch:
            patch.setattr(hostile, "_MAX_LOOKS", _MAX_LOOKS)
            patch.setattr(hostile, "_PIECE_TAGS", 20)
            if not hostile.looks_at_few(page.encode(), places, codes.take(places + 1) | 32):
                continue
        passed += 1
        # The parser's own elements are counted elsewhere.
        assert (depth - _SLACK) ** 2 / 2 <= _MAX_LOOKS, page
    assert deep > 20
    assert passed > 50


_ORDINARY = {
    "lists whose items never close": "<ul><li>a<li>b<li><a href=x>c</a></ul>",
    "tables whose cells never close": "<table><tr><td>a<td><p>b<tr><th>c</table>",
    "one long table": "<tr><td><b>x</b></td><td><font size=2>y</font></td></tr>",
    "paragraphs that never close": "<p>a <b>b</b> <i>c</i>",
    "crossed tags": "<p><b>x</p></b><a href=y><div>z</a></div>",
    "icons": "<svg><title>x</title><g><path d='M0'/><circle r=1></g></svg><p>y</p>",
    "forms in tables": "<table><form><tr><td><input></td></tr></form></table>",
    "scripts that write tags": "<script>w('<div><div>')</script><style>a>b{}</style><p>x",
    "definition lists": "<dl><dt>a<dd>b<dt>c</dl>",
    "selects": "<select><option>a<option>b</select>",
    "templates": "<template><tr><td>x</template><template><div>y</div></template>",
    "headings": "<h1>a</h1><h2>b<h3>c</h3>",
    "buttons and objects": "<button>a<object><p>b</object></button><math><mi>x</mi></math>",
    "drawn HTML": "<svg><foreignObject><div>a</div></foreignObject><![CDATA[x]]></svg>",
    "long lists": "<li>x",
    "raw text": "<textarea><div></textarea><iframe><div></iframe><!-- <div> --><xmp><p></xmp>",
}


@pytest.mark.parametrize("unit", _ORDINARY.values(), ids=_ORDINARY.keys())
def test_ordinary_markup_at_any_length_is_read(unit: str) -> None:
    start = "<table>" if unit.startswith("<tr>") else "<div>"
    refuse_nesting((start + unit * 6_000).encode())


_HOSTILE = {
    "end tags of nothing pay for no depth": "<div></zzz>" * 6_000,
    "inline elements": "<b></zzz>" * 20_000,
    "formatting in every block": "".join(f"<p><font x={n}>" for n in range(4_000)),
    "formatting and markers": "<object>" + "".join(f"<p><b x={n}>" for n in range(4_000)),
    "paragraph ends in a deep tree": "<div>" * 4_900 + "</p>" * 100_000,
    "tables in tables": "<table><tr><td>" * 3_000,
    "framesets": "<frameset>" * 6_000,
    "end tags in comments": "<div><!-- </div> -->" * 6_000,
    "end tags in values": '<div><p title="</div>">' * 6_000,
    "end tags in scripts": "<div><script><!--<script></script></div></script>--></script>" * 6_000,
    "drawings": "<svg>" * 6_000,
    "attributes on one tag": "<p " + " ".join(f'a{n}="<"' for n in range(20_000)) + ">",
    "attributes of values that end": "<p " + " ".join(f'a{n}=">"' for n in range(20_000)) + ">",
    "attributes for the body": "".join(f"<body a{n}=1>" for n in range(20_000)),
    "names": "".join(f"<x{n}>y</x{n}>" for n in range(60_000)),
    "names of attributes": "".join(f"<p x{n}=1>y" for n in range(60_000)),
    "drawn style that hides tags": "<svg></p><style><g></style>" * 6_000,
    "drawn sections that hide tags": "<svg></p><![CDATA[ > <g> ]]>" * 6_000,
}


@pytest.mark.parametrize("page", _HOSTILE.values(), ids=_HOSTILE.keys())
def test_page_that_would_stall_the_parser_is_refused(page: str) -> None:
    with pytest.raises(PageTooComplex):
        refuse_nesting(page.encode())


@pytest.mark.parametrize("quote", ['"<"', '">"', "'>'", '"><a"', "1", '">="'])
def test_tag_of_many_attributes_is_found_whatever_its_values_hold(quote: str) -> None:
    page = "<p>x</p>" * 500 + "<p " + " ".join(f"a{n}={quote}" for n in range(20_000)) + ">y"
    with pytest.raises(PageTooComplex, match="attributes"):
        refuse_hostile(page.encode())


def test_many_elements_that_close_are_read_without_a_drawing() -> None:
    refuse_hostile(b"<select>" + b"<applet></applet>" * 20_000)


def test_many_tags_of_many_attributes_are_too_many() -> None:
    tag = "<p " + " ".join(f"a{n:x}" for n in range(2_000)) + ">x"
    with pytest.raises(PageTooComplex, match="attributes"):
        refuse_hostile((tag * 500).encode())


def test_many_bodies_of_few_attributes_are_read() -> None:
    attributes = " ".join(f"a{n}" for n in range(15_000))
    page = "<body class=a id=b><html lang=en>" * 300 + f"<p {attributes[:90_000]}>x" * 2
    with pytest.raises(PageTooComplex, match="attributes"):
        refuse_hostile(page.encode())
    refuse_hostile(page.replace("<p ", "<p><!-- ").encode())


def test_many_bodies_are_one_tag() -> None:
    with pytest.raises(PageTooComplex, match="attributes"):
        refuse_hostile("".join(f"<BODY a{n}=1>" for n in range(20_000)).encode())


def test_formatting_that_is_opened_again_is_found_on_a_small_page() -> None:
    with pytest.raises(PageTooComplex, match="formatting"):
        refuse_hostile("".join(f"<p><font x={n}>" for n in range(4_000)).encode())


_FORMATTING = ("b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u")


@pytest.mark.parametrize("name", _FORMATTING)
@pytest.mark.parametrize("end", [" ", "\n", "\t", "/"])
def test_no_formatting_element_is_overlooked(name: str, end: str) -> None:
    page = "".join(f"<p><{name.title()}{end}x={n}>" for n in range(1_500))
    with pytest.raises(PageTooComplex, match="formatting"):
        refuse_hostile(page.encode())


@pytest.mark.parametrize(
    "unit",
    [
        "<p><b x{n}><i>y</i>",
        "<p><I {n:04d}>",
        "<p><b x={n}>y<b\v z></b\v>",
        "<p><b x={n}>y</b><!-- --></b x><b y={n}>",
        "<p><b title='</b>' x{n}>z",
    ],
)
def test_formatting_that_stays_open_is_not_taken_for_closed(unit: str) -> None:
    with pytest.raises(PageTooComplex, match="formatting"):
        refuse_hostile("".join(unit.format(n=n) for n in range(2_500)).encode())


def test_formatting_that_holds_only_text_is_read_at_any_length() -> None:
    page = "".join(f"<p><font color={n}>x</font> <B>y</B>" for n in range(10_000))
    refuse_hostile(page.encode())


@pytest.mark.parametrize("before", range(0, 14_000, 1_700))
def test_tag_of_many_attributes_is_found_wherever_it_begins(before: int) -> None:
    attributes = " ".join(f"a{n}" for n in range(20_000))
    page = "<p>x</p>" * (before // 8) + f"<p {attributes}>y" + "<p>x</p>" * 500
    with pytest.raises(PageTooComplex, match="attributes"):
        refuse_hostile(page.encode())


def test_long_values_and_scripts_are_no_long_tags() -> None:
    page = (
        f"<p data-x=\"{'a b ' * 20_000}\" onclick='a > b'>"
        f'<script>for(i=0;i<n;i++){{{"x y " * 20_000}}}</script><p title="a" \n>'
    )
    refuse_hostile((page * 3).encode())


def test_tags_come_as_a_parser_sees_them() -> None:
    soup = TagSoup(
        b"<A x='>'/><!--><b>--><!-- <i> --!></Em ><br/><p a=b/><?x <q>></ zz></><![CDATA[<s>]]><u"
    )
    seen = []
    while (tag := soup.next_tag()) is not None:
        if tag.name == b"![cdata[":
            soup.pass_bogus()
            continue
        seen.append((tag.name, tag.is_end, tag.is_self_closing))
    assert seen == [
        (b"a", False, True),
        (b"b", False, False),
        (b"em", True, False),
        (b"br", False, True),
        (b"p", False, False),
    ]
