"""Providers that send mail by a web address instead of SMTP, by the name under which a mailbox keeps its choice."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Provider:
    """`user` is what it must be told besides the key; `own_address` that everybody has an installation of their own."""

    name: str
    user: str = ""
    own_address: bool = False


PROVIDERS: dict[str, Provider] = {
    "brevo": Provider("Brevo"),
    "mailersend": Provider("MailerSend"),
    "mailgun": Provider("Mailgun"),
    "mailjet": Provider("Mailjet", user="the API key (the secret key goes into the field for the key)"),
    "mailtrap": Provider("Mailtrap"),
    "mandrill": Provider("Mailchimp Transactional"),
    "postal": Provider("Postal", own_address=True),
    "postmark": Provider("Postmark"),
    "resend": Provider("Resend"),
    "scaleway": Provider("Scaleway", user="the number of the project"),
    "sendgrid": Provider("SendGrid"),
    "sparkpost": Provider("SparkPost"),
    "unisender_go": Provider("Unisender Go"),
}
