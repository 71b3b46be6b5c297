"""The words of call maps as people read them."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ringback.domain import vocabulary as v
from ringback.domain.maps.graph import Edge, Result
from ringback.domain.maps.reading import RESULTS
from ringback.web.presenting import ended_as
from ringback.web.words import Words

OCCASIONS: Words = {
    v.Occasion.FIRST_WARM: gettext_lazy("First call, warm"),
    v.Occasion.FIRST_COLD: gettext_lazy("First call, cold"),
    v.Occasion.PROPOSAL: gettext_lazy("Follow-up with a proposal"),
    v.Occasion.RECOMMENDATION: gettext_lazy("Follow-up without one"),
    v.Occasion.INBOUND: gettext_lazy("They ring back"),
    v.Occasion.GATEKEEPER: gettext_lazy("Somebody else answers"),
    v.Occasion.REENGAGEMENT: gettext_lazy("Tenth attempt"),
    v.Occasion.VOICEMAIL: gettext_lazy("Voicemail"),
}
KINDS: Words = {
    v.NodeKind.SAY: gettext_lazy("Say"),
    v.NodeKind.ASK: gettext_lazy("Ask"),
    v.NodeKind.LISTEN: gettext_lazy("Listen for"),
    v.NodeKind.LEAVE_MESSAGE: gettext_lazy("Leave a message"),
    v.NodeKind.OBJECTION: gettext_lazy("Objection"),
    v.NodeKind.OUTCOME: gettext_lazy("Outcome"),
}
LEARNABLES: Words = {
    v.Learnable.NEED: gettext_lazy("Need"),
    v.Learnable.INTEREST: gettext_lazy("Interest"),
    v.Learnable.OBJECTION: gettext_lazy("Objection"),
    v.Learnable.DECISION_MAKER: gettext_lazy("Who else decides"),
    v.Learnable.COMPETITOR: gettext_lazy("Whom they also ask"),
    v.Learnable.BUDGET: gettext_lazy("Budget"),
    v.Learnable.TIMING: gettext_lazy("Timing"),
}
YES_NO = {True: gettext_lazy("yes"), False: gettext_lazy("no")}


def result_words(result: Result | str) -> str:
    """How a call ended, as the call screen calls it; a walk that came to no end is said to be broken off."""
    word = str(result)
    if word not in RESULTS:
        return _("broken off")
    return ended_as("", word) if word in set(v.Outcome) else ended_as(word, "")


def case_words(edge: Edge) -> str:
    return ", ".join(f"{trait.replace('_', ' ')}: {YES_NO[wanted]}" for trait, wanted in edge.case)
