"""The sentences of an opening in the language in which they are said: German for whoever speaks it, else English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

GERMAN = "de"


@dataclass(frozen=True, slots=True)
class OpeningWords:
    """Each with the places that are filled in: `{who}`, `{day}`, `{what}` … What they said stands behind a colon."""

    hello: str
    hello_nobody: str
    first_name_is: str
    this_is: str
    reason_first: str
    reason_follow_up: str
    reason_missed: str
    need_first: str
    need_on: str
    need_last: str
    last_time: str
    review: str
    ask: str
    recommend: str
    today: str
    come_back: str
    question: str
    points_review: tuple[str, ...]
    points_first: tuple[str, ...]
    points_recommend: tuple[str, ...]
    point_open: str
    conjunction: str
    quoted: str


ENGLISH_WORDS = OpeningWords(
    hello="Hello {who}, ",
    hello_nobody="Hello, ",
    first_name_is="my name is {rep} from {firm}.",
    this_is="this is {rep} from {firm}.",
    reason_first="I am ringing about this: {what}.",
    reason_follow_up="We set this time aside for: {what}.",
    reason_missed="We had set a time aside for this and missed each other: {what}.",
    need_first="As I understand it, this matters to you: {what}.",
    need_on="When we spoke on {day}, this mattered to you: {what}.",
    need_last="When we last spoke, this mattered to you: {what}.",
    last_time="From our last talk I noted: {what}.",
    review="go through the proposal of {day} with you and take your questions",
    ask="ask you a few questions and tell you what could help",
    recommend="tell you what I recommend and hear what you think",
    today="Today I would like to {what}{also}; then we can work out next steps together, if there are any.",
    come_back=", and come back to what you raised: {what}",
    question="How does that sound?",
    points_review=("Review the proposal of {day}", "Your questions about it", "Next steps, if any"),
    points_first=("What you would like to change", "What could help", "Next steps, if any"),
    points_recommend=("What we recommend", "Your questions", "Next steps, if any"),
    point_open="What is still open for you: {what}",
    conjunction="and",
    quoted="“{what}”",
)
GERMAN_WORDS = OpeningWords(
    hello="Guten Tag, {who}, ",
    hello_nobody="Guten Tag, ",
    first_name_is="mein Name ist {rep}, von {firm}.",
    this_is="hier ist {rep} von {firm}.",
    reason_first="Es geht um Folgendes: {what}.",
    reason_follow_up="Dafür haben wir uns die Zeit genommen: {what}.",
    reason_missed="Wir hatten dafür einen Termin und haben uns verpasst: {what}.",
    need_first="So wie ich es verstanden habe, ist Ihnen das wichtig: {what}.",
    need_on="Bei unserem Gespräch am {day} war Ihnen das wichtig: {what}.",
    need_last="Beim letzten Mal war Ihnen das wichtig: {what}.",
    last_time="Notiert habe ich mir beim letzten Mal: {what}.",
    review="mit Ihnen das Angebot vom {day} durchgehen und Ihre Fragen hören",
    ask="Ihnen ein paar Fragen stellen und Ihnen dann sagen, was helfen könnte",
    recommend="Ihnen sagen, was ich empfehle, und hören, was Sie davon halten",
    today="Heute möchte ich {what}{also}; danach schauen wir gemeinsam, ob es einen nächsten Schritt gibt.",
    come_back=", und auf das zurückkommen, was Sie angesprochen haben: {what}",
    question="Ist das für Sie so in Ordnung?",
    points_review=("Das Angebot vom {day} durchgehen", "Ihre Fragen dazu", "Nächste Schritte, falls es welche gibt"),
    points_first=("Was Sie gern ändern würden", "Was helfen könnte", "Nächste Schritte, falls es welche gibt"),
    points_recommend=("Was wir empfehlen", "Ihre Fragen", "Nächste Schritte, falls es welche gibt"),
    point_open="Was für Sie noch offen ist: {what}",
    conjunction="und",
    quoted="„{what}“",
)
_BY_LANGUAGE: Mapping[str, OpeningWords] = {GERMAN: GERMAN_WORDS}


def words_in(language: str) -> OpeningWords:
    """English where there is no other."""
    return _BY_LANGUAGE.get(language.split("-")[0].lower(), ENGLISH_WORDS)
