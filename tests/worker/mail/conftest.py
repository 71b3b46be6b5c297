from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.mail_servers.smtp_sink import SmtpSink
from tests.worker.mail.world import World


@pytest.fixture
def world(transactional_db: None, smtp_sink: SmtpSink) -> Iterator[World]:
    world = World(smtp_sink)
    yield world
    world.postman.stop(30)
