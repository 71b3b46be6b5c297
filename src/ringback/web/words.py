"""The vocabulary's words as people read them, in their language."""

from __future__ import annotations

from django.utils.functional import Promise
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
PARTIES: Words = {v.Party.US: _("We owe"), v.Party.THEM: _("They owe")}
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
