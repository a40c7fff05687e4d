"""A line -> what it asks its reader for, told by its words where no rule knows the wording.

Publishers ask for the same few things in endless wordings: an address for the newsletter, a
comment, a subscription. Such a line addresses its reader and names one of those things, and seldom
ends as a sentence does. Stories say such things too, so a line counts only where a text ends. The
words are data (`words/prompts/*.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from cleaners.article import Reason
from cleaners.words.fold import fold_words, weigh_words
from cleaners.words.speech import names_speaker
from cleaners.words.wordlists import list_word_lists, read_word_list

# Words of a line at most: what is longer tells something.
_MOST_WORDS = 24
_FOLDER, _EVERYWHERE, _COMMON = "prompts", "any", "en"
_ENDLESS = "*"
_ASKS = "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptWords:
    """The words of one language: those that address a reader, and by reason the things asked for.

    `told` are phrases with such words in them that stories say: "le rendez-vous"; a line with one
    of `reports` asks for nothing at all: "says the board". Nor does one that begins with one of
    `warns`, as "never share", but for those with one of `misses`: "never miss". `match` and `keep`
    are lines that do and do not ask.
    """

    reader: tuple[str, ...]
    things: tuple[tuple[Reason, tuple[str, ...]], ...]
    told: tuple[str, ...]
    reports: tuple[str, ...]
    warns: tuple[str, ...]
    misses: tuple[str, ...]
    match: tuple[str, ...]
    keep: tuple[str, ...]


def find_request(line: str, langs: Iterable[str], *, is_amid: bool = False) -> Reason | None:
    """What `line` asks its reader for in one of some languages, as the reason to drop it.

    `is_amid` says that residue stands on both sides: there the thing alone is enough.
    """
    words = fold_words(line)
    if len(words) < 2 or weigh_words(words) > _MOST_WORDS:
        return None
    line_said = f" {' '.join(words.words)} "
    spoken = [known for known in map(load_prompt_words, langs) if known is not None]
    if any(_tells(known, line, line_said) for known in spoken):
        return None
    for known in spoken:
        said = _compile(known.told).sub("", line_said) if known.told else line_said
        addressed = _find_words(known.reader, said)
        if not (addressed or is_amid):
            continue
        for reason, names in known.things:
            things = _find_words(names, said)
            # One word does not stand for both.
            if things and (is_amid or _are_apart(addressed, things)):
                return reason
    return None


def name_prompt(line: str, langs: Iterable[str]) -> Reason | None:
    """The reason to drop a line that is like a prompt, by what it names in one of some languages.

    None where it reports what is asked for, says who said it, or warns of doing it. Of a text in no
    language that is known, English tells: it is met on pages of all.
    """
    said = f" {' '.join(fold_words(line).words)} "
    known_of = (load_prompt_words(lang) for lang in (*langs, _COMMON))
    spoken = [known for known in known_of if known is not None]
    if names_speaker(line) or any(_tells(known, line, said) for known in spoken):
        return None
    things = (thing for known in spoken for thing in known.things)
    return next((why for why, names in things if _find_words(names, said)), Reason.NAVIGATION)


def _tells(known: PromptWords, line: str, said: str) -> bool:
    """Whether a line reports what is asked for, or warns of doing it; no question does."""
    if known.reports and _find_words(known.reports, said):
        return True
    if not known.warns or _compile(known.warns).match(said, 1) is None or _ASKS in line:
        return False
    return not _find_words(known.misses, said)


def addresses_reader(line: str, langs: Iterable[str]) -> bool:
    """Whether a line of any length speaks to its reader in one of some languages."""
    said = f" {' '.join(fold_words(line).words)} "
    known = filter(None, map(load_prompt_words, langs))
    return any(_find_words(words.reader, said) for words in known)


def may_request(line: str, langs: Iterable[str]) -> bool:
    """Whether `line` addresses its reader or names a thing that readers are asked for.

    So may any line in a language whose words are not known.
    """
    known = [words for words in map(load_prompt_words, langs) if words is not None]
    said = f" {' '.join(fold_words(line).words)} "
    return not known or any(
        _find_words(named, said)
        for words in known
        for named in (words.reader, *(names for _, names in words.things))
    )


def _find_words(words: tuple[str, ...], said: str) -> list[tuple[int, int]]:
    """Where some words stand among folded ones with a space before and after each."""
    return [found.span() for found in _compile(words).finditer(said)]


def _are_apart(some: Iterable[tuple[int, int]], others: Iterable[tuple[int, int]]) -> bool:
    """Whether one of some spans does not touch one of the others."""
    return any(end <= begin or stop <= start for start, end in some for begin, stop in others)


@cache
def load_prompt_words(lang: str) -> PromptWords | None:
    """The packaged words of one language, if there are any, with those that hold everywhere.

    Only the languages that are asked for are read: all together take half a second.
    """
    if lang not in list_prompt_langs():
        return None
    return _read_language(
        read_word_list(f"{_FOLDER}/{lang}"), read_word_list(f"{_FOLDER}/{_EVERYWHERE}")
    )


@cache
def list_prompt_langs() -> tuple[str, ...]:
    """The languages that have packaged words of requests."""
    return tuple(lang for lang in list_word_lists(_FOLDER) if lang != _EVERYWHERE)


def _read_language(
    entry: Mapping[str, list[str]], everywhere: Mapping[str, list[str]]
) -> PromptWords:
    lists = {
        reason: [*entry.get(reason, ()), *everywhere.get(reason, ())]
        for reason in Reason
        if reason in entry or reason in everywhere
    }
    return PromptWords(
        reader=tuple(entry["reader"]),
        things=tuple((reason, tuple(words)) for reason, words in lists.items()),
        told=tuple(entry.get("told", ())),
        reports=tuple(entry.get("reports", ())),
        warns=tuple(entry.get("warns", ())),
        misses=tuple(entry.get("misses", ())),
        match=tuple(entry["match"]),
        keep=tuple(entry["keep"]),
    )


@cache
def _compile(words: tuple[str, ...]) -> re.Pattern[str]:
    """Finds any of some words or phrases, each folded as lines are. Few lines ask for a list."""
    return re.compile(f"(?<= )(?:{'|'.join(map(_write_word, words))})(?= )")


def _write_word(word: str) -> str:
    bare = re.escape(" ".join(fold_words(word).words))
    before, after = (r"\S*" if at == _ENDLESS else "" for at in (word[0], word[-1]))
    return f"{before}{bare}{after}"
