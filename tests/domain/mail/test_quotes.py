"""What somebody wrote, above what the programs of many makers and languages quote below it."""

from __future__ import annotations

import pytest

from ringback.domain.mail.new_text import new_text

CASES = [
    ("Ok.\n\nEl 5/5/26 a las 14:05, Rosa escribió:\n> Hallo\n> alter Text\n", "Ok."),
    ("Vale.\n\nEl mar., 5 de mayo de 2026 14:05, Rosa Lindqvist <rosa@x.es> escribió:\n\nHola sin marcas\n", "Vale."),
    (
        "Vale.\n\nDe: Rosa <rosa@x.es>\nEnviado el: martes, 5 de mayo de 2026 14:05\nPara: Max <max@x.es>\nAsunto: Cita\n\nHola",
        "Vale.",
    ),
    (
        "Va bene.\n\nDa: Rosa <rosa@x.it>\nInviato: martedì 5 maggio 2026 14:05\nA: Max <max@x.it>\nOggetto: Appuntamento\n\nCiao",
        "Va bene.",
    ),
    ("Va bene.\n\nIl mar 5 mag 2026, 14:05 Rosa <rosa@x.it> ha scritto:\n\n> Hallo\n> alter Text\n", "Va bene."),
    ("Va bene.\n\nIl 05/05/2026 14:05, Rosa ha scritto:\n> Hallo\n> alter Text\n", "Va bene."),
    (
        "Prima.\n\nVan: Rosa <rosa@x.nl>\nVerzonden: dinsdag 5 mei 2026 14:05\nAan: Max <max@x.nl>\nOnderwerp: Afspraak\n\nHoi",
        "Prima.",
    ),
    (
        "Prima.\n\nOp 5 mei 2026 om 14:05 heeft Rosa <rosa@x.nl> het volgende geschreven:\n\n> Hallo\n> alter Text\n",
        "Prima.",
    ),
    (
        "Combinado.\n\nDe: Rosa <rosa@x.pt>\nEnviada: 5 de maio de 2026 14:05\nPara: Max\nAssunto: Reunião\n\nOlá",
        "Combinado.",
    ),
    (
        "Combinado.\n\nEm ter., 5 de mai. de 2026 às 14:05, Rosa <rosa@x.br> escreveu:\n\n> Hallo\n> alter Text\n",
        "Combinado.",
    ),
    (
        "Combinado.\n\nNo dia 5 de maio de 2026, às 14:05, Rosa <rosa@x.pt> escreveu:\n\n> Hallo\n> alter Text\n",
        "Combinado.",
    ),
    (
        "Oui.\n\nDe : Rosa <rosa@x.fr>\nEnvoyé : mardi 5 mai 2026 14:05\nÀ : Max <max@x.fr>\nObjet : Rendez-vous\n\nBonjour",
        "Oui.",
    ),
    ("Oui.\n\nLe 5 mai 2026 à 14:05, Rosa <rosa@x.fr> a écrit :\n\n> Hallo\n> alter Text\n", "Oui."),
    ("Oui.\n\nLe 05/05/2026 à 14:05, Rosa a écrit :\n> Hallo\n> alter Text\n", "Oui."),
    (
        "Oui.\n\n-------- Message d'origine --------\nDe : Rosa <rosa@x.fr>\nDate : 05/05/2026 14:05 (GMT+01:00)\nÀ : Max <max@x.fr>\nObjet : Rendez-vous\n\nBonjour",
        "Oui.",
    ),
    (
        "Oui.\n\nEnvoyé de mon iPhone\n\nLe 5 mai 2026 à 14:05, Rosa <rosa@x.fr> a écrit :\n\nBonjour sans marques",
        "Oui.",
    ),
    (
        "Oui.\n\nEnvoyé à partir de Outlook pour Android\n\n________________________________\nDe : Rosa\nEnvoyé : mardi\nÀ : Max\nObjet : x\n\nb",
        "Oui.",
    ),
    (
        "Passt.\n\n-------- Ursprüngliche Nachricht --------\nVon: Rosa <rosa@x.de>\nDatum: 05.05.26 14:05 (GMT+01:00)\nAn: Max <max@x.de>\nBetreff: Termin\n\nHallo",
        "Passt.",
    ),
    (
        "Passt.\n\nVon meinem Samsung Galaxy Smartphone gesendet.\n\n\n-------- Ursprüngliche Nachricht --------\nVon: Rosa <rosa@x.de>\nDatum: 05.05.26 14:05 (GMT+01:00)\nAn: Max\nBetreff: Termin\n\nHallo",
        "Passt.",
    ),
    ("Passt.\n\nAm 05.05.26 um 14:05 schrieb Rosa:\n> Hallo\n> alter Text\n", "Passt."),
    ("Passt.\n\nAm 5. Mai 2026 14:05:11 MESZ schrieb Rosa <rosa@x.de>:\nHallo ohne Zeichen", "Passt."),
    ("Passt.\n\nRosa <rosa@x.de> hat am 05.05.2026 14:05 CEST geschrieben:\n\n \n \nHallo ohne", "Passt."),
    (
        "Passt.\n\n-----Ursprüngliche Nachricht-----\nVon: Rosa [mailto:rosa@x.de] \nGesendet: Dienstag, 5. Mai 2026 14:05\nAn: Max\nBetreff: Termin\n\nHallo",
        "Passt.",
    ),
    (
        "Passt.\n\nGesendet mit der mobilen Mail App\n\nAm 05.05.26 um 14:05 schrieb Rosa\n\n> Hallo\n> alter Text\n",
        "Passt.",
    ),
    (
        "Passt.\n\n--\nDiese Nachricht wurde von meinem Android-Gerät mit GMX Mail gesendet.\nAm 05.05.26, 14:05 schrieb Rosa <rosa@x.de>:\n\n> Hallo\n> alter Text\n",
        "Passt.",
    ),
    (
        "Fine.\n\nSent from my Galaxy\n\n\n-------- Original message --------\nFrom: Rosa <rosa@x.com>\nDate: 5/5/26 2:05 PM (GMT+01:00)\nTo: Max <max@x.com>\nSubject: Our talk\n\nHello",
        "Fine.",
    ),
    (
        "Fine.\n\nGet Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\nFrom: Rosa <rosa@x.com>\nSent: Tuesday, May 5, 2026 2:05:11 PM\nTo: Max <max@x.com>\nSubject: Our talk\n\nHello",
        "Fine.",
    ),
    (
        "Fine.\n\n\n\nRosa Lindqvist ---05/05/2026 02:05:11 PM---Hello Max, shall we\n\nFrom:\tRosa Lindqvist/Kilns\nTo:\tMax/Hartley@Hartley\nDate:\t05/05/2026 02:05 PM\nSubject:\tOur talk\n\n\n\nHello",
        "Fine.",
    ),
    (
        "Fine.\n\n\nInactive hide details for Rosa ---05.05.2026 14:05:11---HelloRosa ---05.05.2026 14:05:11---Hello\n\nVon: Rosa\nAn: Max\nDatum: 05.05.2026 14:05\nBetreff: x\n\nHello",
        "Fine.",
    ),
    (
        "Fine.\n\n\n\n\nRosa Lindqvist <rosa@kilns.example>\n05.05.2026 14:05\n\nAn\nMax <max@x.de>\nKopie\n\nThema\nTermin\n\nHallo",
        "Fine.",
    ),
    ("Fine.\n\nOn May 5, 2026, at 2:05 PM, Rosa <rosa@x.com> wrote:\n\nHello unmarked\n", "Fine."),
    ("Fine.\n\n> On May 5, 2026, at 2:05 PM, Rosa <rosa@x.com> wrote:\n> \n> Hello\n", "Fine."),
    (
        "Fine.\n\nOn Tue, 5 May 2026 at 14:05, Rosa Lindqvist via Ringback <\nrosa+abcdef@kilns.example> wrote:\n\n> Hello",
        "Fine.",
    ),
    (
        "Fine.\n\n---------- Forwarded message ---------\nFrom: Rosa <rosa@x.com>\nDate: Tue, May 5, 2026 at 2:05 PM\nSubject: x\nTo: Max\n\nHello",
        "Fine.",
    ),
    (
        "Fine.\n\nBegin forwarded message:\n\nFrom: Rosa <rosa@x.com>\nSubject: x\nDate: 5 May 2026 at 14:05:11 CEST\nTo: Max\n\nHello",
        "Fine.",
    ),
    ("Dobrze.\n\nwt., 5 maj 2026 o 14:05 Rosa <rosa@x.pl> napisał(a):\n\n> Hallo\n> alter Text\n", "Dobrze."),
    ("Dobrze.\n\nOd: Rosa <rosa@x.pl>\nWysłano: wtorek, 5 maja 2026 14:05\nDo: Max\nTemat: x\n\nCześć", "Dobrze."),
    ("Bra.\n\nDen tis 5 maj 2026 kl 14:05 skrev Rosa <rosa@x.se>:\n\n> Hallo\n> alter Text\n", "Bra."),
    ("Bra.\n\nFrån: Rosa <rosa@x.se>\nSkickat: den 5 maj 2026 14:05\nTill: Max\nÄmne: x\n\nHej", "Bra."),
    ("Fint.\n\nFra: Rosa <rosa@x.no>\nSendt: tirsdag 5. mai 2026 14:05\nTil: Max\nEmne: x\n\nHei", "Fint."),
    ("Fint.\n\ntir. 5. mai 2026 kl. 14:05 skrev Rosa <rosa@x.no>:\n\n> Hallo\n> alter Text\n", "Fint."),
    ("Joo.\n\nti 5. toukok. 2026 klo 14.05 Rosa <rosa@x.fi> kirjoitti:\n\n> Hallo\n> alter Text\n", "Joo."),
    ("Jó.\n\nRosa <rosa@x.hu> ezt írta (időpont: 2026. máj. 5., K, 14:05):\n\n> Hallo\n> alter Text\n", "Jó."),
    ("Ano.\n\nút 5. 5. 2026 v 14:05 odesílatel Rosa <rosa@x.cz> napsal:\n\n> Hallo\n> alter Text\n", "Ano."),
    ("Ano.\n\nDne 5.5.2026 v 14:05 Rosa napsal(a):\n> Hallo\n> alter Text\n", "Ano."),
    ("Ok.\n\nRosa <rosa@x.tr>, 5 May 2026 Sal, 14:05 tarihinde şunu yazdı:\n\n> Hallo\n> alter Text\n", "Ok."),
    ("Да.\n\nВторник, 5 мая 2026, 14:05 +03:00 от Rosa <rosa@x.ru>:\n\n> Hallo\n> alter Text\n", "Да."),
    ('Да.\n\n05.05.2026, 14:05, "Rosa" <rosa@x.ru>:\n\n> Hallo\n> alter Text\n', "Да."),
    ("Да.\n\n5 мая 2026 г., в 14:05, Rosa <rosa@x.ru> написал(а):\n\n> Hallo\n> alter Text\n", "Да."),
    ("はい。\n\n2026/05/05 14:05、Rosa <rosa@x.jp>のメール:\n\n> Hallo\n> alter Text\n", "はい。"),
    (
        '好的。\n\n------------------ 原始邮件 ------------------\n发件人: "Rosa" <rosa@x.cn>;\n发送时间: 2026年5月5日(星期二) 下午2:05\n收件人: "Max";\n主题: x\n\n你好',
        "好的。",
    ),
    ("好的。\n\nRosa <rosa@x.cn> 于2026年5月5日周二 14:05写道：\n\n> Hallo\n> alter Text\n", "好的。"),
    ("네.\n\n2026년 5월 5일 (화) 오후 2:05, Rosa <rosa@x.kr>님이 작성:\n\n> Hallo\n> alter Text\n", "네."),
    (
        "Yes, Tuesday works.\n\nThanks,\nMax\n\nMax Hartley | Head of Purchasing\nHartley Ltd\nT +44 20 7946 0000\nwww.hartley.example",
        "Yes, Tuesday works.",
    ),
    (
        "Ja, gerne.\n\nBeste Grüße\n\ni. A. Max Müller\nEinkauf\n\nMüller GmbH & Co. KG\nHauptstr. 1 · 12345 Berlin",
        "Ja, gerne.",
    ),
    ("Oui merci.\n\nCordialement,\n\nMax Dupont\nDirecteur\n06 12 34 56 78", "Oui merci."),
    ("Oui merci.\n\nBien à vous,\nMax", "Oui merci."),
    ("Oui merci.\n\nBonne journée\nMax Dupont", "Oui merci."),
    ("De acuerdo.\n\nUn saludo,\nMax García\nCompras\nTel. 91 123 45 67", "De acuerdo."),
    ("De acuerdo.\n\nSaludos cordiales\n\nMax", "De acuerdo."),
    ("Va bene.\n\nCordiali saluti\nMax Rossi", "Va bene."),
    ("Va bene.\n\nDistinti saluti,\nMax", "Va bene."),
    ("Prima.\n\nMet vriendelijke groet,\nMax de Vries", "Prima."),
    ("Prima.\n\nGroeten,\nMax", "Prima."),
    ("Combinado.\n\nAtenciosamente,\nMax Silva", "Combinado."),
    ("Combinado.\n\nCom os melhores cumprimentos,\nMax Silva", "Combinado."),
    ("Dobrze.\n\nPozdrawiam,\nMax", "Dobrze."),
    ("Bra.\n\nMed vänlig hälsning\nMax", "Bra."),
    ("Ok.\n\nInviato da iPhone", "Ok."),
    ("Ok.\n\nEnviado desde mi iPhone", "Ok."),
    ("Ok.\n\nVerzonden vanaf mijn iPhone", "Ok."),
    ("Ok.\n\nEnviado do meu iPhone", "Ok."),
    ("Ok.\n\nEnvoyé depuis mon smartphone", "Ok."),
    ("Ok.\n\nSkickat från min iPhone", "Ok."),
    ("Ok.\n\nWysłano z iPhone'a", "Ok."),
    ("Ok.\n\nSent from Mail for Windows", "Ok."),
    ("Ok.\n\nEnviado desde Outlook para Android", "Ok."),
    ("Ok.\n\nGesendet von Mail für Windows", "Ok."),
    ("CAUTION: This email originated from outside the organization.\n\nYes, Tuesday.\n", "Yes, Tuesday."),
    ("[EXTERNAL]\n\nYes.\n", "Yes."),
    (
        "Yes.\n\n*From:* Rosa <rosa@x.com>\n*Sent:* Tuesday, May 5, 2026 2:05 PM\n*To:* Max <max@x.com>\n*Subject:* Our talk\n\nHello",
        "Yes.",
    ),
    (
        "Yes.\n\nFrom: Rosa <rosa@x.com>\nSent: Tuesday, May 5, 2026 2:05 PM\nTo: Max <max@x.com>\nCc: Jo <jo@x.com>; Al <al@x.com>;\n Bo <bo@x.com>\nSubject: Our talk\nImportance: High\n\nHello",
        "Yes.",
    ),
    (
        "Yes to both.\n\nOn 05.05.26 14:05, Rosa Lindqvist wrote:\n> Price?\n\nIt is fine.\n\n> Date?\n\nTuesday.",
        "Yes to both.\n\nIt is fine.\n\nTuesday.",
    ),
    ('Fine.\n\n30.09.2017, 18.30, "Rosa" <a.b@saas.com>:\n\nTest', "Fine."),
    ("Fine.\n\nOn Wed, 14 Nov 2018 08:14:43 -0200 Rosa <rosa@x.com> wrote\n\nWhen are you available?", "Fine."),
    ("Fine.\n\nRosa Lind <rosa@x.de> schrieb am So., 23.\nJuni 2024, 21:08:\n\n> Hallo", "Fine."),
    (
        "Formats:\n\n2024-01-15 14:30:25\n15.01.2024 14:30\nJan 15, 2024 at 14:30\n\nAll of these are mine.",
        "Formats:\n\n2024-01-15 14:30:25\n15.01.2024 14:30\nJan 15, 2024 at 14:30\n\nAll of these are mine.",
    ),
    (
        "Rendben.\n\nAnna\n\nÜgyfélszolgálat <support@example.hu> ezt írta (időpont: 2026. aug. 16., Ke 12:27):\nKedves Anna,\n\nSzia",
        "Rendben.\n\nAnna",
    ),
    (
        "Hej\n\nGärna.\n\nMvh,\nMax\n070-0000000\n\n\nons 4 dec. 2024 kl. 20:42 skrev Rosa <rosa@x.se>:\n\n> Hej",
        "Hej\n\nGärna.",
    ),
    ("Svar.\n\nDen 24. nov. 2025 kl. 10.00 skrev Peter Petersen <peter@example.com>:\n> Hej\n", "Svar."),
    (
        "Gut.\n\nViele Grüße\nB\n\n\nAm Mo., 15. Jan. 2025, 17:03 Anna Andersson <anna@example.com>\nschrieb:\n\n> Hallo",
        "Gut.",
    ),
    ("Bien.\n\nLe lun. 15 nov. 2021 à 19:42, John - Acme <john@acme.corp.com>\na écrit :\n\nEtiam", "Bien."),
    ("好。\n\n李 <ada@x.cn> 在 2026年2月28日 周六 19:47 写道：\n\n大家好", "好。"),
    ("Ok.\n\n2026年2月28日 周六 19:47 李 <ada@x.cn> 写道：\n大家好", "Ok."),
    ("Ok.\n\n---- On Wed, 24 Feb 2021 14:02:50 +0530 john@gmail.com wrote ----\n\nJava", "Ok."),
    ("Dobrze.\n\nDnia 28 lutego 2023 14:00 Anna Nowak <anna.nowak@example.com> napisał(a):\n> Cześć", "Dobrze."),
    ("Ok\n\nDen tors 5 maj 2026 14:05Rosa <rosa@x.se> skrev:\n\n> Hej", "Ok"),
    (
        "Ok\n\nOn Monday, December 15, 2024, at 3:45:32 PM EST, Rosa Marie Lindqvist the Younger from Accounting <rosa.marie.lindqvist@accounting.kilns.example> wrote:\n> This",
        "Ok",
    ),
    (
        "I wanted to discuss the issue with regards to payment.\n\nAs regards the timeline, Friday.",
        "I wanted to discuss the issue with regards to payment.\n\nAs regards the timeline, Friday.",
    ),
    ("Ok.\n\nEl lun, 5 may 2026 14:05, Rosa Lindqvist <\nrosa@x.es> escribió:\n\n> Hola", "Ok."),
    (
        "Ok.\n\nIl giorno mar 5 mag 2026 alle ore 14:05 Rosa Lindqvist <\nrosa.lindqvist@kilns.example> ha scritto:\n\n> Ciao",
        "Ok.",
    ),
    ("Ok.\n\nOp di 5 mei 2026 om 14:05 schreef Rosa Lindqvist <\nrosa.lindqvist@kilns.example>:\n\n> Hoi", "Ok."),
    (
        "Ok.\n\nEm ter., 5 de mai. de 2026 às 14:05, Rosa Lindqvist <\nrosa.lindqvist@kilns.example> escreveu:\n\n> Olá",
        "Ok.",
    ),
    ("Ok.\n\nDne út 5. 5. 2026 14:05 uživatel Rosa <rosa@x.cz> napsal:\n\n> Ahoj", "Ok."),
    ("Ok.\n\nwt., 5 maj 2026 o 14:05 Rosa Lindqvist <rosa.lindqvist@kilns.example>\nnapisał(a):\n\n> Hej", "Ok."),
    ("Ok.\n\n**From:** Rosa <r@x.com>\n**Sent:** Monday, July 28, 2025 15:45\n**To:** L\n**Subject:** F\n\nHi", "Ok."),
    ("Ok.\n\n> Le 5 mai 2026 à 14:05, Rosa <rosa@x.fr> a écrit :\n> \n> Bonjour", "Ok."),
    (
        'Ok.\n\nVon: "Rosa Lindqvist" <rosa@x.de>\nAn: "Max" <max@x.de>\nGesendet: Dienstag, 5. Mai 2026 14:05:11\nBetreff: Termin\n\nHallo',
        "Ok.",
    ),
    (
        'Ok.\n\nDe: "Rosa" <rosa@x.fr>\nÀ: "Max" <max@x.fr>\nEnvoyé: Mardi 5 Mai 2026 14:05:11\nObjet: x\n\nBonjour',
        "Ok.",
    ),
    ("Ok.\n\nRosa Lindqvist schrieb am 05.05.2026 um 14:05:\n> Hallo", "Ok."),
    ("Ok.\n\nZitat von Rosa <rosa@x.de>:\n\n> Hallo", "Ok."),
    ("Ok.\n\nQuoting Rosa <rosa@x.com>:\n\n> Hello", "Ok."),
    ("Ok.\n\nRosa Lindqvist wrote:\n> Hello", "Ok."),
    (
        'Ok.\n\nMessage du 05/05/26 14:05\n> De : "Rosa" <rosa@x.fr>\n> A : "Max"\n> Copie à :\n> Objet : x\n>\n> Bonjour',
        "Ok.",
    ),
    (
        'Ok.\n\n----- Mail original -----\nDe: "Rosa" <rosa@x.fr>\nÀ: "Max" <max@x.fr>\nEnvoyé: Mardi 5 Mai 2026 14:05:11\nObjet: x\n\nBonjour',
        "Ok.",
    ),
    ("Ok.\n\n----Messaggio originale----\nDa: rosa@x.it\nData: 05/05/2026 14.05\nA: <max@x.it>\nOgg: x\n\nCiao", "Ok."),
    (
        "Ok.\n\n----Mensaje original----\nDe : rosa@x.es\nFecha : 05/05/2026 - 14:05 (GMT)\nPara : max@x.es\nAsunto : x\n\nHola",
        "Ok.",
    ),
]


@pytest.mark.parametrize(("text", "new"), CASES, ids=range(len(CASES)))
def test_C5_only_what_they_wrote_is_left(text: str, new: str) -> None:
    assert new_text(text) == new
