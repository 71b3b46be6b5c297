"""Handing mail to a provider's own interface (django-anymail), to the same contract as SMTP.

Providers take the mail in pieces and write it themselves. Most of them give it a Message-ID of their own, and none
takes an invitation as a part beside the text: it goes as an attached file, which mail programs offer to the calendar.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from anymail.exceptions import AnymailError, AnymailRecipientsRefused
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMultiAlternatives
from requests import ConnectionError as NoConnection
from requests import ConnectTimeout, RequestException
from requests.exceptions import SSLError

from ringback.adapters.mail.addresses import UnsendableMail
from ringback.adapters.mail.composing import compose
from ringback.adapters.mail.guarded_http import GuardedAdapter
from ringback.adapters.mail.hosts import Reach
from ringback.adapters.mail.trouble import cleaned
from ringback.domain.mail.outgoing import Delivery, MailServer, OutgoingMail, SendResult

TIMEOUT = 30.0
_HEADERS = ("Message-ID", "In-Reply-To", "References", "List-Unsubscribe", "List-Unsubscribe-Post")
_LOG_IN = (401, 402, 403)
_LATER = (408, 425, 429, 503)
_NOT_TAKEN = {"invalid", "rejected", "failed"}


@dataclass(frozen=True, slots=True)
class Provider:
    """What anymail calls its backend's module, and what it calls the key and, where there is one, the user name."""

    module: str
    key: str = "api_key"
    user: str = ""


PROVIDERS: Mapping[str, Provider] = {
    "brevo": Provider("brevo"),
    "mailersend": Provider("mailersend", key="api_token"),
    "mailgun": Provider("mailgun", user="sender_domain"),
    "mailjet": Provider("mailjet", key="secret_key", user="api_key"),
    "mailtrap": Provider("mailtrap", key="api_token"),
    "mandrill": Provider("mandrill"),
    "postal": Provider("postal"),
    "postmark": Provider("postmark", key="server_token"),
    "resend": Provider("resend"),
    "sendgrid": Provider("sendgrid"),
    "scaleway": Provider("scaleway", key="secret_key", user="project_id"),
    "sparkpost": Provider("sparkpost"),
    "unisender_go": Provider("unisender_go"),
}


class ProviderSender:
    """`server.secret` is the provider's key and `server.username` what it wants besides (see PROVIDERS).

    A `server.host` that is a web address replaces the usual one: for other regions, and for one's own installation.
    """

    def __init__(
        self, provider: str, server: MailServer, *, timeout: float = TIMEOUT, reach: Reach | None = None
    ) -> None:
        self._name = provider
        self._server = server
        self._timeout = timeout
        self._reach = reach or Reach()
        self._backend: Any = None

    def send(self, mail: OutgoingMail) -> SendResult:
        try:
            compose(mail)
        except UnsendableMail as error:
            return SendResult(Delivery.REFUSED, f"{error}.")
        ready = self.check()
        if ready.delivery is not Delivery.ACCEPTED:
            return ready
        message = _message(mail)
        try:
            self._backend.send_messages([message])
        except AnymailError as error:
            return _failure(error, self._name)
        return _success(message, self._name)

    def check(self) -> SendResult:
        """Whether the settings are complete. Providers offer no way to try a key without sending."""
        if self._backend is not None:
            return SendResult(Delivery.ACCEPTED, f"{self._name} is set up.")
        try:
            self._backend = self._open()
        except (ImproperlyConfigured, ImportError) as error:
            return SendResult(
                Delivery.UNREACHABLE, f"The settings for {self._name} are incomplete: {cleaned(str(error))}"
            )
        return SendResult(Delivery.ACCEPTED, f"{self._name} is set up.")

    def close(self) -> None:
        backend, self._backend = self._backend, None
        if backend is not None:
            backend.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _open(self) -> Any:
        provider = PROVIDERS.get(self._name)
        if provider is None:
            raise ImproperlyConfigured("there is no provider of that name")
        if not self._server.secret:
            raise ImproperlyConfigured("the key is missing")
        settings: dict[str, Any] = {provider.key: self._server.secret, "timeout": self._timeout}
        if provider.user and self._server.username:
            settings[provider.user] = self._server.username
        if address := self._address():
            settings["api_url"] = address
        backend_class: Callable[..., Any] = import_module(f"anymail.backends.{provider.module}").EmailBackend
        backend = backend_class(**settings)
        backend.open()
        if address:
            # Only an address that somebody typed can lead into our own network.
            backend.session.mount(address, GuardedAdapter(self._reach))
            backend.session.trust_env = False
        if self._reach.authorities is not None:
            backend.session.verify = str(self._reach.authorities)
        return backend

    def _address(self) -> str:
        """Blank for the usual one: a host that is no web address belongs to SMTP, which may have been used before."""
        host = self._server.host.strip()
        if "://" not in host:
            return ""
        kinds = ("https", "http") if self._reach.private else ("https",)
        if urlsplit(host).scheme not in kinds:
            raise ImproperlyConfigured("the address must begin with https://")
        return host


def _message(mail: OutgoingMail) -> EmailMultiAlternatives:
    """The same mail as Django has it; its headers come from the message that was composed and checked."""
    composed = compose(mail)
    message = EmailMultiAlternatives(
        subject=str(composed["Subject"]),
        body=mail.text,
        from_email=str(composed["From"]),
        to=[str(composed["To"])],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={name: str(composed[name]) for name in _HEADERS if composed[name]},
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    if mail.invitation:
        message.attach("invite.ics", mail.invitation.encode(), f'text/calendar; method="{mail.invitation_method}"')
    for part in composed.iter_attachments():
        if part.get_content_type() != "application/ics":
            message.attach(part.get_filename(), part.get_payload(decode=True), part.get_content_type())
    return message


def _success(message: Any, provider: str) -> SendResult:
    """No error, which for some providers includes a refusal that anymail could not read."""
    status = message.anymail_status
    code = getattr(status.esp_response, "status_code", 200)
    if code >= 400 or (status.status and status.status <= _NOT_TAKEN):
        delivery = _meaning(code) if code >= 400 else Delivery.REFUSED
        return SendResult(delivery, f"{provider}: {cleaned(getattr(status.esp_response, 'text', ''))}")
    return SendResult(Delivery.ACCEPTED, f"{provider} took it as {cleaned(str(status.message_id))}")


def _failure(error: AnymailError, provider: str) -> SendResult:
    words = f"{provider}: {cleaned(error.describe_response() or str(error.args[0] if error.args else error))}"
    status = getattr(error, "status_code", None)
    if status is None:
        return SendResult(_broken_off(error) if isinstance(error, RequestException) else Delivery.REFUSED, words)
    return SendResult(Delivery.REFUSED if isinstance(error, AnymailRecipientsRefused) else _meaning(status), words)


def _meaning(status: int) -> Delivery:
    """Of an HTTP status that comes with an error. A yes in a form that nobody can read is a doubt too."""
    if status in _LOG_IN:
        return Delivery.UNREACHABLE
    if status in _LATER:
        return Delivery.DEFERRED
    return Delivery.REFUSED if 300 <= status < 500 else Delivery.IN_DOUBT


def _broken_off(error: RequestException) -> Delivery:
    """Certainly not sent only if there was no connection to send it over."""
    cause = error.__cause__ if isinstance(error.__cause__, RequestException) else error
    never = isinstance(cause, ConnectTimeout | SSLError) or (
        isinstance(cause, NoConnection) and "NewConnectionError" in repr(cause.args)
    )
    return Delivery.UNREACHABLE if never else Delivery.IN_DOUBT
