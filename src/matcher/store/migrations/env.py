"""Runs the numbered migrations on the connection that store/database.py hands over."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection)
context.run_migrations()
