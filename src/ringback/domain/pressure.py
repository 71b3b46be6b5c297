"""Phrases that push for a commitment, each with why it frightens people off and what to write instead (A9)."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Push:
    """A way to push: what it looks like, why it hurts, and the soft form."""

    pattern: re.Pattern[str]
    why: str
    better: str


_DECIDE = "Whoever expects to be pressed for a decision does not come to the talk."
_DUTY = "A duty makes people look for a way out."
_HURRY = "Hurry sounds as if the offer could not stand a second look."
_SIGN = "Signing is far away for somebody who is still asking questions."


def _push(pattern: str, why: str, better: str) -> Push:
    return Push(re.compile(rf"\b(?:{pattern})", re.IGNORECASE), why, better)


_ENGLISH = (
    _push(
        r"(?:decide|agree|settle|agreement) on (?:the |our |your )?next steps?\b(?!,? (?:together,? )?(?:if|should))",
        _DECIDE,
        "look at next steps, if any",
    ),
    _push(
        r"(?:make|take|reach|need|expect|want|get) (?:a|an|your|the) (?:\w+ )?decision\b",
        _DECIDE,
        "hear what you think so far",
    ),
    _push(
        r"(?:decide|decision) (?:today|now|tomorrow|this week|on the call|during (?:the|our) call)\b",
        _DECIDE,
        "see where you stand",
    ),
    _push(r"(?:final|firm|definite) (?:decision|answer|yes)\b", _DECIDE, "your impression so far"),
    _push(r"(?:yes or no|go or no[ -]go)\b", _DECIDE, "what speaks for it and what against"),
    _push(
        r"(?:make|need|get|want|expect|ask(?:ing)? (?:you )?for) (?:a|an|your|the) (?:\w+ )?commitment\b",
        _DECIDE,
        "see whether it suits you",
    ),
    _push(r"commit (?:to|yourself|today|now)\b", _DECIDE, "look at it together"),
    _push(
        r"you (?:must|have to|need to|are required to|should) (?:\w+ )?(?:decide|choose|commit|sign|order|act)\b",
        _DUTY,
        "if you like, you can",
    ),
    _push(
        r"(?:sign|signing|close|finali[sz]e|seal) (?:\w+ ){0,2}(?:contract|deal|agreement|order|papers|paperwork)\b",
        _SIGN,
        "go through the open questions",
    ),
    _push(r"(?:ready to (?:sign|buy|order)|sign up (?:today|now)|get you signed)\b", _SIGN, "see what would help you"),
    _push(r"(?:last|final|only) chance\b", _HURRY, "whenever it suits you"),
    _push(r"act (?:now|fast|today)\b", _HURRY, "take the time you need"),
    _push(
        r"(?:limited[- ]time|limited offer|offer (?:ends|expires)|while (?:stocks|supplies) last)\b",
        _HURRY,
        "leave it out, or give the date calmly",
    ),
    _push(r"(?:don[’']?t|do not) (?:miss|wait|delay|hesitate)\b", _HURRY, "if you have questions, I am here"),
    _push(r"(?:before it[’']?s too late|time is running out|urgently|asap)\b", _HURRY, "when it suits you"),
    _push(r"no[- ]brainer\b", _DECIDE, "what speaks for it"),
)

_GERMAN = (
    _push(
        r"nächsten? schritte? (?:fest(?:zu)?legen|beschließen|vereinbaren|entscheiden)\b",
        _DECIDE,
        "gegebenenfalls über nächste Schritte sprechen",
    ),
    _push(r"entscheidung (?:zu )?(?:treffen|fällen|herbeiführen)\b", _DECIDE, "hören, was Sie bisher denken"),
    _push(
        r"(?:heute|jetzt|morgen|sofort|endgültig|diese woche) (?:zu )?entscheiden\b",
        _DECIDE,
        "schauen, wo Sie gerade stehen",
    ),
    _push(
        r"(?:brauchen|benötigen|erwarten) (?:\w+ )?(?:ihre |eine )(?:\w+ )?(?:entscheidung|zusage)\b",
        _DECIDE,
        "hören, was Sie bisher denken",
    ),
    _push(
        r"(?:verbindlich|fest)e?[rn]? (?:zusagen?|zusage|entscheidung|auftrag)\b",
        _DECIDE,
        "schauen, ob es für Sie passt",
    ),
    _push(r"sie (?:müssen|sollten|haben zu)\b", _DUTY, "wenn Sie möchten, können Sie"),
    _push(r"müssen sie\b", _DUTY, "können Sie, wenn Sie möchten,"),
    _push(
        r"(?:vertrag|auftrag) (?:\w+ )?(?:zu )?(?:unterschreiben|unterzeichnen|abschließen|abzuschließen|erteilen)\b",
        _SIGN,
        "offene Fragen durchgehen",
    ),
    _push(r"letzte (?:chance|gelegenheit|möglichkeit)\b", _HURRY, "wann immer es Ihnen passt"),
    _push(
        r"(?:jetzt zuschlagen|sofort handeln|schnell sein|nur noch (?:heute|bis|wenige))\b",
        _HURRY,
        "nehmen Sie sich die Zeit, die Sie brauchen",
    ),
    _push(
        r"(?:angebot (?:endet|läuft ab|verfällt)|solange (?:der )?vorrat reicht)\b",
        _HURRY,
        "weglassen oder das Datum ruhig nennen",
    ),
    _push(r"(?:dringend|schnellstmöglich|umgehend)\b", _HURRY, "wenn es Ihnen passt"),
)

PUSHES = {"en": _ENGLISH, "de": _GERMAN}

# "You need not decide anything" takes pressure away: a negation shortly before, in the same sentence.
TAKEN_BACK = re.compile(
    r"(?:\b(?:no|not|never|nothing|nobody|without|neither|nor|free of|nicht|nichts|kein\w*|ohne|niemand)\b|n[’']t\b)"
    r"(?:[^.!?;:\w]+\w+){0,5}[^.!?;:\w]*\Z",
    re.IGNORECASE,
)
SOFTENED = re.compile(
    r"\b(?:if (?:there are )?any|if applicable|if (?:it|that|this) (?:makes sense|fits|suits|helps|is of use)|"
    r"if (?:you|we) (?:like|wish|want|both)|should (?:there be any|it fit|you wish)|where it makes sense|no obligation|"
    r"falls\b|gegebenenfalls|ggf\.?|sofern|"
    r"wenn (?:es|das) (?:passt|sinnvoll|für sie)|wenn sie (?:möchten|mögen|wollen)|"
    r"unverbindlich|bei interesse)",
    re.IGNORECASE,
)
