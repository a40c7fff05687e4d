"""The main path for text that somebody already extracted.

    text -> cut into lines -> judge -> join what is kept

Kept lines keep their bytes and their order; a text without residue comes back as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cleaners.article import CleanedText, Reason, Verdict
from cleaners.config import TextConfig
from cleaners.errors import require_type
from cleaners.matching.matcher import Matcher
from cleaners.matching.rulebook import load_matcher
from cleaners.residue import Judged, judge_lines
from cleaners.sites import SiteMemory

_KEPT = Verdict(keep=True, reason=Reason.ARTICLE)
# A link or picture in Markdown, its text, and an address with one pair of brackets at most.
_LINK = re.compile(
    r"(!?)\[([^\[\]\n]{0,400})\]"
    r"\((?:<[^<>\n]{0,2000}>|[^()\s<]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?)"
    r"(?:\s(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'))?\)"
)
_LINE_END = re.compile(r"[^\S\r\n]*(?:\r\n|\s)")


def clean_text(
    text: str,
    *,
    lang: str | None = None,
    memory: SiteMemory | None = None,
    site: str | None = "",
    config: TextConfig | None = None,
    rules: Matcher | None = None,
) -> CleanedText:
    r"""Return `text` without its residue, and every line with its verdict.

    `lang` (BCP 47) names the language, so that short rules of other languages (English apart) do
    not act; without it the text's small words tell. `memory` tells what recurs on `site`, which may
    be given as a host of it, or be None. `rules` replaces the packaged ones (`compile_rules` makes
    some). Joined, the texts of the kept blocks are the output. Cleaning what was cleaned changes
    nothing.

    Raises:
        TypeError: what is given is no text, or another argument not what it is to be.

    >>> str(clean_text("The council met on Monday.\nSubscribe to our newsletter"))
    'The council met on Monday.'
    """
    if not isinstance(text, str):
        raise TypeError(f"a text is str, not {type(text).__name__}; decode bytes first")
    require_type("lang", lang, str)
    require_type("memory", memory, SiteMemory)
    require_type("config", config, TextConfig)
    require_type("rules", rules, Matcher)
    config = config or TextConfig()
    lines = list_lines(text)
    shown = [show_line(line) for line in lines] if "](" in text else lines
    judged = judge_lines(
        shown,
        rules=load_matcher() if rules is None else rules,
        lang=lang or "",
        memory=memory,
        site=site or "",
    )
    if shown is not lines:
        judged = tuple(map(_keep_links, judged, shown, lines))
    if not any(judged):
        return CleanedText(text=text)
    parts = _build_parts(cut_lines(text), judged)
    kept = "".join(part for part, verdict in parts if verdict.keep)
    if len(kept) < len(text) * (1 - config.max_removed):
        return CleanedText(text=text, capped=True)
    return CleanedText(text=kept, judged=parts)


def show_line(line: str) -> str:
    """What a reader sees of a line of Markdown: links as their texts, pictures as nothing.

    >>> show_line("* [Share on Facebook](https://example.org/share?u=1)")
    '* Share on Facebook'
    """
    if "](" not in line:
        return line
    return _LINK.sub(lambda link: "" if link[1] else link[2], line).rstrip()


def _keep_links(judged: Judged | None, shown: str, line: str) -> Judged | None:
    """What is residue of a line as it is written: all of it or nothing where it holds links."""
    return judged if judged is None or judged.is_whole or shown == line else None


def list_lines(text: str) -> list[str]:
    """Return the lines of `text` without white space after them, as `cut_lines` does."""
    raws = text.splitlines()
    lines = [line for raw in raws if (line := raw.rstrip())]
    if raws and not raws[0].rstrip():
        lines.insert(0, "")
    return lines


def cut_lines(text: str) -> list[tuple[str, str]]:
    """Return the lines of `text`, each with the white space up to the next line.

    Joined, the pieces are the text. Blank lines before the first line stand in a piece of their
    own, whose line is empty.
    """
    pieces: list[tuple[str, str]] = []
    line = gap = ""
    for raw in text.splitlines(keepends=True):
        stripped = raw.rstrip()
        if stripped:
            if line or gap:
                pieces.append((line, gap))
            line = stripped
            gap = raw[len(stripped) :]
        else:
            gap += raw
    if line or gap:
        pieces.append((line, gap))
    return pieces


@dataclass(slots=True)
class _Part:
    text: str
    verdict: Verdict
    gap: str = ""


def _build_parts(
    pieces: list[tuple[str, str]], judged: tuple[Judged | None, ...]
) -> tuple[tuple[str, Verdict], ...]:
    """Return every line or part of one, with its verdict.

    Of the gaps around a dropped line one stays, the one with the most line ends, so that
    paragraphs stay apart as they were. A dropped part carries no gap.
    """
    parts: list[_Part] = []
    last = _Part("", _KEPT)  # the last part that is kept
    for (line, gap), each in zip(pieces, judged, strict=True):
        if each is None:
            last = _Part(line, _KEPT, gap)
            parts.append(last)
            continue
        if each.is_whole:
            parts.append(_Part(line, each.verdict))
            if last.text and gap.count("\n") > last.gap.count("\n"):
                last.gap = gap
            continue
        last = _Part(line[each.start : each.end], _KEPT, gap)
        cuts = (
            _Part(line[: each.start], each.verdict),
            last,
            _Part(line[each.end :], each.verdict),
        )
        parts.extend(part for part in cuts if part.text)
    if judged[-1] is not None and judged[-1].is_whole:
        last.gap = _end_like(last.gap, pieces[-1][1])
    return tuple((part.text + part.gap, part.verdict) for part in parts)


def _end_like(gap: str, final: str) -> str:
    """Return what of `gap` ends a text that used to end with `final`."""
    found = _LINE_END.match(gap) if final else None
    return found.group() if found else ""
