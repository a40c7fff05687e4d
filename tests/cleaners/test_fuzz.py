"""Broken pages by the hundred: an article or a `CleanerError`, never anything else."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.fuzz import check_input, find_pages, make_input, read_sources
from benchmarks.mutate import mutate_page
from cleaners.about.head import read_head
from cleaners.decode import decode_page
from cleaners.dom import parse_html
from cleaners.metadata import read_metadata

_SITE = Path(__file__).resolve().parents[2] / "examples" / "site"
_SEED = 2_026


@pytest.fixture(scope="module")
def sources() -> list[str]:
    return read_sources(find_pages([_SITE]), _SEED, 0)


@pytest.mark.parametrize("batch", range(6))
def test_broken_page_gives_an_article_or_a_clear_error(batch: int, sources: list[str]) -> None:
    for number in range(batch * 50, batch * 50 + 50):
        page, content_type, chance = make_input(_SEED, number, sources)
        check_input(page, content_type, chance)


def test_seed_names_an_input_for_good(sources: list[str]) -> None:
    first = [make_input(_SEED, number, sources)[:2] for number in range(30)]
    assert first == [make_input(_SEED, number, sources)[:2] for number in range(30)]
    assert len({page for page, _ in first}) > 25


def test_mutations_reach_every_kind_of_damage(sources: list[str]) -> None:
    chance = random.Random(_SEED)
    pages = [mutate_page(chance, sources) for _ in range(300)]
    assert any(b"\xff" in page for page in pages)
    assert any(b"\0" in page for page in pages)
    assert any(b"ld+json" in page for page in pages)
    assert any(not page.isascii() for page in pages)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(page=st.binary(max_size=400), content_type=st.text(max_size=40))
def test_any_bytes_decode_and_have_metadata(page: bytes, content_type: str) -> None:
    text = decode_page(page, content_type)
    text.encode()
    assert "\0" not in text
    found = read_metadata(read_head(parse_html(text)), url="https://x.test/a")
    found.title.encode()


_KEYS = (
    "@type", "@id", "@graph", "name", "author", "headline", "image", "datePublished", "keywords",
    "publisher", "itemListElement",
)  # fmt: skip
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=6)
    ),
    max_leaves=20,
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(value=_JSON)
def test_any_jsonld_has_metadata(value: object) -> None:
    html = (
        f'<script type="application/ld+json">{{"@type": "Article", "author": {json.dumps(value)}, '
        f'"datePublished": {json.dumps(value)}}}</script>'
        f'<script type="application/ld+json">{json.dumps(value)}</script>'
    )
    read_metadata(read_head(parse_html(html)), url="https://x.test/a")
