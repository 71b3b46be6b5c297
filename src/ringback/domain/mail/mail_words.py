"""The phrases by which machines and wishes are recognised, in the languages of our mails. Patterns ignore case."""

from __future__ import annotations

import re


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


# A subject that only an automatic answer has.
AUTOMATIC_SUBJECT = _any(
    r"^\s*\[?(?:auto(?:matic|mated)?[ -]?(?:reply|response|answer)|autoreply|automatische (?:antwort|abwesenheit\w*|rückantwort)"
    r"|abwesenheits\w*|out of (?:the )?office|ooo\b|réponse automatique|respuesta automática|risposta automatica"
    r"|automatisch antwoord|resposta automática|automatyczna odpowiedź|automatická odpověď|automatiskt svar|automatisk svar"
    r"|autosvar|automaattinen vastaus|автоматический ответ|автоответ|自动回复|自動回覆|自動返信|自動応答|auto:|abwesend"
    r"|message d'absence|absence du bureau|fuera de la oficina|fuori sede|fuori ufficio|afwezig\w*|vacation|urlaub\b|on leave"
    r"|frånvaro|fravær|autoodpowiedź|ausência|ausencia\b|assenza\b|en (?:congés?|vacances)\b|de vacaciones|in ferie\b|away from (?:the |my )?(?:office|desk))",
    r"\b(?:out of (?:the )?office (?:auto)?-?re(?:ply|sponse)|is out of (?:the )?office|abwesenheitsnotiz|abwesenheitsmeldung"
    r"|abwesenheitsnachricht|automatic reply|automatische antwort|ist (?:derzeit )?(?:abwesend|nicht im (?:büro|haus)))\b",
)

ABSENT = _any(
    r"\bout of (?:the |my )?office\b", r"\b(?:away|absent) from (?:the |my )?(?:office|desk|work)\b", r"\bon (?:my |our )?"
    r"(?:annual |sick |parental |maternity |paternity |family |medical )?(?:leave|vacation|holidays?)\b",
    r"\b(?:am|be|is|are|i['’]m|i['’]ll be) (?:currently |presently |now )?(?:away|travell?ing|on the road|unavailable|off\b)",
    r"\blimited access to (?:my )?e-?mails?\b", r"\b(?:return|returning|back) (?:to|in|at) (?:the |my )?(?:office|work|desk)\b",
    r"\bi (?:will|shall) (?:return|be back)\b", r"\b(?:i['’]ll be|i am|i['’]m) back\b",
    r"\bnicht (?:im|in meinem|am) (?:büro|haus|hause|office|arbeitsplatz)\b", r"\bau(?:ß|ss)er haus(?:e)?\b", r"\babwesen(?:d|heit)\b",
    r"\b(?:im|in meinem|in den|auf|in) (?:urlaub|ferien|elternzeit|mutterschutz|betriebsferien|dienstreise|geschäftsreise)\b",
    r"\bnicht erreichbar\b", r"\bwieder (?:im büro|im haus|erreichbar|für sie da|da|zurück|verfügbar|zur verfügung|persönlich)\b",
    r"\bkrank(?:heitsbedingt|geschrieben)\b", r"\bkeinen zugriff auf meine e-?mails?\b", r"\burlaubsbedingt\b",
    r"\babsente?s?\b", r"\ben (?:congés?|vacances|déplacement)\b", r"\bde retour\b", r"\bfuera de la oficina\b", r"\bde vacaciones\b",
    r"\bde vuelta\b", r"\bausente\b", r"\bfuori (?:sede|ufficio)\b", r"\bin ferie\b", r"\bassente\b", r"\bafwezig\b",
    r"\b(?:met|op) (?:vakantie|verlof)\b", r"\bniet aanwezig\b", r"\bna urlopie\b", r"\bnieobecn\w+\b", r"\bmimo kancelář\b",
    r"\bdovolen\w+\b", r"\b(?:på|holder|har) (?:\w+ )?(?:ferie|semester|orlov)\b", r"\bde férias\b", r"\bв отпуске\b", r"\bотсутству\w+\b",
    r"\b(?:offices?|we) (?:is|are|will be) closed\b", r"\babwesenheits\w+\b", r"\bwieder (?:\w+ ){1,3}(?:erreichbar|da|im büro|im haus|zurück|verfügbar)\b",
    r"\bestoy de baja\b", r"\b(?:vuelvo|volveré|regreso|regresaré|me reincorpor\w+) (?:el|a|al)\b", r"\buffic\w+ (?:sono|è|sarà|saranno|rimarr\w+) chius\w+",
    r"\bchiusura (?:estiva|aziendale|per ferie)\b", r"\bniet (?:op kantoor|bereikbaar)\b", r"\bweer (?:aanwezig|bereikbaar|op kantoor|terug)\b",
    r"\bfora do escritório\b", r"\b(?:regresso|volto|voltarei|retorno)\b.{0,20}\b(?:a|em|dia|para)\b", r"\b(?:ikke på kontoret|inte på (?:kontoret|plats)|borte fra kontoret)\b",
    r"\bwegen (?:krankheit|erkrankung|urlaubs?)\b", r"\bnot in (?:the |my )?office\b", r"\bout sick\b", r"\ben arrêt\b", r"\bde (?:viaje|permiso)\b",
    r"\bno (?:tendré|tengo) acceso\b", r"\bin (?:maternità|malattia|trasferta)\b", r"\b(?:wij|we|kantoor) (?:zijn|is) gesloten\b", r"\b(?:är|er) ledig\b",
    r"\bfrånva(?:ro|rande)\b", r"\bfraværende\b", r"\blicença\b",
    r"\blomalla\b", r"\bpoissa\b", r"\bfermée?s? (?:jusqu|du)\b",
)  # fmt: skip

LEFT = _any(
    r"\bno longer (?:(?:work|employ|active)\w*|with|at|part of|a part of|in the employ)\b(?! (?:interested|a problem))",
    r"\b(?:has|have|i['’]ve) (?:now |recently |since )?left (?:the |our |my )?(?:company|firm|organi[sz]ation|business|team|[A-Z]\w+)",
    r"\b(?:is|am) not (?:working|employed) (?:here|at|with|for)\b.{0,40}\b(?:anymore|any more|any longer)\b",
    r"\bleft (?:the )?(?:company|firm|organi[sz]ation)\b", r"\b(?:is|has been) no longer employed\b",
    r"\bthis (?:e-?mail )?(?:address|mailbox|account) is no longer (?:in use|active|used|monitored|valid)\b",
    r"\b(?:has|have|i) (?:retired|resigned)\b", r"\bmy last (?:working )?day (?:was|at)\b",
    r"\bnicht mehr (?:(?:bei|für|in|im|am) .{0,60}?(?:tätig|beschäftigt|arbeite\w*)|im (?:unternehmen|hause?)|in unserem (?:hause?|unternehmen)"
    r"|tätig|beschäftigt|für (?:uns|unser|das unternehmen|die)|bei (?:uns|der|unserer))",
    r"\b(?:unternehmen|firma|unser haus|gesellschaft)\b.{0,40}\bverlassen\b", r"\bausgeschieden\b", r"\bim ruhestand\b",
    r"\b(?:in rente|in den ruhestand|in pension) (?:gegangen|gegangen bin|getreten)\b",
    r"\bdiese (?:e-?mail-?)?adresse (?:ist|wird) nicht mehr (?:gültig|aktiv|verwendet|genutzt|gelesen|in gebrauch)\b",
    r"\bne (?:travaille|fais|fait) plus (?:partie|chez|pour|dans)\b", r"\bplus partie d[eu]\b", r"\ba quitté (?:la|l['’]|notre)\b",
    r"\bya no (?:trabaj|form|labor)\w+\b", r"\bnon (?:lavora|lavoro|fa) più\b", r"\bniet (?:meer|langer) werkzaam\b",
    r"\bj['’]ai quitté (?:la |l['’]|cette |notre )?(?:société|entreprise|[A-Z]\w+)", r"\bnon (?:lavora|faccio|fa) più parte\b",
    r"\bj?á não (?:trabalho|trabalha|faço|faz|colaboro)\b", r"\bnão (?:trabalho|trabalha) mais\b", r"\b(?:arbetar|jobber|arbejder) (?:inte|ikke) (?:längre|lenger|længere)\b",
    r"\buit dienst\b", r"\bnie pracuj\w+ (?:już|juz)\b", r"\bbolje? ni(?:e|je) pracuje\b", r"\bнет больше не работает\b", r"\bбольше не работает\b",
)  # fmt: skip

# Said about the writer's own wish; each needs the verb and what it is about.
REMOVE_ME = _any(
    r"\b(?:please|kindly|pls|plz)?,?\s*(?:remove|delete|take|drop|strike) (?:me|us|my (?:e-?mail|address|name|number|details|data|contact\w*)|this (?:e-?mail )?address)"
    r"\b.{0,40}?\b(?:from|off|out of) (?:your|this|the|any|all|future)\b",
    r"\b(?:please|kindly|pls|plz)[, ]+(?:(?:just|immediately|do) )?(?:remove|delete|unsubscribe) (?:me|us|my)\b", r"\bremove me\b(?=\s*(?:[.!,]|$|please|now|asap))",
    r"\bunsubscribe (?:me|us|my)\b", r"\b(?:want|wish|like|need|ask\w*|request\w*) to (?:be )?(?:unsubscribed?|opt[- ]?out|removed from)\b",
    r"\bopt (?:me|us) out\b", r"\bi(?: am|['’]m)? opt(?:ing)?[- ]out\b",
    r"\b(?:do not|don['’]?t|stop|quit|cease|never) (?:ever )?(?:e-?mail|contact|call|messag|writ|spam|send|phon|harass|bother)\w*\b(?: to)? "
    r"(?:me|us|this)\b(?:.{0,30}\b(?:again|anymore|any ?more|any longer|in (?:the )?future|any (?:more )?(?:e-?mails?|messages?|mails?))\b|\s*(?:[.!]|$|please))",
    r"\bstop (?:emailing|e-mailing|mailing|spamming|contacting|calling|writing)\b(?: to)?(?= (?:me|us|this)\b|\s*(?:[.!]|$|please))",
    r"\bstop sending (?:me |us )?(?:any )?(?:more )?(?:these|this|such|your|e-?mails?|mails?|messages?|stuff|spam)\b",
    r"\btake me off\b", r"\bleave (?:me|us) alone\b", r"(?:^|[.!,\n]\s*)(?:please,? )?no (?:more|further) (?:e-?mails?|mails?|messages?|contact|calls?)\b(?=\s*(?:please|[.!,]|$))",
    r"\b(?:object to|withdraw (?:my )?consent)\b.{0,60}\b(?:processing|use|data|marketing|contact)\b",
    r"\b(?:gdpr|dsgvo|art(?:icle|ikel|\.)? ?(?:17|21))\b.{0,80}\b(?:eras|delet|remov|object|lösch|widersp|widerruf)",
    r"\b(?:eras|delet|remov|lösch|widersp|widerruf)\w*.{0,80}\b(?:gdpr|dsgvo|datenschutz-?grundverordnung|art(?:icle|ikel|\.)? ?(?:17|21))\b",
    r"\b(?:nehmen|tragen) sie (?:bitte )?(?:mich|uns|meine|unsere|diese)\b.{0,40}?\b(?:aus|von)\b.{0,30}\b(?:verteiler|liste|kartei|datenbank|adress|newsletter)",
    r"\b(?:nehmen|tragen) sie (?:mich|uns) .{0,40}(?:heraus|raus|aus)\s*(?:[.!]|$)", r"\b(?:streichen|löschen|entfernen) sie (?:bitte )?(?:mich|uns|meine|unsere)\b",
    r"\b(?:nimm|streich|lösch|entfern|trag)\w* (?:mich|uns|meine)\b.{0,40}\b(?:aus|von)\b",
    r"\b(?:aus|von) (?:dem|ihrem|eurem|deinem|diesem|der|ihrer|eurer|allen) (?:e-?mail-?)?(?:verteiler\w*|liste|mailing-?liste|newsletter|datenbank|kartei|adress\w*)\b"
    r".{0,40}\b(?:nehmen|entfernen|löschen|streichen|austragen|herausnehmen|rausnehmen|abmelden|gelöscht|entfernt|gestrichen)\b",
    r"\bkeine (?:weiteren? )?(?:e-?mails?|mails?|werbung|anrufe|nachrichten|kontaktaufnahme\w*|newsletter|zuschriften|werbe\w+) mehr\b",
    r"\b(?:bitte|möchte\w*|wünsche\w*|wollen?|will)\b.{0,40}\bkeine (?:weiteren? |mehr )?(?:e-?mails?|mails?|werbung|anrufe|nachrichten|newsletter|zuschriften|werbe\w+)\b"
    r"(?=.{0,40}\b(?:mehr|erhalten|zusenden|schicken|senden|bekommen)\b)", r"\bkeine (?:werbung|weiteren (?:e-?mails?|anrufe|mails|nachrichten))(?: mehr)?(?: bitte)?\s*(?:[.!]|$)",
    r"\b(?:schreiben|kontaktieren|rufen|belästigen|mailen) sie (?:mich|mir|uns) (?:bitte )?(?:nicht mehr|nie wieder|nicht weiter|künftig nicht)\b",
    r"\bwidersprech\w* .{0,80}\b(?:nutzung|verwendung|verarbeitung|werbung|daten|kontakt\w*|zusendung)\b", r"\bwiderspruch\b.{0,60}\b(?:werbung|daten\w*|verarbeitung|nutzung|art)\b",
    r"\blöschen sie (?:bitte )?(?:meine|unsere|alle) .{0,30}(?:daten|adresse|kontakt\w*|angaben)\b", r"\b(?:lassen sie (?:mich|uns)|lass mich) (?:bitte )?in ruhe\b",
    r"\bmelden sie mich (?:bitte )?.{0,20}\bab\b", r"\bbitte (?:vom newsletter )?(?:abmelden|austragen)\b", r"\bnewsletter (?:abbestellen|kündigen)\b",
    r"\b(?:désabonn|désinscri)\w+[- ]?(?:moi|nous|me)?\b", r"\bretire[rz]?[- ]moi\b.{0,40}\bliste\b", r"\bne (?:plus )?me (?:plus )?(?:contacte|écrive|envoye)\w*\b",
    r"\b(?:bórreme|elimíneme|quíteme|darme de baja|dar de baja|denme de baja)\b", r"\bno me (?:escriba|contacte|envíe|llame)\w* más\b(?! (?:tarde|temprano|de|antes|que)\b)",
    r"\b(?:cancellami|cancellatemi|rimuovimi|rimuovetemi|disiscriv\w+)\b", r"\b(?:schrijf|haal|verwijder) (?:mij|me|ons)\b.{0,30}\b(?:uit|af|van)\b", r"\buitschrijven\b",
    r"\bbe taken off\b.{0,30}\blists?\b", r"\bcease (?:all |any )?(?:further )?(?:communicat\w+|contact\w*|e-?mail\w*)\b",
    r"\bnicht mehr (?:kontaktiert|angeschrieben|angerufen|angemailt|belästigt)\b", r"\bunterlassen sie\b.{0,40}\b(?:kontakt\w*|e-?mails?|anrufe?|werbung|zusendung\w*|nachrichten)\b",
    r"\b(?:wünsche\w*|möchte\w*|wollen?|will)\b.{0,20}\bkeine weiteren (?:e-?mails?|anrufe|kontakt\w*|(?:informationen|angebote|unterlagen) von (?:ihnen|euch))\b", r"\bhören sie auf,? (?:mir|mich|uns)\b",
    r"\bvon weiteren (?:anrufen|e-?mails?|nachrichten|kontakt\w*|zusendungen)\b.{0,20}\bab(?:zu)?sehen\b", r"\barrêtez de (?:m['’]|me |nous )", r"\b(?:supprimer|effacer) mes (?:coordonnées|données)\b",
    r"\b(?:denme|den me|dadme) de baja\b", r"\bdejen? de (?:enviar|escribir|llamar|mandar|contactar)me\b", r"\bessere (?:rimoss|cancellat|tolt)\w\b.{0,30}\b(?:list\w*|elenco|database|newsletter)\b",
    r"\bsmette(?:te|tela|re) di (?:scriver|mandar|inviar|chiamar|contattar)(?:mi|ci)\b", r"\bniet meer (?:benaderd|gebeld|gemaild|gecontacteerd) (?:te )?worden\b",
    r"\b(?:parem?|deixem?) de (?:me|nos) (?:enviar|mandar|contactar|ligar|escrever)\b", r"\bretir\w+ (?:o )?meu (?:e-?mail|endereço|nome|contacto)\b.{0,30}\b(?:lista|base)\b", r"\bcancelar (?:a )?(?:minha )?(?:subscrição|inscrição)\b",
    r"\bbitte (?:(?!heute\b|diese\b|erst\b)\w+ ){0,3}nicht (?:mehr|weiter) (?:anschreiben|anrufen|kontaktieren|anmailen|belästigen)\b",
    r"\bme (?:retirer|supprimer|enlever)\b.{0,40}\b(?:listes?|base|fichiers?|mailing|diffusion|envois?|newsletter)\b", r"\bne plus (?:m['’](?:envoyer|écrire|appeler(?! (?:le|avant|après|pendant|à)\b))|me (?:contacter|solliciter|relancer|démarcher))\b",
    r"\bne (?:souhaite|désire|veux) plus (?:être (?:contacté|sollicité|démarché)|recevoir)", r"\bcesse[rz]? de (?:m['’]|me )",
    r"\b(?:eliminarme|borrarme|quitarme|sacarme|elimínenme|bórrenme|quítenme)\b", r"\bno me (?:escriban?|contacten?|envíen?|llamen?|manden?)\b.{0,20}\bmás\b(?! (?:tarde|temprano|de|antes|que)\b)",
    r"\bno (?:deseo|quiero) (?:recibir |que )?.{0,20}\bmás (?:correos?|e-?mails?|mensajes|llamadas|publicidad)\b",
    r"\b(?:cancellar|rimuover|toglier|eliminar|disiscriver)(?:mi|ci)\b", r"\b(?:togli|elimina)(?:mi|temi|teci|etemi)\b.{0,30}\b(?:list[ae]|elenco|mailing|database|newsletter|indirizzi)\b", r"\bnon (?:scrive|contatta|manda|invia|chiama)(?:te)?mi\b.{0,20}\bpiù\b(?! (?:tardi|presto|di|che|delle|dopo)\b)",
    r"\bnon (?:desidero|voglio) (?:più )?(?:ricevere|essere contattat\w+)\b(?=.{0,30}(?:più|vostr|mail|messagg|comunicazion)|\s*[.!]|$)",
    r"\b(?:wil|willen|wens\w*|gelieve|stuur|graag|verzoek\w*)\b.{0,40}\bgeen (?:e-?mails?|mails?|berichten|reclame|nieuwsbrie\w+)\b.{0,20}\bmeer\b", r"\b(?:mij|me|ons) (?:alsjeblieft |a\.?u\.?b\.? )?niet meer (?:te )?(?:mailen|bellen|benaderen|schrijven|contacteren)\b",
    r"\b(?:remov|exclu)\w{1,3}-me\b", r"\b(?:re)?tir\w{1,3}-me\b.{0,30}\blista\b", r"\bme (?:remov|retir|exclu|tir)(?:a|e|am|em)\b.{0,30}\blista\b", r"\bnão (?:quero|desejo|pretendo) (?:mais )?(?:receber|ser contact\w+)\b.{0,20}\b(?:mais|e-?mails?|mensagens)\b",
)  # fmt: skip

# Nothing but the bare word, as a whole mail or as its subject.
BARE_WISH = re.compile(
    r"^\W*(?:(?:please|bitte) )?(?:unsubscribe|remove|remove me|stop|opt[- ]?out|abmelden|abmeldung|austragen|abbestellen|löschen"
    r"|désabonner|désinscription|baja|cancellazione|uitschrijven|wypisz|unsubscribe please|unsubscribe me)(?: please| bitte)?\W*$",
    re.IGNORECASE,
)

# Somebody who only asks or reports about it has no such wish.
NOT_A_WISH = _any(
    r"\b(?:don['’]?t|do not|not|never) (?:want to |wish to )?(?:unsubscribe|remove me|opt out)\b", r"\bunless\b", r"\bhow (?:do|can) (?:i|we|you) (?:un|remove)",
    r"\b(?:did|do) you (?:remove|delete|unsubscribe)\b", r"\bdo(?:n['’]?t| not) stop\b",
    r"\b(?:from|aus) (?:the |this |dem |diesem )?(?:cc|thread|meeting|invit\w*|termin\w*|besprechung\w*)\b",
)  # fmt: skip

CONFIRMS = _any(
    r"^(?:yes|yep|ja|oui|sí|si|ok(?:ay)?|confirmed|correct|agreed|perfect|perfekt|stimmt|passt|genau|einverstanden|bestätigt|korrekt"
    r"|richtig|d'accord|d’accord|de acuerdo|va bene|akkoord|prima|super|sounds good|looks good|looks right|all good|alles klar"
    r"|alles richtig|alles korrekt|hiermit bestätige ich)\b",
    r"\b(?:i|we)(?: can| do| hereby|['’]d)? confirm\b", r"\b(?:that(?:['’]s| is| all looks)|this is|it(?:['’]s| is)|all|everything(?:['’]s| is)?) (?:is )?(?:correct|right|fine|good|confirmed|accurate)\b",
    r"\b(?:passt|stimmt|ist) (?:alles |so |soweit )*(?:so|für (?:mich|uns)|korrekt|richtig)\b", r"\b(?:bestätige|bestätigen) (?:ich|wir|hiermit|ihnen|das|die|den)\b", r"\b(?:ich|wir) bestätigen?\b",
    r"\blooks (?:good|right|correct|fine)\b", r"\bsounds (?:good|right)\b", r"\bje confirme\b", r"\bconfirmo\b", r"\bconfermo\b",
)  # fmt: skip
OBJECTS = _any(
    r"\b(?:not|n['’]t|nicht|kein\w*|pas|no es|non è) (?:quite |ganz |really |wirklich |so )*(?:correct|right|confirm\w*|agree\w*|richtig|korrekt|stimm\w*|einverstanden|passt)\b",
    r"\b(?:stimm\w*|pass\w*|ist|sind)\b.{0,15}\bnicht\b", r"\b(?:but|however|except|aber|allerdings|jedoch|außer|mais|pero|sauf|correction|korrektur|mistake|fehler|wrong|falsch|statt|instead|change)\b", r"\?",
)  # fmt: skip
