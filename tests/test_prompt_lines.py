"""The lines that the model of prompts learns from, and those that it never may."""

import tomllib
from pathlib import Path

import pytest

from benchmarks.residue.unseen import measure_unseen, place_line, read_unseen
from cleaners.hearing.promptmodel import BUCKETS
from cleaners.matching.phrases import list_rule_files

ROOT = Path(__file__).parents[1]
WRITTEN = sorted((ROOT / "benchmarks" / "train" / "lines").glob("*.toml"))


def list_learned() -> set[str]:
    learned = set()
    for path in WRITTEN:
        lists = tomllib.loads(path.read_text(encoding="utf-8"))
        learned |= {*lists["asks"], *lists["tells"]}
    for file in list_rule_files():
        for rule in tomllib.loads(file.read_text(encoding="utf-8"))["rule"]:
            learned |= {*rule["match"], *rule["keep"]}
    return learned


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.stem)
def test_written_lines_stand_once_and_on_one_side(path: Path) -> None:
    lists = tomllib.loads(path.read_text(encoding="utf-8"))
    assert list(lists) == ["asks", "tells"]
    lines = [*lists["asks"], *lists["tells"]]
    assert len(set(lines)) == len(lines)
    assert all(line == " ".join(line.split()) and len(line.split()) > 1 for line in lines)


def test_nothing_is_learned_from_lines_that_are_to_stay_unseen() -> None:
    learned = list_learned()
    for lists in read_unseen().values():
        assert learned.isdisjoint((*lists["asks"], *lists["tells"]))


def test_unseen_line_is_put_amid_stories_and_after_them() -> None:
    stories = [f"Story {each}." for each in range(9)]
    amid, after = place_line("Story 1.", stories, 0)
    assert amid == ["Story 0.", "Story 2.", "Story 3.", "Story 1.", *stories[4:7]]
    assert after[-1] == "Story 1."
    assert after.count("Story 1.") == 1


def test_fewer_stories_than_prompts_fall() -> None:
    lists = read_unseen()["fr"]
    asks, tells = (measure_unseen("fr", lists[kind], lists["tells"]) for kind in ("asks", "tells"))
    assert min(asks) > len(lists["asks"]) / 2
    assert max(tells) <= len(lists["tells"]) / 8


def test_model_learns_which_words_prompts_are_made_of() -> None:
    pytest.importorskip("sklearn", reason="needs the extra train")
    from benchmarks.train.prompts import (  # noqa: PLC0415 - needs the extra
        Line,
        count_tokens,
        fit_weights,
        rate_words,
    )

    asked = [f"Follow our channel {each} and read our news there." for each in "abcdefgh"]
    told = [f"The mayor of {each} said that the river had risen again." for each in "abcdefgh"]
    lines = [
        *(Line(text, "en", number % 5, is_prompt=True) for number, text in enumerate(asked)),
        *(Line(text, "en", number % 5) for number, text in enumerate(told)),
    ]
    rows = count_tokens(lines)
    assert rows.shape == (16, BUCKETS)
    weights, scale, bias = fit_weights(rows, lines, rows.getnnz(axis=1) > 0)
    scores = rows @ (weights * scale) + bias
    assert scores[:8].min() > scores[8:].max()
    rates = rate_words(lines)
    assert rates["channel"] > 0
    assert rates["follow"] > 0
    assert rates.get("river", 0.0) <= 0
