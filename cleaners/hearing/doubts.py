"""What the rules match of a line -> whether that is enough, going by where in the text it stands.

In extracted text a line that stands alone before the end of the story takes more than one rule's
word, if it says what writers and editors say there themselves: "Read more: ...", "Listen to this
episode". Of 1,871 human extractions of articles one in thirty holds such a line
(benchmarks/residue/harm.py). The same words fall at the end of the text, beside other residue, and
with a run of headlines under them; and on pages, where markup has spoken before the rules do.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import takewhile

from cleaners.article import Reason
from cleaners.hearing.context import RUN_MIN, Hearing
from cleaners.hearing.guards import (
    is_body,
    is_headline_like,
    is_item,
    is_link_like,
    is_list_item,
    is_reference,
)
from cleaners.hearing.prompts import may_request
from cleaners.matching.automaton import Terms
from cleaners.matching.lines import LineMatch
from cleaners.matching.pattern import read_program
from cleaners.matching.phrases import Where
from cleaners.matching.tails import find_open_tail
from cleaners.words.fold import Words, fold_words, weigh_words
from cleaners.words.sentences import COLONS, STOPS, ends_sentence, is_question

# Words. A label this short can be a crosshead, whatever the rule says (set on the clean truths,
# benchmarks/residue/harm.py), but for what no story has a chapter about.
_SHORT = 3.0
_SURE_WHEN_SHORT = frozenset(
    {
        Reason.AD_LABEL,
        Reason.READ_ALSO,
        Reason.SHARE,
        Reason.COMMENT_PROMPT,
        Reason.COMMENT_LOGIN,
        Reason.LOADING,
    }
)
_ALSO_IN_STORIES = frozenset(
    {
        Reason.AUTHOR_BOX,
        Reason.READ_ALSO,
        Reason.SPONSORED,
        Reason.TAGS,
    }
)
_ASKED_BY_WRITERS = frozenset(
    {
        Reason.APP,
        Reason.COMMENT_PROMPT,
        Reason.DONATION,
        Reason.FOLLOW,
        Reason.NEWSLETTER,
        Reason.SHARE,
        Reason.SUBSCRIBE,
    }
)
# What readers are asked is asked in interviews too, and "No comment." is an answer there.
_ANSWERED = frozenset({Reason.COMMENT_COUNT, Reason.COMMENT_PROMPT})
# These head lists and name buttons, and never are sentences.
_HEADINGS = frozenset({Reason.MOST_READ, Reason.NAVIGATION, Reason.READ_ALSO, Reason.TAGS})
# Words that a phrase must name before what it leaves open: in a line that could be a headline, and
# in one that could be a sentence, of which there are more. More than these cost residue.
_NAMED = 2.0
_NAMED_IN_SENTENCE = 3.0
_COMMAS = frozenset(",،，、")
_MARKS = frozenset(":|–—→›»")  # what parts a label from its headline
_LABEL_CHARS = 40  # at the beginning of a line, in which that stands
_STOPS = tuple(STOPS)
_SEND_ELSEWHERE = frozenset({Reason.NEWSLETTER, Reason.READ_ALSO, Reason.TAGS})
_LABELS = frozenset({Reason.READ_ALSO, Reason.TAGS})
_SENTENCES_BELOW = 2  # that count as a paragraph under a crosshead
_BOX_LINES = 8  # of a notice, looked at for what it gives; and the share that gives some
_PARTICULARS = 1 / 3
_WIDE_STOPS = ("。", "！", "？")  # no space follows these
_FULL_STOPS = (".", "。", "।", "۔")
_SPOKEN_MAX, _ANSWER_MAX = 10.0, 2.0  # words
_CONTACT = 2.0  # of a crosshead
_SPOKEN_STOPS = (".", "?", "。", "？", "؟", "۔", "।", ";", "\u037e")  # Greek asks with a semicolon


def is_doubtful(hearing: Hearing, index: int, found: LineMatch, speaker: Terms) -> bool:
    """Whether a strong match of a whole line is as weak as a `tail` rule where it stands."""
    if not hearing.is_page and _may_be_told(hearing, index, found, speaker):
        return not (
            _heads_headlines(hearing, index, speaker)
            or _leads_alone(hearing.lines[index], found, speaker)
        )
    if len(found.terms) > 1:
        return False
    line, before, after = hearing.look_around(index)
    if (
        _may_be_spoken(line, speaker)
        or (not found.opened and index in hearing.asked)
        or _heads_prose(hearing, index, found, speaker)
        or (not hearing.is_page and _announces_what_stays(hearing, index, found, speaker))
    ):
        return True
    if speaker.where is not Where.LINE:
        return False
    listed = is_item(line) and (is_item(before) or is_item(after))
    if listed or (_may_go_on(line, speaker) and not _heads_headlines(hearing, index, speaker)):
        return True
    sure = speaker.reason in _SURE_WHEN_SHORT or is_link_like(before) or is_link_like(after)
    return bool(not sure and before and after and weigh_words(fold_words(line)) <= _SHORT)


def heads_lines(found: LineMatch, term: Terms) -> bool:
    """Whether a phrase of a line heads the lines under it, and not the rest of its own."""
    return term.heads_run and not (term.where is Where.PREFIX and found.opened)


def _leads_alone(line: str, found: LineMatch, speaker: Terms) -> bool:
    """Whether a line is a label and the headline that it leads to: "Lire aussi : Le pont rouvre".

    It has a sign between both, ends no sentence and gives no particulars of a book or a hall.
    """
    return (
        speaker.where is Where.PREFIX
        and speaker.heads_run
        and found.opened
        and not _MARKS.isdisjoint(line[:_LABEL_CHARS])
        and not line.endswith(_FULL_STOPS)
        and not is_reference(line)
    )


def _heads_prose(hearing: Hearing, index: int, found: LineMatch, speaker: Terms) -> bool:
    """Whether a heading of lists stands over a paragraph of a page that leads nowhere."""
    return (
        speaker.reason in _HEADINGS
        and speaker.where is not Where.PREFIX
        and not found.opened
        and hearing.heads_prose(index)
    )


def _may_go_on(line: str, speaker: Terms) -> bool:
    """Whether a line begins as residue does, and the rest of it may be anything."""
    return speaker.reason not in _ALSO_IN_STORIES and _is_open(line, speaker)  # those: see above


def is_sentence(line: str, found: LineMatch, speaker: Terms) -> bool:
    """Whether a line that begins as a heading does is a sentence: "More of that tomorrow."."""
    if len(found.terms) > 1 or speaker.where not in (Where.LINE, Where.TAIL):
        return False
    return speaker.reason in _HEADINGS and line.endswith(_FULL_STOPS) and _is_open(line, speaker)


def is_service(line: str, found: LineMatch, speaker: Terms) -> bool:
    """Whether the words that head related stories and tags are a writer's own, as at the end.

    "More at www.example.org", "Read also the book by ...", "Tags: rope, and nothing else.",
    or any sentence after such a beginning.
    """
    if len(found.terms) > 1 or speaker.reason not in _SEND_ELSEWHERE:
        return False
    if speaker.reason is not Reason.TAGS and is_reference(line):
        return True
    if speaker.where is not Where.PREFIX or speaker.reason not in _LABELS:
        return False
    return (line.endswith(_FULL_STOPS) and line[-2:-1] != ".") or _runs_on(line)


def _runs_on(line: str) -> bool:
    """Whether a line holds no label and no headline: one capital, and a clause after a comma."""
    is_cased = line[:1].isupper() and not any(map(str.isupper, line[1:]))
    return is_cased and ", " in line and " - " not in line and _MARKS.isdisjoint(line)


def _is_open(line: str, speaker: Terms) -> bool:
    """Whether the phrase that is a line names too little of it."""
    words = fold_words(line)
    tail = find_open_tail(read_program(speaker.program), words.words)
    if tail is None:
        return False
    named = Words(words.words[:tail], words.starts[:tail], words.ends[:tail])
    if not line.endswith(_STOPS):
        return weigh_words(named) <= _NAMED
    between = line[words.ends[tail - 1] : words.starts[tail]]
    return weigh_words(named) <= _NAMED_IN_SENTENCE or not _COMMAS.isdisjoint(between)


def _may_be_spoken(line: str, speaker: Terms) -> bool:
    """Whether a line could be a question or an answer in an interview."""
    return (
        speaker.reason in _ANSWERED
        and line.endswith(_SPOKEN_STOPS)
        and weigh_words(fold_words(line)) <= _SPOKEN_MAX
    )


def _may_be_told(hearing: Hearing, index: int, found: LineMatch, speaker: Terms) -> bool:
    """Whether a line in running text says what stories say too, and nothing else besides."""
    if speaker.reason not in _ALSO_IN_STORIES:
        return False
    if not (hearing.is_in_story(index) or _heads_sentences(hearing, index, speaker)):
        return False
    terms = [hearing.rules.terms[term] for term in found.terms]
    strong = [term for term in terms if term.where is not Where.TAIL]
    is_sentence = hearing.lines[index].endswith(_STOPS)
    return is_sentence or all(term.reason in _ALSO_IN_STORIES for term in strong)


def _heads_sentences(hearing: Hearing, index: int, speaker: Terms) -> bool:
    """Whether short sentences that no rule knows follow what may be a crosshead."""
    below = hearing.lines[index + 1 : index + 1 + _SENTENCES_BELOW]
    return (
        speaker.reason is Reason.READ_ALSO
        and _MARKS.isdisjoint(hearing.lines[index])
        and speaker.where is Where.PREFIX
        and len(below) == _SENTENCES_BELOW
        and all(map(ends_sentence, below))
        and not any(map(hearing.is_known, below))
    )


def is_told(
    hearing: Hearing,
    index: int,
    line: str,
    found: LineMatch,
    speaker: Terms,
    *,
    find_langs: Callable[[], Collection[str]],
) -> bool:
    """Whether what matches at an edge of a line may be its writer's: "Leave a comment".

    It is one phrase, and stands apart and ends as a sentence does; or it only begins as residue
    does; or it is what stories say too and more story follows. `line` is what is left of the line
    at `index`; `find_langs` is asked for the languages of the text where that matters.
    """
    if len(found.terms) > 1 and not _is_one_sentence(hearing, line, found):
        return False
    if not found.start:
        first, rest = line[: found.end], line[found.end :]
        return _is_first_told(first, rest, speaker, is_page=hearing.is_page) or (
            hearing.is_amid_story(index) and _is_told_on(first, rest, speaker, find_langs)
        )
    if hearing.is_page:
        return False
    also_in_stories = speaker.reason in _ALSO_IN_STORIES or speaker.reason is Reason.PLAYER
    if also_in_stories and hearing.is_in_story(index):
        return True
    before = line[: found.start]
    is_apart = before[-1].isspace() or before.endswith(_WIDE_STOPS)
    if speaker.where is Where.SUFFIX or not is_apart:
        return False
    return also_in_stories or (speaker.reason in _ASKED_BY_WRITERS and line.endswith(_STOPS))


def _is_one_sentence(hearing: Hearing, line: str, found: LineMatch) -> bool:
    """Whether one strong phrase and labels make the last sentence: "Follow us on Instagram."."""
    terms = [hearing.rules.terms[term] for term in found.terms]
    last = line[found.start : found.end].rstrip()
    return (
        bool(found.start)
        and sum(term.where is not Where.TAIL for term in terms) == 1
        and last.endswith(_STOPS)
        and not any(stop in last[:-1] for stop in _STOPS)
    )


def _is_first_told(first: str, rest: str, speaker: Terms, *, is_page: bool) -> bool:
    """Whether what matches at the beginning of a line may be its writer's."""
    if speaker.where is Where.LINE and _is_open(first.rstrip(), speaker):
        return True
    if not _is_sentence_apart(first):
        return False
    return is_body(rest) or (not is_page and speaker.reason in _ASKED_BY_WRITERS)


def _is_told_on(
    first: str, rest: str, speaker: Terms, find_langs: Callable[[], Collection[str]]
) -> bool:
    """Whether a line goes on as a story after what matches at its beginning.

    "What do you think? That was the question on the ballot." But not "What do you think? Tell us."
    """
    return (
        speaker.reason in _ANSWERED
        and _is_sentence_apart(first)
        and ends_sentence(rest)
        and not may_request(rest, sorted(find_langs()))
    )


def _is_sentence_apart(first: str) -> bool:
    """Whether the beginning of a line ends as a sentence does, and with the space after that."""
    said = first.rstrip()
    is_apart = said != first or said.endswith(_WIDE_STOPS)
    return is_apart and said.endswith(_STOPS)


def is_lead_in(line: str, found: LineMatch, after: str, speaker: Terms) -> bool:
    """Whether a line introduces what follows: "More about the three bridges:", or a plain list."""
    if not after or not line.rstrip().endswith(COLONS):
        return False
    words = fold_words(line)
    if found.opened or find_open_tail(read_program(speaker.program), words.words) is not None:
        return weigh_words(words) > _SHORT
    return is_list_item(after)


def heads_references(hearing: Hearing, index: int, found: LineMatch, speaker: Terms) -> bool:
    """Whether a short "Contact" stands over an address or a number that readers are sent to."""
    line, _, after = hearing.look_around(index)
    return (
        found.whole
        and not hearing.is_page
        and speaker.reason is Reason.ADVERTISE
        and weigh_words(fold_words(line)) <= _CONTACT
        and is_reference(after)
    )


def answers_question(hearing: Hearing, index: int, found: LineMatch) -> bool:
    """Whether a line is an answer of a word or two to the question right before it: "Next."."""
    if not found.weak:
        return False
    line, before, _ = hearing.look_around(index)
    return (
        line.endswith(_FULL_STOPS)
        and is_question(before)
        and hearing.judged[index - 1] is None
        and weigh_words(fold_words(line)) <= _ANSWER_MAX
    )


def _announces_what_stays(hearing: Hearing, index: int, found: LineMatch, speaker: Terms) -> bool:
    """Whether a line is a heading of other stories whose list does not fall with it.

    A box of one's own on a book or a hall is headed so too, and a line of it gives particulars.
    """
    line, _, after = hearing.look_around(index)
    if not after or speaker.reason is not Reason.READ_ALSO:
        return False
    if not heads_lines(found, speaker):
        return line.rstrip().endswith(COLONS)
    following = range(index + 1, min(index + 1 + _BOX_LINES, len(hearing.lines)))
    linked = [hearing.lines[at] for at in takewhile(hearing.is_link_like, following)]
    return sum(map(is_reference, linked)) >= _PARTICULARS * len(linked)


def _heads_headlines(hearing: Hearing, index: int, speaker: Terms) -> bool:
    """Whether headlines follow a heading of related stories."""
    if not speaker.heads_run:
        return False
    following = hearing.lines[index + 1 : index + 1 + RUN_MIN]
    are_headlines = len(following) == RUN_MIN and all(
        is_headline_like(line) and not is_list_item(line) for line in following
    )
    return are_headlines or hearing.announces_one(index)
