"""The fixtures that `tests.mail_servers` tells of. The servers are imported when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.mail_servers.certificates import Certificates
    from tests.mail_servers.imap_server import ImapServer
    from tests.mail_servers.post_office import PostOffice
    from tests.mail_servers.provider_api import ProviderApi
    from tests.mail_servers.smtp_sink import SmtpSink


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    from tests.mail_servers.certificates import make_certificates

    return make_certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def start_smtp_sink(certificates: Certificates) -> Iterator[Callable[..., SmtpSink]]:
    """Options as of SmtpSink; with a security but no `tls`, its certificate is the good one."""
    from tests.mail_servers.smtp_sink import SmtpSink

    with ExitStack() as running:

        def start(**options: Any) -> SmtpSink:
            return running.enter_context(SmtpSink(**{"tls": certificates.tls(), **options}))

        yield start


@pytest.fixture
def smtp_sink(start_smtp_sink: Callable[..., SmtpSink]) -> SmtpSink:
    return start_smtp_sink()


@pytest.fixture(scope="session")
def long_running_imap_server(certificates: Certificates) -> Iterator[ImapServer]:
    from tests.mail_servers.imap_server import running_imap_server

    with running_imap_server(certificates) as server:
        yield server


@pytest.fixture
def imap_server(long_running_imap_server: ImapServer) -> Iterator[ImapServer]:
    yield long_running_imap_server
    long_running_imap_server.empty()


@pytest.fixture(scope="session")
def long_running_post_office(certificates: Certificates) -> Iterator[PostOffice]:
    from tests.conftest import missing
    from tests.mail_servers.post_office import lacking, open_post_office

    if what := lacking():
        missing(what)
    with open_post_office(certificates) as office:
        yield office


@pytest.fixture
def post_office(long_running_post_office: PostOffice) -> Iterator[PostOffice]:
    yield long_running_post_office
    long_running_post_office.empty()


@pytest.fixture
def provider_api() -> Iterator[ProviderApi]:
    from tests.mail_servers.provider_api import ProviderApi

    with ProviderApi() as api:
        yield api
