"""A signed-in session on a real encrypted office, tasks that answer, and prompts that remember."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pmdesk.assets import asset
from pmdesk.i18n import install, told
from pmdesk.ui import theme
from pmdesk.ui.application import chosen_font
from pmdesk.ui.tasks import Tasks
from pmdesk.ui.theme import Scheme
from tests.offices import founded_office, resident


@dataclass
class FakePrompts:
    """Answers every question as the test said beforehand, and remembers what was asked."""

    confirms: bool = True
    text: str | None = None
    path: Path | None = None
    asked: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def confirm(self, sentence, *, yes, detail=""):
        self.asked.append(sentence)
        return self.confirms

    def ask(self, sentence, answers, *, detail=""):
        self.asked.append(sentence)
        return 0 if self.confirms else None

    def ask_text(self, sentence, *, text=""):
        self.asked.append(sentence)
        return self.text

    def tell(self, sentence, *, detail=""):
        self.told.append(sentence)

    def explain(self, error):
        self.told.append(told(error))

    def open_file(self, title, kinds, *, folder=None):
        self.asked.append(title)
        return self.path

    def save_file(self, title, suggested, kinds):
        self.asked.append(title)
        return self.path


@pytest.fixture(scope="session")
def founded(tmp_path_factory):
    return founded_office(tmp_path_factory.mktemp("founded") / "office")


@pytest.fixture
def office(founded, tmp_path, clock):
    """The test's own copy, with sessions of every account."""
    made = founded.copied(tmp_path / "office", clock)
    yield made
    made.close()


@pytest.fixture
def office_session(office):
    """The clerk is signed in."""
    return office.session("clerk")


@pytest.fixture
def enter(office_session):
    """Registers a resident and tells the id."""

    def _enter(name="曾国强", mobile="13800000042", room="3-1-502"):
        return resident(office_session, name, mobile, room)

    return _enter


@pytest.fixture
def prompts():
    return FakePrompts()


@pytest.fixture
def chinese():
    """The program speaks Chinese, as it does by default."""
    install("zh_CN", asset("locale"))


@pytest.fixture
def look(qapp, chinese):
    """The program's own look, in light colours."""
    qapp.setStyleSheet("")  # else Qt dresses all that ever wore it anew, also what is gone
    qapp.setStyle("Fusion")
    theme.apply(theme.loaded(Scheme.LIGHT), qapp)


@pytest.fixture
def tasks(qapp, prompts, qtbot):
    made = Tasks(prompts.explain)
    yield made
    made.finish()


@pytest.fixture
def settled(qapp, tasks, qtbot):
    """Waits until every answer has arrived and what it changed is on the screen."""

    def _settled():
        qtbot.waitUntil(lambda: tasks.is_idle)
        qapp.processEvents()

    return _settled


@pytest.fixture
def shown(qtbot, look, tasks, settled):
    """Shows a page in a window of its own, which hears of changes, and waits for its answers."""

    def _shown(page, width=1100, height=800):
        qtbot.addWidget(page)
        page.resize(width, height)
        page.show()
        with qtbot.waitActive(page, timeout=2000):
            page.activateWindow()
        if hasattr(page, "reload"):
            tasks.changed.connect(page.reload)
        settled()
        return page

    return _shown


@pytest.fixture
def wear(qapp, chinese):
    """Dresses the program in a scheme and text size, and afterwards as it was."""
    font = qapp.font()

    def _wear(scheme=Scheme.LIGHT, scale=1.0):
        qapp.setStyleSheet("")
        qapp.setStyle("Fusion")
        qapp.setFont(chosen_font(qapp.font()))
        theme.apply(theme.loaded(scheme, scale), qapp)

    yield _wear
    _wear()
    qapp.setFont(font)
