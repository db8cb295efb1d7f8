"""Rights, records and training: what consent and the law's duties need beyond the first schema."""

from pmdesk.store.migrations import run

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """The tables of the rights desk, the records and the training are there, empty."""
    run(__file__, revision)
