"""Rules -> one matcher, whose cost for a line does not depend on how many rules there are.

All phrases of all languages form two automata over words (`automaton.py`), one that reads forward
and one that reads a line from its end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cleaners.matching.automaton import Automaton, Terms
from cleaners.matching.edges import CUT_WORDS_MIN, Edge
from cleaners.matching.openings import Parts, pack_openings
from cleaners.matching.packed import PackedPhrases
from cleaners.matching.pattern import Program, compile_pattern
from cleaners.matching.phrases import OPENERS, Rule, Where


@dataclass(frozen=True, slots=True)
class Matcher:
    """The two automata over one set of rules, and what each phrase stands for.

    `recipe` is the call that makes such a one: the function and its arguments. A matcher pickles as
    that, for automata grow while they read.
    """

    terms: tuple[Terms, ...] = field(repr=False)
    langs: frozenset[str]
    forward: Automaton = field(repr=False)
    backward: Automaton = field(repr=False)
    beginnings: Edge = field(repr=False)
    endings: Edge = field(repr=False)
    recipe: tuple[Callable[..., Matcher], tuple[Any, ...]] = field(repr=False, compare=False)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to match."""
        return not self.terms

    def __reduce__(self) -> tuple[Callable[..., Matcher], tuple[Any, ...]]:
        return self.recipe


@dataclass(frozen=True, slots=True)
class Section:
    """The phrases of one rule file, and how they go on after their first and last words."""

    terms: tuple[Terms, ...]
    first: Mapping[str, str]
    last: Mapping[str, str]


def build_matcher(rules: Iterable[Rule]) -> Matcher:
    """Return the matcher over `rules`, in their order."""
    return _join_one(build_section(rules))


def _join_one(section: Section) -> Matcher:
    return join_sections([section], recipe=(_join_one, (section,)))


def build_section(rules: Iterable[Rule]) -> Section:
    """Return the section of `rules`, in their order."""
    terms: list[Terms] = []
    forward: list[tuple[int, Program]] = []
    backward: list[tuple[int, Program]] = []
    for rule in rules:
        for phrase in rule.phrases:
            program = compile_pattern(phrase.pattern)
            forward.append((len(terms), program))
            if rule.where not in OPENERS:
                backward.append((len(terms), program.reverse()))
            terms.append(
                Terms(
                    rule=rule.id,
                    lang=rule.lang,
                    reason=rule.category,
                    where=rule.where,
                    heads_run=rule.heads_run,
                    colon=phrase.colon,
                    program=program.pack(),
                )
            )
    return Section(tuple(terms), pack_openings(forward), pack_openings(backward))


def join_sections(
    sections: Iterable[Section], *, recipe: tuple[Callable[..., Matcher], tuple[Any, ...]]
) -> Matcher:
    """Return the matcher over all sections; `recipe` is a call that does the same."""
    terms: list[Terms] = []
    # The garbage collector leaves tuples of numbers and texts alone; it looks through lists always.
    first: dict[str, Parts] = {}
    last: dict[str, Parts] = {}
    for section in sections:
        offset = len(terms)
        terms.extend(section.terms)
        for index, part in ((first, section.first), (last, section.last)):
            more: dict[str, Parts] = {word: ((offset, opening),) for word, opening in part.items()}
            for word in index.keys() & more.keys():
                more[word] = index[word] + more[word]
            index.update(more)
    packed = tuple([term.program for term in terms])
    forward = Automaton(PackedPhrases(packed, backward=False), first)
    backward = Automaton(PackedPhrases(packed, backward=True), last)

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
        recipe=recipe,
    )
