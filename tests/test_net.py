"""Training the convolutional reader: its lines, shards, batches; and a few steps of learning where PyTorch is there."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import reader
from training import penned
from training.fonts import find_fonts
from training.hand import Writers
from training.net import calibrate, data, pens
from training.net.data import Sample
from training.penned import Desk


def _sample(width, text="12"):
    return Sample(np.full((reader.HEIGHT, width), 255, np.uint8), text)


@pytest.fixture(scope="module")
def desk():
    stroke = np.full((48, 48), 255, np.uint8)
    stroke[4:44, 20:27] = 0
    writers = Writers({1: {value: [stroke] for value in range(10)}})
    return Desk(find_fonts(), data.varied(writers))


def test_the_same_seed_draws_the_same_lines(desk):
    first, again = (data.draw(random.Random(4), desk, 6, short=True) for _ in range(2))
    assert [s.text for s in first] == [s.text for s in again]
    assert all(np.array_equal(a.image, b.image) for a, b in zip(first, again, strict=True))


def test_lines_are_ready_to_learn_from(desk):
    for short in (True, False):
        for sample in data.draw(random.Random(7), desk, 5, short):
            assert sample.image.shape[0] == reader.HEIGHT
            assert data.readable(sample.text, sample.width)
            assert data.worn(sample.image, random.Random(1)).shape[0] == reader.HEIGHT


def test_crumbs_leave_the_writing_as_it_was():
    """Scraps are small: nearly all of the strip is as before, and nothing of the ink has gone."""
    image = np.full((48, 160), 255, np.uint8)
    image[15:30, 40:120] = 0
    for seed in range(20):
        crumbed = data._with_scraps(image, random.Random(seed))
        assert (crumbed != image).any()
        assert (crumbed != image).mean() < 0.03
        assert (crumbed[15:30, 40:120] <= 140).all()


def test_a_shard_comes_back_as_it_was(tmp_path):
    made = [_sample(30, "๑๒"), _sample(50, "ที่ ก")]
    made[0].image[10, 3] = 7
    data.save(made, tmp_path / "one.npz")
    back = data.load(tmp_path / "one.npz")
    assert [s.text for s in back] == ["๑๒", "ที่ ก"]
    assert all(np.array_equal(a.image, b.image) for a, b in zip(made, back, strict=True))


def test_parts_of_a_line_stand_where_they_are_said_to(desk):
    for seed in range(12):
        made = penned.composed(random.Random(seed), desk, [(False, "ที่ ลป 0017/"), (True, "๑๒๓")])
        (_, _, end), (by_pen, start, last) = made.spans
        width = made.image.shape[1]
        dark = (made.image < 200).any(axis=0)
        assert by_pen
        assert last <= 1
        assert dark[int(start * width) : round(last * width)].mean() > 0.5
        assert dark[: int(0.5 * made.spans[0][1] * width)].sum() == 0  # the margin
        assert end <= start + 0.05


@given(st.lists(st.integers(8, 900), min_size=1, max_size=60))
def test_batches_hold_every_line_once_and_keep_their_size(widths):
    samples = [_sample(width) for width in widths]
    made = list(data.batches(samples, 2000, random.Random(1)))
    assert sorted(id(s) for batch in made for s in batch) == sorted(map(id, samples))
    assert all(len(batch) == 1 or max(s.width for s in batch) * len(batch) <= 2600 for batch in made)


def test_signs_have_a_class_each_and_nothing_has_none():
    codes = data.encode(data.ALPHABET)
    assert codes == list(range(1, len(data.ALPHABET) + 1))
    assert data.encode("a\u2603b") == data.encode("ab")


@pytest.mark.parametrize(
    ("text", "width", "fits"), [("12", 5, True), ("11", 5, False), ("", 90, False), ("\u2603", 90, False)]
)
def test_a_line_needs_a_column_for_each_sign(text, width, fits):
    assert data.readable(text, width) is fits


def test_as_array_turns_ink_to_one_and_fills_with_paper():
    dark = _sample(10)
    dark.image[:] = 0
    array = data.as_array([dark.image, _sample(17).image])
    assert array.shape == (2, 1, reader.HEIGHT, 20)
    assert array[0, 0, :, :10].min() == 1
    assert array[0, 0, :, 10:].max() == 0


def test_a_bent_digit_keeps_its_ink(desk):
    digit = desk.writers.images[1][3][0]
    ink = [float((255.0 - pens.bent(digit, random.Random(seed))).sum()) for seed in range(20)]
    assert min(ink) > 0.5 * float((255.0 - digit).sum())


def test_without_handwriting_lines_are_drawn_with_pen_like_fonts_and_strokes():
    faces = find_fonts()
    assert len(data.draw(random.Random(2), Desk(faces, None), 5, short=True)) == 5


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=300))
def test_a_calibration_rises_and_is_never_certain(found):
    table = calibrate.fitted(found)
    for place in (0, 1):
        values = [pair[place] for pair in table]
        assert values == sorted(values)
    assert table[0] == (0.0, 0.0)
    assert table[-1][0] == 1.0
    assert table[-1][1] < 1


def test_a_calibration_tells_the_share_that_was_right():
    found = [(0.9, i % 2 == 0) for i in range(1000)] + [(0.99, True)] * 1000
    shares = dict(calibrate.fitted(found))
    assert shares[0.9] == pytest.approx(0.5, abs=0.03)
    assert shares[0.99] > 0.97


def test_what_is_written_beside_a_model_is_what_the_reader_wants(tmp_path, monkeypatch):
    calibrate.write_facts(tmp_path / "x.json", 1.0, ((0.0, 0.0), (0.5, 0.4), (1.0, 0.9)))
    monkeypatch.setattr(reader, "MODEL", tmp_path / "x.onnx")
    facts = reader.facts.__wrapped__()
    assert facts.alphabet == data.ALPHABET
    assert facts.calibrated(0.5) == pytest.approx(0.4)
    assert facts.calibrated(0.75) == pytest.approx(0.65)


def test_pen_lines_for_scoring_are_the_same_every_time(desk):
    from training.net.score import pen_lines

    first, again = pen_lines(desk, 2), pen_lines(desk, 2)
    assert {name: [line.text for line in lines] for name, lines in first.items()} == {
        name: [line.text for line in lines] for name, lines in again.items()
    }


# --- with PyTorch ----------------------------------------------------------------------------------------


@pytest.fixture
def train():
    pytest.importorskip("torch", reason="PyTorch is not installed: pip install -r requirements/train.lock")
    from training.net import train

    return train


def test_learning_lowers_the_loss_and_goes_on_from_a_checkpoint(train, tmp_path):
    import torch

    torch.manual_seed(1)
    image = np.full((reader.HEIGHT, 64), 255, np.uint8)
    image[8:40, 10:20] = image[8:40, 40:44] = 0
    batch = [Sample(image, "12")] * 4
    state = train.State.new(0.003)
    losses = [train.step(state, batch, random.Random(1)) for _ in range(25)]
    assert losses[-1] < 0.5 * losses[0]
    state.save(tmp_path / "net.pt")
    other = train.State.new(0.003)
    other.load(tmp_path / "net.pt")
    assert other.steps == 25
    assert all(
        torch.equal(a, b)
        for a, b in zip(state.net.state_dict().values(), other.net.state_dict().values(), strict=True)
    )


def test_the_rate_warms_up_and_falls(train):
    rates = [train.rate_at(part, 1.0) for part in (0.0, 0.02, 0.5, 1.0, 2.0)]
    assert rates[0] < rates[1] > rates[2] > rates[3] == rates[4] > 0


def test_what_is_exported_reads_as_the_network_does(train, tmp_path):
    torch = pytest.importorskip("torch")
    pytest.importorskip("onnx")
    import onnxruntime

    from training.net.export import export
    from training.net.model import Net

    net = Net(len(data.ALPHABET) + 1).eval()
    export(net, tmp_path / "x.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "x.onnx"), providers=["CPUExecutionProvider"])
    for width in (32, 100):
        strips = np.random.default_rng(width).random((1, 1, reader.HEIGHT, width), np.float32)
        found = session.run(None, {"strips": strips})[0]
        with torch.no_grad():
            wanted = torch.softmax(net(torch.from_numpy(strips)), 2).numpy()
        assert found.shape == (1, width // 4 * 2, len(data.ALPHABET) + 1)
        assert np.allclose(found, wanted, atol=1e-4)


def test_a_line_is_told_pen_from_print():
    torch = pytest.importorskip("torch")
    from training.net import hands

    rng = random.Random(3)
    stroke = np.full((48, 48), 255, np.uint8)
    stroke[4:44, 20:27] = 0
    desk = hands.real_pen(Desk(find_fonts(), Writers({1: {value: [stroke] for value in range(10)}})))
    assert desk.faces.pen == ()
    made = [hands.told(rng, desk, "clean") for _ in range(30)]
    assert all(len(one.pen) == -(-one.image.shape[1] // 4) for one in made)
    assert {float(value) for one in made for value in np.unique(one.pen)} == {-1.0, 0.0, 1.0}
    assert torch is not None
