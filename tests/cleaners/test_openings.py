"""Packed openings and programs say what the compiled phrases say."""

from __future__ import annotations

import pytest

from cleaners.openings import Opening, pack_openings
from cleaners.pattern import Program, ProgramReader, compile_pattern, fold_pattern

PHRASES = ["read more", "read", "(read|see) [all] # stories", "more about *", "# of #"]


def compile_phrases() -> list[tuple[int, Program]]:
    return [(at, compile_pattern(fold_pattern(each))) for at, each in enumerate(PHRASES)]


def test_opening_tells_what_ends_and_how_the_others_go_on() -> None:
    packed = pack_openings(compile_phrases())
    assert set(packed) == {"read", "see", "more", "#"}
    opening = Opening(((0, packed["read"]),), "read")
    assert opening.ended == (1,)
    assert set(opening.nexts) == {"more", "all", "#"}
    assert opening.list_phrases(["more", "unknown"]) == {0}
    assert opening.list_phrases(["all", "#"]) == {2}
    assert opening.list_places(dict(compile_phrases()), ["all"]) == [(2, 0)]


def test_openings_of_several_files_are_one() -> None:
    packed = pack_openings(compile_phrases())
    opening = Opening(((0, packed["read"]), (10, packed["see"]), (20, packed["read"])), "read")
    assert opening.ended == (1, 21)
    assert opening.list_phrases(["all"]) == {2, 12, 22}


def test_no_phrase_opens_with_anything() -> None:
    backward = [(at, program.reverse()) for at, program in compile_phrases()]
    assert set(pack_openings(backward)) == {"more", "read", "stories", "#"}


@pytest.mark.parametrize("phrase", PHRASES)
def test_program_that_was_packed_is_read_as_it_was(phrase: str) -> None:
    program = compile_pattern(fold_pattern(phrase))
    assert ProgramReader().read(program.pack()) == program


@pytest.mark.parametrize("phrase", PHRASES)
def test_program_that_is_reversed_twice_is_what_it_was(phrase: str) -> None:
    program = compile_pattern(fold_pattern(phrase))
    backward = program.reverse()
    assert (backward.first, backward.last) == (program.last, program.first)
    assert backward.reverse().pack() == program.pack()
