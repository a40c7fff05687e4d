"""The rule format and the phrase language: what is read, and what is refused with which words."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaners.article import Reason
from cleaners.errors import RuleError
from cleaners.matching.matcher import Matcher, build_matcher
from cleaners.matching.pattern import PatternError, compile_pattern, fold_pattern
from cleaners.matching.phrases import Phrase, Rule, Where, load_rules, parse_rules
from cleaners.words.fold import fold_words, has_entity, list_words, read_words

GOOD = """
lang = "fr"

[[rule]]
id = "fr-share"
category = "share"
phrases = ["Partager [sur (Facebook|Twitter)]"]
why = "Share button."
match = ["Partager"]
keep = ["Partager le pouvoir ne suffit pas."]
"""


def matches(phrase: str, line: str) -> bool:
    """Whether `phrase` covers `line` from its first word to its last."""
    words = fold_words(line).words
    return all(
        _walk(matcher, words, backward=backward)
        for matcher in [
            build_matcher(
                [
                    Rule(
                        id="x",
                        category=Reason.SHARE,
                        phrases=(Phrase(pattern=fold_pattern(phrase)),),
                    )
                ]
            )
        ]
        for backward in (False, True)
    )


def _walk(matcher: Matcher, words: tuple[str, ...], *, backward: bool) -> bool:
    automaton = matcher.backward if backward else matcher.forward
    state = None
    for word in reversed(words) if backward else words:
        state = automaton.start(word) if state is None else automaton.step(state, word)
        if state is None:
            return False
    return state is not None and bool(state.accepts)


@pytest.mark.parametrize(
    ("phrase", "line"),
    [
        ("Connectez-vous", "CONNECTEZ VOUS !"),
        ("créez", "creez"),
        ("l'espace", "L’espace"),
        ("a [b] c", "a c"),
        ("a [b] c", "a b c"),
        ("a [b|d e] c", "a d e c"),
        ("a [b [c]] d", "a b d"),
        ("(a|b c|d)", "b c"),
        ("# commentaires", "1 234 commentaires"),
        ("# commentaires", "12.345 commentaires"),
        ("# min", "3min"),
        ("24 heures", "24 heures"),
        ("(24|#) heures", "24 heures"),
        ("lire * ici", "lire la suite ici"),
        ("lire * ici", "lire un deux trois quatre cinq six ici"),
        ("lire [*] ici", "lire ici"),
        ("abonné[e][s]", "abonnées"),
        ("inscri(t|te)s", "inscrites"),
        ("발행[하기|해 주세요]", "발행해 주세요"),
        ("发表评论", "发表评论"),
        ("发表[你的]评论", "发表你的评论"),
        ("[この]JavaScriptを有効に", "JavaScriptを有効に"),
        ("ｶﾀｶﾅ", "カタカナ"),
        ("yorum yapın", "YORUM YAPIN"),
        ("straße", "STRASSE"),
        ("أخبار", "اخبار"),
        ("déjà vu", "d&eacute;j&agrave; vu"),
        ("a b", "a&amp;nbsp;b"),
        ("soft hyphen", "so\u00adft hy\u200bphen"),
    ],
)
def test_phrase_matches(phrase: str, line: str) -> None:
    assert matches(phrase, line)


@pytest.mark.parametrize(
    ("phrase", "line"),
    [
        ("a [b] c", "a"),
        ("a [b] c", "a b b c"),
        ("(a|b)", "a b"),
        ("# commentaires", "commentaires"),
        ("lire * ici", "lire ici"),
        ("lire * ici", "lire un deux trois quatre cinq six sept ici"),
        ("whatsapp", "whats app"),
    ],
)
def test_phrase_does_not_match(phrase: str, line: str) -> None:
    assert not matches(phrase, line)


@pytest.mark.parametrize(
    ("phrase", "says"),
    [
        ("", "outside"),
        ("...", "outside"),
        ("[a]", "outside"),
        ("* a", "begins with"),
        ("[b] * a", "begins with"),
        ("a * b * c", "twice"),
        ("a ** b * c", "twice"),
        ("a | b", "alternatives"),
        ("(a", "expected"),
        ("a)", "expected"),
        ("[a)", "expected"),
        ("a[b.c]", "bracket touches"),
        ("(a|b)c", "bracket touches"),
        ("(동영상|비디오)[을|를] 재생", "bracket touches"),
        ("a " * 401, "too long"),
    ],
)
def test_bad_phrase_is_refused(phrase: str, says: str) -> None:
    with pytest.raises(PatternError, match=says):
        fold_pattern(phrase)


def test_pattern_stays_small_however_many_options_it_holds() -> None:
    phrase = "a " + " ".join(f"[b{number} (c|d)]" for number in range(20))
    assert len(compile_pattern(fold_pattern(phrase)).symbols) < 100


def test_word_with_a_capital_inside_is_one_word() -> None:
    assert fold_words("WhatsApp").words == ("whatsapp",)


def test_chinese_signs_that_are_printed_either_way_are_one() -> None:
    assert fold_words("爲臺纔").words == fold_words("為台才").words


def test_words_know_where_they_stood() -> None:
    line = "Déjà&nbsp;vu&#33; 中文"
    folded = fold_words(line)
    pieces = [line[a:b] for a, b in zip(folded.starts, folded.ends, strict=True)]
    assert pieces == ["Déjà", "vu", "中", "文"]


@pytest.mark.parametrize(
    "line", ["Déjà vu 12:30 中文 naïve \u200b x", "At 12:30, 1.5 or so: DON'T_go", "R&amp;D", ""]
)
def test_words_are_the_same_however_they_are_read(line: str) -> None:
    folded = fold_words(line).words
    assert tuple(list_words(line)) == folded
    assert tuple(word for word, _ in read_words(line.replace("&amp;", "&"))) == folded
    assert fold_words(line + " é").words == (*folded, "e")


def test_entities_nested_without_end_do_not_recurse() -> None:
    assert fold_words("&" + "amp;" * 50_000)


def test_ampersand_alone_is_no_entity() -> None:
    assert not has_entity("Marks & Spencer")
    assert has_entity("Marks &amp; Spencer")


def test_rule_file_is_read() -> None:
    (rule,) = parse_rules(GOOD, source="fr.toml")
    assert (rule.id, rule.category, rule.where, rule.lang) == (
        "fr-share",
        Reason.SHARE,
        Where.LINE,
        "fr",
    )
    assert rule.phrases == (Phrase(pattern="partager [ sur ( facebook | twitter ) ]"),)
    assert not rule.heads_run


def test_colon_counts_at_the_end_of_a_prefix_only() -> None:
    text = GOOD.replace('category = "share"', 'category = "share"\nwhere = "prefix"')
    (rule,) = parse_rules(text.replace("Twitter)]", "Twitter)] :"), source="fr.toml")
    assert rule.phrases[0].colon
    (rule,) = parse_rules(GOOD.replace("Twitter)]", "Twitter)] :"), source="fr.toml")
    assert not rule.phrases[0].colon


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('lang = "fr"', "lang = fr", "not TOML"),
        ('lang = "fr"', "", "name the language"),
        ('lang = "fr"', 'lang = "fr"\nextra = 1', "unknown key 'extra'; remove it"),
        ("[[rule]]", "[rule]", r"under its own \[\[rule\]\]"),
        ('id = "fr-share"', "", "has no id"),
        ('id = "fr-share"', 'id = "de-share"', "must begin with the file's language"),
        ('id = "fr-share"', 'id = "fr-share"\nworse = 1', "fr-share: unknown key 'worse'"),
        ('category = "share"', "", "category is missing"),
        ('category = "share"', 'category = "shrae"', "category = 'shrae' is none of"),
        ('category = "share"', 'category = "article"', "not a category"),
        ('category = "share"', 'category = "share"\nwhere = "all"', "where = 'all' is none of"),
        ('category = "share"', 'category = "share"\nheads_run = 1', "heads_run must be"),
        ('why = "Share button."', "", "why is missing"),
        ('why = "Share button."', "why = 3", "why must be a text"),
        ('match = ["Partager"]', "", "match is missing"),
        ('match = ["Partager"]', 'match = "Partager"', "match must be a list"),
        ("[sur (", "[sur ((", "expected"),
    ],
)
def test_bad_rule_file_is_refused_with_file_rule_and_remedy(old: str, new: str, says: str) -> None:
    with pytest.raises(RuleError, match=says) as caught:
        parse_rules(GOOD.replace(old, new), source="fr.toml")
    assert caught.value.where.startswith("fr.toml")


def test_rules_out_of_order_are_refused() -> None:
    second = GOOD.split("[[rule]]")[1].replace("fr-share", "fr-account")
    with pytest.raises(RuleError, match="move it before fr-share"):
        parse_rules(f"{GOOD}\n[[rule]]{second}", source="fr.toml")


def test_id_that_stands_twice_is_refused() -> None:
    second = GOOD.split("[[rule]]")[1]
    with pytest.raises(RuleError, match="twice"):
        parse_rules(f"{GOOD}\n[[rule]]{second}", source="fr.toml")


def test_id_taken_by_another_file_is_refused(tmp_path: Path) -> None:
    first, second = tmp_path / "a.toml", tmp_path / "b.toml"
    first.write_text(GOOD, encoding="utf-8")
    second.write_text(GOOD, encoding="utf-8")
    with pytest.raises(RuleError, match=r"taken by a\.toml"):
        load_rules([first, second])


@pytest.mark.parametrize(("words", "matches"), [(1, True), (24, True), (25, False)])
def test_two_stars_stand_for_a_whole_headline(words: int, matches: bool) -> None:
    program = compile_pattern(fold_pattern("the post ** appeared on"))
    states = {*program.first}
    for word in ("post", *["x"] * words, "appeared", "on"):
        states = {
            after
            for state in states
            for after in program.follow[state]
            if program.symbols[after] in {word, "*"}
        }
    assert (not states.isdisjoint(program.last)) is matches
