"""Where the lists of these tests lie."""

import pytest


@pytest.fixture
def path(tmp_path):
    """A text table."""
    return tmp_path / "工单.csv"
