"""How people write days, and until when they are away: patterns for `absence`."""

from __future__ import annotations

import re

from ringback.domain.mail.day_words import LONG_WEEKDAYS, MONTHS

_MONTH = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
_WEEKDAY = "|".join(sorted(map(re.escape, LONG_WEEKDAYS), key=len, reverse=True))
DATE = re.compile(
    rf"(?P<iso>\b(\d{{4}})-(\d{{1,2}})-(\d{{1,2}})\b)"
    rf"|(?P<dm>\b(\d{{1,2}})(?:st|nd|rd|th|er|º|°|\.)?(?:\s+(?:of|de|di))?\s*[\s.\-]\s*({_MONTH})\b\.?(?:,?\s+(?:de\s+)?(\d{{4}})\b)?)"
    rf"|(?P<md>\b({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*:)(?:,?\s+(\d{{4}})\b)?)"
    r"|(?P<dots>\b(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}|\d{2})\b)?)"
    r"|(?P<slashes>\b(\d{1,2})[/\-](\d{1,2})(?:[/\-](\d{4}|\d{2}))?\b(?!\s*(?:%|h\b)))",
    re.IGNORECASE,
)
RANGE_START = re.compile(
    r"\b(\d{1,2})\.?\s*(?:-|–|—|bis|to|until|au|al|tot)\s*(?:zum\s+)?$"
    r"|\b(?:between|zwischen|entre|tra|tussen|mellem|mellan)\s+(?:the\s+|dem\s+|le\s+|el\s+|il\s+)?\d{1,2}\.?\s*(?:and|und|et|y|e|en|og|och)\s*(?:the\s+|dem\s+|le\s+|el\s+|il\s+)?$",
    re.IGNORECASE,
)
NEAR = re.compile(
    rf"\b(?:(?P<weekday>(?:next |this |kommenden |nächsten |diesen |coming )?(?:{_WEEKDAY}))\b"
    r"|(?P<tomorrow>tomorrow|morgen(?! früh zu)|demain|mañana|domani)\b"
    r"|(?P<week>(?:early |beginning of |anfang )?(?:next week|nächste(?:r|n)? woche|kommende(?:r|n)? woche|la semaine prochaine|volgende week))\b)",
    re.IGNORECASE,
)
# What stands before a day says whether they are away on it still, or back on it.
UNTIL = re.compile(
    r"(?:(?<!\w)(?:until|till|til|through|thru|up to|to|and including|bis(?: einschlie(?:ß|ss)lich| inkl(?:usive|\.)?| zum| incl\.)*|jusqu['’]au|jusqu['’]à|au|hasta(?: el)?|al?|fino al?|t/m|tot(?: en met)?"
    r"|do|até(?: ao| o)?|(?:till|til) (?:och|og) med|t\.?o\.?m\.?|ends? on|ending|endet am)|[-–—])\s*(?:the\s+|next\s+|próximo\s+|prochain\s+|d[ií]a\s+|den\s+|dem\s+|le\s+|el\s+|il\s+|am\s+|einschl\w*\s+|inkl\.\s+|and including\s+)*$",
    re.IGNORECASE,
)
BACK = re.compile(
    r"(?:\b(?:back|return\w*|again|reachable|available|resume\w*|from|as of|starting|after|wieder|zurück|ab|retour|reviendrai|vuelta|vuelvo"
    r"|regreso|vuelven?|volveré|regresaré|regresso|volto|voltarei|retorno|rientr\w+|terug|weer|åter|tillbaka|tilbage|tilbake|reopen\w*|erreichbar|seit|partir|powrót|wracam|возвращ\w+|вернусь)\b[^.!?\n]{0,40}?)"
    r"(?:\b(?:on|am|ab|dem|den|the|le|el|il|op|from|of|to work|in the office|im büro|büro|office|by|du|desde|dal|vanaf|seit|dia|previsto|para|ao?|al|i tjänst|på kontoret)\b[\s,]*)*$",
    re.IGNORECASE,
)
BACK_AFTER = re.compile(
    r"^[\s,)]*(?:\d{4}\s*)?(?:bin ich |werde ich |i (?:will|shall) be |i['’]ll be |ist? )?[^.!?\n]{0,25}?\b(?:wieder|zurück|back|return\w*|de retour|de vuelta|terug|weer|åter|tillbaka|tilbage|tilbake)\b",
    re.IGNORECASE,
)
FROM = re.compile(
    r"\b(?:from|between|since|starting|vom|von|zwischen|seit|ab|du|del|dal|van|as of)\s+(?:(?:the|dem|den)\s+)?(?:\w+day,?\s+|\w+tag,?\s+(?:dem\s+|den\s+)?)?$",
    re.IGNORECASE,
)
MONTH_FIRST = re.compile(r"\b(?:the|will|office|back|return|until|please|contact)\b", re.IGNORECASE)
LEADING_WEEKDAY = re.compile(rf"\b(?:{_WEEKDAY})\.?,?\s*(?:(?:the|dem|den|le)\s+)?$")
COMES_BACK = re.compile(
    r"\b(?:back|return|wieder|erreichbar|available|retour|antworte\w*|répondr\w+|reviens|reviendrai|joignable|disponible|contestar\w*"
    r"|responder\w*|risponder\w*|rientr\w+|bereikbaar|weer|tilbage|tilbake|åter|tillbaka|volta\w*|regress\w*|retorn\w*|vuel\w+)\b"
)
# “Not in the office before Monday” is as good as until the day before.
NOT_BEFORE = re.compile(
    r"\b(?:not|n['’]t|nicht|pas|no|non|niet|ikke|inte|não)\b[^.!?\n]{0,40}\b(?:before|vor|avant|antes|prima|voor|før|före)\s+"
    r"(?:(?:the|dem|den|le|el|il|de|del|do)\s+)?$"
)
# “Regresso a 18 de maio”: the little word before the day says when they return, not how long they stay away.
BACK_AT = re.compile(
    r"\b(?:regresso|regreso|retorno|volto|voltarei|vuelvo|volveré|rientro|rientrerò|torno|ritorno|retour|back)\s+(?:previsto\s+)?(?:a|al|à|au|ao|para|no dia|em)\s*$",
    re.IGNORECASE,
)
# Finnish puts it behind the day.
UNTIL_AFTER = re.compile(r"^\s*(?:asti|saakka)\b", re.IGNORECASE)
NOT_BACK_UNTIL = re.compile(r"\b(?:not|n['’]t)\b[^.!?\n]{0,30}\b(?:back|return\w*|available|reachable)\b")
