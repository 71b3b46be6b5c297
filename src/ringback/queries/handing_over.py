"""A row of the outbox as the mail that is handed over."""

from __future__ import annotations

from ringback.domain.mail.identity import plus_address, token_of_id
from ringback.domain.mail.outgoing import OutgoingMail
from ringback.models import Mailbox, Message
from ringback.queries.articles import attachment_of
from ringback.queries.mail_links import stop_url


def outgoing_of(message: Message, mailbox: Mailbox) -> OutgoingMail:
    """Everything is read from the row, whose words are fixed, and from its mailbox; the article's file lies elsewhere.

    Raises FileLost if that file is gone.
    """
    attached = attachment_of(message.article) if message.article else None
    token = token_of_id(message.message_id)
    return OutgoingMail(
        message_id=message.message_id,
        from_address=mailbox.address,
        from_name=mailbox.from_name,
        to_address=message.to_address,
        to_name=message.to_name,
        subject=message.subject,
        text=message.text,
        html=message.html,
        written_at=message.created_at,
        in_reply_to=message.in_reply_to,
        references=message.references,
        reply_to=plus_address(token, mailbox.address) if mailbox.plus_address and token else "",
        invitation=message.invitation,
        invitation_method=message.invitation_method,
        attachments=(attached,) if attached else (),
        unsubscribe_url=stop_url(message.prospect_id, message.to_address) if message.one_click else "",
    )
