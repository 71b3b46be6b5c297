"""How mail systems say in words alone that an address could not be reached, in the languages of our prospects."""

from __future__ import annotations

import re
from collections.abc import Iterator

# From here on the mail that comes back is quoted: whatever stands there is about us.
RETURNED = re.compile(
    r"^[ \t>|*=_-]{0,40}(?:(?:the )?(?:original|unsent|returned|undelivered) (?:message|mail)\b.{0,30}$"
    r"|(?:the )?headers? of (?:the|your) (?:original )?message|below (?:this line )?is a copy|this is a copy of (?:the|your)"
    r"|returned mail header|received: (?:from|by)\b|(?:ursprüngliche|original-?)\s?nachricht|message d['’]origine"
    r"|mensaje original|messaggio originale|oorspronkelijk bericht|mensagem original)",
    re.IGNORECASE | re.MULTILINE,
)
FAILED = re.compile(
    r"could ?n[o']t be (?:delivered|sent|found)|cannot be delivered|can ?not deliver|undeliver(?:able|ed)|not (?:been )?delivered"
    r"|was ?n['’]t delivered|not able to be delivered|unable to deliver|wasn['’]t able to deliver|fail(?:ed|ure) to deliver"
    r"|deliver\w* (?:\w+ ){0,4}fail|fail\w* (?:\w+ ){0,3}deliver|did not reach|delivery (?:problem|error)|fatal error"
    r"|following address(?:\(?es\)?)? failed|failed address|trying to deliver|unsuccessful recipient|recipients? (?:was|were) affected"
    r"|temporary problem delivering|not yet been delivered|a message is delayed|is undeliverable"
    r"|(?:unknown|invalid|no such|bad) (?:user|recipient|address|mailbox|account)|(?:user|recipient|address|mailbox|account)\w*"
    r" (?:\S+ ){0,3}?(?:unknown|not (?:found|listed|recogni[sz]ed|exist)|does ?n['’o]t exist|invalid|disabled|suspended|is full|over quota)"
    r"|not a valid (?:user|recipient|address|mailbox)|address not found|no mailbox here|mailbox (?:is )?full|quota exceeded|exceeds (?:the )?(?:allowed|maximum|permitted) size"
    r"|nicht (?:\S+ ){0,4}?(?:zugestellt|zustellbar|erreichen|gefunden|vorhanden|aufgeführt)|unzustellbar|zustellung\w* (?:\S+ ){0,4}?(?:fehl|nicht)"
    r"|fehler bei der (?:nachrichten)?zustellung|unbekannter? (?:empfänger|benutzer|adresse)|postfach (?:ist )?voll"
    r"|non remis|n['’]a pas (?:pu être|été|atteint)|échec de (?:la )?remise|introuvable|(?:utilisateur|destinataire|adresse) inconnue?"
    r"|n['’]existe pas|boîte (?:\S+ )?pleine|no se (?:ha )?(?:pud\w+|puede|encontró|encuentra)|no (?:fue )?entregad[oa]|usuario desconocido"
    r"|no existe|buzón (?:\S+ )?lleno|recapito non riuscito|non (?:è stat[oa] |può essere )?(?:recapita\w+|consegnat[oa])|non (?:è stato )?trovato"
    r"|utente sconosciuto|casella (?:\S+ )?piena|(?:bezorging|aflevering) (?:\S+ ){0,8}?mislukt|niet (?:\S+ ){0,4}?(?:bezorg\w+|afgeleverd|gevonden)|onbestelbaar"
    r"|onbekende (?:gebruiker|ontvanger)|falha na entrega|não (?:\S+ ){0,3}?(?:entreg\w+|encontrado)|usuário desconhecido"
    r"|caixa (?:\S+ )?cheia|nie można (?:dostarczyć|odnaleźć)|nie (?:została |zostało )?dostarczon\w+|nieznany (?:użytkownik|odbiorca)"
    r"|kunde inte levereras|kunne ikke leveres|ei voitu toimittaa|nelze doručit|недоставлен|не (?:\S+ ){0,3}?доставлен|(?:пользователь|адрес) не (?:найден|существует)"
    r"|配信できません|送信できません|エラーメール|无法投递|無法傳送|退信|배달되지 않았습니다",
    re.IGNORECASE,
)
# What passes: the mail system goes on trying, or only their mailbox is full.
PASSES = re.compile(
    r"delay|will (?:continue|keep|be re-?tr|re-?try)|still (?:trying|being)|temporar|do not need to resend|is retried|not yet been delivered"
    r"|wird weiter versucht|verzögert|vorübergehend|warning message only|temporaire|temporal\b|temporane|tijdelijk|temporári"
    r"|mailbox (?:is |was )?full|over quota|quota exceeded|mailbox exceeds|postfach (?:ist )?voll|boîte (?:\S+ )?pleine|buzón (?:\S+ )?lleno|casella (?:\S+ )?piena",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[\w.+=%&'/\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,6}")
# Lines that name somebody else: who sent it, who helps.
_NOT_IT = re.compile(
    r"^\s*(?:from|von|de|da|van|reply-to|return-path|sender|absender|expéditeur|message-id|reporting-mta|x-[\w-]+)\s*:"
    r"|\b(?:assistance|help|support|questions?|kontakt\w*|hilfe|aide|ayuda|assistenza)\b|\b(?:please|bitte) (?:contact|send|kontakt)|contact (?:your|the|us)",
    re.IGNORECASE,
)
_LONGEST, _MOST_LINES, _ABOVE, _BELOW = 20_000, 120, 12, 3


def own_words(text: str) -> str:
    """What the mail system itself says, without the mail that it returns."""
    text = text[:_LONGEST]
    cut = RETURNED.search(text)
    return text[: cut.start()] if cut and text[: cut.start()].strip() else text


def named_in_words(text: str) -> Iterator[tuple[str, str]]:
    """(address, line) of each address that stands near words of failure."""
    lines = own_words(text).splitlines()[:_MOST_LINES]
    failing = [at for at, line in enumerate(lines) if FAILED.search(line[:500])]
    for at, line in enumerate(lines):
        near = [each for each in failing if each - _BELOW <= at <= each + _ABOVE]
        if near and not _NOT_IT.search(line[:500]):
            said = lines[min(near, key=lambda each: abs(each - at))]
            yield from ((address.strip(".'"), said) for address in _ADDRESS.findall(line[:500]))


def only_address(text: str) -> Iterator[tuple[str, str]]:
    """The address that such a mail names where its subject alone says what happened; nothing if there are several."""
    lines = [line for line in own_words(text).splitlines()[:_MOST_LINES] if not _NOT_IT.search(line[:500])]
    found = {address.strip(".'").lower(): line for line in lines for address in _ADDRESS.findall(line[:500])}
    if len(found) == 1:
        yield from found.items()
