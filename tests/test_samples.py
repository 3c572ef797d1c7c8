"""The samples are what their truth says, look the same on every run, and carry only the faults they claim."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageOps

from pipeline.errors import MissingToolError
from samples import make
from samples.build import make_all, make_file, truth_of
from samples.content import QUALITIES, Letter, Sample
from samples.draw import draw
from samples.fonts import find_font
from samples.heldout import heldout
from samples.inbox import inbox_files, transcript
from samples.letters import SAMPLES
from samples.paper import HEIGHT, WIDTH
from samples.thai import chunks, digits, weekday_date
from samples.truth import (
    TRUTH,
    TrueDocument,
    TrueLetter,
    as_json,
    documents,
    load_geometry,
    load_lines,
    load_truth,
    true_document,
)
from schemas.ink import Box

BY_NAME = {sample.name: sample for sample in SAMPLES}
ROOT = Path(__file__).resolve().parent.parent
WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")


@pytest.fixture(scope="module")
def drawings() -> dict[str, object]:
    return {sample.name: draw(sample) for sample in SAMPLES}


def _page_text(drawing: object) -> str:
    text = " ".join(line.text for page in drawing.lines for line in page)  # type: ignore[attr-defined]
    return re.sub(r"\s+", "", text)


# --- truth ----------------------------------------------------------------------------------------


def test_the_truth_on_file_is_what_the_samples_say(drawings):
    made = {s.name: as_json(true_document(s, drawings[s.name].letter_pages)) for s in SAMPLES}
    on_file = {path.stem: path.read_text(encoding="utf-8") for path in TRUTH.glob("*.json")}
    assert on_file == made, "run: python samples/make.py --force"


def test_truth_reads_back():
    for document in documents():
        assert TrueDocument.model_validate_json(as_json(document)) == document.model_copy(
            update={"folder": TrueDocument.model_fields["folder"].default}
        )


@pytest.mark.parametrize("name", BY_NAME)
def test_every_true_value_stands_on_the_page(name, drawings):
    text = _page_text(drawings[name])
    for letter in load_truth(name).letters:
        thai = BY_NAME[name].letters[0].thai
        values = [
            letter.subject,
            letter.addressee,
            letter.agency,
            letter.urgency,
            letter.secrecy,
            letter.email,
        ]
        values += [letter.signatory.name if letter.signatory else None]
        values += [digits(v, thai) if v else None for v in (letter.number, letter.phone, letter.fax)]
        values += [d.phrase for d in letter.deadlines] + [e.title for e in letter.enclosures]
        values += [r.text for r in letter.references] + [r.agency for r in letter.receipts]
        for value in filter(None, values):
            assert re.sub(r"\s+", "", value) in text, value


def test_the_score_and_the_catchword_are_on_the_result_letter(drawings):
    first, second = ([line.text for line in page] for page in drawings["result-score"].lines)
    assert "คะแนนเฉลี่ย ๘๒.๔๕" in first
    assert "- ๒ -" in second
    catchword = next(text for text in first if text.startswith("/"))
    assert second[1].startswith(catchword.strip("/. "))


def test_all_kinds_marks_and_faults_are_there():
    letters = [letter for document in documents() for letter in document.letters]
    assert len(documents()) >= 16
    assert {x.kind for x in letters} == {"external", "memo", "stamped", "order", "announcement", "other"}
    assert {x.urgency for x in letters} >= {"ด่วน", "ด่วนมาก", "ด่วนที่สุด"}
    assert {fault for x in letters for fault in x.faults} == {
        "weekday", "received-before-written", "deadline-before-date", "received-after-deadline",
        "number-year", "missing-subject", "short-notice",
    }  # fmt: skip
    assert {pen for x in letters for pen in x.pen} == {"number", "date"}
    assert any(len(document.letters) == 2 for document in documents())


def _faults(letter: TrueLetter) -> set[str]:
    """The faults that the true values of an external letter or memo really show."""
    found = set()
    first = min((r.date for r in letter.receipts), default=None)
    if letter.date and first and first < letter.date:
        found.add("received-before-written")
    year = re.search(r" (25\d\d)/", letter.number or "")
    if letter.date and year and int(year[1]) != letter.date.year + 543:
        found.add("number-year")
    if letter.kind in ("external", "memo") and letter.subject is None:
        found.add("missing-subject")
    for due in (d for d in letter.deadlines if d.date):
        named = next((n for n, w in enumerate(WEEKDAYS) if f"วัน{w}ที่" in due.phrase), None)
        found |= {"weekday"} if named not in (None, due.date.weekday()) else set()
        found |= {"deadline-before-date"} if letter.date and due.date < letter.date else set()
        if first and first > due.date:
            found.add("received-after-deadline")
        elif first and np.busday_count(first, due.date) < 3:
            found.add("short-notice")
    return found


@pytest.mark.parametrize("sample", [*SAMPLES, *heldout(30, seed=11)], ids=lambda sample: sample.name)
def test_letters_carry_the_faults_they_claim_and_no_others(sample):
    document = true_document(sample, tuple((n,) for n in range(1, len(sample.letters) + 1)))
    for letter in document.letters:
        assert _faults(letter) == set(letter.faults)


# --- drawing --------------------------------------------------------------------------------------


@pytest.mark.parametrize("sample", [*SAMPLES, *heldout(12, seed=5)], ids=lambda sample: sample.name)
def test_a_document_has_its_pages_and_all_ink_on_them(sample):
    drawing = draw(sample)
    assert len(drawing.lines) == sample.pages
    for line in (line for page in drawing.lines for line in page):
        assert line.text == line.text.strip()
        assert 0 <= line.box.x0 < line.box.x1 <= WIDTH, line
        assert 0 <= line.box.y0 < line.box.y1 <= HEIGHT, line


def test_line_boxes_hold_all_the_print_and_little_else(drawings):
    page = pypdfium2.PdfDocument(drawings["press-article"].print)[0]  # text only: no Garuda, no rules
    dark = page.render(scale=4, grayscale=True).to_numpy().reshape(int(HEIGHT * 4) + 1, -1) < 128
    held = np.zeros_like(dark)
    for line in drawings["press-article"].lines[0]:
        x0, y0, x1, y1 = (int(v * 4) for v in line.box)
        held[y0 - 2 : y1 + 3, x0 - 2 : x1 + 3] = True
        rows = np.flatnonzero(dark[y0:y1, x0:x1].any(axis=1))
        assert rows[0] <= 4, "the box starts at the ink"
        assert rows[-1] >= (y1 - y0) - 6, "the box ends at the ink"
    assert dark.any()
    assert not (dark & ~held).any()


def test_a_born_digital_file_has_its_text_and_typed_stamps():
    page = pypdfium2.PdfDocument(draw(BY_NAME["invite-circular"], electronic=True).print)[0]
    text = page.get_textpage().get_text_range()
    assert "ที่ นน ๐๐๑๗.๒/ว ๒๘๔๖" in re.sub(r"\s+", " ", text)
    assert "อบต.สวนดอกคํา" in text  # ำ in two characters, as in many office files
    assert "สื่อเล่าเรื่องท้องถิ่นเมืองน่าน" in text


def test_the_secrecy_mark_is_alone_at_the_top_and_the_bottom(drawings):
    marks = [line.box for line in drawings["secret-drill"].lines[0] if line.text == "ลับ"]
    assert len(marks) == 2
    assert marks[0].y1 < 50
    assert marks[1].y0 > HEIGHT - 60


def test_line_breaks_keep_numbers_whole_and_text_unchanged():
    text = "ตามหนังสือ ที่ ศธ ๐๔๐๐๕/ว๒๖๐ ลงวันที่ ๒ มิถุนายน ๒๕๕๘ (ฉบับที่ ๒) ส่ง saraban@dg.example.or.th ๆ"
    assert "".join(chunks(text)).strip() == text
    assert any("๐๔๐๐๕/ว๒๖๐" in chunk for chunk in chunks(text))
    assert any("saraban@dg.example.or.th" in chunk for chunk in chunks(text))
    assert not any(chunk.startswith((")", "ๆ")) for chunk in chunks(text))


def test_addresses_keep_their_digits():
    assert digits("โทร. 02 ที่ a1@x2.th 10%", thai=True) == "โทร. ๐๒ ที่ a1@x2.th ๑๐%"


def test_a_weekday_may_be_wrong_on_purpose():
    due = BY_NAME["fault-weekday"].letters[0].deadlines[0]
    assert due.phrase == f"ภายใน{weekday_date(due.date, 4)}"
    assert due.phrase != f"ภายใน{weekday_date(due.date)}"


# --- files ----------------------------------------------------------------------------------------

CASES = [
    ("school-survey", "scan"),
    ("fault-deadline", "fax"),
    ("university-arabic", "photo"),
    ("result-score", "born"),
]


@pytest.mark.parametrize(("name", "quality"), CASES)
def test_a_file_is_the_same_on_every_run(name, quality, tmp_path):
    sample = BY_NAME[name]
    paths = [tmp_path / run / sample.files[quality] for run in ("first", "second")]
    for path in paths:
        path.parent.mkdir()
        make_file(sample, quality, path)
    assert paths[0].read_bytes() == paths[1].read_bytes()


@pytest.mark.parametrize(
    ("name", "quality"),
    [("urgent-ministry", "scan"), ("minutes-library", "fax"), ("certificate-school", "photo")],
)
def test_geometry_leads_from_drawn_lines_to_the_ink_in_the_image(name, quality, tmp_path):
    sample = BY_NAME[name]
    make_all(sample, tmp_path, quality)
    make_all(sample, tmp_path, "born")
    (geometry,) = load_geometry(name, quality, tmp_path)
    image = ImageOps.exif_transpose(Image.open(tmp_path / "pages" / quality / sample.files[quality])).convert(
        "L"
    )
    assert image.size == (geometry.width, geometry.height)
    pixels = np.asarray(image, np.float32)
    paper = cv2.GaussianBlur(cv2.dilate(pixels, np.ones((41, 41))), (0, 0), 15)  # the light on empty paper
    for line in load_lines(name, tmp_path)[0]:
        if line.ink == "print":
            x0, y0, x1, y1 = (int(v) for v in geometry.pixels(line.box))
            assert (pixels[y0:y1, x0:x1] < 0.75 * paper[y0:y1, x0:x1]).mean() > 0.04, line.text


def test_the_photo_is_stored_turned_and_says_so(tmp_path):
    sample = BY_NAME["university-arabic"]
    path = tmp_path / sample.files["photo"]
    make_file(sample, "photo", path)
    with Image.open(path) as photo:
        assert photo.getexif()[0x0112] == 6
        assert photo.width > photo.height


def test_a_fax_is_two_valued_at_200_dpi(tmp_path):
    path = tmp_path / "x.tif"
    make_file(BY_NAME["fault-deadline"], "fax", path)
    with Image.open(path) as fax:
        assert fax.mode == "1"
        assert tuple(map(round, fax.info["dpi"])) == (200, 200)


def test_unworn_pages_are_level_and_stand_where_documents_look_for_them(tmp_path):
    sample = BY_NAME["fault-deadline"]
    make_all(sample, tmp_path, "clean")
    truth = tmp_path / "truth" / f"{sample.name}.json"
    truth.parent.mkdir()
    truth.write_text(as_json(truth_of(sample)), encoding="utf-8")
    (document,) = documents(tmp_path)
    assert document.path("clean").read_bytes().startswith(b"%PDF")
    (geometry,) = load_geometry(sample.name, "clean", tmp_path)
    assert tuple(geometry.pixels(Box(72, 72, 144, 144))) == pytest.approx((300, 300, 600, 600))


# --- the clerk's folder and the command -----------------------------------------------------------


def test_the_inbox_is_small_and_mixed():
    files = inbox_files()
    assert len({file.name for file in files}) == len(files) == 20
    pages = sum(load_truth(file.document).pages for file in files if file.quality)
    assert pages <= 24
    assert {file.quality for file in files} == {*QUALITIES, None}
    assert {file.expected for file in files} == {"read", "protected", "failed", "duplicate"}


def test_the_transcript_says_what_the_letter_says():
    sample = BY_NAME["fault-year"]
    text = transcript(sample)
    letter = true_document(sample, ((1,),)).letters[0]
    for value in (letter.subject, letter.addressee, letter.signatory.name, letter.deadlines[0].phrase):
        assert value in text
    assert "ที่ สนช ๒๕๖๖/ว๔๑๘" in text


def test_held_out_letters_depend_on_the_seed_alone():
    assert heldout(5, seed=7) == heldout(5, seed=7)
    assert heldout(5, seed=7) == heldout(9, seed=7)[:5]
    assert heldout(5, seed=7) != heldout(5, seed=8)


def test_the_command_makes_a_held_out_set(tmp_path, capsys):
    assert make.main(["--count", "1", "--seed", "7", "--out", str(tmp_path), "--workers", "1"]) == 0
    (document,) = documents(tmp_path)
    assert all(document.path(quality).stat().st_size > 1000 for quality in QUALITIES)
    assert load_lines(document.name, tmp_path)
    capsys.readouterr()
    assert make.main(["--count", "1", "--seed", "7", "--out", str(tmp_path), "--workers", "1"]) == 0
    assert capsys.readouterr().out == "", "what is there is left alone"


def test_the_command_counts_the_extra_files_of_the_inbox_too(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(make, "INBOX", tmp_path / "inbox")
    monkeypatch.setattr(make, "SAMPLES", SAMPLES[:1])
    monkeypatch.setattr(make, "_do", lambda *_: None)
    monkeypatch.setattr(make.clerk, "make_extras", lambda *_: 4)
    assert make.main([]) == 0
    drawn = sum(sample.inbox is not None for sample in SAMPLES[:1])
    assert f"samples: inbox: {drawn + 4} files made" in capsys.readouterr().out


def test_the_command_explains_itself(capsys):
    shown = subprocess.run(
        [sys.executable, "samples/make.py", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert "--force" in shown
    assert "--only" in shown
    assert make.main(["--count", "3"]) == 2
    assert "--out" in capsys.readouterr().err
    assert make.main(["--only", "no-such"]) == 2
    assert "invite-circular" in capsys.readouterr().err


def test_a_missing_font_says_how_to_install_it():
    with pytest.raises(MissingToolError, match="fonts-thai-tlwg-ttf"):
        find_font("NoSuchFace")


def test_names_are_unique():
    assert len(BY_NAME) == len(SAMPLES)
    assert all(isinstance(s, Sample) and all(isinstance(x, Letter) for x in s.letters) for s in SAMPLES)
