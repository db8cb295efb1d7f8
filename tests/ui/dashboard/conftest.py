"""The charts page over made-up answers, and an office with a year of orders."""

from dataclasses import dataclass, field

import pytest

from pmdesk.domain.dashboard import CARDS, OF_THE_WHOLE, CardKey, CardState, Scope
from pmdesk.services import charts, demo, demo_orders
from pmdesk.services.dashboard import desk
from pmdesk.ui.pages.charts import ChartsPage
from tests.ui.dashboard import answers

ASKED_AGAIN = [key for key in CARDS if key not in OF_THE_WHOLE]


@pytest.fixture(scope="module")
def peopled(founded, tmp_path_factory):
    """An office with residents and a year of orders; only looked at."""
    made = founded.copied(tmp_path_factory.mktemp("charts") / "office")
    admin = made.session("admin")
    demo.fill(admin, 160, 11)
    demo_orders.fill(admin, 11)
    with admin.store.writing() as work:
        work.classifications.classify(work.rulesets.active(), today=admin.clock.today())
        work.commit()
    yield made
    made.close()


@pytest.fixture
def manager(peopled):
    return peopled.session("manager")


@pytest.fixture(scope="module")
def board(peopled):
    return charts.board(peopled.session("manager"))


@dataclass
class Said:
    """Answers made up by state; which were asked for, with which scope."""

    asked: list[tuple[CardKey, Scope]] = field(default_factory=list)
    states: dict[CardKey, CardState | Exception] = field(default_factory=dict)

    def card(self, _session, key, scope):
        self.asked.append((key, scope))
        told = self.states.get(key, CardState.SHOWN)
        if isinstance(told, Exception):
            raise told
        return answers.answer(key, told, scope)


@pytest.fixture
def said(monkeypatch, board):
    """The answers of the desk are made up."""
    made = Said()
    monkeypatch.setattr(desk, "card", made.card)
    monkeypatch.setattr(charts, "board", lambda _session: board)
    monkeypatch.setattr("pmdesk.ui.charts.view._picture", lambda *_: BLANK)
    return made


@pytest.fixture
def page(said, manager, tasks, prompts, shown):
    """The page over made-up answers; nothing is drawn."""
    return shown(ChartsPage(manager, tasks, prompts))


class _Blank:
    pixels, width, height, marks = bytes(400 * 100 * 4), 400, 100, ()


BLANK = _Blank()
