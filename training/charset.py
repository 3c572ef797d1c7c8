"""The characters our model can write, as an empty Tesseract model that carries them."""

from __future__ import annotations

import tempfile
from pathlib import Path

from training import tools

NAME = "tha_saraban"
CHARACTERS = (
    "".join(map(chr, range(0x21, 0x7F)))
    + "“”‘’–—•…✓°×"
    + "".join(map(chr, range(0x0E01, 0x0E3B)))
    + "".join(map(chr, range(0x0E3F, 0x0E5C)))
)
_BASIC_STROKES = "一\t1.1\n"  # combine_lang_model wants a table of Han strokes; we have no Han


def build(work: Path) -> Path:
    """Make the empty model; its file. Thai is called Latin in it, or the page's spaces would be lost."""
    folder = work / "charset"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "radical-stroke.txt").write_text(_BASIC_STROKES, encoding="utf-8")
    boxes = folder / "chars.box"
    boxes.write_text("".join(f"{sign} 0 0 30 40 0\n" for sign in CHARACTERS), encoding="utf-8")
    unicharset = folder / "unicharset"
    tools.run("unicharset_extractor", "--output_unicharset", str(unicharset), "--norm_mode", "3", str(boxes))
    unicharset.write_text(call_thai_latin(unicharset.read_text(encoding="utf-8")), encoding="utf-8")
    arguments = (
        "--input_unicharset",
        str(unicharset),
        "--script_dir",
        str(folder),
        "--output_dir",
        str(folder),
    )
    tools.run("combine_lang_model", *arguments, "--lang", NAME, "--pass_through_recoder")
    return folder / NAME / f"{NAME}.traineddata"


def call_thai_latin(unicharset: str) -> str:
    """The same character set with the script name Thai replaced.

    Tesseract treats scripts it knows to be written without spaces, Thai among them, as if every character
    were a word, and loses the spaces that are on the page.
    """
    lines = unicharset.splitlines()
    changed = [" ".join("Latin" if part == "Thai" else part for part in line.split(" ")) for line in lines]
    return "\n".join(changed) + "\n"


def rename_scripts(model: Path) -> None:
    """Do the same inside a finished model."""
    with tempfile.TemporaryDirectory(prefix="saraban-") as folder:
        part = Path(folder) / "x.lstm-unicharset"
        tools.extract(model, "lstm-unicharset", part)
        part.write_text(call_thai_latin(part.read_text(encoding="utf-8")), encoding="utf-8")
        tools.run("combine_tessdata", "-o", str(model), str(part))
        model.with_name(f"{model.name}.__tmp__").unlink(missing_ok=True)  # combine_tessdata leaves it there
