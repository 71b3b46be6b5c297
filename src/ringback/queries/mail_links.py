"""The addresses in mails that need no log-in: who holds one may do just this one thing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing

CONFIRM_WITHIN = timedelta(days=60)
_CONFIRM, _STOP = "ringback.confirm", "ringback.stop-mail"


class NoSuchLink(ValueError):
    """The token is not one of ours, was cut off, or belongs to another kind of link."""


class LinkExpired(NoSuchLink):
    """It was good once."""


@dataclass(frozen=True, slots=True)
class StopLink:
    """Who wants no more mail, and at which address the mail was."""

    prospect_id: int
    address: str


def confirm_url(touch_id: int) -> str:
    """Confirms the summary that this touch sends; good for 60 days from now."""
    return f"{settings.PUBLIC_URL}/answer/confirm/{signing.dumps(touch_id, salt=_CONFIRM)}/"


def touch_of_token(token: str) -> int:
    """Raises LinkExpired, NoSuchLink."""
    try:
        found = signing.loads(token, salt=_CONFIRM, max_age=CONFIRM_WITHIN)
    except signing.SignatureExpired as error:
        raise LinkExpired(token) from error
    except signing.BadSignature as error:
        raise NoSuchLink(token) from error
    return int(found)


def stop_url(prospect_id: int, address: str) -> str:
    """Ends mails of this kind with one click (RFC 8058). It never expires: whoever keeps a mail may still use it."""
    token = signing.Signer(salt=_STOP).sign_object([prospect_id, address], compress=False)
    return f"{settings.PUBLIC_URL}/answer/stop/{token}/"


def stop_of_token(token: str) -> StopLink:
    """Raises NoSuchLink."""
    try:
        prospect_id, address = signing.Signer(salt=_STOP).unsign_object(token)
    except (signing.BadSignature, ValueError) as error:
        raise NoSuchLink(token) from error
    return StopLink(prospect_id, address)
