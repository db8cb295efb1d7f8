"""At the largest text the windows still fit a screen of 1280 by 800."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication

from pmdesk.ui import theme

SMALL_SCREEN = QSize(1280, 760)  # less the frame and the panel of the desktop


def fits(window):
    least = window.minimumSizeHint().expandedTo(window.minimumSize())
    return least.boundedTo(SMALL_SCREEN) == least


def test_no_page_makes_the_window_larger_than_the_screen(desk, sign_in, settled):
    sign_in("admin")
    desk.main.text_scale_requested.emit(theme.LARGEST)
    settled()
    desk.main.resize(SMALL_SCREEN)
    for spec in desk.main.pages:
        desk.main.open_page(spec.key)
        settled()
        QApplication.processEvents()
        assert fits(desk.main), spec.key
        assert desk.main.size() == SMALL_SCREEN, spec.key


def test_a_larger_text_leaves_the_window_on_its_screen(desk, sign_in):
    sign_in()
    desk.main.resize(5_000, 4_000)

    desk.main.text_scale_requested.emit(theme.LARGEST)

    free = desk.main.screen().availableSize()
    assert desk.main.frameGeometry().size().boundedTo(free) == desk.main.frameGeometry().size()


def test_the_windows_before_the_office_fit_the_screen(desk, folder, settled, qapp):
    theme.apply(theme.loaded(theme.Scheme.LIGHT, theme.LARGEST), qapp)
    for begin in (lambda: desk.gate.start(None), lambda: desk.gate.start(folder)):
        begin()
        settled()
        assert fits(desk.gate.shell)


def test_the_sign_in_window_has_the_keys_for_larger_text_too(desk, folder, settled, qtbot):
    desk.gate.start(folder)
    settled()
    shell = desk.gate.shell
    with qtbot.waitActive(shell):
        shell.activateWindow()
    before = shell.page.password.sizeHint().height()
    for _step in range(5):
        qtbot.keyClick(shell.focusWidget(), Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert theme.applied().scale == 1.5
    assert shell.page.password.sizeHint().height() > before
    assert fits(shell)
    qtbot.keyClick(shell.focusWidget(), Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert theme.applied().scale == 1.0
