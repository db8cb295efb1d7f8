"""What alembic runs for each upgrade: every revision in a transaction of its own."""

from alembic import context

from pmdesk.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # the engine sends a real BEGIN, which covers tables too
    transaction_per_migration=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
