"""The stories of an archive: each is new once."""

from __future__ import annotations

from scraper.cleaning.fingerprint import fingerprint_text
from scraper.files.twins import StoryIndex

STORY = " ".join(
    f"The council met on day {number} to speak of bridge {number * 7}." for number in range(30)
)
OTHER = STORY.replace("council", "parliament").replace("bridge", "harbour")
BASE = "https://paper.example"


def test_same_words_at_another_address_are_known() -> None:
    with StoryIndex() as stories:
        assert stories.add(f"{BASE}/a", fingerprint_text(STORY), f"{BASE}/a")
        assert not stories.add(f"{BASE}/b", fingerprint_text(STORY.upper()), f"{BASE}/b")
        assert not stories.add(f"{BASE}/a", fingerprint_text(STORY), f"{BASE}/a")


def test_other_words_are_another_story() -> None:
    with StoryIndex() as stories:
        assert stories.add(f"{BASE}/a", fingerprint_text(STORY), "")
        assert stories.add(f"{BASE}/b", fingerprint_text(OTHER), "")


def test_same_wire_story_in_two_papers_is_two() -> None:
    with StoryIndex() as stories:
        assert stories.add(f"{BASE}/a", fingerprint_text(STORY), "")
        assert stories.add("https://gazette.example/a", fingerprint_text(STORY), "")


def test_few_bits_apart_with_equal_numbers_is_a_twin_and_a_new_version_at_its_own_address() -> None:
    changed = fingerprint_text(f"{STORY} It rained.")
    with StoryIndex() as stories:
        assert stories.add(f"{BASE}/a", fingerprint_text(STORY), "")
        assert not stories.add(f"{BASE}/b", changed, "")
        assert stories.add(f"{BASE}/a", changed, "")


def test_print_form_that_claims_the_address_of_a_story_is_a_twin() -> None:
    box = fingerprint_text(STORY + " Read 1 more story in the box." * 2)
    with StoryIndex() as stories:
        assert stories.add(f"{BASE}/a", fingerprint_text(STORY), f"{BASE}/a")
        assert stories.add(f"{BASE}/print/a", box, f"{BASE}/print/a")
    with StoryIndex() as stories:
        assert stories.add(f"{BASE}/a", fingerprint_text(STORY), f"{BASE}/a")
        assert not stories.add(f"{BASE}/print/a", box, f"{BASE}/a")
    with StoryIndex() as stories:
        assert stories.add(f"{BASE}/print/a", box, f"{BASE}/a")
        assert not stories.add(f"{BASE}/amp/a", fingerprint_text(STORY), f"{BASE}/a")
        assert not stories.add(f"{BASE}/a", fingerprint_text(STORY), f"{BASE}/a")
