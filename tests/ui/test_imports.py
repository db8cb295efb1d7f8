"""The sign-in window appears at once: what is heavy waits until somebody is signed in."""

import subprocess
import sys

import pytest

HEAVY = (
    "numpy", "matplotlib", "sqlalchemy", "sqlcipher3", "alembic", "reportlab", "pypinyin",
    "xlsxwriter", "python_calamine", "babel",
)  # fmt: skip
LIGHT = (
    "pmdesk.ui.pages.signin",
    "pmdesk.ui.main_window",
    "pmdesk.ui.application",
    "pmdesk.ui.forms.form",
    "pmdesk.ui.tables.view",
    "pmdesk.ui.tasks",
    "pmdesk.ui.prompts",
)


@pytest.mark.parametrize("module", LIGHT)
def test_the_frame_imports_nothing_heavy(module):
    code = f"import sys, {module}; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    )  # our own interpreter

    assert not set(HEAVY) & set(loaded.stdout.split())
