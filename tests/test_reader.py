"""The second reader: decoding, guides, its model, and what its disagreement does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import beam, ocr, reader, second
from pipeline.errors import ToolError
from pipeline.ocr import Glyph, StripText

_ALPHABET = "ab12"


def _columns(*rows):
    """Columns from {sign: share}; "-" is nothing."""
    found = np.full((len(rows), len(_ALPHABET) + 1), 1e-6, np.float32)
    for place, row in enumerate(rows):
        for sign, share in row.items():
            found[place, 0 if sign == "-" else _ALPHABET.index(sign) + 1] = share
    return found


def _said(text, confidence=0.97):
    words = [
        tuple(Glyph(sign, (i, 0, i + 1, 9), confidence) for i, sign in enumerate(word))
        for word in text.split(" ")
        if word
    ]
    return StripText(tuple(words))


def test_a_run_is_one_sign_and_nothing_between_makes_two():
    columns = _columns({"a": 0.9}, {"a": 0.6, "-": 0.4}, {"-": 0.9}, {"a": 0.8}, {"b": 0.7})
    signs = beam.greedy(columns)
    assert [_ALPHABET[sign.code - 1] for sign in signs] == ["a", "a", "b"]
    assert [(sign.first, sign.last) for sign in signs] == [(0, 1), (3, 3), (4, 4)]
    assert signs[0].confidence == pytest.approx(0.9)


def test_the_search_adds_up_all_ways_to_one_text():
    # a alone: a-, -a, aa; each column by itself says nothing
    columns = _columns({"-": 0.6, "a": 0.4}, {"-": 0.6, "a": 0.4})
    best = beam.search(columns, _ALPHABET)[0]
    assert best.text == "a"
    assert best.share == pytest.approx(0.64, abs=0.01)


def test_twins_need_nothing_between_them():
    texts = [guess.text for guess in beam.search(_columns({"1": 1.0}, {"1": 1.0}), _ALPHABET)]
    assert texts[0] == "1"
    texts = [guess.text for guess in beam.search(_columns({"1": 1.0}, {"-": 1.0}, {"1": 1.0}), _ALPHABET)]
    assert texts[0] == "11"


def test_a_guide_leaves_only_what_may_stand_there():
    columns = _columns({"a": 0.6, "1": 0.4}, {"-": 1.0}, {"b": 0.7, "2": 0.3})
    assert beam.search(columns, _ALPHABET)[0].text == "ab"
    assert beam.search(columns, _ALPHABET, beam.DIGITS)[0].text == "12"


def test_nothing_that_may_stand_there_is_no_guess():
    assert beam.search(_columns({"a": 1.0}), _ALPHABET, beam.DAY) == []


@pytest.mark.parametrize(
    ("grammar", "good", "bad"),
    [
        (beam.DAY, ("1", "๓๑", "09", "๒๐"), ("32", "๐", "00", "123", "1a", "")),
        (beam.RUNNING, ("๒๖๐", "/ว๒๖๐", "ว ๑๒", "4", "/ 455"), ("ว", "", "12ว3", "๑2", "1234567", "//1")),
        (beam.TIME, ("09.30", "๙.๐๕ น.", "16:00น.", "23.59"), ("24.00", "9.65", "9", "9.3", "9.30 ก", "")),
        (beam.DIGITS, ("1", "๑๒"), ("", "1 2", "ก")),
        (
            beam.DATE,
            ("12/5/67", "๓๑-๑๒-๒๕๖๗", "9.12.2564"),
            ("32/1/67", "1/13/67", "1/2/3", "12/5-67", "1/๒/67", ""),
        ),
        (beam.RECEIPT, ("1", "๓๗๗๖", "1234/67", "๕/๒๕๖๗"), ("", "/404", "37/6", "1/๖๗", "1/2/67", "5/3456")),
    ],
)
def test_what_may_stand_in_a_zone(grammar, good, bad):
    for text in good:
        assert grammar.whole(text), text
        assert all(grammar.begins(text[:end]) for end in range(len(text) + 1)), text
    for text in bad:
        begun = all(grammar.begins(text[:end]) for end in range(1, len(text) + 1))
        assert not (begun and grammar.whole(text)), text


@given(
    st.text("0123456789๐๑๒๓๔๕๖๗๘๙/ว .:น-", max_size=10),
    st.sampled_from((beam.DAY, beam.RUNNING, beam.TIME, beam.DATE, beam.RECEIPT)),
)
def test_a_guide_answers_for_any_text(text, grammar):
    assert grammar.begins(text) in (True, False)
    if grammar.begins(text):
        assert all(grammar.begins(text[:end]) for end in range(len(text)))
        assert grammar.whole(text) in (True, False)


@given(st.lists(st.lists(st.floats(0.001, 1), min_size=5, max_size=5), min_size=1, max_size=12))
def test_shares_never_exceed_one_and_the_best_comes_first(rows):
    columns = np.array(rows, np.float32)
    columns /= columns.sum(axis=1, keepdims=True)
    shares = [guess.share for guess in beam.search(columns, _ALPHABET)]
    assert sum(shares) <= 1.001
    assert shares == sorted(shares, reverse=True)


# --- the model -------------------------------------------------------------------------------------------


def test_of_two_like_guesses_the_longer_one_is_likelier_and_a_far_likelier_one_stays():
    """The network passes a figure over more often than it reads one too many; shares keep their sum."""
    near = reader._with_length({"๑๗๖": 0.4, "๑๖": 0.45})
    assert max(near, key=near.__getitem__) == "๑๗๖"
    assert sum(near.values()) == pytest.approx(0.85)
    far = reader._with_length({"๑๗๖": 0.1, "๑๖": 0.8})
    assert max(far, key=far.__getitem__) == "๑๖"
    assert reader._with_length({}) == {}


def test_a_strip_is_trimmed_to_its_ink_and_made_48_rows_high():
    strip = np.full((200, 300), 255, np.uint8)
    strip[90:110, 20:280] = 0
    assert reader.normalised(strip).shape[0] == reader.HEIGHT
    assert len(reader.trimmed(strip)) < 80
    assert reader.trimmed(np.full((50, 90), 255, np.uint8)).shape == (50, 90)


@pytest.mark.parametrize("shape", [(1, 1), (3, 2000), (300, 2), (48, 4)])
def test_strips_of_odd_shapes_do_no_harm(shape):
    for level in (0, 255):
        found = reader.read(np.full(shape, level, np.uint8))
        assert all(0 <= g.confidence <= 1 for word in found.text.words for g in word)


def test_the_model_and_its_alphabet_belong_together():
    columns = reader.columns(np.full((48, 120), 255, np.uint8))
    assert columns.shape == (60, len(reader.facts().alphabet) + 1)
    assert np.allclose(columns.sum(axis=1), 1, atol=1e-3)
    assert set("๐๑๒๓๔๕๖๗๘๙0123456789 /ว") <= set(reader.facts().alphabet)


def test_the_calibration_rises_from_0_to_1():
    table = reader.facts().calibration
    for place in (0, 1):
        values = [pair[place] for pair in table]
        assert values == sorted(values)
        assert 0 <= values[0] <= values[-1] <= 1


def test_boxes_stand_on_the_strip_in_order():
    strip = _printed("๒๐ กรกฎาคม ๒๕๕๘")
    glyphs = [glyph for word in reader.read(strip).text.words for glyph in word]
    assert all(0 <= g.box[0] < g.box[2] <= strip.shape[1] for g in glyphs)
    assert [g.box[0] for g in glyphs] == sorted(g.box[0] for g in glyphs)


@pytest.mark.parametrize("text", ["๒๐ กรกฎาคม ๒๕๕๘", "ที่ ศธ ๐๔๐๐๕/ว๒๖๐", "เลขรับ 1234"])
def test_clean_print_is_read(text):
    assert reader.read(_printed(text)).text.text.replace(" ", "") == text.replace(" ", "")


def test_a_missing_model_is_said_and_the_pipeline_reads_on(monkeypatch, tmp_path):
    monkeypatch.setattr(reader, "MODEL", tmp_path / "none.onnx")
    monkeypatch.setattr(reader, "_session", reader._session.__wrapped__)
    with pytest.raises(ToolError, match=r"none\.onnx"):
        reader._session()
    assert not reader.available()
    texts = [_said("เลขรับ 1234")]
    assert second.weighed([np.full((48, 90), 255, np.uint8)], texts) == texts


def _printed(text):
    from PIL import Image, ImageDraw, ImageFont

    from samples.fonts import find_font

    font = ImageFont.truetype(str(find_font("Laksaman")), 64, layout_engine=ImageFont.Layout.RAQM)
    box = font.getbbox(text, anchor="ls")
    canvas = Image.new("L", (int(box[2] - box[0]) + 40, int(box[3] - box[1]) + 40), 255)
    ImageDraw.Draw(canvas).text((20 - box[0], 20 - box[1]), text, font=font, fill=15, anchor="ls")
    return np.array(canvas, np.uint8)


# --- two readers -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ที่ ศธ ๐๔๐๐๕/ว๒๖๐", True),
        ("สข ๐๐๑๙.๒/ว ๕๔๕๔", True),
        ("กทม. ๑๐๓๐๐", False),
        ("หจ ๒๑๘ ว ๙๘๔๔", True),
        ("พจ ๗๒๕๖๘ ๙๘๔๔", True),
        ("มท ๐๘๐๘.๒ ถึงจังหวัด", False),
        ("๒๐ กรกฎาคม ๒๕๕๘", True),
        ("๓๑ ตลาคม ๒๕๖๖", True),
        ("๓๑ ตุฉาคม ๒๕๖๖", True),
        ("๗ มิถนายน ๒๕๖๖", True),
        ("๗ มิกุนายน ๒๕๖๖", True),
        ("ข้อ ๗ มีผลใช้บังคับ", False),
        ("๑๒ กองคลังเทศบาลนคร", False),
        ("วันที่ ๒๐ ก.ค. ๒๕๕๘", True),
        ("เลขรับ 1234", True),
        ("๑๒๓๔", True),
        ("09.30 น.", True),
        ("เรื่อง ขอเชิญประชุม", False),
        ("ที่ประชุมมีมติเห็นชอบให้ดำเนินการตามข้อ ๓ ของหนังสือที่อ้างถึงโดยเร็ว", False),
        ("", False),
    ],
)
def test_lines_that_matter(text, key):
    assert second.is_key(text) is key


@pytest.mark.parametrize(
    ("first", "other", "said", "most"),
    [
        ("หจ ๒๑๘ ว ๙๘๔๔", "พจ ๗๒๕๖๘/ว ๙๘๔๔", "พจ ๗๒๕๖๘/ว ๙๘๔๔", second.DOUBT),
        ("พจ ๗๒๕๖๘/ว๙๘๔๔", "หจ ๒๑๘/ว ๙๘๔๔", "พจ ๗๒๕๖๘/ว๙๘๔๔", 0.99),
        ("หจ ๒๑๘ ว ๙๘๔๔", "หจ ๒๑ ว ๙๘", "หจ ๒๑๘ ว ๙๘๔๔", 0.99),
    ],
)
def test_a_number_that_only_the_second_reader_makes_out_is_taken_with_doubt(
    monkeypatch, first, other, said, most
):
    glance = reader.Glance(_said(other), np.zeros((1, 2), np.float32), None)
    monkeypatch.setattr(reader, "glance", lambda _: glance)
    monkeypatch.setattr(reader, "read", lambda *_, **__: reader.StripGuesses(_said(other)))
    found = second._weighed(np.full((48, 90), 255, np.uint8), _said(first, 0.99))
    assert found.text == said
    assert max(glyph.confidence for word in found.words for glyph in word) <= most


def test_readers_that_agree_change_nothing():
    text = _said("ที่ ศธ ๐๔๐๐๕/ว๒๖๐")
    assert second.compared(text, _said("ที ศธ 04005/ว260")) == text


@pytest.mark.parametrize(
    ("first", "other", "doubtful", "others"),
    [
        ("ศธ ๐๔๐๐๕/๒๖๐", "ศธ ๐๔๐๐๕/๒๖๖", "๐", "๐๔๐๐๕/๒๖๖"),
        ("ศธ ๐๔๐๐๕/๒๖๐", "ศธ ๐๔๐๐๕/๒๖", "๐", "๐๔๐๐๕/๒๖"),
        ("๒๐ ก.ค.", "๒๑ ก.ค.", "๐", "๒๑"),
        ("455", "4555", "5", "4555"),
        ("/260", "/ว260", "/2", "/ว260"),
    ],
)
def test_a_digit_read_differently_is_doubtful_and_kept_as_an_alternative(first, other, doubtful, others):
    found = second.compared(_said(first), _said(other))
    low = [glyph.text for word in found.words for glyph in word if glyph.confidence <= second.DOUBT]
    assert "".join(low).endswith(doubtful[-1])
    assert others in [other for word in found.others for other in word]
    assert found.text == first


@pytest.mark.parametrize(
    ("first", "other", "said"),
    [
        ("ศธ ๐๔๐๐๕/๑๒๖๐", "ศธ ๐๔๐๐๕/ว๒๖๐", "ศธ ๐๔๐๐๕/ว๒๖๐"),
        ("ศธ ๐๔๐๐๕/๒๖๐", "ศธ ๐๔๐๐๖/๒๖๑", "ศธ ๐๔๐๐๕/๒๖๐"),  # print differs too: the first reader knows better
        ("๒๐ ก.ค.", "๒๑ ก.ค.", "๒๑ ก.ค."),
        ("๒๐ ก.ค.", "๒ก ก.ค.", "๒๐ ก.ค."),
        ("เลขรับ 455", "เลขรับ 456", "เลขรับ 456"),
    ],
)
def test_the_second_reader_is_believed_about_pen_only(first, other, said):
    unsure = _said(first, 0.8)
    found = second.preferring(unsure, second.compared(unsure, _said(other)), 0.9)
    assert found.text == said
    sure = _said(first, 0.98)
    if "ว" not in said:
        assert second.preferring(sure, second.compared(sure, _said(other)), 0.9).text == first
    assert second.preferring(unsure, second.compared(unsure, _said(other)), 0.2).text in (first, said)
    if said != first:
        assert any(alternatives for alternatives in found.others)


@pytest.mark.parametrize(("share", "said"), [(0.98, "๓๐"), (0.2, "๓๑")])
def test_where_pen_surely_wrote_the_reader_of_pen_is_believed(share, said):
    text, width = _said("๓๑", 0.99), 100.0
    hand = reader.Hand(np.full(50, share), np.ones(50, dtype=bool), width)
    found = second.preferring(text, second.compared(text, _said("๓๐")), 0.9, hand)
    assert found.text == said
    assert min(glyph.confidence for word in found.words for glyph in word) <= second.DOUBT


@pytest.mark.parametrize(
    ("plain", "other", "circular"),
    [
        ("04005/1260", "04005/ว260", True),
        ("7260", "ว260", True),
        ("04005/260", "04005/ว260", False),
        ("04005/1261", "04005/ว260", False),
        ("04005/ว260", "04005/1260", False),
        ("", "ว", False),
        ("1", "ว", False),
    ],
)
def test_a_circular_s_sign_read_as_a_digit(plain, other, circular):
    assert second.is_circular(plain, other) is circular


@given(st.text("๐๑๒๓ กขว/4", max_size=12), st.text("๐๑๒๓ กขว/4", max_size=12))
def test_comparing_never_changes_the_text_nor_makes_it_surer(first, other):
    text = _said(first)
    found = second.compared(text, _said(other))
    assert found.text == text.text
    assert found.confidence <= text.confidence + 1e-9


def test_a_choice_of_reader_holds_only_inside():
    before = ocr.choice()
    with ocr.reading_with("net"):
        assert ocr.choice() == "net"
        strips = [_printed("เลขรับ 1234")]
        assert ocr.read_strips(strips, 1) == reader.read_strips(strips)
    assert ocr.choice() == before


def test_tesseract_alone_asks_no_second_reader():
    with ocr.reading_with("tesseract"):
        assert not second.is_asked()


def test_pen_is_told_by_the_ink_of_a_place():
    shares = np.array([0.1, 0.1, 0.9, 0.9, 0.9], np.float32)
    inked = np.array([True, True, True, False, True])
    hand = reader.Hand(shares, inked, 10.0)
    assert hand.between(0, 20) == pytest.approx(0.1)
    assert hand.between(20, 50) == pytest.approx(0.9)
    assert hand.between(30, 40) == 0.0  # paper
    assert hand.between(-5, 900) == pytest.approx(0.5)  # boxes that run over the strip do no harm


def test_figures_by_pen_are_doubted_and_print_is_not():
    def glyphs(text, left):
        return tuple(Glyph(s, (left + 10 * i, 0, left + 10 * i + 10, 40), 0.99) for i, s in enumerate(text))

    text = StripText((glyphs("ที่", 0), glyphs("0017.2/1797", 50)))
    shares = np.zeros(20, np.float32)
    shares[12:] = 0.9  # from the slash on
    found = second.pen_doubted(text, reader.Hand(shares, np.ones(20, bool), 10.0))
    assert found.text == text.text
    said = {glyph.box[0]: glyph.confidence for word in found.words for glyph in word}
    assert all(confidence == 0.99 for left, confidence in said.items() if left < 120)
    assert all(confidence < 0.9 for left, confidence in said.items() if left >= 120)
    assert second.pen_doubted(text, None) == text


def test_a_strip_that_the_first_reader_says_nothing_of_is_read_by_the_second(monkeypatch):
    strip = np.full((40, 60), 255, np.uint8)

    def says(text, confidence):
        word = tuple(Glyph(sign, (10 * i, 0, 10 * i + 10, 40), confidence) for i, sign in enumerate(text))
        monkeypatch.setattr(reader, "read_strips", lambda strips: [StripText((word,) if word else ())])
        return second.weighed([strip], [StripText(())])[0]

    monkeypatch.setattr(second, "is_asked", lambda: True)
    found = says("ลับ", 0.99)
    assert found.text == "ลับ"
    assert max(glyph.confidence for word in found.words for glyph in word) <= second.DOUBT
    assert says("ลับ", 0.7).text == ""
    assert says("ล", 0.99).text == ""
    assert says("", 0.99).text == ""


@pytest.mark.parametrize(
    ("said", "other", "doubtful"),
    [
        ("หนังสือกรม ที่ ยธ ๐๗๐๖/ว๒๙ ลงวันที่ ๑๑ มกราคม ๒๕๕๘", "หนังสือกรม ที่ ยธ ๐๗๐๖/ว๒๙ ลงวันที่ ๑๓ มกราคม ๒๕๕๘", ["๑๑"]),
        ("จัดประชุมในวันที่ ๒๐ มกราคม ๒๕๕๘ ณ ห้องประชุม", "จัดบระชุมในวันที่ ๒๐ มกราคม ๒๕๕๘ ณ ห้องประชุม", []),
        ("ผู้เข้าประชุม ๑๑ คน", "ผู้เข้าประชุม ๑๓ คน", []),  # no day: not looked at
    ],
)  # fmt: skip
def test_the_days_in_running_text_are_read_twice(monkeypatch, said, other, doubtful):
    monkeypatch.setattr(second, "is_asked", lambda: True)
    glance = reader.Glance(_said(other), np.zeros((1, 2), np.float32), None)
    monkeypatch.setattr(reader, "glance", lambda _: glance)
    (found,) = second.weighed([np.full((48, 90), 255, np.uint8)], [_said(said, 0.99)])
    assert found.text == said
    low = ["".join(g.text for g in word) for word in found.words if min(g.confidence for g in word) < 0.9]
    assert low == doubtful
