"""What a person says about a mailbox. Secrets go in and never come out again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ringback.actions.mailboxes import LONGEST_SECRET, LONGEST_SIGNATURE, MailboxFields
from ringback.domain.mail.mailbox import MOST_PER_DAY, MOST_PER_MINUTE, NONE, STARTTLS, TLS
from ringback.domain.mail.presets import Preset
from ringback.domain.mail.providers import PROVIDERS
from ringback.models import Mailbox, User
from ringback.web.forms import Form

SECURITIES = ((STARTTLS, "STARTTLS"), (TLS, "TLS"), (NONE, _("None (inside your own network)")))
COPIED = (
    "address", "from_name", "signature", "provider", "smtp_host", "smtp_port", "smtp_security", "username",
    "imap_host", "imap_port", "imap_security", "imap_username", "inbox_folder", "sent_folder", "plus_address",
    "per_minute", "per_day",
)  # fmt: skip


def secret_field(label: Any, hint: Any) -> forms.CharField:
    # Browsers would otherwise offer, or fill in, the password of Ringback itself.
    attrs = {"autocomplete": "new-password"}
    return forms.CharField(
        max_length=LONGEST_SECRET, required=False, strip=False, label=label, help_text=hint,
        widget=forms.PasswordInput(attrs=attrs, render_value=False),
    )  # fmt: skip


def port_field() -> forms.IntegerField:
    return forms.IntegerField(min_value=1, max_value=65_535, required=False, label=_("Port"))


def host_field(placeholder: str) -> forms.CharField:
    attrs = {"placeholder": placeholder, "autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}
    return forms.CharField(max_length=255, required=False, label=_("Server"), widget=forms.TextInput(attrs=attrs))


def security_field() -> forms.ChoiceField:
    return forms.ChoiceField(choices=SECURITIES, required=False, label=_("Encryption"))


class MailboxForm(Form):
    address = forms.CharField(
        max_length=320, label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "placeholder": "rosa@example.com"}),
    )  # fmt: skip
    from_name = forms.CharField(max_length=160, label=_("Name beside it"), help_text=_("As it stands in their inbox."))
    signature = forms.CharField(
        max_length=LONGEST_SIGNATURE, required=False, label=_("Signature"), help_text=_("Ends every mail."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    provider = forms.ChoiceField(
        choices=[("", _("A mail server (SMTP)")), *((key, each.name) for key, each in PROVIDERS.items())],
        required=False, label=_("Mail goes out through"),
    )  # fmt: skip
    api_user = forms.CharField(
        max_length=320, required=False, label=_("What the provider wants besides the key"),
        help_text=_("Mailjet: the API key. Scaleway: the project. Mailgun: the domain, if it is not the address’s."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip
    api_address = forms.CharField(
        max_length=255, required=False, label=_("Web address"),
        help_text=_("Only for another region of the provider, or an installation of your own."),
        widget=forms.TextInput(attrs={"placeholder": "https://", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip
    smtp_host = host_field("smtp.example.com")
    smtp_port = port_field()
    smtp_security = security_field()
    username = forms.CharField(
        max_length=320, required=False, label=_("Log-in name"), help_text=_("Often the address itself."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip
    secret = secret_field(_("Password or API key"), _("Kept encrypted, and never shown again."))

    reads = forms.BooleanField(required=False, label=_("Read what comes in"))
    imap_host = host_field("imap.example.com")
    imap_port = port_field()
    imap_security = security_field()
    own_login = forms.BooleanField(required=False, label=_("Reading has a log-in of its own"))
    imap_username = forms.CharField(max_length=320, required=False, label=_("Log-in name for reading"))
    imap_secret = secret_field(_("Password for reading"), "")
    inbox_folder = forms.CharField(max_length=255, required=False, label=_("Folder that is read"))
    sent_folder = forms.CharField(
        max_length=255, required=False, label=_("Folder for copies"),
        help_text=_("Empty if the provider keeps copies of sent mail by itself."),
    )  # fmt: skip
    plus_address = forms.BooleanField(
        required=False, label=_("Takes plus-addresses"),
        help_text=_("Mail to rosa+anything@… arrives: replies are then recognised for sure."),
    )  # fmt: skip

    per_minute = forms.IntegerField(min_value=0, max_value=MOST_PER_MINUTE, required=False, label=_("Mails a minute"))
    per_day = forms.IntegerField(
        min_value=0, max_value=MOST_PER_DAY, required=False, label=_("Mails in 24 hours"),
        help_text=_("Stay below what your provider allows; 0 sets no limit."),
    )  # fmt: skip

    def refuse(self, field: str, message: str) -> None:
        """Say it at the field where it can be put right: without a log-in of its own, reading uses that of sending."""
        if self.cleaned_data.get("provider"):
            field = {"username": "api_user", "smtp_host": "api_address"}.get(field, field)
        elif not self.cleaned_data.get("own_login"):
            field = {"imap_username": "username", "imap_secret": "secret"}.get(field, field)
        if message not in self.errors.get(field, []):
            self.add_error(field if field in self.fields else None, message)

    def said(self) -> MailboxFields:
        """What was typed; an empty secret says nothing about the one that is kept."""
        given = dict(self.cleaned_data)
        for name in ("secret", "imap_secret"):
            given[name] = given[name] or None
        if not given.pop("reads"):
            given |= {"imap_host": "", "sent_folder": ""}
        # A provider's API key opens no mailbox: there, reading always has a log-in of its own.
        if not given.pop("own_login") and not given["provider"]:
            given |= {"imap_username": "", "imap_secret": ""}
        user, address = given.pop("api_user"), given.pop("api_address")
        if given["provider"]:
            given |= {"username": user, "smtp_host": address}
        given.pop("owner", None)
        return MailboxFields(**given)


class NewMailboxForm(MailboxForm):
    """With its owner, where an admin connects it for somebody."""

    owner = forms.ModelChoiceField(User.objects.none(), label=_("Whose"), empty_label=None)
    field_order = ("owner",)

    def __init__(self, *args: Any, owners: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(owners) < 2:
            del self.fields["owner"]
            return
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = User.objects.filter(pk__in=[each.pk for each in owners]).order_by("first_name", "last_name")


def values_of(mailbox: Mailbox) -> dict[str, Any]:
    """What a page may show of it: everything but the secrets."""
    values = {name: getattr(mailbox, name) for name in COPIED}
    own = bool(mailbox.imap_secret or mailbox.imap_username)
    values |= {"reads": bool(mailbox.imap_host), "own_login": own}
    if mailbox.provider:
        values |= {"api_user": mailbox.username, "api_address": mailbox.smtp_host, "username": "", "smtp_host": ""}
    return values


def first_values(preset: Preset | None, address: str) -> dict[str, Any]:
    """For a new mailbox: what the provider of its address says, or what most servers expect."""
    usual = values_of(Mailbox()) | {"reads": True, "address": address, "username": address, "sent_folder": "Sent"}
    if preset is None:
        return usual
    names = set(COPIED) & set(Preset.__dataclass_fields__)
    return usual | {name: getattr(preset, name) for name in names}
