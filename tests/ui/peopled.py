"""An office with invented residents in every consent state, made once and copied for each test."""

from pmdesk.services import classification, demo
from tests.fakes import FakeClock
from tests.offices import Founded

PEOPLE = 70


def peopled(founded, folder):
    """The founded office, with residents who are classified by its active rules."""
    office = founded.copied(folder, FakeClock())
    demo.fill(office.session("admin"), PEOPLE, seed=3)
    classification.classify_all(office.session("manager"))
    office.close()
    return Founded(folder, founded.recovery, founded.signers)
