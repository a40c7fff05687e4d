"""Bylines -> what stands after the words and labels that lead to who wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from cleaners.about.bylines import BylineWords, fold_words, load_byline_words
from cleaners.words.fold import WORD

FIRST_CJK = "\u1100"
"""The first letter of Korean, Chinese and Japanese, in the order of Unicode."""
# What of a name ends with a full stop of its own: suffixes, degrees, and initials.
_SHORTENED = re.compile(r"(?:[\s,](?:Jr|Sr|Esq|Ph\.\s?D|M\.\s?D|[A-ZÀ-Þ])|\.[A-Z])\.$")
EDGE = " \t\r\n,;:：|/／–—-•·.\"'»“«›‹*_"
"""Signs around a name that are none of it."""

# What stands after a word that leads to a name.
_LEAD_ENDS, _LEAD_ENDS_CJK = frozenset(" :\xa0"), frozenset(" :：\xa0/／・")
# Arabic and other scripts without case put a stroke there, which Latin puts between two labels.
_FIRST_SEMITIC = "\u0590"
_LEAD_ENDS_SEMITIC = _LEAD_ENDS | {"/"}
_COLONS = (":", "：", "／")
_LABEL = re.compile(r"^([^:：]{1,30})[:：]\s*(.+)$")
# A label of one word, wherever in a byline it stands.
_INNER_LABEL = re.compile(r"(?<!\S)([^\W\d][^\s:：/|;,，、]{0,14})\s?[:：]\s*")
# Words of a label before its last one ("Medically reviewed by:").
_LABEL_WORDS = re.compile(r"(?<!\S)[^\W\d]\S*")
_MAX_LABEL_WORDS = 3
# What is said and not a name: a question, a clause, words in a row that are longer than a name.
_SPEECH = re.compile(r"[。？！，]|\?$|[ぁ-ゖ一-鿿]{9}|[ぁ-ゖ]{5}")
# Characters of a byline in Chinese, Japanese or Korean, and words of names after a weak lead: there
# may be two.
_MAX_CJK = 20
_MIN_WORDS, _MAX_WORDS = 2, 7
# Characters of a story that its place, day and reporters stand in.
_MAX_DISPATCH = 80
_NAME_END = re.compile(r"[,|•·–—/(]|\s-\s")
# Letters of the particles within a name: "de", "van der".
_MAX_PARTICLE = 3


@dataclass(frozen=True, slots=True)
class _Label:
    """A word with a colon in a byline, where it stands, and whether a writer follows."""

    text: str
    leads: bool
    start: int
    end: int


def strip_edge(text: str) -> str:
    """A name or byline without signs at its ends, but with the full stop of what is shortened.

    >>> strip_edge("Robert F. Kennedy Jr. |"), strip_edge("Jane Doe.")
    ('Robert F. Kennedy Jr.', 'Jane Doe')
    """
    bare = text.strip(EDGE)
    begin = text.find(bare) + len(bare)
    return bare + "." if text[begin : begin + 1] == "." and ends_shortened(f"{bare}.") else bare


def ends_shortened(text: str) -> bool:
    """Whether a text ends with a full stop that ends no sentence: "Robert F. Kennedy Jr."."""
    return _SHORTENED.search(text) is not None


def cut_labels(value: str, words: BylineWords) -> str:
    """A byline without what its labels say of pictures and sources: "Text: A. Foto: B." -> "A.".

    Where one names the writer, what no label stands before is left out, unless a word leads to a
    name in it.
    """
    labels = _list_labels(value, words)
    if not labels:
        return value
    ends = [label.start for label in labels[1:]] + [len(value)]
    led = [value[label.end : end] for label, end in zip(labels, ends, strict=True) if label.leads]
    head = value[: labels[0].start]
    has_name = strip_lead(head, words) != head
    return " | ".join([head, *led] if has_name or not led else led)


def _list_labels(value: str, words: BylineWords) -> list[_Label]:
    """The known labels in a byline."""
    labels: list[_Label] = []
    for match in _INNER_LABEL.finditer(value) if ":" in value or "：" in value else ():
        start, end = match.span()
        before = value[labels[-1].end if labels else 0 : start]
        text = _find_label(before, match[1], words)
        start -= len(text) - len(match[1])
        text = text.lower()
        is_role = text in words.roles
        is_source = text in words.sources
        if (is_role and not start) or (text in words.lead and not (is_source and start)):
            labels.append(_Label(text, leads=True, start=start, end=end))
        elif is_role or is_source or f"{text} " in words.others:
            labels.append(_Label(text, leads=False, start=start, end=end))
    return labels


def _find_label(before: str, word: str, words: BylineWords) -> str:
    """The longest known label of which `word` is the last, with words of `before`, as written.

    It is `word` alone where none is known.
    """
    for match in list(_LABEL_WORDS.finditer(before))[-_MAX_LABEL_WORDS:]:
        label = before[match.start() :] + word
        lowered = label.lower()
        if lowered in words.lead or lowered in words.roles or f"{lowered} " in words.others:
            return label
    return word


def read_report(value: str) -> str:
    """The names in a Chinese line of report ("記者陳怡君／花蓮報導"), or empty."""
    match = None if value.isascii() else _load_report().fullmatch(value.strip())
    return match["names"] if match else ""


def read_dispatch(text: str) -> str:
    """The reporters in the brackets with which a Chinese story begins, or empty.

    >>> read_dispatch("江岸社江城3月10日电（记者孙丽、王磊）清晨的气温还在零下11摄氏度。")
    '记者孙丽、王磊'
    """
    begin = text[:_MAX_DISPATCH]
    match = None if begin.isascii() else _load_dispatch().match(begin.strip())
    return match["names"] if match else ""


def read_signature(line: str) -> str:
    """The names in a Korean line that is names and a word for a reporter, or empty.

    >>> read_signature("여수=김민수·이영희 기자")
    '김민수·이영희'
    """
    match = None if line.isascii() else _load_signature().fullmatch(line.strip(EDGE))
    return match["names"] if match else ""


def strip_lead(name: str, words: BylineWords, *, language: str = "") -> str:
    """`name` without the words that lead to it, where a name remains.

    "Per" and "De" begin names where the `language` has no such lead.

    >>> words = load_byline_words()
    >>> strip_lead("Per Olov Enquist", words, language="sv"), strip_lead("Per Ana Puig", words)
    ('Per Olov Enquist', 'Ana Puig')
    """
    labelled = _LABEL.match(name)
    if labelled and (fold_words(labelled[1]) in words.roles or labelled[1].lower() in words.lead):
        name = labelled[2]
    lowered = name.lower()
    if not lowered.startswith(words.lead):
        return name
    is_newsroom = fold_words(name) in words.newsrooms
    for lead in words.lead:
        if not lowered.startswith(lead):
            continue
        rest = name[len(lead) :]
        # "De Gaulle" is a name: a particle leads only where two more words follow.
        ends = _choose_ends(lead)
        if is_newsroom and fold_words(rest) not in words.newsrooms:
            continue
        if name[0].isupper() and rest[:1].isspace() and _begins_name(lead, words, language):
            continue
        if rest[:1] in ends and _leads(lead, rest, words):
            return strip_edge(rest.lstrip("・"))
    return name


def _begins_name(lead: str, words: BylineWords, language: str) -> bool:
    """Whether what leads to a name elsewhere is the first of one in a language that is known."""
    if not language or lead in words.led.get(language, ()):
        return False
    return lead in words.particles and lead in words.weak


def _choose_ends(lead: str) -> frozenset[str]:
    if lead[0] >= FIRST_CJK:
        return _LEAD_ENDS_CJK
    return _LEAD_ENDS if lead[0] < _FIRST_SEMITIC else _LEAD_ENDS_SEMITIC


def begins_with_lead(line: str, *, language: str = "") -> bool:
    """Whether a line begins with a word that leads to a name, and goes on as a name does.

    Leads that also begin sentences do not count, unless a colon follows or `language` has them
    and the line is one of a name alone.
    """
    words = load_byline_words()
    labels = _list_labels(line, words)
    if any(label.leads and label.start and label.text[0] >= FIRST_CJK for label in labels):
        return len(cut_labels(line, words)) <= _MAX_CJK and not _SPEECH.search(line)
    name = strip_lead(line, words)
    lead = line[: len(line) - len(name)].lower()
    if not lead or not name or name[0].islower() or (name[0] >= FIRST_CJK and len(name) > _MAX_CJK):
        return False
    if _SPEECH.search(line):
        return False
    bare = lead.strip(EDGE)
    return (
        lead.rstrip().endswith(_COLONS)
        or bare not in words.weak
        or (bare in words.led.get(language, ()) and is_named(name))
    )


def is_named(rest: str) -> bool:
    """Whether the first of a line is a name: few words, with capitals but for particles.

    >>> is_named("Jane van der Doe | Oslo"), is_named("The rest of it"), is_named("Jane")
    (True, False, False)
    """
    end = _NAME_END.search(rest)
    words = (rest[: end.start()] if end else rest).split()
    return (
        _MIN_WORDS <= len(words) <= _MAX_WORDS
        and words[-1][0].isupper()
        and not rest.endswith((".", "!", ":"))
        and all(
            word[0].isupper() or (word.isalpha() and len(word) <= _MAX_PARTICLE) for word in words
        )
    )


def _leads(lead: str, rest: str, words: BylineWords) -> bool:
    following = rest.lstrip(" :：\xa0/／・")
    if rest[0] in ":：" or lead not in words.particles or fold_words(following) in words.newsrooms:
        return bool(following)
    return following[:1].isupper() and len(WORD.findall(following)) >= _MIN_WORDS


@cache
def _load_report() -> re.Pattern[str]:
    words = load_byline_words()
    reporter, report = "|".join(sorted(words.reporters)), "|".join(sorted(words.reports))
    name = "[一-鿿]{2,4}"
    return re.compile(
        rf"[〔【\[(]?(?:\S{{1,6}}\s)?(?:{reporter})(?P<names>{name}(?:、{name})*)"
        rf"[／/][^\s／/]{{1,10}}(?:{report})[〕】\])]?"
    )


@cache
def _load_dispatch() -> re.Pattern[str]:
    words = load_byline_words()
    reporter, sent = "|".join(sorted(words.reporters)), "|".join(sorted(words.dispatches))
    name = "[一-鿿]{2,4}"
    return re.compile(
        rf"[^\s。，（(]{{2,24}}(?:{sent})\s?[（(]"
        rf"(?P<names>(?:{reporter})\s?{name}(?:[，、\s](?:(?:{reporter})\s?)?{name})*)[）)]"
    )


@cache
def _load_signature() -> re.Pattern[str]:
    signing = "|".join(sorted(load_byline_words().signing, key=len, reverse=True))
    name = "[가-힣]{2,4}?"
    return re.compile(
        rf"(?:[가-힣]{{1,8}}[=＝])?(?P<names>{name}(?:\s?[·,]\s?{name})*)\s?(?:{signing})"
    )
