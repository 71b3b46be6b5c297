from __future__ import annotations

import pytest

from tests.mail_servers.smtp_sink import SmtpSink
from tests.worker.mail.world import World


@pytest.fixture
def world(transactional_db: None, smtp_sink: SmtpSink) -> World:
    return World(smtp_sink)
