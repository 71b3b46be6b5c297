"""Which cadence fits: temperature and the kind of the first contact decide (A14)."""

from __future__ import annotations

from dataclasses import dataclass

from ringback.domain.because import Because
from ringback.domain.vocabulary import FirstContact, Temperature

MISSED_PATIENT = "missed-appointment-patient"
MISSED_BRIEF = "missed-appointment-brief"
WARM_FIRST_VOICEMAIL = "warm-first-voicemail"
COLD_FIRST_VOICEMAIL = "cold-first-voicemail"
GENERAL = "general"
GENERAL_COLD = "general-cold"


@dataclass(frozen=True, slots=True)
class Choice:
    cadence: str
    because: Because


def cadence_after_missed(temperature: Temperature) -> Choice:
    """Nobody answered at an agreed moment: patient with a warm lead (C1), brief with a cold one (C2)."""
    if temperature is Temperature.WARM:
        return Choice(MISSED_PATIENT, Because("C1", "A warm lead that missed the moment: stay patient and persistent."))
    return Choice(
        MISSED_BRIEF, Because("C2", "A cold lead that missed the moment: three tries today, then the general rhythm.")
    )


def cadence_for(temperature: Temperature, first_contact: FirstContact) -> Choice:
    """Nothing is agreed: whoever was never talked to gets a first-contact ladder, everybody else the general rhythm."""
    warm = temperature is Temperature.WARM
    if first_contact is FirstContact.LIVE:
        name = GENERAL if warm else GENERAL_COLD
        return Choice(
            name, Because("A14", f"You have talked before; a {temperature} lead stays in the general rhythm.")
        )
    if warm:
        return Choice(WARM_FIRST_VOICEMAIL, Because("A14", "They came to you, and perhaps to a competitor: be quick."))
    return Choice(COLD_FIRST_VOICEMAIL, Because("A14", "You came to them: a calmer ladder than for a warm lead."))
