"""The shapes of journalism that look like residue, and are not.

Guards know shapes and positions, never words. They are asked before any evidence is believed.
"""

from __future__ import annotations

import re

from cleaners.matching.lines import LineMatch
from cleaners.words.fold import is_spaceless
from cleaners.words.notices import gives_address, gives_particulars
from cleaners.words.sentences import ends_sentence

# Characters. A line this long that ends as a sentence does is a paragraph of the story; in a
# script without spaces a sentence is shorter.
_BODY_MIN = 90  # and enough for one that ends without a stop in a script that has none
_BODY_MIN_SPACELESS = 60
_LINK_MAX = 160
_LINK_MAX_SPACELESS = 70
_NO_LINK_END = (".", "。", "।", ":", "：")
LABEL_MAX = 60
_NO_LABEL_END = (".", "!", "?", ":", ",", ";", "…", "。", "！", "？", "：", "؟", "।", '"', "”", "»")
_HEADLINE_MIN = 25
_HEADLINE_MIN_SPACELESS = 10
_FRAGMENT_MIN = 25

_OPENING = 8  # characters at the beginning of a line, a quotation mark among them
_BULLETS = "-–—•*·▪■●◦‣›» \t"
_LIST_ITEM = re.compile(r"\s*(?:[-–—•*·▪■●◦‣]\s|\d{1,3}[.)]\s)")
_DOTTED = "・"  # before an item in Japanese, with no space after it
_FULL_STOP_INSIDE = re.compile(r"[^\W\d_]{3,}[.] [^\W\d_]|。.")
_MAY_REFER = re.compile(r"[.\d]")
# The last word on a book ("..., Seuil, 2019"); a date has digits before that comma.
_IN_PRINT = re.compile(r"(?<=\D)[,，(]\s*(?:1[5-9]|20)\d\d[)）]?$")
# Where readers are sent by writers: a host with one page at most, and a telephone number. Links to
# stories that extraction wrote out have longer paths; a host without a sign of its own may be told.
_ADDRESS = re.compile(
    r"(?<![\w@./+-])(?:https?://|[\w.+-]++@|(?=www\.))(?>(?:[\w-]+\.)+[a-z]{2,})(?>/[\w.-]{0,20})?/?"
    r"(?![\w/?#-])"
)
_HOST_AT_END = re.compile(
    r"(?<![\w@./-])(?>(?:[a-z0-9-]+\.)+[a-z]{2,})(?:/[\w-]{0,20})?/?[.)]*\s*$"
)
_PHONE = re.compile(
    r"(?<![\w./-])(?:\+|\(?0)(?!\d?[./-]\d{1,2}[./-]\d{4})\d(?:[ .()/-]{0,2}\d){7,}"
)
# Who posted on a social network, and when, as a post ends that a story quotes.
_POSTED = re.compile(r"\(@\w{1,30}\)(?=[^@]{4,40}$)[^@\d]*\d")
_POSTED_REACH = 80
_DASHES = ("—", "–", "-")
_STOPLESS = re.compile(
    "[\u0e01-\u0e2e\u0e40-\u0e44\u0e81-\u0eae\u0ec0-\u0ec4]"
)  # letters of Thai and Lao
_QUOTE = re.compile(r"[\"“”„«»]")
_QUOTED = re.compile(r"^\s*[-–—•*]?\s*[\"«“„‘'『「].*[\"»”’'』」]\s*[-–—]?\s*$", re.DOTALL)
# A quotation that the line goes on after: "..., said Ada"; or that was opened in the line before.
# What is quoted without a mark of its own may be a name, which prompts quote as well.
_TOLD = re.compile(
    r"\s*+(?:[-–—]\s*+)?(?:[\"“„«‘「『].{8,}?[,.!?…](?:[\"”“»’」』]|\s»)"
    r"|[^\"“”„«»「」\s][^\"“”„«»「」]*+(?<=,)[\"”“»])\s*+[^\W\d_]",
    re.DOTALL,
)
_TOLD_ON = re.compile(r"\s*+(?:[-–—]\s*+)?[\"“„«‘「『].{8,}?[\"”“»’」』],\s*+[^\W\d_]", re.DOTALL)

# A quotation that two words at least go on after.
_SLOGAN = re.compile(
    r"\s*+(?:[-–—]\s*+)?[\"“„«「『]([^\"“”„«»「」『』]{4,}+)[\"”“»」』]\s*+(?:[-–—]\s*+)?"
    r"([^\W\d_].*\s[^\W\d_].*)",
    re.DOTALL,
)


def is_body(line: str) -> bool:
    """Whether `line` is by its shape a paragraph of the story."""
    if len(line) < _BODY_MIN_SPACELESS:
        return False
    stripped = line.strip()
    least = _BODY_MIN_SPACELESS if stripped and is_spaceless(stripped[0]) else _BODY_MIN
    if len(stripped) < least:
        return False
    if ends_sentence(stripped):
        return True
    return len(stripped) >= _BODY_MIN and is_without_stops(stripped[:_OPENING])


def is_link_like(line: str) -> bool:
    """Whether `line` could be a headline under "read also": short, and not a told sentence."""
    stripped = line.strip()
    if not 0 < len(stripped) <= _LINK_MAX or stripped.endswith(_NO_LINK_END):
        return False
    if len(stripped) > _LINK_MAX_SPACELESS and is_spaceless(stripped[0]):
        return False
    return not is_body(stripped) and _FULL_STOP_INSIDE.search(stripped) is None


def is_story_link(line: str) -> bool:
    """Whether `line` could be such a headline, and does not lead readers away from the paper."""
    return is_link_like(line) and not is_reference(line)


def is_without_stops(line: str) -> bool:
    """Whether `line` is of a script that ends no sentence with a mark, so that any may be one."""
    return _STOPLESS.search(line) is not None


def has_quote(line: str) -> bool:
    """Whether a quotation mark stands in `line`."""
    return _QUOTE.search(line) is not None


def is_reference(line: str) -> bool:
    """Whether `line` sends readers to a site, to a telephone, to a book, a street, or a hall."""
    if _MAY_REFER.search(line) is None:
        return gives_address(line)
    found = (pattern.search(line) for pattern in (_ADDRESS, _HOST_AT_END, _PHONE, _IN_PRINT))
    return any(each is not None for each in found) or gives_particulars(line)


def is_post(line: str, after: str) -> bool:
    """Whether `line` is a post that a story quotes: "... (@handle) March 3, 2024", or above that.

    >>> is_post("Follow us! — Town Pool (@townpool) March 3, 2024", "")
    True
    """
    if after.startswith(_DASHES) and _is_signed(after):
        return True
    # "A post shared by Town Pool (@townpool) on May 3" is no post, but what stands under one.
    return _is_signed(line) and any(f"{dash} " in line[: line.rindex("(@")] for dash in _DASHES)


def _is_signed(line: str) -> bool:
    return "(@" in line and _POSTED.search(line, max(0, len(line) - _POSTED_REACH)) is not None


def is_guarded(line: str, found: LineMatch) -> bool:
    """Whether `line` stays although rules match it: what somebody said, or a quoted mail."""
    if not found.whole:
        return False
    if _TOLD.match(line) or (ends_sentence(line) and _TOLD_ON.match(line)):
        return True
    if len(line) > _LINK_MAX:
        return False
    return _QUOTED.match(line) is not None or (line.startswith("> ") and line[2:3].islower())


def split_slogan(line: str) -> tuple[str, str]:
    """What a sentence quotes first, and what it says of that; empty where it quotes nothing."""
    found = _SLOGAN.match(line) if ends_sentence(line) else None
    return (found[1].strip(), found[2]) if found else ("", "")


def is_label_like(line: str) -> bool:
    """Whether `line` is short and says nothing that a sentence says."""
    return 0 < len(line) <= LABEL_MAX and not line.endswith(_NO_LABEL_END)


def is_upper(line: str) -> bool:
    """Whether `line` is all in capitals; never in a script that has none."""
    return line == line.upper() and line != line.lower()


def is_headline_like(line: str) -> bool:
    """Whether `line` could only be a headline: longer than a label, and begun as a headline is."""
    bare = line.lstrip(_BULLETS)
    if not bare or bare[0].islower() or not is_story_link(line):
        return False
    return len(bare) >= (_HEADLINE_MIN_SPACELESS if is_spaceless(bare[0]) else _HEADLINE_MIN)


def is_list_item(line: str) -> bool:
    """Whether `line` begins as an item of a list does."""
    return _LIST_ITEM.match(line) is not None


def is_item(line: str) -> bool:
    """Whether `line` begins as an item of a list does, in Japanese as well."""
    return line.startswith(_DOTTED) or is_list_item(line)


def is_fragment(before: str, line: str, after: str) -> bool:
    """Whether `line` is part of a sentence that was broken over lines.

    The line after it goes on in lower case, or it goes on itself where the line before it ended
    without a stop. Buttons in lower case are too short to be taken for such a sentence.
    """
    stop = ends_sentence(line)
    if not stop and len(after) >= _FRAGMENT_MIN and after.lstrip()[0].islower():
        return True
    begins_low = line.lstrip()[:1].islower()
    return begins_low and len(before) >= _FRAGMENT_MIN and not ends_sentence(before)
