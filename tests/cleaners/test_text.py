"""`clean_text`: bytes kept, gaps, the cap, and the laws that hold for any text."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pace import within

from cleaners import TextConfig, clean_text
from cleaners.article import Reason
from cleaners.matching.matcher import build_matcher
from cleaners.matching.rulebook import extend_matcher, load_matcher, read_compiled, write_compiled
from cleaners.residue import judge_lines
from cleaners.text import cut_lines

SEED = next((Path(__file__).parents[2] / "seeds").glob("*.txt")).read_bytes().decode()
ARTICLE = "\n".join(SEED.split("\n")[:-6])
TAIL = SEED.split("\n")[-6:]
STORY = (
    "The council of the small town met on Monday evening to talk about the bridge that was "
    "closed in spring, and it could not agree on who should pay for it."
)
PROMPT = "Subscribe to our newsletter"


def test_seed_comes_out_as_the_article_and_nothing_else() -> None:
    assert clean_text(SEED).text == ARTICLE


def test_each_line_of_the_tail_has_its_reason() -> None:
    removed = clean_text(SEED).removed
    assert [block.text for block in removed] == TAIL
    assert [block.verdict.reason for block in removed] == [
        Reason.ADVERTISE,
        Reason.ADVERTISE,
        Reason.ADVERTISE,
        Reason.ADVERTISE,
        Reason.COMMENT_PROMPT,
        Reason.COMMENT_LOGIN,
    ]
    assert all(block.verdict.rule.startswith("fr-") for block in removed)


def test_article_comes_back_as_the_same_object() -> None:
    cleaned = clean_text(ARTICLE)
    assert cleaned.text is ARTICLE
    assert str(cleaned) == ARTICLE
    assert not cleaned.removed
    assert not cleaned.capped


def test_empty_rule_set_changes_nothing() -> None:
    assert clean_text(SEED, rules=build_matcher([])).text == SEED


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("", ""),
        ("\n\n", "\n\n"),
        (f"{STORY}\n{PROMPT}", STORY),
        (f"{STORY}\n{PROMPT}\n", f"{STORY}\n"),
        (f"{STORY}\n\n\n{PROMPT}\n\n", f"{STORY}\n"),
        (f"{STORY}\r\n{PROMPT}\r\n", f"{STORY}\r\n"),
        (f"{STORY}\r{PROMPT}\r", f"{STORY}\r"),
        (f"{STORY}\u2028{PROMPT}", STORY),
        (f"{STORY}  \n{PROMPT}\n{STORY}\n", f"{STORY}  \n{STORY}\n"),
        (f"{STORY}\n\n{PROMPT}\n\n{STORY}", f"{STORY}\n\n{STORY}"),
        (f"{STORY}\n{PROMPT}\n\n{STORY}", f"{STORY}\n\n{STORY}"),
        (f"\n  {PROMPT}\n\n  {STORY}", f"\n  {STORY}"),
        (f"{STORY} {PROMPT}\n", f"{STORY}\n"),
        (f"{STORY} {PROMPT}", STORY),
    ],
)
def test_lines_and_gaps_keep_their_bytes(text: str, cleaned: str) -> None:
    assert clean_text(text).text == cleaned


def test_pieces_of_a_text_are_the_text() -> None:
    text = "\n\n a \r\n\x0b\r\n b\u2029\x85c\n"
    assert "".join(line + gap for line, gap in cut_lines(text)) == text


def test_kept_blocks_joined_are_the_text() -> None:
    cleaned = clean_text(f"{PROMPT}. Share. {STORY}\n\nShare\n{STORY} {PROMPT}\n{PROMPT}")
    kept = [block for block in cleaned.blocks if block.verdict.keep]
    assert "".join(block.text for block in kept) == cleaned.text == f"{STORY}\n\n{STORY}"
    assert [block.index for block in cleaned.blocks] == list(range(len(cleaned.blocks)))


def test_removal_beyond_the_cap_returns_the_input_and_says_so() -> None:
    text = "\n".join(TAIL)
    cleaned = clean_text(text)
    assert cleaned.text == text
    assert cleaned.capped
    assert not cleaned.removed
    assert clean_text(text, config=TextConfig(max_removed=1.0)).text == ""
    assert clean_text(SEED, config=TextConfig(max_removed=0.01)).text == SEED


def test_language_narrows_the_rules() -> None:
    text = f"{ARTICLE}\nContactez-nous"
    assert clean_text(text, lang="fr-BE").text == ARTICLE
    assert clean_text(text, lang="ja").text == text


_SNIPPETS = st.sampled_from(
    [
        *TAIL,
        *ARTICLE.split("\n")[:4],
        STORY,
        PROMPT,
        "Culture",
        "- 'Faire plus!' -",
        "Read more: The bridge",
        "Share",
        "Menu",
        "Advertisement",
        "Lire aussi",
        "Related stories",
        "The bridge that nobody wanted to have",
        "9/10",
        "",
        "关于我们",
        "&amp;",
    ]
)
_TEXTS = st.lists(
    st.tuples(_SNIPPETS, st.sampled_from(["\n", "\n\n", " ", "", "\r\n", " | ", ". "])), max_size=14
).map(lambda parts: "".join(snippet + gap for snippet, gap in parts))


@given(_TEXTS)
@settings(max_examples=150, deadline=None)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once.text).text == once.text


@given(_TEXTS)
@settings(max_examples=100, deadline=None)
def test_what_is_kept_stands_in_the_text_in_order(text: str) -> None:
    at = 0
    for block in clean_text(text, config=TextConfig(max_removed=1.0)).blocks:
        line = block.text.strip()
        if block.verdict.keep and line:
            at = text.find(line, at)
            assert at >= 0
            at += len(line)


@given(st.text(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_text_is_cleaned_without_an_exception(text: str) -> None:
    cleaned = clean_text(text)
    assert clean_text(cleaned.text).text == cleaned.text
    kept = "".join(block.text for block in cleaned.blocks if block.verdict.keep)
    assert kept == cleaned.text


def test_threads_agree() -> None:
    texts = [SEED, ARTICLE, f"{STORY}\n{PROMPT}"] * 10
    alone = [clean_text(text).text for text in texts]
    fresh = extend_matcher([])
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: clean_text(text, rules=fresh).text, texts))
    assert together == alone


@pytest.mark.parametrize(
    "piece",
    [
        "Menu\n",
        "A day in the life\n",
        "Read also\n",
        f"{PROMPT}\n",
        f"{PROMPT} ",
        "SubscribeShare",
        "ShareSHAREshare",
        "READMORE",
        "a",
        "&amp;",
        "x. Home. ",
        "\n",
        "更多",
    ],
)
def test_hostile_text_takes_time_in_proportion(piece: str) -> None:
    def time_clean(times: int) -> float:
        text = STORY + "\n" + piece * times
        start = time.process_time()
        clean_text(text)
        return time.process_time() - start

    time_clean(100)
    # The best of three: a busy machine adds time to single runs, never takes any off.
    small, large = (min(time_clean(times) for _ in range(3)) for times in (1_000, 8_000))
    assert large < 8 * 4 * max(small, 0.002)


def test_sixty_blocks_of_a_page_are_judged_in_a_blink() -> None:
    lines = ARTICLE.split("\n") * 3
    rules = load_matcher()
    judge_lines(lines, rules=rules)
    with within(0.4):  # 14 ms on a quiet machine; enough to catch what grows with the rules
        for _ in range(20):
            judge_lines(lines, rules=rules)


TOLD = (
    "Le conseil du bourg s'est réuni lundi soir au sujet du pont, fermé depuis le printemps, et il "
    "n'a pas su dire qui doit payer.\nLa maire a promis un bac pour l'été, que les pêcheurs ont "
    "aussitôt baptisé de son nom, et que personne n'a encore vu."
)


@pytest.mark.parametrize("last", ["À suivre.", "À suivre…"])
def test_last_words_of_a_serial_stay_where_they_end_as_a_sentence(last: str) -> None:
    told = f"{TOLD}\n{last}"
    assert clean_text(told).text == told
    assert clean_text(f"{TOLD}\n{last.rstrip('.…')}").text == TOLD
    assert clean_text(f"{TOLD}\nPartager\n{last}").text == TOLD


def test_last_list_of_a_story_stays_between_a_label_and_the_chrome_of_a_page() -> None:
    listed = ["Pratique", "Ouvert du mardi au dimanche", "Tarif : 6 euros", "Accès par la D12"]
    chrome = ["Partager", "Commentaires", "À lire aussi", "Le sabot rouvre", "Les plus lus"]
    chrome += ["Abonnez-vous à notre newsletter", "Se connecter", "Tous droits réservés"]
    lines = [TOLD, "Publicité", *listed, *chrome]
    assert clean_text("\n".join(lines)).text == "\n".join([TOLD, *listed])


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        ("Lire aussi : Le sabot rouvre", False),
        ("À LIRE AUSSI | Le sabot rouvre", False),
        ("À lire aussi : Cordes et nœuds, de Paul Vidal, Éd. du Moulin, 18 €", True),
        ("Lire aussi : c'est tout ce que disait la pancarte.", True),
        ("Lire aussi Le sabot rouvre", True),
        ("Un bac pour deux", True),
    ],
)
def test_label_and_headline_between_paragraphs_fall_and_no_crosshead_under_them(
    line: str, stays: bool
) -> None:
    first, second = TOLD.split("\n")
    kept = clean_text("\n".join([first, line, "Un bac pour tous", second])).text.split("\n")
    assert kept == [first, *([line] if stays else []), "Un bac pour tous", second]


def test_crosshead_after_a_single_link_stays() -> None:
    first, second = TOLD.split("\n")
    link = "Le musée du sabot rouvre ses portes après dix ans de travaux"
    for crosshead in ("Une corde pour deux mondes", "Le maire reste seul en scène"):
        lines = [first, "À lire aussi", link, crosshead, second]
        assert clean_text("\n".join(lines)).text == "\n".join([first, crosshead, second])
    lines = [first, "À lire aussi", link, link.replace("sabot", "clou"), second]
    assert clean_text("\n".join(lines)).text == TOLD


def test_compiled_rules_are_the_rules() -> None:
    raw = (
        b'lang = "xx"\n[[rule]]\nid = "xx-a"\ncategory = "share"\nwhy = "Test."\nheads_run = true\n'
        b'where = "prefix"\nphrases = ["share [this] :"]\nmatch = ["Share: x"]\n'
    )
    compiled = write_compiled(raw, source="xx.toml")
    section = read_compiled(compiled, raw)
    assert section is not None
    (term,) = section.terms
    assert (term.rule, term.lang, term.reason, term.where, term.heads_run, term.colon) == (
        "xx-a",
        "xx",
        Reason.SHARE,
        "prefix",
        True,
        True,
    )
    assert read_compiled(compiled, raw + b"\n") is None


def test_links_in_markdown_are_judged_by_their_texts() -> None:
    story = (
        "The council met on Monday to talk about the [old bridge](https://example.org/bridge), "
        "which has been closed since the spring, and put off its vote."
    )
    tail = (
        "[Share on Facebook](https://www.facebook.com/sharer?u=https://example.org/a_(b))\n"
        "## Read also\n\n* [The bridge over the harbour closes again](https://example.org/1)\n"
        '* [What the repairs will cost the town](<https://example.org/2> "Costs")\n'
    )
    assert str(clean_text(f"{story}\n\n{story}\n\n{tail}")) == f"{story}\n\n{story}\n"
    glued = f"{story} Subscribe to our newsletter"
    assert str(clean_text(glued)) == glued


_OWN_LISTS = {
    "en": ("You will need", "Don't miss", "Further reading", "Top picks", "The latest"),
    "fr": ("Top 10", "À ne pas manquer", "À suivre", "Tendances", "Pour aller plus loin"),
    "de": ("Auf einen Blick", "Kurzmeldungen", "Die Top 5", "Lesetipps", "Unsere Tipps"),
    "es": ("Ranking", "A fondo", "Tendencias", "Lo más destacado"),
    "it": ("Da non perdere", "Per approfondire", "In evidenza"),
    "pt": ("Destaques", "A não perder", "Em alta"),
    "nl": ("In het kort", "Aanraders", "Besproken"),
    "sv": ("Bakgrund", "Faktaruta", "Detta har hänt", "Missa inte"),
    "da": ("Baggrund", "Fakta", "Gå ikke glip af"),
    "no": ("Bakgrunn", "Fakta", "Akkurat nå"),
    "fi": ("Älä missaa", "Juuri nyt"),
    "pl": ("Warto zobaczyć", "Najważniejsze informacje", "Top 10"),
    "cs": ("K věci", "Poslední", "Hlavní události"),
    "hu": ("Részletek", "Érdekességek", "Percről percre"),
    "ro": ("Recomandări", "Nu rata", "Mai multe detalii"),
    "ru": ("Главное за день", "Что посмотреть", "Топ-10"),
    "tr": ("Öne çıkanlar", "Haftanın enleri"),
    "ar": ("أحدث المستجدات", "الأكثر شيوعا"),
    "he": ("כדאי להכיר", "מומלצים"),
    "ja": ("総合ランキング", "関連情報"),
    "zh": ("最新动态", "历史回顾"),
    "ko": ("주요 이슈", "핫이슈"),
}


@pytest.mark.parametrize(
    ("lang", "heading"),
    [(lang, heading) for lang, headings in _OWN_LISTS.items() for heading in headings],
)
def test_heading_of_a_list_of_the_story_stays_with_the_list(lang: str, heading: str) -> None:
    items = ["Zander, Kopenhagen 1921", "Orla, Bergen 1934", "Mirko, Zagreb 1948"]
    for lines in ([STORY, heading, *items], [STORY, heading, *items, STORY]):
        text = "\n".join(lines)
        assert clean_text(text, lang=lang).text == text


_PARAGRAPHS = {
    "hi": (
        "नगर परिषद की बैठक सोमवार शाम को हुई, जिसमें वसंत में बंद किए गए पुराने पुल के भविष्य पर बात हुई, "
        "लेकिन इस पर सहमति नहीं बनी कि मरम्मत का खर्च कौन देगा।"
    ),
    "zh": (
        "市议会周一晚上开会讨论今年春天关闭的那座老桥的未来，但未能就由谁支付修理费用达成一致，"
        "议员们决定下周再次开会，并邀请工程师说明工程所需要的时间。"
    ),
}


@pytest.mark.parametrize(
    ("lang", "label", "crosshead"),
    [("hi", "विज्ञापन", "पृष्ठभूमि"), ("zh", "广告", "背景"), ("zh", "广告", "居民反应如何")],
)
def test_label_of_an_advertisement_that_stands_again_is_no_crosshead(
    lang: str, label: str, crosshead: str
) -> None:
    story = _PARAGRAPHS[lang]
    text = "\n".join([story, label, story, crosshead, story, label, story])
    kept = "\n".join([story, story, crosshead, story, story])
    assert clean_text(text, lang=lang).text == kept


def test_label_of_an_advertisement_that_looks_as_crossheads_do_stays() -> None:
    story = _PARAGRAPHS["zh"]
    for heads in (["广告", "背景"], ["广告", "背景", "广告", "背景"]):
        text = "\n".join(line for head in heads for line in (story, head)) + f"\n{story}"
        assert clean_text(text, lang="zh").text == text


def test_short_label_of_an_advertisement_differs_from_long_crossheads() -> None:
    story = _PARAGRAPHS["zh"]
    text = "\n".join([story, "广告", story, "居民反应如何", story])
    assert clean_text(text, lang="zh").text == "\n".join([story, story, "居民反应如何", story])


TOWN = {
    "es": "Zamora celebra el sábado la noche de los museos, con nueve salas abiertas hasta la "
    "una. El Ayuntamiento espera seis mil visitantes y ha reforzado los autobuses.",
    "fr": "La nuit des musées se tient samedi à Lorient, avec neuf salles ouvertes jusqu'à une "
    "heure. La ville attend six mille visiteurs et renforce les bus.",
    "de": "Die Stadt hat am Dienstag beschlossen, das Freibad für drei Wochen zu schließen, weil "
    "sie keine Bademeister findet, sagte die Referentin im Rat.",
    "fi": "Kaupunki lopettaa paperisen tiedotteen, koska sitä ei enää lue kukaan, ja viimeinen "
    "numero jaetaan perjantaina kaikkiin koteihin, kertoo viestintäjohtaja.",
    "ja": "倉敷市は火曜日、監視員が見つからないため市営プールを三週間閉鎖することを決めた。"
    "定期券は延長されると、副市長は述べ、利用者に謝罪した。",
    "en": "The council decided on Tuesday to close the swimming pool for three weeks because "
    "it cannot find lifeguards, said the councillor for sports, who regrets it.",
}


def keep_under(lang: str, *lines: str) -> list[str]:
    return clean_text("\n".join([TOWN[lang], *lines])).text.splitlines()[1:]


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        ("es", ["Más información", "Museo del Mar, muelle norte", "Librería, calle Mayor, 3"]),
        ("fr", ["En savoir plus", "Halle aux toiles, quai Nord", "Bains, 3, rue des Bains"]),
        ("fr", ["Contact", "Piscine du Levant, 3, rue des Bains", "02 97 00 00 12"]),
    ],
)
def test_addresses_under_a_heading_stay_with_it(lang: str, lines: list[str]) -> None:
    assert keep_under(lang, *lines) == lines


def test_headline_that_begins_with_a_street_is_no_address() -> None:
    assert keep_under("fr", "À lire aussi", "Rue de Rennes, le chantier s'éternise") == []


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("de", "Auf der Tafel standen vier Wörter in roter Farbe. Folgen Sie uns auf Instagram."),
        ("ja", "動画はいつもの言葉で終わった。チャンネル登録をお願いします。"),
    ],
)
def test_sentence_at_the_end_of_a_told_paragraph_stays(lang: str, line: str) -> None:
    assert keep_under(lang, line) == [line]


def test_answer_of_one_word_stays_where_it_ends_as_a_sentence() -> None:
    lines = ["Bleiben Sie im Amt?", "Weiter."]
    assert keep_under("de", *lines) == lines
    assert keep_under("de", "Bleiben Sie im Amt?", "Weiter") == lines[:1]


def test_crosshead_over_short_sentences_stays() -> None:
    lines = ["Lue myös rivien välit", "Näyttely avautuu lauantaina.", "Vapaa pääsy kaikille."]
    assert keep_under("fi", *lines) == lines
    assert lines[0] not in keep_under("fi", lines[0], lines[1])


@pytest.mark.parametrize(
    "lines",
    [
        ["Follow us on Twitter! — Town Pool (@townpool) March 3, 2024"],
        ["Subscribe to our newsletter", "— Town Pool (@townpool) March 3, 2024"],
    ],
)
def test_post_that_a_story_quotes_stays(lines: list[str]) -> None:
    assert keep_under("en", *lines) == lines
    assert keep_under("en", "Follow us on Twitter (@townpool)") == []
