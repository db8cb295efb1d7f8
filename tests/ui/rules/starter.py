"""The starter table without an office."""

import functools

from pmdesk.analytics.facts import facts
from pmdesk.services import starters


@functools.cache
def table():
    """The rules every office starts with."""
    return starters.starter_table(facts(starters.catalogue()))


COLUMNS = {fact.key: column for column, fact in enumerate(table().facts)}
