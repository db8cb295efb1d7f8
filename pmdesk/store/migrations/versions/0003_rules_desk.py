"""The rules desk: reviews bound to a version, fairness samples, the history of tiers."""

from pmdesk.store.migrations import run

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """The tables of the rules desk are there, empty."""
    run(__file__, revision)
