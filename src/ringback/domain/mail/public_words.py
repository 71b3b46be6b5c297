"""What the prospect reads behind a link of a mail, in the languages that mails are written in (C5, D1)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PublicPage:
    """`{rep}`, `{firm}` and `{address}` are filled in; without a `button` there is nothing left to do."""

    title: str
    text: str
    button: str = ""
    below: str = ""


@dataclass(frozen=True, slots=True)
class PublicWords:
    confirm: PublicPage
    confirmed: PublicPage
    stop: PublicPage
    stopped: PublicPage
    expired: PublicPage
    unknown: PublicPage


_WORDS = {
    "en": PublicWords(
        confirm=PublicPage(
            "Is the summary right?",
            "{rep} has written to you what you talked about. If that is how you see it too, tell us here.",
            "Yes, that is right",
            "Is something missing or wrong? Then simply answer the mail. Nothing is confirmed without the button.",
        ),
        confirmed=PublicPage(
            "Thank you",
            "{rep} now knows that you see it the same way. You can close this page.",
        ),
        stop=PublicPage(
            "No more mails?",
            "{firm} will no longer write to {address}.",
            "No more mails, please",
            "Nothing happens until you press the button.",
        ),
        stopped=PublicPage(
            "Done",
            "{firm} will no longer write to {address}. You can close this page.",
        ),
        expired=PublicPage(
            "This link has run out",
            "It was good for 60 days. If you would still like to say something about the mail, simply answer it.",
        ),
        unknown=PublicPage(
            "This link does not work",
            "It may have been cut off on its way. Copy the whole address from the mail, or simply answer the mail.",
        ),
    ),
    "de": PublicWords(
        confirm=PublicPage(
            "Stimmt die Zusammenfassung?",
            "{rep} hat Ihnen geschrieben, was Sie besprochen haben. Wenn Sie das auch so sehen, sagen Sie es uns hier.",
            "Ja, das stimmt so",
            "Fehlt etwas oder stimmt etwas nicht? Dann antworten Sie einfach auf die Mail. Ohne die Schaltfläche wird "
            "nichts bestätigt.",
        ),
        confirmed=PublicPage(
            "Vielen Dank",
            "{rep} weiß jetzt, dass Sie es genauso sehen. Sie können diese Seite schließen.",
        ),
        stop=PublicPage(
            "Keine Mails mehr?",
            "{firm} schreibt dann nicht mehr an {address}.",
            "Bitte keine Mails mehr",
            "Es geschieht nichts, bevor Sie auf die Schaltfläche drücken.",
        ),
        stopped=PublicPage(
            "Erledigt",
            "{firm} schreibt nicht mehr an {address}. Sie können diese Seite schließen.",
        ),
        expired=PublicPage(
            "Dieser Link ist abgelaufen",
            "Er galt 60 Tage lang. Wenn Sie zu der Mail noch etwas sagen möchten, antworten Sie einfach darauf.",
        ),
        unknown=PublicPage(
            "Dieser Link funktioniert nicht",
            "Vielleicht wurde er unterwegs abgeschnitten. Kopieren Sie die ganze Adresse aus der Mail, oder antworten "
            "Sie einfach darauf.",
        ),
    ),
}


def public_words(language: str) -> PublicWords:
    """Those of the language, English if it has none."""
    return _WORDS.get(language.replace("_", "-").split("-")[0].lower(), _WORDS["en"])
