"""The weights file and the trees."""

from itertools import product

import numpy as np
import pytest

from cleaners import model as model_module
from cleaners.errors import ModelError
from cleaners.features import Features
from cleaners.forest import Forest, leaf_slots, squash
from cleaners.model import VERSION, load_model, parse_model, score_blocks, write_model


def one_tree() -> Forest:
    """x0 <= 1 ? (x1 <= 2 ? 10 : 20) : 30."""
    leaves = np.zeros((1, 32), np.float32)
    leaves[0, leaf_slots()[:3]] = [10, 20, 30]
    return Forest(
        features=np.array([[0], [1]], np.int16),
        thresholds=np.array([[1], [2]], np.float32),
        masks=np.array([[0b011], [0b001]], np.uint32),
        leaves=leaves,
    )


def test_every_leaf_of_a_tree_is_reached_by_its_own_numbers():
    rows = np.array([(a, b) for a, b in product((1, 1.5), (2, 3))], np.float32).T
    assert one_tree().add_up(rows).tolist() == [10, 20, 30, 30]


def test_leaf_slots_are_all_different():
    assert sorted(leaf_slots().tolist()) == list(range(32))


def test_a_forest_without_trees_says_nothing():
    tree = one_tree()
    empty = Forest(
        features=tree.features[:, :0],
        thresholds=tree.thresholds[:, :0],
        masks=tree.masks[:, :0],
        leaves=tree.leaves[:0],
    )
    assert empty.add_up(np.zeros((2, 3), np.float32)).tolist() == [0, 0, 0]


def test_squashed_scores_are_probabilities():
    assert squash(np.array([-50, 0, 50], np.float32)).tolist() == pytest.approx([0, 0.5, 1])


def test_the_packaged_weights_are_small_and_survive_a_round_trip():
    data = write_model(load_model())
    assert len(data) <= 2_000_000
    again = parse_model(data)
    assert again.features == load_model().features
    assert (again.first.masks == load_model().first.masks).all()
    assert write_model(again) == data


def test_weights_of_another_version_are_refused(monkeypatch):
    data = write_model(load_model())
    monkeypatch.setattr(model_module, "VERSION", VERSION + 1)
    with pytest.raises(ModelError, match=f"version {VERSION}"):
        parse_model(data)


@pytest.mark.parametrize("damage", [b"", b"not a zip", b"PK\x03\x04broken"])
def test_damaged_weights_are_refused(damage):
    with pytest.raises(ModelError, match="damaged"):
        parse_model(damage)


def test_truncated_weights_are_refused():
    with pytest.raises(ModelError):
        parse_model(write_model(load_model())[:5000])


def test_missing_weights_are_named(monkeypatch, tmp_path):
    monkeypatch.setattr(model_module, "_WEIGHTS", tmp_path / "none.npz")
    with pytest.raises(ModelError, match=r"none\.npz"):
        load_model.__wrapped__()


def test_weights_that_ask_for_an_unknown_feature_are_refused():
    features = Features(
        names=("other",),
        rows=np.zeros((1, 1), np.float32),
        chars=np.ones(1),
        good=np.ones(1),
        words=np.ones(1),
        places=None,  # type: ignore[arg-type]
        title_share=np.zeros(1, np.float32),
    )
    with pytest.raises(ModelError, match="not measured"):
        score_blocks(features, load_model())
