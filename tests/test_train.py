"""What the model is fitted on: labels of blocks, and the project's own pages."""

from pathlib import Path

import pytest

from benchmarks.train.corpora import OWN_SET, Sample, read_own_samples
from benchmarks.train.examples import label_page, weigh_rows

ROOT = Path(__file__).parents[1]


def sample(html: str, **known: object) -> Sample:
    values = {
        "set": "trafilatura",
        "id": "x",
        "site": "x.test",
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


def test_a_page_without_text_is_left_out():
    assert label_page(sample("<script>x</script>")) is None


def test_the_projects_own_pages_are_read_with_their_claims():
    samples = list(read_own_samples(ROOT))
    assert len(samples) > 30
    assert {each.set for each in samples} == {OWN_SET}
    assert any(each.truth == "" for each in samples)
    assert any(each.truth and len(each.truth) > 1000 for each in samples)
    assert any(each.truth is None and each.wanted for each in samples)
