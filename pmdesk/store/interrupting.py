"""A long check of SQLite that stops when somebody cancels."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

EVERY = 5_000  # steps of SQLite between two looks whether somebody cancelled


@contextmanager
def interruptible(connection: Connection, look: Callable[[], object]) -> Iterator[None]:
    """SQLite stops in the middle of a long check when `look` raises; what it raised comes out."""
    raised: list[BaseException] = []

    def looked() -> int:
        try:
            look()
        except BaseException as error:  # noqa: BLE001  # it is raised again outside of SQLite
            raised.append(error)
            return 1
        return 0

    raw: Any = connection.connection.driver_connection
    raw.set_progress_handler(looked, EVERY)
    try:
        yield
    except DBAPIError:
        if raised:
            raise raised[0] from None
        raise
    finally:
        raw.set_progress_handler(None, 0)
