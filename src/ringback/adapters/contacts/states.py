# ruff: noqa: E501  (a table of places)
"""States and provinces of the countries with several zones whose addresses name them, and their zones."""

from __future__ import annotations

STATES: dict[str, dict[str, str]] = {
    "US": {
        "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
        "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia",
        "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky",
        "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
        "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire",
        "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota",
        "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island", "SC": "South Carolina",
        "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia",
        "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
    },
    "CA": {
        "AB": "Alberta", "BC": "British Columbia", "MB": "Manitoba", "NB": "New Brunswick",
        "NL": "Newfoundland and Labrador", "NS": "Nova Scotia", "NT": "Northwest Territories", "NU": "Nunavut",
        "ON": "Ontario", "PE": "Prince Edward Island", "QC": "Québec", "SK": "Saskatchewan", "YT": "Yukon",
    },
    "AU": {
        "ACT": "Australian Capital Territory", "NSW": "New South Wales", "NT": "Northern Territory", "QLD": "Queensland",
        "SA": "South Australia", "TAS": "Tasmania", "VIC": "Victoria", "WA": "Western Australia",
    },
    "BR": {
        "AC": "Acre", "AL": "Alagoas", "AM": "Amazonas", "AP": "Amapá", "BA": "Bahia", "CE": "Ceará",
        "DF": "Distrito Federal", "ES": "Espírito Santo", "GO": "Goiás", "MA": "Maranhão", "MG": "Minas Gerais",
        "MS": "Mato Grosso do Sul", "MT": "Mato Grosso", "PA": "Pará", "PB": "Paraíba", "PE": "Pernambuco", "PI": "Piauí",
        "PR": "Paraná", "RJ": "Rio de Janeiro", "RN": "Rio Grande do Norte", "RO": "Rondônia", "RR": "Roraima",
        "RS": "Rio Grande do Sul", "SC": "Santa Catarina", "SE": "Sergipe", "SP": "São Paulo", "TO": "Tocantins",
    },
}  # fmt: skip


def _each(zone: str, codes: str) -> dict[str, tuple[str, ...]]:
    return dict.fromkeys(codes.split(), (zone,))


_EASTERN, _CENTRAL, _MOUNTAIN, _PACIFIC = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles",
)  # fmt: skip

# States that two zones share list both, the one with more people first.
STATE_ZONES: dict[str, dict[str, tuple[str, ...]]] = {
    "US": {
        **_each(_EASTERN, "CT DE DC GA ME MD MA NH NJ NY NC OH PA RI SC VT VA WV"),
        **_each(_CENTRAL, "AL AR IL IA LA MN MS MO OK WI"),
        **_each(_MOUNTAIN, "CO MT NM UT WY"),
        **_each(_PACIFIC, "CA WA"),
        "AZ": ("America/Phoenix", _MOUNTAIN),
        "HI": ("Pacific/Honolulu",),
        "AK": ("America/Anchorage", "America/Adak"),
        "FL": (_EASTERN, _CENTRAL),
        "IN": ("America/Indiana/Indianapolis", _CENTRAL),
        "KY": (_EASTERN, _CENTRAL),
        "MI": ("America/Detroit", "America/Menominee"),
        "TN": (_CENTRAL, _EASTERN),
        "TX": (_CENTRAL, _MOUNTAIN),
        "KS": (_CENTRAL, _MOUNTAIN),
        "NE": (_CENTRAL, _MOUNTAIN),
        "ND": (_CENTRAL, _MOUNTAIN),
        "SD": (_CENTRAL, _MOUNTAIN),
        "ID": ("America/Boise", _PACIFIC),
        "OR": (_PACIFIC, "America/Boise"),
        "NV": (_PACIFIC, _MOUNTAIN),
    },
    "CA": {
        **_each("America/Halifax", "NS PE"),
        "NB": ("America/Moncton",),
        "NL": ("America/St_Johns", "America/Goose_Bay"),
        "QC": ("America/Toronto", "America/Blanc-Sablon"),
        "ON": ("America/Toronto", "America/Winnipeg", "America/Atikokan"),
        "MB": ("America/Winnipeg",),
        "SK": ("America/Regina", "America/Edmonton"),
        "AB": ("America/Edmonton",),
        "BC": ("America/Vancouver", "America/Edmonton", "America/Creston"),
        "YT": ("America/Whitehorse",),
        "NT": ("America/Edmonton",),
        "NU": ("America/Iqaluit", "America/Rankin_Inlet", "America/Cambridge_Bay"),
    },
    "AU": {
        "ACT": ("Australia/Sydney",),
        "NSW": ("Australia/Sydney", "Australia/Broken_Hill", "Australia/Lord_Howe"),
        "NT": ("Australia/Darwin",),
        "QLD": ("Australia/Brisbane",),
        "SA": ("Australia/Adelaide",),
        "TAS": ("Australia/Hobart",),
        "VIC": ("Australia/Melbourne",),
        "WA": ("Australia/Perth", "Australia/Eucla"),
    },
    "BR": {
        **_each("America/Sao_Paulo", "DF ES GO MG PR RJ RS SC SP"),
        **_each("America/Fortaleza", "CE MA PB PI RN"),
        **_each("America/Belem", "AP PA"),
        "AC": ("America/Rio_Branco",),
        "AL": ("America/Maceio",),
        "AM": ("America/Manaus", "America/Eirunepe"),
        "BA": ("America/Bahia",),
        "MS": ("America/Campo_Grande",),
        "MT": ("America/Cuiaba",),
        "PE": ("America/Recife", "America/Noronha"),
        "RO": ("America/Porto_Velho",),
        "RR": ("America/Boa_Vista",),
        "SE": ("America/Maceio",),
        "TO": ("America/Araguaina",),
    },
}
