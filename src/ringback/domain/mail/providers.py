"""Providers that send mail by a web address instead of SMTP, by the name under which a mailbox keeps its choice."""

from __future__ import annotations

# Those that ask for one API key and nothing else.
PROVIDERS: dict[str, str] = {
    "brevo": "Brevo",
    "mailersend": "MailerSend",
    "mailgun": "Mailgun",
    "mandrill": "Mailchimp Transactional",
    "postmark": "Postmark",
    "resend": "Resend",
    "sendgrid": "SendGrid",
    "sparkpost": "SparkPost",
}
