"""Whether the window ever stands still, and how soon things are there, in a large office.

    python benchmarks/beat.py [--people 100000] [--orders 1000000] [--office FOLDER]

The real window is walked as a manager, then all pages once more as an administrator, while a
timer beats every 5 ms. Of each step it is told how long it took until nothing was awaited any
more, how long the processors worked for it, and the longest time between two beats that was our
own doing: not longer than this process computed, and without the time in which the thread of the
window waited for a processor (as far as Linux tells). Budget: 100 ms between two beats, and 500 ms
for each chart, by the clock or, where other programs take the processors, by work. An office in
FOLDER is used, or made there and kept. With `--show` the window is shown on the screen, otherwise
in memory.
"""

import argparse
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from unittest.mock import patch

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QScrollBar

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.large_office import made
from benchmarks.openings import over_dialogs, over_pages
from pmdesk import i18n
from pmdesk.app import config, demo, entrance
from pmdesk.app.clock import SystemClock
from pmdesk.app.config import TrustedRoots
from pmdesk.app.entered import Entered
from pmdesk.app.room import Room
from pmdesk.app.threads import keep_to_one, let_the_window_go_first
from pmdesk.app.window import Desk
from pmdesk.assets import asset
from pmdesk.domain.dashboard import CARDS, CardKey, Period
from pmdesk.domain.dashboard_views import USUAL, Choice
from pmdesk.domain.orders.kinds import Service
from pmdesk.domain.orders.order import Move
from pmdesk.domain.people import PersonId
from pmdesk.services.monthly import report
from pmdesk.services.records import record_kinds
from pmdesk.ui.application import make_application
from pmdesk.ui.pages.charts import ChartsPage
from pmdesk.ui.pages.orders import OrdersPage
from pmdesk.ui.pages.residents import ResidentsPage
from pmdesk.ui.pages.staffing import StaffingPage
from pmdesk.ui.pages.watch import WatchPage
from pmdesk.ui.prompts import Prompts
from pmdesk.ui.staffing.roster_panel import RosterPanel
from pmdesk.ui.tidying import Tidier

TICK, QUIET = 5, 6  # ms; beats without anything awaited after which a step is over
STILL, CHART = 100.0, 500.0  # ms
HURRY = 80  # ms between two clicks of somebody in a hurry
SOON = 1_000  # ms: a timer that waits longer is nothing that a step waits for
LONGEST = 300_000
_WAITED = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")

Step = tuple[str, Callable[[], object]]
Part = Callable[[Room], Iterator[Step]]


@dataclass(frozen=True, slots=True)
class _Now:
    """The clocks at one beat, in seconds."""

    at: float
    worked: float  # by all threads
    waited: float  # by the window's thread, for a processor

    @classmethod
    def read(cls) -> "_Now":
        waited = int(_WAITED.read_text().split()[1]) / 1e9 if _WAITED.exists() else 0.0
        return cls(time.perf_counter(), time.process_time(), waited)

    def own(self, before: "_Now") -> float:
        """How much of the time since then was our own doing."""
        return max(
            0.0,
            min(self.at - before.at - (self.waited - before.waited), self.worked - before.worked),
        )


@dataclass(slots=True)
class Beat:
    """Walks steps and prints what each took; `fits` while all stayed in the budget."""

    is_busy: Callable[[], bool]
    fits: bool = True
    _timer: QTimer = field(default_factory=QTimer)
    _loop: QEventLoop = field(default_factory=QEventLoop)
    _last: _Now = field(default_factory=_Now.read)
    _ready: _Now = field(default_factory=_Now.read)
    _worst: float = 0.0
    _quiet: int = 0

    def __post_init__(self) -> None:
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self._beat)

    def walk(self, name: str, act: Callable[[], object], limit: float = 0.0) -> None:
        """Acts, and waits until nothing is awaited any more."""
        start = self._last = self._ready = _Now.read()
        self._worst, self._quiet = 0.0, 0
        QTimer.singleShot(0, act)
        QTimer.singleShot(LONGEST, self._loop.quit)
        self._timer.start()
        self._loop.exec()
        self._timer.stop()
        took = 1000 * (self._ready.at - start.at)
        work = 1000 * (self._ready.worked - start.worked)
        over = self._worst > STILL or (limit and min(took, work) > limit)
        self.fits &= not over
        print(
            f"{name:<36} there in {took:6.0f} ms  computing {work:6.0f} ms  "
            f"longest beat {self._worst:5.0f} ms{'  <<<' if over else ''}",
            flush=True,
        )

    def _beat(self) -> None:
        now = _Now.read()
        self._worst = max(self._worst, 1000 * now.own(self._last))
        self._last = now
        if self.is_busy():
            self._ready, self._quiet = now, 0
        else:
            self._quiet += 1
            if self._quiet >= QUIET:
                self._loop.quit()


def _is_busy(room: Room | None) -> bool:
    """Whether an answer is awaited, or something begins in a moment."""
    if room is None or not room.tasks.is_idle:
        return True
    return any(
        one.isActive() and one.isSingleShot() and one.interval() <= SOON
        for one in room.main.findChildren(QTimer)
    )


# ---- where the walk leads --------------------------------------------------------------------


def at_home(room: Room) -> Iterator[Step]:
    """The landing page."""
    yield "home", partial(room.main.open_page, "home")
    yield "home, read again", room.main.page_of("home").reload  # type: ignore[attr-defined]  # a page


def over_charts(room: Room) -> Iterator[Step]:
    """Each card by itself, filters, tables, ways into the lists."""
    yield "charts", partial(room.main.open_page, "charts")
    page = room.main.page_of("charts")
    if not isinstance(page, ChartsPage):
        return
    some = str(page.filters.building.itemData(1))
    for name, choice in (
        ("quarter", USUAL),
        ("year", Choice(period=Period.YEAR)),
        ("one building", Choice(period=Period.QUARTER, buildings=(some,))),
        ("one service", Choice(period=Period.QUARTER, services=(Service.REPAIR,))),
    ):
        yield f"charts, {name}", partial(page.show_choice, choice)
        for key in CARDS:
            yield f"charts, {name}: {key.value}", partial(_one_card, page, key)
    for card in page.cards.values():
        yield f"charts, table: {card.key.value}", partial(card.toggle.setChecked, True)
    for card in page.cards.values():
        card.toggle.setChecked(False)
    for key in (CardKey.WHEN, CardKey.LOAD):
        shown = page.cards[key].shown
        for target in shown.targets if shown else ():
            lead = page.cards[key].target_requested.emit
            yield f"charts, to {target.page} from {key.value}", partial(lead, key, target)


def _one_card(page: ChartsPage, key: CardKey) -> None:
    page.area.ensureWidgetVisible(page.cards[key])
    page.cards[key].retry_requested.emit(key)


def over_orders(room: Room) -> Iterator[Step]:
    """Board, week and list of all; one order from the first letter of a name to its step."""
    yield "orders", partial(room.main.open_page, "orders")
    page = room.main.page_of("orders")
    if not isinstance(page, OrdersPage):
        return
    for view in ("week", "list"):
        yield f"orders, {view}", partial(page.show_view, view)
    for order in ("newest", "due", "queue"):
        yield f"orders, all by {order}", partial(page.filters.put, order=order, states=frozenset())
    bar = page.list.view.verticalScrollBar()
    for part in (0.1, 0.5, 1.0):
        yield f"orders, list at {part:.0%}", partial(_scrolled, bar, part)
    yield "orders, read again", page.reload
    yield "orders, one service", partial(page.filters.put, services=frozenset({Service.REPAIR}))
    yield "orders, end of a number", partial(page.filters.put, text="5123", services=frozenset())
    number = f"W{room.entered.session.clock.today():%Y%m%d}-501"
    yield "orders, number in the search", partial(room.navigator.search, number)
    yield "orders, every filter off", page.filters.reset
    yield "orders, board", partial(page.show_view, "board")
    yield from _registering(page)


def _registering(page: OrdersPage) -> Iterator[Step]:
    intake = page.intake
    yield "orders, Ctrl+N", page.start_order
    for typed in ("w", "wa", "wan", "wang"):
        yield f"orders, finder {typed}", partial(_typed, page, typed)
    yield "orders, Enter", intake.finder.hits.taken.emit
    yield "orders, words", partial(intake.words.setText, "厨房水管漏水")
    yield "orders, registered", intake.save
    lines = [line for column in page.board.columns for line in column.cards.table.rows]
    yield "orders, one opened", partial(page.show_order, lines[0].id)
    yield "orders, step prepared", partial(page.start_task, lines[0], Move.ASSIGN)
    yield "orders, closed again", page.close_order


def _scrolled(bar: QScrollBar, part: float) -> None:
    bar.setValue(int(bar.maximum() * part))


def _typed(page: OrdersPage, text: str) -> None:
    page.intake.finder.box.setText(text)
    page.intake.finder.box.searched.emit(text)


def over_plans(room: Room) -> Iterator[Step]:
    """Plans, forecast, shifts with the slider, rounds, and what asks for attention."""
    yield "plans", partial(room.main.open_page, "plans")
    yield "forecast", partial(room.main.open_page, "staffing")
    page = room.main.page_of("staffing")
    if isinstance(page, StaffingPage):
        yield "shifts", partial(page.open_tab, 1)
        panel = page.panel
        if isinstance(panel, RosterPanel):
            for place in (panel.slider.minimum(), panel.slider.maximum()):
                yield f"shifts, slider at {place}", partial(panel.slider.setValue, place)
            yield "shifts, filled", panel.fill.click
            yield "shifts, next week", panel.bar.on.click
        yield "rounds", partial(page.open_tab, 2)
    yield "watch, places", partial(room.main.open_page, "watch")
    watch = room.main.page_of("watch")
    if isinstance(watch, WatchPage):
        yield "watch, read again", watch.reload
        for part in ("rules", "served"):
            yield f"watch, {part}", partial(watch.show_part, part)


def over_people(room: Room) -> Iterator[Step]:
    """The list, a search, one person; at last the report of a month."""
    yield "residents", partial(room.main.open_page, "residents")
    page = room.main.page_of("residents")
    if isinstance(page, ResidentsPage):
        yield "residents, end of the list", page.view.scrollToBottom
        yield "residents, search", partial(room.navigator.search, "wang")
        people = [PersonId(one) for one in page.model.ids[:2]]
        for name, person in zip(("one", "the next"), people, strict=False):
            yield f"{name} resident", partial(room.navigator.open_resident, person)
        yield "two residents in a hurry", partial(_hurried, room, people)
    charts = room.main.page_of("charts")
    if isinstance(charts, ChartsPage):
        yield "charts once more", partial(room.main.open_page, "charts")
        month = report.months(room.entered.session.clock.today())[0]
        yield "report of a month", partial(charts.monthly.begin, month)


def _hurried(room: Room, people: Sequence[PersonId]) -> None:
    for after, person in enumerate(people):
        QTimer.singleShot(after * HURRY, room.main, partial(room.navigator.open_resident, person))


def over_texts(room: Room) -> Iterator[Step]:
    """Larger text and other colours while most pages are open: on the first, and on the largest."""
    sizes, colours = room.main.text_scale_requested, room.main.scheme_requested
    page = room.main.page_of("residents")
    for place in ("home", "one resident"):
        yield f"{place} once more", partial(room.main.open_page, "home")
        if place != "home" and isinstance(page, ResidentsPage):
            yield place, partial(room.navigator.open_resident, PersonId(page.model.ids[0]))
        for scale in (1.1, 1.2, 1.5, 2.0, 1.0):
            yield f"{place}, text at {scale:.0%}", partial(sizes.emit, scale)
        yield f"{place}, larger five times", partial(_larger, room)
        yield f"{place}, text as before", partial(sizes.emit, 1.0)
        for scheme in ("dark", "light"):
            yield f"{place}, {scheme}", partial(colours.emit, scheme)


def _larger(room: Room) -> None:
    for scale in (1.1, 1.2, 1.3, 1.4, 1.5):
        QTimer.singleShot(0, room.main, partial(room.main.text_scale_requested.emit, scale))


# ---- the walk ----------------------------------------------------------------------------------


def walked(office: Path, kept: Path) -> bool:
    """Whether the window never stood still for longer than it may."""
    keep_to_one()
    let_the_window_go_first()
    preferences = config.preferences(kept)
    i18n.install("zh_CN", asset("locale"))
    app = make_application(preferences)
    record_kinds.kinds()  # read while somebody types the passphrase
    tidier = Tidier(app)
    answers = {"tell": None, "confirm": True, "save_file": kept / "report.pdf"}
    for name, answer in answers.items():
        patch.object(Prompts, name, return_value=answer).start()
    patch.object(QDesktopServices, "openUrl", return_value=True).start()
    first = (over_pages, over_dialogs)
    usual = (at_home, over_charts, over_orders, over_plans, over_people, over_texts)
    fits = True
    for account, parts in ((demo.ACCOUNTS[1], first + usual), (demo.ACCOUNTS[0], first)):
        entered = entrance.sign_in(office, account.login, demo.PASSPHRASE, SystemClock(), None)
        desk = Desk(app, preferences, TrustedRoots(kept), clock=SystemClock())
        fits &= _walked(desk, entered, parts)
        desk.close()
    tidier.rest()
    return fits


def _walked(desk: Desk, entered: Entered, parts: Sequence[Part]) -> bool:
    rooms: list[Room] = []
    beat = Beat(lambda: _is_busy(rooms[0] if rooms else None))

    def enter() -> None:
        desk.enter(entered)
        if isinstance(desk.room, Room):
            rooms.append(desk.room)

    beat.walk("signed in, until the file is checked", enter)
    for part in parts:
        for name, act in part(rooms[0]):
            beat.walk(name, act, CHART if name.startswith("charts") and ": " in name else 0.0)
    return beat.fits


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--orders", type=int, default=1_000_000)
    parser.add_argument("--office", type=Path)
    parser.add_argument("--show", action="store_true")
    chosen = parser.parse_args()
    if not chosen.show:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as kept:
        office = chosen.office or Path(kept) / "office"
        if not office.exists():
            made(office, chosen.people, chosen.orders)
        return 0 if walked(office, Path(kept)) else 1


if __name__ == "__main__":
    sys.exit(main())
