"""The disk is full: one clear sentence, nothing half-written, all from before still there."""

import pytest

from pmdesk.domain.classification import ResidentQuery
from pmdesk.domain.people import PersonId
from pmdesk.errors import StorageError
from pmdesk.services import residents
from pmdesk.services.consent import consents
from tests.faults.small_disk import mounted
from tests.offices import P2, SPECIAL, answers, consenting, entry, founded_office, resident, tier

SIZE = 6 << 20


@pytest.fixture
def small_disk(tmp_path):
    """A disk of six megabytes."""
    with mounted(tmp_path / "disk", SIZE) as at:
        yield at


def filled(disk):
    """A file that takes all the space that is left."""
    path = disk / "filler"
    with path.open("wb", buffering=0) as file:
        try:
            while file.write(b"x" * 4096) == 4096:
                pass
        except OSError:
            pass
    return path


def _register_many(session, saved):
    """Registers people until it is refused; `saved` has those who were."""
    for number in range(1000):
        saved += [resident(session, f"王{chr(0x4E00 + number)}")]


def test_a_full_disk_refuses_in_one_sentence_and_keeps_what_was_saved(small_disk, tmp_path, clock):
    founded = founded_office(tmp_path / "founded")
    office = founded.copied(small_disk / "office", clock)
    clerk = office.session("clerk")
    person = consenting(clerk, values=answers(clean_need="common_only"))
    before = len(office.bodies())
    filler = filled(small_disk)
    saved: list[PersonId] = []

    with pytest.raises(StorageError) as caught:
        _register_many(clerk, saved)
    for act in (
        lambda: residents.save_answers(clerk, person, P2, SPECIAL),
        lambda: residents.correct(clerk, person, entry("李伟"), revision=1),
        lambda: consents.withdraw(clerk, person, P2),
    ):
        with pytest.raises(StorageError):
            act()

    assert caught.value.sentence == "The disk is full; what was saved before is still there."
    assert caught.value.remedy
    filler.unlink()
    assert sorted(residents.found(clerk, ResidentQuery())) == sorted([person, *saved])
    assert residents.detail(clerk, person).person.name == "王小明"
    assert tier(clerk, person) == "standard"
    assert len(office.bodies()) == before + len(saved) + 1
    assert office.broken_link() is None
    assert office.sql("PRAGMA cipher_integrity_check") == []
    assert resident(clerk, "赵磊")
    office.close()
    assert office.session("clerk").staff.login == "clerk"
    office.close()


def test_a_data_file_that_may_not_grow_refuses_in_the_same_words(tmp_path, clock):
    office = founded_office(tmp_path / "founded").copied(tmp_path / "office", clock)
    clerk = office.session("clerk")
    person = resident(clerk)
    engine = office.opened["clerk"].engine
    with engine.connect() as first, engine.connect() as second:
        for connection in (first, second):  # every connection of the pool
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 2}")
    saved = [person]

    with pytest.raises(StorageError, match="disk is full"):
        _register_many(clerk, saved)

    assert sorted(residents.found(clerk, ResidentQuery())) == sorted(saved)
    assert office.broken_link() is None
    office.close()
