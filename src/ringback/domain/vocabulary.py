"""The product's words as closed sets: every stored state and every key of a screen is one of these.

The glossary in `docs/` is checked against this module.
"""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """How a touch reaches the prospect; `task` is work that reaches nobody."""

    CALL = "call"
    EMAIL = "email"
    CARD = "card"
    CHAT = "chat"
    SOCIAL = "social"
    VISIT = "visit"
    TASK = "task"


class MachineResult(StrEnum):
    """What the telephone network did with a dial."""

    ANSWERED = "answered"
    NO_ANSWER = "no_answer"
    VOICEMAIL = "voicemail"
    BUSY = "busy"
    FAILED = "failed"


class Outcome(StrEnum):
    """What was agreed in a conversation; it decides everything that follows."""

    APPOINTMENT = "appointment"
    CALL_BACK = "call_back"
    THEY_CALL = "they_call"
    THINKING = "thinking"
    SEND_INFORMATION = "send_information"
    NOT_NOW = "not_now"
    GATEKEEPER = "gatekeeper"
    WRONG_PERSON = "wrong_person"
    WON = "won"
    LOST = "lost"
    OPT_OUT = "opt_out"


class Mood(StrEnum):
    """How the talk felt: a fact of its own, apart from what was agreed."""

    GOOD = "good"
    NEUTRAL = "neutral"
    BAD = "bad"


class Temperature(StrEnum):
    """Warm: they came to us. Cold: we came to them (A14)."""

    WARM = "warm"
    COLD = "cold"


class FirstContact(StrEnum):
    """What the very first dial met (A14)."""

    NONE = "none"
    LIVE = "live"
    VOICEMAIL = "voicemail"


class Qualification(StrEnum):
    """Whether a prospect is a probable buyer (A15); only qualified ones enter a cadence with calls."""

    UNKNOWN = "unknown"
    QUALIFIED = "qualified"
    UNQUALIFIED = "unqualified"


class ProspectState(StrEnum):
    OPEN = "open"
    WON = "won"
    CLOSED = "closed"


class TouchState(StrEnum):
    """`open` waits for its moment; the other three are for ever."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class TouchKind(StrEnum):
    """Why a touch exists; together with its channel it decides its place in the queue."""

    APPOINTMENT = "appointment"
    CALL_BACK = "call_back"
    NEW_LEAD = "new_lead"
    RETRY = "retry"
    CADENCE = "cadence"
    COMMITMENT = "commitment"
    CONFIRMATION = "confirmation"
    SUMMARY = "summary"
    THANK_YOU = "thank_you"
    REMINDER = "reminder"
    LAST_WORD = "last_word"
    REVIEW = "review"
    FIND_NUMBER = "find_number"
    CANCELLATION = "cancellation"


class EnrollmentState(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"


class FinishReason(StrEnum):
    """Why an enrollment ended."""

    REACHED = "reached"
    EXHAUSTED = "exhausted"
    HANDED_OVER = "handed_over"
    APPOINTMENT = "appointment"
    REPLIED = "replied"
    STOPPED = "stopped"
    CLOSED = "closed"
    OPTED_OUT = "opted_out"
    MOVED = "moved"


class AppointmentState(StrEnum):
    AGREED = "agreed"
    KEPT = "kept"
    MISSED = "missed"
    CANCELLED = "cancelled"


class Party(StrEnum):
    """Who owes a commitment."""

    US = "us"
    THEM = "them"


class CommitmentState(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    DROPPED = "dropped"


class ObjectionState(StrEnum):
    """B5: an objection may hide another reason."""

    OPEN = "open"
    REAL = "real"
    FALSE = "false"
    RESOLVED = "resolved"


class Occasion(StrEnum):
    """What kind of call a map is for (A11): the record decides which one opens."""

    FIRST_WARM = "first_warm"
    FIRST_COLD = "first_cold"
    PROPOSAL = "proposal"
    RECOMMENDATION = "recommendation"
    INBOUND = "inbound"
    GATEKEEPER = "gatekeeper"
    REENGAGEMENT = "reengagement"
    VOICEMAIL = "voicemail"


class NodeKind(StrEnum):
    """What a rep does at a place of a call map."""

    SAY = "say"
    ASK = "ask"
    LISTEN = "listen"
    LEAVE_MESSAGE = "leave_message"
    OBJECTION = "objection"
    OUTCOME = "outcome"


class Trait(StrEnum):
    """What decides how somebody is spoken to; the first four are the conversation tree's own (A12)."""

    REMEMBERS = "remembers"
    HAS_TIME = "has_time"
    DISTRACTED = "distracted"
    AVAILABLE = "available"
    AGREED = "agreed"
    ASKED = "asked"


class Learnable(StrEnum):
    """What an answer on the telephone becomes a record of (D2)."""

    NEED = "need"
    INTEREST = "interest"
    OBJECTION = "objection"
    DECISION_MAKER = "decision_maker"
    COMPETITOR = "competitor"
    BUDGET = "budget"
    TIMING = "timing"


class GateChoice(StrEnum):
    """B6: what a rep did when the gate before “send information” was shut."""

    HEEDED = "heeded"
    OVERRIDDEN = "overridden"


class Situation(StrEnum):
    """What a mail is for; each has a text of its own in the library."""

    CONFIRMATION = "confirmation"
    CHANGE = "change"
    CANCELLATION = "cancellation"
    THANK_YOU = "thank_you"
    REMINDER = "reminder"
    SUMMARY = "summary"
    STEP = "step"
    REBOOK = "rebook"
    OWN = "own"
    TRIAL = "trial"


class MessageState(StrEnum):
    """An outgoing mail on its way. `unknown` is shown to a person and never sent again by itself."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"


class MailKind(StrEnum):
    """What a mail that came in is, in the order in which it is looked for."""

    BOUNCE = "bounce"
    COMPLAINT = "complaint"
    CALENDAR_ANSWER = "calendar_answer"
    OUT_OF_OFFICE = "out_of_office"
    LEFT_COMPANY = "left_company"
    REMOVE_ME = "remove_me"
    REPLY = "reply"
    AUTOMATIC = "automatic"


class CalendarAnswer(StrEnum):
    """What they answered to an invitation (RFC 5546)."""

    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"
    COUNTER = "counter"


class Role(StrEnum):
    REP = "rep"
    MANAGER = "manager"
    ADMIN = "admin"
