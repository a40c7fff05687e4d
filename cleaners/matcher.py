"""Rules -> one matcher, whose cost for a line does not depend on how many rules there are.

All phrases of all languages form two automata over words (`cleaners/automaton.py`), one that reads
forward and one that reads a line from its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cleaners.automaton import Automaton, Programs, Terms
from cleaners.edges import CUT_WORDS_MIN, Edge
from cleaners.pattern import ANYTHING, compile_pattern
from cleaners.phrases import OPENERS, Rule, Where


@dataclass(frozen=True, slots=True)
class Matcher:
    """The two automata over one set of rules, and what each phrase stands for."""

    terms: tuple[Terms, ...]
    langs: frozenset[str]
    forward: Automaton
    backward: Automaton
    beginnings: Edge
    endings: Edge

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to match."""
        return not self.terms


@dataclass(frozen=True, slots=True)
class Section:
    """The phrases of one rule file, and which of them may begin and end with a word."""

    terms: tuple[Terms, ...]
    first: Mapping[str, Sequence[int]]
    last: Mapping[str, Sequence[int]]


def build_matcher(rules: Iterable[Rule]) -> Matcher:
    """Return the matcher over `rules`, in their order."""
    return join_sections([build_section(rules)])


def build_section(rules: Iterable[Rule]) -> Section:
    """Return the section of `rules`, in their order."""
    terms: list[Terms] = []
    first: dict[str, list[int]] = {}
    last: dict[str, list[int]] = {}
    for rule in rules:
        for phrase in rule.phrases:
            program = compile_pattern(phrase.pattern)
            begins = {program.symbols[state] for state in program.first}
            ends = {program.symbols[state] for state in program.last}
            for word in sorted(begins):
                first.setdefault(word, []).append(len(terms))
            if rule.where not in OPENERS:
                for word in sorted(ends - {ANYTHING}):
                    last.setdefault(word, []).append(len(terms))
            terms.append(
                Terms(
                    rule=rule.id,
                    lang=rule.lang,
                    reason=rule.category,
                    where=rule.where,
                    heads_run=rule.heads_run,
                    colon=phrase.colon,
                    pattern=phrase.pattern,
                )
            )
    return Section(tuple(terms), first, last)


def join_sections(sections: Iterable[Section]) -> Matcher:
    """Return the matcher over all sections."""
    terms: list[Terms] = []
    first: dict[str, list[int]] = {}
    last: dict[str, list[int]] = {}
    for section in sections:
        offset = len(terms)
        terms.extend(section.terms)
        for index, part in ((first, section.first), (last, section.last)):
            for word, numbers in part.items():
                index.setdefault(word, []).extend([offset + number for number in numbers])
    programs = Programs(lambda number: compile_pattern(terms[number].pattern))
    reverse = Programs(lambda number: programs[number].reverse())
    # The garbage collector leaves tuples of numbers alone, and lists it looks through every time.
    forward = Automaton(programs, {word: tuple(each) for word, each in first.items()})
    backward = Automaton(reverse, {word: tuple(each) for word, each in last.items()})

    def may_be_cut_off(accepts: tuple[int, ...], read: int) -> bool:
        return read >= CUT_WORDS_MIN or any(terms[each].where in OPENERS for each in accepts)

    def may_be_cut_from(accepts: tuple[int, ...], read: int) -> bool:
        return read > 1 or any(terms[each].where is Where.SUFFIX for each in accepts)

    return Matcher(
        terms=tuple(terms),
        langs=frozenset(term.lang for term in terms if term.lang),
        forward=forward,
        backward=backward,
        beginnings=Edge(
            forward,
            may_be_cut_off,
            colons=frozenset(number for number, term in enumerate(terms) if term.colon),
            backward=False,
        ),
        endings=Edge(backward, may_be_cut_from, backward=True),
    )
