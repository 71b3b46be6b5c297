"""The ways that the demo company's calls took through their maps, so that the charts have something to count."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from ringback.actions.walking import Walked
from ringback.domain.maps.graph import CallMap
from ringback.domain.maps.rehearsing import rehearse
from ringback.domain.maps.walking import Answer, Path, as_document
from ringback.domain.vocabulary import Learnable, NodeKind, Occasion, Outcome, Temperature
from ringback.models import CallMapVersion, Prospect
from ringback.queries.call_maps import map_value

# So many played calls are enough for every ending to come up.
PLAYED = 400
# How many calls were walked with the map on the screen.
WALKED = 0.7
SAID = {
    Learnable.TIMING: ("by the end of the quarter", "before Christmas", "next spring", "in six weeks", "no hurry"),
    Learnable.DECISION_MAKER: ("her partner", "the head of logistics", "the board, in two sittings"),
    Learnable.COMPETITOR: ("a firm from the region", "their present supplier", "two others were asked"),
    Learnable.BUDGET: ("around twenty thousand", "what two temps cost in a year"),
    Learnable.INTEREST: ("sailing", "trains", "the new trade fair"),
    Learnable.NEED: ("one list instead of five", "counting without closing"),
}
OBJECTED = {
    "think-it-over": ("I want to sleep on it", "let me think it over"),
    "too-expensive": ("the budget for this year is spent", "that is more than we thought"),
    "no-need": ("we are not big enough for this",),
    "has-supplier": ("our supplier does that",),
    "send-something": ("just send me something",),
    "no-time": ("not during the season",),
    "ask-others": ("my partner has to agree",),
}


@dataclass(slots=True)
class Ways:
    """Finds a way through the fitting map that ends as the call did."""

    random: Random
    known: dict[int, dict[str, list[Path]]] = field(default_factory=dict)

    def walked(self, prospect: Prospect, outcome: Outcome, needs: tuple[str, ...], at: datetime) -> Walked | None:
        """None where the map was not looked at, or knows no such end."""
        row = CallMapVersion.objects.filter(
            occasion=_occasion(prospect), language="de" if prospect.language == "de" else "en", retired_at=None
        ).first()
        if row is None or self.random.random() > WALKED:
            return None
        call_map = map_value(row.pk)
        ways = self._ways(row.pk, call_map).get(outcome.value)
        if not ways:
            return None
        path = self.random.choice(ways)
        answers = self._answers(call_map, path, needs)
        return Walked(row.pk, as_document(Path(path.visits, answers)), at)

    def _ways(self, map_id: int, call_map: CallMap) -> dict[str, list[Path]]:
        if map_id not in self.known:
            found: dict[str, list[Path]] = {}
            for seed in range(PLAYED):
                path = rehearse(call_map, seed=seed).path
                if result := call_map.node(path.here).result:
                    found.setdefault(result.value, []).append(path)
            self.known[map_id] = found
        return self.known[map_id]

    def _answers(self, call_map: CallMap, path: Path, needs: tuple[str, ...]) -> tuple[Answer, ...]:
        answers: dict[str, str] = {}
        for visit in path.visits:
            node = call_map.node(visit.node)
            if node.kind is NodeKind.OBJECTION:
                answers[node.id] = self.random.choice(OBJECTED.get(node.card, ("not now",)))
            elif node.fills is Learnable.NEED and needs:
                answers[node.id] = needs[0]
            elif node.fills in SAID:
                answers[node.id] = self.random.choice(SAID[node.fills])
        return tuple(Answer(node, text) for node, text in answers.items())


def _occasion(prospect: Prospect) -> Occasion:
    if prospect.conversations:
        return Occasion.PROPOSAL if prospect.proposal_sent_on else Occasion.RECOMMENDATION
    return Occasion.FIRST_WARM if prospect.temperature == Temperature.WARM else Occasion.FIRST_COLD
