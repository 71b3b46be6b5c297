"""Reading a number the way people dial it at home."""

from __future__ import annotations

import phonenumbers


def dial_code(region: str) -> str:
    """The country's dial code for a region such as DE-BY; empty if there is none."""
    code = phonenumbers.country_code_for_region(region.partition("-")[0].upper())
    return str(code) if code else ""
