"""Stories that stand in a script alone."""

import json

import pytest
from pace import within

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
    with within(0.2):
        assert rescue_story((), say("\n".join(lines)), shown) == ()


STORY = "The harbour froze over on Monday, and the ferry to the islands stayed in port."
TITLE = "Harbour frozen, ferry stays in port"
OWN = "\n".join(
    f"On day {n} the harbour was frozen and the ferry stayed in port." for n in range(30)
)
OTHER = "\n".join(f"Chapter {n} of quite another report on bridges over rivers." for n in range(40))


def keep(*texts: str) -> tuple[Block, ...]:
    return tuple(Block(index=at, text=text, verdict=KEEP) for at, text in enumerate(texts))


def list_kept(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks if block.verdict.keep]


def test_a_short_story_is_not_replaced_by_another_one_that_a_script_carries():
    brief = keep(STORY)
    assert rescue_story(brief, say(OTHER), [STORY], title=TITLE) is brief
    both = decode_source(json.dumps([{"articleBody": STORY * 3}, {"articleBody": OTHER}]))
    assert rescue_story(brief, both, [STORY], title=TITLE) is brief


def test_of_several_stories_in_scripts_the_one_of_the_title_is_taken():
    both = decode_source(json.dumps([{"articleBody": OTHER}, {"articleBody": OWN}]))
    for notice in ((), ("One moment, please. We are loading the page for you.",)):
        rescued = rescue_story(keep(*notice), both, notice, title=TITLE)
        assert list_kept(rescued) == OWN.split("\n")
    rescued = rescue_story(keep("港口结冰了，请稍候。"), both, (), title="港口结冰渡轮停航")
    assert list_kept(rescued) == ["港口结冰了，请稍候。"]


def test_teasers_do_not_stand_for_the_story_that_only_a_script_carries():
    teasers = [f"Read how bridge number {n} came to be built over the river." for n in range(12)]
    rescued = rescue_story(keep(*teasers), say(OWN), teasers, title=TITLE)
    assert list_kept(rescued) == OWN.split("\n")


def test_a_standfirst_stays_beside_its_story():
    rescued = rescue_story(keep(STORY), say(OWN), [STORY], title=TITLE)
    assert list_kept(rescued) == [STORY, *OWN.split("\n")]


def test_markup_in_json_parts_paragraphs_and_no_words():
    said = "".join(f"<p>The <b>h</b>arbour froze over on day {n}.</p>" for n in range(9))
    lines = [f"The harbour froze over on day {n}." for n in range(9)]
    assert list_kept(rescue_story((), say(said))) == lines
    escaped = said.replace("<", "&lt;").replace(">", "&gt;")
    assert list_kept(rescue_story((), say(escaped))) == lines


def test_signs_between_numbers_in_json_are_no_tags():
    said = " ".join(f"On day {n} it was 5 < 6 and 7 > 3 <i>degrees</i>." for n in range(9))
    [line] = list_kept(rescue_story((), say(said)))
    assert line == said.replace("<i>", "").replace("</i>", "")


def test_what_the_page_shows_of_a_longer_line_is_told_once():
    line = " ".join(OWN.split("\n"))
    first = OWN.split("\n")[0]
    rescued = rescue_story(keep(first, first[:30]), say(line), [first, first[:30]], title=TITLE)
    assert list_kept(rescued) == [line]


def test_scripts_and_styles_in_json_are_no_text():
    said = f"<p>{BODY}</p><script>var x = 1;</script><style>a {{}}</style>"
    assert "".join(list_kept(rescue_story((), say(said)))) == BODY.replace("\n", "")


def test_many_blocks_and_long_texts_take_no_time():
    body = "\n".join(f"Chapter {n} of another report on bridges and rivers." for n in range(3_000))
    said = decode_source(json.dumps([{"articleBody": f"{n} {body}"} for n in range(20)]))
    shown = [f"Quite other text {n} that is told here and not there." for n in range(5_000)]
    with within(1):
        rescue_story(keep(*shown), said, shown, title=TITLE)


PARTS = [f"On day {n} the harbour was frozen as far out as the old lighthouse." for n in range(9)]


def test_the_rest_of_a_story_of_which_the_page_shows_the_beginning_is_added():
    shown = PARTS[:3]
    rescued = rescue_story(keep(*shown), say("\n".join(PARTS)), shown, title=TITLE)
    assert list_kept(rescued) == PARTS
    # What stands elsewhere on the page was left out for a reason.
    elsewhere = [*shown, *PARTS[6:]]
    assert list_kept(rescue_story(keep(*shown), say("\n".join(PARTS)), elsewhere)) == shown


def test_the_rest_of_another_text_or_of_one_in_markup_is_not_added():
    for shown in (PARTS[2::-1], [PARTS[0], BODY.split("\n")[0], OWN.split("\n")[0]]):
        rescued = rescue_story(keep(*shown), say("\n".join(PARTS)), shown)
        assert list_kept(rescued) == shown
    shown = PARTS[:3]
    assert list_kept(rescue_story(keep(*shown), say("\n".join(PARTS[:5])), shown)) == shown
    for sign in ("+++group-2", "### Ice", "[caption id=3]", "[Ice](https://ice.example)"):
        said = say("\n".join([*PARTS, sign]))
        assert list_kept(rescue_story(keep(*shown), said, shown)) == shown
