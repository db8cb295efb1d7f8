"""No way out of the office but those that are declared, and no list that misses the guard."""

import ast
from pathlib import Path

import pytest

import pmdesk
from pmdesk.domain.exports import EXPORTS, ExportKind, Holds
from pmdesk.services import export_files
from pmdesk.services.export_files import Listing
from tests.pdf import text_of

ROOT = Path(pmdesk.__file__).parent
LAYERS = ("app", "ui", "services", "rules", "analytics", "domain")
OUT = {
    *("write_whole", "write_bytes", "write_text", "savefig", "Workbook"),
    *("clipboard", "setMimeData", "QDrag", "openUrl"),
    *("QPrinter", "QPdfWriter", "QPrintPreviewDialog", "preview", "preview_letter"),
    *("print_recovery", "to_csv", "to_excel"),
}
MERELY = {
    "services.files": "the one way a file is written; whoever calls it is on the list",
    "ui.printing": "the one way to a printer; whoever calls it is on the list",
    "ui.exchange.choose": "reads the clipboard",
    "app.window": "empties the clipboard",
    "app.config": "what the computer remembers",
    "app.scenes_rules": "an invented table for the pictures of the manual",
    "ui.keys.damage_help": "opens the folder of the office",
    "ui.pages.backups": "its preview is of a backup, on the screen",
}
GUARDS = {
    ExportKind.CLASSIFICATION: ("services.export", {"passed", "allowed"}),
    ExportKind.HANDOVER: ("services.rights.handover_package", {"passed", "allowed"}),
    ExportKind.LOG: ("services.log_book", {"rooms_may_leave"}),
}
LISTING = Listing(
    number="E20260302-9",
    stamp="E20260302-9 · 李静 · 2026-03-02 09:00",
    footer="E20260302-9 · 共 90 行",
    head=("房号", "姓名", "手机", "身份", "等级", "标签", "同意", "理由"),
    rows=tuple(
        ("3-2-501", "王*明", "138****1234", "业主", "标准", "", "同意", "") for _ in range(90)
    ),
)


def calls(path):
    """What the module calls, by the last part of the name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "attr", getattr(node.func, "id", ""))


def outlets():
    for layer in LAYERS:
        for path in sorted((ROOT / layer).rglob("*.py")):
            if OUT & set(calls(path)):
                yield path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")


DECLARED = {module for one in EXPORTS for module in one.modules}


def test_every_module_that_lets_something_out_is_declared():
    assert sorted(set(outlets()) - DECLARED - set(MERELY)) == []


def test_every_declared_module_is_there():
    for module in DECLARED:
        assert (ROOT / f"{module.replace('.', '/')}.py").exists(), module


@pytest.mark.parametrize("kind", list(ExportKind))
def test_every_list_of_many_asks_the_guard(kind):
    module, asked = GUARDS[kind]
    declared = next(one for one in EXPORTS if one.kind is kind)
    assert declared.holds is Holds.MANY
    assert module in declared.modules
    assert asked <= set(calls(ROOT / f"{module.replace('.', '/')}.py"))


def test_operator_and_time_stand_across_every_page():
    pages = text_of(export_files.as_pdf(LISTING))
    assert len(pages) > 2
    assert all(page.count(LISTING.stamp) == 3 for page in pages)
    plain = text_of(export_files.as_pdf(LISTING))[0].replace(LISTING.stamp, "")
    assert "李静" not in plain.split("3-2-501")[1]
