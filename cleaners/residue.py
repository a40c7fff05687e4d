"""Lines and what the rules match of them -> what is residue: for text and for kept blocks alike.

Evidence, in the order in which it is heard: a rule that covers a line, or its beginning or end;
a heading such as "A lire aussi" and the short link lines under it; a line that recurs on the
site; a short line that stands in the text again and again; and last the weak rules, whose words
could as well be a crosshead, and which therefore only speak at the edges of the text and beside
lines that fell already. The guards stand before all of them: when in doubt, the line stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cleaners.article import Reason, Verdict
from cleaners.guards import HEADLINE_MIN, is_guarded, is_link_like
from cleaners.lines import LineMatch, LineReader
from cleaners.matcher import Matcher

_RUN_MAX = 30  # lines; a longer list under a heading is a page of its own
_PASSES_MAX = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What is residue in a line: all but `line[start:end]`, for the reason in `verdict`."""

    verdict: Verdict
    start: int = 0
    end: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the line is kept."""
        return self.start >= self.end


def judge_lines(
    lines: Sequence[str], *, rules: Matcher, lang: str = ""
) -> tuple[Judged | None, ...]:
    """Return for each line what of it is residue, or None where it stays as it is."""
    judge = _Judge(lines, rules, lang)
    judge.read()
    for _ in range(_PASSES_MAX):
        before = judge.count
        judge.follow_runs()
        judge.spread_weak()
        if judge.count == before:
            break
    return tuple(judge.judged)


class _Judge:
    """The state of one judgement; lives for one call."""

    def __init__(self, lines: Sequence[str], rules: Matcher, lang: str) -> None:
        self.lines = lines
        self.rules = rules
        self.reader = LineReader(rules, choose_langs(rules, lang))
        self.judged: list[Judged | None] = [None] * len(lines)
        self.weak: dict[int, int] = {}
        self.heads: list[int] = []
        self.count = 0

    def drop(self, index: int, reason: Reason, rule: str = "") -> None:
        """Mark a whole line as residue."""
        self.judged[index] = Judged(verdict=Verdict(keep=False, reason=reason, rule=rule))
        self.count += 1

    def read(self) -> None:
        """Match every line by itself."""
        match = self.reader.match
        for index, line in enumerate(self.lines):
            found = match(line)
            if found is not None and not is_guarded(line, found):
                self._take(index, line, found)

    def _take(self, index: int, line: str, found: LineMatch) -> None:
        terms = self.rules.terms
        if found.whole and found.weak:
            self.weak[index] = found.terms[0]
            return
        if any(terms[term].heads_run for term in found.terms):
            self.heads.append(index)
        term = terms[self._speaker(found)]
        start, end = 0, 0
        if not found.whole:
            start, end = self._trim(line, found)
        verdict = Verdict(keep=False, reason=term.reason, rule=term.rule)
        self.judged[index] = Judged(verdict=verdict, start=start, end=end)
        self.count += 1

    def _speaker(self, found: LineMatch) -> int:
        """Return the phrase that gives the verdict its name: the first that is not weak."""
        for term in found.terms:
            if self.rules.terms[term].where != "tail":
                return term
        return found.terms[0]

    def _trim(self, line: str, found: LineMatch) -> tuple[int, int]:
        """Return what is left of a line after its edges are cut for as long as rules match."""
        start, end = 0, len(line)
        while found is not None and not found.whole:
            if found.start:
                end = start + len(line[start : start + found.start].rstrip())
            else:
                start += found.end
            again = self.reader.match(line[start:end])
            if again is None or again.weak or is_guarded(line[start:end], again):
                return start, end
            found = again
        return 0, 0

    def follow_runs(self) -> None:
        """Drop the short link lines under headings such as "A lire aussi"."""
        for head in self.heads:
            term = next(t for t in [self.judged[head]] if t is not None)
            run: list[int] = []
            index = head + 1
            while index < len(self.lines) and len(run) < _RUN_MAX:
                line = self.lines[index]
                if self.judged[index] is None and line.strip():
                    if not is_link_like(line):
                        break
                    run.append(index)
                index += 1
            inside = index < len(self.lines)
            if inside and run and not _may_be_headline(self.lines[run[-1]]):
                run.pop()
            for each in run:
                self.drop(each, Reason.RUN, term.verdict.rule)

    def spread_weak(self) -> None:
        """Drop weak lines at the edges of the text and beside lines that fell."""
        if not self.weak:
            return
        filled = [index for index, line in enumerate(self.lines) if line.strip()]
        for order in (filled, filled[::-1]):
            beside = True  # the edge of the text counts as residue
            for index in order:
                if self.judged[index] is not None:
                    beside = True
                elif beside and index in self.weak:
                    term = self.rules.terms[self.weak[index]]
                    self.drop(index, term.reason, term.rule)
                else:
                    beside = False


def choose_langs(rules: Matcher, lang: str) -> frozenset[str]:
    """Return the languages whose rules apply to a text in `lang`: that one and English.

    Every language's rules apply where `lang` is empty or no rule file speaks it.
    """
    primary = re.split(r"[-_]", lang.lower(), maxsplit=1)[0]
    primary = {"nb": "no", "nn": "no"}.get(primary, primary)
    known = {term.lang for term in rules.terms}
    return frozenset({primary, "en"}) if primary in known else frozenset()


def _may_be_headline(line: str) -> bool:
    return len(line) >= HEADLINE_MIN
