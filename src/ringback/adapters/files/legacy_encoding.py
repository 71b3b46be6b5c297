"""Which old encoding a text is in, judged by its letters.

General detectors do well on pages of prose and badly on lists, where three umlauts may be all there is. Lists in
Latin script are therefore judged by our own measure: which encoding turns the bytes into letters that one language
uses, in the places where letters stand. Everything else (whole words of high bytes: Cyrillic, Greek, Japanese …) goes
to charset-normalizer.
"""

from __future__ import annotations

import re

_LATIN = ("cp1252", "cp1250", "mac_roman", "cp850", "cp1254", "cp1257", "cp852")
_OTHERS = (
    "cp1251", "koi8_r", "koi8_u", "cp866", "mac_cyrillic", "cp1253", "cp1255", "cp1256", "cp874",
    "cp932", "euc_jp", "gb18030", "big5", "cp949",
)  # fmt: skip
_LANGUAGES = {
    "de": "äöüß", "fr": "éèêëàâçîïôûùüœæÿ", "es": "áéíóúñü", "pt": "ãõáéíóúâêôçà", "it": "àèéìòùî", "nl": "éëïöüèá",
    "nordic": "åäöæøéü", "is": "ðþáéíóúýæö", "pl": "ąćęłńóśźż", "cs": "áčďéěíňóřšťúůýžäôľĺŕ", "hu": "áéíóöőúüű",
    "ro": "ăâîşţșț", "hr": "čćđšž", "tr": "çğıöşüâîi̇", "baltic": "āčēģīķļņšūžąęėįųõäöü", "ca": "àçèéíïòóúü·",
}  # fmt: skip
_SIGNS = "–—‘’“”„‚…•€£§°´`®©™«»‹›·¿¡ªº½¼¾²³µ\u00a0\u00ad"
_RUN = re.compile(rb"[\x80-\xff]+")
_LONG_RUN = 3
_EAST_ASIAN = ("cp932", "euc_jp", "gb18030", "big5", "cp949")


def choose_legacy(sample: bytes) -> str:
    """The likeliest codec for lines that are not UTF-8; deterministic, falls back to Windows-1252."""
    runs = _RUN.findall(sample)
    if not runs:
        return "cp1252"
    long_bytes = sum(len(run) for run in runs if len(run) >= _LONG_RUN)
    if long_bytes * 2 > sum(map(len, runs)):
        return _by_prose(sample)
    return _by_letters(sample)


def _by_prose(sample: bytes) -> str:
    """Whole words beyond ASCII: another script, which the general detector knows."""
    from charset_normalizer import from_bytes  # slow to load, and few lists need it

    best = from_bytes(sample[:200_000], cp_isolation=list(_OTHERS)).best()
    return best.encoding if best is not None else "cp1252"


def _by_letters(sample: bytes) -> str:
    scores = {codec: _score(sample, codec) for codec in _LATIN}
    codec = max(scores, key=lambda name: scores[name])
    if scores[codec] >= 0.5:
        return codec
    return _by_prose(sample) if _decodes_as_pairs(sample) else "cp1252"


def _decodes_as_pairs(sample: bytes) -> bool:
    return any(_decoded(sample, codec) for codec in _EAST_ASIAN)


def _score(sample: bytes, codec: str) -> float:
    """Share of the characters beyond ASCII that fit the best language, plus a little for fitting them all."""
    text = _decoded(sample, codec)
    beyond = [(at, char) for at, char in enumerate(text) if char > "\x7f"]
    if not beyond:
        return 0.0
    placed = [(char.lower() if _letter_fits(text, at) else "") for at, char in beyond]
    signs = sum(char in _SIGNS and not _inside_word(text, at) for at, char in beyond)
    best = max(sum(char != "" and char in letters for char in placed) for letters in _LANGUAGES.values())
    anyone = sum(char != "" and any(char in letters for letters in _LANGUAGES.values()) for char in placed)
    return (best * 0.7 + anyone * 0.3 + signs * 0.95) / len(beyond)


def _letter_fits(text: str, at: int) -> bool:
    """A letter whose case suits its neighbours: no capital in the middle of a small word."""
    char, before = text[at], text[at - 1 : at]
    return char.isalpha() and not (char.isupper() and before.islower())


def _inside_word(text: str, at: int) -> bool:
    return text[at - 1 : at].isalpha() and text[at + 1 : at + 2].isalpha()


def _decoded(sample: bytes, codec: str) -> str:
    try:
        return sample.decode(codec)
    except UnicodeDecodeError:
        return ""
