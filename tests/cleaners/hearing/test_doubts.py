"""Where in a text a rule's word is enough, and where the same words may be the writer's own."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from pace import within

from cleaners.matching.matcher import build_matcher
from cleaners.matching.phrases import parse_rules
from cleaners.residue import judge_lines
from cleaners.words.notices import closes_story, gives_particulars

STORY = (
    "The council of the small town met on Monday evening to talk about the bridge that was "
    "closed in spring, and it could not agree on who should pay for it."
)
CHINESE = (
    "市议会周一晚上开会讨论今年春天关闭的那座桥，但未能就由谁支付修理费用达成一致，市长表示下周"
    "将再次召开会议，届时会邀请工程师出席并说明情况。"
)
RULES = build_matcher(
    parse_rules(
        "\n".join(
            [
                'lang = "any"',
                *(
                    f'[[rule]]\nid = "any-{name}"\nwhy = "Test."\nmatch = ["x"]\n{rest}'
                    for name, rest in {
                        "a": 'category = "share"\n'
                        'phrases = ["share this article", "tweet [this with your friends]"]',
                        "b": 'category = "advertise-with-us"\nphrases = ["contact us"]',
                        "c": 'category = "read-also"\nheads_run = true\n'
                        'phrases = ["read also", "related stories", "more about *"]',
                        "d": 'category = "read-also"\nwhere = "prefix"\n'
                        'phrases = ["read more :", "news from *", "read in addition"]',
                        "e": 'category = "comment-prompt"\n'
                        'phrases = ["what do you think", "no comments", "in the comments",'
                        '"keep my name and my address for the next time that i comment"]',
                        "f": 'category = "follow"\n'
                        'phrases = ["follow us [*]", "you may leave at any time [*]"]',
                        "g": 'category = "account"\nphrases = ["write to us [*]"]',
                        "h": 'category = "comment-prompt"\nphrases = ["发表评论"]',
                        "i": 'category = "tags"\nwhere = "prefix"\nphrases = ["tags :"]',
                    }.items()
                ),
            ]
        ),
        source="any.toml",
    )
)
LINK = "Read more: The bridge that nobody wanted"
HEADLINES = ["The bridge that nobody wanted to have", "The ferry that nobody wanted to lose"]


def kept(*lines: str, is_page: bool = False) -> list[str]:
    """The lines, and parts of lines, that stay."""
    judged = judge_lines(lines, rules=RULES, is_page=is_page)
    parts = [
        line if each is None else line[each.start : each.end]
        for line, each in zip(lines, judged, strict=True)
    ]
    return [part for part in parts if part]


@pytest.mark.parametrize(
    "line", [LINK, "Read more – The bridge that nobody wanted", "More about the old bridge"]
)
def test_link_to_a_story_alone_in_running_text_stays_but_on_pages(line: str) -> None:
    assert kept(STORY, line, STORY) == [STORY, line, STORY]
    assert kept(line, STORY) == [line, STORY]
    assert kept(STORY, line, STORY, is_page=True) == [STORY, STORY]


def test_link_to_a_story_falls_at_the_end_of_the_text_and_beside_residue() -> None:
    assert kept(STORY, STORY, LINK) == [STORY, STORY]
    assert kept(STORY, LINK, "Share this article", STORY) == [STORY, STORY]
    assert kept(STORY, "Share this articleTweet", LINK, LINK, STORY) == [STORY, STORY]


def test_links_to_stories_that_follow_each_other_fall_inside_the_story() -> None:
    other = "Read more: The ferry that nobody wanted"
    assert kept(STORY, LINK, other, STORY) == [STORY, STORY]
    assert kept(STORY, LINK, STORY, other, STORY) == [STORY, LINK, STORY, other, STORY]


def test_heading_of_related_stories_falls_with_two_headlines_under_it() -> None:
    assert kept(STORY, "Read also", *HEADLINES, STORY) == [STORY, STORY]
    alone = [STORY, "Read also", HEADLINES[0], STORY]
    assert kept(*alone) == alone
    assert kept(*alone, is_page=True) == [STORY, STORY]


@pytest.mark.parametrize("heading", ["Related stories", "Read more:"])
def test_heading_over_what_stays_stays(heading: str) -> None:
    note = "The council will meet again on Friday."
    assert kept(STORY, heading, note) == [STORY, heading, note]
    assert kept(STORY, heading) == [STORY]


def test_words_of_another_kind_in_the_same_line_make_sure_of_it() -> None:
    assert kept(STORY, "Share this article Read also", STORY) == [STORY, STORY]


@pytest.mark.parametrize("tail", [" Share this article.", " Tweet this with your friends!"])
def test_sentence_of_its_own_at_the_end_of_a_paragraph_is_the_writers(tail: str) -> None:
    assert kept(STORY + tail, STORY) == [STORY + tail, STORY]


@pytest.mark.parametrize(
    "tail", ["Share this article.", " Share this article", " Share this article. Contact us."]
)
def test_what_does_not_stand_as_a_sentence_is_cut_off(tail: str) -> None:
    assert kept(STORY + tail, STORY) == [STORY, STORY]


def test_writers_sentence_is_cut_off_on_pages() -> None:
    assert kept(f"{STORY} Share this article.", STORY, is_page=True) == [STORY, STORY]


def test_label_glued_to_the_end_of_a_paragraph_falls_only_where_the_story_ends() -> None:
    glued = f"{STORY}Related stories"
    assert kept(glued, STORY) == [glued, STORY]
    assert kept(STORY, glued) == [STORY, STORY]


def test_line_of_a_quoted_mail_stays() -> None:
    assert kept(STORY, "> share this article", STORY) == [STORY, "> share this article", STORY]
    assert kept(STORY, "> Share this article", STORY) == [STORY, STORY]


@pytest.mark.parametrize("line", ["What do you think?", "No comments."])
@pytest.mark.parametrize("is_page", [True, False])
def test_question_and_answer_of_an_interview_stay_between_paragraphs(
    line: str, is_page: bool
) -> None:
    assert kept(STORY, line, STORY, is_page=is_page) == [STORY, line, STORY]
    assert kept(STORY, STORY, line, is_page=is_page) == [STORY, STORY]
    assert kept(STORY, "Tweet this with your friends", line, STORY) == [STORY, STORY]
    prompt = "What do you think? In the comments"
    assert kept(STORY, prompt, STORY, is_page=is_page) == [STORY, STORY]


def test_prompt_that_is_too_long_to_be_said_falls_between_paragraphs() -> None:
    line = "Keep my name and my address for the next time that I comment."
    assert kept(STORY, line, STORY) == [STORY, STORY]


@pytest.mark.parametrize("is_page", [True, False])
@pytest.mark.parametrize(
    "line",
    [
        "Follow us to the river",
        "Follow us to the river, the scouts shouted.",
        "You may leave at any time, the court ruled.",
    ],
)
def test_line_that_only_begins_as_residue_stays_between_paragraphs(
    line: str, is_page: bool
) -> None:
    assert kept(STORY, line, STORY, is_page=is_page) == [STORY, line, STORY]
    assert kept(STORY, STORY, line, is_page=is_page) == [STORY, STORY]
    assert kept(STORY, "Tweet this with your friends", line, STORY) == [STORY, STORY]


@pytest.mark.parametrize(
    "line", ["You may leave at any time by letter.", "You may leave at any time, by letter"]
)
def test_line_that_says_enough_before_it_goes_on_falls(line: str) -> None:
    assert kept(STORY, line, STORY) == [STORY, STORY]


@pytest.mark.parametrize("is_page", [True, False])
def test_sentence_that_begins_as_a_heading_stays_at_the_end_too(is_page: bool) -> None:
    sentence = "More about that tomorrow."
    assert kept(STORY, STORY, sentence, is_page=is_page) == [STORY, STORY, sentence]
    assert kept(STORY, STORY, "More about the old bridge", is_page=is_page) == [STORY, STORY]


def test_sentence_of_its_own_before_another_is_the_writers() -> None:
    line = "Share this article! The scouts did so at once."
    assert kept(STORY, line, STORY) == [STORY, line, STORY]
    assert kept(STORY, line, STORY, is_page=True) == [STORY, line[20:], STORY]


@pytest.mark.parametrize(
    ("line", "is_told"),
    [
        ("What do you think? That was the question on the ballot.", True),
        ("What do you think? he asked her, and she laughed.", True),
        ("What do you think? Tell us what should be done about the old bridge.", False),
        ("What do you think? The best comments are in print.", False),
        ("What do you think? The bridge that nobody wanted", False),
    ],
)
def test_first_sentence_of_a_line_is_the_writers_where_the_line_goes_on_as_a_story(
    line: str, is_told: bool
) -> None:
    rest = line.partition("? ")[2]
    assert kept(STORY, line, STORY, is_page=True) == [STORY, line if is_told else rest, STORY]
    assert kept(line, STORY, is_page=True) == [rest, STORY]
    assert kept(STORY, STORY, line, is_page=True) == [STORY, STORY, rest]


@pytest.mark.parametrize("is_page", [True, False])
@pytest.mark.parametrize("first", ["Share this article!", "What do you think?", "发表评论。"])
def test_first_sentence_of_a_paragraph_is_the_writers(first: str, is_page: bool) -> None:
    line = f"{first} {STORY}" if first.isascii() else first + CHINESE
    assert kept(line, STORY, is_page=is_page) == [line, STORY]
    assert kept(f"{line} Contact us", STORY, is_page=is_page) == [line, STORY]
    assert kept(f"Contact us. {line}", STORY, is_page=is_page) == [
        line[len(first) :].lstrip(),
        STORY,
    ]


def test_prompts_that_are_glued_to_a_paragraph_are_cut_off() -> None:
    assert kept(f"Share this article{STORY}", STORY) == [STORY, STORY]


@pytest.mark.parametrize("is_page", [True, False])
def test_first_sentence_that_only_begins_as_residue_is_not_cut_off(is_page: bool) -> None:
    line = f"Write to us in ink. {STORY}"
    assert kept(line, STORY, is_page=is_page) == [line, STORY]


@pytest.mark.parametrize("is_page", [True, False])
@pytest.mark.parametrize(
    "line",
    [
        "Read more: www.bridge.example",
        "Read more: https://bridge.example/repairs, or write to the council",
        "Read more: bridge.example.",
        "Read more: bridges@town.example",
        "Read more: at the town hall, 04 91 00 00 00",
        "Read more: “The Old Bridge”, by Ann Example (Example Press, 2019)",
        "Read more: The Old Bridge, by Ann Example, Example Press, 19 euros.",
        "Read more: our leader on page 2.",
        "More about the bridge at www.bridge.example",
    ],
)
def test_line_that_sends_readers_elsewhere_stays_at_the_end(line: str, is_page: bool) -> None:
    assert kept(STORY, STORY, line, is_page=is_page) == [STORY, STORY, line]


@pytest.mark.parametrize("is_page", [True, False])
@pytest.mark.parametrize(
    "line",
    [
        "Tags: that is what the kids call them. The council calls them graffiti.",
        "Tags: rope, and nothing else.",
        "Read in addition what is not there, the master said, and we read until the snow came",
    ],
)
def test_sentence_that_begins_as_a_label_stays_at_the_end(line: str, is_page: bool) -> None:
    assert kept(STORY, STORY, line, is_page=is_page) == [STORY, STORY, line]


@pytest.mark.parametrize(
    "line",
    [
        "Tags: budget, senate, tax",
        "Tags: bridges, ropes...",
        "Read in addition Council votes for the bridge, and the river waits",
        "Read in addition the bridge that nobody wanted",
        "Read more: the bridge that nobody wanted, and the river",
    ],
)
def test_labels_with_what_they_stand_for_fall_at_the_end(line: str) -> None:
    assert kept(STORY, STORY, line) == [STORY, STORY]


@pytest.mark.parametrize(
    "line",
    [
        "Read more: The bridge that nobody wanted in 2019",
        "Read more: The bridge that nobody wanted, May 3, 2019",
        "Read more: The bridge that nobody wanted 03.05.2019 10:20",
        "Read more: Bridge.example fined for its advertisements",
        "Read more: https://www.bridge.example/news/2019/05/the-bridge-that-nobody-wanted",
        "Read more: The bridge that nobody wanted...",
    ],
)
def test_link_to_a_story_that_looks_like_a_reference_falls_at_the_end(line: str) -> None:
    assert kept(STORY, STORY, line) == [STORY, STORY]


def test_books_under_a_heading_of_other_stories_stay() -> None:
    books = ["The Old Bridge, by Ann Example (Example Press, 2019)", "“Rivers”, Example, 2018"]
    assert kept(STORY, "Read also", *books) == [STORY, "Read also", *books]
    assert kept(STORY, "Read also", "www.bridge.example") == [
        STORY,
        "Read also",
        "www.bridge.example",
    ]


@pytest.mark.parametrize("heading", ["Read more:", "Read more："])
def test_heading_with_a_colon_takes_its_links_with_it(heading: str) -> None:
    assert kept(STORY, heading, *HEADLINES) == [STORY]
    assert kept(STORY, heading, *HEADLINES, STORY) == [STORY, STORY]


def test_heading_with_a_colon_over_a_list_introduces_it() -> None:
    items = [f"- {headline}" for headline in HEADLINES]
    assert kept(STORY, "Read more:", *items) == [STORY, "Read more:", *items]


def test_heading_whose_words_the_rules_do_not_know_introduces_what_follows() -> None:
    lead_in = "News from the old wooden bridge:"
    assert kept(STORY, lead_in, *HEADLINES) == [STORY, lead_in, *HEADLINES]


def test_heading_inside_the_story_stays_with_its_list() -> None:
    items = [f"- {headline}" for headline in HEADLINES]
    assert kept(STORY, "Read also", *items, STORY) == [STORY, "Read also", *items, STORY]
    assert kept(STORY, "Read also", *items) == [STORY]


def test_particulars_are_told_from_numbers_in_headlines() -> None:
    raw = tomllib.loads(files("cleaners").joinpath("words/notices.toml").read_text("utf-8"))
    assert [line for line in raw["match"] if not gives_particulars(line)] == []
    assert [line for line in raw["keep"] if gives_particulars(line)] == []
    assert [line for line in raw["match_closing"] if not closes_story(line)] == []
    assert [line for line in raw["keep_closing"] if closes_story(line)] == []


def test_particulars_are_looked_for_in_time_in_proportion_to_the_line() -> None:
    with within(2):
        assert not gives_particulars("," * 200_000 + " 5 x")
        assert not closes_story("a" * 100_000 + "until a: 5" * 20_000)


@pytest.mark.parametrize("place", ["end", "middle"])
def test_box_that_gives_hours_or_prices_is_no_list_of_stories(place: str) -> None:
    box = [
        "Read also",
        "Harbour Museum, 3 Mill Lane",
        "Tuesday to Sunday, 10am to 6pm",
        "Entry: $5",
    ]
    stories = ["Related stories", "The harbour bridge closes again", "What the new bridge costs"]
    after = [STORY] if place == "middle" else []
    kept = [
        line
        for lines in (box, stories)
        for line, each in zip(
            lines, judge_lines([STORY, STORY, *lines, *after], rules=RULES)[2:], strict=False
        )
        if each is None
    ]
    assert kept[:4] == box
    assert kept[4:] == []


def test_lines_broken_in_a_sentence_are_story_and_no_links() -> None:
    broken = [
        "The council of the small town met on Monday evening to talk",
        "about the bridge that was closed in spring, and it could not",
        "agree on who should pay for it.",
    ]
    lines = [*broken, "Related stories", *broken]
    judged = judge_lines(lines, rules=RULES)
    assert [line for line, each in zip(lines, judged, strict=True) if each is None][-3:] == broken
