"""What the lines around a line say, the guards, and cuts inside lines, with rules made for it."""

from __future__ import annotations

import pytest

from cleaners.article import Reason
from cleaners.hearing.guards import (
    is_body,
    is_fragment,
    is_headline_like,
    is_label_like,
    is_link_like,
)
from cleaners.matching.matcher import Matcher, build_matcher
from cleaners.matching.phrases import parse_rules
from cleaners.matching.rulebook import load_matcher
from cleaners.residue import choose_langs, judge_lines
from cleaners.rule_check import check_keep, check_match, check_rules
from cleaners.sites import SiteMemory
from cleaners.words.fold import list_words
from cleaners.words.tongue import count_tongues, guess_tongues, load_tongues

STORY = (
    "The council of the small town met on Monday evening to talk about the bridge that was "
    "closed in spring, and it could not agree on who should pay for it."
)
LONG_SENTENCE = (
    " He would not read our newsletter, although he could have done so on any day of the week that "
    "he liked, and although many of his friends had told him more than once that they, for their "
    "part, would never miss our newsletter"
)
CHINESE = (
    "市议会周一晚上开会讨论今年春天关闭的那座桥，但未能就由谁支付修理费用达成一致，市长表示下周"
    "将再次召开会议，届时会邀请工程师出席并说明情况。"
)
THAI = (
    "สภาเทศบาลเมืองเล็กแห่งนี้ประชุมเมื่อคืนวันจันทร์เรื่องสะพานที่ปิดไปเมื่อต้นปี "
    "แต่ยังตกลงกันไม่ได้ว่าใครจะเป็นผู้จ่ายค่าซ่อมแซมทั้งหมด"
)


def _rule(name: str, phrases: str, **more: str) -> str:
    lines = "\n".join(f"{key} = {value}" for key, value in more.items() if key != "category")
    category = more.get("category", '"share"')
    return (
        f'[[rule]]\nid = "any-{name}"\ncategory = {category}\nphrases = {phrases}\n'
        f'why = "Test."\nmatch = ["x"]\n{lines}\n'
    )


RULES = build_matcher(
    parse_rules(
        'lang = "any"\n'
        + _rule("a-share", '["share this article", "tweet [this]", "share"]')
        + _rule("b-contact", '["contact us"]', category='"advertise-with-us"')
        + _rule(
            "c-also", '["read also", "related stories"]', category='"read-also"', heads_run="true"
        )
        + _rule("d-label", '["culture", "photo", "world"]', category='"tags"', where='"tail"')
        + _rule("e-read", '["read more :"]', category='"read-also"', where='"prefix"')
        + _rule("f-photo", '["photo by"]', category='"copyright"', where='"prefix"')
        + _rule("g-letter", '["our newsletter"]', category='"newsletter"', where='"suffix"')
        + _rule("h-login", '["log in or sign up to comment"]', category='"comment-login"')
        + _rule("i-cookie", '["cookie settings"]', category='"cookie"')
        + _rule("j-more", '["more about *"]', category='"read-also"')
        + _rule("k-zh", '["发表评论", "分享"]', category='"comment-prompt"')
        + _rule(
            "l-optout",
            '["please note that opting out"]',
            category='"cookie"',
            where='"notice"',
        )
        + _rule("m-most", '["most read"]', category='"most-read"', heads_run="true")
        + _rule("n-rights", '["all rights reserved"]', category='"copyright"')
        + _rule("o-ad", '["advertisement"]', category='"ad-label"'),
        source="any.toml",
    )
)


def kept(*lines: str, rules: Matcher = RULES, is_page: bool = False) -> list[str]:
    """The lines, and parts of lines, that stay."""
    judged = judge_lines(lines, rules=rules, is_page=is_page)
    parts = [
        line if each is None else line[each.start : each.end]
        for line, each in zip(lines, judged, strict=True)
    ]
    return [part for part in parts if part]


@pytest.mark.parametrize(
    "line",
    [
        "Share this article",
        "SHARE THIS ARTICLE!",
        "• Share this article",
        "Share this articleTweet this",
        "SHARE THIS ARTICLETWEET THIS",
        "Share Tweet Share this article",
        "Share this article Read more: The bridge that nobody wanted",
        "Photo by Ann Example",
        "Do not miss a thing, come and get our newsletter",
        "Share&nbsp;this&#32;article",
        "发表评论",
        "分享 发表评论",
        "Contact us " * 60,
    ],
)
def test_line_that_phrases_cover_falls_between_paragraphs(line: str) -> None:
    assert kept(STORY, STORY, line, STORY) == [STORY, STORY, STORY]


@pytest.mark.parametrize(
    "line",
    [
        "Share this article of faith with nobody",
        "Shares fell on Monday",
        "Read more books, she says",
        "“Share this article”",
        "- 'Contact us' -",
        "Culture",
        "World",
        "Photo by photo he went through the year, " + "and through the next one, " * 6,
        "- Cookie settings",
        "Cookie settings",
        "WhatsApp",
        "***",
        "9/10",
    ],
)
def test_line_that_only_looks_like_residue_stays_between_paragraphs(line: str) -> None:
    assert kept(STORY, "- One item", line, "- Another item", STORY) == [
        STORY,
        "- One item",
        line,
        "- Another item",
        STORY,
    ] or kept(STORY, line, STORY) == [STORY, line, STORY]


def test_no_rules_and_no_memory_keep_everything() -> None:
    lines = ["Share this article", "Share"] * 100
    assert judge_lines(lines, rules=build_matcher([])) == (None,) * 200


def test_verdict_names_reason_and_rule() -> None:
    judged = judge_lines([STORY, "Contact usRead also"], rules=RULES)[1]
    assert judged is not None
    assert judged.is_whole
    assert (judged.verdict.keep, judged.verdict.reason, judged.verdict.rule) == (
        False,
        Reason.ADVERTISE,
        "any-b-contact",
    )


@pytest.mark.parametrize(
    "tail",
    [
        " Share this article",
        "Share this article",
        " | Share this article",
        " Share this article Tweet",
        " Log in or sign up to comment.",
        " Come and get our newsletter.",
        " Share this articleContact us",
    ],
)
def test_phrase_at_the_end_of_a_paragraph_is_cut_off(tail: str) -> None:
    assert kept(STORY + tail, STORY) == [STORY, STORY]


def test_phrase_glued_to_a_word_is_cut_off() -> None:
    assert kept("The bridge is in BaselContact us", STORY) == ["The bridge is in Basel", STORY]


@pytest.mark.parametrize("owner", ["© 2016 The Bridge Post Ltd.", "(c) The Bridge Post."])
def test_copyright_line_falls_with_the_name_in_it(owner: str) -> None:
    assert kept(STORY, f"{owner} All rights reserved.") == [STORY]
    assert kept(STORY, f"{STORY} All rights reserved.") == [STORY, STORY]


def test_phrase_at_the_start_of_a_paragraph_is_cut_off() -> None:
    assert kept(f"Share this article. Tweet this. {STORY}", STORY) == [STORY, STORY]
    assert kept(f"Share this article. Tweet. “No,” he said: {STORY}") == [f"“No,” he said: {STORY}"]


@pytest.mark.parametrize(
    "line",
    [
        f"{STORY} He said: “Please share this article”",
        f"{STORY} It is called share this article",
        f"{STORY} Share.",
        f"{STORY} No. 3 Share",
        f"“Share this article. {STORY}”",
        f"Share this article {STORY}",
        STORY + LONG_SENTENCE,
    ],
)
def test_sentence_that_holds_a_phrase_stays_whole(line: str) -> None:
    assert kept(line, STORY) == [line, STORY]


def test_long_line_is_read_at_both_ends() -> None:
    long = " ".join([STORY] * 40)
    tail = " Share this article Contact us" * 30
    assert kept(f"Share this articleTweet this. {long}{tail}") == [long]


def test_weak_lines_in_a_row_above_the_first_paragraph_fall_under_a_date_too() -> None:
    day = "Updated at 10:32."
    assert kept(day, "Culture", "World", STORY, STORY) == [day, STORY, STORY]
    assert kept(day, "Culture", STORY, STORY) == [day, "Culture", STORY, STORY]
    told = [STORY, "Culture", "World", STORY]
    assert kept(*told) == told
    table = ["Medals on Monday", "Culture", "World", "Lions 3", "Hawks 2"]
    assert kept(*table) == table


def test_weak_rule_acts_at_the_edges_and_beside_residue() -> None:
    ends = [STORY, "Culture", STORY, "Photo", "Share", "World"]
    assert kept("World", "Culture", *ends) == [STORY, "Culture", STORY]
    assert kept("Culture", *ends) == ["Culture", STORY, "Culture", STORY]
    assert kept("Culture", *ends, is_page=True) == [STORY, "Culture", STORY]


def test_short_label_between_paragraphs_is_a_crosshead() -> None:
    assert kept(STORY, "Cookie settings", STORY) == [STORY, "Cookie settings", STORY]
    assert kept(STORY, "Cookie settings") == [STORY]


ADS = build_matcher(
    parse_rules(
        'lang = "any"\n'
        + _rule("ad", '["publicidad", "إعلان"]', category='"ad-label"', where='"tail"')
        + _rule("ad-line", '["advertisement"]', category='"ad-label"')
        + _rule("comment", '["comment"]', category='"comment-prompt"', where='"tail"')
        + _rule("section", '["health"]', category='"navigation"', where='"tail"')
        + _rule("share", '["share this article"]'),
        source="any.toml",
    )
)


@pytest.mark.parametrize(
    ("label", "crosshead"),
    [
        ("Publicidad", ""),
        ("PUBLICIDAD", "Background"),
        ("Publicidad", "What we know so far"),
        ("إعلان", "موسم الجفاف"),
        ("Publicidad", "Comment"),
    ],
)
def test_lone_ad_label_between_paragraphs_falls(label: str, crosshead: str) -> None:
    lines = [STORY, label, STORY, crosshead, STORY]
    judged = judge_lines(lines, rules=ADS)
    assert [index for index, each in enumerate(judged) if each] == [1]


@pytest.mark.parametrize(
    "lines",
    [
        [STORY, "Publicidad", STORY, "Background", STORY],
        [STORY, "PUBLICIDAD", STORY, "BACKGROUND", STORY],
        [STORY, "Publicidad", "Background", STORY],
        [STORY, "- Publicidad", "- Background", STORY],
        [STORY, "Comment", STORY],
    ],
)
def test_ad_label_that_could_be_a_crosshead_or_an_item_stays(lines: list[str]) -> None:
    assert not any(judge_lines(lines, rules=ADS))


def test_crosshead_that_a_section_is_named_as_stays_beside_an_advertisement() -> None:
    assert kept(STORY, "Advertisement", "Health", STORY, rules=ADS) == [STORY, "Health", STORY]
    assert kept(STORY, "Health", "Advertisement", STORY, rules=ADS) == [STORY, "Health", STORY]
    assert kept(STORY, "Share this article", "Health", STORY, rules=ADS) == [STORY, STORY]
    prompts = ["Advertisement", "Health", "Share this article"]
    assert kept(STORY, *prompts, STORY, rules=ADS) == [STORY, STORY]


def test_words_of_a_script_without_case_are_never_cut() -> None:
    rules = build_matcher(
        parse_rules('lang = "any"\n' + _rule("a", '["기사 공유", "하기"]'), source="")
    )
    assert judge_lines(["기사 공유하기", STORY], rules=rules) == (None, None)
    assert judge_lines(["기사 공유 하기", STORY], rules=rules) != (None, None)


def test_heading_of_lists_over_a_paragraph_that_leads_nowhere_is_a_crosshead() -> None:
    lines = [STORY, "Related stories", STORY, STORY]
    assert judge_lines(lines, rules=RULES, is_page=True, firm={0, 2, 3}) == (None,) * 4
    assert judge_lines(lines, rules=RULES, is_page=True, firm={0, 3})[1] is not None


def test_prompt_after_a_sentence_that_ends_with_a_year_is_cut_off() -> None:
    line = f"{STORY} It was built in 1924. Share this article"
    (judged,) = judge_lines([line], rules=RULES)
    assert judged is not None
    assert line[judged.start : judged.end].endswith("built in 1924.")
    assert judge_lines([f"{STORY} They are 24. Share this article"], rules=RULES) == (None,)


@pytest.mark.parametrize("stem", ["Tweet this.app", "Log in or sign up to comment.example"])
def test_line_is_not_cut_inside_a_host_name(stem: str) -> None:
    line = f"{stem} and write to the council if you want the mill to be rebuilt."
    assert kept(STORY, line, STORY) == [STORY, line, STORY]
    glued = "Log in or sign up to comment.The council wants the mill to be rebuilt."
    assert kept(STORY, glued, STORY) == [STORY, glued[29:], STORY]


def test_item_of_a_list_stays_in_its_list() -> None:
    lines = (STORY, "- Bread", "- Share this article", "- Milk", STORY)
    assert kept(*lines) == list(lines)


def test_part_of_a_broken_sentence_stays() -> None:
    lines = (STORY, "Contact us", "is what the mayor wrote on the door of the hall.", STORY)
    assert kept(*lines) == list(lines)
    lines = (STORY, "What the mayor wrote on the door was", "contact us", STORY)
    assert kept(*lines) == list(lines)


def test_heading_takes_its_links_with_it_up_to_the_story() -> None:
    links = ["The bridge that nobody wanted to have", "Why the river rose again this spring"]
    assert kept(STORY, "Read also", *links, STORY) == [STORY, STORY]
    assert kept(STORY, "Read also", *links, "Short", "123") == [STORY]


def test_crosshead_after_a_run_stays() -> None:
    links = ["The bridge that nobody wanted to have", "The ferry that nobody wanted to lose"]
    links += ["A bridge too far"]
    assert kept(STORY, "Read also", *links, STORY) == [STORY, "A bridge too far", STORY]


def test_heading_inside_the_story_takes_no_single_line_with_it() -> None:
    crosshead = "What became of the old wooden bridge"
    assert kept(STORY, "Most read", crosshead, STORY) == [STORY, crosshead, STORY]
    assert kept(STORY, "Most read", crosshead) == [STORY]


@pytest.mark.parametrize(
    ("heading", "falls"),
    [("Related stories:", True), ("RELATED STORIES", True), ("Related stories", False)],
)
def test_heading_that_promises_what_follows_takes_one_headline(heading: str, falls: bool) -> None:
    headline = "Bridge reopens after three years of work"
    left = [] if falls else [heading, headline]
    assert kept(STORY, heading, headline, STORY) == [STORY, *left, STORY]
    for other in ("- Take the old road over the hill", "He took the road over the hill at once."):
        assert other in kept(STORY, heading, other, STORY)


def test_one_headline_between_its_heading_and_a_line_that_fell_is_a_run() -> None:
    headline = "Bridge reopens after three years of work"
    assert kept(STORY, "Most read", headline, "Share this article", STORY) == [STORY, STORY]
    assert kept(STORY, "Most read", headline, STORY) == [STORY, headline, STORY]
    assert headline in kept(STORY, "Most read", headline, "Advertisement", STORY)


def test_run_inside_the_story_leaves_items_of_lists_and_questions() -> None:
    items = ["- Take the old road over the hill", "- Wait for the ferry at the quay"]
    assert kept(STORY, "Most read", *items, STORY) == [STORY, *items, STORY]
    assert kept(STORY, "Most read", *items) == [STORY]
    question = "Why was the bridge closed in spring?"
    lines = ["The ferry that nobody wanted to lose", "Why the river rose again", question]
    assert kept(STORY, "Most read", *lines, STORY) == [STORY, question, STORY]


def test_run_of_thai_inside_the_story_takes_two_lines_and_no_quotation() -> None:
    links = ["เปิดผังโกดังเก่า ไร้ระบบดับเพลิง", "ชาวบ้านริมคลองร้องกลิ่นสารเคมี"]
    told = "ขณะนี้เจ้าหน้าที่ยังปิดกั้นพื้นที่เกิดเหตุ"
    assert kept(THAI, "Most read", *links, told, THAI) == [THAI, told, THAI]
    assert kept(THAI, "Most read", *links, told) == [THAI]
    quoted = ["“ผมแค่อยากให้มันยังมีเสียงพายอยู่” เขากล่าว", told]
    assert kept(THAI, "Most read", *quoted, THAI) == [THAI, *quoted, THAI]


def test_heading_that_other_words_stand_before_takes_its_links_only_after_the_story() -> None:
    links = ["The bridge that nobody wanted to have", "Why the river rose again this spring"]
    heading = "Share this article Read also"
    assert kept(STORY, heading, *links, STORY) == [STORY, *links, STORY]
    assert kept(STORY, heading, *links) == [STORY]


def test_run_of_many_short_lines_inside_the_story_is_no_run() -> None:
    items = [f"Item {number}" for number in range(12)]
    assert kept(STORY, "Read also", *items, STORY) == [STORY, "Read also", *items, STORY]
    assert kept(STORY, "Read also", *items, STORY, is_page=True) == [STORY, *items, STORY]


def test_run_ends_after_thirty_lines() -> None:
    links = [f"The bridge that nobody wanted to have {number}" for number in range(40)]
    assert kept(STORY, "Read also", *links) == [STORY, *links[30:]]


def test_long_stretch_of_chrome_falls_whole() -> None:
    menu = ["Share", "Contact us", "Tweet", "Cookie settings", "World", "Culture", "Photo"]
    menu += ["Weather", "Games", "Letters", "Obituaries", "Puzzles", "Horoscopes"]
    assert kept(STORY, STORY, *menu) == [STORY, STORY]


def test_standfirst_after_a_stretch_of_chrome_stays() -> None:
    deck = "The bridge that nobody wanted to have was opened by the mayor in the morning " * 2
    menu = ["Share", "Contact us", "Tweet", "Cookie settings", "World", "Culture", "Photo"] * 2
    assert kept(*menu, deck.strip(), "Share this article", STORY) == [deck.strip(), STORY]


@pytest.mark.parametrize("mark", ["", "- "])
def test_list_that_ends_the_story_does_not_fall_with_what_follows(mark: str) -> None:
    results = [f"{mark}Hawks {number} Lions {number + 1}" for number in range(9)]
    tail = ["Share this article", "Contact us", "Cookie settings"]
    assert kept(STORY, *results, *tail) == [STORY, *results]
    assert kept(STORY, *["Final", "Hawks 2 Lions 1"] * 4, *tail) == [
        STORY,
        *["Final", "Hawks 2 Lions 1"] * 4,
    ]


def test_list_that_ends_the_story_stays_where_sentences_follow_what_falls() -> None:
    results = [f"Hawks {number} Lions {number + 1}" for number in range(9)]
    tail = ["Share this article", "Contact us", "Cookie settings", STORY]
    assert kept(STORY, *results, *tail) == [STORY, *results, STORY]


def test_table_that_repeats_its_labels_stays() -> None:
    table = ["Men", "Final", "100 m", "Women", "Final", "100 m"] * 5
    assert kept(STORY, *table, STORY) == [STORY, *table, STORY]


def test_listing_that_nobody_wrote_falls() -> None:
    listing = [line for number in range(60) for line in ("Channel 1", f"{number}:00", "Men")]
    assert kept(STORY, *listing, "Crosshead", STORY) == [STORY, "Crosshead", STORY]


def test_names_in_an_interview_and_refrains_stay() -> None:
    interview = ["Ann Example:", STORY] * 30
    assert kept(*interview) == interview
    song = ["And the river runs", "Under the bridge we stand", "And the river runs"] * 4
    assert kept(STORY, *song, STORY) == [STORY, *song, STORY]


def test_line_that_recurs_on_the_site_falls() -> None:
    memory = SiteMemory().learn([f"Page {n}\nThe Example, since 1899" for n in "abcd"], site="e")
    lines = [STORY, "The Example, since 1899"]
    assert judge_lines(lines, rules=RULES, memory=memory, site="other") == (None, None)
    judged = judge_lines(lines, rules=RULES, memory=memory, site="e")[1]
    assert judged is not None
    assert judged.verdict.reason is Reason.RECURS_ON_SITE


def test_crosshead_that_recurs_on_few_pages_stays_between_paragraphs() -> None:
    pages = [f"Background\nPage {n}" for n in "abc"] + [f"Page {n}" for n in "defghijklmnopqrst"]
    memory = SiteMemory().learn(pages)
    judged = judge_lines([STORY, "Background", STORY, "Background"], rules=RULES, memory=memory)
    assert [each is None for each in judged] == [True, True, True, False]


def test_crosshead_that_stands_on_every_page_falls() -> None:
    memory = SiteMemory().learn([f"Advert\nPage {n}" for n in "abc"])
    assert judge_lines([STORY, "Advert", STORY], rules=RULES, memory=memory)[1] is not None


def test_short_rules_of_another_language_do_not_act() -> None:
    rules = build_matcher(
        parse_rules(
            'lang = "de"\n[[rule]]\nid = "de-share"\ncategory = "share"\nwhy = "Test."\n'
            'phrases = ["teilen", "diesen Artikel jetzt teilen"]\nmatch = ["Teilen"]\n',
            source="de.toml",
        )
    )
    assert kept(STORY, STORY, "Teilen", rules=rules) == [STORY, STORY, "Teilen"]
    assert kept(STORY, STORY, "Diesen Artikel jetzt teilen", rules=rules) == [STORY, STORY]
    assert judge_lines([STORY, "Teilen"], rules=rules, lang="de-AT")[1] is not None


def test_language_that_a_page_declares_does_not_silence_the_one_it_is_in() -> None:
    rules = build_matcher(
        parse_rules(
            'lang = "de"\n[[rule]]\nid = "de-share"\ncategory = "share"\nwhy = "Test."\n'
            'phrases = ["teilen"]\nmatch = ["Teilen"]\n',
            source="de.toml",
        )
        + parse_rules(
            'lang = "fr"\n[[rule]]\nid = "fr-share"\ncategory = "share"\nwhy = "Test."\n'
            'phrases = ["partager"]\nmatch = ["Partager"]\n',
            source="fr.toml",
        )
    )
    german = (
        "Der Rat der kleinen Stadt hat am Montag über die Brücke gesprochen, die im Frühjahr "
        "gesperrt wurde, und er konnte sich nicht einigen, wer dafür und für die Straße zahlt."
    )
    lines = [german, german, "Teilen"]
    assert judge_lines(lines, rules=rules, lang="fr", is_page=True)[-1] is not None
    assert judge_lines(lines, rules=rules, lang="fr")[-1] is None


def test_script_tells_the_languages_where_small_words_do_not() -> None:
    rules = build_matcher(
        parse_rules(
            'lang = "ko"\n[[rule]]\nid = "ko-share"\ncategory = "share"\nwhy = "Test."\n'
            'phrases = ["공유"]\nmatch = ["공유"]\n',
            source="ko.toml",
        )
        + parse_rules(
            'lang = "ja"\n[[rule]]\nid = "ja-share"\ncategory = "share"\nwhy = "Test."\n'
            'phrases = ["共有"]\nmatch = ["共有"]\n',
            source="ja.toml",
        )
    )
    korean = ["항구가 얼어붙어 배들이 사흘째 묶여 있다고 시청이 밝혔다.", "공유"]
    assert choose_langs(rules, "", korean) == {"ko", "en"}
    japanese = ["港が凍り、漁師たちは三日も家にいると市役所が話した。"]
    assert choose_langs(rules, "", japanese) >= {"ja"}
    assert choose_langs(rules, "", ["Short"]) == frozenset()


def test_language_is_told_by_small_words_or_not_at_all() -> None:
    assert guess_tongues([STORY]) == {"en"}
    assert guess_tongues([CHINESE, CHINESE]) <= {"zh"}
    assert guess_tongues(["Short"]) == frozenset()


def test_languages_are_met_in_the_order_of_the_words_whatever_those_hash_to() -> None:
    frequent = load_tongues().frequent
    met = [tongue for word in list_words(STORY) for tongue in frequent.get(word, ())]
    assert list(count_tongues([STORY])) == list(dict.fromkeys(met))


@pytest.mark.parametrize(
    ("line", "body", "link", "headline", "label"),
    [
        (STORY, True, False, False, False),
        (CHINESE, True, False, False, False),
        (THAI, True, False, False, False),
        ("The bridge that nobody wanted", False, True, True, True),
        ("市议会讨论桥梁费用未能达成一致", False, True, True, True),
        ("Short", False, True, False, True),
        ("lower case to begin with, and long", False, True, False, True),
        ("He said no.", False, False, False, False),
        ("He had gone. She stayed on", False, False, False, True),
        ("x" * 200, False, False, False, False),
        ("", False, False, False, False),
    ],
)
def test_shapes(line: str, body: bool, link: bool, headline: bool, label: bool) -> None:
    assert is_body(line) is body
    assert is_link_like(line) is link
    assert is_headline_like(line) is headline
    assert is_label_like(line) is label


def test_fragment_needs_a_long_neighbour() -> None:
    assert not is_fragment("", "share", "tweet")
    assert not is_fragment("The end.", "share", "")


def test_examples_are_checked_in_words_for_people() -> None:
    text = (
        'lang = "any"\n[[rule]]\nid = "any-x"\ncategory = "share"\nwhy = "Test."\n'
        'phrases = ["share"]\nmatch = ["share", "nothing", "Stop. Nothing to see. Share Share"]\n'
        'keep = ["Shares", "share"]\n'
    )
    (rule,) = parse_rules(text, source="any.toml")
    alone = build_matcher([rule])
    assert check_match(rule, alone, "share") == ""
    assert check_keep(alone, "Shares") == ""
    problems = list(check_rules([rule], alone))
    assert [problem.split(": ", 1)[0] for problem in problems] == ["any.toml, any-x"] * 3
    assert "does not remove" in problems[0]
    assert "only a part" in problems[1]
    assert "removed by any-x" in problems[2]


@pytest.mark.parametrize(("words", "stays"), [(25, False), (190, False), (220, True)])
def test_a_notice_falls_with_its_whole_paragraph_up_to_a_length(words: int, stays: bool) -> None:
    notice = "Please note that opting-out changes little. " + "Advertisers know you. " * (
        words // 3
    )
    assert (notice in kept(notice, STORY)) is stays


def test_of_lines_that_the_model_is_sure_of_only_notices_are_asked_about() -> None:
    notice = "Please note that opting-out changes little. Advertisers know you."
    lines = [STORY, "Cookie settings", notice, notice, "Cookie settings", STORY]
    judged = judge_lines(lines, rules=RULES, is_page=True, told={0, 1, 2})
    fallen = [index for index, each in enumerate(judged) if each is not None]
    assert fallen == [2, 3, 4]


def test_paragraph_that_is_several_phrases_of_rules_and_nothing_else_is_a_notice() -> None:
    glued = "Cookie settings. All rights reserved. Log in or sign up to comment."
    lines = [STORY, glued, "Cookie settings. All rights reserved.", f"{glued} So it said.", STORY]
    judged = judge_lines(lines, rules=RULES, is_page=True, told=range(len(lines)))
    assert [index for index, each in enumerate(judged) if each is not None] == [1]


def test_question_of_an_interview_stays_whatever_it_asks() -> None:
    rules = build_matcher(
        parse_rules(
            'lang = "any"\n'
            + _rule("a-ask", '["do you have questions about *"]', category='"feedback"')
            + _rule("b-mail", '["write to us"]', category='"feedback"'),
            source="any.toml",
        )
    )
    asked = "Do you have questions about the bank?"
    talk = [
        *("What happened on Monday?", STORY, asked, "Many, and most were never answered."),
        *("How long will the search take?", "Nobody can know that, but some weeks."),
    ]
    assert kept(*talk, rules=rules) == talk
    assert kept(STORY, *talk[:4], rules=rules) == [STORY, *talk[:2], talk[3]]
    assert kept(*talk, asked, "Write to us.", rules=rules) == talk


def test_line_is_read_to_its_end_where_its_last_word_lies_across_what_is_read_first() -> None:
    threats = "threats of harming another person will not be tolerated"
    rules = build_matcher(
        parse_rules(
            'lang = "any"\n'
            + _rule("a", f'["[don t threaten] {threats}"]', category='"account"', where='"prefix"'),
            source="any.toml",
        )
    )
    line = f"Don't threaten. {threats.capitalize()}."
    assert line.index("tolerated") < 64 < len(line)
    assert kept(STORY, line, rules=rules) == [STORY]
    assert kept(STORY, f"{line} So it says on the door.", rules=rules) == [STORY]


def test_a_notice_inside_a_paragraph_is_the_writers() -> None:
    line = f"{STORY} Please note that opting out changes little, the company told its users."
    assert kept(line) == [line]


@pytest.mark.parametrize("is_page", [True, False])
@pytest.mark.parametrize(
    "line",
    [
        "“Please note that opting out is hard,” said the notice that the court had to read.",
        "«Please note that opting out is hard», disait l'avis que personne n'avait lu.",
        "Please note that opting out is hard,” said the notice that the court had to read.",
    ],
)
def test_notice_that_somebody_quotes_in_a_sentence_stays(line: str, is_page: bool) -> None:
    assert kept(STORY, line, STORY, is_page=is_page) == [STORY, line, STORY]


@pytest.mark.parametrize("is_page", [True, False])
@pytest.mark.parametrize(
    "line",
    [
        '"Follow us on Facebook" is painted on the door of every shop in the street.',
        "“Read our best stories every morning” is the slogan of the chain.",
        "«Seguici su Facebook» è scritto sulla porta.",
        "« Abonnez-vous à notre newsletter et gagnez » disait l'affiche.",
        "„Abonnieren Sie unseren Newsletter und gewinnen Sie“ stand an jeder Tür.",
        "«Подписывайтесь на нас в Facebook» — написано на каждой двери.",
        "– «Suscríbete a nuestra newsletter y gana» decía el cartel.",
    ],
)
def test_sentence_about_a_slogan_that_it_quotes_first_stays(line: str, is_page: bool) -> None:
    assert kept(STORY, line, STORY, rules=load_matcher(), is_page=is_page) == [STORY, line, STORY]


@pytest.mark.parametrize(
    "line",
    [
        "Follow us on Facebook for daily updates on the strike, the union says.",
        "Recevez nos alertes par SMS, propose la préfecture.",
        "Únete a nuestro grupo de WhatsApp, le dijeron los estafadores.",
    ],
)
def test_prompt_whose_speaker_is_named_after_it_stays(line: str) -> None:
    assert kept(STORY, line, STORY, rules=load_matcher()) == [STORY, line, STORY]
    assert kept(STORY, line[: line.index(",")], STORY, rules=load_matcher()) == [STORY, STORY]


@pytest.mark.parametrize(
    "line",
    [
        '"Follow us on Facebook" and subscribe to our newsletter.',
        '"The Courier" by email: sign up for our newsletter',
    ],
)
def test_prompt_that_quotes_goes(line: str) -> None:
    assert kept(STORY, STORY, line, rules=load_matcher()) == [STORY, STORY]


def test_notice_that_quotes_a_button_goes() -> None:
    line = "Please note that opting out by clicking “Never,” you see fewer stories."
    assert kept(STORY, line, STORY, is_page=True) == [STORY, STORY]


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("Il conclut : « On ira au bout. » Our newsletter", "Il conclut : « On ira au bout. »"),
        ("On le disait « fini ». Voilà «\xa0le Vieux\xa0» Our newsletter", None),
        ("Le pont est rouvert. » Our newsletter", "Le pont est rouvert."),
    ],
)
def test_guillemet_that_closes_a_quotation_stays_when_a_prompt_is_cut(
    line: str, left: str | None
) -> None:
    (judged,) = judge_lines([line], rules=RULES)
    assert judged is not None
    kept = line[judged.start : judged.end]
    assert kept == (left or line.removesuffix(" Our newsletter"))


def test_no_line_is_cut_after_a_comma_amid_its_sentence() -> None:
    button = "En cliquant sur « J’accepte », les voisins du port livrent leur vie privée, dit-elle."
    notice = "Ce contenu est bloqué car vous n’avez pas accepté les cookies."
    assert kept(button, rules=load_matcher()) == [button]
    (judged,) = judge_lines([f"{notice} {button}"], rules=load_matcher(), lang="fr", is_page=True)
    assert judged is None or f"{notice} {button}"[judged.start :] == button


@pytest.mark.parametrize(
    ("line", "stays"),
    [("FacebookTweet", False), ("TelegramVkontakte", False), ("Facebook", True), ("YouTube", True)],
)
def test_labels_run_together_are_buttons_amid_the_story(line: str, stays: bool) -> None:
    lines = [STORY, line, STORY] if stays else [STORY, STORY]
    assert kept(STORY, line, STORY, rules=load_matcher(), is_page=True) == lines


def test_crosshead_that_names_what_readers_do_stays_beside_an_advertisement() -> None:
    rules = build_matcher(
        parse_rules(
            'lang = "any"\n'
            + _rule("ad", '["advertisement"]', category='"ad-label"')
            + _rule("all", '["reactions"]', category='"comment-count"', where='"tail"')
            + _rule("buttons", '["share"]', category='"share"', where='"tail"'),
            source="test",
        )
    )
    for label, stays in (("Reactions", True), ("Share", False)):
        lines = [STORY, "Advertisement", label, STORY]
        judged = judge_lines(lines, rules=rules)
        assert [each is None for each in judged] == [True, False, stays, True]


def test_prompts_run_together_are_parted_though_one_may_go_on_with_any_word() -> None:
    rules = build_matcher(
        parse_rules(
            'lang = "any"\n' + _rule("on", '["share on (facebook|twitter|*)"]', category='"share"'),
            source="test",
        )
    )
    line = f"{STORY} Share on FacebookShare on Twitter"
    (judged,) = judge_lines([line], rules=rules)
    assert judged is not None
    assert line[judged.start : judged.end] == STORY
