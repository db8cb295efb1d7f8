"""The application starts everywhere, in the user's language, and fails without telling data."""

import os
import sys

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtGui import QFont

from pmdesk.assets import asset
from pmdesk.i18n import install
from pmdesk.ui import application, theme
from pmdesk.ui.forms.wheel import WheelGuard
from pmdesk.ui.preferences import LANGUAGE, TEXT_SCALE, THEME, Preferences
from pmdesk.ui.theme import Scheme


@pytest.fixture
def preferences(tmp_path):
    return Preferences(tmp_path / "pmdesk.ini")


@pytest.fixture
def qt_words(qapp):
    """Takes back what the test does to Qt's own language."""
    locale = QLocale()
    yield
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(locale)


def test_without_a_display_qt_draws_into_memory(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")

    application.choose_platform()

    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_with_a_display_the_platform_is_left_alone(monkeypatch, name):
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setenv(name, ":9")

    application.choose_platform()

    assert "QT_QPA_PLATFORM" not in os.environ


def test_the_application_looks_and_speaks_as_preferred(qapp, qt_words, wear, preferences):
    preferences.put(LANGUAGE, "zh_CN")
    preferences.put(THEME, "dark")
    preferences.put(TEXT_SCALE, 1.5)

    app = application.make_application(preferences)

    assert app is qapp
    assert app.findChild(WheelGuard) is not None
    assert theme.applied().scheme is Scheme.DARK
    assert theme.applied().scale == 1.5
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"


def test_without_a_chinese_font_the_bundled_one_is_used(qapp):
    made = application.chosen_font(QFont(), ["DejaVu Sans"])

    assert made.families() == ["WenQuanYi Micro Hei"]


def test_chinese_families_come_in_the_wished_order(qapp):
    made = application.chosen_font(QFont(), ["Noto Sans CJK SC", "PingFang SC", "Arial"])

    assert made.families() == ["PingFang SC", "Noto Sans CJK SC"]


def test_english_words_stand_close_to_their_quotation_marks(qapp):
    present = ["Noto Sans CJK SC"]
    install("en", asset("locale"))
    english = application.chosen_font(QFont(), present)
    install("zh_CN", asset("locale"))
    chinese = application.chosen_font(QFont(), present)

    assert [tag.toString().data() for tag in english.featureTags()] == [b"pwid"]
    assert not chinese.featureTags()


def test_a_fault_is_logged_and_told_without_the_values_that_caused_it(monkeypatch, caplog):
    told: list[str] = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    application.report_faults(told.append)

    try:
        int("王小明 13800001234")
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)

    assert "ValueError" in told[0]
    assert "test_application.py" in told[0]
    assert "王小明" not in told[0] + caplog.text
    assert "13800001234" not in told[0] + caplog.text
    caplog.clear()


def test_ctrl_c_in_a_terminal_is_no_fault(monkeypatch, capsys):
    told: list[str] = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    application.report_faults(told.append)

    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)

    assert not told
