"""The backend that Django loads: its own one, with the sign of those who wait."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.sqlite3 import base

from ringback.adapters.sqlite3.waiting import Sign


class DatabaseWrapper(base.DatabaseWrapper):
    """Waits for the write lock visibly: at the start of a transaction, which takes it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._sign: Sign | None = None

    @property
    def sign(self) -> Sign:
        """Raised while this connection waits; beside the database that it is connected to."""
        if self._sign is None:
            self._sign = Sign(Path(self.settings_dict["NAME"]))
        return self._sign

    def _start_transaction_under_autocommit(self) -> None:
        """Straight to the driver, as everything goes that a wrap-up does."""
        with self.sign, self.wrap_database_errors:
            self.connection.execute(f"BEGIN {self.transaction_mode or ''}")  # type: ignore[attr-defined]

    def _close(self) -> None:
        if self._sign is not None:
            self._sign.close()
            self._sign = None
        super()._close()  # type: ignore[misc]


def others_wait() -> bool:
    """Whether somebody else waits for the write lock at this moment; never where the database is not SQLite."""
    ours = connections[DEFAULT_DB_ALIAS]
    return isinstance(ours, DatabaseWrapper) and ours.sign.is_raised_by_others()
