"""The service desk: work orders with their history, and the versions of service plans."""

from pmdesk.store.migrations import run

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """The tables of the service desk are there, empty."""
    run(__file__, revision)
