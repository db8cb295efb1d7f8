"""Colours keep their contrast, and the text size reaches every widget."""

import re

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from pmdesk.assets import asset
from pmdesk.ui import theme
from pmdesk.ui.theme import Scheme, Tone

READABLE = 4.5
ON_PAGE = [
    (ink, ground) for ink in ("text", "muted", "accent_text") for ground in ("window", "base")
]
ON_STATES = [(tone.value, f"{tone.value}_soft") for tone in Tone]
PAIRS = [
    *ON_PAGE,
    *ON_STATES,
    *((tone.value, "base") for tone in Tone),
    *(("text", f"{tone.value}_soft") for tone in Tone),
    ("text", "hover"),
    ("muted", "hover"),
    ("text", "accent_soft"),
    ("accent_text", "accent_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_panel", "panel_from"),
    ("on_panel", "panel_to"),
]


def _luminance(colour):
    def linear(part):
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one, other):
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_can_be_read_on_its_ground(scheme, ink, ground):
    shown = theme.loaded(scheme)

    assert _contrast(shown.colour(ink), shown.colour(ground)) >= READABLE


def test_both_schemes_have_the_same_tokens():
    light, dark = (theme.loaded(scheme).colours for scheme in Scheme)

    assert list(light) == list(dark)
    assert all(QColor(value).isValid() for value in (*light.values(), *dark.values()))


def test_the_style_sheet_is_short_and_names_no_colour():
    source = asset("themes/pmdesk.qss").read_text(encoding="utf-8")

    assert len(source.splitlines()) < 110
    assert not re.findall(r"#[0-9a-fA-F]{3,8}|\brgba?\(|font-size:\s*\d", source)


def test_every_role_of_the_palette_is_set():
    made = theme.palette(theme.loaded(Scheme.DARK))

    roles = set(QPalette.ColorRole) - {QPalette.ColorRole.NoRole, QPalette.ColorRole.NColorRoles}
    groups = (
        QPalette.ColorGroup.Active,
        QPalette.ColorGroup.Inactive,
        QPalette.ColorGroup.Disabled,
    )
    assert not [role for role in roles for group in groups if not made.isBrushSet(group, role)]


def test_a_text_size_beyond_what_layouts_carry_is_kept_in_bounds():
    assert theme.loaded(Scheme.LIGHT, 9).scale == theme.LARGEST
    assert theme.loaded(Scheme.LIGHT, 0).scale == theme.SMALLEST


def test_a_new_text_size_reaches_open_widgets_also_password_fields(qtbot, wear):
    wear(Scheme.LIGHT, 1.0)
    secret, title, box = QLineEdit("secret"), QLabel("title"), QComboBox()
    secret.setEchoMode(QLineEdit.EchoMode.Password)
    title.setProperty("look", "title")
    window = QWidget()
    column = QVBoxLayout(window)
    for part in (secret, title, box):
        column.addWidget(part)
    qtbot.addWidget(window)
    window.show()
    before = [part.fontInfo().pointSizeF() for part in (secret, title, box)]
    height = secret.sizeHint().height()

    wear(Scheme.LIGHT, 2.0)

    after = [part.fontInfo().pointSizeF() for part in (secret, title, box)]
    assert after == pytest.approx([2 * size for size in before], rel=0.05)
    assert secret.sizeHint().height() > 1.7 * height


def test_a_new_scheme_reaches_open_widgets(qtbot, wear):
    wear(Scheme.LIGHT, 1.0)
    label = QLabel("x")
    qtbot.addWidget(label)
    label.show()

    wear(Scheme.DARK, 1.0)

    assert label.palette().color(QPalette.ColorRole.WindowText) == theme.applied().colour("text")
    assert theme.applied().scheme is Scheme.DARK


def test_a_text_size_styles_deep_widgets_no_more_often_than_others(qapp, qtbot, wear):
    told = []

    class Told(QLabel):
        @override
        def changeEvent(self, event):
            if event.type() == QEvent.Type.StyleChange:
                told.append(self)
            super().changeEvent(event)

    wear(Scheme.LIGHT, 1.0)
    window = around = QWidget()
    for _depth in range(9):
        around = QWidget(around)
    Told("x", around)
    qtbot.addWidget(window)
    window.show()
    told.clear()

    theme.apply(theme.loaded(Scheme.LIGHT, 1.2), qapp)

    assert 0 < len(told) < 4


def test_charts_get_colours_that_differ():
    series = theme.loaded(Scheme.LIGHT).series

    assert len(set(series)) == len(series) >= 6
