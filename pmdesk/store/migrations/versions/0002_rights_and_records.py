"""Rights, records and training: what consent and the law's duties need beyond the first schema."""

from alembic import op

from pmdesk.store.migrations import run

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """The tables of the rights desk, the records and the training are there, empty.

    The sweep begins on a day before every office, so that nothing is past its minimum period yet.
    """
    run(__file__, revision)
    op.execute("INSERT INTO sweep VALUES (1, '2000-01-01', '2000-01-01T00:00:00.000000+00:00')")
