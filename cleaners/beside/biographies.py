"""The note about the writer that stands under a story as if it were the story's last paragraph.

Nothing marks it but what it says: it opens with a name of the page's own byline and goes on as
such notes do, or says how to reach the bearer of that name. The words are data
(`words/biographies.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from cleaners.about.names import read_names
from cleaners.article import Block, Reason
from cleaners.shape.blocks import drop_block
from cleaners.words.sentences import COLONS
from cleaners.words.wordlists import read_word_list

# Notes a story has under it at most, one a writer, and words of a note at most.
_MOST_NOTES, _NOTE_WORDS = 4, 150
# A name of one word is as often an agency or a pen name, and opens sentences of the story.
_NAME_WORDS = 2
# Kept blocks that must stand above the notes: a page of notes alone is about these people.
_LEAST_STORY = 2
# Words of a line that is only a name and, in brackets, what its bearer does.
_BRACKET_WORDS = 8
# Words of a line at most that says how to reach the writer.
_CONTACT_WORDS = 30
_WORD = re.compile(r"\w+")
# A line that is an e-mail address and nothing more (RFC 5321 section 4.5.3.1 for the lengths).
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class BiographyWords:
    """The words of `words/biographies.toml`, and the examples beside them: name and paragraph.

    `after` are those right after the name; `before` and `reached` stand on both sides of it in a
    line that says how to reach its bearer.
    """

    after: tuple[tuple[str, ...], ...]
    before: tuple[tuple[str, ...], ...]
    reached: frozenset[str]
    match: tuple[tuple[str, str], ...]
    keep: tuple[tuple[str, str], ...]


@cache
def load_biography_words() -> BiographyWords:
    """The packaged words that follow a writer's name in a biography."""
    raw = read_word_list("biographies")
    return BiographyWords(
        after=_split_words(raw["after"]),
        before=_split_words(raw["before"]),
        reached=frozenset(raw["reached"]),
        match=tuple((name, text) for name, text in raw["match"]),
        keep=tuple((name, text) for name, text in raw["keep"]),
    )


def _split_words(phrases: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(dict.fromkeys(tuple(phrase.split()) for phrase in phrases))


def drop_biographies(
    blocks: tuple[Block, ...], authors: Sequence[str], bylines: Iterable[str] = ()
) -> tuple[Block, ...]:
    """The blocks without the notes about the page's authors that end the kept text.

    Without `authors` the names are those in the `bylines` that the page shows. An address alone at
    the end is the writer's, unless the line before leads it in.
    """
    # The last ones alone: an address, the notes, and what tells that a story stands above them.
    kept = sorted(islice(_list_kept(blocks), 1 + _MOST_NOTES + _LEAST_STORY))
    if len(kept) <= _LEAST_STORY:
        return blocks
    changed: dict[int, Block] = {}
    last, before = blocks[kept[-1]].text, blocks[kept[-2]].text
    if _ADDRESS.fullmatch(last) and not before.endswith(COLONS):
        place = kept.pop()
        changed[place] = drop_block(blocks[place], Reason.AUTHOR_BOX, "writer-address")
    names = authors or _read_bylines(bylines, blocks[kept[-1]].text)
    for place in kept[: _LEAST_STORY - 1 : -1][:_MOST_NOTES]:
        if not any(is_biography(blocks[place].text, name) for name in names):
            break
        changed[place] = drop_block(blocks[place], Reason.AUTHOR_BOX, "author-biography")
    if not changed:
        return blocks
    return tuple(changed.get(place, block) for place, block in enumerate(blocks))


def _list_kept(blocks: Sequence[Block]) -> Iterator[int]:
    """The places of the kept blocks, the last one first."""
    return (place for place in reversed(range(len(blocks))) if blocks[place].verdict.keep)


def _read_bylines(bylines: Iterable[str], last: str) -> tuple[str, ...]:
    """The names in the bylines; none where none of them holds the word that opens the `last` text.

    Most last paragraphs open with no name, and looking for a word is cheaper than for names.
    """
    opening = _WORD.search(last)
    found = list(bylines)
    if opening is None or not any(opening[0].lower() in byline.lower() for byline in found):
        return ()
    return read_names(found)


def is_biography(text: str, name: str) -> bool:
    """Whether a paragraph is a note about the person of that name, or how to reach that person."""
    words = [word.lower() for word in _WORD.findall(name)]
    opening = list(_WORD.finditer(text[: 4 * len(name) + 40]))
    said = [word[0].lower() for word in opening]
    if len(words) < _NAME_WORDS:
        return False
    if said[: len(words)] != words:
        return _tells_contact(text, said, words)
    # "Ada Quill's column": what the name owns follows it as a word.
    rest = text[opening[len(words) - 1].end() :].lstrip("'’").strip()
    if rest.startswith("(") and rest.endswith(")") and rest.count("(") == 1:
        return len(rest.split()) <= _BRACKET_WORDS
    if not rest[:1].isalpha() or len(text.split()) > _NOTE_WORDS:
        return False
    follows = tuple(said[len(words) :])
    return any(follows[: len(after)] == after for after in load_biography_words().after)


def _tells_contact(text: str, said: Sequence[str], words: Sequence[str]) -> bool:
    """Whether a line says how to reach the bearer of a name: "E-mail Ada Quill at …".

    `said` are the words that it opens with, `words` those of the name.
    """
    known = load_biography_words()
    for before in known.before:
        end = len(before) + len(words)
        if tuple(said[: len(before)]) == before and list(said[len(before) : end]) == list(words):
            is_reached = len(said) > end and said[end] in known.reached
            return is_reached and len(text.split()) <= _CONTACT_WORDS
    return False
