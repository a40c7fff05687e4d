"""The site memory is a value: it learns, merges, and goes to bytes and back."""

from __future__ import annotations

import pytest

from cleaners import SiteMemory, clean_text
from cleaners.errors import MemoryFileError

PAGES = [f"Story {name}\nThe Example, since 1899\n***" for name in ("one", "two", "three")]


def test_learning_leaves_the_old_memory_as_it_was() -> None:
    empty = SiteMemory()
    learned = empty.learn(PAGES, site="example.org")
    assert empty == SiteMemory()
    assert learned.sites["example.org"].pages == 3


def test_line_recurs_from_three_pages_of_its_site_on() -> None:
    two = SiteMemory().learn(PAGES[:2], site="a")
    three = two.learn(PAGES[2:], site="a")
    assert not two.recurs("The Example, since 1899", site="a")
    assert three.recurs("The Example, since 1899", site="a")
    assert not three.recurs("The Example, since 1899", site="b")
    assert not three.recurs("Story one", site="a")
    assert three.count_pages("Story one", site="a") == 1


def test_case_spaces_and_numbers_do_not_matter() -> None:
    memory = SiteMemory().learn(["12 comments", "3  Comments", "1 COMMENTS and more\n7 comments"])
    assert memory.recurs("99 comments")


def test_line_without_letters_is_never_remembered() -> None:
    memory = SiteMemory().learn(PAGES)
    assert memory.count_pages("***") == 0
    assert not memory.recurs("***")


def test_page_that_comes_twice_counts_once() -> None:
    assert SiteMemory().learn([PAGES[0], PAGES[0]]).sites[""].pages == 1


def test_page_that_was_learned_before_counts_no_more() -> None:
    once = SiteMemory().learn(PAGES, site="a")
    assert once.learn(PAGES, site="a") == once
    kept = SiteMemory.from_bytes(once.prune().to_bytes())
    assert kept.learn(PAGES, site="a").sites["a"].pages == 3
    assert kept.merge(SiteMemory()).learn(PAGES[:1], site="a").sites["a"].pages == 3


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("example.org", "example.org"),
        ("www.example.org", "example.org"),
        ("news.example.org:8443", "example.org"),
        ("127.0.0.1:8080", "127.0.0.1:8080"),
        ("127.0.0.1:9090", "127.0.0.1:9090"),
        ("other.test", "other.test"),
        ("badexample.org", "badexample.org"),
        ("", ""),
    ],
)
def test_host_belongs_to_the_nearest_known_site(host: str, site: str) -> None:
    memory = SiteMemory().learn(PAGES, site="example.org").learn(PAGES, site="127.0.0.1:8080")
    assert memory.find_site(host) == site


def test_page_may_come_as_lines() -> None:
    assert SiteMemory().learn([["a", "b"]]) == SiteMemory().learn(["a\nb"])


def test_line_on_a_tiny_share_of_a_large_site_is_chance() -> None:
    pages = [f"Story {'abcdefghij'[n % 10]}{'x' * n}" for n in range(1_000)]
    memory = SiteMemory().learn([*pages, "Quote\na", "Quote\nb", "Quote\nc"])
    assert memory.count_pages("Quote") == 3
    assert not memory.recurs("Quote")


def test_paragraph_must_recur_on_more_pages() -> None:
    memory = SiteMemory().learn([f"{page}\nNot for profit." for page in PAGES])
    assert memory.recurs("Not for profit.")
    assert not memory.recurs("Not for profit.", is_paragraph=True)


def test_unknown_site_knows_nothing() -> None:
    assert SiteMemory().share_pages("x", site="nowhere") == 0.0


def test_merging_adds_up() -> None:
    one = SiteMemory().learn(PAGES[:2], site="a")
    other = SiteMemory().learn(PAGES[2:], site="a").learn(PAGES, site="b")
    merged = one.merge(other)
    assert merged.recurs("The Example, since 1899", site="a")
    assert merged.sites["b"] == other.sites["b"]
    assert merged.sites["a"].pages == 3


def test_merging_counts_no_page_twice() -> None:
    memory = SiteMemory().learn(PAGES, site="a")
    assert memory.merge(memory) == memory
    overlap = SiteMemory().learn(PAGES[:2], site="a").merge(SiteMemory().learn(PAGES[1:], site="a"))
    assert overlap.sites["a"].pages == 3
    assert overlap.count_pages("The Example, since 1899", site="a") == 3


def test_pruning_forgets_what_stood_on_one_page() -> None:
    pruned = SiteMemory().learn(PAGES).prune()
    assert pruned.count_pages("Story one") == 0
    assert pruned.recurs("The Example, since 1899")


def test_memory_goes_to_bytes_and_back() -> None:
    memory = SiteMemory().learn(PAGES, site="b").learn(PAGES[:1], site="ä")
    assert SiteMemory.from_bytes(memory.to_bytes()) == memory
    again = SiteMemory().learn(PAGES[:1], site="ä").learn(PAGES[::-1], site="b")
    assert again.to_bytes() == memory.to_bytes()
    assert SiteMemory.from_bytes(SiteMemory().to_bytes()) == SiteMemory()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n",
        b"[]\n",
        b"{}\n",
        b"\xff\xfe\n",
        b'{"format": "other", "sites": []}\n',
        b'{"format": "sanspub site memory 1", "sites": []}\n',
        b'{"format": "sanspub site memory 2", "sites": [["a", 1, 1]]}\n',
        b'{"format": "sanspub site memory 2", "sites": [["a", 1, -1, 0]]}\n',
        b'{"format": "sanspub site memory 2", "sites": [["a", 1, 1, 0]]}\n1234',
        SiteMemory().learn(PAGES).to_bytes()[:-1],
        SiteMemory().to_bytes()[:-1],
    ],
)
def test_damaged_bytes_are_refused(raw: bytes) -> None:
    with pytest.raises(MemoryFileError):
        SiteMemory.from_bytes(raw)


def test_one_text_in_place_of_pages_is_refused() -> None:
    with pytest.raises(TypeError, match="give a list of texts"):
        SiteMemory().learn("A page.\nA line.", site="example.org")


def test_text_of_no_site_is_cleaned_without_memory_of_one() -> None:
    memory = SiteMemory().learn(["A page."], site="example.org")
    assert clean_text("A page.", memory=memory, site=None).text == "A page."
