"""What callers hold between calls goes to other processes whole: memories, rules and errors."""

from __future__ import annotations

import pickle
from concurrent.futures import ProcessPoolExecutor
from copy import deepcopy
from functools import partial
from multiprocessing import get_context
from typing import Any

import pytest

from cleaners import CleanConfig, CleanerError, SiteMemory, clean_html, clean_text, compile_rules
from cleaners.errors import ConfigError, PageTooComplex, PageTooLarge, RuleError
from cleaners.matching.matcher import build_matcher
from cleaners.matching.phrases import parse_rules
from cleaners.matching.rulebook import load_matcher

OWN = (
    'lang = "en"\n[[rule]]\nid = "en-own-bell"\ncategory = "newsletter"\n'
    'phrases = ["ring our bell"]\nwhy = "Test."\nmatch = ["Ring our bell"]\n'
)
STORY = "The council met on Monday evening to hear about the bridge."


@pytest.mark.parametrize("copy", [deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
def test_memory_and_rules_of_a_copy_are_the_same(copy: Any) -> None:
    memory = SiteMemory().learn(["The Quay\nIce", "The Quay\nThaw"], site="quay.example")
    assert copy(memory) == memory
    rules = compile_rules(OWN)
    for own in (rules, build_matcher(parse_rules(OWN, source="own"))):
        assert copy(own).terms == own.terms
        assert str(clean_text(f"{STORY}\nRing our bell", rules=copy(own))) == STORY
    assert copy(load_matcher()) is load_matcher()


def test_memory_and_rules_are_shown_in_a_line() -> None:
    memory = SiteMemory().learn(["a", "b"], site="x").learn(["c"], site="y")
    assert repr(memory) == "SiteMemory(2 sites, 3 pages)"
    assert len(repr(load_matcher())) < 1_000


@pytest.mark.parametrize(
    "error",
    [
        PageTooLarge(9, 8),
        PageTooComplex("elements nest 9,000 deep"),
        RuleError("own.toml, en-own", "has no phrases"),
        ConfigError("CleanConfig.witness", "maybe", "never"),
    ],
)
def test_errors_of_a_copy_say_the_same(error: CleanerError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


def test_pool_of_workers_raises_what_the_cleaner_raises() -> None:
    clean = partial(clean_html, config=CleanConfig(max_page_bytes=10))
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        with pytest.raises(PageTooLarge, match="over the limit of 10"):
            pool.submit(clean, "<p>The council met.</p>").result()
        assert pool.submit(clean, "<p>x</p>").result().text == ""


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: clean_html("", url=b"https://x.test/"), "url is bytes"),
        (lambda: clean_html("", content_type=b"text/html"), "content_type is to be str, not bytes"),
        (lambda: clean_html("", config={}), "config is to be CleanConfig, not dict"),
        (lambda: clean_html("", rules="x"), "rules is to be Matcher, not str"),
        (lambda: clean_html("", memory="x"), "memory is to be SiteMemory, not str"),
        (lambda: clean_text("", config=CleanConfig()), "config is to be TextConfig"),
        (lambda: clean_text("", lang=b"fr"), "lang is to be str, not bytes"),
        (lambda: compile_rules(OWN.encode()), "rules are text, not bytes"),
        (lambda: SiteMemory().learn(b"abc"), "give a list of texts"),
    ],
)
def test_wrong_argument_is_named(call: Any, said: str) -> None:
    with pytest.raises(TypeError, match=said):
        call()
