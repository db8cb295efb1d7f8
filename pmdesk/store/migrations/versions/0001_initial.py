"""The first schema: tables, triggers and the search index."""

from alembic import op

from pmdesk.store.migrations import APPLICATION_ID
from pmdesk.store.schema import SEARCH_INDEX, TRIGGERS, metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Every table is there, empty."""
    metadata.create_all(op.get_bind())
    for statement in (*TRIGGERS, SEARCH_INDEX):
        op.execute(statement)
    op.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    op.execute(f"PRAGMA user_version = {int(revision)}")
