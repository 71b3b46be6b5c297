"""Where the large mail providers take and keep mail, so that nobody has to look it up. As their help pages say."""

from __future__ import annotations

from dataclasses import dataclass

from ringback.domain.mail.mailbox import STARTTLS, TLS


@dataclass(frozen=True, slots=True)
class Preset:
    """`sent_folder` is empty where the provider keeps copies by itself; `hint` is what its users trip over."""

    name: str
    smtp_host: str
    imap_host: str
    hint: str
    smtp_port: int = 587
    smtp_security: str = STARTTLS
    imap_port: int = 993
    imap_security: str = TLS
    sent_folder: str = "Sent"
    plus_address: bool = False
    per_day: int = 400


_APP_PASSWORD = "{name} wants an app password: make one in your account there, and paste it as the password."  # noqa: S105
_SWITCH = "{name} lets other programs in only after you allow POP3 and IMAP in its settings."
_PLAIN = "Use the password with which you read your mail at {name}."
_NO_PASSWORDS = (
    "{name} takes no passwords from other programs any more. Send through a provider’s API or your own server; "
    "reading is not possible yet."
)

_GOOGLE = Preset(
    "Google", "smtp.gmail.com", "imap.gmail.com", _APP_PASSWORD, sent_folder="", plus_address=True, per_day=400
)
_MICROSOFT = Preset(
    "Microsoft", "smtp.office365.com", "outlook.office365.com", _NO_PASSWORDS, sent_folder="", plus_address=True
)
_APPLE = Preset(
    "iCloud", "smtp.mail.me.com", "imap.mail.me.com", _APP_PASSWORD, sent_folder="Sent Messages", plus_address=True
)
_YAHOO = Preset("Yahoo", "smtp.mail.yahoo.com", "imap.mail.yahoo.com", _APP_PASSWORD, sent_folder="")
_GMX = Preset("GMX", "mail.gmx.net", "imap.gmx.net", _SWITCH, sent_folder="Gesendet", per_day=100)
_GMX_COM = Preset("GMX", "mail.gmx.com", "imap.gmx.com", _SWITCH, per_day=100)
_WEB_DE = Preset("WEB.DE", "smtp.web.de", "imap.web.de", _SWITCH, sent_folder="Gesendet", per_day=100)
_T_ONLINE = Preset(
    "T-Online", "securesmtp.t-online.de", "secureimap.t-online.de", _APP_PASSWORD,
    smtp_port=465, smtp_security=TLS, per_day=100,
)  # fmt: skip
_FASTMAIL = Preset(
    "Fastmail", "smtp.fastmail.com", "imap.fastmail.com", _APP_PASSWORD,
    smtp_port=465, smtp_security=TLS, plus_address=True,
)  # fmt: skip
_POSTEO = Preset("Posteo", "posteo.de", "posteo.de", _PLAIN, plus_address=True, per_day=200)
_MAILBOX_ORG = Preset("mailbox.org", "smtp.mailbox.org", "imap.mailbox.org", _PLAIN, plus_address=True)
_ZOHO = Preset("Zoho", "smtp.zoho.com", "imap.zoho.com", _APP_PASSWORD, sent_folder="", per_day=200)

_BY_DOMAIN: dict[str, Preset] = {
    **dict.fromkeys(("gmail.com", "googlemail.com"), _GOOGLE),
    **dict.fromkeys(("outlook.com", "outlook.de", "hotmail.com", "live.com", "msn.com"), _MICROSOFT),
    **dict.fromkeys(("icloud.com", "me.com", "mac.com"), _APPLE),
    **dict.fromkeys(("yahoo.com", "yahoo.de", "yahoo.co.uk", "yahoo.fr", "ymail.com"), _YAHOO),
    **dict.fromkeys(("gmx.de", "gmx.net", "gmx.at", "gmx.ch"), _GMX),
    **dict.fromkeys(("gmx.com", "gmx.us", "gmx.co.uk"), _GMX_COM),
    **dict.fromkeys(("fastmail.com", "fastmail.fm"), _FASTMAIL),
    **dict.fromkeys(("posteo.de", "posteo.net"), _POSTEO),
    **dict.fromkeys(("zoho.com", "zohomail.com"), _ZOHO),
    "web.de": _WEB_DE,
    "t-online.de": _T_ONLINE,
    "mailbox.org": _MAILBOX_ORG,
}


def preset_for(address: str) -> Preset | None:
    """By the address's domain; None where every firm has servers of its own."""
    return _BY_DOMAIN.get(address.rpartition("@")[2].strip().lower())


def hint_of(preset: Preset) -> str:
    return preset.hint.format(name=preset.name)
