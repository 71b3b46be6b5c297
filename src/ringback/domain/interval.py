"""How far a share that was counted in few cases may be trusted."""

from __future__ import annotations

import math
from dataclasses import dataclass

# The two-sided 95 % point of the normal distribution.
Z = 1.959964


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` out of `n`, with the bounds between which the true share lies in 95 of 100 such counts (Wilson, 1927)."""

    hits: int
    n: int
    low: float
    high: float

    @property
    def value(self) -> float | None:
        """None as long as nothing was counted."""
        return self.hits / self.n if self.n else None


def share(hits: int, n: int) -> Share:
    """ValueError if there are more hits than cases, or a count below nothing."""
    if not 0 <= hits <= n:
        raise ValueError(f"{hits} of {n} is no share")
    if n == 0:
        return Share(0, 0, 0.0, 1.0)
    rate, spread = hits / n, Z * Z / n
    middle = (rate + spread / 2) / (1 + spread)
    half = Z * math.sqrt(rate * (1 - rate) / n + spread / (4 * n)) / (1 + spread)
    # At the ends the bounds are 0 and 1 exactly; floating point may miss them by a hair.
    return Share(hits, n, max(0.0, middle - half) if hits else 0.0, min(1.0, middle + half) if hits < n else 1.0)
