"""What somebody wrote, without quotes and signature, as mail programs of several languages send it."""

from __future__ import annotations

from time import thread_time

import pytest

from ringback.domain.mail.new_text import new_text

CASES = [
    (
        "Passt so, danke!\n\nAm Di., 5. Mai 2026 um 14:05 schrieb Rosa Lindqvist <\nrosa@firma.de>:\n\n> Hallo\n> x",
        "Passt so, danke!",
    ),
    (
        "Hallo Rosa,\n\nja gern.\n\nMit freundlichen Grüßen\nMax Müller\n\nMüller GmbH\nTel. +49 40 123456\nGeschäftsführer: Max Müller\n\nVon: Rosa Lindqvist <rosa@firma.de>\nGesendet: Dienstag, 5. Mai 2026 14:05\nAn: Max Müller <max@mueller.de>\nBetreff: Termin\n\nAlter Text",
        "Hallo Rosa,\n\nja gern.",
    ),
    ("OK\n\nVon meinem iPhone gesendet\n\n> Am 05.05.2026 um 14:05 schrieb Rosa <rosa@firma.de>:\n>\n> Text", "OK"),
    (
        "Gerne.\n\nGesendet von Outlook für Android<https://aka.ms/AAb9ysg>\n________________________________\nVon: Rosa <rosa@x.de>\nGesendet: Mittwoch, 6. Mai 2026 10:00:00\nAn: Max\nBetreff: Re: Termin\n\nbla",
        "Gerne.",
    ),
    ("D'accord.\n\nLe mar. 5 mai 2026 à 14:05, Rosa <rosa@x.fr> a écrit :\n\n> Bonjour", "D'accord."),
    ("De acuerdo\n\nEl mar, 5 may 2026 a las 14:05, Rosa (<rosa@x.es>) escribió:\n\n> Hola", "De acuerdo"),
    ("Va bene\n\nIl giorno mar 5 mag 2026 alle ore 14:05 Rosa <rosa@x.it> ha scritto:\n\n> Ciao", "Va bene"),
    ("Prima\n\nOp di 5 mei 2026 om 14:05 schreef Rosa <rosa@x.nl>:\n\n> Hoi", "Prima"),
    ("Yes please.\n\nBest regards,\nJohn Smith\nHead of Purchasing\nAcme Ltd.", "Yes please."),
    (
        "Yes please.\n\nJohn\n\n-----Original Message-----\nFrom: Rosa\nSent: Monday\nTo: John\n\nfoo",
        "Yes please.\n\nJohn",
    ),
    (
        "Can you do Tuesday?\nBest regards are nice but what about the price?\n\nThanks\nJo",
        "Can you do Tuesday?\nBest regards are nice but what about the price?\n\nThanks\nJo",
    ),
    ('No problem\nOn Dec 8, 2013 2:10 PM, "J S" <n@g.com> wrote:\n\n> x', "No problem"),
    ("> Can we meet on Monday?\n\nYes.\n\n> At ten?\n\nNo, at eleven.", "Yes.\n\nNo, at eleven."),
    (
        "Confirmed.\n\nFrom: Rosa Lindqvist\nDate: Tuesday, 5 May 2026 at 14:05\nTo: John <j@x.com>\nSubject: Our talk\nHello John",
        "Confirmed.",
    ),
    (
        "Sounds good\n\nOn Tuesday, May 5, 2026 at 02:05:11 PM GMT+2, Rosa <r@x.com> wrote:\n\nHello John, without marks\nfoo",
        "Sounds good",
    ),
    (
        "Ok\n\nSent from Yahoo Mail on Android\n\nOn Tue, May 5, 2026 at 14:05, Rosa\n<r@x.com> wrote: Hello there\nunmarked",
        "Ok",
    ),
    (
        "Note the following:\nTo: be decided\nFrom: our side it's ok\n\nBye",
        "Note the following:\nTo: be decided\nFrom: our side it's ok\n\nBye",
    ),
    (
        "Hallo,\nwir sprachen am 5.5. Das Angebot: 100 EUR.\n\nGruß\nMax",
        "Hallo,\nwir sprachen am 5.5. Das Angebot: 100 EUR.",
    ),
    ("Ja!\n\nThis e-mail is confidential and intended only for the addressee.\nfoo", "Ja!"),
    ("Rosa Lindqvist <rosa@x.de> schrieb am Di. 5. Mai 2026 um 14:05:\n\n> foo\n\nStimmt.", "Stimmt."),
    ("Stimmt.\n\nRosa Lindqvist <rosa@x.de> schrieb am Di. 5. Mai 2026 um 14:05:\n\n> foo", "Stimmt."),
    ("Ok.\n\n2026年5月5日(火) 14:05 Rosa <rosa@x.jp>:\n\n> foo", "Ok."),
    ("Ok.\n\nвт, 5 мая 2026 г. в 14:05, Rosa <r@x.ru>:\n\n> foo", "Ok."),
    ("Ok.\n\nOn 05/05/2026 14:05, Rosa wrote:\n> foo\n", "Ok."),
    ("Ok.\n\n\n---- On Tue, 05 May 2026 14:05:11 +0200 Rosa <r@x.com> wrote ----\n\nfoo bar", "Ok."),
    (
        'Ok.\n\n------ Originalnachricht ------\nVon "Rosa" <r@x.de>\nAn max@x.de\nDatum 05.05.2026 14:05:11\nBetreff Termin\n\nfoo',
        "Ok.",
    ),
    (
        'Ok.\n\nGesendet: Dienstag, 05. Mai 2026 um 14:05 Uhr\nVon: "Rosa" <r@x.de>\nAn: max@gmx.de\nBetreff: Termin\n\nfoo',
        "Ok.",
    ),
    ("Ok.\n--\nMax", "Ok."),
]


@pytest.mark.parametrize(("text", "new"), CASES, ids=range(len(CASES)))
def test_only_what_they_wrote_is_left(text: str, new: str) -> None:
    assert new_text(text) == new


def test_the_senders_full_name_begins_a_signature() -> None:
    assert new_text("See you then.\n\nStavros Kon\nvia mobile", "Stavros Kon") == "See you then."


def test_long_paragraphs_stay_whole() -> None:
    text = "word " * 3_000 + "end"
    assert new_text(text) == text


ODD = (
    "On ",
    "hi \n",
    "-",
    "this e-mail is confidential ",
    "> ",
    "From: x\na\n",
    "On 2020 x\n",
    "--\n",
    "Best regards\n",
)


@pytest.mark.parametrize("piece", ODD)
def test_no_mail_costs_more_than_its_length(piece: str) -> None:
    """Four times the text may take some eight times as long on a busy machine; a quadratic rule would take sixteen."""
    short, long = (seconds(piece * (size // len(piece))) for size in (20_000, 80_000))
    assert long < 0.3 + 8 * short


def seconds(text: str) -> float:
    started = thread_time()
    new_text(text)
    return thread_time() - started


@pytest.mark.parametrize(
    ("first", "stays"),
    [
        ("CAUTION: This email originated from outside the organization.", False),
        ("ACHTUNG: Diese E-Mail stammt von einem externen Absender.", False),
        ("[EXTERNAL]", False),
        ("Attention: our external auditor comes on Tuesday.", True),
        ("Achtung, der externe Prüfer kommt am Dienstag.", True),
        ("External costs are 4,000.", True),
    ],
)
def test_a_gateways_warning_goes_and_a_persons_stays(first: str, stays: bool) -> None:
    assert new_text(f"{first}\n\nYes, Tuesday.") == (f"{first}\n\nYes, Tuesday." if stays else "Yes, Tuesday.")
