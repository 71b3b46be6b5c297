"""vCards as rows under the same column names as any other list, so that everything after is one path."""

from __future__ import annotations

from collections.abc import Iterable

from ringback.adapters.files.vcard import Card, Property

COLUMNS = (
    "Full Name", "Name Prefix", "First Name", "Middle Name", "Last Name", "Name Suffix", "Company", "Job Title",
    "Email", "Mobile Phone", "Work Phone", "Home Phone", "Phone", "Website", "LinkedIn", "Street", "City", "State",
    "Postal Code", "Country", "Time Zone", "Language", "Notes", "Tags", "External ID",
)  # fmt: skip
_ADDRESS = ("Street", "City", "State", "Postal Code", "Country")
_NO_VOICE = {"FAX", "PAGER", "MODEM", "BBS", "TEXTPHONE"}


def card_row(card: Card) -> list[str]:
    """The cells of one card; several values of one kind share a cell, a line each."""
    cells = {
        "Full Name": card.first("FN"),
        "Company": next((item.parts[0] for item in card.all("ORG") if item.parts[0]), ""),
        "Job Title": card.first("TITLE") or card.first("ROLE"),
        "Email": _lines(item.text.removeprefix("mailto:") for item in card.all("EMAIL")),
        "Time Zone": _zone(card.first("TZ")),
        "Language": card.first("LANG") or card.first("LANGUAGE"),
        "Notes": "\n\n".join(dict.fromkeys(item.text for item in card.all("NOTE") if item.text)),
        "Tags": card.first("CATEGORIES"),
        "External ID": card.first("UID"),
    }
    cells |= _name(card) | _phones(card) | _links(card) | _address(card)
    return [cells.get(column, "") for column in COLUMNS]


def is_person(card: Card) -> bool:
    """Groups and mailing lists are cards too, but nobody to call."""
    kind = (card.first("KIND") or card.first("X-ADDRESSBOOKSERVER-KIND")).lower()
    return kind not in {"group", "location", "application", "device"}


def _name(card: Card) -> dict[str, str]:
    parts = next((item.parts for item in card.all("N") if any(item.parts)), ())
    names = ("Last Name", "First Name", "Middle Name", "Name Prefix", "Name Suffix")
    return {name: part.strip() for name, part in zip(names, parts, strict=False)}


def _phones(card: Card) -> dict[str, str]:
    cells: dict[str, list[str]] = {}
    for item in card.all("TEL"):
        if item.kinds & _NO_VOICE and not item.kinds & {"VOICE", "CELL"}:
            continue
        cells.setdefault(_phone_column(item), []).append(item.text.removeprefix("tel:"))
    return {column: _lines(values) for column, values in cells.items()}


def _phone_column(item: Property) -> str:
    if item.kinds & {"CELL", "MOBILE", "IPHONE", "CAR"}:
        return "Mobile Phone"
    if "WORK" in item.kinds:
        return "Work Phone"
    return "Home Phone" if "HOME" in item.kinds else "Phone"


def _links(card: Card) -> dict[str, str]:
    links = [item.text for name in ("URL", "X-SOCIALPROFILE", "IMPP") for item in card.all(name) if item.text]
    profile = next((link for link in links if "linkedin.com/" in link.lower()), "")
    website = next((link for link in links if link is not profile and _is_site(link)), "")
    return {"LinkedIn": profile, "Website": website}


def _is_site(link: str) -> bool:
    return "linkedin.com/" not in link.lower() and (link.lower().startswith(("http", "www.")) or ":" not in link)


def _address(card: Card) -> dict[str, str]:
    """The business address if there is one, else the preferred or first."""
    addresses = [item for item in card.all("ADR") if any(item.parts)]
    addresses.sort(key=lambda item: ("WORK" not in item.kinds, "PREF" not in item.kinds))
    if not addresses:
        return {}
    parts = [" ".join(part.split("\n")) for part in addresses[0].parts] + [""] * 7
    return dict(zip(_ADDRESS, (parts[2], parts[3], parts[4], parts[5], parts[6]), strict=True))


def _zone(text: str) -> str:
    return text if "/" in text else ""


def _lines(values: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(value.strip() for value in values if value.strip()))
