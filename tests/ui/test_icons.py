"""Icons exist, and take their colour from the palette."""

import ast
import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon

from pmdesk.assets import asset
from pmdesk.ui import theme
from pmdesk.ui.icons import Ink, icon, nav_icon, painted
from pmdesk.ui.theme import Scheme, Tone
from tests.checkout import modules, tree

MAKERS = {"icon", "nav_icon", "painted", "Picture"}
KEYWORDS = {"icon", "picture"}
FILES = sorted(asset("icons").glob("*.svg"))


def _named_in_code():
    for path in modules("pmdesk"):
        for call in (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)):
            named = [word.value for word in call.keywords if word.arg in KEYWORDS]
            if isinstance(call.func, ast.Name) and call.func.id in MAKERS:
                named += call.args[:1]
            for value in named:
                if isinstance(value, ast.Constant) and value.value:
                    yield value.value


def test_every_icon_named_in_the_code_exists():
    named = set(_named_in_code())

    assert "lock" in named
    assert not named - {path.stem for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_icon_has_one_colour_that_can_be_replaced(path):
    source = path.read_text(encoding="utf-8")

    assert "currentColor" in source
    assert "#" not in source


def test_the_licence_of_the_icons_lies_beside_them():
    assert "ISC License" in asset("icons/LICENSE-lucide.txt").read_text(encoding="utf-8")


def _ink(picture):
    image = picture.toImage()
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return max(pixels, key=lambda colour: colour.alpha()).name()


@pytest.mark.parametrize("scheme", Scheme)
def test_an_icon_follows_scheme_state_and_mode(wear, scheme):
    wear(scheme, 1.0)
    shown = theme.applied()
    side = QSize(48, 48)

    assert _ink(icon("circle", Ink.TEXT).pixmap(side)) == shown.colour("text").name()
    assert _ink(icon("circle", Tone.GOOD).pixmap(side)) == shown.colour("good").name()
    disabled = icon("circle").pixmap(side, QIcon.Mode.Disabled)
    assert _ink(disabled) == shown.colour("disabled").name()
    chosen = nav_icon("circle").pixmap(side, QIcon.Mode.Normal, QIcon.State.On)
    assert _ink(chosen) == shown.colour("accent_text").name()


def test_a_picture_for_other_painters_is_sharp_on_dense_screens(qapp):
    picture = painted("lock", 16, theme.applied().colour("text"), ratio=2.0)

    assert picture.size() == QSize(32, 32)
    assert picture.deviceIndependentSize().toSize() == QSize(16, 16)


def test_a_program_with_icons_ends_without_a_crash():
    """An icon whose engine Python had freed crashed the interpreter at exit."""
    code = (
        "from PySide6.QtWidgets import QApplication, QPushButton\n"
        "from pmdesk.ui.icons import icon\n"
        "app = QApplication([])\n"
        "button = QPushButton(icon('lock'), '')\n"
        "button.other = button; button.show(); button.grab()\n"
        "del button\n"
    )

    ended = subprocess.run(
        [sys.executable, "-c", code],
        check=False,
        capture_output=True,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )

    assert ended.returncode == 0
