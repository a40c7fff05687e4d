"""The weights file and the network."""

import numpy as np
import pytest

from cleaners.errors import ModelError
from cleaners.features import CHOICES, Features
from cleaners.measures.network import Layer, Network, squash
from cleaners.measures.runs import Runs
from cleaners.model import VERSION, load_model, parse_model, score_blocks, write_model
from cleaners.weights import read_weights


def small_network(kernel: list[float], page: list[float], alike: float | None = None) -> Network:
    """One number and one choice of two in, width 1, one layer."""
    return Network(
        mean=np.array([10], np.float32),
        scale=np.array([0.5], np.float32),
        inputs=np.array([[1]], np.float32),
        chosen=np.array([[0], [100]], np.float32),
        starts=np.array([0]),
        bias=np.array([1], np.float32),
        layers=(
            Layer(
                kernel=np.array(kernel, np.float32)[:, None],
                page=np.array(page, np.float32)[:, None],
                alike=np.full((0 if alike is None else 1, 1), alike or 0, np.float32),
                bias=np.zeros(1, np.float32),
            ),
        ),
        outputs=np.array([2], np.float32),
        constant=-1.0,
    )


def judge(
    network: Network,
    numbers: list[float],
    choices: list[int],
    signatures: list[int] | None = None,
) -> list[float]:
    rows = np.array([numbers], np.float32)
    groups = np.array(signatures or [0] * len(numbers))
    return [float(each) for each in network.judge(rows, np.array([choices]), groups)]


def test_numbers_are_scaled_and_cut_off_before_they_count():
    network = small_network([0, 0, 0], [0, 0])
    # (12 - 10) / 2 + 1 = 2, doubled, less 1; far out numbers end at 4; below zero is zero.
    assert judge(network, [12, 1000, 0], [0, 0, 0]) == [3, 9, -1]


def test_a_choice_adds_its_own_weights():
    assert judge(small_network([0, 0, 0], [0, 0]), [12, 12], [0, 1]) == [3, 203]


def test_a_layer_sees_the_block_before_and_the_block_after():
    numbers = [12, 14, 16]
    assert judge(small_network([1, 0, 0], [0, 0]), numbers, [0, 0, 0]) == [3, 9, 13]
    assert judge(small_network([0, 0, 1], [0, 0]), numbers, [0, 0, 0]) == [9, 13, 7]


def test_a_layer_sees_the_mean_and_the_maximum_of_the_page():
    numbers = [12, 14, 16]
    assert judge(small_network([0, 0, 0], [1, 0]), numbers, [0, 0, 0]) == [9, 11, 13]
    assert judge(small_network([0, 0, 0], [0, 1]), numbers, [0, 0, 0]) == [11, 13, 15]


def test_a_layer_sees_the_mean_of_the_blocks_marked_up_alike():
    numbers, choices = [12, 14, 18, 16], [0, 0, 0, 0]
    network = small_network([0, 0, 0], [0, 0], alike=1)
    assert judge(network, numbers, choices, [0, 1, 1, 0]) == [9, 13, 17, 13]
    assert judge(network, numbers, choices, [1, 1, 1, 0]) == pytest.approx(
        [9.67, 11.67, 15.67, 15], abs=0.01
    )


def test_long_pages_are_judged_like_short_ones():
    network = small_network([1, 2, 3], [0, 1])
    once = judge(network, [12, 14, 16], [0, 0, 0])
    many = judge(network, [12, 14, 16] * 50, [0, 0, 0] * 50)
    assert many[1] == once[1]
    assert many[1::3] == [once[1]] * 50


def test_squashed_scores_are_probabilities():
    assert squash(np.array([-50, 0, 50], np.float32)).tolist() == pytest.approx([0, 0.5, 1])


def test_the_packaged_weights_are_small_and_survive_a_round_trip():
    data = write_model(load_model())
    assert len(data) <= 2_000_000
    again = parse_model(data)
    assert again.features == load_model().features
    assert (again.network.inputs == load_model().network.inputs).all()
    assert write_model(again) == data


def test_weights_of_another_version_are_refused(monkeypatch):
    data = write_model(load_model())
    monkeypatch.setattr("cleaners.model.VERSION", VERSION + 1)
    with pytest.raises(ModelError, match=f"version {VERSION}"):
        parse_model(data)


@pytest.mark.parametrize("damage", [b"", b"not a zip", b"PK\x03\x04broken"])
def test_damaged_weights_are_refused(damage):
    with pytest.raises(ModelError, match="damaged"):
        parse_model(damage)


def test_truncated_weights_are_refused():
    with pytest.raises(ModelError):
        parse_model(write_model(load_model())[:5000])


def test_missing_weights_are_named():
    with pytest.raises(ModelError, match=r"none\.npz: cannot be read"):
        read_weights("none.npz")


def test_weights_learned_from_other_features_are_refused():
    features = Features(
        names=("other",),
        rows=np.zeros((1, 1), np.float32),
        choices=np.zeros((len(CHOICES), 1), np.int64),
        signatures=np.zeros(1, np.int64),
        runs=Runs(places=np.zeros(1, int), before=np.zeros(1, int), after=np.zeros(1, int)),
        good=np.ones(1),
        words=np.ones(1),
        links=np.zeros(1),
        title_share=np.zeros(1),
        described=np.zeros(1),
    )
    with pytest.raises(ModelError, match="other features"):
        score_blocks(features, load_model())
