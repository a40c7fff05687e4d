"""What ends a sentence, in all scripts: one list for whoever asks whether a text is told."""

from __future__ import annotations

import re

SPACED_STOPS = ".!?…؟।॥۔"
"""Latin, Cyrillic and Greek stops, Arabic question mark and Urdu stop, the dandas of Indic scripts
(Unicode 15.1, General Punctuation and the blocks named). Thai has none."""
SPACELESS_STOPS = "。！？។။"
"""Those of scripts that write words without spaces: CJK, Khmer and Burmese."""
STOPS = SPACED_STOPS + SPACELESS_STOPS
"""All of them."""
QUESTION_MARKS = ("?", "？", "؟", "\u037e")
"""Of them, and of Greek, those that end a question."""
CLOSING = "\"'»”’')）]」』"
"""What may stand after a stop, in French after a space: quotation marks and brackets that close."""
COLONS = (":", "：")
"""What ends a label, or a line that leads in what follows."""
_QUESTION_ENDS = (*QUESTION_MARKS, "か。", "でしょう。")
# A dash twice as long as others, or one before kana or ideographs: other languages set a dash
# before whatever is said.
ASKED_FIRST = frozenset("―─—")
"""The first characters of questions that end as no question does."""
_ASKED_AFTER_DASH = re.compile(r"―{2}|─{2}|[―─—]+\s?[「『（\u3040-\u30ff\u3400-\u9fff]")
# The colon of a clock or a score stands between two digits.
_LABELLED = re.compile(r"[^:：]{2,40}(?:(?<!\d)[:：]|[:：](?!\d))\s*\S")
_SPEECH_ENDS = ("」", "』")
_REACH = 12  # characters at the end of a text in which its stop is looked for
_ENDED = re.compile(rf"([{STOPS}])(?:\s?[{re.escape(CLOSING)}])*\s*$")
ASKED_LAST = frozenset((*(end[-1] for end in _QUESTION_ENDS), *CLOSING))
"""The last characters of all others, closing signs after their own."""
_SENTENCE_BREAK = re.compile(rf"[{SPACED_STOPS}](?:[\"»”’')\]]|\s»)*\s+|[{SPACELESS_STOPS}]")
# The last characters of what may end with a stop.
_ALL_STOPS, _ALL_CLOSING = frozenset(STOPS), frozenset(CLOSING)


def ends_sentence(text: str) -> bool:
    """Whether a text ends with a stop, and with what may stand after one.

    >>> ends_sentence("“It worked.”"), ends_sentence("वह चला गया।"), ends_sentence("Who pays")
    (True, True, False)
    >>> ends_sentence("« Il est parti. »"), ends_sentence("« le Vieux »")
    (True, False)
    """
    return bool(find_stop(text))


def ends_told(text: str) -> bool:
    """Whether a text ends with a sentence, or with speech: Japanese writes no stop inside it.

    >>> ends_told("市長は「橋は冬までに直る」"), ends_told("「橋は直る」と市長")
    (True, False)
    """
    return text.endswith(_SPEECH_ENDS) or ends_sentence(text)


def is_question(text: str) -> bool:
    """Whether a text ends as a question does, and with what may stand after one.

    Japanese asks without a sign, in words, or sets a long dash before what an interviewer says.

    >>> is_question("“Who pays?”"), is_question("谁来付钱？"), is_question("Who pays")
    (True, True, False)
    >>> is_question("――橋が直った。"), is_question("橋は直りますか。"), is_question("— Nie.")
    (True, True, False)
    """
    if text[-1:] not in ASKED_LAST and text[:1] not in ASKED_FIRST:
        return False  # as most are not
    said = text.rstrip(CLOSING)
    return said.endswith(_QUESTION_ENDS) or (
        text[:1] in ASKED_FIRST and _ASKED_AFTER_DASH.match(text) is not None
    )


def is_labelled(text: str) -> bool:
    """Whether a text begins with a label and goes on after it.

    >>> is_labelled("Attendance: 1,873"), is_labelled("Results:"), is_labelled("Monday 12:55")
    (True, False, False)
    """
    return _LABELLED.match(text) is not None


def find_stop(text: str) -> str:
    """The stop that a text ends with, whatever may stand after one left out; empty without one.

    >>> find_stop("« Il est parti ! »"), find_stop("他来了。」"), find_stop("Who pays")
    ('!', '。', '')
    """
    last = text[-1:]
    if last in _ALL_STOPS:
        return last  # as most do
    if last not in _ALL_CLOSING and not last.isspace():
        return ""
    ended = _ENDED.search(text[-_REACH:])
    return ended[1] if ended else ""


def find_sentence_start(line: str, before: int) -> int:
    """Return where the sentence that holds `before` begins."""
    start = 0
    for found in _SENTENCE_BREAK.finditer(line, 0, before):
        start = found.end()
    return start
