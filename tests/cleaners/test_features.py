"""Characters, words, tokens and rows of numbers."""

import numpy as np
import pytest

from cleaners.cut import cut_blocks
from cleaners.cutting.labels import read_labels
from cleaners.cutting.letters import STOP, UNSPACED, UPPER, clip_texts, measure_letters
from cleaners.cutting.tags import SORT, SORTS
from cleaners.dom import parse_html
from cleaners.evidence import Evidence, read_evidence
from cleaners.features import CHOICES, SAME_TITLE, Features, measure_blocks
from cleaners.measures.tokens import build_table, list_name_tokens, list_text_tokens, sum_scores

EMPTY = build_table(np.zeros(0, np.uint32), np.zeros(0, np.float32))
PARAGRAPH = "A sentence with a good number of words in it, and then some more of them."


def measure(html: str, evidence: Evidence | None = None) -> Features:
    cut = cut_blocks(parse_html(html))
    return measure_blocks(cut, evidence or Evidence(), names=EMPTY, words=EMPTY)


def row(features: Features, name: str) -> list[float]:
    return [float(value) for value in features.rows[features.names.index(name)]]


@pytest.mark.parametrize(
    ("heading", "title", "is_headline"),
    [
        ("Harbour frozen", "Harbour frozen", True),
        ("Harbour frozen", "Harbour frozen - News from all the isles", True),
        (
            "<span>Winter</span><span>Harbour frozen for days</span>",
            "Harbour frozen for days",
            True,
        ),
        ("Harbour News", "Harbour frozen for days and days on end - Harbour News", False),
        ("Boats thawed", "Harbour frozen", False),
    ],
)
def test_headline_is_told_where_a_site_or_a_kicker_stands_beside_it(heading, title, is_headline):
    page = f"<h1>{heading}</h1><p>{PARAGRAPH}</p>"
    found = measure(page, Evidence(title=title)).title_share[0] >= SAME_TITLE
    assert found == is_headline


def test_words_hash_the_same_wherever_they_stand():
    letters = measure_letters(["Hello, world 7", "world", "HELLO 8"])
    words = letters.words.tolist()
    assert letters.bounds.tolist() == [0, 3, 4, 6]
    assert words[1] == words[3] == measure_letters(["world"]).words[0]
    assert words[0] == words[4]
    assert words[2] == words[5]
    assert len(set(words)) == 3


def test_unspaced_scripts_give_a_word_a_character_and_stay_in_their_text():
    letters = measure_letters(["東京都", "京都"])
    assert letters.bounds.tolist() == [0, 3, 5]
    assert letters.words[1] == letters.words[3]
    assert letters.words[2] != letters.words[3]
    assert letters.counts[UNSPACED].tolist() == [3, 2]


def test_first_and_last_characters_and_sentence_ends_are_told():
    letters = measure_letters(
        ["Yes.", "“No!”", "so", "« Oui. »", "« Non !\xa0»", "« le Vieux »", "»"]
    )
    assert letters.first[0] == UPPER
    assert letters.last[0] == STOP
    assert letters.ends_sentence.tolist() == [True, True, False, True, True, False, False]


def test_emoji_and_lone_surrogates_do_no_harm():
    letters = measure_letters(["😀 x", "\ud800"])
    assert letters.bounds.tolist() == [0, 1, 1]


def test_long_texts_are_clipped_in_the_middle():
    short, clipped = clip_texts(["short", "a" * 1000 + "z"])
    assert short == "short"
    assert clipped[-1] == "z"
    assert len(clipped) < 300


def test_a_known_token_has_its_score_and_an_unknown_one_none():
    tokens = list_text_tokens(measure_letters(["read more", "other"]), np.array([True, True]))
    known = np.sort((tokens.words.hashes[:1] >> np.uint64(32)).astype(np.uint32))
    table = build_table(known, np.array([-2.0], np.float32))
    places, found = table.look_up(tokens.words.hashes)
    assert (places.tolist(), found.tolist()) == ([0], [-2.0])
    owners = tokens.words.owners[places]
    assert sum_scores(owners, found, np.minimum, 2).tolist() == [[-1.0, 0.0], [-2.0, 0.0]]
    assert sum_scores(owners, found, np.maximum, 2).tolist() == [[-1.0, 0.0], [0.0, 0.0]]
    assert [part.tolist() for part in table.entries()] == [known.tolist(), [-2.0]]


def test_runs_of_words_at_the_edges_are_the_same_token_wherever_they_stand():
    texts = ["read more now please", "Read more", "…", "more", "—"]
    tokens = list_text_tokens(measure_letters(texts), np.ones(5, bool))
    first, two, three, whole, last = tokens.edges.tolist()
    assert first[0] == first[1] != first[3]
    assert two[0] == two[1]
    assert two[2:] == [0, 0, 0]
    assert three[0]
    assert not any(three[1:])
    assert len({two[1], whole[1], whole[3], first[3]}) == 4
    assert last[1] == last[3] == tokens.words.hashes[1]
    assert not any(row[2] or row[4] for row in tokens.edges.tolist())


def test_texts_without_words_may_stand_at_the_end():
    for count in (1, 2, 4, 8):
        tokens = list_text_tokens(
            measure_letters(["word"] * count + ["…", "…"]), np.ones(count + 2, bool)
        )
        assert not tokens.edges[:, count:].any()
        assert tokens.edges[0, :count].all()


def test_names_share_their_pieces_whatever_their_case():
    tokens = list_name_tokens(read_labels(["article-body", "ArticleBody", "sidebar"]))
    of = [set(tokens.hashes[tokens.owners == owner].tolist()) for owner in range(3)]
    assert len(of[0] & of[1]) >= 2
    assert not of[0] & of[2]


def test_space_around_a_name_changes_none_of_its_tokens():
    def list_hashes(*names: str) -> list[set[int]]:
        tokens = list_name_tokens(read_labels(names))
        owned = [tokens.hashes[tokens.owners == owner] for owner in range(len(names))]
        return [set(hashes.tolist()) for hashes in owned]

    first, second, third, none = list_hashes("a-b cde", " a-b\n cde ", "fg", " ")
    assert first == second
    assert [third] == list_hashes("fg")
    assert none == set()


def test_a_name_without_letters_still_counts_as_a_name():
    assert list_name_tokens(read_labels([""])).hashes.size == 1


def test_every_row_has_a_name_and_a_number_for_every_block():
    features = measure(f"<h1>Title here</h1><div><p>{PARAGRAPH}</p><p>{PARAGRAPH}</p></div>")
    assert features.rows.shape == (len(features.names), 3)
    assert len(set(features.names)) == len(features.names)
    assert np.isfinite(features.rows).all()
    assert features.choices.shape == (len(CHOICES), 3)
    most = np.array(list(CHOICES.values()))[:, None]
    assert ((features.choices >= 0) & (features.choices < most)).all()


def test_a_page_of_one_block_can_be_measured():
    assert np.isfinite(measure("x").rows).all()


def test_links_and_running_text_are_told_apart():
    features = measure(f'<p>{PARAGRAPH}</p><p><a href="/">{PARAGRAPH}</a></p>')
    assert row(features, "links") == [0.0, 1.0]
    assert features.good[0] > 0
    assert features.good[1] == 0


def test_the_title_is_found_among_the_blocks():
    features = measure(
        f"<p>Menu</p><h1>Storm hits coast</h1><p>{PARAGRAPH}</p>",
        Evidence(title="Storm hits coast"),
    )
    assert row(features, "title") == [0.0, 1.0, 0.0]
    assert row(features, "since_title")[2] == 1.0


def test_words_of_title_and_description_are_found_in_blocks():
    features = measure(
        "<p>the storm hit the coast, the coast said</p><p>the weather, the news</p><p>other</p>",
        Evidence(title="The storm", description="Coast"),
    )
    assert row(features, "titled") == [1.0, 0.5, 0.0]
    assert row(features, "described") == [1.0, 0.0, 0.0]


def test_without_a_title_nothing_is_shared_with_it():
    assert row(measure("<p>one</p><p>two</p>"), "titled") == [0.0, 0.0]


def test_containers_tell_of_all_that_stands_around_them():
    html = "<body><div class=a><div class=b><div class=c><p>x</p></div></div></div><p>y</p>"
    cut = cut_blocks(parse_html(html))
    tokens = list_name_tokens(read_labels(["a", "b", "c"]))
    hashes = (tokens.hashes >> np.uint64(32)).astype(np.uint32)
    scores = dict(zip(hashes.tolist(), np.array([1, -3, 2]).take(tokens.owners), strict=True))
    names = build_table(
        np.array(sorted(scores), np.uint32),
        np.array([scores[hash_] for hash_ in sorted(scores)], np.float32),
    )
    features = measure_blocks(cut, Evidence(), names=names, words=EMPTY)
    mean = 2 / 3
    assert row(features, "far") == pytest.approx([0.0, 0.0], abs=1e-6)
    assert row(features, "far_high") == [2.0, 0.0]
    assert row(features, "near2") == pytest.approx([2 * mean, 0.0])


def test_blocks_marked_up_alike_have_the_same_signature_wherever_they_stand():
    entries = "<ul class=more><li>One</li><li>Two</li></ul>"
    html = f"{entries}<p>{PARAGRAPH}</p>{entries}<ul><li>Three</li></ul>"
    first, second, paragraph, third, fourth, other = measure(html).signatures.tolist()
    assert first == second == third == fourth
    assert len({first, paragraph, other}) == 3
    assert {first, paragraph, other} == {0, 1, 2}


def test_a_page_that_calls_itself_news_is_known():
    html = f"<p>{PARAGRAPH}</p><p>And more.</p>"
    assert row(measure(html, Evidence(is_news=True)), "news") == [1, 1]
    assert row(measure(html), "news") == [0, 0]


def test_the_heading_above_a_block_is_known():
    features = measure("<p>x</p><h2>y</h2><p>z</p>")
    assert features.choices[3].tolist() == [len(SORTS), SORT["h2"], SORT["h2"]]
    assert row(features, "since_heading") == [1.0, 0.0, 1.0]


def test_the_pages_own_article_body_speaks_for_a_block():
    features = measure(
        f"<p>{PARAGRAPH}</p><p>Other words that nobody wrote there.</p><p>short</p>",
        Evidence(body=f"Before. {PARAGRAPH} After."),
    )
    assert row(features, "body") == [1.0, 0.0, -1.0]


def read_page(html: str) -> Evidence:
    document = parse_html(html)
    return read_evidence(document, cut_blocks(document))


@pytest.mark.parametrize(
    ("html", "evidence"),
    [
        ("<title> A  b </title>", Evidence(title="A b")),
        (
            """<title>Site</title><meta property="og:title" content="T">
            <meta name="description" content="D">""",
            Evidence(title="T", description="D"),
        ),
        ("", Evidence()),
    ],
)
def test_evidence_is_read_from_the_head(html, evidence):
    assert read_page(html) == evidence


@pytest.mark.parametrize(
    ("json", "body"),
    [
        ('{"articleBody": "%s"}', "word " * 59 + "word"),
        ('{"articleBody": "<p>%s</p>"}', "word " * 59 + "word"),
        ('{"articleBody": "x", "a": {"articleBody" : "%s"}}', "word " * 59 + "word"),
        ('{"articleBody": "\\x %s"}', "\\x " + "word " * 59 + "word"),
        ('{"articleBody": 7, "x": "%s"}', ""),
        ('{"articleBody": "short"}%.0s', ""),
    ],
)
def test_article_body_is_read_even_from_broken_json(json, body):
    html = f'<script type="application/ld+json">{json % ("word " * 60)}</script>'
    assert read_page(html).body == body


NEWS = '{"@type": "NewsArticle", "articleBody": "%s"}' % ("word " * 60)


@pytest.mark.parametrize(
    ("html", "is_news"),
    [
        (f'<script type="application/ld+json">{NEWS}</script>', True),
        (f'<body><p>x<script type="application/LD+JSON">{NEWS}</script>', True),
        ('<html itemtype="https://schema.org/NewsArticle"><p>x', True),
        ('<body itemtype="http://schema.org/NewsArticle"><p>x', True),
        ('<div itemscope itemtype="http://schema.org/NewsArticle"><p>x</div>', True),
        ('<div itemscope itemtype="http://schema.org/Article"><p>x</div>', False),
        ("<p>A class named NewsArticle</p>", False),
        ('<script>load("Serum.NewsArticle")</script><p>x', False),
    ],
)
def test_a_page_is_news_where_json_ld_or_microdata_say_so(html: str, *, is_news: bool) -> None:
    assert read_page(html).is_news is is_news


def test_article_body_is_read_from_head_and_body() -> None:
    script = f'<script type="application/ld+json">{NEWS}</script>'
    assert read_page(script).body == read_page(f"<body><p>x</p>{script}").body != ""
    assert read_page(script.replace("application/ld+json", "text/javascript")).body == ""


THAI = "สภาเทศบาลมีมติเมื่อวันจันทร์ให้ปิดสะพานเก่าข้ามแม่น้ำเป็นเวลาหนึ่งปีเพื่อซ่อมแซมฐานราก"
SAME = "The town council decided on Monday to close the old bridge for a year to mend its piers."


def test_thai_counts_as_many_words_as_it_has_and_needs_no_stop() -> None:
    thai, short, same = (measure(f"<p>{text}</p>") for text in (THAI, "สภาเทศบาล", SAME))
    assert thai.words[0] == pytest.approx(same.words[0], rel=0.35)
    assert thai.good[0] > 0
    assert short.good[0] == 0
