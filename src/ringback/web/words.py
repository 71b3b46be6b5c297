"""The vocabulary's words as people read them, in their language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from ringback.domain import vocabulary as v

Words = dict[str, str | Promise]

CHANNELS: Words = {
    v.Channel.CALL: _("Call"),
    v.Channel.EMAIL: _("E-mail"),
    v.Channel.CARD: _("Card"),
    v.Channel.CHAT: _("Chat"),
    v.Channel.SOCIAL: _("Social network"),
    v.Channel.VISIT: _("Visit"),
    v.Channel.TASK: _("Task"),
}
TEMPERATURES: Words = {v.Temperature.WARM: _("Warm"), v.Temperature.COLD: _("Cold")}
QUALIFICATIONS: Words = {
    v.Qualification.UNKNOWN: _("Not qualified yet"),
    v.Qualification.QUALIFIED: _("Qualified"),
    v.Qualification.UNQUALIFIED: _("Unqualified"),
}
STATES: Words = {
    v.ProspectState.OPEN: _("Open"),
    v.ProspectState.WON: _("Won"),
    v.ProspectState.CLOSED: _("Closed"),
}
OBJECTIONS: Words = {
    v.ObjectionState.OPEN: _("Open"),
    v.ObjectionState.REAL: _("Real"),
    v.ObjectionState.FALSE: _("A pretext"),
    v.ObjectionState.RESOLVED: _("Resolved"),
}
LEARNABLES: Words = {
    v.Learnable.NEED: _("What they need"),
    v.Learnable.INTEREST: _("What they care about"),
    v.Learnable.OBJECTION: _("What speaks against it"),
    v.Learnable.DECISION_MAKER: _("Who decides"),
    v.Learnable.COMPETITOR: _("Whom they also have"),
    v.Learnable.BUDGET: _("Budget"),
    v.Learnable.TIMING: _("By when"),
}
PARTIES: Words = {v.Party.US: _("We owe"), v.Party.THEM: _("They owe")}
CALENDAR_ANSWERS: Words = {
    v.CalendarAnswer.ACCEPTED: _("Accepted"),
    v.CalendarAnswer.TENTATIVE: _("“Perhaps”"),
    v.CalendarAnswer.DECLINED: _("Declined"),
    v.CalendarAnswer.COUNTER: _("Proposes another moment"),
}
ROLES: Words = {v.Role.REP: _("Rep"), v.Role.MANAGER: _("Manager"), v.Role.ADMIN: _("Admin")}
ENROLLMENTS: Words = {
    v.EnrollmentState.RUNNING: _("Running"),
    v.EnrollmentState.PAUSED: _("Paused"),
    v.EnrollmentState.FINISHED: _("Finished"),
}
MACHINE_RESULTS: Words = {
    v.MachineResult.NO_ANSWER: _("No answer"),
    v.MachineResult.VOICEMAIL: _("Voicemail"),
    v.MachineResult.BUSY: _("Busy"),
    v.MachineResult.ANSWERED: _("Answered"),
    v.MachineResult.FAILED: _("Call failed"),
}
SITUATIONS: Words = {
    v.Situation.CONFIRMATION: _("Confirmation"),
    v.Situation.CHANGE: _("Changed appointment"),
    v.Situation.CANCELLATION: _("Cancellation"),
    v.Situation.THANK_YOU: _("Thank-you"),
    v.Situation.REMINDER: _("Reminder"),
    v.Situation.SUMMARY: _("Summary"),
    v.Situation.STEP: _("Mail of a cadence"),
    v.Situation.REBOOK: _("We missed you"),
    v.Situation.OWN: _("Written by hand"),
    v.Situation.TRIAL: _("Trial"),
}
MESSAGES: Words = {
    v.MessageState.QUEUED: _("Waits"),
    v.MessageState.SENDING: _("Being sent"),
    v.MessageState.SENT: _("Sent"),
    v.MessageState.FAILED: _("Could not be sent"),
    v.MessageState.UNKNOWN: _("May have been sent"),
    v.MessageState.WITHDRAWN: _("Withdrawn"),
}
# What came back to a mail, and how much it matters.
CAME_BACK: Words = {
    v.MailKind.BOUNCE: _("Came back"),
    v.MailKind.COMPLAINT: _("Complained"),
    v.MailKind.CALENDAR_ANSWER: _("Invitation answered"),
    v.MailKind.OUT_OF_OFFICE: _("Away"),
    v.MailKind.LEFT_COMPANY: _("Has left the company"),
    v.MailKind.REMOVE_ME: _("Wants no more mail"),
    v.MailKind.REPLY: _("Answered"),
    v.MailKind.AUTOMATIC: _("Answered by a machine"),
}
LANGUAGES: Words = {"en": _("English"), "de": _("German")}


def language_name(code: str) -> str:
    """What the language of a tag like `de-AT` is called; a code that nobody has heard of stays as it is."""
    try:
        return str(get_language_info(code.lower())["name_translated"])
    except KeyError:
        return code
