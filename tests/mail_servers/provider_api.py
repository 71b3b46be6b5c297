"""A provider's web interface, as Postmark's: takes mails, or answers what a test asks for."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from ringback.domain.mail.outgoing import MailServer

KEY = "postmark-key"


class ProviderApi:
    """`mails` are the requests that were taken; `status` and `body` replace the answer; `hangs_up` gives none."""

    def __init__(self) -> None:
        self.mails: list[dict[str, Any]] = []
        self.status = 200
        self.body: dict[str, Any] | None = None
        self.hangs_up = False
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())

    @property
    def server(self) -> MailServer:
        return MailServer(f"http://127.0.0.1:{self._server.server_address[1]}/", 0, "none", "", KEY)

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, mail: dict[str, Any], key: str) -> tuple[int, dict[str, Any]]:
        if key != KEY:
            return 401, {"ErrorCode": 10, "Message": "Bad or missing API token."}
        if self.status == 200 and self.body is None:
            self.mails.append(mail)
        accepted = {"To": mail["To"], "MessageID": "b7bc2f4a", "ErrorCode": 0, "Message": "OK"}
        return self.status, accepted if self.body is None else self.body

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        api = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                mail = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if api.hangs_up:
                    self.close_connection = True
                    return
                status, body = api.answer(mail, self.headers["X-Postmark-Server-Token"])
                content = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                """Quiet."""

        return Handler
