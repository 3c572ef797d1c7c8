"""The arrows: schemas ← parsers ← pipeline ← flows, and each tool behind its one adapter."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = ("schemas", "parsers", "pipeline", "flows")
FILES = [path for layer in LAYERS for path in sorted((ROOT / layer).rglob("*.py"))]
ADAPTERS = {
    "pdfplumber": {"pipeline/pdf.py"},
    "pypdfium2": {"pipeline/pdf.py"},
    "pdfminer": {"pipeline/pdf.py"},
    "pytesseract": {"pipeline/ocr.py"},
    "onnxruntime": {"pipeline/reader.py"},
}
SQL = ("sqlalchemy", "alembic", "sqlite3", "psycopg")
FACES = ("pipeline.cli", "pipeline.web")


def imports(path: Path, *, at_import: bool = False) -> Iterator[str]:
    """Names of the modules that a file imports; `at_import`: only those imported when it is."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in _at_import(tree.body) if at_import else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = ("." * node.level) + (node.module or "")
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def _at_import(body: list[ast.stmt]) -> Iterator[ast.AST]:
    for node in body:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            yield from _at_import(node.orelse)
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
            for inner in ("body", "orelse", "finalbody"):
                yield from _at_import(getattr(node, inner, []))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_layer_imports_only_those_before_it(path: Path) -> None:
    layer = LAYERS.index(path.relative_to(ROOT).parts[0])
    # Commands call flows, but only when they are called: see the next test.
    above = set(LAYERS[layer + 1 :]) - ({"flows"} if name(path).startswith("pipeline/cli") else set())
    wrong = [module for module in imports(path) if module.partition(".")[0] in above]
    assert not wrong, f"{name(path)} must not import {wrong}"
    early = [
        module for module in imports(path, at_import=True) if module.partition(".")[0] in LAYERS[layer + 1 :]
    ]
    assert not early, f"{name(path)} must not import {early} before it is called"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_imports_are_absolute_and_tools_stay_behind_their_adapters(path: Path) -> None:
    for module in imports(path):
        package = module.partition(".")[0]
        assert not module.startswith("."), f"{name(path)}: write {module} in full"
        assert name(path) in ADAPTERS.get(package, {name(path)}), (
            f"{package} belongs into {ADAPTERS[package]}"
        )
        if package in SQL:
            assert name(path).startswith("pipeline/store/"), (
                f"SQL belongs into pipeline/store, not {name(path)}"
            )
        if package == "prefect":
            assert name(path).startswith("flows/"), f"Prefect belongs into flows, not {name(path)}"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_nobody_imports_the_faces(path: Path) -> None:
    for module in imports(path):
        inside = name(path).replace("/", ".").startswith(FACES)
        assert inside or not module.startswith(FACES), f"{name(path)} must not import {module}"


def test_parsers_are_pure() -> None:
    impure = {"os", "subprocess", "socket", "requests", "urllib", "random", "time", "logging"}
    for path in FILES:
        if name(path).startswith(("parsers/", "schemas/")):
            assert not impure & {module.partition(".")[0] for module in imports(path)}, name(path)


@pytest.mark.parametrize(
    ("module", "too_heavy"),
    [
        ("pipeline.cli", ("prefect", "cv2", "sqlalchemy", "pdfplumber", "fastapi")),
        ("pipeline.rules", ("prefect", "cv2", "sqlalchemy")),
        ("pipeline.store", ("prefect", "cv2")),
    ],
)
def test_importing_brings_nothing_heavy(module: str, too_heavy: tuple[str, ...]) -> None:
    ask = f"import sys, {module}; print([name for name in {too_heavy!r} if name in sys.modules])"
    said = subprocess.run(
        [sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert said.stdout.strip() == "[]"
