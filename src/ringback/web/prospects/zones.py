"""Which clock a page shows for a prospect."""

from __future__ import annotations

from ringback.models import Prospect, Workspace


def zone_of(prospect: Prospect) -> str:
    """Theirs; the first possible one; the house's. Pages say which it is."""
    if zones := prospect.zones:
        return zones[0]
    return Workspace.objects.filter(pk=1).values_list("zone", flat=True).first() or "UTC"
