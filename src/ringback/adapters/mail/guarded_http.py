"""Web requests to addresses that people typed: the address that is checked is the one that is connected to."""

from __future__ import annotations

import socket
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError

from ringback.adapters.mail.hosts import Reach, connect

_SECONDS = 10.0


class GuardedAdapter(HTTPAdapter):
    """For `requests.Session.mount`. What may not be reached looks like a connection that cannot be made."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, **options)
        self.poolmanager.pool_classes_by_scheme = _pools(self._reach)


def _pools(reach: Reach) -> dict[str, type[HTTPConnectionPool]]:
    def guarded(connection: HTTPConnection) -> socket.socket:
        try:
            return connect(connection.host, connection.port, timeout=_SECONDS, reach=reach)
        except OSError as error:
            raise NewConnectionError(connection, str(error)) from error

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return guarded(self)

    class Encrypted(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return guarded(self)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class EncryptedPool(HTTPSConnectionPool):
        ConnectionCls = Encrypted

    return {"http": PlainPool, "https": EncryptedPool}
