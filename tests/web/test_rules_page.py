"""The page behind the badges."""

from __future__ import annotations

from django.test import Client

from ringback.web.rules.meanings import MEANINGS
from ringback.web.tags import rule
from tests.cast import cast
from tests.house.test_rulebook import RULES


def test_every_rule_has_one_sentence() -> None:
    told = {name: str(text) for group in MEANINGS.values() for name, text in group.items()}
    assert sorted(told) == sorted(RULES)
    assert all(text.endswith(".") and text.count(". ") == 0 for text in told.values())


def test_a_badge_leads_to_its_sentence(db: None) -> None:
    client = Client()
    client.force_login(cast(people=1).rosa)
    badge = rule("A2", "They want to <call>")
    assert 'href="/rules/#A2"' in badge
    assert "&lt;call&gt;" in badge
    assert 'id="A2"' in client.get("/rules/").content.decode()
