from datetime import UTC, datetime

import pytest

from ringback.domain.local_time import UnknownZone, exists_locally, local, resolve_local, zone_named
from tests.domain.clock import instant

SPRING_GAP = datetime(2025, 3, 30, 2, 30)
AUTUMN_FOLD = datetime(2025, 10, 26, 2, 30)


@pytest.mark.parametrize(
    ("naive", "zone", "expected"),
    [
        pytest.param(datetime(2025, 7, 1, 9), "Europe/Berlin", datetime(2025, 7, 1, 7), id="summer"),
        pytest.param(datetime(2025, 1, 7, 9), "Europe/Berlin", datetime(2025, 1, 7, 8), id="winter"),
        pytest.param(SPRING_GAP, "Europe/Berlin", datetime(2025, 3, 30, 1, 30), id="skipped moves by the gap"),
        pytest.param(AUTUMN_FOLD, "Europe/Berlin", datetime(2025, 10, 26, 0, 30), id="repeated is the first"),
        pytest.param(
            AUTUMN_FOLD.replace(fold=1), "Europe/Berlin", datetime(2025, 10, 26, 0, 30), id="fold is not ours to give"
        ),
        pytest.param(
            datetime(2025, 10, 5, 2, 15), "Australia/Lord_Howe", datetime(2025, 10, 4, 15, 45), id="half hour"
        ),
    ],
)
def test_wall_clock_resolves_to_instant(naive: datetime, zone: str, expected: datetime) -> None:
    assert resolve_local(naive, zone) == expected.replace(tzinfo=UTC)


def test_skipped_reading_is_shown_an_hour_later() -> None:
    assert local(resolve_local(SPRING_GAP, "Europe/Berlin"), "Europe/Berlin").replace(tzinfo=None) == datetime(
        2025, 3, 30, 3, 30
    )


@pytest.mark.parametrize(
    ("naive", "exists"), [(SPRING_GAP, False), (AUTUMN_FOLD, True), (datetime(2025, 3, 30, 3), True)]
)
def test_reading_exists_locally(naive: datetime, exists: bool) -> None:
    assert exists_locally(naive, "Europe/Berlin") is exists


def test_local_reads_the_clock_there() -> None:
    assert local(instant("2025-07-01 18:00"), "America/New_York").isoformat() == "2025-07-01T12:00:00-04:00"


@pytest.mark.parametrize("name", ["", "America", "../etc/passwd", "/etc/passwd", "Nowhere", "a\0b", "Europe/berlin "])
def test_unknown_zone_is_refused(name: str) -> None:
    with pytest.raises(UnknownZone, match="is not a time zone"):
        zone_named(name)


@pytest.mark.parametrize(
    ("name", "meant"), [("Europe/Berln", "Europe/Berlin"), ("america/new york", "America/New_York")]
)
def test_unknown_zone_names_what_was_meant(name: str, meant: str) -> None:
    with pytest.raises(UnknownZone, match=meant):
        zone_named(name)


def test_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a zone"):
        local(datetime(2025, 1, 1), "Europe/Berlin")
    with pytest.raises(ValueError, match="no zone of its own"):
        resolve_local(datetime(2025, 1, 1, tzinfo=UTC), "Europe/Berlin")
