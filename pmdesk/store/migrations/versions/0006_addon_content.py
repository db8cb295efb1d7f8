"""The price list of add-on services: what each of them consists of."""

from pmdesk.store.migrations import run

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Lines published before say nothing of it; what a new line says stands as it is."""
    run(__file__, revision)
