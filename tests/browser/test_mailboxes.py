"""A rep connects a mailbox, tries it and sees the mail come back; the pages have no barrier."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from ringback.actions.mailboxes import MailboxFields, connect_mailbox, pause_mailbox
from ringback.models import Mailbox, User, Workspace
from tests.browser.barriers import assert_no_barrier_in_both_themes
from tests.cast import NOW, Cast
from tests.mail_servers.imap_server import ImapServer
from tests.mail_servers.smtp_sink import SmtpSink

SIZES = [{"width": 1440, "height": 900}, {"width": 390, "height": 844}]
Enter = Callable[[User], Page]


def test_connect_and_try(
    page: Page, found: Cast, enter: Enter, live_server: Any, smtp_sink: SmtpSink, imap_server: ImapServer
) -> None:
    Workspace.objects.update(private_hosts=True)
    enter(found.rosa)
    page.goto(f"{live_server.url}/settings/mailboxes/new")
    page.get_by_label("E-mail address").fill("rosa@gmail.com")
    page.keyboard.press("Tab")
    expect(page.get_by_text("wants an app password")).to_be_visible()
    expect(page.locator("#id_imap_secret")).to_be_hidden()
    servers = (("smtp", smtp_sink.server), ("imap", imap_server.server))
    for kind, server in servers:
        page.locator(f"#id_{kind}_host").fill(server.host)
        page.locator(f"#id_{kind}_port").fill(str(server.port))
        page.locator(f"#id_{kind}_security").select_option("none")
    page.get_by_label("Reading has a log-in of its own").check()
    page.locator("#id_imap_username").fill(imap_server.server.username)
    page.locator("#id_imap_secret").fill(imap_server.server.secret)
    page.locator("#id_username").fill("")
    page.get_by_role("button", name="Connect").click()
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_text("Looking for it in the inbox")).to_be_visible(timeout=15_000)
    imap_server.put(smtp_sink.wait_for(1)[0].content)
    expect(page.get_by_text("It arrived in")).to_be_visible(timeout=15_000)
    assert_no_barrier_in_both_themes(page)


@pytest.mark.parametrize("size", SIZES, ids=["desk", "phone"])
def test_pages_have_no_barrier(page: Page, found: Cast, enter: Enter, live_server: Any, size: Any) -> None:
    page.set_viewport_size(size)
    rows = [
        connect_mailbox(
            by=found.rosa, owner=found.rosa, now=NOW,
            fields=MailboxFields(address=f"r{each}@example.com", smtp_host=f"{'long-name-' * 5}{each}.example.com"),
        )
        for each in range(3)
    ]  # fmt: skip
    pause_mailbox(by=found.rosa, mailbox=rows[0], reason="On leave.", now=NOW)
    Mailbox.objects.filter(pk=rows[1].pk).update(trouble="smtp.example.com:587 does not answer in TLS.", trouble_at=NOW)
    enter(found.rosa)
    for path in ("", "new", str(rows[1].pk)):
        page.goto(f"{live_server.url}/settings/mailboxes/{path}")
        assert_no_barrier_in_both_themes(page)
    page.locator("#id_smtp_port").fill("0")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#id_smtp_port")).to_have_attribute("aria-invalid", "true")
    assert_no_barrier_in_both_themes(page)
