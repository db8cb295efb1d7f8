"""What the window loads before somebody needs it: a name that is not there would be passed over."""

from importlib.util import find_spec

import pytest

from pmdesk.app.window import _SOON


@pytest.mark.parametrize("name", _SOON)
def test_what_is_loaded_soon_is_there(name):
    assert find_spec(name) is not None
