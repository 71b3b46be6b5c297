"""One sentence for each rule that a badge may name, in the order of the rule book."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEANINGS: dict[str | Promise, dict[str, str | Promise]] = {
    _("Between calls"): {
        "A1": _("Every conversation ends with an exact day and time to speak again, or with an explicit end."),
        "A2": _("The follow-up is yours: even if they want to call, a call of your own is planned."),
        "A3": _("What somebody promises gets a day, and comes up in the queue when it is due."),
        "A4": _("The reason to speak again is agreed together with the moment, and confirmed in writing at once."),
        "A5": _("A first talk earns a handwritten thank-you card; a mail if the card cannot arrive before you speak."),
        "A6": _("Appointments and deadlines are kept here and in your calendar, not in anybody's head."),
        "A7": _("The business day before, a reminder confirms the moment and recalls what you spoke about."),
        "A8": _("With the reminder goes something worth reading: about their trade, their problem or what they like."),
        "A9": _("Nothing before a talk pushes for a commitment: whoever feels pressed does not pick up."),
        "A10": _("For every situation there is a text that covers the points, and you may put it in your own words."),
        "A11": _("Every way in which a call can end leads to something definite."),
        "A12": _("What you say depends on whether they remember you and have time; so does the message you leave."),
        "A13": _("Know them before you dial: last talk, needs, open questions, and the time of day there."),
        "A14": _("Somebody who came to you is probably asking others as well: such a lead is followed up faster."),
        "A15": _("Time goes where it pays: qualified leads only, the most valuable first."),
    },
    _("On the call"): {
        "B1": _("Call at the agreed minute; nothing else may make that call late."),
        "B2": _("Open with who you are, why you speak again in their own words, and what you would like to cover."),
        "B3": _("If a proposal was sent, go through it and take questions; if not, say what you recommend."),
        "B4": _("Next steps are worked out together, if there are any."),
        "B5": _("An objection may hide another one, or another person who decides: ask before you answer."),
        "B6": _("Information is sent only behind four yeses; otherwise agree on the next talk instead."),
        "B7": _("Be brief and clear: you are there to help, not to push."),
    },
    _("Nobody answers"): {
        "C1": _("An agreed talk was missed: be patient, three messages that day, then every third business day."),
        "C2": _("An agreed talk was missed: try twice more the same day, then go on in the general rhythm."),
        "C3": _("A warm lead whose machine answered first: three tries within a day, with mails, up to ten in all."),
        "C4": _("The general rhythm: day 1, 3, 7, 14, 28 and 58, then monthly, on several channels."),
        "C5": _("When they get in touch or want no more of this, everything queued for them stops at once."),
        "C6": _("Nobody is pestered: there are limits a day, a week and in all, and a polite last word."),
    },
    _("After the call"): {
        "D1": _("A written summary of all points asks them to confirm."),
        "D2": _("Needs and promises are kept as such, and come back when you speak again."),
        "D3": _("Do what was planned: calls at their time, promises by their day."),
    },
    _("Figures"): {
        "E1": _("How often somebody is reached by which attempt: published figures beside your own."),
        "E2": _("About three in ten agreed calls are not picked up."),
        "E3": _("Three business days lie between persistent calls; after ten attempts you judge the lead anew."),
    },
}
