"""What a prospect's mail program, or their mail server, sends back to a mail of ours."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr

from icalendar import Calendar

BOUNCE = """\
From: Mail Delivery System <MAILER-DAEMON@mx.example>
To: {to}
Subject: Undelivered Mail Returned to Sender
Date: {at}
Message-ID: {own}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="report"

--report
Content-Type: text/plain; charset=utf-8

<{address}>: 550 5.1.1 no such user here

--report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {address}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user here

--report
Content-Type: text/rfc822-headers

"""


def reply(to: EmailMessage, text: str) -> bytes:
    """A person answers, with the mail quoted below."""
    body = to.get_body(("plain",))
    quoted = "".join(f"> {line}\n" for line in (body.get_content() if body else "").splitlines())
    mail = _answer(to, f"Re: {to['Subject']}")
    mail.set_content(f"{text}\n\nOn Monday, {to['From']} wrote:\n{quoted}")
    return mail.as_bytes()


def away(to: EmailMessage, text: str) -> bytes:
    """Their server says that they are out of office."""
    mail = _answer(to, f"Automatic reply: {to['Subject']}")
    mail["Auto-Submitted"] = "auto-replied"
    mail.set_content(text)
    return mail.as_bytes()


def calendar_answer(to: EmailMessage, partstat: str) -> bytes:
    """Their calendar accepts or declines the invitation (RFC 5546); many leave out In-Reply-To, as this one does."""
    part = next(each for each in to.walk() if each.get_content_type() == "text/calendar")
    calendar = Calendar.from_ical(part.get_content())
    calendar["METHOD"] = "REPLY"
    attendee = calendar.walk("VEVENT")[0]["ATTENDEE"]
    attendee.params["PARTSTAT"] = partstat
    word = {"ACCEPTED": "Accepted", "DECLINED": "Declined"}.get(partstat, "Tentative")
    mail = _answer(to, f"{word}: {to['Subject']}", threaded=False)
    mail.set_content(f"{word}.")
    mail.add_alternative(calendar.to_ical().decode(), subtype="calendar", params={"method": "REPLY"})
    return mail.as_bytes()


def bounce(to: EmailMessage) -> bytes:
    """The receiving server does not know the address (RFC 3464)."""
    address = parseaddr(str(to["To"]))[1]
    headers = "".join(f"{name}: {to[name]}\r\n" for name in ("Message-ID", "From", "To", "Subject"))
    report = BOUNCE.format(
        to=to["From"], address=address, at=format_datetime(datetime.now(UTC)), own=make_msgid(domain="mx.example")
    )
    return (report.replace("\n", "\r\n") + headers + "\r\n--report--\r\n").encode()


def _answer(to: EmailMessage, subject: str, *, threaded: bool = True) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = str(to["To"]), str(to["From"]), subject
    mail["Date"], mail["Message-ID"] = format_datetime(datetime.now(UTC)), make_msgid(domain="prospects.example")
    if threaded:
        mail["In-Reply-To"] = mail["References"] = str(to["Message-ID"])
    return mail
