"""The choices of the map editor's lists, written once for each that may be taken: a form has them at every place."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from ringback.domain.maps.reading import RESULTS
from ringback.web.scripts.words import KINDS, LEARNABLES, result_words

Choices = tuple[tuple[str, str], ...]


def with_choices(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of the form, each place with its lists as finished options."""
    kinds = tuple((str(word), str(name)) for word, name in KINDS.items())
    learnables = (("", "–"), *((str(word), str(name)) for word, name in LEARNABLES.items()))
    results = (("", "–"), *((word, result_words(word)) for word in RESULTS))
    nodes = [
        {
            **node,
            "kind_name": next((name for word, name in kinds if word == node["kind"]), ""),
            "kinds": _options(kinds, node["kind"]),
            "learnables": _options(learnables, node["fills"]),
            "results": _options(results, node["result"]),
        }
        for node in fields["nodes"]
    ]
    return {**fields, "nodes": nodes}


@lru_cache(maxsize=256)
def _options(choices: Choices, taken: str) -> SafeString:
    """A value that is none of the choices is kept as one more: what was imported is not changed by looking at it."""
    known = choices if any(word == taken for word, _ in choices) else (*choices, (taken, taken))
    marked = ((word, mark_safe(" selected") if word == taken else "", name) for word, name in known)
    return format_html_join("", '<option value="{}"{}>{}</option>', marked)
