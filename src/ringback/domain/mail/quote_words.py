"""How mail programs introduce what they quote, close a mail, and praise themselves, in the languages of our mails.

Every entry is in lower case; texts are case-folded before they are held against them.
"""

from __future__ import annotations

# The end of “On Monday, Ada wrote:”. One of them has to stand near the end of the line.
WROTE = (
    "wrote", "writes", "schrieb", "geschrieben", "a écrit", "escribió", "ha scritto", "scrisse", "schreef", "escreveu",
    "napisał", "napisała", "napisał(a)", "pisze", "napsal(a)", "napsal", "napísal(a)", "skrev", "kirjoitti", "írta",
    "написал", "написала", "написал(а)", "пишет", "пише", "написав", "a scris", "je napisal", "je napisao", "yazdı",
    "έγραψε", "님이 작성", "写道", "寫道", "のメール", "さんは書きました", "كتب", "kirjutas", "rašė", "a écrit le", "schreibt",
)  # fmt: skip

# What such a line begins with where it begins with a word.
ON = (
    "on", "am", "le", "el", "il", "op", "em", "no", "den", "dne", "dňa", "dnia", "w dniu", "på", "em ter", "în", "pe",
    "à", "a", "de", "von", "from", "vom", "van", "da", "od", "den", "man", "tir", "ons", "tor", "fre", "lør", "søn",
)  # fmt: skip

# The header lines that Outlook, Exchange and others put above a quoted mail.
FROM = (
    "from", "von", "de", "da", "van", "od", "fra", "från", "lähettäjä", "от", "від", "feladó", "kimden", "发件人",
    "寄件者", "差出人", "보낸 사람", "보낸사람", "de la", "από", "expéditeur", "absender", "من",
)  # fmt: skip
OTHER_HEADERS = (
    "sent", "to", "subject", "date", "cc", "bcc", "reply-to", "importance", "priority", "organization",
    "gesendet", "an", "betreff", "datum", "kopie", "antwort an", "wichtigkeit", "priorität", "gesendet am",
    "envoyé", "à", "objet", "envoyé le", "pour", "répondre à",
    "enviado", "enviado el", "para", "asunto", "fecha", "enviada em", "assunto", "data", "enviada",
    "inviato", "a", "oggetto", "verzonden", "aan", "onderwerp",
    "wysłano", "do", "temat", "dw", "odesláno", "komu", "předmět", "odoslané", "predmet",
    "sendt", "til", "emne", "dato", "skickat", "till", "ämne", "kopia", "lähetetty", "vastaanottaja", "aihe",
    "отправлено", "кому", "тема", "дата", "копия", "надіслано", "küldve", "címzett", "tárgy",
    "gönderilen", "gönderme tarihi", "kime", "konu", "发送时间", "收件人", "主题", "抄送", "寄件日期", "收件者", "主旨",
    "送信日時", "宛先", "件名", "보낸 날짜", "받는 사람", "제목", "trimis", "către", "subiect", "στάλθηκε", "προς", "θέμα",
)  # fmt: skip

# The words between dashes in “-----Original Message-----”.
ORIGINAL = (
    "original message", "originalnachricht", "ursprüngliche nachricht", "original-nachricht", "message d'origine",
    "message d’origine", "message original", "mail original", "courriel original", "e-mail d'origine", "correo original", "mensaje original", "messaggio originale", "oorspronkelijk bericht",
    "mensagem original", "oryginalna wiadomość", "wiadomość oryginalna", "původní zpráva", "pôvodná správa",
    "oprindelig meddelelse", "ursprungligt meddelande", "opprinnelig melding", "alkuperäinen viesti",
    "исходное сообщение", "пересылаемое сообщение", "eredeti üzenet", "orijinal ileti", "原始邮件", "原始郵件",
    "元のメッセージ", "원본 메시지", "forwarded message", "weitergeleitete nachricht", "message transféré",
    "mensaje reenviado", "messaggio inoltrato", "doorgestuurd bericht", "reply message", "mensagem encaminhada",
    "reply above this line", "bitte oberhalb dieser zeile antworten",
)  # fmt: skip

# How Apple's programs introduce what they pass on.
FORWARDED = (
    "begin forwarded message", "anfang der weitergeleiteten nachricht", "anfang der weitergeleiteten e-mail",
    "début du message réexpédié", "début du message transféré", "inicio del mensaje reenviado",
    "inizio messaggio inoltrato", "begin doorgestuurd bericht", "início da mensagem reencaminhada",
    "início da mensagem encaminhada",
)  # fmt: skip

# Days with which such a line may begin.
DAYS = (
    "mon", "monday", "tue", "tuesday", "wed", "wednesday", "thu", "thursday", "fri", "friday", "sat", "saturday", "sun",
    "sunday", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "lun", "mar", "mer",
    "jeu", "ven", "sam", "dim", "mié", "jue", "vie", "sáb", "dom", "gio", "sab", "ma", "di", "wo", "do", "vr", "za", "zo",
    "seg", "ter", "qua", "qui", "sex", "pon", "wt", "śr", "czw", "pt", "sob", "niedz", "mån", "tis", "ons", "tors", "fre",
    "lör", "sön", "man", "tir", "tor", "lør", "søn", "ti", "ke", "to", "pe", "la", "su", "po", "út", "st", "čt", "pá", "so", "ne",
)  # fmt: skip

# What stands alone above a marked quote, with a name or a day behind it.
QUOTING = ("quoting ", "zitat von ", "citando a ", "citation de ", "message du ", "citeren van ", "citat från ")

# What telephones and apps add below a mail.
SENT_FROM = (
    "sent from", "sent via", "sent with", "sent by", "get outlook for", "get bluemail for", "von meinem", "von meiner",
    "gesendet von", "gesendet mit", "gesendet über", "gesendet aus", "diese nachricht wurde von meinem", "outlook für",
    "holen sie sich outlook", "laden sie outlook", "envoyé de", "envoyé depuis", "envoyé à partir de",
    "obtenir outlook", "télécharger outlook", "provenance", "enviado desde", "enviado do", "enviado de", "obtener outlook",
    "obter o outlook", "inviato da", "scarica outlook", "ottieni outlook", "verzonden vanaf", "verstuurd vanaf",
    "outlook voor", "wysłano z", "wysłane z", "pobierz aplikację outlook", "odesláno z", "odoslané z", "sendt fra",
    "hent outlook", "skickat från", "hämta outlook", "lähetetty", "hanki outlook", "отправлено с", "отправлено из",
    "скачать outlook", "küldve", "gönderildi", "iphone'umdan gönderildi", "从我的", "发自我的", "從我的", "iphoneから送信",
    "내 iphone", "나의 iphone", "mobil gesendet", "unterwegs gesendet", "von unterwegs",
)  # fmt: skip

# A whole line that only takes leave: with what stands below it, it is no news.
FAREWELLS = (
    "best regards", "kind regards", "warm regards", "regards", "with kind regards", "with best regards", "best wishes",
    "warmest regards", "with regards", "sincerely", "yours sincerely", "sincerely yours", "yours faithfully",
    "yours truly", "respectfully", "best", "all the best", "kindest regards", "many regards", "rgds", "br", "kr",
    "mit freundlichen grüßen", "mit freundlichen grüssen", "mit freundlichem gruß", "mit freundlichem gruss",
    "mit besten grüßen", "mit besten grüssen", "mit besten empfehlungen", "freundliche grüße", "freundliche grüsse",
    "beste grüße", "beste grüsse", "viele grüße", "viele grüsse", "liebe grüße", "liebe grüsse", "herzliche grüße",
    "herzliche grüsse", "schöne grüße", "schöne grüsse", "sonnige grüße", "hochachtungsvoll", "gruß", "gruss", "grüße",
    "grüsse", "mfg", "lg", "vg", "lieber gruß", "mit freundlichen gruessen", "viele gruesse", "beste gruesse",
    "mit herzlichen grüßen", "es grüßt", "mit lieben grüßen", "mit vielen grüßen",
    "cordialement", "bien cordialement", "bien à vous", "très cordialement", "bonne journée", "bonne soirée", "sincèrement", "amicalement",
    "bien à toi", "bien amicalement", "salutations", "meilleures salutations", "sincères salutations",
    "saludos", "saludos cordiales", "un saludo", "un abrazo", "muy atentamente", "reciba un cordial saludo", "un cordial saludo", "atentamente", "cordialmente",
    "cordiali saluti", "distinti saluti", "saluti", "un saluto", "un cordiale saluto", "cordialità", "a presto", "met vriendelijke groet", "met vriendelijke groeten",
    "groet", "groeten", "hartelijke groeten", "vriendelijke groet", "vriendelijke groeten", "mvg", "atenciosamente",
    "cumprimentos", "melhores cumprimentos", "com os melhores cumprimentos", "com os meus cumprimentos", "abraços", "abraço",
    "att", "obrigado e cumprimentos", "cordiais saudações", "saudações", "z poważaniem", "pozdrawiam", "s pozdravem", "s úctou",
    "med venlig hilsen", "venlig hilsen", "mvh", "hilsen", "med vennlig hilsen", "med vänliga hälsningar",
    "vänliga hälsningar", "hälsningar", "med vänlig hälsning", "vänlig hälsning", "bästa hälsningar", "de bedste hilsner",
    "beste hilsen", "vennlig hilsen", "parhain terveisin", "ystävällisin terveisin", "terveisin", "с уважением", "з повагою",
    "üdvözlettel", "saygılarımla", "此致", "敬具", "よろしくお願いいたします",
)  # fmt: skip

# Polite, but something was said: kept, unless business data stands below.
THANKS = (
    "thanks", "thank you", "many thanks", "thanks a lot", "cheers", "thanks and regards", "thanks & regards", "danke",
    "vielen dank", "besten dank", "herzlichen dank", "danke und gruß", "vielen dank und viele grüße",
    "vielen dank und beste grüße", "merci", "merci beaucoup", "gracias", "muchas gracias", "grazie", "mille grazie",
    "bedankt", "dank je", "dank u", "alvast bedankt", "obrigado", "obrigada", "dziękuję", "děkuji", "tak", "tack",
    "kiitos", "спасибо", "talk soon", "bis bald", "bis dann", "have a nice day", "einen schönen tag", "speak soon",
)  # fmt: skip
