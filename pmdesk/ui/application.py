"""The QApplication: platform, style, fonts, Qt's own words, and unexpected errors."""

import logging
import os
import sys
from collections.abc import Callable, Sequence
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from pmdesk.assets import asset
from pmdesk.errors import report
from pmdesk.i18n import language
from pmdesk.ui import ear, theme
from pmdesk.ui.forms.wheel import WheelGuard
from pmdesk.ui.preferences import LANGUAGE, TEXT_SCALE, THEME, Preferences
from pmdesk.ui.theme import Scheme, Theme

_log = logging.getLogger(__name__)

FAMILIES = (
    "Microsoft YaHei UI",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "WenQuanYi Micro Hei",
)
_BUNDLED = "fonts/wqy-microhei.ttc"
# Chinese families set quotation marks as wide as a character, which tears English words apart
_PROPORTIONAL = QFont.Tag("pwid")


def choose_platform() -> None:
    """Without a display Qt draws into memory: its own default would abort the process."""
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if sys.platform.startswith("linux") and not shown:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def make_application(preferences: Preferences, arguments: Sequence[str] = ()) -> QApplication:
    """The running application, looking and speaking as this user prefers."""
    choose_platform()
    present = QApplication.instance()
    app = present if isinstance(present, QApplication) else QApplication(["pmdesk", *arguments])
    app.setApplicationName("pmdesk")
    app.setApplicationDisplayName("pmdesk")
    app.setStyleSheet("")  # a style set below one makes Qt dress anew what is gone already
    app.setStyle("Fusion")
    app.setFont(chosen_font(app.font()))
    speak(app, preferences.value(LANGUAGE))
    theme.apply(chosen_theme(preferences), app)
    if app.findChild(WheelGuard) is None:
        ear.listen(WheelGuard(app))
    return app


def wear_scale(app: QApplication, preferences: Preferences, scale: float) -> None:
    """All text is that large from now on, within the limits, and at the next start too."""
    theme.apply(scaled_theme(preferences, scale), app)


def scaled_theme(preferences: Preferences, scale: float) -> Theme:
    """The theme with text that large, within the limits; it is worn at the next start too."""
    preferences.put(TEXT_SCALE, min(max(scale, theme.SMALLEST), theme.LARGEST))
    return chosen_theme(preferences)


def chosen_theme(preferences: Preferences) -> Theme:
    """The theme that the preferences ask for."""
    wanted = preferences.value(THEME)
    scheme = theme.system_scheme() if wanted == "system" else Scheme(wanted)
    return theme.loaded(scheme, preferences.value(TEXT_SCALE))


def chosen_font(font: QFont, present: Sequence[str] | None = None) -> QFont:
    """`font` with Chinese families first; the bundled one is loaded if the system has none."""
    found = [name for name in FAMILIES if name in (present or QFontDatabase.families())]
    if not found:
        number = QFontDatabase.addApplicationFont(str(asset(_BUNDLED)))
        found = QFontDatabase.applicationFontFamilies(number)[:1]
    made = QFont(font)
    made.setFamilies(found)
    if language() != "zh_CN":
        made.setFeature(_PROPORTIONAL, 1)
    return made


def speak(app: QApplication, language: str) -> None:
    """Qt's own buttons, dialogs, dates and numbers are in `language`."""
    QLocale.setDefault(QLocale(language))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{language}", folder):
        app.installTranslator(translator)


def report_faults(apologise: Callable[[str], None]) -> None:
    """An error that nobody expected is logged and told, without the values that caused it."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        text = report(kind, trace)
        _log.error("unexpected error\n%s", text)
        apologise(text)

    sys.excepthook = hook
