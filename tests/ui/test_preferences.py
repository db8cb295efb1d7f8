"""What this computer remembers, and what it does with nonsense."""

import pytest
from PySide6.QtCore import QByteArray

from pmdesk.ui import preferences
from pmdesk.ui.preferences import (
    GEOMETRY,
    IDLE_MINUTES,
    LANGUAGE,
    LOGIN,
    OPTIONS,
    TEXT_SCALE,
    THEME,
    Option,
    Preferences,
)


@pytest.fixture
def remembered(tmp_path):
    return lambda: Preferences(tmp_path / "pmdesk.ini")


def test_a_value_is_remembered_by_the_next_start(remembered):
    first = remembered()
    first.put(TEXT_SCALE, 1.3)
    first.put(LANGUAGE, "en")
    first.put(LOGIN, "wang.fang")

    again = remembered()

    assert (again.value(TEXT_SCALE), again.value(LANGUAGE), again.value(LOGIN)) == (
        1.3,
        "en",
        "wang.fang",
    )


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.key)
def test_an_untouched_option_has_its_default(remembered, option):
    assert remembered().value(option) == option.default


@pytest.mark.parametrize(
    ("option", "text", "value"),
    [
        (LANGUAGE, "xx", "zh_CN"),
        (THEME, "pink", "system"),
        (TEXT_SCALE, "huge", 1.0),
        (TEXT_SCALE, "17", 2.0),
        (IDLE_MINUTES, "0", 2.0),
    ],
)
def test_nonsense_in_the_file_does_no_harm(tmp_path, remembered, option, text, value):
    group, name = option.key.split("/")
    (tmp_path / "pmdesk.ini").write_text(f"[{group}]\n{name}={text}\n")

    assert remembered().value(option) == value


def test_the_windows_place_survives_the_file(remembered):
    remembered().put_geometry(QByteArray(b"\x00\x01\xfe"))

    assert remembered().geometry() == QByteArray(b"\x00\x01\xfe")


def test_every_option_is_in_the_table():
    declared = {value.key for value in vars(preferences).values() if isinstance(value, Option)}

    assert {option.key for option in OPTIONS} == declared
    assert GEOMETRY in OPTIONS
