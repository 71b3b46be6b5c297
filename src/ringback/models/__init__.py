"""Rows, constraints, indexes; each row offers itself as a value."""

from ringback.models.activity import Activity
from ringback.models.appointment import Appointment
from ringback.models.arrangement import Arrangement
from ringback.models.cadence import CadenceVersion, Enrollment, Pause
from ringback.models.call import Call
from ringback.models.call_map import CallMapVersion, GateDecision, OwnWording, Walk
from ringback.models.importing import ImportFinding, ImportRun
from ringback.models.incoming_mail import IncomingMail
from ringback.models.learned import Circumstance, Commitment, Interest, Need, Objection, ObjectionChange
from ringback.models.mail_text import Article, ArticleChoice, MailText
from ringback.models.mailbox import Mailbox
from ringback.models.message import Message
from ringback.models.prospect import Company, ContactPoint, Prospect
from ringback.models.suppression import Suppression
from ringback.models.team import Team, User
from ringback.models.touch import Touch
from ringback.models.workspace import Workspace

__all__ = [
    "Activity",
    "Appointment",
    "Arrangement",
    "Article",
    "ArticleChoice",
    "CadenceVersion",
    "Call",
    "CallMapVersion",
    "Circumstance",
    "Commitment",
    "Company",
    "ContactPoint",
    "Enrollment",
    "GateDecision",
    "ImportFinding",
    "ImportRun",
    "IncomingMail",
    "Interest",
    "MailText",
    "Mailbox",
    "Message",
    "Need",
    "Objection",
    "ObjectionChange",
    "OwnWording",
    "Pause",
    "Prospect",
    "Suppression",
    "Team",
    "Touch",
    "User",
    "Walk",
    "Workspace",
]
