"""A building in words."""

import pytest

from pmdesk.analytics.buildings import building_words
from pmdesk.assets import asset
from pmdesk.i18n import install


@pytest.mark.parametrize(
    ("language", "name", "words"),
    [
        ("zh_CN", "2", "2 栋"),
        ("zh_CN", "2栋", "2栋"),
        ("zh_CN", "A", "A"),
        ("zh_CN", "", ""),
        ("en", "2", "Building 2"),
    ],
)
def test_only_a_bare_number_needs_a_word(language, name, words):
    install(language, asset("locale"))
    assert building_words(name) == words
