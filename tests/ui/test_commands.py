"""One keyboard map: no key means two things, and the help lists them all."""

from collections import Counter

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QWidget

from pmdesk.assets import asset
from pmdesk.i18n import _
from pmdesk.ui.commands import COMMANDS, FURTHER_KEYS, SPECS, Command, build_actions, keys_of
from pmdesk.ui.help import HelpOverlay


def test_no_two_commands_share_a_key():
    keys = Counter(QKeySequence(key).toString() for spec in COMMANDS for key in spec.keys)

    assert not [key for key, count in keys.items() if count > 1]
    assert "" not in keys


def test_no_key_is_a_bare_letter_for_it_would_fight_the_input_method():
    assert not [key for spec in COMMANDS for key in spec.keys if len(key) == 1]


@pytest.mark.parametrize("spec", COMMANDS, ids=lambda spec: spec.command.value)
def test_a_command_has_an_icon_and_a_chinese_name(spec, chinese):
    assert asset(f"icons/{spec.icon}.svg").is_file()
    assert _(spec.text) != spec.text


def test_every_command_is_described():
    assert set(SPECS) == set(Command)


def test_an_action_is_triggered_by_its_key_while_its_owner_is_seen(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    saved = []
    actions = build_actions(page, {Command.SAVE: lambda: saved.append(1)})
    with qtbot.waitActive(page):
        page.show()

    qtbot.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    assert saved == [1]
    assert actions[Command.SAVE].objectName() == "save"


def test_the_help_lists_every_key_and_closes_with_esc(qtbot):
    window = QWidget()
    window.resize(900, 600)
    qtbot.addWidget(window)
    overlay = HelpOverlay(window)
    window.show()
    overlay.show()
    words = {label.text() for label in overlay.findChildren(QLabel)}

    assert {keys_of(spec) for spec in COMMANDS} <= words
    assert {keys for keys, _text in FURTHER_KEYS} <= words
    window.resize(1000, 700)
    assert overlay.size() == window.size()
    with qtbot.waitSignal(overlay.destroyed):
        qtbot.keyClick(overlay, Qt.Key.Key_Escape)


def test_a_click_beside_the_help_closes_it_and_one_inside_does_not(qtbot):
    window = QWidget()
    window.resize(1200, 700)
    qtbot.addWidget(window)
    overlay = HelpOverlay(window)
    window.show()
    overlay.show()

    qtbot.mouseClick(overlay, Qt.MouseButton.LeftButton, pos=overlay.rect().center())
    assert overlay.isVisible()
    with qtbot.waitSignal(overlay.destroyed):
        qtbot.mouseClick(overlay, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
