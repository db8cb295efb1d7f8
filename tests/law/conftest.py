"""A real office with five accounts for the checks of the law."""

import pytest

from pmdesk.analytics.facts import facts
from tests.services.conftest import (  # noqa: F401  # fixtures are used by their names
    founded,
    office,
)


@pytest.fixture(autouse=True)
def _fresh_facts():
    """What a mutant let rules read is remembered by no later test."""
    facts.cache_clear()
    yield
    facts.cache_clear()
