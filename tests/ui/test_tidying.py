"""Cyclic garbage goes, but never on a thread of background work."""

import gc
import threading

import pytest

from pmdesk.ui.tidying import Tidier, tidy


class Ring:
    def __init__(self, met):
        self.self = self
        self.met = met

    def __del__(self):
        self.met.append(threading.current_thread())


@pytest.fixture
def tidier(qapp):
    gc.enable()  # as in a program that starts
    made = Tidier(qapp)
    yield made
    made.rest()
    made.deleteLater()


def litter(met, count=30_000):
    for _ in range(count):
        Ring(met)


def test_a_worker_makes_garbage_and_the_gui_thread_takes_it_away(tidier, qtbot):
    met: list[threading.Thread] = []
    worker = threading.Thread(target=litter, args=(met,))
    worker.start()
    worker.join()
    assert met == []

    tidy()

    assert set(met) == {threading.main_thread()}


def test_python_collects_by_itself_afterwards(tidier):
    tidier.rest()

    assert gc.isenabled()


def test_a_collector_that_rested_before_goes_on_resting(qapp):
    gc.disable()
    second = Tidier(qapp)

    second.rest()
    second.deleteLater()

    assert not gc.isenabled()
