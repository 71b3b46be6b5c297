"""Until when somebody is away, read from automatic answers of Tuesday 5 May 2026 (C5)."""

from __future__ import annotations

from datetime import date

import pytest

from ringback.domain.mail.absence import absence

WRITTEN_ON = date(2026, 5, 5)
CASES = [
    ("I am out of the office until Friday, 8 May 2026.", "2026-05-08"),
    ("I am out of office and will be back on Monday, May 11th.", "2026-05-10"),
    ("Ich bin bis einschließlich 15.05.2026 nicht im Büro.", "2026-05-15"),
    ("Ich bin vom 4. bis 15. Mai im Urlaub.", "2026-05-15"),
    ("Ab dem 18. Mai bin ich wieder erreichbar.", "2026-05-17"),
    ("Am 18.05.2026 bin ich wieder für Sie da.", "2026-05-17"),
    ("I'm on vacation from May 4 to May 15, 2026.", "2026-05-15"),
    ("I'm on vacation from 4 May through 15 May. I will return on 18 May", "2026-05-17"),
    ("Back on Monday.", "2026-05-10"),
    ("I'll be back tomorrow", "2026-05-05"),
    ("I will return next week.", "2026-05-10"),
    ("Ich bin ab Montag wieder im Büro", "2026-05-10"),
    ("out of office 05/04/2026 - 05/15/2026", "2026-05-15"),
    ("Je suis absent jusqu'au 15 mai 2026 inclus.", "2026-05-15"),
    ("Je serai de retour le 18 mai.", "2026-05-17"),
    ("Estaré fuera de la oficina hasta el 15 de mayo de 2026", "2026-05-15"),
    ("Sono fuori ufficio fino al 15 maggio", "2026-05-15"),
    ("Ik ben afwezig tot en met 15 mei", "2026-05-15"),
    ("I am away until 2026-05-15", "2026-05-15"),
    ("I was away until 2 February 2026", None),
    ("Ich bin bis zum 03.01. nicht im Haus", "2027-01-03"),
    ("I am out of the office with no access to email. Call +49 40 123456.", None),
    ("Vielen Dank. Ich bin ab 11.05. wieder im Haus. Ihre Mail wird nicht weitergeleitet.", "2026-05-10"),
    ("I will be out of the office starting 05/04/2026 and will not return until 05/18/2026.", "2026-05-17"),
    ("Wegen Urlaub bin ich erst wieder am Montag, den 11. Mai 2026 erreichbar.", "2026-05-10"),
    ("Our fiscal year ends 2099. I'm away until 1 May 2099.", None),
    ("Currently out of office, returning 5/11", "2026-05-10"),
    ("Ich bin im Zeitraum 01.05.2026 – 12.05.2026 abwesend.", "2026-05-12"),
    ("From Wed 6 May until Thu 14 May I have limited access to email", "2026-05-14"),
    ("Ich bin in Elternzeit bis Ende August.", None),
]


@pytest.mark.parametrize(("text", "until"), CASES, ids=range(len(CASES)))
def test_C5_last_day_away(text: str, until: str | None) -> None:
    found = absence(text, WRITTEN_ON).until
    assert (found and found.isoformat()) == until
