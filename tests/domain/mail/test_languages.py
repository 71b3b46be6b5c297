"""What mails say in the languages of prospects: away until when, left, leave me alone, or nothing of that (C5, C6)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ringback.domain.mail.classify import classify
from ringback.domain.mail.incoming import Address, Headers, Incoming
from ringback.domain.vocabulary import MailKind

TUESDAY = date(2026, 5, 5)


def mail(subject: str, text: str, *, automatic: bool) -> Incoming:
    return Incoming(
        from_=Address("max@hartley.example"),
        written_at=datetime(2026, 5, 5, 10, 0, tzinfo=UTC),
        subject=subject,
        headers=Headers(auto_submitted="auto-replied" if automatic else ""),
        text=text,
        new_text=text,
    )


AWAY = {
    "en-closed": ("Automatic reply: x", "Our offices are closed and will reopen on Thursday, May 14th.", "2026-05-13"),
    "en-through": ("Out of Office: x", "I will be OOO from 5/4 through 5/8. Back on Monday 5/11.", "2026-05-10"),
    "de-subject": ("Abwesenheitsnotiz: Termin", "Ich bin ab dem 18.05.2026 wieder für Sie erreichbar.", "2026-05-17"),
    "de-trip": ("Automatische Antwort: x", "Ich bin vom 4.5. bis 8.5.2026 auf Dienstreise.", "2026-05-08"),
    "de-closed": (
        "Automatische Antwort: x",
        "Bis 08.05. geschlossen. Ab Montag, 11.05., wieder für Sie da.",
        "2026-05-10",
    ),
    "fr-inclus": ("Réponse automatique : x", "Je suis absente jusqu'au 12 mai inclus.", "2026-05-12"),
    "fr-retour": ("Absence du bureau", "Je serai de retour le lundi 18 mai.", "2026-05-17"),
    "fr-congés": ("Réponse automatique : x", "Je suis en congés du 4 au 15 mai 2026 inclus.", "2026-05-15"),
    "es-hasta": ("Respuesta automática: Cita", "Estaré fuera de la oficina hasta el 14 de mayo de 2026.", "2026-05-14"),
    "es-vuelvo": ("Respuesta automática: Cita", "Estoy de baja. Vuelvo el 18 de mayo.", "2026-05-17"),
    "it-ferie": (
        "Risposta automatica: x",
        "Sarò in ferie dal 4 al 15 maggio compresi. Rientro il 18 maggio.",
        "2026-05-17",
    ),
    "it-chiusi": ("Risposta automatica: x", "Gli uffici sono chiusi fino al 10/05/2026.", "2026-05-10"),
    "nl-t/m": ("Automatisch antwoord: x", "Beste, ik ben afwezig t/m 15 mei.", "2026-05-15"),
    "nl-weer": ("Automatisch antwoord: x", "Ik ben met vakantie en maandag 18 mei weer aanwezig.", "2026-05-17"),
    "nl-kantoor": ("Automatisch antwoord: x", "Ik ben tot en met vrijdag 15 mei 2026 niet op kantoor.", "2026-05-15"),
    "pt-regresso": ("Resposta automática: x", "Estou de férias até 15 de maio. Regresso a 18 de maio.", "2026-05-17"),
    "pt-retorno": ("Resposta automática: x", "Fora do escritório, com retorno previsto para 18/05/2026.", "2026-05-17"),
    "pl": ("Automatyczna odpowiedź: x", "Dzień dobry, jestem na urlopie do 15 maja 2026.", "2026-05-15"),
    "sv": ("Automatiskt svar: x", "Jag är på semester till och med 15 maj. Åter i tjänst 18 maj.", "2026-05-17"),
    "da": ("Automatisk svar: x", "Jeg holder ferie til og med 15. maj.", "2026-05-15"),
    "no": ("Autosvar: x", "Jeg er på ferie og er tilbake mandag 18. mai.", "2026-05-17"),
    "more-0": (
        "Automatische Antwort",
        "Guten Tag,\nich bin zurzeit nicht im Hause und ab Montag, dem 11.05.2026 wieder für Sie erreichbar. In dringenden Fällen wenden Sie sich bitte an Frau Meier (meier@x.de).",
        "2026-05-10",
    ),
    "more-1": ("Abwesenheit", "Vielen Dank für Ihre E-Mail. Leider bin ich bis zum 22. Mai abwesend.", "2026-05-22"),
    "more-2": ("AW: Termin", "Ich bin außer Haus und kehre am 13. Mai zurück.", "2026-05-12"),
    "more-3": (
        "Automatische Antwort: Angebot",
        "Ich bin heute ganztägig auf einer Messe und morgen wieder erreichbar.",
        "2026-05-05",
    ),
    "more-4": ("Automatische Antwort: Angebot", "Wegen Krankheit kann ich Ihre Mail derzeit nicht beantworten.", ""),
    "more-5": (
        "Abwesenheitsnotiz",
        "Bin im Urlaub vom 02.05. - 17.05.2026. Meine Vertretung: Herr Kraus",
        "2026-05-17",
    ),
    "more-6": (
        "Automatic reply: Offer",
        "Hi there, I'm away on holiday and will be back in the office on 18 May 2026.",
        "2026-05-17",
    ),
    "more-7": (
        "Automatic reply: Offer",
        "I'm attending a conference until Thursday and will have limited access to email.",
        "2026-05-07",
    ),
    "more-8": (
        "Automatic reply: Offer",
        "Thank you for your email. I'm currently out of office, back 18/05.",
        "2026-05-17",
    ),
    "more-9": (
        "Automatic reply: Offer",
        "I will be on maternity leave from 1st April 2026 to 1st February 2027.",
        "2027-02-01",
    ),
    "more-10": (
        "Automatic reply: Offer",
        "I am on vacation through May 15, 2026. I will respond when I return.",
        "2026-05-15",
    ),
    "more-11": (
        "Automatic reply: Offer",
        "Please note that I work part-time and am not in the office on Tuesdays.",
        "",
    ),
    "more-12": ("Automatic reply", "I'm out sick today.", ""),
    "more-13": (
        "Réponse automatique",
        "Bonjour, je suis actuellement en congé et serai de retour le 18/05/2026.",
        "2026-05-17",
    ),
    "more-14": ("Réponse automatique", "Je suis absent du bureau du 04/05 au 15/05 inclus.", "2026-05-15"),
    "more-15": (
        "Réponse automatique",
        "Actuellement en déplacement, je vous répondrai à partir du 11 mai.",
        "2026-05-10",
    ),
    "more-16": ("Réponse automatique", "Notre société est fermée jusqu'au 10 mai.", "2026-05-10"),
    "more-17": ("Réponse automatique", "Je suis en arrêt maladie jusqu'au 29 mai 2026.", "2026-05-29"),
    "more-18": (
        "Respuesta automática",
        "Gracias por su mensaje. Estoy fuera de la oficina y regresaré el lunes 18 de mayo.",
        "2026-05-17",
    ),
    "more-19": ("Respuesta automática", "Estaré ausente hasta el próximo 15/05/2026.", "2026-05-15"),
    "more-20": ("Respuesta automática", "Hasta el día 15 de mayo no tendré acceso al correo.", "2026-05-15"),
    "more-21": ("Respuesta automática", "Del 4 al 15 de mayo estaré de viaje.", "2026-05-15"),
    "more-22": ("Risposta automatica", "Sono fuori ufficio fino a venerdì 15 maggio.", "2026-05-15"),
    "more-23": ("Risposta automatica", "Sono in ferie, rientrerò lunedì 18 maggio 2026.", "2026-05-17"),
    "more-24": ("Risposta automatica", "Sarò assente sino al 15/05/2026 compreso.", "2026-05-15"),
    "more-25": ("Risposta automatica", "Sono in maternità fino a dicembre.", ""),
    "more-26": ("Automatisch antwoord", "Dank voor uw e-mail. Ik ben afwezig tot maandag 18 mei.", "2026-05-18"),
    "more-27": ("Automatisch antwoord", "Vanwege vakantie ben ik van 4 mei t/m 15 mei niet bereikbaar.", "2026-05-15"),
    "more-28": ("Afwezigheidsbericht", "Vanaf 18 mei ben ik weer bereikbaar.", "2026-05-17"),
    "more-29": ("Automatisch antwoord", "Wij zijn gesloten tot en met 10 mei.", "2026-05-10"),
    "more-30": (
        "Resposta automática",
        "Estou ausente até dia 15/05/2026. Em caso de urgência contacte a Ana.",
        "2026-05-15",
    ),
    "more-31": ("Resposta automática", "Estarei de férias entre 4 e 15 de maio de 2026.", "2026-05-15"),
    "more-32": ("Resposta automática", "Estou em licença maternidade, retorno em 01/08/2026.", "2026-07-31"),
    "more-33": ("Resposta automática", "Voltarei ao escritório no dia 18 de maio.", "2026-05-17"),
    "more-34": ("Autosvar", "Jeg er ikke på kontoret før mandag 18. mai.", "2026-05-17"),
    "more-35": ("Autosvar", "Tak for din mail. Jeg er på ferie og tilbage igen den 18. maj.", "2026-05-17"),
    "more-36": ("Frånvaro", "Jag är ledig och är åter på kontoret den 18 maj.", "2026-05-17"),
    "more-37": ("Autoodpowiedź", "Jestem nieobecny w biurze do 15.05.2026.", "2026-05-15"),
    "more-38": ("Autoodpowiedź", "Przebywam na urlopie. Wracam 18 maja.", "2026-05-17"),
    "more-39": ("Automatická odpověď", "Jsem mimo kancelář do 15. 5. 2026.", "2026-05-15"),
    "fi": ("Automaattinen vastaus: x", "Olen lomalla 15.5.2026 asti.", "2026-05-15"),
}


@pytest.mark.parametrize("language", AWAY)
def test_C5_away_until(language: str) -> None:
    subject, text, until = AWAY[language]
    verdict = classify(mail(subject, text, automatic=True), TUESDAY)
    assert (verdict.kind, verdict.facts.get("until")) == (MailKind.OUT_OF_OFFICE, until)


@pytest.mark.parametrize(
    "text",
    [
        "As of March 31 I no longer work for Acme. Please contact jo@acme.example",
        "Ich bin nicht mehr für die Firma Acme tätig. Bitte wenden Sie sich an jo@acme.example",
        "Herr Müller ist zum 31.03.2026 aus dem Unternehmen ausgeschieden. jo@acme.example hilft Ihnen.",
        "Je ne fais plus partie de la société. Merci d'écrire à jo@acme.example",
        "J'ai quitté l'entreprise. Veuillez écrire à jo@acme.example",
        "Ya no trabajo en Acme. Por favor contacte con jo@acme.example",
        "Non lavoro più in Acme. Scrivere a jo@acme.example",
        "Ik ben niet langer werkzaam bij Acme. Mail naar jo@acme.example",
        "Já não trabalho na Acme. Contacte jo@acme.example",
        "Não trabalho mais na Acme. Contacte jo@acme.example",
    ],
)
def test_C6_left_the_company_and_names_who_follows(text: str) -> None:
    verdict = classify(mail("Auto", text, automatic=True), TUESDAY)
    assert (verdict.kind, verdict.facts) == (MailKind.LEFT_COMPANY, {"successor": "jo@acme.example"})


@pytest.mark.parametrize(
    "text",
    [
        "Please remove me from your list.",
        "stop emailing me",
        "I'd like to be taken off your mailing list",
        "Do not contact me again.",
        "Please cease all communication.",
        "Kindly delete my data from your systems.",
        "We are not interested, please don't email us any more.",
        "Remove",
        "Opt out",
        "Please stop.",
        "UNSUBSCRIBE ME NOW",
        "Ich möchte von Ihnen nicht mehr kontaktiert werden.",
        "Bitte löschen Sie meine Daten gemäß DSGVO.",
        "Ich widerspreche der Verwendung meiner Daten zu Werbezwecken.",
        "Bitte unterlassen Sie weitere Kontaktaufnahmen.",
        "Wir wünschen keine weiteren Informationen von Ihnen.",
        "Hören Sie auf, mir zu schreiben!",
        "Bitte tragen Sie mich aus.",
        "Bitte von weiteren Anrufen absehen.",
        "Veuillez me désinscrire.",
        "Arrêtez de m'envoyer des mails",
        "Je ne veux plus recevoir vos messages.",
        "Merci de supprimer mes coordonnées de votre base.",
        "Désabonnement",
        "Den me de baja por favor",
        "Por favor, bórrenme de su lista.",
        "No deseo recibir más correos suyos.",
        "Dejen de enviarme correos.",
        "Vorrei essere rimosso dalla vostra mailing list.",
        "Non desidero più ricevere vostre comunicazioni.",
        "Smettetela di scrivermi.",
        "Cancellatemi",
        "Graag uitschrijven.",
        "Verwijder mij uit uw bestand.",
        "Ik wil niet meer benaderd worden.",
        "Stuur mij geen mails meer",
        "Parem de me enviar e-mails.",
        "Retire o meu e-mail da vossa lista.",
        "Quero cancelar a subscrição.",
        "Bitte keine weiteren Mails.",
        "Bitte nicht mehr anschreiben.",
        "Kein Interesse, bitte streichen Sie meine Adresse.",
        "Merci de me retirer de votre liste de diffusion.",
        "Merci de ne plus m'envoyer de mails",
        "Je ne souhaite plus être contacté.",
        "Por favor, no me envíen más correos.",
        "Quiero darme de baja.",
        "Vi prego di cancellarmi dalla vostra lista.",
        "Non scrivetemi più.",
        "Toglietemi dalla mailing list, grazie",
        "Gelieve mij geen e-mails meer te sturen.",
        "Ik wil geen mails meer ontvangen",
        "Por favor remova-me da sua lista.",
        "Não quero receber mais emails.",
    ],
)
def test_C5_wish_to_be_left_alone(text: str) -> None:
    assert classify(mail("Re: x", text, automatic=False), TUESDAY).kind is MailKind.REMOVE_ME


@pytest.mark.parametrize(
    "text",
    [
        "No thanks, not interested at the moment.",
        "I'm out of the office tomorrow, can we do Thursday?",
        "Ich bin nächste Woche im Urlaub, aber am 18. passt es gut.",
        "Sie brauchen heute nicht mehr anrufen, morgen passt es besser.",
        "Bitte heute nicht mehr anrufen.",
        "Merci de ne pas m'envoyer le devis avant vendredi.",
        "Je vais me retirer du projet, voyez avec Paul.",
        "Toglietemi una curiosità: quanto costa?",
        "Ik heb sinds maandag geen mail meer ontvangen, klopt dat?",
        "Tire-me uma dúvida: quanto custa?",
        "Wir möchten im Moment keine weiteren Unterlagen, rufen Sie im Mai wieder an.",
        "Please don't send any more drafts until Friday.",
        "Je préfère que vous ne m'appeliez plus le matin mais l'après-midi.",
        "No me llame más tarde de las seis.",
        "Non chiamatemi prima delle nove.",
        "Non chiamatemi più tardi delle sei.",
        "Merci de ne plus m'appeler le matin.",
        "Ik wil geen mail maar een telefoontje.",
        "Could you remove the second item from the offer?",
        "Please delete the old draft, the new one is attached.",
        "Don't call me before ten.",
        "Bitte rufen Sie mich morgen nicht vor 10 an.",
        "We stopped working with them last year.",
        "Non riesco a scrivervi più spesso.",
        "Ne m'appelez pas le matin, plutôt l'après-midi.",
        "No me llame por la mañana, mejor por la tarde.",
        "I will stop by your office on Tuesday.",
        "Bitte streichen Sie Position 3 aus dem Angebot.",
        "Löschen Sie bitte den Termin am Montag, Dienstag passt.",
        "Verwijder alstublieft regel 2 uit de offerte.",
        "Merci de supprimer la ligne 3 du devis.",
        "Elimina la riga 3 dall'offerta, per favore.",
        "Bin dabei, bis Donnerstag!",
        "Stop, one more question: what about the price?",
        "No quiero más de diez unidades.",
        "Non voglio perdere tempo: chiamatemi domani.",
    ],
)
def test_C5_reply_of_a_person_is_no_wish_and_no_absence(text: str) -> None:
    assert classify(mail("Re: x", text, automatic=False), TUESDAY).kind is MailKind.REPLY


@pytest.mark.parametrize(
    "text",
    [
        "You've reached sales. We aim to reply by 8 May.",
        "Thanks for applying. Applications close on 15 May 2026.",
        "Wir haben Ihre Nachricht erhalten und melden uns bis zum 8. Mai.",
        "Thank you for your message. We will answer within two working days.",
        "Vielen Dank, Ihre Anfrage ist bei uns eingegangen.",
        "Merci, votre demande a bien été enregistrée.",
        "Hemos recibido su mensaje. Gracias.",
    ],
)
def test_automatic_thanks_are_no_absence(text: str) -> None:
    assert classify(mail("Auto", text, automatic=True), TUESDAY).kind is MailKind.AUTOMATIC


@pytest.mark.parametrize(
    "subject",
    [
        "Frånvaro", "[Automatyczna odpowiedź] test", "Afwezigheidsbericht: x", "Ausencia: x", "Assenza", "Ausência temporária",
        "En congés jusqu'au 12 mai", "Abwesenheitsnotiz: x", "Out of Office: x", "Away from my desk",
    ],
)  # fmt: skip
def test_C5_subject_alone_says_that_it_is_an_automatic_answer(subject: str) -> None:
    assert classify(mail(subject, "Hej.", automatic=False), TUESDAY).kind in (
        MailKind.AUTOMATIC,
        MailKind.OUT_OF_OFFICE,
    )


@pytest.mark.parametrize(
    "subject", ["Automation offer", "Urlaubsplanung?", "Re: Our talk", "In fertigen Tabellen", "Office hours"]
)
def test_C5_subject_of_a_person_says_nothing_of_the_kind(subject: str) -> None:
    assert classify(mail(subject, "Shall we talk?", automatic=False), TUESDAY).kind is MailKind.REPLY
