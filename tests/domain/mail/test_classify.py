"""What a mail is, and why (C5, C6, A4): wishes and machines in several languages, and what only looks like them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from ringback.domain.mail.classify import classify, read_as
from ringback.domain.mail.incoming import Address, CalendarReply, FailedAddress, Headers, Incoming, Report
from ringback.domain.vocabulary import CalendarAnswer, MailKind

DAY = date(2026, 5, 5)
AUTO = {"auto_submitted": "auto-replied"}
FAILED = (FailedAddress("ada@kunde.de", True, "5.1.1", "no such user"),)


def mail(text: str = "", subject: str = "Re: Termin", **said: Any) -> Incoming:
    lines = Headers(**{name: said.pop(name) for name in list(said) if name in Headers.__dataclass_fields__})
    return Incoming(
        from_=Address("ada@kunde.de", "Ada"),
        subject=subject,
        text=said.pop("whole", text),
        new_text=text,
        headers=lines,
        written_at=datetime(2026, 5, 5, 8, tzinfo=UTC),
        to=("rosa@firma.de",),
        **said,
    )


CASES = [
    (mail("Please remove me from your list."), "remove_me"),
    (mail("UNSUBSCRIBE"), "remove_me"),
    (mail("unsubscribe please!"), "remove_me"),
    (mail("Bitte nehmen Sie mich aus dem Verteiler."), "remove_me"),
    (mail("Nehmen Sie mich bitte aus Ihrem Verteiler"), "remove_me"),
    (mail("Hiermit widerspreche ich der Nutzung meiner Daten zu Werbezwecken."), "remove_me"),
    (mail("Gemäß Art. 17 DSGVO fordere ich Sie auf, meine Daten zu löschen."), "remove_me"),
    (mail("Löschen Sie meine Daten."), "remove_me"),
    (mail("Bitte keine weiteren Mails mehr."), "remove_me"),
    (mail("Ich möchte keine E-Mails mehr von Ihnen erhalten."), "remove_me"),
    (mail("Stop emailing me."), "remove_me"),
    (mail("Do not contact me again."), "remove_me"),
    (mail("Take me off your list!"), "remove_me"),
    (mail("Please don't email me anymore"), "remove_me"),
    (mail("I'd like to opt out."), "remove_me"),
    (mail("Kindly delete my data under GDPR art 17"), "remove_me"),
    (mail("Please stop sending me these emails"), "remove_me"),
    (mail("Not interested, remove me"), "remove_me"),
    (mail("Ne me contactez plus."), "remove_me"),
    (mail("Désabonnez-moi"), "remove_me"),
    (mail("Please stop sending invoices to my old address."), "reply"),
    (mail("Don't call me before 10."), "reply"),
    (mail("Could you remove the second item from the offer?"), "reply"),
    (mail("I will take you off the hook"), "reply"),
    (mail("Nehmen Sie uns bitte beim Wort."), "reply"),
    (mail("Ich habe keine Anrufe erhalten."), "reply"),
    (mail("I have no more calls this week."), "reply"),
    (mail("Not interested, thanks."), "reply"),
    (mail("Please remove me from the thread CC."), "reply"),
    (mail("Did you remove me from your list? I still want the newsletter"), "reply"),
    (mail("How do I unsubscribe from the service we buy from you if we stop?"), "reply"),
    (mail("Es besteht kein Widerspruch zwischen den Angeboten."), "reply"),
    (mail("I'm out of the office until Friday, call me on Monday."), "reply"),
    (mail("I am out of the office until 8 May.", **AUTO), "out_of_office"),
    (mail("Ich bin nicht im Büro.", subject="Abwesenheitsnotiz: Termin"), "out_of_office"),
    (mail("We have received your message. Ticket #123.", **AUTO), "automatic"),
    (mail("Your request was received", subject="Automatic reply: x"), "automatic"),
    (mail("Ada Klein no longer works at Kunde GmbH. Please contact bob@kunde.de.", **AUTO), "left_company"),
    (
        mail(
            "Frau Klein ist nicht mehr für unser Unternehmen tätig. Bitte schreiben Sie Herrn Groß (gross@kunde.de)",
            **AUTO,
        ),
        "left_company",
    ),
    (mail("Frau Klein hat das Unternehmen verlassen.", **AUTO), "left_company"),
    (mail("I have left the company. ", subject="Automatic reply: Hi"), "left_company"),
    (mail("This email address is no longer in use.", **AUTO), "left_company"),
    (mail("My colleague has left the company; I am back on 11 May and away till then.", **AUTO), "out_of_office"),
    (mail("Newsletter of the week", subject="News", list_id="<x>"), "automatic"),
    (mail("hi", precedence="list", in_reply_to=("<a@b>",)), "reply"),
    (mail("Passt so, danke!"), "reply"),
    (mail("We are no longer interested."), "reply"),
    (mail("I no longer work in purchasing, ask Bob"), "reply"),
]


@pytest.mark.parametrize(("given", "kind"), CASES, ids=range(len(CASES)))
def test_C5_C6_kind_of_mail(given: Incoming, kind: str) -> None:
    assert classify(given, DAY).kind == kind


def test_bounce_goes_before_absence_although_it_calls_itself_an_answer() -> None:
    given = mail("I am out of the office until 8 May.", failed=FAILED, **AUTO)
    verdict = classify(given, DAY)
    assert verdict.kind == MailKind.BOUNCE
    assert verdict.because == "It says that ada@kunde.de cannot be reached: no such user."


def test_report_without_a_failure_is_automatic() -> None:
    assert classify(mail(report=Report(is_delivery=True)), DAY).kind == MailKind.AUTOMATIC


@pytest.mark.parametrize(
    ("feedback", "kind"), [("abuse", "complaint"), ("opt-out", "complaint"), ("not-spam", "automatic")]
)
def test_C5_feedback_report(feedback: str, kind: str) -> None:
    assert classify(mail(report=Report(feedback=feedback)), DAY).kind == kind


@pytest.mark.parametrize("answer", CalendarAnswer)
def test_A4_calendar_answer(answer: CalendarAnswer) -> None:
    verdict = classify(mail("Declined: Termin", calendar=CalendarReply("uid-1", answer, 3), **AUTO), DAY)
    assert (verdict.kind, verdict.facts["answer"], verdict.facts["sequence"]) == ("calendar_answer", answer, 3)


def test_C5_our_own_footer_quoted_back_is_no_wish() -> None:
    whole = "Thanks!\n\n> Unsubscribe me: please remove me from your list"
    assert classify(mail("Thanks!", whole=whole), DAY).kind == MailKind.REPLY


def test_C6_successor_is_the_address_that_is_neither_theirs_nor_ours() -> None:
    given = mail("I left the company. Write to bob@kunde.de, not to ada@kunde.de or rosa@firma.de.", **AUTO)
    assert classify(given, DAY).facts == {"successor": "bob@kunde.de"}


def test_absence_is_counted_from_the_mails_own_date_unless_that_is_nonsense() -> None:
    given = mail("Out of office, back on Monday.", **AUTO)
    assert classify(given, date(2026, 5, 7)).facts["until"] == "2026-05-10"
    assert classify(given, date(2030, 1, 1)).facts["until"] == "2030-01-06"


CONFIRMATIONS = [
    ("Passt so, danke!", True),
    ("Confirmed.", True),
    ("Yes, correct", True),
    ("Hi Rosa,\nconfirmed, thanks.", True),
    ("That's all correct.", True),
    ("Hallo Rosa,\n\ndas stimmt so.\n", True),
    ("Sehr geehrte Frau Lindqvist,\n\nhiermit bestätige ich Ihre Zusammenfassung.", True),
    ("Not quite correct: it is 12 t", False),
    ("Yes, but the price is wrong", False),
    ("Is that correct?", False),
    ("Let me look into it", False),
    ("Stimmt nicht ganz", False),
]


@pytest.mark.parametrize(("text", "confirms"), CONFIRMATIONS)
def test_D1_reply_that_confirms(text: str, confirms: bool) -> None:
    assert bool(classify(mail(text), DAY).facts.get("confirms")) is confirms


def test_what_a_person_says_it_is_brings_its_facts() -> None:
    verdict = read_as(MailKind.OUT_OF_OFFICE, mail("I am away until 8 May, sorry."), DAY)
    assert (verdict.kind, verdict.facts["until"]) == (MailKind.OUT_OF_OFFICE, "2026-05-08")


@pytest.mark.parametrize("kind", MailKind)
def test_any_mail_can_be_said_to_be_of_any_kind(kind: MailKind) -> None:
    assert read_as(kind, mail("Hello"), DAY).kind == kind
