"""Files that leave the office: whole, or not there."""

import os

import pytest

from pmdesk.errors import StorageError
from pmdesk.services import charts
from pmdesk.services.files import write_whole


def test_the_file_holds_exactly_the_content_and_nothing_lies_beside_it(tmp_path):
    path = write_whole(tmp_path / "list.pdf", b"%PDF whole")
    assert path.read_bytes() == b"%PDF whole"
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_put_in_place_leaves_the_old_file_and_no_half_of_the_new(tmp_path):
    taken = tmp_path / "list.pdf"
    taken.mkdir()
    with pytest.raises(StorageError):
        write_whole(taken, b"%PDF whole")
    assert list(tmp_path.iterdir()) == [taken]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights by folder, not by mode")
def test_no_other_account_of_the_computer_reads_what_leaves_the_office(tmp_path):
    (tmp_path / "list.pdf.part").write_bytes(b"half, of a crash")
    path = write_whole(tmp_path / "list.pdf", b"%PDF whole")

    assert path.read_bytes() == b"%PDF whole"
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights by folder, not by mode")
def test_no_other_account_of_the_computer_reads_a_chart_that_leaves(tmp_path):
    (tmp_path / "chart.part.png").write_bytes(b"half, of a crash")
    path = charts.written(tmp_path / "chart.png", lambda to: to.write_bytes(b"PNG whole"))

    assert path.read_bytes() == b"PNG whole"
    assert path.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == [path]
