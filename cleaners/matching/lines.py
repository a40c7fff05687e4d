"""One line -> what of it the rules match: all of it, its end, its beginning, or nothing.

The line is read once from each end at most, and only as far as phrases go on; of a long line only
the edges are ever folded into words. Whether a match is believed is decided elsewhere
(`cleaners/residue.py`): that takes the lines around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cleaners.article import Reason
from cleaners.matching.automaton import Terms
from cleaners.matching.edges import BEGINNING, END, ESCAPED, find_edges, find_suspects, has_colon
from cleaners.matching.glance import SEPARATORS, may_begin, may_end
from cleaners.matching.glue import Place, Spread, spread_phrases
from cleaners.matching.matcher import Matcher
from cleaners.matching.phrases import OPENERS, Where
from cleaners.words.fold import Words, fold_words, is_spaceless, weigh_words
from cleaners.words.rights import is_owner, tells_of_rights
from cleaners.words.sentences import STOPS, find_sentence_start
from cleaners.words.tongue import load_tongues

# Words. The rule files promise these numbers to whoever writes a rule (rules/README.md).
PREFIX_LINE_MAX = 30
NOTICE_LINE_MAX = 200
SUFFIX_LINE_MAX = 30
_SHORT_LINE = 400  # characters; a longer line has more than thirty words in any script
_NOTICE_LINE = 2400  # characters; a longer line has more than two hundred
_WINDOW = 64  # characters read first at the edge of a line
_WINDOW_GROWTH = 4

_SENTENCE_END = re.compile(f"[{STOPS}]")
_SPACE = re.compile(r"\s+")
_SEPARATOR = re.compile(f"[{SEPARATORS}]")
_TABLE_BARS = 2
_TABLE_REACH = 400  # characters around a bar in which a second one makes a table row
_KNOWN_MAX = 1000  # characters; lines repeat, and what stays is judged twice
_FOREIGN_WORDS_MIN = 3  # words
_TRIES_MAX = 8  # places looked at in one line, so that a line of a million phrases stays linear
_WEIGHED_MAX = 12  # words of a phrase that are weighed; no limit lies higher
_YEAR_DIGITS = 4
_REST_MIN = 4  # words; less than this after a cut is no sentence
_CLOSING_QUOTES = "\"»”’'』」“"
_COMMAS = (",", "，", "،")
_OPENING_QUOTES = "\"«“„‘'『「»"


@dataclass(frozen=True, slots=True)
class LineMatch:
    """What the rules match of a line: `line[start:end]`.

    `terms` are the phrases in reading order. `whole` says that nothing but punctuation is left,
    `weak` that only `tail` rules speak for it, `opened` that the last phrase but begins the line.
    """

    start: int
    end: int
    terms: tuple[int, ...]
    whole: bool = False
    weak: bool = False
    opened: bool = False


@dataclass(frozen=True, slots=True)
class _Opening:
    """The beginning of a line, the places phrases reach in it, and the prefix rules met there."""

    piece: str
    words: Words
    spread: Spread
    prefixes: tuple[tuple[Place, int], ...]


class LineReader:
    """Reads lines against one matcher.

    `find_langs` tells the languages a text may be in (none: any); it is asked at most once a text,
    and only where a rule matches something. Rules of other languages then act only as whole lines
    of several words, which cannot be chance.
    """

    def __init__(
        self, matcher: Matcher, find_langs: Callable[[Sequence[str]], frozenset[str]]
    ) -> None:
        self._matcher = matcher
        self._find_langs = find_langs
        self._text: Sequence[str] = ()
        self._langs: frozenset[str] | None = None
        self._known: dict[str, LineMatch | None] = {}
        self._at_home = load_tongues().everywhere | {""}
        self._strict = False  # whether languages are asked for; most lines fail without that

    def turn_to(self, text: Sequence[str]) -> None:
        """Read lines of `text` from here on, and forget those read before in other languages."""
        self._text = text
        if self._langs is not None:
            langs, self._langs = self._langs, self._find_langs(text)
            if langs != self._langs:
                self._known.clear()

    def find_langs(self) -> frozenset[str]:
        """Return the languages that the text may be in; none: any."""
        if self._langs is None:
            self._langs = self._find_langs(self._text)
        return self._langs

    def find_suspects(self, lines: Sequence[str]) -> dict[int, int]:
        """Return the places of the lines that the rules may match, and at which edges each."""
        return find_suspects(lines, self._matcher.beginnings, self._matcher.endings)

    def match(self, line: str, edges: int | None = None) -> LineMatch | None:
        """Return what the rules match of `line`, or None; `edges` are its suspect ones."""
        if line in self._known:
            return self._known[line]
        if edges is None:
            edges = find_edges(line, self._matcher.beginnings, self._matcher.endings)
        found = self._match_home(line, edges)
        if len(line) <= _KNOWN_MAX:
            self._known[line] = found
        return found

    def _match_home(self, line: str, edges: int) -> LineMatch | None:
        """Return the match by rules that have business with this text."""
        begins = bool(edges & ESCAPED or (edges & BEGINNING and may_begin(line, self._matcher)))
        ends = bool(edges & ESCAPED or (edges & END and may_end(line, self._matcher)))
        if not (begins or ends):
            return None
        self._strict = False
        found = self._match(line, begins=begins, ends=ends)
        if found is None or all(
            self._matcher.terms[each].lang in self._at_home for each in found.terms
        ):
            return found
        self._strict = True
        return self._match(line, begins=begins, ends=ends)

    def _match(self, line: str, *, begins: bool, ends: bool) -> LineMatch | None:
        opening = self._read_opening(line) if begins else None
        whole = self._accept_opening(line, opening) if opening else None
        if whole is not None and not whole.weak:
            return whole
        ending = self._match_end(line) if ends and whole is None else None
        if whole is not None or ending is not None:
            return whole or ending
        if opening is None or not opening.spread.steps:
            return None
        return self._accept_beginning(opening.piece, opening.words, opening.spread)

    def _read_opening(self, line: str) -> _Opening:
        """Return the beginning of a line, as far as phrases go on in it."""
        size = _WINDOW
        while True:
            piece = line[: _find_word_end(line, size)]
            words = fold_words(piece)
            prefixes: list[tuple[Place, int]] = []
            spread = self._spread_forward(piece, words, prefixes)
            reached = max((place[0] for place in spread.steps), default=0)
            if len(piece) < len(line) and (spread.ran_out or reached >= len(words) - 1):
                size *= _WINDOW_GROWTH
                continue
            return _Opening(piece, words, spread, tuple(prefixes))

    def _accept_opening(self, line: str, opening: _Opening) -> LineMatch | None:
        """Return the match of the whole line, by phrases that cover it or by a prefix rule."""
        whole = None
        if len(opening.piece) == len(line):
            whole = self._accept_whole(line, opening.words, opening.spread)
            if whole is not None and not whole.weak:
                return whole
        opener = self._find_opener(line, opening)
        if opener is None:
            return whole
        place, term = opener
        return LineMatch(0, len(line), (*opening.spread.path(place), term), whole=True, opened=True)

    def _find_opener(self, line: str, opening: _Opening) -> tuple[Place, int] | None:
        """Return the first phrase that takes the whole line with it, the line being so long."""
        terms, openers = self._matcher.terms, opening.prefixes
        if len(line) > _SHORT_LINE:
            openers = tuple(each for each in openers if terms[each[1]].where is Where.NOTICE)
        if not openers or len(line) > _NOTICE_LINE:
            return None
        weight = weigh_words(fold_words(line))
        for place, term in openers:
            is_notice = terms[term].where is Where.NOTICE
            if weight <= (NOTICE_LINE_MAX if is_notice else PREFIX_LINE_MAX):
                return place, term
        return None

    def _match_end(self, line: str) -> LineMatch | None:
        """Return the match at the end of a line, reading no more of it than needed."""
        size = _WINDOW
        while True:
            cut = _find_word_start(line, len(line) - size)
            piece = line[cut:]
            words = fold_words(piece)
            spread = self._spread_backward(piece, words)
            reached = max((place[0] for place in spread.steps), default=0)
            if cut and (spread.ran_out or reached >= len(words) - 1):
                size *= _WINDOW_GROWTH
                continue
            if not reached:
                return None
            if cut == 0:
                whole = self._accept_whole(piece, words, spread)
                if whole is not None:
                    return whole
            return self._accept_end(line, words, spread, offset=cut)

    def _spread_forward(self, line: str, words: Words, prefixes: list[tuple[Place, int]]) -> Spread:
        """Return the places reached from the start; prefix rules met go to `prefixes`."""
        terms = self._matcher.terms
        count = len(words)

        def choose(accepts: tuple[int, ...], origin: Place, end: Place) -> int | None:
            best: int | None = None
            for number in accepts:
                term = terms[number]
                if not self._speaks(term, end[0] - origin[0]):
                    continue
                if term.colon and not _has_colon(line, words, end):
                    continue
                if term.where in OPENERS and end != (count, 0):
                    prefixes.append((origin, number))
                elif best is None or term.where is not Where.TAIL:
                    best = number
            return best

        return spread_phrases(line, words, self._matcher.forward, choose)

    def _spread_backward(self, line: str, words: Words) -> Spread:
        """Return the places reached from the end."""
        terms = self._matcher.terms

        def choose(accepts: tuple[int, ...], origin: Place, end: Place) -> int | None:
            best: int | None = None
            for number in accepts:
                term = terms[number]
                if not self._speaks(term, end[0] - origin[0]):
                    continue
                if best is None or term.where is not Where.TAIL:
                    best = number
            return best

        return spread_phrases(line, words, self._matcher.backward, choose, backward=True)

    def _speaks(self, term: Terms, read: int) -> bool:
        """Whether a phrase of `read` words may act on this text."""
        if not self._strict or term.lang in self._at_home:
            return True
        if term.where is Where.LINE and read >= _FOREIGN_WORDS_MIN:
            return True
        langs = self.find_langs()
        return not langs or term.lang in langs

    def _accept_whole(self, line: str, words: Words, spread: Spread) -> LineMatch | None:
        """Return the match of the whole line, if phrases cover it."""
        end = (len(words), 0)
        if end not in spread.steps:
            return None
        terms = tuple(spread.path(end))
        # Labels run together, as "FacebookTweet", are buttons: nobody writes a crosshead so.
        weak = self._is_weak(terms) and len(terms) <= len(words)
        return LineMatch(0, len(line), terms, whole=True, weak=weak)

    def _accept_end(
        self, line: str, words: Words, spread: Spread, *, offset: int = 0
    ) -> LineMatch | None:
        """Return the longest run of phrases at the end that may be cut from what stands before."""
        count = len(words)
        tries = 0
        for place in sorted(spread.steps, reverse=True):
            first = count - place[0]
            start = offset + words.starts[first] + place[1]
            suffix = self._matcher.terms[spread.steps[place].term].where is Where.SUFFIX
            after_stop = self._follows_stop(line, words, first, start, offset)
            if not (place[1] or after_stop or suffix):
                continue
            tries += 1
            if tries > _TRIES_MAX:
                break
            terms = tuple(reversed(spread.path(place)))
            if self._is_weak(terms):
                continue
            weight = weigh_words(_slice(words, first, first + _WEIGHED_MAX))
            if place[1] or after_stop:
                stopped = _SENTENCE_END.search(line, words.ends[-1] + offset) is not None
                sure = bool(place[1]) or suffix or not stopped or len(terms) > 1
                if weight >= (2 if sure else 3) and not _is_quoted(line, start):
                    if self._is_of_rights(terms) and is_owner(line[:start]):
                        return LineMatch(0, len(line), terms, whole=True)
                    return LineMatch(start, len(line), terms)
            else:
                begin, start = start, find_sentence_start(line, start)
                before, notice = line[start:begin], line[begin:]
                if self._is_of_rights(terms) and tells_of_rights(before, notice):
                    continue
                sentence = fold_words(line[start:])
                if weigh_words(sentence) <= SUFFIX_LINE_MAX and not _is_quoted(line, start):
                    return LineMatch(start, len(line), terms, whole=start == 0)
        return None

    def _is_of_rights(self, terms: tuple[int, ...]) -> bool:
        return any(self._matcher.terms[term].reason is Reason.COPYRIGHT for term in terms)

    def _follows_stop(self, line: str, words: Words, first: int, start: int, offset: int) -> bool:
        """Whether a sentence ends before word `first`: a stop after a word or a year."""
        if not first:
            return False
        before = words.words[first - 1]
        between = line[offset + words.ends[first - 1] : start]
        if _SEPARATOR.search(between):
            near = line[max(0, start - _TABLE_REACH) : start + _TABLE_REACH]
            return near.count("|") < _TABLE_BARS and "\t" not in near
        told = len(before) > 1 or is_spaceless(before)
        if before[-1].isdigit():  # as likely an ordinal or the number of an item, but for a year
            told = before.isdigit() and len(before) == _YEAR_DIGITS
        if len(between) == 1 and line[start].islower():  # inside a host name, or an address
            return False
        return told and _SENTENCE_END.search(between) is not None

    def _accept_beginning(self, line: str, words: Words, spread: Spread) -> LineMatch | None:
        """Return the longest run of phrases at the beginning that may be cut from what follows."""
        if line.lstrip()[:1] in _OPENING_QUOTES:
            return None
        for place in sorted(spread.steps, reverse=True)[:_TRIES_MAX]:
            read, rest = place
            if len(words) - read < _REST_MIN:
                continue
            end = words.starts[read] if not rest else words.ends[read - 1] - rest
            weight = weigh_words(_slice(words, 0, min(read, _WEIGHED_MAX)))
            numbered = words.words[read - 1][-1].isdigit()  # the date of an event, rather
            if weight < 3 or not (rest or self._follows_stop(line, words, read, end, 0)):
                continue
            if (numbered and not rest) or _is_amid_sentence(line, end):
                continue
            terms = tuple(spread.path(place))
            if not self._is_weak(terms):
                return LineMatch(0, end - _count_opening(line[:end]), terms)
        return None

    def _is_weak(self, terms: tuple[int, ...]) -> bool:
        return all(self._matcher.terms[term].where is Where.TAIL for term in terms)


def _has_colon(line: str, words: Words, end: Place) -> bool:
    read, rest = end
    if rest:
        return False
    stop = words.starts[read] if read < len(words) else len(line)
    return has_colon(line[words.ends[read - 1] : stop])


def _find_word_start(line: str, near: int) -> int:
    """Return where the first whole word after `near` begins, or 0."""
    if near <= 0:
        return 0
    space = _SPACE.search(line, near, near + _WINDOW // 2)
    return space.end() if space else near


def _find_word_end(line: str, near: int) -> int:
    """Return where a word ends, at `near` or soon after."""
    reach = near + _WINDOW // 2
    space = _SPACE.search(line, near, reach)
    if space:
        return space.start()
    return near if len(line) > reach else len(line)


def _slice(words: Words, low: int, high: int) -> Words:
    return Words(words.words[low:high], words.starts[low:high], words.ends[low:high])


def _is_quoted(line: str, start: int) -> bool:
    """Whether what begins at `start` is the end of a quotation that began before it."""
    piece = line[start:].rstrip()
    return piece[-1] in _CLOSING_QUOTES and not any(
        quote in piece[:-1] for quote in _OPENING_QUOTES
    )


def _is_amid_sentence(line: str, end: int) -> bool:
    """Whether a comma stands before `end`, and the sentence goes on: "clicking « OK », you"."""
    return line[:end].rstrip().endswith(_COMMAS) and line[end].islower()


def _count_opening(before: str) -> int:
    """Return how many characters at the end of `before` open what follows: quotes, brackets."""
    return len(before) - len(before.rstrip(_OPENING_QUOTES + "([-–—"))
