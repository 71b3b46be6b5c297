"""What templates may call: {% load ringback %}."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()

# As domain/script.py writes a variable without a value.
GAP = re.compile(r"(\[[a-z ]{1,40}\?\])")

CHANNEL_ICONS = {
    "call": "phone",
    "email": "mail",
    "card": "pen-line",
    "chat": "message-circle",
    "social": "share-2",
    "visit": "footprints",
    "task": "list-checks",
}


@register.simple_tag
@lru_cache(maxsize=1024)  # a page shows a hundred of these, from a few dozen
def icon(name: str, css: str = "") -> SafeString:
    """An icon of assets/icons.txt; decoration, so the text beside it (or an aria-label) has to say what it means."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        css,
        static("icons.svg"),
        name,
    )


@register.simple_tag
def channel_icon(channel: str, css: str = "") -> SafeString:
    return icon(CHANNEL_ICONS.get(channel, "circle-question-mark"), css)


@register.simple_tag
def rule(rule_id: str, text: str = "") -> SafeString:
    """The rule that decided something: `text` is why here; js/rule.js opens what the rule says."""
    if not rule_id:
        return SafeString("")
    name = _("Rule %(id)s") % {"id": rule_id}
    return format_html(
        '<a class="rule" href="{}#{}" aria-label="{}" title="{}">{}</a>', reverse("rules"), rule_id, name, text, rule_id
    )


@register.simple_tag
def mail_tabs() -> list[tuple[str, str, str]]:
    """(url name, label, address) of each page of Mail that this house has."""
    pages = (("inbox", _("Inbox")), ("outbox", _("Outbox")), ("mail_texts", _("Texts")), ("articles", _("Articles")))
    found = []
    for name, label in pages:
        with suppress(NoReverseMatch):
            found.append((name, label, reverse(name)))
    return found


@register.filter(is_safe=True)
def gaps(html: str) -> SafeString:
    """Marks what a text could not fill in, “[need?]”, in HTML that is escaped already."""
    return mark_safe(GAP.sub(r'<mark class="gap">\1</mark>', conditional_escape(html)))  # noqa: S308


@register.filter
def initials(name: str) -> str:
    """One or two letters for the round badge beside a name; names without letters get none."""
    words = [word for word in str(name).split() if word[0].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
