"""An OutgoingMail as the message that travels (RFC 5322, MIME, RFC 6047 for invitations, RFC 8058 for leaving)."""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import urlsplit

from ringback.adapters.mail.addresses import UnsendableMail, checked_address, header_text
from ringback.adapters.mail.headers import WrittenHeaders
from ringback.domain.mail.outgoing import Attachment, OutgoingMail

# Seven bits throughout: nothing on the way has a reason to rewrite the mail, and signatures stay whole.
_POLICY = WrittenHeaders(linesep=SMTP.linesep, max_line_length=SMTP.max_line_length, cte_type="7bit")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,450}@[!-;=?-~]{1,450}>")
_CONTENT_TYPE = re.compile(r"(?!multipart/|message/)([a-z0-9.+-]{1,60})/([a-z0-9.+-]{1,100})")
_NOT_IN_FILE_NAMES = re.compile(r'[<>:"/\\|?*]')
_METHODS = ("REQUEST", "CANCEL")
_LONGEST_THREAD = 20
_BODY_JUNK = re.compile(r"[\0\ud800-\udfff]")


def compose(mail: OutgoingMail) -> EmailMessage:
    """The whole message; `.policy.utf8` says whether it needs SMTPUTF8 (letters beyond ASCII before an @).

    Raises UnsendableMail, with a sentence for a person.
    """
    sender = checked_address(mail.from_address, mail.from_name, "The sender's address")
    recipient = checked_address(mail.to_address, mail.to_name, "The recipient's address")
    reply_to = checked_address(mail.reply_to, "", "The address for replies") if mail.reply_to else None
    beyond_ascii = not all(each.username.isascii() for each in (sender, recipient, reply_to) if each)
    message = EmailMessage(policy=_POLICY.clone(utf8=beyond_ascii))
    message["From"] = sender
    message["To"] = recipient
    if reply_to:
        message["Reply-To"] = reply_to
    message["Subject"] = header_text(mail.subject, "The subject")
    message["Date"] = mail.written_at
    _place_in_thread(message, mail)
    _offer_leaving(message, mail)
    _fill(message, mail)
    return message


def _place_in_thread(message: EmailMessage, mail: OutgoingMail) -> None:
    """Ids of others that are no ids are left out: they come from other people's programs, and prevent no mail."""
    header_text(mail.message_id + mail.in_reply_to + mail.references, "A Message-ID")
    if not _MESSAGE_ID.fullmatch(mail.message_id):
        raise UnsendableMail("The mail has no proper Message-ID")
    message["Message-ID"] = mail.message_id
    if _MESSAGE_ID.fullmatch(mail.in_reply_to):
        message["In-Reply-To"] = mail.in_reply_to
    if known := _MESSAGE_ID.findall(mail.references):
        # RFC 5322 lets a long thread lose its middle, never its first.
        message["References"] = " ".join([known[0], *known[1:][-_LONGEST_THREAD:]])


def _offer_leaving(message: EmailMessage, mail: OutgoingMail) -> None:
    if not mail.unsubscribe_url:
        return
    url = header_text(mail.unsubscribe_url, "The link for unsubscribing")
    if not re.fullmatch(r"[!-;=?-~]+", url) or urlsplit(url).scheme not in ("https", "http"):
        raise UnsendableMail("The link for unsubscribing is not a web address")
    message["List-Unsubscribe"] = f"<{url}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _fill(message: EmailMessage, mail: OutgoingMail) -> None:
    """Plain, HTML, and for programs that know calendars the invitation; once more as a file for those that do not."""
    message.set_content(_body(mail.text))
    if mail.html:
        message.add_alternative(_body(mail.html), subtype="html")
    if mail.invitation:
        if mail.invitation_method not in _METHODS:
            raise UnsendableMail("An invitation must be a REQUEST or a CANCEL")
        calendar = _body(mail.invitation)
        message.add_alternative(calendar, subtype="calendar", params={"method": mail.invitation_method})
        _attach(message, Attachment("invite.ics", "application/ics", calendar.encode()))
    for attachment in mail.attachments:
        _attach(message, attachment)


def _body(text: str) -> str:
    return _BODY_JUNK.sub("\N{REPLACEMENT CHARACTER}", text)


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    """A type that is none, or that would have to be a mail itself, is sent as plain bytes."""
    name = _NOT_IN_FILE_NAMES.sub("-", header_text(attachment.name, "An attachment's name")) or "attachment"
    fits = _CONTENT_TYPE.fullmatch(attachment.content_type.lower())
    main, sub = fits.groups() if fits else ("application", "octet-stream")
    message.add_attachment(attachment.content, maintype=main, subtype=sub, filename=name, params={"name": name})
