"""`pmdesk tour`: a picture of every page in its main states, taken from the real window."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QMessageLogContext,
    QObject,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication, QWidget

from pmdesk import i18n
from pmdesk.app import demo
from pmdesk.app.clock import SystemClock
from pmdesk.app.config import preferences
from pmdesk.app.scenes import SCENES
from pmdesk.app.setup import OfficeSetup
from pmdesk.app.stage import Scene, Stage, opened
from pmdesk.assets import asset
from pmdesk.errors import StorageError
from pmdesk.i18n import N_
from pmdesk.services.session import Session
from pmdesk.ui import theme
from pmdesk.ui.application import make_application
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Scheme

PEOPLE, SEED = 300, 7
SIZE, SCREEN = (1280, 860), (1440, 900)  # of the window at text size 100 %, and at most
TICK_MS = 10
QUIET_TICKS = 4  # so long nothing may happen before a picture is taken
STEP_TICKS = 2  # … and before the next step towards it
SOON_MS = 1_000  # a page that waits no longer than that for more to happen is not at rest


def writable(out: Path) -> Path:
    """The folder, made if need be; StorageError when nothing can be written there."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise _unwritable() from None
    if not os.access(out, os.W_OK):
        raise _unwritable()
    return out


def take(out: Path, *, theme: str, language: str, text: float = 1.0) -> list[Path]:
    """The paths of the pictures, made over a demo office that is gone afterwards."""
    writable(out)
    with tempfile.TemporaryDirectory() as folder:
        opened = demo.make(Path(folder) / "office", PEOPLE, SEED, SystemClock())
        try:
            return pictures(opened.session, out, scheme=theme, language=language, text=text)
        finally:
            opened.close()


def pictures(
    session: Session, out: Path, *, scheme: str, language: str, text: float = 1.0
) -> list[Path]:
    """The paths of the pictures of this office, one for each scene, at that text size."""
    writable(out)
    i18n.install(language, asset("locale"))
    before = qInstallMessageHandler(_heard)
    with tempfile.TemporaryDirectory() as kept:
        app = make_application(preferences(Path(kept)))
        theme.apply(theme.loaded(Scheme(scheme), text), app)
        stage = _stage(session, Path(kept))
        size = "" if text == 1.0 else f"-{text:.0%}".rstrip("%")
        ending = f"{scheme}-{language}{size}.png"
        camera = _Camera(app, stage, SCENES, lambda name: out / f"{name}-{ending}")
        camera.start()
        quits = app.quitOnLastWindowClosed()
        app.setQuitOnLastWindowClosed(False)  # a second quit would end the next loop at once
        app.exec()
        app.setQuitOnLastWindowClosed(quits)
        stage.tasks.finish()
        stage.window.deleteLater()
        # gone now: a window that waits for its end would be dressed anew for the next pictures
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qInstallMessageHandler(before)
    if len(camera.taken) < len(SCENES):
        raise _unwritable()
    return camera.taken


def _unwritable() -> StorageError:
    return StorageError(
        N_("The pictures cannot be written there."),
        N_("Check the free space and your permissions, or name another folder with --out."),
    )


def _heard(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """What Qt has to say, without the line it repeats for each window drawn into memory."""
    del context
    if "propagateSizeHints" not in message:
        print(f"{kind.name}: {message}", file=sys.stderr)


def _stage(session: Session, kept: Path) -> Stage:
    prompts = Prompts()
    tasks = Tasks(prompts.explain)
    options = preferences(kept)
    navigator, window = opened(session, tasks, prompts, options)
    sides = zip(SIZE, SCREEN, strict=True)
    window.resize(*(min(theme.length(side), most) for side, most in sides))
    clock = SystemClock()
    return Stage(
        session=session,
        tasks=tasks,
        prompts=prompts,
        options=options,
        navigator=navigator,
        window=window,
        setup=OfficeSetup(clock, kept / "data"),
    )


@dataclass(frozen=True, slots=True)
class _Shot:
    scene: Scene
    widget: QWidget


class _Camera(QObject):
    """Arranges scene after scene and takes each picture when nothing moves any more."""

    def __init__(
        self,
        app: QApplication,
        stage: Stage,
        scenes: Sequence[Scene],
        path: Callable[[str], Path],
    ) -> None:
        super().__init__()
        self.taken: list[Path] = []
        self._app = app
        self._stage = stage
        self._waiting: Iterator[Scene] = iter(scenes)
        self._path = path
        self._shot: _Shot | None = None
        self._steps: Iterator[None] = iter(())
        self._is_set = True  # the scene before the first is nothing
        self._quiet = 0
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begins as soon as the application runs."""
        self._timer.start()

    def _tick(self) -> None:
        self._quiet = self._quiet + 1 if self._is_quiet() else 0
        if self._quiet < (QUIET_TICKS if self._is_set else STEP_TICKS):
            return
        if self._is_set:
            self._finish()
            self._begin()
        elif next(self._steps, self) is self:  # no step is left
            self._is_set = True
        else:
            self._quiet = 0

    def _is_quiet(self) -> bool:
        """Whether no answer is awaited, and no page holds anything back for a moment."""
        if not self._stage.tasks.is_idle:
            return False
        timers = self._shot.widget.findChildren(QTimer) if self._shot else []
        return not any(
            timer.isActive() and timer.isSingleShot() and timer.interval() <= SOON_MS
            for timer in timers
        )

    def _finish(self) -> None:
        if self._shot is not None:
            path = self._path(self._shot.scene.name)
            if self._shot.widget.grab().save(str(path)):
                self.taken.append(path)

    def _begin(self) -> None:
        scene = next(self._waiting, None)
        if scene is None:
            self._timer.stop()
            self._app.quit()
            return
        widget = scene.widget(self._stage)
        widget.show()
        self._shot = _Shot(scene, widget)
        self._is_set, self._quiet = False, 0
        self._steps = scene.steps(self._stage, widget)
