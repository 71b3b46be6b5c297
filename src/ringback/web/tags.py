"""What templates may call: {% load ringback %}."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

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
    """The rule that decided something, with its sentence as a tooltip."""
    if not rule_id:
        return SafeString("")
    return format_html('<abbr class="rule" title="{}">{}</abbr>', text, rule_id)


@register.filter
def initials(name: str) -> str:
    """One or two letters for the round badge beside a name; names without letters get none."""
    words = [word for word in str(name).split() if word[0].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
