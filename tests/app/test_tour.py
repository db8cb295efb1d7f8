"""Pictures are taken when a page is at rest, and no sooner."""

from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel

from pmdesk.app import tour
from pmdesk.app.stage import Scene
from pmdesk.ui import theme

SLOW_MS = 300


class Late(QLabel):
    """A page that shows what was asked for a moment later, like a list that is being searched."""

    def __init__(self):
        super().__init__()
        self.setStyleSheet("background: black")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(lambda: self.setStyleSheet("background: white"))

    def ask(self):
        """Something will be there in a moment."""
        self._timer.start(SLOW_MS)


@pytest.fixture
def pictures(qapp, qtbot, tmp_path):
    """Takes the pictures of these scenes and tells their paths."""

    def _pictures(*scenes):
        stage: Any = SimpleNamespace(tasks=SimpleNamespace(is_idle=True))
        ended: list[int] = []
        app: Any = SimpleNamespace(quit=lambda: ended.append(1))
        camera = tour._Camera(app, stage, scenes, lambda name: tmp_path / f"{name}.png")
        camera.start()
        qtbot.waitUntil(lambda: bool(ended))
        return camera.taken

    return _pictures


def test_a_picture_waits_for_what_a_page_holds_back_for_a_moment(pictures, qtbot):
    late = Late()
    qtbot.addWidget(late)

    def play(_stage):
        late.ask()
        yield

    taken = pictures(Scene("late", play, lambda _stage: late))

    colour = QImage(str(taken[0])).pixelColor(5, 5)
    assert colour.name() == "#ffffff"


@pytest.mark.parametrize(
    ("text", "name"), [(1.0, "seen-dark-en.png"), (2.0, "seen-dark-en-200.png")]
)
def test_pictures_are_of_the_wanted_text_size_and_of_a_window_that_screens_have(
    dressed, office, tmp_path, monkeypatch, text, name
):
    sizes: list[float] = []

    def play(_stage):
        sizes.append(theme.applied().scale)
        yield

    monkeypatch.setattr(tour, "SCENES", (Scene("seen", play),))

    [made] = tour.pictures(
        office.session("admin"), tmp_path / "out", scheme="dark", language="en", text=text
    )

    picture = QImage(str(made))
    assert made.name == name
    assert sizes == [text]
    assert (picture.width(), picture.height()) <= tour.SCREEN
