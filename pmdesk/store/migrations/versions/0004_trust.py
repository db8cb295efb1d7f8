"""Trust: exports that wait for a second person, and where the log is looked things up by."""

from pmdesk.store.migrations import run

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """The tables of the export guard are there, empty."""
    run(__file__, revision)
