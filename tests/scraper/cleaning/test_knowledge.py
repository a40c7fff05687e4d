"""Rule files and memories of the user's are read once, and again when they have changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaners import SiteMemory
from cleaners.errors import RuleError
from scraper.cleaning.knowledge import load_memory, load_user_rules
from scraper.errors import ConfigError

RULES = """lang = "en"
[[rule]]
id = "en-own"
category = "follow"
where = "line"
phrases = ["{0}"]
why = "Our slogan."
match = ["{0}."]
keep = ["The voices of the valley fell."]
"""


def count_pages(path: Path) -> int:
    memory = load_memory(path)
    return memory.sites["a.example"].pages if memory else 0


def test_memory_is_read_once_and_again_when_it_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "m.memory"
    memory = SiteMemory().learn(["One page of a paper."], site="a.example")
    path.write_bytes(memory.to_bytes())
    assert count_pages(path) == 1
    assert load_memory(path) is load_memory(path)
    path.write_bytes(memory.learn(["Another page of it."], site="a.example").to_bytes())
    assert count_pages(path) == 2
    path.unlink()
    with pytest.raises(ConfigError, match=r"m\.memory: cannot be read"):
        load_memory(path)


def test_rules_are_read_once_and_again_when_they_have_changed(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(RULES.format("voices of the valley every day"))
    first = load_user_rules((path,))
    assert load_user_rules((path,)) is first
    path.write_text(RULES.format("voices of the valley every single day"))
    assert load_user_rules((path,)) is not first
    path.write_text("no rules")
    with pytest.raises(RuleError):
        load_user_rules((path,))


def test_no_file_is_no_knowledge() -> None:
    assert load_user_rules(()) is None
    assert load_memory(None) is None
