"""What PDF/A-2b (ISO 19005-2) asks of a file, looked up in ours one by one; and what PDFBox's validator says.

No validator for PDF/A-2 could be had. PDFBox's for PDF/A-1b asks for the same and more: what it finds may be only
that which the second part of the standard allows. It is Debian's libpdfbox2-java, with Java and what _NEEDED names.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pipeline.export.pdfa import save_pdfa
from tests.test_pdfa import TEXT, page_with, scan

_JARS = Path(os.environ.get("SARABAN_TEST_JARS", "/usr/share/java"))
_NEEDED = ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "javax.activation", "jaxb-api")
_ALLOWED_SINCE_PART_2 = {
    "2.2.1",  # a page may be a group with transparency, if it names its colour space
    "3.1.11",  # a subset of a font needs no list of its glyphs (CIDSet)
    "7.3",  # what the XMP says need not stand in the document's Info as well: ours is empty
}
_FORBIDDEN = {"/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/URI", "/GoToR"}


@pytest.fixture(params=["1", "L", "RGB", "turned"])
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Our file of a page in black, in grey, in colour, and of one that lay on its side."""
    out, turned = tmp_path / "out.pdf", request.param == "turned"
    page = page_with(TEXT, 90 if turned else 0)
    save_pdfa(scan(tmp_path, "L" if turned else request.param), (page,), out, "หนังสือ <1> & ที่")
    return out


def objects(document: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary and stream of a file, wherever it stands."""

    def inside(one: Any) -> Iterator[Any]:
        if isinstance(one, pikepdf.Array):
            for each in one:
                if not getattr(each, "is_indirect", False):
                    yield from inside(each)
        elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            yield one
            for _, each in one.items():
                if not getattr(each, "is_indirect", False):
                    yield from inside(each)

    for one in document.objects:
        yield from inside(one)


def test_head_and_trailer(made: Path) -> None:
    data = made.read_bytes()
    assert re.match(rb"%PDF-1\.[4-7]\n%[\x80-\xff]{4}", data)  # 6.1.2
    assert data.rstrip().endswith(b"%%EOF")  # 6.1.3
    with pikepdf.open(made) as document:
        assert "/ID" in document.trailer  # 6.1.3
        assert "/Encrypt" not in document.trailer
        assert document.check_pdf_syntax() == []


def test_it_names_itself_in_metadata_that_anybody_can_read(made: Path) -> None:
    with pikepdf.open(made) as document:
        assert not dict(
            document.docinfo
        )  # nothing that could differ from the XMP; asked first, as pikepdf fills it
        stream = document.Root.Metadata  # 6.6.2.1
        assert "/Filter" not in stream
        assert (stream.Type, stream.Subtype) == ("/Metadata", "/XML")
        with document.open_metadata() as notes:
            assert (notes["pdfaid:part"], notes["pdfaid:conformance"]) == ("2", "B")  # 6.6.4
            assert notes["dc:title"] == "หนังสือ <1> & ที่"


def test_colours_are_those_of_the_output_intent(made: Path) -> None:
    with pikepdf.open(made) as document:
        (intent,) = document.Root.OutputIntents  # 6.2.3
        assert intent.S == "/GTS_PDFA1"
        profile = intent.DestOutputProfile
        assert profile.N == 3
        assert profile.read_bytes()[16:20] == b"RGB "
        assert profile.read_bytes()[36:40] == b"acsp"
        spaces = {str(one.ColorSpace) for one in objects(document) if one.get("/Subtype") == "/Image"}
        assert spaces <= {"/DeviceGray", "/DeviceRGB"}  # which an RGB profile explains: 6.2.4.3
        groups = [one.CS for one in objects(document) if one.get("/S") == "/Transparency"]
        assert all(space == "/DeviceRGB" for space in groups)  # 6.2.10


def test_fonts_are_whole_and_their_letters_have_meanings(made: Path) -> None:
    with pikepdf.open(made) as document:
        fonts = [one for one in objects(document) if one.get("/Type") == "/Font"]
        assert fonts
        for font in fonts:
            below = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            assert "/FontFile2" in below.FontDescriptor  # 6.2.11.4
            if font is below or "/DescendantFonts" not in font:
                assert "/CIDToGIDMap" in font  # 6.2.11.3.2
                assert re.fullmatch(r"/[A-Z]{6}\+.+", str(font.BaseFont))
            else:
                assert font.Encoding == "/Identity-H"
                assert "/ToUnicode" in font


def test_nothing_runs_leads_away_or_lies_outside(made: Path) -> None:
    with pikepdf.open(made) as document:
        for one in objects(document):
            assert str(one.get("/S", "")) not in _FORBIDDEN  # 6.5.1
            assert not {"/JS", "/AA", "/XFA", "/EF", "/OPI", "/Alternates", "/TR"} & set(one.keys())
            filters = one.get("/Filter", [])
            assert "/LZWDecode" not in (filters if isinstance(filters, pikepdf.Array) else [filters])
            if isinstance(one, pikepdf.Stream):
                assert not {"/F", "/FFilter", "/FDecodeParms"} & set(one.keys())  # 6.1.7: no data elsewhere
                if one.get("/Subtype") == "/Image":
                    assert one.get("/Interpolate", False) is False  # 6.2.8
        assert not {"/Names", "/AcroForm", "/OCProperties"} & set(document.Root.keys())


@pytest.mark.slow
def test_a_validator_finds_only_what_the_second_part_allows(made: Path) -> None:
    jars = [_JARS / f"{name}.jar" for name in _NEEDED]
    if shutil.which("java") is None or not all(jar.exists() for jar in jars):
        pytest.skip("PDFBox is not here: apt-get install libpdfbox2-java libactivation-java libjaxb-api-java")
    command = [
        "java",
        "-cp",
        ":".join(map(str, jars)),
        "org.apache.pdfbox.preflight.Validator_A1b",
        str(made),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    said = done.stdout + done.stderr
    assert "PDF/A-1b" in said, said
    found = set(re.findall(r"^([\d.]+) : ", said, re.MULTILINE))
    assert found <= _ALLOWED_SINCE_PART_2, said
