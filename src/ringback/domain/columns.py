"""Which column of a list means what: by its name first, by what stands in it second; each judgement says why.

Deterministic: of two columns that claim the same single value the surer wins, then the one further left; the other is
left out and says so. Names with several telephone or mail columns keep them all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ringback.domain.column_words import IGNORED, SYNONYMS, Field

MANY = frozenset(
    {Field.EMAIL, Field.PHONE, Field.PHONE_MOBILE, Field.PHONE_WORK, Field.PHONE_HOME, Field.NOTES, Field.TAGS}
)
_SPECIAL = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ı": "i", "ð": "d", "þ": "th"})


class Sureness(StrEnum):
    """How a meaning was found, from certain to none."""

    CHOSEN = "chosen"
    EXACT = "exact"
    LIKELY = "likely"
    CONTENT = "content"
    NONE = "none"


_ORDER = {sureness: place for place, sureness in enumerate(Sureness)}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the list. `field` None: not imported. `kind_column` holds the label of a number beside it."""

    index: int
    header: str
    field: Field | None
    sureness: Sureness
    why: str
    kind_column: int | None = None


def normalise_name(name: str) -> str:
    """The name without case, accents, blanks and punctuation; custom-field endings are cut off."""
    lowered = re.sub(r"__[ckr]$", "", name.strip().lower())
    plain = unicodedata.normalize("NFKD", lowered.translate(_SPECIAL))
    return "".join(char for char in plain if char.isalnum())


def _table() -> dict[str, Field]:
    found: dict[str, Field] = {}
    for field, words in SYNONYMS.items():
        for word in words.split(","):
            found.setdefault(normalise_name(word), field)
    return found


_KNOWN = _table()
_IGNORED = frozenset(normalise_name(word) for word in IGNORED.split(","))
_NUMBERED = re.compile(r"^(?P<what>.*?)\s*(?P<number>\d*)\s*-\s*(?P<part>value|type|label)$", re.I)
_TRAILING = re.compile(r"\s*[#(\[]?\d+[)\]]?$")


def count_known(cells: Sequence[str]) -> int:
    """How many of the cells are names of columns that we know, counting each once."""
    names = {normalise_name(cell) for cell in cells[:500] if cell and len(cell) <= 60}
    return sum(name in _KNOWN or name in _IGNORED for name in names)


def guess_columns(header: Sequence[str], sample: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """The meaning of each column; `sample` holds the first rows and helps where names do not."""
    labels = _label_columns(header)
    columns = []
    for index, name in enumerate(header):
        column = _by_name(index, name)
        if index in labels.values():
            column = Column(index, name, None, Sureness.EXACT, "It labels the column beside it.")
        elif column.sureness is Sureness.NONE:
            column = _by_content(column, [row[index] for row in sample if index < len(row)])
        columns.append(replace(column, kind_column=labels.get(index)))
    return tuple(_settle(_correct(columns, sample)))


def choose_columns(columns: Sequence[Column], choices: Mapping[str, str | None]) -> tuple[Column, ...]:
    """The guesses with a person's choices: header or `#position` (from 1) → field name, or None to leave it out.

    Raises ValueError with a sentence for an unknown column or field.
    """
    chosen = list(columns)
    for key, wanted in choices.items():
        index = _find(columns, key)
        field = _field(wanted)
        chosen[index] = replace(chosen[index], field=field, sureness=Sureness.CHOSEN, why="You chose it.")
    return tuple(_settle(chosen))


def _field(wanted: str | None) -> Field | None:
    if not wanted:
        return None
    try:
        return Field(wanted)
    except ValueError:
        known = ", ".join(Field)
        raise ValueError(f"There is no field “{wanted}”. Fields are: {known}.") from None


def _find(columns: Sequence[Column], key: str) -> int:
    if re.fullmatch(r"#\d+", key) and 0 < int(key[1:]) <= len(columns):
        return int(key[1:]) - 1
    for column in columns:
        if key == column.header or normalise_name(key) == normalise_name(column.header) != "":
            return column.index
    raise ValueError(f"The list has no column “{key}”.")


def _label_columns(header: Sequence[str]) -> dict[int, int]:
    """Value column → its label column, as in “Phone 1 - Type”, “Phone 1 - Value”."""
    parts = {index: found for index, name in enumerate(header) if (found := _NUMBERED.match(name.strip()))}
    labels = {
        (found["what"].lower(), found["number"]): index
        for index, found in parts.items()
        if found["part"].lower() != "value"
    }
    return {
        index: labels[key]
        for index, found in parts.items()
        if found["part"].lower() == "value" and (key := (found["what"].lower(), found["number"])) in labels
    }


def _by_name(index: int, name: str) -> Column:
    plain = normalise_name(name)
    if plain in _KNOWN:
        return Column(index, name, _KNOWN[plain], Sureness.EXACT, "Its name says so.")
    if plain in _IGNORED:
        return Column(index, name, None, Sureness.EXACT, "It is known and has no place here.")
    for shorter in _shorter(name):
        if shorter in _KNOWN:
            return Column(index, name, _KNOWN[shorter], Sureness.EXACT, f"Its name says so ({shorter}).")
        if shorter in _IGNORED:
            return Column(index, name, None, Sureness.EXACT, "It is known and has no place here.")
    return _by_words(index, name)


def _shorter(name: str) -> list[str]:
    """The name without its number, its bracket, its part after a dash or before a colon."""
    value = _NUMBERED.match(name.strip())
    forms = [value["what"]] if value else []
    forms.append(_TRAILING.sub("", name.strip()))
    forms.append(re.sub(r"\s*[(\[].*?[)\]]\s*", " ", name))
    forms.append(
        re.sub(r"^(person|contact|lead|organization|organisation|deal|account)\s*[-:.]\s*", "", name, flags=re.I)
    )
    forms.append(re.sub(r"^(primary|main|current|work|business|contact'?s?|lead|person)\s+", "", name, flags=re.I))
    return [plain for form in forms if form != name and (plain := normalise_name(form))]


_WORDS: tuple[tuple[re.Pattern[str], Field | None], ...] = tuple(
    (re.compile(pattern), field)
    for pattern, field in (
        (r"\b(fax|type|status|count|score|opt|verified|confidence|bounced|date|type)\b", None),
        (r"linkedin", Field.LINKEDIN),
        (r"\b(do not call|dnc)\b", Field.DO_NOT_CALL),
        (r"e ?mail|courriel|correo", Field.EMAIL),
        (r"\b(mobile?|cell\w*|handy|gsm|movil|portable|whatsapp|komork\w*)\b", Field.PHONE_MOBILE),
        (r"\b(work|business|office|direct|corporate|company)\b.*\b(phone|tel\w*|number)\b", Field.PHONE_WORK),
        (r"\bhome\b.*\b(phone|tel\w*)\b", Field.PHONE_HOME),
        (r"phone|\btel\b|telef|puhelin", Field.PHONE),
        (r"\b(first|given) ?name\b|vorname|prenom", Field.FIRST_NAME),
        (r"\b(last|sur|family) ?name\b|nachname", Field.LAST_NAME),
        (r"\b(company|organi[sz]ation|account|employer|firma) ?name\b|\bfirma\b", Field.COMPANY),
        (r"\bjob ?title\b|\bposition\b", Field.JOB_TITLE),
        (r"\b(web ?site|homepage)\b", Field.WEBSITE),
        (r"\b(zip|postal|post ?code|postcode|plz)\b", Field.POSTAL_CODE),
        (r"\btime ?zone\b", Field.TIME_ZONE),
        (r"\bnotes?\b|\bcomments?\b", Field.NOTES),
    )
)


def _by_words(index: int, name: str) -> Column:
    plain = unicodedata.normalize("NFKD", name.lower().translate(_SPECIAL))
    words = " ".join(re.sub(r"[^\w]|_", " ", "".join(c for c in plain if not unicodedata.combining(c))).split())
    for pattern, field in _WORDS:
        if len(words) <= 60 and (found := pattern.search(words)):
            if field is None:
                break
            return Column(index, name, field, Sureness.LIKELY, f"Its name contains “{found.group(0)}”.")
    return Column(index, name, None, Sureness.NONE, "Its name is not known.")


_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")
_PHONE = re.compile(r"(?=(?:\D*\d){7,15}\D*$)(?:\+|00|\(|0|tel:)?[\d\s()./–-]{7,}(?:\s*(?:ext|x)\.?\s*\d+)?")
_DASHED = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d+\.\d+|\d{7,8}|-?\d+")
_NUMBERS_OF_ELSE = re.compile(
    r"(?:\b|_)(id|ids|key|code|date|ssn|vat|iban|account|fax|time|at|session)(?:\b|_)|(id|date)$"
)
_URL = re.compile(r"(https?://|www\.)\S+")
_NAME = re.compile(r"[^\W\d_][^\d@,;/]*(?:\s|,\s)[^\d@;/]*[^\W\d_]\.?")
_CONTENT: tuple[tuple[Field, Callable[[str], bool], str], ...] = (
    (Field.EMAIL, lambda text: bool(_EMAIL.fullmatch(text)), "mail addresses"),
    (Field.LINKEDIN, lambda text: "linkedin.com/in/" in text.lower(), "LinkedIn profiles"),
    (Field.WEBSITE, lambda text: bool(_URL.fullmatch(text)), "web addresses"),
    (Field.PHONE, lambda text: bool(_PHONE.fullmatch(text)) and not _DASHED.fullmatch(text), "telephone numbers"),
)


def _by_content(column: Column, cells: Sequence[str]) -> Column:
    filled = [cell.strip() for cell in cells if cell.strip()]
    if _NUMBERS_OF_ELSE.search(column.header.lower()):
        return column
    for field, test, what in _CONTENT:
        share = sum(map(test, filled)) / len(filled) if filled else 0
        if share > 0.5:
            return replace(column, field=field, sureness=Sureness.CONTENT, why=f"{share:.0%} of its cells are {what}.")
    return column


def _correct(columns: list[Column], sample: Sequence[Sequence[str]]) -> list[Column]:
    """Names that mean different things in different lists, judged by their neighbours and contents."""
    fields = {column.field for column in columns}
    corrected = [_name_beside_others(column, fields) for column in _titles(columns)]
    if _is_list_of_companies(columns, fields):
        why = "The list is one of companies."
        return [
            replace(column, field=Field.COMPANY, why=why) if normalise_name(column.header) == "name" else column
            for column in corrected
        ]
    if not any(column.field in MANY for column in corrected) or fields & _NAMING:
        return corrected
    return [_unnamed_name(column, sample) for column in corrected]


_OF_COMPANIES = frozenset(
    {
        "billingstreet",
        "billingcity",
        "annualrevenue",
        "numberofemployees",
        "tickersymbol",
        "parentid",
        "companydomainname",
    }
)
_NAMING = frozenset({Field.FULL_NAME, Field.FIRST_NAME, Field.LAST_NAME})


def _titles(columns: list[Column]) -> list[Column]:
    """“Title” beside another column with the position is Mr or Dr."""
    positions = [column for column in columns if column.field is Field.JOB_TITLE]
    plain = [column for column in positions if normalise_name(column.header) in {"title", "titel", "titolo"}]
    if len(positions) == len(plain) or not plain:
        return columns
    why = "Another column holds the position."
    return [
        replace(column, field=Field.NAME_PREFIX, sureness=Sureness.LIKELY, why=why) if column in plain else column
        for column in columns
    ]


def _name_beside_others(column: Column, fields: set[Field | None]) -> Column:
    """“Name” beside a first name is the family name; “Nom”/“Nombre”/“Nome” alone is the whole name."""
    plain = normalise_name(column.header)
    if plain in {"name", "naam", "namn", "navn"} and Field.FIRST_NAME in fields and Field.LAST_NAME not in fields:
        return replace(column, field=Field.LAST_NAME, sureness=Sureness.LIKELY, why="It stands beside a first name.")
    if plain in {"nombre", "nome", "nombres", "名", "이름"} and Field.LAST_NAME not in fields:
        return replace(column, field=Field.FULL_NAME, sureness=Sureness.LIKELY, why="No family name stands beside it.")
    if plain in {"nom", "nume"} and Field.FIRST_NAME not in fields:
        return replace(column, field=Field.FULL_NAME, sureness=Sureness.LIKELY, why="No first name stands beside it.")
    return column


def _is_list_of_companies(columns: Sequence[Column], fields: set[Field | None]) -> bool:
    """An export of accounts calls the company's name “Name”."""
    names = {normalise_name(column.header) for column in columns}
    return not fields & {Field.FIRST_NAME, Field.LAST_NAME, Field.COMPANY} and bool(names & _OF_COMPANIES)


def _unnamed_name(column: Column, sample: Sequence[Sequence[str]]) -> Column:
    """In a list without column names, a column of several words each is taken for the people's names."""
    if column.sureness is not Sureness.NONE or not column.header.startswith("Column "):
        return column
    filled = [row[column.index].strip() for row in sample if column.index < len(row) and row[column.index].strip()]
    named = sum(bool(_NAME.fullmatch(cell)) and len(cell) < 60 for cell in filled)
    if filled and named / len(filled) > 0.5:
        why = "Most of its cells look like names of people."
        return replace(column, field=Field.FULL_NAME, sureness=Sureness.CONTENT, why=why)
    return column


def _settle(columns: Sequence[Column]) -> list[Column]:
    """At most one column for each single value: the surer, then the one further left."""
    settled = list(columns)
    claims: dict[Field, list[Column]] = {}
    for column in columns:
        if column.field is not None and column.field not in MANY:
            claims.setdefault(column.field, []).append(column)
    for rivals in claims.values():
        winner = min(rivals, key=lambda column: (_ORDER[column.sureness], column.index))
        for loser in rivals:
            if loser is not winner:
                why = f"“{winner.header}” already gives this."
                settled[loser.index] = replace(loser, field=None, why=why)
    return settled
