"""The first schema: tables, triggers and the search index."""

from pmdesk.store.migrations import run

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Every table of the first schema is there, empty."""
    run(__file__, revision)
