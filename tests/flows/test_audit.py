"""The contest audit as a Prefect flow."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.audit import flow_audit
from pipeline.audit.conditions import Conditions
from pipeline.settings import Settings


@pytest.mark.slow
def test_the_flow_writes_the_report_though_every_file_is_bad(tmp_path: Path) -> None:
    folder = tmp_path / "entries" / "ทต.ห้วยหินขาว"
    folder.mkdir(parents=True)
    (folder / "ทต.ห้วยหินขาว_form1.pdf").write_bytes(b"")
    (folder / "ทต.ห้วยหินขาว_form2.pdf").write_bytes(b"%PDF-1.7\nbroken")
    settings = Settings(home=tmp_path / "home", workers=1)
    conditions = Conditions(naming=("<agency>_form1.pdf",))
    paths = flow_audit(tmp_path / "entries", conditions, (None, (), None), tmp_path / "out", settings)
    assert "ไม่ผ่าน" in paths["summary"].read_text(encoding="utf-8")
    assert paths["html"].is_file()
