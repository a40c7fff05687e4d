"""What the model is fitted on: labels of blocks, and the project's own pages."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.compare.tools import Tool
from benchmarks.train import witnesses
from benchmarks.train.corpora import OWN_SET, SNIPPET_SET, Sample, read_own_samples
from benchmarks.train.examples import label_page, weigh_rows
from benchmarks.train.unseen import clean_textless, clean_unseen
from cleaners.features import measure_blocks
from cleaners.model import load_model, score_blocks

ROOT = Path(__file__).parents[1]


def sample(html: str, **known: object) -> Sample:
    values = {
        "set": OWN_SET,
        "id": "x",
        "site": "x.test",
        "lang": "",
        "page_type": "article",
        "page": html.encode(),
        "truth": None,
        "wanted": (),
        "unwanted": (),
    }
    return Sample(**{**values, **known})  # type: ignore[arg-type]


def test_only_blocks_that_hold_one_known_snippet_teach():
    page = label_page(
        sample(
            "<p>the story</p><p>share this</p><p>twice</p><p>twice</p><p>unknown</p>",
            wanted=("story", "twice"),
            unwanted=("share",),
        )
    )
    assert page is not None
    assert page.labels.tolist() == [1, 0, 0, 0, 0]
    assert page.is_known.tolist() == [True, True, False, False, False]
    assert [bool(weight) for weight in weigh_rows([page])[0]] == page.is_known.tolist()


def test_a_block_with_snippets_of_both_kinds_teaches_nothing():
    page = label_page(sample("<p>story share</p>", wanted=("story",), unwanted=("share",)))
    assert page is not None
    assert not page.is_known.any()


def test_a_page_with_a_truth_teaches_with_every_block():
    truth = "One sentence of the story that is long enough."
    page = label_page(sample(f"<p>{truth}</p><p>Menu</p>", truth=truth))
    assert page is not None
    assert page.labels.tolist() == pytest.approx([1, 0])
    assert page.is_known.all()


def hear(monkeypatch: pytest.MonkeyPatch, *testimonies: str) -> None:
    tools = tuple(
        Tool(name=str(number), extract=lambda _html, said=said: said)
        for number, said in enumerate(testimonies)
    )
    monkeypatch.setattr(witnesses, "_load_witnesses", lambda: tools)


STORY = "One sentence of the story that is long enough to be found."
MORE = "Another one follows it and has as many words as the first."
MENU = "Home and news and sport and weather and more of the same"


def test_witnesses_are_believed_where_they_agree(monkeypatch: pytest.MonkeyPatch):
    hear(monkeypatch, f"{STORY}\n{MORE}", STORY)
    told = witnesses.ask_witnesses("", [MENU, STORY, MORE])
    assert np.array_equal(told, [0, 1, np.nan], equal_nan=True)


def test_witnesses_who_tell_different_stories_are_not_heard(monkeypatch: pytest.MonkeyPatch):
    hear(monkeypatch, STORY, MORE)
    assert np.isnan(witnesses.ask_witnesses("", [MENU, STORY, MORE])).all()


def test_what_witnesses_agree_on_counts_less_than_a_snippet(monkeypatch: pytest.MonkeyPatch):
    hear(monkeypatch, f"{STORY}\n{MORE}", f"{STORY}\n{MORE}")
    html = f"<p>{MENU}</p><p>{STORY}</p><p>{MORE}</p>"
    page = label_page(sample(html, set=SNIPPET_SET, wanted=("sentence of the story",)))
    assert page is not None
    assert page.labels.tolist() == [0, 1, 1]
    assert page.is_known.tolist() == [False, True, False]
    assert page.is_agreed.tolist() == [True, False, True]
    weights = weigh_rows([page])[0]
    assert 0 < weights[2] < weights[1] / 5


def test_witnesses_who_drop_a_wanted_snippet_are_not_heard(monkeypatch: pytest.MonkeyPatch):
    hear(monkeypatch, STORY, STORY)
    html = f"<p>{MENU}</p><p>{STORY}</p><p>{MORE}</p>"
    page = label_page(sample(html, set=SNIPPET_SET, wanted=("Another one follows",)))
    assert page is not None
    assert page.is_known.tolist() == [False, False, True]
    assert not page.is_agreed.any()


def test_a_page_without_text_is_left_out():
    assert label_page(sample("<script>x</script>")) is None


def test_what_only_a_script_tells_is_scored_as_well():
    lines = [f"{STORY} Line {number}." for number in range(8)]
    script = f'<script>{{"articleBody": "{" ".join(lines)}"}}</script>'
    told = sample(f"<p>Loading</p>{script}", truth=" ".join(lines))
    page = label_page(told)
    assert page is not None
    model = load_model()
    features = measure_blocks(page.cut, page.evidence, names=model.names, words=model.words)
    assert clean_unseen(page, features, score_blocks(features, model)).f1 == 1
    assert clean_textless(sample(script, truth=" ".join(lines))).f1 == 1
    assert clean_textless(sample("<script></script>", truth="")).text == ""


def test_the_projects_own_pages_are_read_with_their_claims():
    samples = list(read_own_samples(ROOT))
    assert len(samples) > 30
    assert {each.set for each in samples} == {OWN_SET}
    assert any(each.truth == "" for each in samples)
    assert any(each.truth and len(each.truth) > 1000 for each in samples)
    assert any(each.truth is None and each.wanted for each in samples)
