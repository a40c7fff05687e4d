"""A short text -> the picture credit that it ends with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache

from cleaners.words.wordlists import read_word_list

# Words before a credit's label that make another label of it, unless one of these parts them.
_LABEL_WORDS, _CREDIT_BREAKS = 3, ".!?…|/–—-:;,)]»”\"'"
_SIGN, _PARTICLE = re.compile("[:/]"), 3  # what a label ends with; letters of "von", "van" or "de"
# What one of `signed` stands right behind, where it does not begin the text.
_SIGNED_BREAKS = frozenset(".!?|([–—-")
_OPENING, _BRACKETS = " ([|", (")", "]", ").", "].")
# A credit without a label, behind a sign that parts it from the sentence before.
_UNLABELLED = re.compile(r"(?<=\S)\s*(?:[(\[][^()\[\]]{2,40}[)\]]|[|©][^|©]{2,40})$")


@cache
def load_credit_words() -> Mapping[str, tuple[str, ...]]:
    """The `labels`, `signed` and `openings` of `words/credits.toml`, longest first."""
    raw = read_word_list("credits")
    keys = ("labels", "signed", "openings")
    return {key: tuple(sorted(raw[key], key=len, reverse=True)) for key in keys}


@cache
def load_credit_pattern() -> re.Pattern[str]:
    """Finds a picture credit at the end of a line: words of `words/credits.toml`, and a name."""
    words = load_credit_words()
    labels, signed = ("|".join(map(re.escape, words[key])) for key in ("labels", "signed"))
    name = r"[^\W\d_][^\s,;:!?/]*"
    more = rf"(?:(?: |/| / )(?-i:{name})){{0,4}}['’]?[)\]]?\.?$"
    after_label = rf"(?:^|[\s(\[|/])(?i:{labels})\s?[:/]\s?(?:©\s?)?{name}"
    breaks = re.escape("".join(sorted(_SIGNED_BREAKS)))
    after_signed = rf"(?:^|[{breaks}]\s?)(?i:{signed}):? ['‘]?(?=[^\W\d_a-z]){name}"
    return re.compile(rf"(?:{after_label}|{after_signed}){more}")


@cache
def _load_bracket_pattern() -> re.Pattern[str]:
    """Finds a label and a name, in either order, alone in brackets at the end of a line."""
    labels = "|".join(map(re.escape, load_credit_words()["labels"]))
    names = r"[^\W\d_a-z][^\s,;:!?()]*(?: [^\W\d_a-z][^\s,;:!?()]*){0,3}"
    return re.compile(rf"[(\[](?:(?i:{labels}) {names}|{names} (?i:{labels}))[)\]]\.?$")


def find_credits(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The places of the short texts that end with a picture credit, and where it begins in each.

    Where the text begins with what such texts begin with, that is its end.
    """
    said = [text.lower() for text in texts]
    joined = "\n".join(said)
    hints = [hint for hint in _list_credit_hints() if hint in joined]
    may_label = _has_label(joined)
    # Few texts have any of what is asked for, and most pages have none.
    openings = tuple(each for each in load_credit_words()["openings"] if each in joined)
    for place, text in enumerate(said):
        if openings and text.startswith(openings):
            yield place, len(texts[place])
            continue
        if text.endswith(_BRACKETS) and (found := _load_bracket_pattern().search(texts[place])):
            yield place, len(texts[place][: found.start()].rstrip())
            continue
        if (hints and _may_sign(text, hints)) or (may_label and _has_label(text)):
            start = _find_credit(texts[place])
            if start >= 0:
                yield place, start


def strip_credit(text: str) -> str:
    """A caption without the picture credit at its end.

    >>> strip_credit("The harbour froze. Photo: Ada Quill"), strip_credit("It thawed. (Quill/AP)")
    ('The harbour froze.', 'It thawed.')
    """
    start = next((start for _, start in find_credits([text])), len(text))
    return _UNLABELLED.sub("", text[:start]).rstrip()


def _find_credit(text: str) -> int:
    """Where the picture credit begins that a text ends with, as captions do; -1 for none."""
    found = load_credit_pattern().search(text)
    if found is None:
        return -1
    # "Best picture: ..." is no credit: what is shown is told in a sentence, or in more words.
    before = text[: found.start()].rstrip()
    runs_on = before and before[-1] not in _CREDIT_BREAKS
    if runs_on and (len(before.split()) <= _LABEL_WORDS or _goes_on(found[0])):
        return -1
    return len(before.strip(_OPENING))


def _goes_on(credit: str) -> bool:
    """Whether what stands after a label ends a sentence, as in "an old photo: it is his father.".

    Names have no words in small letters but particles.
    """
    words = _SIGN.split(credit, maxsplit=1)[-1].split()
    is_small = any(word[0].islower() and len(word) > _PARTICLE for word in words)
    return credit.endswith(".") and len(words) > 1 and is_small


def _may_sign(said: str, hints: Sequence[str]) -> bool:
    """Whether a hint stands where a sentence, or a text in small letters, begins.

    To look costs a hundredth of what the pattern takes to find nothing: "(page images by …)".
    """
    for hint in hints:
        place = said.find(hint)
        while place >= 0:
            end = place - said[place - 1 : place].isspace()
            if not end or said[end - 1] in _SIGNED_BREAKS:
                return True
            place = said.find(hint, place + 1)
    return False


def _has_label(said: str) -> bool:
    """Whether a sign stands right behind a credit's label somewhere in small letters."""
    labels, ends = load_credit_words()["labels"], _list_label_ends()
    for sign in ":/":
        place = said.find(sign)
        while place >= 0:
            end = place - said[place - 1 : place].isspace()
            if said[end - 2 : end] in ends and said.endswith(labels, 0, end):
                return True
            place = said.find(sign, place + 1)
    return False


@cache
def _list_label_ends() -> frozenset[str]:
    """The last two letters of labels."""
    return frozenset(label[-2:] for label in load_credit_words()["labels"])


@cache
def _list_credit_hints() -> tuple[str, ...]:
    """Letters with which all of `signed` begin."""
    return tuple(_list_shortest({each.split()[0] for each in load_credit_words()["signed"]}))


def _list_shortest(words: Set[str]) -> frozenset[str]:
    """Those words that begin with no other: whatever begins with a longer one begins with these."""
    return frozenset(word for word in words if not word.startswith(tuple(words - {word})))
