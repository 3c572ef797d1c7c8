"""The parts of training that need no training run: weights, texts, lines, scores."""

from __future__ import annotations

import random
import shutil
import struct
from pathlib import Path

import cv2
import numpy as np
import pytest

from pipeline.errors import MissingToolError, ToolError
from training import (
    batches,
    blend,
    charset,
    damage,
    floats,
    hand,
    numbers,
    overlays,
    penned,
    render,
    rounds,
    run,
    score,
    texts,
    tools,
)
from training.fonts import FontSet, find_fonts
from training.render import Line

MODEL = Path(__file__).parents[1] / "pipeline" / "tessdata" / "tha_saraban.traineddata"
WEIGHTS = np.array([[1, -2, 3], [100, 0, -127]], np.int8)
SCALES = np.array([0.5, 0.01])


@pytest.fixture(scope="module")
def faces() -> FontSet:
    try:
        return find_fonts()
    except MissingToolError as error:
        pytest.skip(str(error))


def int8_matrix() -> bytes:
    """A weight matrix as integer models hold it: mode, sizes, the empty element, weights, scales."""
    sizes = struct.pack("<ii", *WEIGHTS.shape)
    return bytes([1 | 128]) + sizes + b"\0" + WEIGHTS.tobytes() + struct.pack("<I2d", 2, *SCALES)


def layer(kind: int, name: bytes, body: bytes) -> bytes:
    header = struct.pack("b", kind) + b"\1\0" + struct.pack("<iiii", 0, 2, 2, 6)
    return header + struct.pack("<I", len(name)) + name + body


def network() -> bytes:
    """A series of an input and a softmax layer, its description, flags (integer), and what follows."""
    inner = layer(1, b"Input", bytes(20)) + layer(22, b"Out", int8_matrix())
    series = layer(9, b"Series", struct.pack("<I", 2) + inner)
    return series + struct.pack("<I", 4) + b"spec" + struct.pack("<i", 1 | 64) + b"the rest"


def test_integer_weights_become_the_floats_they_stand_for() -> None:
    copy = floats.Copy(int8_matrix())
    assert floats.matrix_to_floats(copy) == (2, 3)
    mode, rows, columns, empty = struct.unpack_from("<Biid", copy.out)
    assert (mode, rows, columns, empty) == (128, 2, 3, 0.0)
    made = np.frombuffer(bytes(copy.out[17:]), "<f8").reshape(rows, columns)
    assert np.allclose(made, WEIGHTS * SCALES[:, None])
    assert np.array_equal(np.round(made / SCALES[:, None]).astype(np.int8), WEIGHTS)  # and back


def test_a_whole_network_is_turned_and_its_rest_kept() -> None:
    made = floats.network_to_floats(network())
    assert made.endswith(b"spec" + struct.pack("<i", 64) + b"the rest")  # the integer flag is gone
    assert np.array([100 * 0.01], "<f8").tobytes() in made
    with pytest.raises(ToolError, match="floats already"):
        floats.network_to_floats(made)
    with pytest.raises(ToolError, match="too early"):
        floats.network_to_floats(network()[:60])


def test_weights_between_two_networks_are_averaged_and_the_rest_kept() -> None:
    old = floats.network_to_floats(network())
    ((start, count),) = floats.weights_of(old)
    weights = np.frombuffer(old, "<f8", count, start)
    assert np.allclose(weights.reshape(2, 3), WEIGHTS * SCALES[:, None])
    new = old[:start] + (weights + 2).tobytes() + old[start + 8 * count :]
    made = blend.blended(old, new, 0.25)
    assert np.allclose(np.frombuffer(made, "<f8", count, start), weights + 0.5)
    assert (made[:start], made[start + 8 * count :]) == (old[:start], old[start + 8 * count :])
    with pytest.raises(ToolError, match="one shape"):
        blend.blended(old, old + b" ", 0.5)
    with pytest.raises(ToolError, match="integers"):
        floats.weights_of(network())


@pytest.mark.skipif(
    shutil.which("combine_tessdata") is None, reason="Tesseract's training tools are not installed"
)
def test_a_model_averaged_with_itself_reads_the_same_network(tmp_path: Path) -> None:
    whole, base, model = tmp_path / "whole.traineddata", tmp_path / "x.lstm", tmp_path / "model.traineddata"
    shutil.copy(run.CHECKPOINT, whole)
    tools.extract(whole, "lstm", base)
    blend.blend_model(base, whole, model, 0.5)
    assert whole.read_bytes() == run.CHECKPOINT.read_bytes()
    assert model.stat().st_size < whole.stat().st_size / 6


@pytest.mark.skipif(
    shutil.which("combine_tessdata") is None, reason="Tesseract's training tools are not installed"
)
def test_our_own_model_turns_into_floats(tmp_path: Path) -> None:
    tools.extract(MODEL, "lstm", tmp_path / "x.lstm")
    before = (tmp_path / "x.lstm").read_bytes()
    assert 6 < len(floats.network_to_floats(before)) / len(before) < 9  # a byte a weight became eight


def test_thai_is_called_latin_and_nothing_else_changes() -> None:
    before = "195\nก 1 0,255 Thai 5 0 5 ก\t# ก [e01 ]x\nX 5 0,255 Latin 9 0 5 X\n"
    assert charset.call_thai_latin(before) == before.replace(" Thai ", " Latin ")


@pytest.mark.parametrize("seed", range(150))
def test_a_line_can_be_written_with_our_characters(seed: int) -> None:
    text = texts.line(random.Random(seed))
    assert set(text) <= {*charset.CHARACTERS, " "}
    assert 2 <= len(text) <= texts.LONGEST
    assert text == text.strip()
    assert text[0] not in "ะาำิีึืุู่้๊๋์ๆ"
    assert text == texts.line(random.Random(seed))


def test_numbers_of_letters_have_their_parts() -> None:
    rng = random.Random(3)
    for _ in range(100):
        assert "/" in numbers.letter_number(rng)
        assert "," in numbers.money(rng)
        assert "@" in numbers.mail(rng)
        assert numbers.agency_code(rng).endswith("/")


def test_pen_lines_have_pen_in_them_and_the_parts_make_the_text() -> None:
    rng = random.Random(4)
    for _ in range(200):
        parts = penned.text_parts(rng)
        assert any(by_pen for by_pen, _ in parts)
        assert any(sign.isdigit() for by_pen, text in parts if by_pen for sign in text)


@pytest.mark.parametrize("kind", ["clean", "scan", "fax", "photo"])
def test_damage_keeps_the_line_in_its_place(kind: damage.Damage) -> None:
    image = np.full((80, 400), 255, np.uint8)
    image[30:50, 100:300:20] = 0
    image[30:50, 101:300:20] = 0
    image[30:50, 102:300:20] = 0
    for seed in range(12):
        made = damage.damaged(image, kind, random.Random(seed))
        assert made.shape == image.shape
        assert made.dtype == np.uint8
        assert made[28:52, 95:305].mean() < made[:20].mean()


def test_only_own_ink_is_left() -> None:
    image = np.full((80, 200), 240, np.uint8)
    image[20:50, 40:46] = 20
    image[5, 150] = 20  # a speck
    kept = damage.keep_own_ink(image, 28, clean=True)
    assert kept[30, 43] == 20
    assert kept[5, 150] == 255
    assert kept[70, 100] == 255


def test_a_strip_has_the_room_that_the_line_finder_leaves(faces: FontSet) -> None:
    how = render.Type(faces.official[0], 30)
    image, base = render.compose([render.set_type("กอน", how)], [], 30)
    ink = np.flatnonzero((image < 128).any(axis=1))
    assert base == int(30 * (1 + render.ABOVE))
    assert abs(int(ink[-1]) - base) <= 3
    assert abs(base - int(ink[0]) - 30) <= 3
    assert image.shape[0] - base == int(30 * render.BELOW)


def test_the_mix_is_drawn_and_the_same_seed_gives_the_same_lines(faces: FontSet) -> None:
    desk = penned.Desk(faces, None)  # without real writers
    once, again = (batches.draw(random.Random(5), desk, 12) for _ in range(2))
    for first, second in zip(once, again, strict=True):
        assert first.text == second.text
        assert np.array_equal(first.image, second.image)
        assert first.image.min() < 150


def test_held_out_fonts_are_never_trained_on(faces: FontSet) -> None:
    trained = {*faces.official, *faces.serif, *faces.looped, *faces.other, *faces.pen}
    assert not trained & set(faces.held_out)
    assert all(file.stem.startswith(("Umpush", "Loma")) for file in faces.held_out)


def made_up_writers() -> hand.Writers:
    image = np.full((48, 48), 255, np.uint8)
    image[8:40, 20:26] = 0
    return hand.Writers({name: {value: [image] for value in range(10)} for name in range(40)})


def test_real_arabic_digits_come_from_a_sheet(tmp_path: Path) -> None:
    sheet = np.zeros((200, 400), np.uint8)  # one row of twenty cells for each digit
    for row in range(10):
        sheet[row * 20 + 3 : row * 20 + 17, 8::20] = 255
        sheet[row * 20 + 3 : row * 20 + 17, 9::20] = 255
    cv2.imwrite(str(tmp_path / "digits.png"), sheet)
    np.savez(
        tmp_path / "digits.npz",
        images=np.zeros((10, 48, 48), np.uint8),
        labels=np.arange(10),
        writers=np.arange(10) // 5,
        doubtful=np.zeros(10, bool),
    )
    found = hand.load_writers([tmp_path / "digits.npz", tmp_path / "digits.png"])
    assert found is not None
    assert sorted(found.arabic) == [0, 1]  # ten neighbours are taken for one writer
    assert all(sorted(own) == list(range(10)) for own in found.arabic.values())
    digit = found.digit(random.Random(1), 0, "7")
    assert digit.shape == (48, 48)
    assert digit[24, 20] < 60 < 200 < digit[24, 40]  # ink dark on white
    assert found.can_write("7")
    assert not hand.Writers(found.images).can_write("7")
    assert hand.load_writers([tmp_path / "digits.png"]) is None  # Thai digits are what matters


def test_writers_are_kept_apart() -> None:
    trained, out = made_up_writers().split()
    assert len(out.images) == 6
    assert not set(trained.images) & set(out.images)
    assert made_up_writers().split()[1].images.keys() == out.images.keys()


@pytest.mark.parametrize("text", ["๑๒๓", "ว๔๕", "10.20 น.", "16/1/68", "7"])
def test_a_string_is_written_by_pen(text: str) -> None:
    style = hand.Style(height=60, pen=5, slant=0.1, stretch=1.0, shake=0.02)
    ink = hand.write(random.Random(1), text, style, made_up_writers())
    assert 40 < ink.shape[0] < 110
    assert ink.min() < 60
    assert (ink < 128).mean() > 0.02


def lines_of(*said: str) -> list[Line]:
    return [Line(np.zeros((1, 1), np.uint8), text) for text in said]


def test_a_score_counts_what_was_lost() -> None:
    found = score.score(lines_of("๑,๒๕๐ บาท", "ที่ ๑๒", "ชื่อ"), ["๑.๒๕๐ บาท", "ที่ ๑๓", "ชื่อ"])
    assert found.commas_right == 0
    assert found.digits_wrong == pytest.approx(100 / 6)
    assert found.whole == pytest.approx(100 / 3)
    assert found.characters_wrong == pytest.approx(100 * 2 / (9 + 6 + 4))


def test_spaces_do_not_make_a_line_wrong_and_nothing_is_not_a_share() -> None:
    found = score.score(lines_of("ก ข"), ["กข"])
    assert found.whole == 100
    assert found.digits_wrong is None


def test_a_worse_model_is_not_taken() -> None:
    good, bad = score.Score(10, 1.0, 0.0, 100.0, 90.0), score.Score(10, 2.0, 0.0, 100.0, 90.0)
    assert score.no_worse({"print": {"old": bad, "new": good}}, "old", "new")
    assert not score.no_worse({"print": {"old": good, "new": bad}}, "old", "new")


def test_the_state_of_training_is_read_from_its_log(tmp_path: Path) -> None:
    place = rounds.Workplace(tmp_path)
    assert rounds.state(place) == "no report yet"
    place.log.write_text(
        "At iteration 183/500/500, Mean rms=0.6%, delta=2.1%, BCER train=7.212%, BWER train=21%"
    )
    assert rounds.state(place) == "line 500, character error in training 7.212 %"


def test_without_a_checkpoint_there_is_nothing_to_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "base.lstm").touch()
    (tmp_path / "charset.traineddata").touch()
    assert run.main(["--only-export", "--work", str(tmp_path)]) == 3
    assert "train first" in capsys.readouterr().err


def test_help_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run.main(["--help"])
    assert "--digits" in capsys.readouterr().out


@pytest.mark.parametrize("draw", [overlays.crossed, overlays.streaked])
def test_what_runs_through_a_line_adds_ink_or_takes_it_away_and_never_both(draw) -> None:
    plain = np.full((90, 500), 255, np.uint8)
    plain[40:68, 60:440:12] = 30
    seen = set()
    for seed in range(60):
        made = draw(random.Random(seed), plain.copy(), 68, 28)
        darker, lighter = (made < plain).any(), (made > plain).any()
        assert not (darker and lighter)
        assert made.shape == plain.shape
        assert np.array_equal(made, draw(random.Random(seed), plain.copy(), 68, 28))
        seen.add("darker" if darker else "lighter" if lighter else "same")
    assert "darker" in seen
    assert ("lighter" in seen) is (draw is overlays.crossed)


def test_most_strokes_end_where_a_line_s_rows_end() -> None:
    plain = np.full((140, 600), 255, np.uint8)
    within = 0
    for seed in range(80):
        inked = np.flatnonzero(
            (overlays.streaked(random.Random(seed), plain.copy(), 90, 28) < 200).any(axis=1)
        )
        within += len(inked) == 0 or (inked.min() >= 90 - 1.35 * 28 - 1 and inked.max() < 90 + 0.4 * 28 + 1)
    assert within > 0.6 * 80
