"""Our model as a drop-in for others: OCRmyPDF's text layers with the page's own spaces, and every Thai digit."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from pipeline.ocr import MODEL, TESSDATA
from tests import drawn

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        importlib.util.find_spec("ocrmypdf") is None, reason="OCRmyPDF is not installed: make bench"
    ),
]
TEXTS = (
    "ที่ ลป ๐๐๑๗.๒/ว ๓๔๕๖",
    "เรียน นายอำเภอทุกอำเภอในจังหวัดลำปาง",
    "วันที่ ๒๗ พฤศจิกายน ๒๕๖๘ เวลา ๐๙.๔๕ น.",
    "โทร. ๐ ๕๔๒๖ ๑๗๘๙ ต่อ ๓๐๔",
)


@pytest.fixture(scope="module")
def tessdata(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The recipe's folder: Tesseract's own one, with our model beside the others."""
    said = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=True).stdout
    stock = Path(said.split('"')[1])
    folder = tmp_path_factory.mktemp("tessdata")
    for part in ("configs", "tessconfigs", "pdf.ttf", "osd.traineddata"):
        if (stock / part).is_dir():
            shutil.copytree(stock / part, folder / part)
        elif (stock / part).exists():
            shutil.copy(stock / part, folder)
    shutil.copy(TESSDATA / f"{MODEL}.traineddata", folder)
    return folder


@pytest.fixture(scope="module")
def searchable(tessdata: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("searchable")
    drawn.draw(TEXTS, dpi=300, points=15).image.save(folder / "page.png", dpi=(300, 300))
    command = [
        sys.executable,
        "-m",
        "ocrmypdf",
        "-l",
        MODEL,
        "--pdf-renderer",
        "sandwich",
        "--output-type",
        "pdf",
    ]
    command += ["--image-dpi", "300", str(folder / "page.png"), str(folder / "page.pdf")]
    surroundings = os.environ | {"TESSDATA_PREFIX": str(tessdata), "OMP_THREAD_LIMIT": "1"}
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "page.pdf"


def _text_page(path: Path) -> pypdfium2.PdfTextPage:
    return pypdfium2.PdfDocument(path)[0].get_textpage()


def test_the_text_layer_has_the_pages_own_words_and_spaces(searchable: Path) -> None:
    said = [line.strip() for line in _text_page(searchable).get_text_bounded().splitlines() if line.strip()]
    assert said == list(TEXTS)


@pytest.mark.parametrize("wanted", ["ลป ๐๐๑๗.๒/ว ๓๔๕๖", "๒๗ พฤศจิกายน ๒๕๖๘", "๐ ๕๔๒๖ ๑๗๘๙", "จังหวัดลำปาง"])
def test_numbers_dates_and_words_are_found_by_searching(searchable: Path, wanted: str) -> None:
    assert _text_page(searchable).search(wanted).get_next() is not None


def test_plain_tesseract_takes_the_model_too(tessdata: Path, tmp_path: Path) -> None:
    drawn.draw(TEXTS[:1], dpi=300, size=(8.27, 2.2), points=15).image.save(
        tmp_path / "line.png", dpi=(300, 300)
    )
    command = ["tesseract", str(tmp_path / "line.png"), "-", "-l", MODEL, "--psm", "6"]
    surroundings = os.environ | {"TESSDATA_PREFIX": str(tessdata), "OMP_THREAD_LIMIT": "1"}
    said = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True).stdout
    assert said.strip() == TEXTS[0]
