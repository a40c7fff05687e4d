"""Notes about the writer under the story go; what merely begins with a name stays."""

from __future__ import annotations

import pytest

from cleaners.article import Block, Reason, Verdict
from cleaners.beside.biographies import drop_biographies, is_biography, load_biography_words

KEEP = Verdict(keep=True, reason=Reason.ARTICLE)
NOTE = "Ada Quill is a multimedia journalist."
OTHER = "Tom Reed covers the islands."
STORY = ("The harbour froze over on Monday.", "The ferry stayed in.", "Nobody minded.")


def drop(lines: tuple[str, ...], authors: tuple[str, ...] = ("Ada Quill", "Tom Reed")) -> list[str]:
    blocks = tuple(Block(index=n, text=text, verdict=KEEP) for n, text in enumerate(lines))
    return [block.text for block in drop_biographies(blocks, authors) if not block.verdict.keep]


@pytest.mark.parametrize(("name", "text"), load_biography_words().match)
def test_note_about_the_writer_is_known(name: str, text: str) -> None:
    assert is_biography(text, name)


@pytest.mark.parametrize(("name", "text"), load_biography_words().keep)
def test_paragraph_that_merely_has_the_name_is_no_note(name: str, text: str) -> None:
    assert not is_biography(text, name)


def test_words_after_a_name_are_folded_and_stand_once() -> None:
    after = load_biography_words().after
    assert all(word == word.lower() for words in after for word in words)
    assert len(set(after)) == len(after)


def test_notes_at_the_end_fall_with_their_reason() -> None:
    assert drop((*STORY, NOTE)) == [NOTE]
    assert drop((*STORY, NOTE, OTHER)) == [NOTE, OTHER]


def test_note_before_the_end_stays() -> None:
    assert drop((*STORY, NOTE, "Back to the harbour.")) == []


def test_note_about_somebody_else_stays() -> None:
    assert drop((*STORY, "Ina Moor is a skipper.")) == []


def test_page_of_notes_keeps_the_first_two() -> None:
    assert drop((NOTE, OTHER)) == []
    assert drop((NOTE, OTHER, NOTE)) == [NOTE]


def test_line_on_how_to_reach_the_writer_falls_with_the_note_above() -> None:
    reach = "E-mail Ada Quill at quill@harbour.example."
    assert drop((*STORY, NOTE, reach)) == [NOTE, reach]
    assert drop((*STORY, reach + " She went out at dawn." * 6)) == []


def test_long_paragraph_about_the_writer_is_a_story() -> None:
    assert drop((*STORY, NOTE + " She went out at dawn." * 40)) == []


def test_shown_byline_names_the_writer_where_nothing_else_does() -> None:
    lines = (*STORY, NOTE)
    story = tuple(Block(index=n, text=text, verdict=KEEP) for n, text in enumerate(lines, 1))
    after = drop_biographies(story, (), ["By Ada Quill"])
    assert after[-1].verdict == Verdict(
        keep=False, reason=Reason.AUTHOR_BOX, rule="author-biography"
    )
    assert all(block.verdict.keep for block in after[:-1])


def test_address_alone_at_the_end_falls_unless_a_line_leads_it_in() -> None:
    address = "quill@harbour.example"
    assert drop((*STORY, address), authors=()) == [address]
    assert drop((*STORY, NOTE, address)) == [NOTE, address]
    assert drop((*STORY, "The port office asks for names of witnesses:", address)) == []
    assert drop((*STORY, f"Write to {address}")) == []
    assert drop((address, *STORY)) == []
