"""vCards as phones and mail programs write them."""

from __future__ import annotations

from pathlib import Path

from ringback.adapters.files import Kind, open_table
from ringback.domain.columns import count_known


def people(table):
    return [{name: cell for name, cell in zip(table.header, cells, strict=True) if cell} for _, cells in table.rows()]


def card(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VCARD", *lines, "END:VCARD", ""])


def test_version_2_1_with_quoted_printable(opened):
    text = card(
        "VERSION:2.1",
        "N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg;;Dr.;",
        "TEL;CELL;PREF:0171 1234567",
        "NOTE;ENCODING=QUOTED-PRINTABLE:first=0D=0Asec=",
        "ond",
    )
    expected = {
        "First Name": "Jörg", "Last Name": "Müller", "Name Prefix": "Dr.", "Mobile Phone": "0171 1234567",
        "Notes": "first\r\nsecond",
    }  # fmt: skip
    assert people(opened(text)) == [expected]


def test_version_3_folded_grouped_and_escaped(opened):
    text = card(
        "VERSION:3.0",
        "FN:Anna \r\n Berg",
        "item1.TEL;type=WORK:+49 30 1234567",
        "item1.X-ABLabel:Zentrale",
        "ORG:Berg\\, Söhne;Einkauf",
        "ADR;TYPE=WORK:;;Hauptstr. 1;Köln;;50667;Deutschland",
        "URL:https://www.linkedin.com/in/annaberg",
        "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJ",
        " RgABAQAAAQABAAD",
    )
    (person,) = people(opened(text))
    assert person["Full Name"] == "Anna Berg"
    assert person["Company"] == "Berg, Söhne"
    assert person["Work Phone"] == "+49 30 1234567"
    assert (person["Street"], person["City"], person["Postal Code"]) == ("Hauptstr. 1", "Köln", "50667")
    assert person["LinkedIn"].endswith("annaberg")


def test_version_4_uris(opened):
    text = card("VERSION:4.0", "FN:Simon", 'TEL;VALUE=uri;TYPE="voice,cell":tel:+1-418-262-6501', "EMAIL:mailto:a@b.ca")
    assert people(opened(text)) == [{"Full Name": "Simon", "Mobile Phone": "+1-418-262-6501", "Email": "a@b.ca"}]


def test_fax_is_no_way_to_talk(opened):
    assert people(opened(card("FN:A", "TEL;WORK;FAX:123456", "TEL;HOME:234567"))) == [
        {"Full Name": "A", "Home Phone": "234567"}
    ]


def test_card_without_end_is_kept_and_told(opened):
    table = opened("BEGIN:VCARD\nFN:A\nBEGIN:VCARD\nFN:B\n")
    assert [person["Full Name"] for person in people(table)] == ["A", "B"]
    assert [note.line for note in table.take_notes()] == [1, 3]


def test_picture_with_broken_base64_costs_nothing(opened):
    text = card("FN:A", "PHOTO;ENCODING=BASE64:!!!not", "base64 at all") + card("FN:B")
    assert [person["Full Name"] for person in people(opened(text))] == ["A", "B"]


def test_group_is_nobody_to_call(opened):
    table = opened(card("FN:Team", "KIND:group") + card("FN:A"))
    assert [person["Full Name"] for person in people(table)] == ["A"]
    assert "group" in table.take_notes()[0].message


def test_jcard(opened):
    text = '["vcard",[["fn",{},"text","Anna"],["tel",{"type":["cell"]},"uri","tel:+4930123456"]]]'
    table = opened(text)
    assert table.kind is Kind.JCARD
    assert people(table) == [{"Full Name": "Anna", "Mobile Phone": "+4930123456"}]


def test_real_cards_are_all_there(shared_data: Path):
    counts = {}
    for path in sorted((shared_data / "crm" / "vcard-ez").rglob("*.vcf")):
        begun = path.read_bytes().upper().count(b"BEGIN:VCARD")
        counts[path.name] = (begun, sum(1 for _ in open_table(path, count_known).rows()))
    assert counts
    assert {name: found for name, (begun, found) in counts.items() if begun != found} == {}
