"""Packed openings and programs say what the compiled phrases say."""

from __future__ import annotations

import pytest

from cleaners.matching.openings import Opening, Way, pack_openings
from cleaners.matching.packed import SHIFT, PackedPhrases, pack_beside, read_beside
from cleaners.matching.pattern import Program, compile_pattern, fold_pattern, read_program

PHRASES = ["read more", "read", "(read|see) [all] # stories", "more about *", "# of #"]


def compile_phrases() -> list[tuple[int, Program]]:
    return [(at, compile_pattern(fold_pattern(each))) for at, each in enumerate(PHRASES)]


def list_places(way: Way) -> list[tuple[int, int]]:
    """Return phrases and the states in them."""
    return [divmod(each, 1 << SHIFT) for each in sorted(way.positions)]


def test_opening_tells_what_ends_and_how_the_others_go_on() -> None:
    packed = pack_openings(compile_phrases())
    assert set(packed) == {"read", "see", "more", "#"}
    opening = Opening(((0, packed["read"]),))
    assert opening.ended == (1,)
    assert set(opening.nexts) == {"more", "all", "#"}
    assert list_places(opening.follow(["more", "unknown"])) == [(0, 1)]
    assert list_places(opening.follow(["all", "#"])) == [(2, 2), (2, 3)]


def test_two_words_tell_which_phrases_end_and_where_any_word_follows() -> None:
    packed = pack_openings(compile_phrases())
    read, more = (Opening(((0, packed[word]),)) for word in ("read", "more"))
    assert {each >> SHIFT for each in read.follow(["more"]).ended} == {0}
    assert not read.follow(["all"]).ended
    assert more.follow(["about"]).default
    assert not read.follow(["more"]).default


def test_first_phrase_may_end_in_its_first_state_where_it_is_read_backward() -> None:
    backward = [(at, program.reverse()) for at, program in compile_phrases()]
    opening = Opening(((0, pack_openings(backward)["more"]),))
    way = opening.follow(["read"])
    assert (way.positions, way.ended) == ({0}, {0})


def test_openings_of_several_files_are_one() -> None:
    packed = pack_openings(compile_phrases())
    opening = Opening(((0, packed["read"]), (10, packed["see"]), (20, packed["read"])))
    assert opening.ended == (1, 21)
    assert list_places(opening.follow(["all"])) == [(2, 2), (12, 2), (22, 2)]


def test_no_phrase_opens_with_anything() -> None:
    backward = [(at, program.reverse()) for at, program in compile_phrases()]
    assert set(pack_openings(backward)) == {"more", "read", "stories", "#"}


@pytest.mark.parametrize("phrase", PHRASES)
def test_program_that_was_packed_is_read_as_it_was(phrase: str) -> None:
    program = compile_pattern(fold_pattern(phrase))
    assert read_program(program.pack()) == program


@pytest.mark.parametrize("phrase", PHRASES)
def test_program_that_is_reversed_twice_is_what_it_was(phrase: str) -> None:
    program = compile_pattern(fold_pattern(phrase))
    backward = program.reverse()
    assert (backward.first, backward.last) == (program.last, program.first)
    assert backward.reverse().pack() == program.pack()


@pytest.mark.parametrize("phrase", PHRASES)
@pytest.mark.parametrize("backward", [False, True])
def test_packed_phrase_goes_on_as_its_program_does(phrase: str, backward: bool) -> None:
    forward = compile_pattern(fold_pattern(phrase))
    program = forward.reverse() if backward else forward
    phrases = PackedPhrases([forward.pack()], backward=backward)
    for state in range(len(program.symbols)):
        nexts = phrases.list_nexts((state,))
        assert {(symbol, at) for symbol, those in nexts.items() for at in those} == {
            (program.symbols[after], after) for after in program.follow[state]
        }
        assert phrases.list_ended((state,)) == ((0,) if state in program.last else ())
        for symbol, those in nexts.items():
            assert phrases.find_after((state,), symbol) == {*those}


def test_states_beside_each_are_packed_as_few_signs() -> None:
    beside = [(1,), (3, 4, 5, 7), (3, 4, 5, 7), (), (3, 4)]
    packed = pack_beside(beside, 1)
    assert packed == ",3-5 7,=,.,3 4"
    items = packed.split(",")
    assert [tuple(read_beside(items, state, 1)) for state in range(5)] == beside
