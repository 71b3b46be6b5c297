"""What somebody wrote in a mail, without what they quoted and without their signature.

Line by line and in one pass, so that no mail, however odd, costs more than its length. A reply between the quoted lines
stays whole; a greeting with the first name below “Thanks” stays too: somebody typed it.
"""

from __future__ import annotations

import re

from ringback.domain.mail.quote_words import (
    DAYS,
    FAREWELLS,
    FORWARDED,
    FROM,
    ON,
    ORIGINAL,
    OTHER_HEADERS,
    QUOTING,
    SENT_FROM,
    THANKS,
    WROTE,
)

LONGEST_TEXT = 200_000
LONGEST_ATTRIBUTION, LONGEST_INTRODUCTION = 4, 400
LONGEST_SIGNATURE = 14

_QUOTED = re.compile(r"\s{0,3}(?:>|[|]\s?>|\xa0>)")
_RULE = re.compile(r"\s*[-_=*–—]{5,}\s*$")
_DELIMITER = re.compile(r"\s*(?:-- ?|--\xa0|__|—|––)\s*$")
_DASHED = re.compile(r"[\s\-_*=>#]*(.+?)[\s\-_*=<#:]*$")
_HEADER = re.compile(r"[\s*>]*([^\W\d][^:：]{0,24}?)\s*\*?\s*[:：]")
_ADDRESS = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
_CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}")
_DAY = re.compile(r"\d{1,4}[./\-年]\s?\d{1,2}[./\-月]\s?\d{1,4}|\b(?:19|20)\d{2}\b")
_CONTACT = re.compile(
    r"@[\w\-]+\.|www\.|https?://|\b(?:tel|phone|telefon|fon|fax|mobil|mobile|cell|office|direct|skype|t|f|m|p)\b\s?[.:+]"
    r"|\+\d[\d\s()/.\-]{6,}|\(?\d{3,5}\)?[\s/.\-]\d{3}[\s\-.]?\d{3,}|\b(?:gmbh|inc\.|ltd|llc|s\.a\.|ag\b|ust-?id|hrb)"
    r"|amtsgericht|geschäftsführer|registergericht|handelsregister",
    re.IGNORECASE,
)
_DASH_NAME = re.compile(r"\s*[-–—~]{1,2}\s?[^\W\d_][\w.'’]*(?:\s[^\W\d_][\w.'’]*){0,3}\s*$")
_SMALL_PRINT = re.compile(
    r"(?:this|the information (?:contained )?in this) (?:e-?mail|message|communication)\b.{0,80}"
    r"(?:confidential|intended|privileged)"
    r"|diese e-?mail\b.{0,80}(?:vertraulich|bestimmt)"
    r"|^\s*(?:confidentiality notice|disclaimer|caution|hinweis zum datenschutz)\b"
    r"|ce (?:message|courriel)\b.{0,80}confidentiel|^\s*virus-free\.|^\s*virenfrei\.|avast\.com",
    re.IGNORECASE,
)


# Lotus Notes: “Ada Hartley ---05.05.2026 14:05:11---Hello Max”.
_NOTES = re.compile(r"---\s?\d{1,4}[./\-]\d{1,2}[./\-]\d{2,4},? \d{1,2}:\d{2}(?::\d{2})?(?: [ap]m)?---", re.IGNORECASE)
_MOMENT = re.compile(r"\s*\d{1,4}[./\-]\d{1,2}[./\-]\d{2,4},?\s+\d{1,2}:\d{2}(?::\d{2})?(?: [ap]m)?\s*$", re.IGNORECASE)
# What a mail gateway puts on top of everything that comes from outside.
_BANNER = re.compile(
    r"(?=.{0,200}\b(?:e-?mails?|message|nachricht|sender|absender|courriel|messaggio|bericht|expéditeur|correo|mittente)\b)"
    r"\W*(?:caution|warning|achtung|vorsicht|attention|attenzione|atención|let op|externe? e-?mail)\b.{0,80}"
    r"(?:external|outside|extern\w*|außerhalb|extérieur\w*|esterno|buiten)|\s*\W?\[?(?:external|extern|ext|externe)\]\W*$",
    re.IGNORECASE,
)


def new_text(text: str, sender: str = "") -> str:
    """The part of a mail's plain text that is new; `sender` is the name in its From header.

    A mail that consists of nothing else gives "" (an empty answer above a quote).
    """
    own = _without_quotes(_without_banner(text[:LONGEST_TEXT].splitlines()))
    return "\n".join(_tidy(_without_signature(own, sender)))


def _without_banner(lines: list[str]) -> list[str]:
    """The mail from the first paragraph on that is not a gateway's warning."""
    first = next((at for at, line in enumerate(lines) if line.strip()), None)
    if first is None or not _BANNER.match(lines[first][:LONGEST_INTRODUCTION]):
        return lines
    end = next((at for at in range(first, min(first + 6, len(lines))) if not lines[at].strip()), None)
    return lines if end is None else lines[end:]


def _without_quotes(lines: list[str]) -> list[str]:
    """Everything up to a quoted mail; where new lines follow quoted ones (an answer in between), those as well."""
    kept: list[str] = []
    at = 0
    while at < len(lines):
        if _QUOTED.match(lines[at]):
            at = _drop_quote(kept, lines, at)
        elif (length := _attribution(lines, at)) > 0:
            if not _quote_follows(lines, at + length):
                break  # everything below is the old mail, without marks
            kept.append("")
            at += length
        elif _whole_mail_below(lines, at):
            break
        else:
            kept.append(lines[at])
            at += 1
    return kept


def _drop_quote(kept: list[str], lines: list[str], at: int) -> int:
    kept.append("")
    while at < len(lines) and _QUOTED.match(lines[at]):
        at += 1
    return at


def _quote_follows(lines: list[str], at: int) -> bool:
    """Whether the next line with anything in it is a marked quote."""
    following = next((line for line in lines[at : at + 6] if line.strip()), "")
    return bool(_QUOTED.match(following))


def _attribution(lines: list[str], at: int) -> int:
    """How many lines “On Monday, Ada <ada@…> wrote:” takes from here; 0 if it is none."""
    joined = ""
    for length in range(1, 1 + (LONGEST_ATTRIBUTION if _may_run_on(lines[at]) else 1)):
        if at + length > len(lines) or not lines[at + length - 1].strip():
            return 0
        joined = f"{joined} {lines[at + length - 1].strip()}".strip()
        if len(joined) > LONGEST_INTRODUCTION:
            return 0
        if joined.rstrip("-—*_ ")[-1:] in (":", "："):
            return length if _introduces(joined, quoted=_quote_follows(lines, at + length)) else 0
        if _runs_on(joined):
            return length
        if _says_all(joined, quoted=_quote_follows(lines, at + length)):
            return length
    return 0


def _says_all(line: str, *, quoted: bool) -> bool:
    """Without a colon: what stands above a marked quote, or a line that begins with the day and ends with the deed."""
    folded = line.casefold()
    if folded.startswith(QUOTING) and quoted:
        return True
    if not (_says_wrote(line[-24:]) and _dated(line)):
        return False
    return quoted or (_dated_first(line) and bool(_ADDRESS.search(line)) and folded.endswith(WROTE))


def _introduces(line: str, *, quoted: bool) -> bool:
    folded = line.casefold().lstrip("-–—*> \t")
    if folded.startswith(QUOTING) and quoted:
        return True
    if _says_wrote(folded):
        return quoted or _dated(folded) or bool(_ADDRESS.search(folded))
    # “26.06.2014, 14:41, "Ada" <ada@…>:” names nobody's deed at all.
    return _dated(folded) and bool(_ADDRESS.search(folded)) and (quoted or bool(_CLOCK.search(folded)))


def _runs_on(line: str) -> bool:
    """“On Monday, Ada <ada@…> wrote: Hello” and “---- On Monday Ada <ada@…> wrote ----”: the old mail goes on in it."""
    folded = line.casefold()
    for word in WROTE:
        at = folded.find(word)
        if at > 0 and re.match(r"\s?(?::|-{3,})", folded[at + len(word) :]):
            return _dated(line[:at]) and bool(_ADDRESS.search(line[:at]))
    return False


def _says_wrote(folded: str) -> bool:
    folded = folded.casefold()
    return any(_word_in(word, folded) for word in WROTE)


def _word_in(word: str, folded: str) -> bool:
    at = folded.rfind(word)
    return at >= 0 and (not word.isascii() or at == 0 or not folded[at - 1].isalpha() or folded[at - 1] == ">")


def _may_run_on(line: str) -> bool:
    """Only a line that gives the day, or says who wrote, may begin an introduction of several lines: “No problem” above
    it is an answer.
    """
    return _dated_first(line) or bool(len(line) <= LONGEST_INTRODUCTION and _ADDRESS.search(line) and _says_wrote(line))


def _dated_first(line: str) -> bool:
    first = line.lstrip('-–—*<" ').partition(" ")[0].casefold().strip(",.")
    return len(line) <= LONGEST_INTRODUCTION and (first in ON or first[:1].isdigit() or first in DAYS) and _dated(line)


def _dated(line: str) -> bool:
    first = line.lstrip("-–—*> ").partition(" ")[0].casefold().strip(",")
    return bool(_DAY.search(line) or (_CLOCK.search(line) and (first in ON or first[:1].isdigit())))


def _whole_mail_below(lines: list[str], at: int) -> bool:
    """“-----Original Message-----”, or the header lines of the old mail, with or without a line above them."""
    line = lines[at]
    folded = line.casefold().strip()
    if not folded or len(folded) > LONGEST_INTRODUCTION:
        return False
    if _NOTES.search(line) or folded.strip(" :") in FORWARDED or _notes_block(lines, at):
        return True
    if len(folded) <= 200 and (folded[0] in "-_*=>#—–" or folded.endswith(("-", "_", "*"))):
        inner = _DASHED.match(folded)
        if inner and inner[1].strip(" *:") in ORIGINAL:
            return True
    if _RULE.match(line):
        following = next((n for n in range(at + 1, min(at + 4, len(lines))) if lines[n].strip()), -1)
        return following >= 0 and _header_block(lines, following)
    return _header_block(lines, at)


def _notes_block(lines: list[str], at: int) -> bool:
    """Notes of old: the sender, the moment below it, and the names of the header lines on lines of their own."""
    if not _ADDRESS.search(lines[at]) or at + 1 >= len(lines) or not _MOMENT.match(lines[at + 1]):
        return False
    return any(line.casefold().strip() in OTHER_HEADERS for line in lines[at + 2 : at + 6])


def _header_block(lines: list[str], at: int) -> bool:
    """At least three header lines of a mail, one of which says from whom it was; some of them may be folded."""
    names: list[str] = []
    blanks = 0
    for line in lines[at : at + 14]:
        if not line.strip():
            blanks += 1
            if blanks > 1 and names:
                break
            continue
        found = _HEADER.match(line)
        name = found[1].casefold().strip(" *") if found else ""
        if name in FROM or name in OTHER_HEADERS:
            names.append(name)
        elif not names:
            return False
    return len(set(names)) >= 3 and any(name in FROM for name in names)


def _without_signature(lines: list[str], sender: str) -> list[str]:
    lines = _before_delimiter(lines)
    lines = _before_small_print(lines)
    lines = _before_sent_from(lines)
    return _before_business_card(lines, sender)


def _before_delimiter(lines: list[str]) -> list[str]:
    """Up to “-- ”, or to a rule with a short block below it, such as a mailing list's."""
    filled = _last_lines(lines, 2 * LONGEST_SIGNATURE + 1)
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    for at in filled:
        below = [lines[n] for n in filled if n > at]
        if at == first:
            continue
        if _DELIMITER.match(lines[at]):
            return lines[:at]
        if _RULE.match(lines[at]) and 0 < len(below) <= LONGEST_SIGNATURE and any(map(_CONTACT.search, below)):
            return lines[:at]
    return lines


def _before_small_print(lines: list[str]) -> list[str]:
    at = next((at for at, line in enumerate(lines) if at and _SMALL_PRINT.search(line[:LONGEST_INTRODUCTION])), None)
    return lines if at is None else lines[:at]


def _before_sent_from(lines: list[str]) -> list[str]:
    """Up to a telephone's “Sent from my …” that stands alone at the end."""
    for at in _last_lines(lines, 3):
        if at > 0 and _praises_itself(lines[at].casefold().strip(" *<([\t\xa0")):
            return lines[:at]
    return lines


def _praises_itself(folded: str) -> bool:
    if len(folded) > 200 or not any(folded.startswith(word) or folded.endswith(word) for word in SENT_FROM):
        return False
    words = re.sub(r"[<(\[].*", "", folded).split()
    return len(words) <= 8 and "," not in folded.rstrip(".,") and not folded.rstrip(".").count(". ")


def _last_lines(lines: list[str], count: int) -> list[int]:
    return [at for at, line in enumerate(lines) if line.strip()][-count:]


def _before_business_card(lines: list[str], sender: str) -> list[str]:
    """Up to a farewell, a name, or “-Ada”, where nothing but a short block of names and numbers follows."""
    filled = _last_lines(lines, LONGEST_SIGNATURE)
    for at in filled:
        below = [lines[n] for n in filled if n > at]
        if at > 0 and _begins_signature(lines[at].strip(), below, sender, alone=not lines[at - 1].strip()):
            return lines[:at]
    return lines


def _begins_signature(line: str, below: list[str], sender: str, *, alone: bool) -> bool:
    said = line.casefold().strip(" ,.!;*_-–—\t")
    if said in FAREWELLS or _farewell_with_more(said):
        return all(map(_short, below))
    business = any(map(_CONTACT.search, below)) and all(map(_short, below))
    if said in THANKS:
        return business
    if sender and " " in sender.strip() and said == sender.casefold().strip():
        return all(map(_short, below))
    if _DASH_NAME.match(line) and not below:
        return alone
    return alone and business and _is_name(line) and len(below) >= 2


def _farewell_with_more(said: str) -> bool:
    """“Mit freundlichen Grüßen / Best regards”, “Viele Grüße aus Hamburg”, “Best regards, Ada”."""
    first = re.split(r"\s*[/,|]\s*| aus | from | und einen ", said, maxsplit=1)[0].strip()
    return len(said) <= 70 and len(first) > 3 and first in FAREWELLS


def _short(line: str) -> bool:
    return len(line.strip()) <= 90 and not line.rstrip().endswith("?")


def _is_name(line: str) -> bool:
    words = line.strip(" ,*_").split()
    ends = line.rstrip().endswith((".", "!", ":", "?")) and "." not in words[-1][:-1]  # “Ph.D.” ends no sentence
    return 2 <= len(words) <= 5 and all(word[:1].isupper() for word in words) and not ends


def _tidy(lines: list[str]) -> list[str]:
    """No blank lines around, never two in a row, no trailing spaces."""
    found: list[str] = []
    for line in (each.rstrip(" \t\xa0") for each in lines):
        if line or (found and found[-1]):
            found.append(line)
    while found and not found[-1]:
        found.pop()
    return found
