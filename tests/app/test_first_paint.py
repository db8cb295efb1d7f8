"""The sign-in window is on the screen before anything slow was imported."""

import json
import os
import subprocess
import sys

import pytest

SLOW = (
    "sqlalchemy", "sqlcipher3", "alembic", "numpy", "matplotlib", "reportlab", "pypinyin",
    "cryptography", "zxcvbn", "xlsxwriter", "python_calamine", "segno", "pysat",
)  # fmt: skip
PROGRAM = """
import json, sys
from PySide6.QtCore import QTimer
from pmdesk.app import gate, window

def seen(self):
    found = sorted({name.split(".")[0] for name in sys.modules})
    print(json.dumps([type(self.shell.page).__name__, found]))
    sys.stdout.flush()
    QTimer.singleShot(0, window.QApplication.quit)

gate.Gate._on_first_paint = seen
sys.exit(window.run())
"""


@pytest.mark.parametrize("page", ["SignInPage", "WizardPage"])
def test_nothing_slow_is_imported_before_the_first_picture(tmp_path, page):
    config = tmp_path / "config" / "pmdesk"
    config.mkdir(parents=True)
    if page == "SignInPage":
        (config / "pmdesk.ini").write_text("[vault]\noffice=/nowhere/office\n", "utf-8")
    homes = {"XDG_CONFIG_HOME": str(tmp_path / "config"), "XDG_DATA_HOME": str(tmp_path / "data")}
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=os.environ | homes,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    shown, modules = json.loads(ran.stdout)
    assert shown == page
    assert not set(SLOW) & set(modules)
