"""The built-in mails: complete in both languages, no pressure, and every gap named."""

from __future__ import annotations

import re

import pytest

from ringback.adapters.texts import MailFrame, compose, fill_text, names_in
from ringback.adapters.texts.markdown import literal
from ringback.domain.mail.texts import KINDS, NAMES, lint_text, places_in, without_sign_off
from ringback.domain.vocabulary import Situation
from ringback.library import MailDocument, cadence_documents, mail_documents

STEPS = [
    MailDocument(f"{name}/{step['id']}", "en", step["subject"], step["say"].strip())
    for name, document in cadence_documents().items()
    for step in document["steps"]
    if step["channel"] == "email"
]
MAILS = mail_documents()
ALL = [*MAILS, *STEPS]
FULL = {name: ("one thing", "another thing") if variable.is_list else f"⟨{name}⟩" for name, variable in NAMES.items()}


def named(mail: MailDocument) -> str:
    return f"{mail.language}:{mail.key}"


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_situation_has_a_text_in_every_language(language: str) -> None:
    wanted = {kind.situation.value for kind in KINDS} - {Situation.STEP.value}
    assert {mail.key for mail in MAILS if mail.language == language and "/" not in mail.key} == wanted


def test_every_mail_of_a_cadence_has_a_german_text() -> None:
    assert {mail.key for mail in MAILS if mail.language == "de" and "/" in mail.key} == {mail.key for mail in STEPS}


@pytest.mark.parametrize("mail", ALL, ids=named)
def test_A7_A9_a_text_passes_its_own_checks(mail: MailDocument) -> None:
    found = lint_text(
        mail.key,
        mail.subject,
        mail.body,
        in_subject=names_in(mail.subject),
        in_body=names_in(mail.body),
        language=mail.language,
    )
    assert found == ()


@pytest.mark.parametrize("mail", ALL, ids=named)
def test_with_everything_known_nothing_is_missing(mail: MailDocument) -> None:
    subject, body = fill_text(mail.subject, FULL), fill_text(without_sign_off(mail.body), FULL, escaped=literal)
    assert (*subject.missing, *body.missing) == ()
    assert subject.text.strip()
    plain = compose(body.text, MailFrame(mail.language, "Rosa Lindqvist\nHarbour Kilns")).text
    assert "\n\n\n" not in plain
    assert not re.search(r"\{|\}|\s[.,;:!?]|^[.,;:]", plain, re.MULTILINE), plain
    assert plain.rstrip().endswith("Harbour Kilns") or "P.S." in plain


@pytest.mark.parametrize("mail", ALL, ids=named)
def test_with_nothing_known_every_gap_is_named(mail: MailDocument) -> None:
    """Nothing is ever left as a hole: what the text needs is named, what it can do without is left out whole."""
    subject, body = fill_text(mail.subject, {}), fill_text(without_sign_off(mail.body), {}, escaped=literal)
    missing = {*subject.missing, *body.missing}
    assert missing
    shown = {f"{name.replace('_', ' ')}?" for name in missing if not NAMES[name].is_list}
    assert shown <= {*places_in(f"{subject.text}\n{body.text}")}
    plain = compose(body.text, MailFrame(mail.language)).text
    assert not re.search(r"\(\)|\s[.,;:!?]|:\s*\n\s*\n\s*\Z", plain), plain


@pytest.mark.parametrize("mail", [mail for mail in MAILS if "/" not in mail.key], ids=named)
def test_a_mail_without_lists_reads_well(mail: MailDocument) -> None:
    bare = {name: value for name, value in FULL.items() if isinstance(value, str) and not name.startswith("article")}
    plain = compose(fill_text(mail.body, bare | {"agenda": ("One point",)}, escaped=literal).text, MailFrame()).text
    assert "\n\n\n" not in plain
    assert "P.S." not in plain
    headings = re.findall(r"^\S.*:\n\n(?!\S)", plain, re.MULTILINE)
    assert headings == []


@pytest.mark.parametrize("mail", [mail for mail in MAILS if mail.key == "thank_you"], ids=named)
def test_A5_the_thanks_name_the_day_of_the_next_talk(mail: MailDocument) -> None:
    assert "⟨appointment_day⟩" in fill_text(mail.body, FULL).text


@pytest.mark.parametrize("mail", [mail for mail in MAILS if mail.key == "reminder"], ids=named)
@pytest.mark.parametrize(
    ("article", "promise"),
    [
        (
            {"article_title": "Small depots", "article_promise": "how small depots get through autumn"},
            "how small depots",
        ),
        ({"article_title": "Small depots", "article_promise": ""}, "Small depots"),
        ({"article_title": "", "article_promise": ""}, "⟨appointment_reason⟩"),
    ],
    ids=["A7-promise", "A7-title", "A7-no-article"],
)
def test_A7_the_subject_carries_the_date_and_a_promise_and_no_time(
    mail: MailDocument, article: dict[str, str], promise: str
) -> None:
    subject = fill_text(mail.subject, FULL | article).text
    body = fill_text(mail.body, FULL | article | {"article_link": ""}).text
    assert "⟨appointment_day⟩" in subject
    assert promise in subject
    assert "⟨appointment_time⟩" not in subject
    assert ("P.S." in body) == bool(article["article_title"])
    for said in ("⟨appointment_day⟩", "⟨appointment_time⟩", "⟨appointment_zone⟩", "one thing"):
        assert said in body
