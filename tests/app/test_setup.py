"""Where an office may be made."""

import pytest

from pmdesk.app import setup
from pmdesk.app.setup import OfficeSetup


@pytest.fixture
def places(clock, tmp_path):
    return OfficeSetup(clock, tmp_path / "data")


def test_a_new_folder_and_an_empty_one_will_do(places, tmp_path):
    (tmp_path / "empty").mkdir()

    assert places.place(tmp_path / "new" / "office") == places.place(tmp_path / "empty")
    assert not places.place(tmp_path / "empty").refused


def test_a_folder_with_files_is_refused(places, tmp_path):
    (tmp_path / "photo.jpg").write_bytes(b"x")

    assert places.place(tmp_path).refused
    assert places.place(tmp_path / "photo.jpg").refused


def test_a_network_drive_is_refused(places, tmp_path, monkeypatch):
    monkeypatch.setattr(setup, "on_network_drive", lambda _folder: True)

    assert places.place(tmp_path / "office").refused


def test_a_relative_folder_is_refused(places, tmp_path):
    assert places.place(tmp_path.relative_to(tmp_path.anchor)).refused


def test_a_folder_one_may_not_write_is_refused(places, tmp_path, monkeypatch):
    monkeypatch.setattr("os.access", lambda *_args: False)

    assert places.place(tmp_path / "office").refused


def test_a_synchronised_folder_is_warned_of(places, tmp_path):
    place = places.place(tmp_path / "OneDrive" / "office")

    assert not place.refused
    assert "OneDrive" in place.warning


def test_the_suggested_folder_is_never_one_that_is_there(places, tmp_path):
    first = places.suggested_folder()
    first.mkdir(parents=True)

    assert places.suggested_folder() != first
    assert not places.suggested_folder().exists()
