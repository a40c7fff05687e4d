"""Stories that stand in a script alone."""

import json
import time

import pytest

from cleaners import clean_html
from cleaners.article import Block, Reason, Verdict
from cleaners.decode import Source, decode_source
from cleaners.rescue import rescue_story

KEEP = Verdict(keep=True, reason=Reason.ARTICLE)
DROP = Verdict(keep=False, reason=Reason.NOT_ARTICLE)
LINES = ["A first line that is long enough to count as text. " * 3, "And a second line. " * 8]
BODY = "\n".join(line.strip() for line in LINES)


def say(body: str) -> Source:
    return decode_source(json.dumps({"articleBody": body}))


def test_a_page_drawn_by_script_gives_the_text_of_its_json():
    data = json.dumps({"@type": "NewsArticle", "articleBody": BODY})
    article = clean_html(f'<script type="application/ld+json">{data}</script><div id="app"></div>')
    assert article.text == BODY
    assert article.blocks[0].verdict.reason is Reason.GUARDED
    assert 0 < article.confidence < 1


@pytest.mark.parametrize("shown", ["", "<p>We use cookies.</p>"])
def test_a_page_that_shows_nothing_gives_the_text_of_any_script_that_holds_it(shown):
    data = json.dumps({"page": {"articleBody": BODY}})
    article = clean_html(f'{shown}<script>window.state = {data};</script><div id="app"></div>')
    assert article.text == BODY


@pytest.mark.parametrize(
    "teaser", ["<p>One moment, please.</p>", f"<p>{'The harbour froze over on Monday. ' * 60}</p>"]
)
def test_the_longest_text_in_any_script_is_taken_however_much_else_holds_some(teaser):
    body = "\n".join(f"Paragraph {number}: {BODY}" for number in range(60))
    short = json.dumps({"@type": "NewsArticle", "articleBody": BODY})
    data = json.dumps({"articleBody": body})
    ld = f'<script type="application/ld+json">{short}</script>'
    article = clean_html(f"{ld}<svg>{ld}</svg>{teaser}<script>window.state = {data};</script>")
    assert article.text.endswith(body)


def test_json_text_comes_after_blocks_that_hold_none_of_it():
    menu = (Block(index=0, text="Menu", verdict=DROP),)
    rescued = rescue_story(menu, say(BODY), ["Menu"])
    assert [block.index for block in rescued] == [0, 1, 2]
    assert [block.verdict.keep for block in rescued] == [False, True, True]


def test_text_that_the_page_shows_is_not_taken_from_json():
    kept = (Block(index=0, text=BODY, verdict=KEEP),)
    assert rescue_story(kept, say(BODY), [BODY]) is kept
    dropped = tuple(
        Block(index=index, text=line, verdict=DROP) for index, line in enumerate(BODY.split("\n"))
    )
    assert rescue_story(dropped, say(BODY), BODY.split("\n")) is dropped


def test_a_page_without_json_has_nothing_to_rescue():
    assert rescue_story((), say("")) == ()


@pytest.mark.parametrize("before", range(9))
@pytest.mark.parametrize("after", range(5))
def test_the_key_is_seen_wherever_it_stands(before: int, after: int):
    told = json.dumps({"articleBody": BODY}).removeprefix("{").removesuffix("}")
    source = decode_source(f"{'x' * before}{told}{'y' * after}")
    assert [block.text for block in rescue_story((), source)] == BODY.split("\n")


@pytest.mark.parametrize("before", range(4))
def test_of_texts_as_long_the_first_is_taken_and_characters_count(before: int):
    first, second, cyrillic = "a" * 300, "b" * 300, "б" * 290
    said = "".join(
        json.dumps({"articleBody": body}, ensure_ascii=False) for body in (first, second, cyrillic)
    )
    (block,) = rescue_story((), decode_source(" " * before + said))
    assert block.text == first


def test_a_page_that_ends_with_the_key_has_no_text():
    assert rescue_story((), decode_source('x"articleBody"')) == ()
    assert rescue_story((), decode_source("")) == ()


def test_a_page_that_says_much_and_shows_much_else_is_no_shell_and_takes_no_time():
    lines = [f"The harbour froze over on Monday number {n}, and all stayed." for n in range(9_000)]
    shown = [f"Quite other text {n} that is told here and not there." for n in range(9_000)]
    start = time.process_time()
    assert rescue_story((), say("\n".join(lines)), shown) == ()
    assert time.process_time() - start < 0.2
