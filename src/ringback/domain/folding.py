"""Names as a search compares them: whoever types “Ozil” or “muller” finds Özil and Müller."""

from unicodedata import normalize

# Marks above and below letters, and letters that are not made of a letter and a mark. Signs of other scripts that
# belong to their letters (vowels of Hindi, voiced kana) are no such marks and stay.
_PLAIN = dict.fromkeys(range(768, 880)) | str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ı": "i"}
)


def folded(text: str) -> str:
    """Without capitals and accents; both what is stored for searching and what is searched for go through here."""
    plain = text.casefold()
    if plain.isascii():
        return plain
    return normalize("NFC", normalize("NFKD", plain).translate(_PLAIN)).casefold()
