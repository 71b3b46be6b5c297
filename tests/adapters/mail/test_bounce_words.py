"""Mail systems that say in words alone, and each in its own, that an address could not be reached."""

from __future__ import annotations

from time import thread_time

import pytest

from ringback.adapters.mail.bounce_words import named_in_words
from ringback.adapters.mail.parsing import parse

ADA = "ada@hartley.example"
# From, subject, text, and whether it is for good.
SAID = {
    "imail-full": (
        "Postmaster <postmaster@im.example>",
        "Undeliverable Mail",
        f"User mailbox exceeds allowed size: {ADA}\n\nOriginal message follows.\n",
        False,
    ),
    "notes": (
        "Mail Router <Administrator@notes.example>",
        "DELIVERY FAILURE: User ada not listed",
        f"------- Failure Reasons  --------\n\nUser not listed in public Name & Address Book\n{ADA}\n\n------- Returned Message --------\nX: y\n",
        True,
    ),
    "notes-de": (
        "Administrator@notes.example",
        "ZUSTELLUNGSFEHLER: Benutzer ada nicht im Adressbuch",
        f"Ihre Nachricht\n\n  Betreff: Termin\n\nkonnte nicht zugestellt werden an:\n\n  {ADA}\n\nweil:\n\n  Benutzer ada ({ADA}) nicht im Domino-Verzeichnis aufgeführt\n",
        True,
    ),
    "exchange2003": (
        "System Administrator <postmaster@ex.example>",
        "Undeliverable: Our talk",
        f"Your message\n\n  To:      {ADA}\n  Subject: Our talk\n  Sent:    Thu, 5 Nov 2026 12:25:20 +0900\n\ndid not reach the following recipient(s):\n\n{ADA} on Thu, 5 Nov 2026 12:25:28 +0900\n    The recipient name is not recognized\n\tThe MTS-ID of the original message is: c=jp;a= ;p=neko;l=EXCHANGE000000000000000000\n    MSEXCH:IMS:KIJITORA CAT:EXAMPLE:EXCHANGE 0 (000C05A6) Unknown Recipient\n",
        True,
    ),
    "exchange2003-de": (
        "Systemadministrator <postmaster@ex.example>",
        "Unzustellbar: Termin",
        f"Ihre Nachricht\n\n An: {ADA}\n Betreff: Termin\n Gesendet: Do, 5. Nov 2026 12:25\n\nkonnte folgende(n) Empfänger nicht erreichen:\n\n{ADA} am Do, 5. Nov 2026 12:25\n   Das E-Mail-Konto ist in der Organisation, an die die Nachricht gesendet wurde, nicht vorhanden.\n   <ex.example #5.1.1>\n",
        True,
    ),
    "exchange2003-fr": (
        "Administrateur système <postmaster@ex.example>",
        "Non remis : Rendez-vous",
        f"Votre message\n\n À : {ADA}\n Objet : Rendez-vous\n\nn'a pas atteint le(s) destinataire(s) suivant(s) :\n\n{ADA} le jeu. 5 nov. 2026 12:25\n   Le compte de messagerie n'existe pas dans l'organisation à laquelle ce message a été envoyé.\n   <ex.example #5.1.1>\n",
        True,
    ),
    "exchange2007-fr": (
        "Microsoft Exchange <postmaster@ex.example>",
        "Non remis : Rendez-vous",
        f"Échec de la remise pour les destinataires ou les listes de distribution suivants :\n\n{ADA}\nL'adresse de messagerie du destinataire est introuvable dans le système de messagerie du destinataire.\n\nInformations de diagnostic pour les administrateurs :\n\nServeur de génération : ex.example\n\n{ADA}\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##\n",
        True,
    ),
    "exchange2007-es": (
        "Microsoft Exchange <postmaster@ex.example>",
        "No se puede entregar: Cita",
        f"No se pudo realizar la entrega a estos destinatarios o listas:\n\n{ADA}\nNo se encontró la dirección de correo electrónico del destinatario.\n\nInformación de diagnóstico para los administradores:\n\n{ADA}\n#< #5.1.1 smtp;550 5.1.1 RESOLVER.ADR.RecipNotFound; not found> #SMTP#\n",
        True,
    ),
    "exchange2007-it": (
        "Microsoft Exchange <postmaster@ex.example>",
        "Non recapitabile: Appuntamento",
        f"Recapito non riuscito per i seguenti destinatari o gruppi:\n\n{ADA}\nL'indirizzo di posta elettronica immesso non è stato trovato.\n",
        True,
    ),
    "exchange2007-nl": (
        "Microsoft Outlook <postmaster@ex.example>",
        "Niet te bezorgen: Afspraak",
        f"De bezorging aan deze geadresseerden of groepen is mislukt:\n\n{ADA}\nHet e-mailadres dat u hebt ingevoerd, kon niet worden gevonden.\n",
        True,
    ),
    "exchange2007-pt": (
        "Microsoft Outlook <postmaster@ex.example>",
        "Não é possível entregar: Reunião",
        f"Falha na entrega a estes destinatários ou grupos:\n\n{ADA}\nO endereço de e-mail inserido não foi encontrado.\n",
        True,
    ),
    "exchange2007-de": (
        "Microsoft Outlook <postmaster@ex.example>",
        "Unzustellbar: Termin",
        f"Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:\n\n{ADA}\nDie eingegebene E-Mail-Adresse konnte nicht gefunden werden.\n",
        True,
    ),
    "exchange2007-pl": (
        "Microsoft Outlook <postmaster@ex.example>",
        "Nie można dostarczyć: Spotkanie",
        f"Nie można dostarczyć wiadomości do następujących adresatów lub grup:\n\n{ADA}\nNie można odnaleźć wprowadzonego adresu e-mail.\n",
        True,
    ),
    "outlook-en": (
        "Microsoft Outlook <MicrosoftExchange329e71ec@ex.example>",
        "Undeliverable: Our talk",
        f"Delivery has failed to these recipients or groups:\n\nAda Hartley ({ADA})\nThe email address you entered couldn't be found.\n",
        True,
    ),
    "einsundeins-reason": (
        "Mail Delivery System <mailer-daemon@kundenserver.example>",
        "Mail delivery failed: returning message to sender",
        f"This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its recipients.\nThe following address failed:\n\n    {ADA}\n\nFor the following reason:\n\nMail size limit exceeded.\n--- The header of the original message is following. ---\nFrom: rosa@kilns.example\n",
        True,
    ),
    "x1": (
        "MAILER-DAEMON@mx.example",
        "Returned Mail: User unknown",
        f"The original message was received at Wed, 4 Nov 2026 16:03:18 +0900\nfrom rosa@kilns.example\n\n---The following addresses had delivery errors---\n\n{ADA} [User unknown]\n\n---- Unsent message follows ----\nX\n",
        True,
    ),
    "messagingserver": (
        "Internet Mail Delivery <postmaster@sun.example>",
        "Delivery Notification: Delivery has failed",
        f"This report relates to a message you sent with the following header fields:\n\n  Message-id: <x@kilns.example>\n  From: rosa@kilns.example\n  To: {ADA}\n\nYour message cannot be delivered to the following recipients:\n\n  Recipient address: {ADA}\n  Original address: {ADA}\n  Reason: Remote SMTP server has rejected address\n",
        True,
    ),
    "imail": (
        "Postmaster <postmaster@im.example>",
        "Undeliverable Mail",
        f"Unknown user: {ADA}\n\nOriginal message follows.\n\nReceived: from x\nFrom: <rosa@kilns.example>\nTo: <{ADA}>\n",
        True,
    ),
    "mailmarshal": (
        "MailMarshal <postmaster@mm.example>",
        'Undeliverable Mail: "Our talk"',
        f"Your message:\n   From:    rosa@kilns.example\n   Subject: Our talk\nCould not be delivered because of\n\n550 5.1.1 User unknown\n\nThe following recipients were affected: \n    {ADA}\n\n",
        True,
    ),
    "mcafee": (
        "Mail Delivery System <mailer-daemon@mc.example>",
        "Returned mail: delivery problems",
        f"--- The following addresses had delivery problems ---\n\n<{ADA}>   (User unknown {ADA})\n\n--------------Returned Mail Header--------\n",
        True,
    ),
    "kddi": (
        "Mail System <no-reply@dion.example>",
        "Mail System Error - Returned Mail",
        f"Your mail sent on: Thu, 5 Nov 2026 23:34:45 +0900\n    Could not be delivered to: <{ADA}>\n    As their mailbox is full.\n",
        False,
    ),
    "ezweb": (
        "Mail Delivery <Postmaster@ezweb.example>",
        "Mail System Error - Returned Mail",
        f"The user(s) account is disabled.\n\n<{ADA}>\n\n",
        True,
    ),
    "opensmtpd-temp": (
        "Mailer Daemon <MAILER-DAEMON@os.example>",
        "Delivery status notification: warning",
        f"    Hi!\n\n    A message is delayed for more than 4h for the following\n    list of recipients:\n\n{ADA}: Connection closed unexpectedly\n\n    This is only a warning: delivery is retried for 4 days.\n",
        False,
    ),
    "gmail-new": (
        "Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
        "Delivery Status Notification (Failure)",
        f"** Address not found **\n\nYour message wasn't delivered to {ADA} because the address couldn't be found, or is unable to receive mail.\n",
        True,
    ),
    "gmail-de": (
        "Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
        "Delivery Status Notification (Failure)",
        f"** Adresse nicht gefunden **\n\nIhre Nachricht wurde nicht an {ADA} zugestellt, weil die Adresse nicht gefunden wurde oder keine E-Mails empfangen kann.\n",
        True,
    ),
    "gmail-fr": (
        "Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
        "Delivery Status Notification (Failure)",
        f"** Adresse introuvable **\n\nVotre message à {ADA} n'a pas pu être distribué, car l'adresse est introuvable ou ne peut pas recevoir d'e-mails.\n",
        True,
    ),
    "gmail-delay": (
        "Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
        "Delivery Status Notification (Delay)",
        f"** Delivery incomplete **\n\nThere was a temporary problem delivering your message to {ADA}. Gmail will retry for 46 more hours. You'll be notified if the delivery fails permanently.\n",
        False,
    ),
    "groupwise": (
        "Mailer-Daemon@gw.example",
        "Message status - undeliverable",
        f"The message that you sent was undeliverable to the following:\n\n\t{ADA} (user not found)\n",
        True,
    ),
    "exim-null": ("<>", "", f"You sent mail to {ADA}. That's not a valid user here.\n", True),
    "exim-warn": (
        "Mail Delivery System <Mailer-Daemon@host.example>",
        "Warning: message 1abc delayed 24 hours",
        f"This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours on the queue on host.example.\n\nThe address to which the message has not yet been delivered is:\n\n  {ADA}\n    Delay reason: SMTP error 450\n\nNo action is required on your part. Delivery attempts will continue for some time\n",
        False,
    ),
    "mdaemon": (
        "MDaemon at md.example <MDaemon@md.example>",
        "Warning: Permanent Delivery Failure",
        f"The attached message had PERMANENT fatal delivery errors!\n\nAfter one or more unsuccessful delivery attempts the attached message has\nbeen removed from the mail queue on this server.\n\nFAILED ADDRESS: {ADA}\n",
        True,
    ),
    "orange": (
        "Orange <noreply@orange.example>",
        "Mail delivery failed: échec de la remise",
        f"Bonjour,\n\nVotre message n'a pas pu être remis à {ADA}\nUtilisateur inconnu\n",
        True,
    ),
    "t-online": (
        "Mail Delivery System <mailer-daemon@t-online.example>",
        "Nachricht nicht zustellbar",
        f"|Ihre Nachricht konnte nicht zugestellt werden.\n|\n| Empfänger: {ADA}\n| Grund: Unbekannter Empfänger\n",
        True,
    ),
    "mimecast": (
        "postmaster@mimecast.example",
        "[Postmaster] Email Delivery Failure",
        f"This is a system-generated message to inform you that your email could not be delivered to one or more recipients. Details of the email and the error are as follows:\n\n* <{ADA}>: \n* mx.example [1.2.3.4]: 550 5.1.1 User unknown\n",
        True,
    ),
    "quota-it": (
        "Mail Delivery System <MAILER-DAEMON@it.example>",
        "Mancata consegna",
        f"Il messaggio non è stato consegnato a:\n\n<{ADA}>\nCasella piena\n",
        False,
    ),
    "ru": (
        "Mail Delivery Subsystem <mailer-daemon@corp.mail.example>",
        "Письмо не доставлено",
        f"К сожалению, ваше письмо не может быть доставлено одному или нескольким получателям:\n\n{ADA}\nПользователь не найден\n",
        True,
    ),
    "amazon": (
        "MAILER-DAEMON@email-smtp.amazonses.example",
        "Delivery Status Notification (Failure)",
        f"An error occurred while trying to deliver the mail to the following recipients:\n{ADA}\n",
        True,
    ),
    "communigate": (
        "MAILER-DAEMON@cg.example",
        "Undeliverable mail",
        f"Failed to deliver to '{ADA}'\nSMTP module(domain hartley.example) reports:\n account is disabled or not found\n",
        True,
    ),
    "merak": (
        "Mail Delivery <postmaster@me.example>",
        "Mail delivery failed",
        f"<{ADA}>: user is unknown on this server\n",
        True,
    ),
    "sympatico": (
        "Mail Delivery System <postmaster@sy.example>",
        "Undeliverable: no such user",
        f"Recipient: <{ADA}>\nReason:    Invalid recipient; No such user\n",
        True,
    ),
    "lotus-smtp": (
        "Mail Router <postmaster@ls.example>",
        "DELIVERY FAILURE: 550 No such user",
        f"Your message\n\n  Subject: Our talk\n\nwas not delivered to:\n\n  {ADA}\n\nbecause:\n\n  550 No such user\n",
        True,
    ),
}


def mail(sender: str, subject: str, text: str, *more: str) -> bytes:
    head = [
        f"From: {sender}",
        "To: rosa@kilns.example",
        f"Subject: {subject}",
        "Date: Thu, 5 Nov 2026 12:00:00 +0100",
        *more,
    ]
    head += ["MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8"]
    return "\n".join([*head, "", text]).encode()


@pytest.mark.parametrize("system", SAID)
def test_A7_address_that_could_not_be_reached_is_read_out_of_words(system: str) -> None:
    sender, subject, text, permanent = SAID[system]
    failed = parse(mail(sender, subject, text)).failed
    assert [(each.address, each.permanent) for each in failed] == [(ADA, permanent)]


FAILED = f"Our mail to {ADA} could not be delivered: unknown user.\n"


@pytest.mark.parametrize(
    ("sender", "subject", "text", "more"),
    [
        pytest.param("Imogen <imogen@hartley.example>", "Undeliverable mail", FAILED, (), id="a-person-tells-of-it"),
        pytest.param("imogen@hartley.example", "Hello", FAILED, ("Auto-Submitted: no",), id="a-person-says-so"),
        pytest.param("no-reply@shop.example", "Your order", f"Sent to {ADA}, tracking number 550 12.", (), id="a-shop"),
        pytest.param("MAILER-DAEMON@mx.example", "Mail delivered", f"Your mail to {ADA} was delivered.\n", (), id="it-went"),
        pytest.param("MAILER-DAEMON@mx.example", "Undelivered", "Your mail could not be delivered.\nFrom: rosa@kilns.example\nFor help write to ada@help.example\n", (), id="nobody-is-named"),
    ],
)  # fmt: skip
def test_A7_nobody_has_failed_where_a_person_writes_or_nothing_says_so(
    sender: str, subject: str, text: str, more: tuple[str, ...]
) -> None:
    assert parse(mail(sender, subject, text, *more)).failed == ()


def test_A7_address_is_not_looked_for_in_the_mail_that_comes_back() -> None:
    text = f"Unable to deliver your message to {ADA}\n\n---- Original message ----\nCould not be delivered: max@kilns.example\n"
    failed = parse(mail("MAILER-DAEMON@mx.example", "Returned mail", text)).failed
    assert [each.address for each in failed] == [ADA]


@pytest.mark.parametrize("kind", ['multipart/report; boundary="b1" Message-Id: <x@y>', "multipart/report"])
def test_A7_parts_are_told_apart_by_the_boundary_that_is_used(kind: str) -> None:
    report = f"--b1\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822; {ADA}\nAction: failed\nStatus: 5.1.1\n\n--b1--\n"
    raw = f"From: MAILER-DAEMON@x\nTo: rosa@kilns.example\nMIME-Version: 1.0\nContent-Type: {kind}\n\n--b1\nContent-Type: text/plain\n\nSorry.\n\n{report}"
    assert [each.address for each in parse(raw.encode()).failed] == [ADA]


@pytest.mark.parametrize("piece", ["undeliverable ", "\n", "- ", f"{ADA} ", "not not not ", "mailbox a b c "])
def test_no_text_costs_a_second(piece: str) -> None:
    started = thread_time()
    list(named_in_words(piece * (200_000 // len(piece))))
    assert thread_time() - started < 1
