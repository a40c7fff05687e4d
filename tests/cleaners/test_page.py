"""The main path: a page in, an article out."""

import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from pace import within

from cleaners import Block, CleanConfig, Kind, Reason, TextConfig, Verdict, clean_html
from cleaners.errors import ConfigError, PageTooComplex, PageTooLarge
from cleaners.page import drop_residue

KEPT = Verdict(keep=True, reason=Reason.ARTICLE, score=0.6)

BODY = """\
The harbour wall that shelters the old town gave way on Tuesday night after hours of heavy\
 seas, the council said, and forty families were moved to the school.
Engineers had warned in the spring that the stones at its foot were loose, and that anothe\
r winter of storms from the north might carry them off for good.
“We heard a noise like thunder, and then the water was in the street,” said Marta Lind, wh\
o has kept the bakery on the quay for thirty years.
The mayor promised that the wall would be rebuilt before the autumn, and said that the cos\
t of the work, about four million, would be shared with the region.
Fishing boats that lay inside the harbour were towed to the next bay, and none was lost, a\
ccording to the harbour master, who spoke to reporters on Wednesday.
""".splitlines()
MENU = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("News", "Sport", "Culture"))
PAGE = f"""<!doctype html><html lang="en"><head><title>Harbour wall gives way | The Quay</title>
<meta property="og:title" content="Harbour wall gives way"></head><body>
<nav><ul>{MENU}</ul></nav>
<main><article class="article"><h1>Harbour wall gives way</h1>
<div class="article-body">{"".join(f"<p>{text}</p>" for text in BODY)}</div></article></main>
<aside class="related"><ul>{
    "".join(f'<li><a href="/{n}">Story number {n}</a></li>' for n in range(9))
}</ul></aside><footer class="footer"><p>© The Quay</p></footer></body></html>"""


def test_the_article_is_kept_whole_and_nothing_else():
    assert clean_html(PAGE).text.split("\n") == BODY


def test_every_block_has_a_verdict_in_document_order():
    article = clean_html(PAGE)
    assert [block.index for block in article.blocks] == list(range(len(article.blocks)))
    assert all(block.verdict.score is not None for block in article.blocks)
    kinds = {block.text: block.kind for block in article.blocks}
    assert kinds["Harbour wall gives way"] is Kind.TITLE
    assert kinds["News"] is Kind.LIST_ITEM
    assert kinds[BODY[0]] is Kind.PARAGRAPH
    assert {block.text for block in article.removed} >= {"News", "© The Quay"}


def test_links_and_place_of_a_block_are_told():
    blocks = {block.text: block for block in clean_html(PAGE).blocks}
    assert blocks["News"].link_density == 1.0
    assert blocks["News"].path == "nav > ul > li"
    assert blocks[BODY[0]].link_density == 0.0


def test_bytes_and_text_give_the_same_article():
    assert clean_html(PAGE.encode()) == clean_html(PAGE)


def test_metadata_is_read_unless_it_is_off():
    assert clean_html(PAGE).title == "Harbour wall gives way"
    assert clean_html(PAGE, config=CleanConfig(with_metadata=False)).title == ""


def test_confidence_is_a_probability_and_high_on_a_plain_page():
    assert 0.5 < clean_html(PAGE).confidence <= 1.0


@pytest.mark.parametrize("page", ["", b"", "<html></html>", "<script>x</script>", "   "])
def test_a_page_without_text_is_empty_and_says_so(page):
    article = clean_html(page, url="https://quay.example/x")
    assert article.is_empty
    assert article.confidence == 0.0
    assert article.empty_reason == "the page shows no text"
    assert article.url == "https://quay.example/x"


def test_a_page_of_links_alone_is_empty_and_says_so():
    article = clean_html(f"<title>Quay</title><nav><ul>{MENU}</ul></nav>")
    assert article.is_empty
    assert article.empty_reason
    assert not any(block.verdict.keep for block in article.blocks)


def test_headline_byline_and_captions_are_kept_on_request() -> None:
    above = {
        "keep_title": ["Harbour wall gives way"],
        "keep_byline": ["By Ada Quill", "4 May 2024"],
        "keep_captions": ["The quay at noon."],
    }
    figure = "<figure><img src=a.jpg><figcaption>{}</figcaption></figure>"
    page = PAGE.replace(
        "</h1>",
        "</h1><p class=byline>By Ada Quill</p><time>4 May 2024</time>"
        + figure.format("The quay at noon."),
    ).replace("<aside", f"<aside>{figure.format('Our new app.')}</aside><aside")
    for name, lines in above.items():
        article = clean_html(page, config=CleanConfig(**{name: True}))
        assert article.text.split("\n") == [*lines, *BODY]
    everything = CleanConfig(**dict.fromkeys(above, True))
    lines = [line for some in above.values() for line in some]
    assert clean_html(page, config=everything).text.split("\n") == [*lines, *BODY]
    assert clean_html("<h1>The harbour froze over</h1>", config=everything).text == ""


def test_residue_rules_run_over_kept_blocks_unless_they_are_off():
    prompt = "Sign up to our newsletter"
    page = PAGE.replace(BODY[2], f"{BODY[2]}</p><p>{prompt}")
    assert prompt not in clean_html(page).text
    off = clean_html(page, config=CleanConfig(residue_rules=False))
    assert all(block.verdict.reason is not Reason.NEWSLETTER for block in off.blocks)


LINK = "Two held after the fire at the mill"


@pytest.mark.parametrize(
    "block",
    [
        Block(index=2, text=LINK, verdict=KEPT, kind=Kind.HEADING),
        Block(index=2, text=LINK, verdict=replace(KEPT, score=0.9)),
        Block(index=4, text=LINK, verdict=KEPT),
        Block(index=2, text=LINK, verdict=KEPT, link_density=1.0),
    ],
)
def test_only_what_may_be_a_link_falls_with_the_heading_before_it(block: Block) -> None:
    texts = [BODY[0], "Read also", *BODY[1:]]
    first, head, *rest = (
        Block(index=index + 5 * (index > 1), text=text, verdict=KEPT)
        for index, text in enumerate(texts)
    )
    left = drop_residue((first, head, block, *rest), lang="en", rules=None, memory=None, site="")
    assert [each.text for each in left if not each.verdict.keep] == [
        head.text,
        *([LINK] if block.link_density else []),
    ]


STEPS = ("Open the page of the city library.", "Log in to your account.", "Choose a branch.")


def left_of_list(items: tuple[str, ...], kind: Kind = Kind.LIST_ITEM) -> list[str]:
    """What is left of items that stand between two paragraphs."""
    texts = [BODY[0], *items, BODY[1]]
    blocks = tuple(
        Block(index=at, text=text, verdict=KEPT, kind=kind if text in items else Kind.PARAGRAPH)
        for at, text in enumerate(texts)
    )
    left = drop_residue(blocks, lang="en", rules=None, memory=None, site="")
    return [each.text for each in left if each.verdict.keep and each.text in items]


def test_step_of_instructions_that_is_worded_as_a_prompt_stays() -> None:
    assert left_of_list(STEPS) == list(STEPS)
    assert left_of_list(STEPS, Kind.PARAGRAPH) == [STEPS[0], STEPS[2]]
    prompts = ("Log in to your account.", "Follow us on Facebook.", "Choose a branch.")
    assert left_of_list(prompts) == ["Choose a branch."]


@pytest.mark.parametrize(
    ("score", "after", "stays"),
    [(0.8, BODY[0], True), (0.3, BODY[0], False), (0.8, "It froze.", False)],
)
def test_heading_over_the_story_that_is_worded_as_a_prompt_stays(
    score: float, after: str, *, stays: bool
) -> None:
    told = replace(KEPT, score=0.99)
    head = Block(index=1, text="Log in to your account.", verdict=replace(KEPT, score=score))
    texts = (BODY[1], head.text, after, BODY[0])
    first, _, *rest = (Block(index=at, text=text, verdict=told) for at, text in enumerate(texts))
    blocks = (first, replace(head, kind=Kind.HEADING), *rest)
    left = drop_residue(blocks, lang="en", rules=None, memory=None, site="")
    assert left[1].verdict.keep is stays


@pytest.mark.parametrize(("place", "stays"), [(0, True), (3, False)])
def test_long_notice_that_the_judge_is_sure_of_falls_at_the_end_alone(
    place: int, *, stays: bool
) -> None:
    notice = (
        "This post contains affiliate links. If you buy something through one of our links, we may "
        "earn a small commission at no additional cost to you."
    )
    texts = [BODY[0], BODY[1], BODY[0]]
    texts.insert(place, notice)
    sure = replace(KEPT, score=0.99)
    blocks = tuple(Block(index=at, text=text, verdict=sure) for at, text in enumerate(texts))
    left = drop_residue(blocks, lang="en", rules=None, memory=None, site="")
    assert left[place].verdict.keep is stays


def test_an_added_nav_changes_nothing():
    page = PAGE.replace("<main>", f"<nav><ul>{MENU}{MENU}</ul></nav><main>")
    assert clean_html(page).text == clean_html(PAGE).text


def test_kept_text_stands_in_the_page_in_order():
    position = 0
    for line in clean_html(PAGE).text.split("\n"):
        position = PAGE.index(line, position)


def test_an_article_pickles_and_compares():
    article = clean_html(PAGE)
    assert pickle.loads(pickle.dumps(article)) == article


def test_threads_get_the_same_article():
    with ThreadPoolExecutor(4) as pool:
        assert len({article.text for article in pool.map(clean_html, [PAGE] * 8)}) == 1


def test_processes_with_other_hash_seeds_get_the_same_article():
    code = (
        "import sys; from cleaners import clean_html; "
        "sys.stdout.write(repr(clean_html(sys.stdin.read())))"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", code],
            input=PAGE,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path), "PYTHONUTF8": "1"},
        ).stdout
        for seed in ("1", "2")
    }
    assert answers == {repr(clean_html(PAGE))}


def test_a_page_over_the_cap_is_refused():
    with pytest.raises(PageTooLarge):
        clean_html(PAGE, config=CleanConfig(max_page_bytes=100))


def test_markup_beyond_any_page_is_refused():
    with pytest.raises(PageTooComplex):
        clean_html("<div>" * 50_000)


def test_one_huge_text_ends_soon_and_is_not_lost():
    text = "word " * 1_000_000
    with within(3):
        article = clean_html(f"<html><body><p>{text}</p></body></html>")
    assert len(article.blocks) == 1
    assert len(article.blocks[0].text) == len(text) - 1


def test_half_characters_in_json_ld_reach_no_text_that_is_written():
    half = r"Harbour wall gives way \ud83d"
    told = f'{{"@type": "NewsArticle", "headline": "{half}", "author": {{"name": "Marta {half}"}}'
    body = " ".join(BODY)
    page = (
        f'<script type="application/ld+json">{told}, "articleBody": "{body} {half}"}}</script><p>x'
    )
    article = clean_html(page)
    assert article.title == "Harbour wall gives way \ufffd"
    assert article.text.endswith("Harbour wall gives way \ufffd")
    assert "\ufffd" in article.authors[0]
    "".join((article.text, article.title, *article.authors)).encode()


@pytest.mark.parametrize(
    "address",
    ["http://[domain]/path", "//[x", "http://\u2100.com/a", "http://[v1.x]/", "http://[::1"],
)
def test_addresses_that_are_none_do_no_harm(address):
    linked = PAGE.replace("</head>", f'<link rel="canonical" href="{address}"></head>')
    for article in (clean_html(linked), clean_html(linked, url=address)):
        assert article.text.split("\n") == BODY
        assert article.metadata.title == "Harbour wall gives way"


def test_absent_content_type_is_an_empty_one():
    assert clean_html(PAGE.encode(), content_type=None) == clean_html(PAGE)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("witness", "Always"),
        ("witness", True),
        ("witness", None),
        ("unsure_below", "a"),
        ("unsure_below", 5),
        ("unsure_below", True),
        ("max_page_bytes", "5"),
        ("max_page_bytes", -1),
        ("max_page_bytes", True),
        ("with_markup", "no"),
        ("keep_title", 1),
    ],
)
def test_setting_that_cannot_be_is_named(setting, value):
    with pytest.raises(ConfigError, match=rf"CleanConfig\.{setting} is .*; give it ") as told:
        CleanConfig(**{setting: value})
    assert (told.value.setting, told.value.value) == (f"CleanConfig.{setting}", value)


def test_share_of_removed_text_is_a_share():
    with pytest.raises(ConfigError, match=r"TextConfig\.max_removed is 2; .* from 0 to 1"):
        TextConfig(max_removed=2)


@pytest.mark.parametrize(
    ("base", "url", "href"),
    [
        ("", "https://x.test/news/1", "https://x.test/news/report"),
        ("/docs/", "https://x.test/news/1", "https://x.test/docs/report"),
        ("https://y.test/", "", "https://y.test/report"),
        ("", "", "report"),
    ],
)
def test_links_are_absolute_where_the_address_is_known(base, url, href):
    head = f'<base href="{base}"></head>' if base else "</head>"
    page = PAGE.replace("</head>", head).replace("the council", '<a href="report">the council</a>')
    article = clean_html(page, url=url, config=CleanConfig(with_markup=True))
    assert f"[the council]({href})" in article.markdown
    assert f'<a href="{href}">the council</a>' in article.html


def test_any_buffer_is_a_page_and_anything_else_is_named() -> None:
    page = "<p>The harbour froze over on Monday, said the harbour master of the port.</p>" * 3
    told = clean_html(page.encode())
    assert clean_html(bytearray(page.encode())) == clean_html(memoryview(page.encode())) == told
    assert clean_html(page, url=None, content_type=None).text == told.text
    with pytest.raises(TypeError, match=r"bytes or str, not NoneType; give"):
        clean_html(None)  # type: ignore[arg-type]


NOTICE = "▲ 이영자씨 별세·김정호(사업)씨 모친상 = 13일 여수전남병원 장례식장 2호실, 발인 16일"


@pytest.mark.parametrize("box", ["div class=article-body", "section itemprop=articleBody"])
def test_notice_of_one_line_is_the_article_where_the_template_says_so(box: str) -> None:
    page = (
        '<html lang="ko"><title>[부고] 이영자씨 별세</title><script type="application/ld+json">'
        '{"@type": "NewsArticle", "headline": "[부고] 이영자씨 별세"}</script><body>'
        f"<ul>{MENU}</ul><h1>[부고] 이영자씨 별세</h1>"
        f"<{box}><p>{NOTICE}</p><p><a href=/x>기사</a></p>"
        f"</{box.split(maxsplit=1)[0]}><ul>{MENU}</ul>"
    )
    assert clean_html(page).text == NOTICE
